"""Words that mean another day to every reader: `currently`, `last week`, `現在`.

Such a word is only true on a day, so it needs the mark that names it:
`[now four per cent]{as-of=2025-02-07}`. These lists are all that sitegen knows of them.
"""

import re
from collections.abc import Iterator

_ENGLISH = """
at present|at the moment|at this time|currently|lately|last month|last week|last year|last night
next month|next week|next year|now|nowadays|presently|recently|these days|this month|this week
this year|today|tomorrow|yesterday
"""
_JAPANESE = """
このほど|このところ|いま現在|近ごろ|近頃|今月|今週|今日|今年|最近|昨日|昨年|先月|先週|現在|現時点|目下|来月|来週|来年|明日
"""


def _listed(words: str) -> list[str]:
    return sorted(words.strip().replace("\n", "|").split("|"), key=len, reverse=True)


WORDS = {"en": _listed(_ENGLISH), "ja": _listed(_JAPANESE)}


def _last_words(phrases: list[str]) -> dict[bytes, tuple[bytes, ...]]:
    """Return the last word of each phrase with the texts that stand before it, if any does."""
    found: dict[bytes, tuple[bytes, ...]] = {}
    for phrase in phrases:
        before, _, last = phrase.encode().rpartition(b" ")
        found[last] = (*found.get(last, ()), *([before] if before else []))
    return found


def _by_stem(
    last_words: dict[bytes, tuple[bytes, ...]],
) -> dict[bytes, dict[bytes, tuple[bytes, ...]]]:
    """Return the last words by what a text must hold that holds one of them."""
    found: dict[bytes, dict[bytes, tuple[bytes, ...]]] = {}
    for last, before in last_words.items():
        stem = next((each for each in (b"day", b"ently", b"now") if each in last), last)
        found.setdefault(stem, {})[last] = before
    return found


_LAST_WORDS = _by_stem(_last_words(WORDS["en"]))
_LOOKALIKES = tuple(each.encode() for each in "\u0130\u0131\u017f\u212a")
"""Letters that are no ASCII letters, and that a pattern takes for some if case is ignored."""
_ANY_JAPANESE = re.compile("|".join(WORDS["ja"]))
_PATTERNS = {
    "en": re.compile(
        r"(?<![\w-])(?:"
        + "|".join(word.replace(" ", r"\s+") for word in WORDS["en"])
        + r")(?![\w-])",
        re.IGNORECASE,
    ),
    # After a date the word says what the mark would: 2月7日現在.
    "ja": re.compile(r"(?<![年月日時])(?:" + "|".join(WORDS["ja"]) + ")"),
}
DATED = re.compile(r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]\{[^{}\n]*\b(?:as-of|review-by)=[^{}\n]*\}")
_SOMEBODY_ELSES = re.compile(
    r"<!--.{0,5000}?-->|<[^<>]*>|\[@[^\[\]]*\]|\]\([^()\s]*\)|\[\[[^\[\]|]*(?=[\]|])|"
    r"^[ \t]*>[^\n]*|^\[[^\[\]]+\]:[^\n]*|"
    "\u201c[^\u201d]{0,2000}\u201d|\u300c[^\u300d]{0,2000}\u300d|\u300e[^\u300f]{0,2000}\u300f|"
    r'"(?:[^"\n]|\n(?![^\S\n]*\n)){0,2000}"',
    re.MULTILINE | re.DOTALL,
)
"""Quotations, citations, addresses and comments: their words are not the writer's."""


def undated(text: str, lang: str) -> Iterator[tuple[int, str]]:
    """Yield each of the words in Markdown that no mark gives a day, with its place."""
    language = lang.split("-")[0]
    if not may_hold(text, lang):
        return
    masked = _SOMEBODY_ELSES.sub(_blank, DATED.sub(_blank, text))
    for match in _PATTERNS[language].finditer(masked):
        yield match.start(), match[0]


def may_hold(text: str, lang: str) -> bool:
    """Return whether looking closer is worth the time, which it is for few texts."""
    language = lang.split("-")[0]
    if language not in WORDS:
        return False
    if language == "ja":
        return bool(_ANY_JAPANESE.search(text))
    content = text.encode().lower()  # bytes are lowered and searched much faster
    for stem, words in _LAST_WORDS.items():
        if stem in content:
            for word, before in words.items():
                if _may_stand(content, word, before):
                    return True
    # Their last bytes are rare, and so sooner looked for.
    return any(each[-1] in content and each in content for each in _LOOKALIKES)


def _may_stand(content: bytes, word: bytes, before: tuple[bytes, ...]) -> bool:
    """Return whether a word may stand somewhere behind one of those `before` it, if there are any.

    What bytes do not tell of characters may be.
    """
    place = content.find(word)
    while place >= 0:
        after = place + len(word)
        if not content[after : after + 1].isalnum() and (
            _may_follow(content[:place], before)
            if before
            else not content[place - 1 : place].isalnum()
        ):
            return True
        place = content.find(word, place + 1)
    return False


def _may_follow(content: bytes, before: tuple[bytes, ...]) -> bool:
    """Return whether a text may end in one of those `before`, of two words at most, and a space."""
    said = b" ".join(content.rsplit(maxsplit=2)[-2:])
    return not said.isascii() or (content[-1:].isspace() and said.endswith(before))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
