"""Finds the addresses in a Markdown body, and writes others in their place."""

import re
from collections.abc import Callable

from sitegen.load.source_text import without_code

_TARGETS = re.compile(
    r"\]\(\s*(?P<inline><[^<>\n]*>|(?:[^\s()<>]|\([^\s()]*\)|[ ](?![\"'() ]))+)"
    r"(?P<title>\s+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?\s*\)"
    r"|^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*(?P<definition><[^<>\n]*>|\S+)"
    r"|\b(?:src|href)=(?P<quote>[\"'])(?P<html>[^\"'\n]*)(?P=quote)"
    r"|<(?P<auto>https?://[^<>\s]+)>",
    re.MULTILINE,
)

Resolve = Callable[[str, str, bool], str | None]
"""Is given an address, its words and whether it is a picture's; returns the new one, or None."""


def rewritten(body: str, resolve: Resolve) -> str:
    """Return the body with each address outside code as `resolve` says.

    Of a link whose address is None only the words are kept, of a picture nothing.
    """
    masked = without_code(body)
    pieces: list[str] = []
    position = 0
    for match in _TARGETS.finditer(masked):
        group = (
            next(name for name in ("inline", "definition", "html", "auto") if match[name])
            if any(match[name] for name in ("inline", "definition", "html", "auto"))
            else ""
        )
        if not group or match.start() < position:
            continue
        start, end = match.span(group)
        target = body[start:end]
        opening = _opening(masked, match.start()) if group == "inline" else -1
        picture = (opening > 0 and body[opening - 1] == "!") or match[0].startswith("src")
        words = body[opening + 1 : match.start()] if opening >= 0 else ""
        new = resolve(target.strip("<>"), words, picture)
        if new == target.strip("<>"):
            continue
        if new is not None:
            written = f"<{new}>" if " " in new or group == "auto" else new
            pieces += [body[position:start], written]
            position = end
        elif group == "inline" and opening >= 0:
            begin = opening - 1 if picture else opening
            if begin < position:
                continue
            kept = "" if picture else words
            pieces += [body[position:begin], kept]
            position = match.end()
        elif group == "html":
            pieces += [body[position : match.start()]]
            position = match.end()
    return "".join(pieces) + body[position:]


def _opening(text: str, closing: int) -> int:
    """Return where the bracket opens that closes at `closing`, or -1."""
    depth = 0
    for place in range(closing, max(-1, closing - 2000), -1):
        if text[place] == "]":
            depth += 1
        elif text[place] == "[":
            depth -= 1
            if not depth:
                return place
    return -1
