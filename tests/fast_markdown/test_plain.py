"""Blocks of plain words are written without any elements, and come out the same."""

from unittest import mock
from xml.etree.ElementTree import Element, ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.fast_markdown import FastMarkdown
from sitegen.load.markdown import Converter
from tests.fast_markdown import texts
from tests.fast_markdown.pairs import OURS, Pair, converted, named
from tests.fast_markdown.test_documents import bodies

settled = Pair(OURS, is_ours=True, is_settled=True)
one_and_other = Converter(()), Converter(())
one_and_other[1].markdown.is_settled = False
as_xhtml = Pair(OURS, is_ours=True, is_settled=True, output_format="xhtml")


def _is_same(text: str) -> None:
    """Assert that a body comes out the same by the short way and by the long one."""
    shown = [
        (named(">".join(rendered.pieces), rendered.citations), rendered.findings)
        for rendered in (each.body("x", text) for each in one_and_other)
    ]
    assert shown[0] == shown[1]


def _is_plain(text: str) -> bool:
    """Return whether every block of a text is of a form that is written from here."""
    fast = settled.each[1]
    assert isinstance(fast, FastMarkdown)
    settled.same(text)
    tree_of_all = mock.Mock(return_value=ElementTree(Element("div")))
    with mock.patch.object(type(fast.parser), "parseDocument", tree_of_all):
        converted(fast, text)
    return not tree_of_all.called


@pytest.mark.parametrize(
    "text",
    [
        "words\n\nmore words\nand lines",
        "# Words\n\n## It's *marked* ##\n\n### Words",
        "- one\n- two\n  lazy\n- *three*\n\nwords\n\n3. one\n1. two",
        "> one\n> two\n>\n> *three*",
        "| a | b |\n|:-:|--:|\n| c |\n| `|` | \\| | e |",
        "words[^1] and[^b]\n\n[^1]: one\n[^b]: it's *two*\n    three",
        "a & b < c > d\n\nx\n\n\n\ny",
        "# Fn 1\n\n# fn:1\n\nwords[^1]\n\n[^1]: one",
        "| a | b |\n|---|---|\n| c | d | {: .x } |\n\nwords\n{: #y .z}",
        "",
    ],
)
def test_plain_blocks_are_written_at_once(text: str) -> None:
    assert _is_plain(text)
    as_xhtml.same(text)


@pytest.mark.parametrize(
    "text",
    [
        "- one\n\n- two",
        "- one\n    - two",
        "> one\n\n> two",
        "> - one",
        "- # one",
        "| a | b |\n|---|---|",
        "# one\ntwo",
        "one\n# two",
        "one\n> two",
        "    code",
        "one\n---",
        "***",
        "term\n:   words",
        "!!! note\n    words",
        "*[HTML]: words\n\nHTML",
        "[b]: http://x.org\n\n[b]",
        "words\n\n[TOC]\n\n# Words",
        "words[^1]\n\n///Footnotes Go Here///\n\nmore\n\n[^1]: one",
    ],
)
def test_other_blocks_take_the_whole_tree(text: str) -> None:
    assert not _is_plain(text)


@pytest.mark.parametrize(
    "text",
    [
        "a[^1] b[^1]\n\n[^1]: one",
        "a[^1]\n\n[^1]: one\n\n    two",
        "a[^1]\n\n[^1]: - one",
        "a[^1]\n\n[^1]:",
        "a[^x\ny]\n\n[^x\ny]: one",
        "a[^1] b[^2]\n\n[^2]: see[^1]\n[^1]: see[^2]\n\n[^1]: again",
    ],
)
def test_unusual_footnotes_are_those_of_the_extension(text: str) -> None:
    settled.same(text)


def test_an_empty_marker_is_found_in_any_text() -> None:
    configs = {"footnotes": {"PLACE_MARKER": ""}, "toc": {"marker": ""}}
    pair = Pair(OURS, configs, is_ours=True, is_settled=True)
    pair.same("words[^1]\n\n# more *words*\n\n[^1]: one")


@given(texts.blocks)
@settings(max_examples=300)
def test_any_row_of_plain_blocks(text: str) -> None:
    settled.same(text)


@given(texts.blocks)
@settings(max_examples=100)
def test_any_row_of_plain_blocks_as_xhtml(text: str) -> None:
    as_xhtml.same(text)


@given(st.lists(texts.blocks, min_size=2, max_size=3))
@settings(max_examples=100)
def test_a_text_leaves_nothing_behind_for_the_next(several: list[str]) -> None:
    pair = Pair(OURS, is_ours=True, is_settled=True)
    for text in several:
        pair.same(text)


def test_marks_need_no_stash_where_nobody_looks_there() -> None:
    fast = settled.each[1]
    assert converted(fast, 'it\'s then "so it is" for now -- and...') == (
        "<p>it&rsquo;s then &ldquo;so it is&rdquo; for now &ndash; and&hellip;</p>"
    )
    assert not fast.htmlStash.rawHtmlBlocks


@pytest.mark.parametrize("index", range(0, len(bodies()), 5))
def test_a_site_gets_the_same_with_and_without(index: int) -> None:
    body = bodies()[index]
    _is_same(body)


@given(texts.blocks)
@settings(max_examples=150)
def test_any_blocks_of_a_site_are_the_same_with_and_without(text: str) -> None:
    short, long = one_and_other
    _is_same(text)
    assert short.wiki.found == long.wiki.found
