"""Texts and sets of extensions at random come out the same."""

from importlib.util import find_spec
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fast_markdown import texts
from tests.fast_markdown.pairs import BUILT_IN, CONFIGS, OURS, Pair

OTHERS = tuple(
    f"pymdownx.{name}"
    for name in (
        *("arithmatex", "betterem", "caret", "critic", "details", "emoji", "escapeall", "keys"),
        *("magiclink", "mark", "progressbar", "saneheaders", "smartsymbols", "superfences"),
        *("tabbed", "tasklist", "tilde", "inlinehilite", "blocks.admonition", "blocks.details"),
    )
)
OTHER_CONFIGS: dict[str, dict[str, Any]] = {
    **CONFIGS,
    "pymdownx.emoji": {"emoji_generator": lambda *_, **__: "\U0001f600"},
}
ours = Pair(OURS, is_ours=True)
untrusted = Pair(OURS, is_ours=True, is_trusted=False)
settled = Pair(OURS, is_ours=True, is_settled=True)
everything = Pair(BUILT_IN)


@given(texts.text)
@settings(max_examples=300)
def test_any_text_with_our_extensions(text: str) -> None:
    untrusted.same(text)
    ours.same(text)
    settled.same(text)


@given(texts.marks)
@settings(max_examples=500)
def test_any_row_of_quotation_marks_and_dashes(text: str) -> None:
    ours.same(text)
    settled.same(text)


@given(texts.text)
@settings(max_examples=200)
def test_any_text_with_every_extension(text: str) -> None:
    everything.same(text)


@given(
    st.lists(st.sampled_from(BUILT_IN), max_size=6, unique=True),
    st.lists(texts.text, min_size=1, max_size=3),
    st.booleans(),
    st.booleans(),
)
@settings(max_examples=200)
def test_any_set_of_extensions(
    extensions: list[str], several: list[str], is_xhtml: bool, is_ours: bool
) -> None:
    pair = Pair(extensions, is_ours=is_ours, output_format="xhtml" if is_xhtml else "html")
    for text in several:
        pair.same(text)


@pytest.mark.skipif(not find_spec("pymdownx"), reason="pymdown-extensions is not installed")
@given(
    st.lists(st.sampled_from(OTHERS), min_size=1, max_size=6, unique=True),
    st.lists(st.sampled_from(BUILT_IN), max_size=4, unique=True),
    st.lists(texts.text, min_size=1, max_size=3),
)
@settings(max_examples=150)
def test_extensions_of_others(others: list[str], extensions: list[str], several: list[str]) -> None:
    pair = Pair([*others, *extensions], OTHER_CONFIGS)
    for text in several:
        pair.same(text)
