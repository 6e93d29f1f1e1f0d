"""Where texts stand in a file."""

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from sitegen.load import positions
from sitegen.load.positions import Finder

_TEXTS = st.text("ab[-/ \n", max_size=30)
_RAWS = st.lists(st.text("ab[-/ ", min_size=1, max_size=4), max_size=6)


@given(text=_TEXTS, raws=_RAWS)
def test_many_texts_are_found_where_few_are(text: str, raws: list[str]) -> None:
    finder = Finder(text, 0)
    few = finder.in_body(raws), finder.unread("[", raws)
    with patch.object(positions, "_FEW", 0):
        assert (finder.in_body(raws), finder.unread("[", raws)) == few


@given(text=_TEXTS, raws=_RAWS)
def test_what_begins_with_a_bracket_is_found_where_other_texts_are(
    text: str, raws: list[str]
) -> None:
    brackets, others = Finder(text, 0), Finder(text.replace("[", "("), 0)
    changed = [raw.replace("[", "(") for raw in raws]
    assert brackets.in_body(raws) == others.in_body(changed)
    assert brackets.unread("[", raws) == others.unread("(", changed)
