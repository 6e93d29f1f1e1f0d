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


_STEMS = {
    "y": ("day", "ently", "lately", "year"),
    "w": ("now", "tomorrow"),
    "m": ("moment", "month", "time"),
    "k": ("week",),
    "g": ("night",),
    "p": ("present",),
}
"""By a rare letter, which is found much sooner than a word: what the last words of phrases hold."""
_GAP = r"[\t-\r\x1c- ]"
_WIDE_GAP = r"[\t-\r\x1c- \x80-\xff]{2}"
"""How any white space ends that is no single ASCII character."""


def _near_letter(letter: str, stems: tuple[str, ...], phrases: list[str]) -> re.Pattern[bytes]:
    """Return what finds, from a letter on, the phrases whose last words hold one of the stems.

    It is for UTF-8 in small letters, where any character that is not ASCII may be a space, a mark
    or a letter. It may find more than there is, and nothing less.
    """
    around = []
    for stem in stems:
        before, _, after = stem.partition(letter)
        whole = []
        for phrase in phrases:
            *words, last = phrase.split()
            if _stem(last) == stem:
                head, _, tail = last.partition(stem)
                heads = [r"(?<![\w-])" + _GAP.join((*words, head))]
                heads += [
                    _WIDE_GAP + _GAP.join((*words[number:], head))
                    for number in range(1, len(words) + 1)
                ]
                whole += [f"(?<={each}{stem}){tail}" for each in heads]
        seen = f"(?<={before}{letter})" if before else ""
        around.append(rf"{seen}{after}(?:{'|'.join(whole)})(?![\w-])")
    return re.compile(f"{letter}(?:{'|'.join(around)})".encode())


def _stem(word: str) -> str:
    return next(each for stems in _STEMS.values() for each in stems if each in word)


_NEAR_LETTERS = [_near_letter(letter, stems, WORDS["en"]) for letter, stems in _STEMS.items()]
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
    # The last bytes of lookalikes are rare, and so sooner looked for.
    return any(each.search(content) for each in _NEAR_LETTERS) or any(
        each[-1] in content and each in content for each in _LOOKALIKES
    )


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
