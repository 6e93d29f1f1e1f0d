"""Sets text that has no markup as running text is set: curly quotes, and Japanese words marked.

Running text has its quotes from Markdown, and its writer says there what is in another language.
This is for titles, summaries, notes and sentences cited elsewhere.
"""

import re
from functools import cache

from markupsafe import Markup, escape

_CHARACTER = (
    r"[\u3005\u3007\u3040-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\uff66-\uff9f]"
)
"""Kana and ideographs."""
_RUN = (
    rf"[\u3000-\u303f\u30fb\uff00-\uff65]*{_CHARACTER}"
    r"[\u3000-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff9f]*"
)
"""Some of them with the punctuation around them."""

_OF_THE_SAME_SCRIPT = ("ja", "zh", "ko", "yue")

_JOINED = re.compile(r"(?<=[^\W\d_])(?:\u2013(?=[^\W\d_])|-(?=[A-Z]\.))")
"""A dash within a name, and a hyphen before an abbreviation: `Japan-U.S.` stays on one line."""

_BEFORE = r"[^\s(\[{\u2013\u2014\u2018\u201c/-]"
"""What a quote that opens does not follow."""
_OPENING_DOUBLE = re.compile(rf'"(?<!{_BEFORE}")(?=\S)')
_OPENING_SINGLE = re.compile(rf"'(?<!{_BEFORE}')(?=[^\s\d'])")


def typeset(words: str, lang: str) -> str:
    """Return `words`, in the language `lang`, with curly quotes, names whole and Japanese marked.

    The mark is an element with a `lang` of its own: WCAG 2.2, success criterion 3.1.2, asks that a
    program can tell the language of each passage. Text of a language that is written with the same
    characters is left alone, and so is Markup.
    """
    if isinstance(words, Markup):
        return words
    words = curl(words, lang)
    if words.isascii() and "-" not in words:  # as most are
        return words
    words = _JOINED.sub("\\g<0>\u2060", words)
    if (
        words.isascii()
        or lang.split("-")[0] in _OF_THE_SAME_SCRIPT
        or not _pattern(_CHARACTER).search(words)
    ):
        return words
    return Markup(_pattern(_RUN).sub(r'<span lang="ja">\g<0></span>', str(escape(words))))  # noqa: S704


@cache
def _pattern(characters: str) -> re.Pattern[str]:
    """Return a pattern of many characters: compiling one takes milliseconds, and few pages ask."""
    return re.compile(characters)


def curl(words: str, lang: str) -> str:
    """Return English `words` with curly quotes and apostrophes; those of other languages differ."""
    if ('"' not in words and "'" not in words) or lang.split("-")[0] != "en":
        return words
    if '"' in words:
        words = _OPENING_DOUBLE.sub("\u201c", words).replace('"', "\u201d")
    return _OPENING_SINGLE.sub("\u2018", words).replace("'", "\u2019")
