"""A converter serves one document after another, whatever befell the one before."""

from unittest.mock import patch

import pytest
from markdown.blockprocessors import ParagraphProcessor

from sitegen.load.markdown import Converter

TEXT = "A paragraph.\n\n- one\n- two\n\nAnother.[^1]\n\n[^1]: Note.\n"


class OutOfTime(BaseException):
    """As an interrupted conversion raises it, past every `except Exception`."""


@pytest.mark.parametrize("error", [ValueError, RecursionError, OutOfTime])
def test_a_text_left_in_the_middle_spoils_no_other(error: type[BaseException]) -> None:
    expected = Converter(()).body("x.md", TEXT).html
    converter = Converter(())
    with patch.object(ParagraphProcessor, "run", side_effect=error):
        try:
            broken = converter.body("x.md", "> - in a list")
            assert broken.findings
        except OutOfTime:
            pass
    assert converter.body("x.md", TEXT).html == expected
