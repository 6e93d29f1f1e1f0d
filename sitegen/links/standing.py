"""Says whether a quotation stands in a text."""

import re
import unicodedata
from collections.abc import Callable

Stands = Callable[[str, str], bool]
"""Takes a quotation and a text."""

_FOLDED = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032`\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u300c\u300d\u300e\u300f\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)
_GAP = re.compile(r"\s*(?:\.\.\.|\[\.\.\.\])\s*|\[[^\[\]]*\]")


def stands(quotation: str, text: str) -> bool:
    """Return whether the parts of `quotation` stand in `text` one behind the other.

    `…`, `[...]` and `[inserted words]` part it; white space, quotation marks, dashes and Unicode's
    compatibility forms don't count.
    """
    folded = _fold(text)
    position = 0
    for part in _GAP.split(_fold(quotation)):
        found = folded.find(part.strip(), position)
        if found < 0:
            return False
        position = found + len(part.strip())
    return True


def _fold(text: str) -> str:
    """Return text in the form in which it is compared; `…` becomes three dots by NFKC."""
    folded = unicodedata.normalize("NFKC", text).translate(_FOLDED)
    return " ".join(folded.split())
