"""A quotation survives any typographic rewriting, and never a changed word."""

import random
import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.evidence.folding import fold, fold_with_map
from sitegen.evidence.matching import essence, find, is_checkable, nearest

_SAME = [
    [
        "'",
        "\u2018",
        "\u2019",
        "\u00b4",
        '"',
        "\u201c",
        "\u201d",
        "\u00ab",
        "\u201e",
        "\u300c",
        "\u300d",
    ],
    ["-", "\u2010", "\u2011", "\u2013", "\u2014", " \u2013 ", "\u2212"],
    [" ", "  ", "\n", "\u00a0", "\u2009", " \u200b", "\t"],
    ["\u2026", "...", ". . ."],
    ["(", "\uff08"],
    [")", "\uff09"],
    ["fi", "\ufb01"],
    ["5", "\uff15"],
    ["a", "\uff41"],
    ["é", "e\u0301"],
]
_WORDS = st.lists(
    st.text(string.ascii_letters + "éüß" + string.digits, min_size=1, max_size=9).filter(
        lambda word: "fi" not in word
    ),
    min_size=12,
    max_size=40,
    unique_by=str.casefold,
)


def rewritten(text: str, chance: random.Random) -> str:
    """Return a text as another typist would set it."""
    for forms in _SAME:
        parts = text.split(forms[0])
        joined = parts[0]
        for part in parts[1:]:
            joined += chance.choice(forms) + part
        text = joined
    return chance.choice([text, unicodedata.normalize("NFD", text), text.replace(" ", "  ")])


def text_of(words: list[str], chance: random.Random) -> str:
    """Return words as running text."""
    joined = words[0]
    for word in words[1:]:
        joined += chance.choice([" ", " ", " ", "-", ", ", ' "', "' ", " (", "; "]) + word
    return joined


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(codec="utf-8") | st.sampled_from(" \n.'-\u2026\u200b\u0301\uff9e")))
def test_the_way_back_leads_into_the_original(text: str) -> None:
    folded = fold_with_map(text)
    assert folded.text == fold(text)
    assert len(folded.starts) == len(folded.text) + 1
    assert list(folded.starts) == sorted(folded.starts)
    assert folded.starts[-1] == len(text)


@given(_WORDS, st.randoms(use_true_random=False))
def test_a_quotation_survives_any_typographic_rewriting(
    words: list[str], chance: random.Random
) -> None:
    begin = chance.randrange(1, len(words) - 5)
    quotation = text_of(words[begin:], chance)
    source = f"{text_of(words[:begin], chance)} {quotation}"
    assert find(quotation, fold(source))
    assert find(rewritten(quotation, chance), fold(rewritten(source, chance)))
    assert essence(rewritten(quotation, chance)) == essence(quotation)


@given(_WORDS, st.randoms(use_true_random=False))
def test_a_quotation_never_survives_a_changed_word(words: list[str], chance: random.Random) -> None:
    source = text_of(words, chance)
    changed = chance.randrange(len(words))
    word = words[changed]
    letter = chance.randrange(len(word))
    others = [
        word[:letter] + word[letter + 1 :],
        word[:letter] + chance.choice("xq7") + word[letter:],
        word[:letter] + chance.choice("xq7") + word[letter + 1 :],
        word + "s",
    ]
    other = chance.choice([each for each in others if each and each != word])
    quotation = text_of([*words[:changed], other, *words[changed + 1 :]], random.Random(0))
    source = text_of(words, random.Random(0))
    assert find(quotation, fold(source)) is None


@pytest.mark.parametrize(
    ("quotation", "stands"),
    [
        ("rents rose by 2.5 per cent", True),
        ("rents rose by 2", False),
        ("rents rose by 5 per cent", False),
        ("Rents rose", False),
        ("ents rose by", False),
        ("In the city … last year.", True),
        ("last year … In the city", False),
        ("rents [in all flats] rose by", True),
        ("rent[s] rose by 2.5 [per cent]", True),
        ("[R]ents rose by", True),
        ("the tenants’ “burden,”", True),
        ("日本政府は「黄金時代」を築く", True),
        ("日本政府は「白銀時代」を築く", False),
        ("102 houses of 11/2 rooms", False),
        ("10² houses of 1½ rooms", True),
        ("10^2 houses of 1½ rooms", True),
        ("CO2 from 12 km2", True),
        ("in part 2.5 flats", False),
        ("5 flats burned down", True),
    ],
)
def test_what_stands_in_a_source(quotation: str, stands: bool) -> None:
    source = (
        "In the city rents rose by 2.5 per\ncent — the tenants' 'burden' — last year. "
        "日本政府は\n「黄金時代」を築く。 10² houses of 1½ rooms; CO₂ from 12 km². "
        "It is in part 2. 5 flats burned down."
    )
    assert (find(quotation, fold(source)) is not None) == stands


@pytest.mark.parametrize(
    ("quotation", "checkable"),
    [
        ("golden age", False),
        ("a golden age", True),
        ("unprecedented", True),
        ("黄金時代", False),
        ("新たな日米関係の黄金時代を", True),
        ("[our own words here] golden age", False),
    ],
)
def test_short_quotations_are_only_counted(quotation: str, checkable: bool) -> None:
    assert is_checkable(quotation) == checkable


def test_the_nearest_passage_shows_the_difference_in_a_long_source() -> None:
    filler = "Nothing of interest stands in this line of the report. " * 20_000
    found = nearest("rents rose by 3 per cent", filler + "The rents rose by 2 per cent. " + filler)
    assert found is not None
    assert found.passage == "rents rose by 2 per cent"
    assert found.difference == "rents rose by [-3-] {+2+} per cent"
    assert nearest("zzz qqq xxx jjj", "Rents rose by 2 per cent.") is None
    taste = nearest(
        "Article 6 of the Japan\u2013U.S. treaty\u2019s", "Article 5 of the Japan-U.S. treaty's"
    )
    assert taste is not None
    assert taste.difference == "Article [-6-] {+5+} of the Japan-U.S. treaty's"


def test_many_insertions_take_no_long_time() -> None:
    quotation = "a " + "[x] a " * 60 + "b"
    assert find(quotation, fold("a " * 3000)) is None
    assert find(quotation, fold("a " * 3000 + "b"))
