"""The benchmark's publication: always the same, good content, and written to be measured."""

from pathlib import Path

import pytest

from bench.idioms import IDIOMS
from bench.project import edit_body, edit_template, edit_title, write_project
from bench.publication import body, make_publication, source_cited_by
from bench.report import session_tables, targets_table, update
from bench.results import MarkdownSpeed, Peak, Sample, Served, Session, read_sessions, write_session
from sitegen.build import BuildOptions, check
from sitegen.diagnostics import render_text

COUNT = 9


def tree(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_text("utf-8")
        for path in root.rglob("*")
        if path.is_file()
    }


def test_a_publication_has_no_errors_or_warnings(tmp_path: Path) -> None:
    write_project(IDIOMS["sitegen"], make_publication(COUNT), tmp_path)
    found = check(BuildOptions(root=tmp_path, as_of="2026-01-01")).diagnostics
    assert not found, render_text(found)


@pytest.mark.parametrize("name", IDIOMS)
def test_it_is_the_same_each_time(name: str, tmp_path: Path) -> None:
    for folder in ("one", "other"):
        write_project(IDIOMS[name], make_publication(COUNT), tmp_path / folder)
    written = tree(tmp_path / "one")
    assert written == tree(tmp_path / "other")
    assert sum("/explainers/explainer-" in path for path in written) == COUNT


@pytest.mark.parametrize("name", IDIOMS)
def test_edits_change_what_they_say_and_nothing_else(name: str, tmp_path: Path) -> None:
    idiom, publication = IDIOMS[name], make_publication(COUNT)
    write_project(idiom, publication, tmp_path)
    before = tree(tmp_path)
    edit_body(idiom, publication, tmp_path, 4, "A new end.")
    edit_title(idiom, publication, tmp_path, 2, "A new title")
    edit_template(idiom, tmp_path, 7)
    changed = {path: text for path, text in tree(tmp_path).items() if before[path] != text}
    assert 'data-edition="7"' in changed.pop(idiom.template)
    for path, text in changed.items():
        assert "A new end." in text if "explainer-4." in path else "A new title" in text
    assert any("source-2" in path for path in changed)


def test_explainers_have_about_900_words() -> None:
    for explainer in make_publication(COUNT).explainers:
        text = "".join(each if isinstance(each, str) else each.words for each in body(explainer))
        assert 700 < len(text.split()) < 1250


def test_the_source_to_edit_is_cited_by_about_twenty() -> None:
    assert 17 <= len(source_cited_by(make_publication(400), 20).cited_by) <= 23


def test_what_was_measured_stands_in_the_document(tmp_path: Path) -> None:
    session = Session(
        began="2026-11-23 12:00:00",
        machine="A machine",
        size=10_000,
        versions={"sitegen": "sitegen 1", "hugo": "hugo 2"},
        samples=tuple(
            Sample(tool, "cold", run, seconds, seconds)
            for tool, taken in (("sitegen", (12.0, 33.0, 20.0)), ("hugo", (10.0, 22.0, 10.0)))
            for run, seconds in enumerate(taken)
        ),
        peaks=(Peak("sitegen", "cold", 600), Peak("hugo", "cold", 1000)),
        served=(Served("sitegen", tuple(number / 100 for number in range(1, 31))),),
    )
    write_session(session, tmp_path)
    (read,) = read_sessions(tmp_path)
    assert read == session
    assert read.ratio("sitegen", "cold") == 1.5  # of runs that took turns: 1.2, 1.5, 2.0
    table = targets_table([read], MarkdownSpeed(0.19, 0.6))
    assert "| <= 1.7 | <= 1 | 1.5 | meets |" in table
    assert "| <= 0.5 | <= 0.25 | 0.6 | falls short |" in table
    assert "| <= 0.4 | <= 0.2 | 0.19 | meets the aim |" in table
    assert "| <= 0.03 | <= 0.015 | not measured |  |" in table
    marked = "Prose.\n<!-- sessions -->\nstale figures\n<!-- end of sessions -->\nMore.\n"
    written = update(f"{marked}<!-- targets -->\n<!-- end of targets -->\n", [read], None)
    assert session_tables(read) in written
    assert "stale" not in written
    assert written == update(written, [read], None)
