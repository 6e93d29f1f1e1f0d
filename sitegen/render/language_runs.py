"""Marks the Japanese words in a text of another language, so that they are read and set as such.

WCAG 2.2, success criterion 3.1.2: the language of each passage can be told by a program. Running
text is marked by its writer; this is for what has no markup: notes, captions, sentences cited
elsewhere.
"""

import re

from markupsafe import Markup, escape

_RUN = re.compile(
    r"[\u3000-\u303f\u30fb\uff00-\uff65]*"
    r"[\u3005\u3007\u3040-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\uff66-\uff9f]"
    r"[\u3000-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff9f]*"
)
"""Kana and ideographs with the punctuation around them."""

_OF_THE_SAME_SCRIPT = ("ja", "zh", "ko", "yue")


def mark_runs(words: str, lang: str) -> str:
    """Return `words`, of the language `lang`, with each run of Japanese in an element of its own.

    Text that has none, and text of a language that is written with the same characters, comes back
    as it is; Markup stays Markup.
    """
    if words.isascii() or lang.split("-")[0] in _OF_THE_SAME_SCRIPT or isinstance(words, Markup):
        return words
    if not _RUN.search(words):
        return words
    return Markup(_RUN.sub(r'<span lang="ja">\g<0></span>', str(escape(words))))  # noqa: S704
