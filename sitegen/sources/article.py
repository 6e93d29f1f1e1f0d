"""An article as it was read: what its record and its snapshot are made of."""

import re

from msgspec import Struct

from sitegen.load.text import REFUSED

_SPACE = re.compile(r"[^\S\n]+")
_LONGEST_LINE = 300


class Article(Struct, frozen=True, kw_only=True):
    """What could be read of an article; whatever was not found is empty."""

    title: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    """A day, or a time with its offset."""
    lang: str = ""
    url: str = ""
    """The canonical address."""
    paragraphs: tuple[str, ...] = ()
    """The article's own text."""
    left_out: tuple[str, ...] = ()
    """What stood around it, for the editor to see that nothing of the article was lost."""

    @property
    def snapshot(self) -> str:
        """Return the text that quotations are checked against: the title and each paragraph."""
        parts = (self.title, *self.paragraphs) if self.title else self.paragraphs
        return "\n\n".join(parts) + "\n"


def clean_text(text: str) -> str:
    """Return text without the characters that content refuses, its lines ended by LF."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    # No character that could leave its line in YAML, or make text read other than it is stored.
    return (
        REFUSED.sub("", re.sub("[\u2028\u2029\x0b\x0c]", "\n", lines))
        .encode("utf-8", "replace")
        .decode()
    )


def clean_line(text: str) -> str:
    """Return text on one line, of a length that a title or a name may have."""
    line = " ".join(clean_text(text).split())
    return line if len(line) <= _LONGEST_LINE else f"{line[: _LONGEST_LINE - 1]}…"


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Return the lines of a text that hold something, white space folded."""
    lines = (_SPACE.sub(" ", line).strip() for line in clean_text(text).split("\n"))
    return tuple(line for line in lines if line)


_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_WORD = re.compile(r"[a-z]+")
_ENGLISH = frozenset("the of and to in that is for on with was by as at from are it has".split())


def language_of(text: str) -> str:
    """Return the language that a text's letters give away: Japanese, Korean, English, or none.

    Names in Japanese inside an English text are no Japanese text: a tenth of it must be.
    """
    letters = sum(character.isalpha() for character in text)
    if not letters:
        return ""
    for script, lang in ((_KANA, "ja"), (_HANGUL, "ko")):
        if len(script.findall(text)) > letters / 10:
            return lang
    words = _WORD.findall(text.casefold())
    common = sum(word in _ENGLISH for word in words)
    return "en" if len(words) >= 20 and common > len(words) / 6 else ""
