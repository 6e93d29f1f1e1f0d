"""A converter serves one document after another, whatever befell the one before."""

import re
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.blockprocessors import ParagraphProcessor

from sitegen.load.markdown import Converter
from sitegen.load.text import REFUSED
from sitegen.model.document import HOLE_OPEN
from tests.fast_markdown import texts

TEXT = "A paragraph.\n\n- one\n- two\n\nAnother.[^1]\n\n[^1]: Note.\n"


class OutOfTime(BaseException):
    """As an interrupted conversion raises it, past every `except Exception`."""


@pytest.mark.parametrize("error", [ValueError, RecursionError, OutOfTime])
def test_a_text_left_in_the_middle_spoils_no_other(error: type[BaseException]) -> None:
    expected = Converter(()).body("x.md", TEXT).pieces
    converter = Converter(())
    with patch.object(ParagraphProcessor, "run", side_effect=error):
        try:
            broken = converter.body("x.md", "> - in a list")
            assert broken.findings
        except OutOfTime:
            pass
    assert converter.body("x.md", TEXT).pieces == expected


@given(st.lists(texts.text.map(lambda text: REFUSED.sub("", text)), min_size=2, max_size=4))
def test_values_that_go_together_come_out_as_each_by_itself(values: list[str]) -> None:
    converter = Converter(())
    alone = [converter.paragraph("a.md", value) for value in values]
    together = converter.paragraphs("a.md", values)
    numbers = re.compile(f"(?<={HOLE_OPEN}[pwd])[0-9]+")
    assert [numbers.sub("", ">".join(each.pieces)) for each in together] == [
        numbers.sub("", ">".join(each.pieces)) for each in alone
    ]
    assert [each.findings for each in together] == [each.findings for each in alone]
