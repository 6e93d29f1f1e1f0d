"""Words are what a reader means by them, and the browser cuts them as the build does."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.search.stems import english, key_of, parts_of, stemmer
from sitegen.search.words import fold, runs, spell, words_of
from tests.search.conftest import SearchPage
from tests.search.strategies import TEXT

ROOT = Path(__file__).parent.parent.parent


def words(text: str) -> list[str]:
    return [word for word, _ in words_of(text)]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Tōkyō", "tokyo"),
        ("ＴＯＫＹＯ", "tokyo"),
        ("ｻｲﾊﾞｰ", "サイバー"),
        ("U.S.", "US"),
        ("Japan’s", "Japan"),
        ("1,000,000", "1000000"),
        ("Straße", "STRASSE"),
        ("ﬁne", "fine"),
    ],
)
def test_forms_that_mean_the_same_are_the_same_words(text: str, same: str) -> None:
    assert words(text) == words(same)


def test_a_compound_is_found_whole_and_in_parts() -> None:
    assert words_of("F-35") == words_of("F35") == [("f", 0), ("35", 1), ("f35", 0)]
    assert words("F 35") == ["f", "35"]
    assert words("2+2") == ["2", "2", "2+2"]
    assert "dont" in words("don't")
    assert words("3.5 end.Next") == ["3.5", "end", "next"]


def test_cjk_is_cut_into_overlapping_pairs_and_its_last_character() -> None:
    assert words_of("東京都 F35の島") == [
        ("東京", 0),
        ("京都", 1),
        ("都", 2),
        ("f", 3),
        ("35", 4),
        ("f35", 3),
        ("の島", 5),
        ("島", 6),
    ]
    assert words("서울시") == ["서울", "울시", "시"]


def test_words_are_stemmed_by_the_language_of_their_page() -> None:
    assert english("policies") == english("policy")
    assert stemmer("de")("häuser") == stemmer("de-AT")("haus")
    assert stemmer("ja")("policies") == english("policies")
    assert parts_of(key_of("rents", "rent")) == ("rent", "rents")
    assert parts_of(key_of("rent", "rent")) == ("rent", "rent")


@given(TEXT)
def test_folding_is_done_once_and_for_all(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXT)
def test_places_rise_and_none_is_left_out(text: str) -> None:
    places = {place for _, place in words_of(text)}
    assert places == set(range(len(places)))


def test_plain_text_is_cut_as_any_text_is() -> None:
    text = "The U.S.-Japan “2+2” of 1,000.5 — don’t‐state, F-35…"
    assert words_of(text) == words_of(f"{text} \u0e01")[:-1]
    assert [raw for raw in runs(fold(text)) if not spell(raw)[0]] == []


@pytest.mark.browser
@settings(max_examples=15)
@given(st.lists(TEXT, min_size=100, max_size=400))
def test_the_browser_cuts_any_text_into_the_same_words(
    search_page: SearchPage, texts: list[str]
) -> None:
    for text, made in zip(texts, search_page.words("wordsOf", texts), strict=True):
        assert (text, made) == (text, [list(pair) for pair in words_of(text)])


@pytest.mark.browser
def test_the_browser_stems_every_word_as_the_build_does(search_page: SearchPage) -> None:
    files = [*ROOT.glob("content/**/*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("sitegen/**/*.py")]
    vocabulary = {
        word for path in files for word in re.findall("[a-z]+", path.read_text("utf-8").lower())
    }
    chance = random.Random(5)
    pieces = (
        "y yy ing ed s ied ies eed eedly ingly edly li ly ation ogist ogi past gener inter univers "
        "al ative ful ness e l ll us ss sses bl iz at tt ff add egg succ proc ement ion "
        "a b c d t x w m n o"
    ).split()
    vocabulary |= {"".join(chance.choices(pieces, k=chance.randint(1, 6))) for _ in range(20_000)}
    vocabulary |= set("skis skies sky idly gently ugly early only singly news dying lying".split())
    listed = sorted(vocabulary)
    assert search_page.words("stem", listed) == list(map(english, listed))
