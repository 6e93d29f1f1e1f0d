"""Finds the sentence around a place in plain text, in English and in Japanese."""

import re

_END = re.compile(
    r"[.!?\u2026][\"'\u2019\u201d)\]]*(?=\s)|[\u3002\uff01\uff1f][\u300d\u300f\uff09]*"
)
_ABBREVIATION = re.compile(
    r"(?:\b[A-Za-z]\.)+$|\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Gov|Sen|Rep|St|No|Nos|Art|para|paras|"
    r"vs|cf|e\.g|i\.e|etc|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|approx)\.$",
    re.IGNORECASE,
)
_LONGEST = 600


def sentence_at(text: str, place: int) -> str:
    """Return the sentence of `text` that holds the character before `place`, at most 600 long."""
    start, end = 0, len(text)
    for match in _END.finditer(text):
        head = text[start : match.end()].rstrip("\"'\u2019\u201d)]")
        following = text[match.end() : match.end() + 2].strip()
        if _ABBREVIATION.search(head) or (following and following.islower()):
            continue
        if match.end() >= place:
            end = match.end()
            break
        start = match.end()
    sentence = " ".join(text[start:end].split())
    return sentence if len(sentence) <= _LONGEST else sentence[: _LONGEST - 1].rstrip() + "\u2026"
