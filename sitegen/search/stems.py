"""Stems words by the language of their page, with Snowball's algorithms (snowballstem.org)."""

import re
from collections.abc import Callable
from functools import lru_cache

import Stemmer

_ENGLISH_WORD = re.compile("[a-z]+")
_NOT_A_LETTER = re.compile(r"[\W\d_]")
_ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}

Stem = Callable[[str], str]


@lru_cache(maxsize=64)
def stemmer(lang: str) -> Stem:
    """Return what stems a folded word of a page in `lang`: English where Snowball knows no more.

    A word of a language that Snowball does not know is found by the English rules too, as the
    reader's query is stemmed by them.
    """
    name = _ALGORITHMS.get(lang.split("-")[0].lower(), "english")
    if name == "english" or name not in Stemmer.algorithms():
        return english
    stem: Stem = Stemmer.Stemmer(name, 0).stemWord
    return lambda word: word if _NOT_A_LETTER.search(word) else stem(word)


@lru_cache(maxsize=1)
def _english() -> Stem:
    stem: Stem = Stemmer.Stemmer("english", 0).stemWord
    return stem


def english(word: str) -> str:
    """Return the stem of a folded word by the English rules, as the browser works it out."""
    return _english()(word) if _ENGLISH_WORD.fullmatch(word) else word


def key_of(word: str, stem: str) -> str:
    """Return the key of a word: its stem, and the word itself where it is another."""
    return word if word == stem else f"{stem}\t{word}"


def parts_of(key: str) -> tuple[str, str]:
    """Return the stem and the word of a key."""
    stem, tab, word = key.partition("\t")
    return stem, word if tab else stem
