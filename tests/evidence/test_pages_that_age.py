"""Pages and words that are true on a day."""

import json

import pytest
from click.testing import CliRunner

from sitegen.cli.main import sitegen_command
from sitegen.load.time_words import WORDS, undated
from tests.sites import InlineSite

RENTS = "content/explainers/rents.md"
MARKED = "The price is [4 euros]{as-of=2025-02-07 review-by=2026-02-07} a day."


def write(site: InlineSite, text: str) -> InlineSite:
    return site.replace(RENTS, "A rent cap was discussed.", text)


def stale(site: InlineSite, *arguments: str) -> str:
    command = ["stale", "--root", str(site.root), *arguments]
    return CliRunner().invoke(sitegen_command, command).stdout


def test_words_show_their_day_and_age_on_their_own(site: InlineSite) -> None:
    assert write(site, MARKED).said() == ""
    site.build(as_of="2026-02-06")
    page = site.output("explainers/rents/index.html")
    assert (
        '<span class="dated">4 euros</span> <small class="asof">(as of 7 Feb 2025)</small>' in page
    )
    assert 'data-stale-after="2026-02-07" hidden>(due for review)' in page
    site.build(as_of="2026-02-07")
    assert 'data-stale-after="2026-02-07">(due for review)' in site.output(
        "explainers/rents/index.html"
    )
    assert "<span>4 euros</span> (2025-02-07) a day." in site.output("feed.xml").replace(
        "&lt;", "<"
    ).replace("&gt;", ">").replace('<span class="dated">', "<span>")


def test_a_claim_may_be_dated_and_stand_beside_links_and_citations(site: InlineSite) -> None:
    text = (
        "Rents are [[high now][@report-2024, p. 3]]{as-of=2025-02}, and [[housing]] is "
        "[[scarce, as of [today]{as-of=2025}][@report-2024]]{review-by=2025-03-01}; see "
        "[topics](../topics/housing.md)."
    )
    assert write(site, text).said() == ""
    site.build()
    page = site.output("explainers/rents/index.html")
    assert (
        '<span class="dated"><span class="claim" id="c4">high now</span><sup class="cite"' in page
    )
    assert "(as of Feb 2025)" in page
    assert page.count('class="claim"') == 5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[x]{as-of=yesterday}", "20:1: error[bad-date]: as-of: 'yesterday' is not a date"),
        ("[x]{review-by=2025-13}", "20:1: error[bad-date]: review-by: '2025-13' is not a date"),
        ("[x]{asof=2025}", "20:1: error[bad-mark]: unknown mark 'asof' on words"),
        ("[x][@report-2024]{as-of=2025}", "error[bad-citation]: unknown mark 'as-of=2025'"),
    ],
)
def test_a_mark_that_cannot_be_read_is_said(site: InlineSite, text: str, said: str) -> None:
    assert said in write(site, text).said()


def test_a_word_that_ages_is_a_warning_with_its_line(site: InlineSite) -> None:
    write(site, "Rents are\ncurrently high, and rose last\nweek.\n\n> It is now so.\n\n`now`")
    site.replace(RENTS, "Why they rose.", "Why they rose recently.")
    site.replace(RENTS, "Rents, explained.", "Rents today.")
    said = site.said()
    assert [line.split(" means")[0] for line in said.split("\n") if "warning[" in line] == [
        "content/explainers/rents.md:3:16: warning[undated-word]: 'today'",
        "content/explainers/rents.md:11:26: warning[undated-word]: 'recently'",
        "content/explainers/rents.md:21:1: warning[undated-word]: 'currently'",
        "content/explainers/rents.md:21:26: warning[undated-word]: 'last week'",
    ]


@pytest.mark.parametrize(
    ("text", "lang", "words"),
    [
        ("It is known nowhere; the snow fell.", "en", []),
        ('He said "it is now so" and “currently” so.', "en", []),
        ("See [@x, \"now\"] and [it](now.md) and <b title='now'>.", "en", []),
        ("[It is [now][@x] so]{as-of=2025-02-07}.", "en", []),
        ("Recently\nit is, at the\nmoment, so.", "en", ["Recently", "at the\nmoment"]),
        ("現在、家賃は高い。2月7日現在ではない。", "ja", ["現在"]),
        ("最近「今年」と言った。先週だ。", "ja", ["最近", "先週"]),
        ("Currently", "de", []),
    ],
)
def test_words_of_both_languages(text: str, lang: str, words: list[str]) -> None:
    assert [word for _, word in undated(text, lang)] == words


def test_every_listed_word_is_found() -> None:
    for lang, words in WORDS.items():
        assert [[w for _, w in undated(f"A {word}.", lang)] for word in words] == [
            [word] for word in words
        ]


def test_stale_lists_which_why_since_when_and_whose(site: InlineSite) -> None:
    write(site, MARKED)
    site.replace(RENTS, "authors: [ada]", "authors: [ada]\nreviewed: 2025-01-20\nreview_every: 30")
    assert stale(site, "--on", "2025-02-19") == (
        "0 of 1 explainers are due for review on 2025-02-19\n"
    )
    assert stale(site, "--on", "2025-02-20").startswith(
        "content/explainers/rents.md: due since 2025-02-20 (Ada Writer)\n"
        "  age     2025-02-20  last reviewed 2025-01-20\n"
        "1 of 1"
    )
    site.replace("content/sources/report-2024.md", "kind: report", "status: corrected")
    due = json.loads(stale(site, "--on", "2026-03-01", "--format", "json"))["due"]
    assert [[each["kind"] for each in page["reasons"]] for page in due] == [
        ["age", "words", "source"]
    ]
    assert due[0]["whose"] == ["Ada Writer"]


def test_the_banner_comes_with_its_day_and_needs_no_rebuild(site: InlineSite) -> None:
    site.replace(RENTS, "authors: [ada]", "reviewed: 2025-01-20\nreview_every: 30")
    banner = 'role="note" data-stale-after="2025-02-20"'
    site.build(as_of="2025-02-19")
    assert f"{banner} hidden>" in site.output("explainers/rents/index.html")
    site.build(as_of="2025-02-20")
    assert f"{banner}>" in site.output("explainers/rents/index.html")
