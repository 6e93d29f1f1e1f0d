"""Reads an article that was saved as plain text: headline, section, date line, body, and lists.

What a browser's *select all* and *copy* leave behind: the article between what stands around it.
"""

import re
from collections.abc import Sequence

from sitegen.sources.article import Article, clean_line, language_of, paragraphs_of
from sitegen.sources.dates import date_line

_HEAD_LINES = 8
"""So many lines may hold headline, section, byline and date."""
_BYLINE = re.compile(r"^(?:by|written by|reported by)[ :]\s*(?P<names>\S.{1,120})$", re.IGNORECASE)
_SOURCE = re.compile(r"^(?:source|publisher)\s*:\s*(?P<name>\S.{1,80})$", re.IGNORECASE)
_ADDRESS = re.compile(r"^(?:url\s*:\s*)?(?P<url>https?://\S+)$", re.IGNORECASE)
_BULLET = re.compile(r"^[-–—*•・]$")
_LABEL = re.compile(
    r"""(?:^|["”’'] ?)(?:popular\ articles?|most\ (?:popular|read|viewed)|access\ ranking
    |related\ (?:articles?|stories|links|topics|news|tags)|read\ (?:more|next|also)|you\ may\ also
    |more\ (?:stories|from)\b|recommended|trending|latest\ (?:news|articles)|editors?['’]\ picks
    |share\ this|sign\ up\ for|subscribe\ to|advertisement|copyright|©|all\ rights\ reserved
    |関連記事|アクセスランキング|おすすめ|人気記事|あわせて読みたい|続きを読む)
    |\b(?:popular\ articles?|access\ ranking)$""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_LABEL = 60
_SENTENCE_END = re.compile(r"[.!?。！？…][\"'”’」』）)]*$")


def read_text(text: str) -> Article:
    """Return the article that a plain text holds; any text at all can be read."""
    lines = paragraphs_of(text)
    if not lines:
        return Article()
    head, start = _head(lines)
    end = _end(lines, start)
    body = lines[start:end]
    authors: tuple[str, ...] = ()
    publisher = url = published = ""
    left: list[str] = []
    for line in head:
        byline = _BYLINE.match(line)
        source, address = _SOURCE.match(line), _ADDRESS.match(line)
        day = date_line(line)
        if byline and not authors:
            authors = names_of(byline["names"])
        elif source and not publisher:
            publisher = source["name"]
        elif address and not url:
            url = address["url"]
        elif day and not published:
            published = day
        else:
            left.append(line)
    return Article(
        title=clean_line(lines[0]),
        publisher=publisher,
        authors=authors,
        published=published,
        lang=language_of(" ".join(body)),
        url=url,
        paragraphs=body,
        left_out=(*left, *(line for line in lines[end:] if not _BULLET.match(line))),
    )


def names_of(text: str) -> tuple[str, ...]:
    """Return the names in a byline."""
    parts = re.split(r"\s*(?:,|;|/|、| and | & )\s*", clean_line(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def _head(lines: Sequence[str]) -> tuple[Sequence[str], int]:
    """Return the lines between the headline and the body, and where the body begins.

    The last line near the top that is a date, a byline or an address ends the head; without one
    only the headline does.
    """
    last = 0
    for number, line in enumerate(lines[1:_HEAD_LINES], start=1):
        if date_line(line) or _BYLINE.match(line) or _SOURCE.match(line) or _ADDRESS.match(line):
            last = number
        elif _SENTENCE_END.search(line) and len(line) > _LONGEST_LABEL:
            break
    return lines[1 : last + 1], last + 1


def _end(lines: Sequence[str], start: int) -> int:
    """Return where the body ends: at a label such as *popular articles*, or before bare bullets."""
    for number in range(start, len(lines)):
        line = lines[number]
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if len(line) > _LONGEST_LABEL or _SENTENCE_END.search(line):
            continue
        if _LABEL.search(line) or _BULLET.match(line) or _BULLET.match(following):
            return number
    return len(lines)
