"""`sitegen source` as its users run it, against a server of the test's own."""

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from sitegen.cli.main import sitegen_command
from sitegen.sources.fetch import SWITCH
from tests.cli.test_build_check import sitegen
from tests.sites import InlineSite
from tests.sources.test_articles import PAGE, SAVED
from tests.stub_server import Reply, StubServer, page, redirect

Run = Callable[..., Result]

ARTICLE = """<article><h1>A report on rents</h1>
<p>The office found that rents rose by 4 per cent in one year, which is more than in any year
since the office began to count them in the harbour district.</p>
<p>{second} The office will look at the figures again in the spring of next year.</p></article>"""


@pytest.fixture
def run(site: InlineSite, stub: StubServer) -> Run:
    """Run a command on the site, allowed to reach the stub server."""

    def run(*arguments: str, input: str | None = None) -> Result:  # noqa: A002
        return CliRunner().invoke(
            sitegen_command,
            [*arguments, "--root", str(site.root)],
            input=input,
            env={SWITCH: stub.place, "SOURCE_DATE_EPOCH": "1738368000"},
        )

    return run


def test_a_page_becomes_a_record_and_a_snapshot(
    site: InlineSite, stub: StubServer, run: Run
) -> None:
    stub.replies |= {"/a": redirect("/rents"), "/rents": Reply(200, PAGE.encode())}
    done = run("source", "add", f"{stub.url}/a", "--kind", "report")
    name = "harbour-news-2025-02-06-rents-to-be-capped"
    assert done.exit_code == 0, done.output
    assert f"made content/sources/{name}.md" in done.output
    record = (site.root / f"content/sources/{name}.md").read_text("utf-8")
    assert f'url: "{stub.url}/rents"' in record
    assert "kind: report" in record
    snapshot = (site.root / f"content/snapshots/{name}.txt").read_text("utf-8")
    assert "no rent may rise by more than two per cent" in snapshot
    assert "cats" not in snapshot
    site.replace(
        "content/explainers/rents.md",
        "A rent cap was discussed.",
        f"[A cap is near][@{name}, para. 1].",
    )
    assert site.said() == ""


def test_a_new_source_can_be_made_from_a_page_under_a_title_of_ones_own(
    site: InlineSite, stub: StubServer, run: Run
) -> None:
    stub.replies["/rents"] = Reply(200, PAGE.encode())
    asked = ("A cap on rents", "--from-url", f"{stub.url}/rents", "--slug", "cap-2025")
    done = run("new", "source", *asked)
    assert done.exit_code == 0, done.output
    record = (site.root / "content/sources/cap-2025.md").read_text("utf-8")
    assert 'title: "A cap on rents"' in record
    assert f'url: "{stub.url}/rents"' in record
    assert (site.root / "content/snapshots/cap-2025.txt").is_file()
    assert site.said() == ""
    assert run("new", "topic", *asked).exit_code == 2


def test_a_new_explainer_can_begin_with_a_page(
    site: InlineSite, stub: StubServer, run: Run
) -> None:
    stub.replies["/rents"] = Reply(200, PAGE.encode())
    asked = ("--from-url", f"{stub.url}/rents", "--topic", "housing", "--source", "report-2024")
    done = run("new", "explainer", "Will rents be capped", *asked)
    assert done.exit_code == 0, done.output
    assert "note:" not in done.output
    new = [path for path in site.root.glob("content/sources/*.md") if path.stem != "report-2024"]
    assert len(new) == 1
    assert len(list(site.root.glob("content/snapshots/*.txt"))) == 1
    text = (site.root / "content/explainers/will-rents-be-capped.md").read_text("utf-8")
    assert f"sources: [{new[0].stem}, report-2024]" in text
    again = run("new", "explainer", "Will rents be capped", *asked)
    assert again.exit_code == 1
    assert "already exists" in again.output
    other = run("new", "explainer", "Who wants the cap", *asked)
    assert "records this page already" in other.output
    assert f"[{new[0].stem}, report-2024]" in (
        site.root / "content/explainers/who-wants-the-cap.md"
    ).read_text("utf-8")


def test_a_saved_text_becomes_one_and_nothing_is_overwritten_unasked(
    site: InlineSite, run: Run
) -> None:
    saved = site.root / "saved.txt"
    saved.write_text(SAVED, encoding="utf-8")
    arguments = ("source", "add", str(saved), "--id", "draft-2025", "--publisher", "Harbour News")
    done = run(*arguments)
    assert done.exit_code == 0, done.output
    assert "not found: url" in done.output
    record = site.root / "content/sources/draft-2025.md"
    record.write_text(record.read_text("utf-8") + "\nOur note.\n", encoding="utf-8")
    again = run(*arguments)
    assert again.exit_code == 1
    assert "already exists" in again.output
    assert "Our note." in record.read_text("utf-8")
    assert run(*arguments, "--yes").exit_code == 0
    assert "Our note." not in record.read_text("utf-8")
    assert site.said() == ""


def test_standard_input_is_read_too(site: InlineSite, run: Run) -> None:
    done = run("source", "add", "-", "--publisher", "Harbour News", input=SAVED)
    assert done.exit_code == 0, done.output
    assert list((site.root / "content/sources").glob("harbour-news-2025-02-06-*.md"))


@pytest.mark.parametrize("data", [b"%PDF-1.7\n1 0 obj\n", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"])
def test_what_is_no_text_is_refused(site: InlineSite, run: Run, data: bytes) -> None:
    saved = site.root / "law.pdf"
    saved.write_bytes(data)
    before = set((site.root / "content").rglob("*"))
    done = run("source", "add", str(saved), "--publisher", "Harbour News", "--id", "law")
    assert done.exit_code == 2
    assert "is neither a text nor a web page" in done.output
    assert set((site.root / "content").rglob("*")) == before


def test_a_text_of_windows_is_read(site: InlineSite, run: Run) -> None:
    saved = site.root / "saved.txt"
    saved.write_bytes(SAVED.encode("utf-16"))
    assert run("source", "add", str(saved), "--id", "wide").exit_code == 0
    first = (site.root / "content/snapshots/wide.txt").read_text("utf-8").split("\n")[0]
    assert first == SAVED.strip().split("\n")[0]


def test_an_address_recorded_already_is_not_recorded_twice(
    site: InlineSite, stub: StubServer, run: Run
) -> None:
    site.replace("content/sources/report-2024.md", "https://example.org/report", f"{stub.url}/r")
    stub.replies["/r"] = page(ARTICLE.format(second="Nothing else is new."))
    done = run("source", "add", f"{stub.url}/r", "--publisher", "The Rent Office")
    assert done.exit_code == 1
    assert "content/sources/report-2024.md already records" in done.output


def test_what_can_not_be_fetched_is_said_and_exits_with_3(
    site: InlineSite, stub: StubServer
) -> None:
    for address, said in (
        ("http://169.254.169.254/latest/", "not a public address"),
        ("file:///etc/passwd", "is not an http or https address"),
        (f"{stub.url}/gone", "the server answered 404"),
    ):
        done = sitegen(
            "source", "add", address, "--root", site.root, SITEGEN_TEST_SERVER=stub.place
        )
        assert (done.returncode, done.stdout) == (3, "")
        assert said in done.stderr
        assert "Traceback" not in done.stderr
    assert "stands for 127.0.0.1" in sitegen("source", "add", "http://127.0.0.1/", "--root",
                                             site.root, SITEGEN_TEST_SERVER="").stderr  # fmt: skip
    assert sitegen("source", "add", "no-such-file", "--root", site.root).returncode == 2
    assert not (site.root / "content/snapshots").exists()


def test_a_refresh_shows_what_changed_and_which_quotations_are_lost(
    site: InlineSite, stub: StubServer, run: Run
) -> None:
    site.replace("content/sources/report-2024.md", "https://example.org/report", f"{stub.url}/r")
    stub.replies["/r"] = page(ARTICLE.format(second="Nobody knows why they did so."))
    first = run("source", "refresh", "report-2024", "--write")
    assert first.exit_code == 0, first.output
    snapshot = site.root / "content/snapshots/report-2024.txt"
    before = snapshot.read_text("utf-8")
    assert "report-2024: unchanged" in run("source", "refresh").output

    changed = ARTICLE.format(second="It has a view on why they did so.")
    stub.replies["/r"] = page(changed.replace("by 4 per cent", "by 5 per cent"))
    done = run("source", "refresh")
    assert done.exit_code == 1
    assert "+The office found that rents rose by 5 per cent" in done.output
    assert (
        "content/explainers/rents.md:19:65: warning[lost-quotation]: 'rose by 4 per cent' no "
        "longer stands in 'report-2024'" in done.output
    )
    assert snapshot.read_text("utf-8") == before
    record = site.root / "content/sources/report-2024.md"
    read = record.read_text("utf-8")
    assert "accessed: 2025-02-01\n---\nWhat it is good for." in read  # by the first --write
    record.write_text(read.replace("accessed: 2025-02-01", 'accessed: "2025-01-07"'), "utf-8")
    older = record.read_text("utf-8")
    assert run("source", "refresh").exit_code == 1
    assert record.read_text("utf-8") == older
    run("source", "refresh", "--write")
    assert "by 5 per cent" in snapshot.read_text("utf-8")
    assert record.read_text("utf-8") == read
    record.write_text(older, "utf-8")
    assert "accessed: 2025-02-01" in run("source", "refresh", "--write").output  # unchanged
    assert record.read_text("utf-8") == read
    site.replace("content/explainers/rents.md", "topics: [housing]", "topics: [no-such-topic]")
    assert run("source", "refresh").exit_code == 0
    assert "did you mean 'report-2024'?" in run("source", "refresh", "reprt-2024").output


def test_the_wayback_machine_is_asked_to_store_a_page(
    site: InlineSite, stub: StubServer, run: Run
) -> None:
    path = "content/sources/report-2024.md"
    copy = "/web/20250206053000/https://example.org/report"
    stub.replies["/save/https://example.org/report"] = redirect(copy, 302)
    stub.replies[copy] = page("the copy")
    done = run("source", "archive", "report-2024")
    assert done.exit_code == 0, done.output
    record = (site.root / path).read_text("utf-8")
    assert f'archive_url: "{stub.url}{copy}"\n---' in record
    assert record.endswith("What it is good for.\n")
    assert site.said() == ""

    older = copy.replace("20250206053000", "20241104000000")
    closest = {"available": True, "status": "200", "url": f"{stub.url}{older}", "timestamp": "x"}
    stub.replies["/wayback/available?url=https%3A%2F%2Fexample.org%2Freport"] = Reply(
        200,
        json.dumps({"archived_snapshots": {"closest": closest}}).encode(),
        (("Content-Type", "application/json"),),
    )
    kept = run("source", "archive", "report-2024", "--stored")
    assert (kept.exit_code, (site.root / path).read_text("utf-8")) == (1, record)
    assert run("source", "archive", "report-2024", "--stored", "--yes").exit_code == 0
    assert older in (site.root / path).read_text("utf-8")


def test_a_wayback_machine_that_is_busy_or_lies_changes_nothing(
    site: InlineSite, stub: StubServer
) -> None:
    before = (site.root / "content/sources/report-2024.md").read_bytes()
    place = "/save/https://example.org/report"
    elsewhere = Reply(
        200, b"", (("Content-Type", "text/html"), ("Content-Location", "//evil.example/web/1/x"))
    )
    for reply, said in (
        (Reply(429, b"", (("Retry-After", "60"),)), "try again in 60 seconds"),
        (elsewhere, "did not say where it stored"),
        (Reply(523), "it answered 523"),
    ):
        stub.replies[place] = reply
        done = sitegen("source", "archive", "report-2024", "--root", site.root,
                       SITEGEN_TEST_SERVER=stub.place)  # fmt: skip
        assert done.returncode == 3
        assert said in done.stderr
    assert (site.root / "content/sources/report-2024.md").read_bytes() == before


def test_without_its_libraries_the_command_says_what_to_install(site: InlineSite) -> None:
    saved = site.root / "saved.html"
    saved.write_text(PAGE, encoding="utf-8")
    missing = site.root / "missing"
    missing.mkdir()
    (missing / "trafilatura.py").write_text("raise ImportError", encoding="utf-8")
    done = sitegen("source", "add", saved, "--root", site.root, PYTHONPATH=str(missing))
    assert done.returncode == 3
    assert "sitegen[sources]" in done.stderr
