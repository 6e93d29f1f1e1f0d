"""Writes the first line of fenced code as Python-Markdown reads it.

Hugo, MkDocs and GitHub allow options behind a fence's language, with which Python-Markdown takes
the block for running text (its `FencedBlockPreprocessor`).
"""

import re

_OPENING = re.compile(r"(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]*)")
_READ = re.compile(r"\{[^\n]*\}|\.?[\w#.+-]*[ ]*(?:hl_lines=([\"']).*?\1[ ]*)?")
_LANGUAGE = re.compile(r"\.?([\w#.+-]+)(?![=\w])")
_TITLE = re.compile(r"\btitle=(?:\"([^\"]*)\"|'([^']*)')")


def plain_fences(body: str) -> str:
    """Return Markdown whose fences have a language alone; a fence's title stands above it."""
    lines: list[str] = []
    opened, at = "", 0
    for line in body.split("\n"):
        if opened:
            if line.rstrip() == opened:
                lines[at : at + 1] = _plain(lines[at])
                opened = ""
        elif found := _OPENING.fullmatch(line):
            opened, at = found["fence"], len(lines)
        lines.append(line)
    return "\n".join(lines)


def _plain(line: str) -> list[str]:
    found = _OPENING.fullmatch(line)
    if found is None or _READ.fullmatch(found["info"]):
        return [line]
    language = _LANGUAGE.match(found["info"])
    fence = found["fence"] + (language[1] if language else "")
    title = _TITLE.search(found["info"])
    words = (title[1] or title[2] or "").strip() if title else ""
    return [f"**{words}**", "", fence] if words else [fence]
