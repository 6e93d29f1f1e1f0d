"""Tells people's names from those of organisations, and family names from given names."""

import re

from msgspec import Struct

_WORD = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff][A-Za-z\u00c0-\u024f\u1e00-\u1eff.'\u2019-]*")
_PARTICLES = frozenset("af al bin da de del della den der di dos du la le ten ter van von".split())
_SUFFIXES = frozenset("ii iii iv jr jr. sr sr.".split())
_COLLECTIVE = frozenset(
    """agency association board bureau center centre committee council department desk editorial
    editors foundation group institute ministry network newsroom office project service society
    staff team unit university writers""".split()
)


class Name(Struct, frozen=True, kw_only=True):
    """An author's name; `family` is empty where the name is not to be split."""

    text: str
    family: str = ""
    given: str = ""
    collective: bool = False
    """It is an organisation's."""


def read_name(text: str, organisations: tuple[str, ...]) -> Name:
    """Return `text` as a name; a name that holds one of `organisations` is no person's.

    Only `Given Family` in Latin script is split: a name left whole is printed as its author writes
    it, one split wrongly is not.
    """
    words = text.split()
    plain = [word.casefold() for word in words]
    folded = " ".join(plain)
    if any(name.casefold() in folded for name in organisations) or _COLLECTIVE & set(plain):
        return Name(text=text, collective=True)
    if not 2 <= len(words) <= 5 or not all(map(_WORD.fullmatch, words)):
        return Name(text=text)
    capital = [word[0].isupper() for word in words]
    if plain[-1] in _SUFFIXES or not capital[0] or not capital[-1]:
        return Name(text=text)
    inner = range(1, len(words) - 1)
    if not all(capital[n] or plain[n] in _PARTICLES for n in inner):
        return Name(text=text)
    start = next((n for n in inner if plain[n] in _PARTICLES), len(words) - 1)
    return Name(text=text, family=" ".join(words[start:]), given=" ".join(words[:start]))
