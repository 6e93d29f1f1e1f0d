"""Finds what a writer has left to do: `TODO:` where readers would see it."""

import re
from collections.abc import Iterator

from sitegen.diagnostics import Diagnostic, Span
from sitegen.load.front_matter import SplitFile
from sitegen.load.source_text import without_code

_TODO = re.compile(r"\bTODO(?:\([^()\n]*\))?:[^\n]*")
_YAML_COMMENT = re.compile(r"(?:^|(?<=\s))#.*$", re.MULTILINE)
_HTML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_VISIBLE = re.compile(r"[^\n]")
_MOST_QUOTED = 60


def todos(path: str, parts: SplitFile) -> list[Diagnostic]:
    """Return one finding for each `TODO:` or `TODO(name):` outside comments and code."""
    found: list[Diagnostic] = []
    if "TODO" in parts.yaml:
        yaml = _blanked(_YAML_COMMENT, parts.yaml)
        found += _findings(path, parts.yaml, yaml, parts.yaml_line)
    if "TODO" in parts.body:
        body = _blanked(_HTML_COMMENT, without_code(parts.body))
        found += _findings(path, parts.body, body, parts.body_line)
    return found


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """Return `text` with what `pattern` finds blanked, every other character in its old place."""
    return pattern.sub(lambda match: _VISIBLE.sub(" ", match[0]), text)


def _findings(path: str, text: str, masked: str, first_line: int) -> Iterator[Diagnostic]:
    lines = zip(text.split("\n"), masked.split("\n"), strict=True)
    for number, (line, visible) in enumerate(lines, start=first_line):
        for match in _TODO.finditer(visible):
            words = line[match.start() : match.end()].strip().strip("\"'")
            if len(words) > _MOST_QUOTED:
                words = words[: _MOST_QUOTED - 1].rstrip() + "\u2026"
            yield Diagnostic(
                path=path,
                code="todo-left",
                message=f"'{words}' is left to do",
                span=Span(number, match.start() + 1, len(match[0].rstrip().rstrip("\"'"))),
                help="write what it asks for, or take it out",
            )
