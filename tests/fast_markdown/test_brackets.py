"""Texts full of open brackets take no longer than others, and come out the same."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fast_markdown.pairs import OURS, Pair

FAMILIES: dict[str, Callable[[int], str]] = {
    "open": lambda size: "[" * size,
    "open footnotes": lambda size: "[^a" * (size // 3),
    "open images": lambda size: "![" * (size // 2),
    "open links by slug": lambda size: "[[a" * (size // 3),
    "open links by slug with words": lambda size: "[[a|b" * (size // 5),
    "open claims": lambda size: "[a][@b " * (size // 7),
    "nested": lambda size: "[" * (size // 2) + "]" * (size // 2),
    "nested links": lambda size: "[a" * (size // 3) + "](b)" * (size // 12),
    "open addresses": lambda size: "[a](" * (size // 4),
    "open character data": lambda size: "<![CDATA[" * (size // 9),
}


@pytest.mark.parametrize("name", FAMILIES)
def test_brackets_are_the_same(name: str) -> None:
    Pair(OURS, is_ours=True).same(FAMILIES[name](600))


@pytest.mark.parametrize("name", FAMILIES)
def test_brackets_take_no_longer(name: str) -> None:
    fast = Pair(OURS, is_ours=True).each[1]
    began = time.process_time()
    fast.convert(FAMILIES[name](16_000))
    assert time.process_time() - began < 4, "stock takes from 4 to 40 s"


LINKS = st.lists(
    st.sampled_from(
        [
            "[",
            "]",
            "(",
            ")",
            "![",
            "](",
            "][",
            "[]",
            "'",
            '"',
            "<",
            ">",
            " ",
            "\n",
            "a",
            "b",
            "\\[",
            "`",
        ]
    ),
    max_size=30,
).map("".join)


@given(LINKS)
@settings(max_examples=1500)
def test_any_brackets_are_the_same(text: str) -> None:
    links.same(f"{text}\n\n[a]: /a 'b'\n[b]: <c>\n[]: d")


links = Pair()
