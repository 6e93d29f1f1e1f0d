"""The one format of diagnostics, in its three renderings."""

import json

import pytest

from sitegen.diagnostics import (
    Diagnostic,
    Span,
    did_you_mean,
    render_github,
    render_json,
    render_text,
    sort,
    summary,
    with_source_lines,
)

FOUND = Diagnostic(
    path="content/explainers/senkaku.md",
    code="unknown-topic",
    message="no topic 'senkaku-island'",
    span=Span(6, 5, 14),
    help="did you mean 'senkaku-islands'? Topics live in content/topics/.",
)
PLACELESS = Diagnostic(path="content/a.md", code="no-citations", message="nothing is cited")


def test_text_is_what_compilers_print() -> None:
    lines = {FOUND.path: ("", "", "", "", "", "  - senkaku-island")}
    shown = with_source_lines([FOUND], lines)
    assert render_text(shown) == (
        "content/explainers/senkaku.md:6:5: error[unknown-topic]: no topic 'senkaku-island'\n"
        "  6 |   - senkaku-island\n"
        "    |     ^^^^^^^^^^^^^^\n"
        "  help: did you mean 'senkaku-islands'? Topics live in content/topics/.\n"
    )


def test_text_without_a_place_is_one_line() -> None:
    assert render_text([PLACELESS]) == "content/a.md: warning[no-citations]: nothing is cited\n"


def test_long_lines_show_the_part_around_the_place() -> None:
    line = "x" * 1000 + "HERE" + "y" * 1000
    found = Diagnostic(
        path="a.md", code="bad-value", message="m", span=Span(1, 1001, 4), source_line=line
    )
    excerpt, marks = render_text([found]).split("\n")[1:3]
    assert len(excerpt) < 200
    assert excerpt[marks.index("^") : marks.rindex("^") + 1] == "HERE"


def test_invisible_characters_are_shown_as_such() -> None:
    found = Diagnostic(path="a.md", code="bad-value", message="a\x1b[31mb\u202ec")
    assert render_text([found]) == "a.md: error[bad-value]: a\ufffd[31mbc\n"


def test_json_holds_nulls_where_the_place_is_not_known() -> None:
    rows = json.loads(render_json([FOUND, PLACELESS]))
    assert (rows[0]["line"], rows[0]["column"], rows[0]["severity"]) == (6, 5, "error")
    assert rows[1]["line"] is None


def test_github_escapes_what_commands_are_made_of() -> None:
    found = Diagnostic(
        path="a,b:c.md", code="bad-value", message="100%\nmore", span=Span(2, 3, 4), help="mend"
    )
    assert render_github([found]) == (
        "::error file=a%2Cb%3Ac.md,line=2,col=3,endColumn=7,title=bad-value::100%25%0Amore%0Amend\n"
    )


def test_sorted_by_file_and_line_each_once() -> None:
    late = Diagnostic(path=FOUND.path, code="bad-date", message="m", span=Span(9, 1))
    assert sort([late, FOUND, PLACELESS, FOUND]) == (PLACELESS, FOUND, late)


def test_the_count_at_the_end() -> None:
    assert summary([FOUND, FOUND, PLACELESS]) == "2 errors, 1 warning"


def test_did_you_mean_offers_only_what_is_near_and_exists() -> None:
    assert did_you_mean("housng", ["housing", "health"]) == "did you mean 'housing'?"
    assert did_you_mean("zzz", ["housing"]) == ""


@pytest.mark.parametrize(
    ("word", "nearest"),
    [
        ("sorce-4711", "source-4711"),
        ("source-47x11", "source-4711"),
        ("suorce-9999", "source-9999"),
        ("ource-12", "source-12"),
        ("Source-300", "source-300"),
    ],
)
def test_did_you_mean_finds_a_slip_among_thousands(word: str, nearest: str) -> None:
    known = [f"source-{number}" for number in range(10_000)]
    assert did_you_mean(word, known) == f"did you mean '{nearest}'?"


def test_did_you_mean_offers_nothing_far_off_among_thousands() -> None:
    assert did_you_mean("zzzzz", (f"source-{number}" for number in range(10_000))) == ""
