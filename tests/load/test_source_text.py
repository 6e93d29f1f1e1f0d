"""What of a body is code, and what is a comment."""

import pytest

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
