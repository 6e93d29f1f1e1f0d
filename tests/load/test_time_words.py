"""Which texts are looked through for words that mean another day to every reader."""

import re
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.load import time_words
from sitegen.load.time_words import WORDS, may_hold, undated

_PIECES = sorted({part for phrase in WORDS["en"] for part in phrase.split()})
_TEXTS = st.lists(
    st.sampled_from(
        [
            *_PIECES,
            *"\n\t -.a9",
            "\x1f",
            "\u00a0",
            "\u3000",
            "\u201c",
            "é",
            "Wee\u212a",
            "th\u0131\u017f",
        ]
    )
).map("".join)


@given(text=_TEXTS | _TEXTS.map(str.upper))
@pytest.mark.parametrize("lang", ["en", "en-GB", "ja"])
def test_no_text_that_holds_such_a_word_is_passed_over(text: str, lang: str) -> None:
    found = list(undated(text, lang))
    with patch.object(time_words, "may_hold", lambda text, lang: True):
        assert list(undated(text, lang)) == found


def test_letters_that_are_taken_for_others_are_known() -> None:
    letters = sorted({letter for word in WORDS["en"] for letter in word if letter != " "})
    pattern = re.compile(f"[{''.join(letters)}]", re.IGNORECASE)
    for each in map(chr, range(0x80, 0x110000)):
        if pattern.match(each):
            assert may_hold(each, "en")


@pytest.mark.parametrize("gap", [" ", "\t", "\x1c", "  ", "\n ", "\u00a0", " \u2003", "\u3000\n"])
@pytest.mark.parametrize("phrase", WORDS["en"])
def test_every_phrase_is_found_whatever_parts_its_words(phrase: str, gap: str) -> None:
    words = phrase.replace(" ", gap).title()
    assert may_hold(f"As \u201c{words}\u201d it is.", "en")
    assert not may_hold(f"{words}s it is.", "en")


def test_a_word_between_others_is_not_looked_for_closer() -> None:
    for text in ("to know", "a nowhere", "this day", "the moment", "for weeks", "this summer"):
        assert not may_hold(text, "en")
