"""What of a body is code, and what is a comment."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.load.source_text import without_code, without_comments


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("a <!-- b --> c", "a  c"),
        ("a <!-- b\n\nc --> d", "a  d"),
        ("`<!-- a -->`", "`<!-- a -->`"),
        ("```\n<!-- a -->\n```\n<!-- b -->", "```\n<!-- a -->\n```\n"),
        ("a <!-- never closed", "a <!-- never closed"),
    ],
)
def test_comments_are_taken_out_of_copies(markdown: str, expected: str) -> None:
    assert without_comments(markdown) == expected


def test_blanked_code_keeps_every_place() -> None:
    text = "a `b` c\n```\nd\n```\ne"
    assert without_code(text) == "a     c\n   \n \n   \ne"


CODE = re.compile(
    r"^(?P<fence>```+|~~~+)[^\n]*\n.*?^(?P=fence)[ \t]*$|(?P<ticks>`+)(?:(?!`|\n\n).)+?(?P=ticks)",
    re.DOTALL | re.MULTILINE,
)
"""What code is, in one expression, whose time grows with the square of the text."""


@given(st.lists(st.sampled_from(["`", "``", "```", "~~~", "````", "\n", "\n\n", " ", "a"])))
def test_code_is_what_its_definition_says(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert without_code(text) == CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)
