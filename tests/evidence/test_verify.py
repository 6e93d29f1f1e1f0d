"""Somebody without the content finds out that a page was changed by hand."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
    assert evidence == "13 claims on 2 pages, and the text of 6, are as they were published"
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
        ("<small>p. 2</small>", "<small>p. 3</small>", "#c3"),
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


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (
            PAGE,
            ">Why rents rise</h1>",
            ">Why rents fall</h1>",
            "the title: this was changed: 'Why rents fall'",
        ),
        (
            PAGE,
            ">Rents, explained.",
            ">Rents, denied.",
            "the summary: this was changed: 'Rents, d",
        ),
        (PAGE, "<li>Why they rose.", "<li>Why they fell.", "what is unknown: this was changed"),
        (PAGE, "The report comes out.", "A report comes out.", "the events: this was changed"),
        (
            PAGE,
            "<p>See ",
            "<p>Don’t see ",
            "the text under 'What comes next': this was changed: 'Don’t see",
        ),
        (
            PAGE,
            "<p>See ",
            "<p>So.</p>\n<p>See ",
            "the text under 'What comes next': this was added: 'So.'",
        ),
        (PAGE, ">Still.", ">Even so.", "#c9: it quoted"),
        (PAGE, "What comes next<a", "What never comes<a", "the text under 'What happened'"),
        (PAGE, ">Housing</a>, where", ">Prices</a>, where", "this was changed: 'The office says"),
        (PAGE, ' data-part="unknown"', "", "what is unknown: not on the page"),
        ("about/index.html", "How we work.", "How we play.", "about/: the text: this was changed"),
        (
            "glossary/rent-cap/index.html",
            ">The most",
            ">The least",
            "the definition: this was",
        ),
        (
            "sources/report-2024/index.html",
            "What it is good",
            "What it is bad",
            "the text: this was",
        ),
        (
            "sources/report-2024/index.html",
            "</span> in one year.",
            "</span> in two years.",
            "sources/report-2024/: the list of what 'report-2024' is cited for says 'The office",
        ),
        (
            "sources/report-2024/index.html",
            "<q>rose by 4 per cent",
            "<q>rose by 5 per cent",
            "sources/report-2024/: the list of what 'report-2024' is cited for has another passage",
        ),
        (
            "sources/report-2024/index.html",
            ">p. 2</small></span>",
            ">p. 3</small></span>",
            "sources/report-2024/: the list of what 'report-2024' is cited for does not say 'p. 2'",
        ),
        (PAGE, "<p>See ", "<p hidden>See ", "the text under 'What comes next': a paragraph"),
    ],
)
def test_text_outside_claims_is_compared_too(
    built: InlineSite, path: str, old: str, new: str, said: str
) -> None:
    page = built.root / "output" / path
    text = page.read_text()
    assert old in text
    page.write_text(text.replace(old, new, 1))
    done = verify(built.root / "output")
    assert done.exit_code == 1
    assert said in done.stderr


def test_what_a_build_sets_into_a_text_is_no_change(built: InlineSite) -> None:
    address = "https://gone.example/paper"
    built.replace(
        "content/explainers/rents.md",
        "## What comes next",
        f"[The paper]({address}) [said so][@report-2024] in [those days]"
        "{as-of=2024 review-by=2025-01-01}, [these]{review-by=2099-01-01}, \"as it 'were'\"."
        "\n\n## What comes next",
    )
    built.edit(f"-- content/links.lock --\ndead        2025-01-01 404 {address}")
    built.build()
    page = built.output(PAGE)
    assert '</a> <span class="loc">(' in page
    assert "(due for review)</small>, “as it" in page
    done = verify(built.root / "output")
    assert (done.exit_code, done.stderr) == (0, "")


def test_a_paragraph_that_was_taken_out_is_missed(built: InlineSite) -> None:
    page = built.root / "output" / PAGE
    text = page.read_text()
    page.write_text(re.sub(r'<p>See <a href="[^"]*">housing</a>\.</p>\n', "", text))
    done = verify(built.root / "output")
    assert "the text under 'What comes next': a paragraph or item is gone" in done.stderr


_SILENT = re.compile(
    r'<sup class="cite".*?</sup>|<span class="card".*?</a></span></span>'
    r'|<a class="(?:anch|footnote).*?</a>|<small class="asof.*?</small>|<[^<>]*>|&[a-z#0-9]+;',
    re.DOTALL,
)
_PART = re.compile(r'<(ul|div|p|h1)[^<>]* data-part="[a-z_]+"[^<>]*>.*?</\1>', re.DOTALL)


def words_of(page: str) -> list[tuple[int, int]]:
    """Return where each word and number stands that the page says for itself."""
    found = []
    for part in _PART.finditer(page):
        text = _SILENT.sub(lambda tag: "\0" * len(tag[0]), part[0])
        found += [
            (part.start() + word.start(), part.start() + word.end())
            for word in re.finditer(r"\w+", text)
        ]
    return found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(data=st.data())
def test_no_word_changes_unseen(built: InlineSite, data: st.DataObject) -> None:
    page = built.root / "output" / PAGE
    text = page.read_text()
    start, end = data.draw(st.sampled_from(words_of(text)))
    other = data.draw(
        st.sampled_from(
            ["", "not", "0", "Nobody", text[start:end] + "s", text[start:end].swapcase()]
        )
        | st.integers(1, 10**6).map(str)
    )
    if other == text[start:end]:
        return
    page.write_text(text[:start] + other + text[end:])
    try:
        assert verify(built.root / "output").exit_code == 1
    finally:
        page.write_text(text)
    assert verify(built.root / "output").exit_code == 0


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
        "source_alert": None,
    }
    assert b"rose by 4 per cent" in json.dumps(pages).encode()
