"""A source's new title is put among the others as a build from nothing would put it."""

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.build import build, taken_over
from sitegen.resolve import reworded
from tests.sites import InlineSite

TITLES = ["A first", "b second", "Ü third", "mid", "zz last", "The report"]


def source(number: int, title: str, publisher: str) -> str:
    return (
        f"-- content/sources/doc-{number}.md --\n---\ntitle: {title}\npublisher: {publisher}\n"
        "published: 2024\n---\nWords.\n"
    )


def publication(root: Path) -> InlineSite:
    """Return one with 14 sources of one publisher, more than a page shows, and 3 of another."""
    files = [source(n, f"Title {n % 7}", "Many" if n < 14 else "Few") for n in range(17)]
    return InlineSite(root).edit("\n".join(files))


@settings(max_examples=12)
@given(st.randoms(use_true_random=False))
def test_new_titles_stand_where_a_build_from_nothing_puts_them(chance: random.Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = publication(Path(folder) / "warm")
        site.build()
        for turn in range(4):
            number = chance.randrange(17)
            publisher = "Many" if number < 14 else "Few"
            site.edit(source(number, chance.choice(TITLES), publisher))
            fresh = InlineSite(Path(folder) / f"cold-{turn}")
            fresh.delete("content/sources/report-2024.md")
            for file in (site.root / "content").rglob("*.md"):
                path = file.relative_to(site.root).as_posix()
                fresh.edit(f"-- {path} --\n{file.read_text('utf-8')}")
            fresh.build(jobs=1)
            assert site.build().published
            assert site.tree() == fresh.tree()


@pytest.fixture
def joined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows with each build that takes the last one's site over, or can't."""
    told: list[str] = []

    def spied(sources: reworded.Sources, documents: object) -> object:
        made = reworded.reword(sources, documents)  # type: ignore[arg-type]
        told.append("joined" if made is None else "taken over")
        return made

    monkeypatch.setattr(taken_over, "reword", spied)
    return told


@pytest.mark.parametrize(
    ("old", "new", "came"),
    [
        ("title: A report on rents", "title: Another report", "taken over"),
        ("kind: report", "kind: report\ncaveat: Read with care.", "taken over"),
        ("kind: report", "kind: report\nprimary: true", "joined"),
        ("kind: report", "kind: report\nstatus: retracted", "joined"),
        ("publisher: The Rent Office", "publisher: Another office", "joined"),
        ("What it is good for.", "See [rents](../explainers/rents.md).", "joined"),
        ("kind: report", "kind: report\nevents: [{date: 2024, text: It came.}]", "joined"),
    ],
)
def test_a_site_is_taken_over_only_for_other_words(
    tmp_path: Path, joined: list[str], old: str, new: str, came: str
) -> None:
    site = InlineSite(tmp_path)
    site.build()
    site.replace("content/sources/report-2024.md", old, new)
    assert site.build().published
    assert joined == [came]


def test_a_title_that_another_page_holds_is_not_taken_over(
    tmp_path: Path, joined: list[str]
) -> None:
    site = InlineSite(tmp_path)
    site.replace("content/explainers/rents.md", "See [housing]", "[[report-2024]] says; [housing]")
    site.build()
    site.replace("content/sources/report-2024.md", "A report on rents", "Another report")
    assert site.build().published
    assert joined == ["joined"]
    assert "Another report</a> says" in site.output("explainers/rents/index.html")


def test_no_more_is_looked_at_than_where_all_files_are_joined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[int] = []

    def note(stage: str, done: int, total: int) -> None:
        if stage == "render" and done == total > 0:
            looked_at.append(total)

    for name in ("taken-over", "joined"):
        site = publication(tmp_path / name)
        explainer = (site.root / "content/explainers/rents.md").read_text("utf-8")
        for number in range(4):
            cites = explainer.replace("report-2024", f"doc-{number}")
            site.edit(f"-- content/explainers/cites-{number}.md --\n{cites}")
        site.build()
        site.replace("content/sources/doc-0.md", "Title 0", "Title 0 anew")
        if name == "joined":
            monkeypatch.setattr(taken_over, "reword", lambda *_: None)
        report = build(site.options(), note)
        assert "explainers/cites-0/index.html" in report.rendered
    assert looked_at[0] == looked_at[1]
