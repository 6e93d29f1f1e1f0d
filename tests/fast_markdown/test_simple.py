"""Texts whose marks can be read in one way are written without a tree, and come out the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.load.markdown import Converter
from tests.fast_markdown import texts
from tests.fast_markdown.pairs import OURS, Pair, named

short, long = Converter(()), Converter(())
long.markdown.is_settled = False
settled = Pair(OURS, is_ours=True, is_settled=True)

_word = st.sampled_from(
    (
        *("word", "two words", "it's", '"so"', "80s", "é", "日本", "「語」", "s", "snake_case"),
        *(" -- ", "...", "x\ny", ".", ",", "(", "\u00a0", "\u2014", "@a", "^1", "!", "  ", ""),
    )
)
_form = st.sampled_from(
    (
        *("*{}*", "**{}**", "_{}_", "__{}__", "`{}`", "[{}](u)", "[{}](http://x.org/a_b?c)"),
        *("[{}][@s-1]", "[{}][@s, p. 2]", "[@s, p. 3]", '[@s, "{}"]', "[@s_1; @b, p. {}]", "[@{}]"),
        *("[^1]", "[^2]", "[^{}]", '[{}][@s, "q [c]"]', "[@s, “{}”]", "[@s, 「{}」]"),
    )
)
_other = st.sampled_from(
    (
        *("[[s]]", "[[s|{}]]", "[{}]", "[{}][b]", "![{}](u)", "{}{.c}", "[{}]{as-of=2025}"),
        *("<{}>", "&{};", "\\{}", "{}  \n", "*{}", "{}*", "[{}", "{}]", "`{}", "***{}***"),
        *("[{}](u 't')", "[{}](<u>)", '[@x"{}]', "[{}][@s]{translated}", "[]({})", "``{}``"),
    )
)
_inline = st.one_of(
    _word,
    st.tuples(_form, _word).map(lambda each: each[0].replace("{}", each[1])),
    st.tuples(_form, _form, _word).map(
        lambda each: each[0].replace("{}", each[1].replace("{}", each[2]))
    ),
    st.tuples(_other, _word).map(lambda each: each[0].replace("{}", each[1])),
)
_text = st.one_of(
    st.lists(_inline, max_size=8).map(" ".join), st.lists(_inline, max_size=8).map("".join)
)


@pytest.mark.parametrize(
    "text",
    [
        "words",
        'it\'s then "so it is" for now -- and...',
        "*one* and **two**, _three_ and __four__.",
        "`a_b*c` and `[x](y)`",
        "see [it's here](http://x.org/a_b?c-d)",
        "[words it's][@s-1, p. 2] and [@s_2; @s_3, p. 4]",
        '[words][@s, p. 1, "a passage"]',
        "[one][@s][two][@t]",
        "[@a][@b]",
    ],
)
def test_a_text_of_simple_marks_takes_no_tree(text: str) -> None:
    assert short.markdown.short(text) is not None
    _are_same([text, "x"])


@pytest.mark.parametrize(
    "text",
    [
        "*a `b`*",
        "*a",
        "a*b*",
        "*a*b",
        "***a***",
        "[a]",
        "[a][b]",
        "![a](b)",
        "[*a*](b)",
        "[[s]]",
        "``a``",
        "[@a_b][@c]",
        '[@a, "b [c]"]',
        '[@a, "b]',
        "[@a]{translated}",
        "a  \nb",
        "&amp;",
        "\\*",
        "<b>",
        "[^1]",
        "''' x",
    ],
)
def test_other_texts_take_one(text: str) -> None:
    assert short.markdown.short(text) is None
    _are_same([text, "x"])


@given(st.lists(_text, min_size=2, max_size=4))
@settings(max_examples=600)
def test_any_paragraphs_are_the_same(several: list[str]) -> None:
    _are_same(several)


@given(st.lists(_text, min_size=1, max_size=3).map("\n\n".join), texts.blocks)
@settings(max_examples=300)
def test_any_bodies_are_the_same(text: str, blocks: str) -> None:
    notes = "[^1]: it's *one*\n\n[^2]: two [w][@s]"
    for each in (text, f"# {text}\n\n- {text}\n\n{notes}", f"{blocks}\n\n{text}\n\n{notes}"):
        one, other = (converter.body("x", each) for converter in (short, long))
        if not other.citations.problems:
            assert named(">".join(one.pieces), one.citations) == named(
                ">".join(other.pieces), other.citations
            )
        assert [each for _, each in one.findings] == [each for _, each in other.findings]


@given(_text)
@settings(max_examples=300)
def test_any_text_is_as_stock_makes_it(text: str) -> None:
    settled.same(f"{text}\n\n[^1]: one\n\n[^2]: it's {text}")


def _are_same(several: list[str]) -> None:
    """Assert that paragraphs come out the same by the short way and by the long one."""
    ones, others = (converter.paragraphs("x", several) for converter in (short, long))
    for one, other in zip(ones, others, strict=True):
        # What holds a citation that can't be read is never published.
        if not other.citations.problems:
            assert named(">".join(one.pieces), one.citations) == named(
                ">".join(other.pieces), other.citations
            )
        assert [each for _, each in one.findings] == [each for _, each in other.findings]
