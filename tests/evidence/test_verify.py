"""Somebody without the content finds out that a page was changed by hand."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitegen.cli.main import sitegen_command
from tests.sites import InlineSite

PAGE = "explainers/rents/index.html"
MORE = (
    "Rents are [[high][@report-2024, p. 3]]{as-of=2025-02}; *it* said “they rise & rise again” "
    "[@report-2024]. See [[housing]], where [rents][@report-2024] stand. A rent cap "
    "[costs 5 euros][@report-2024; @report-2024, p. 9].\n\n> Rents are high.\n>\n> Still. "
    "[@report-2024]\n\n| a | b |\n|---|---|\n| 1[@report-2024] | [two][@report-2024] |\n\n"
    "Note.[^1]\n\n[^1]: So [it says][@report-2024]."
)


def verify(place: object) -> Result:
    return CliRunner().invoke(sitegen_command, ["verify", str(place)])


@pytest.fixture
def built(site: InlineSite) -> InlineSite:
    site.replace("content/explainers/rents.md", "A rent cap was discussed.", MORE)
    site.replace("content/topics/housing.md", "About housing.", "It [is said][@report-2024] so.")
    assert site.build().published
    return site


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        pass


@contextmanager
def serving(
    handler: type[Quiet] | partial[Quiet],
) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_an_untouched_site_is_as_it_was_published(built: InlineSite) -> None:
    done = verify(built.root / "output")
    limits, evidence = done.stdout.splitlines()
    assert limits.endswith("GitHub Pages takes them")
    assert evidence == "13 claims on 2 pages as published"
    assert done.exit_code == 0


@pytest.mark.parametrize(
    ("old", "new", "claim"),
    [
        ("rents rose by 4 per cent</span>", "rents rose by 5 per cent</span>", "#c3"),
        ("<q>rose by 4 per cent</q>", "<q>rose by 5 per cent</q>", "#c3"),
        ("in one year.", "in two years.", "#c3"),
        ("they rise &amp; rise again", "they fall &amp; fall again", "#c5"),
        ("The office says ", "Nobody says ", "#c3"),
        ("costs 5 euros", "costs 50 euros", "#c7"),
        ('id="c3"', 'id="c33"', "#c3"),
        ("Rents are high.", "Rents are low.", "#c9"),
        (">two</span>", ">three</span>", "#c11"),
        (">it says</span>", ">it denies</span>", "#c12"),
    ],
)
def test_a_change_by_hand_is_found_and_the_claim_named(
    built: InlineSite, old: str, new: str, claim: str
) -> None:
    page = built.root / "output" / PAGE
    text = page.read_text()
    assert old in text
    page.write_text(text.replace(old, new, 1))
    done = verify(built.root / "output")
    assert done.exit_code == 1
    assert f"explainers/rents/{claim}: " in done.stderr


def test_a_page_that_is_gone_and_evidence_that_was_changed_are_found(built: InlineSite) -> None:
    output = built.root / "output"
    evidence = output / "api/evidence.json"
    evidence.write_text(evidence.read_text().replace("one year", "two years"))
    assert "its claims in evidence.json are not those" in verify(output).stderr
    (output / PAGE).unlink()
    assert "explainers/rents/: the page is gone" in verify(output).stderr
    evidence.write_text('{"form": 1}')
    assert verify(output).exit_code != 0
    evidence.unlink()
    assert verify(output).exit_code == 2


def test_a_site_on_the_web_is_verified_too(built: InlineSite) -> None:
    output = built.root / "output"
    with serving(partial(Quiet, directory=str(output))) as address:
        assert verify(address).exit_code == 0
        page = output / PAGE
        page.write_text(page.read_text().replace("by 4 per cent", "by 6 per cent"))
        done = verify(f"{address}/")
    assert done.exit_code == 1
    assert "explainers/rents/#c3: it said 'rents rose by 4 per cent' and says" in done.stderr


def test_the_web_is_not_believed() -> None:
    class Elsewhere(Quiet):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", "http://localhost.invalid/api/evidence.json")
            self.end_headers()

    with serving(Elsewhere) as address:
        done = verify(address)
    assert done.exit_code != 0
    assert "it leads to another site, localhost.invalid" in str(done.exception)


def test_the_evidence_tells_all_of_a_claim_and_no_draft(built: InlineSite, tmp_path: Path) -> None:
    draft = (built.root / "content/explainers/rents.md").read_text()
    built.edit(
        "-- content/explainers/secret.md --\n" + draft.replace("date:", "draft: true\ndate:")
    )
    built.build(drafts=True)
    pages = json.loads(built.output("api/evidence.json"))["pages"]
    assert [page["id"] for page in pages] == ["rents", "housing"]
    claim = pages[0]["claims"][2]
    assert len(claim.pop("passage_digest")) == 32
    assert claim == {
        "number": 3,
        "part": "body",
        "source": "report-2024",
        "locator": "p. 2",
        "words": "rents rose by 4 per cent",
        "sentence": "The office says rents rose by 4 per cent in one year.",
        "quotation": "",
        "standing": "unchecked",
        "source_published": "2024-11-03",
        "source_accessed": None,
    }
    assert b"rose by 4 per cent" in json.dumps(pages).encode()
