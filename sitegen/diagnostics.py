"""What is wrong, where, why and how to mend it; and the three ways to show it.

A diagnostic is a value: stages return them, nobody raises them, and they cross process borders.
"""

import difflib
import heapq
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

Severity = Literal["error", "warning"]


class Span(Struct, frozen=True, order=True):
    """A run of characters on one line of a file; lines and columns count from 1."""

    line: int
    column: int = 1
    """0 where only the line is known."""
    length: int = 1


class Diagnostic(Struct, frozen=True, kw_only=True):
    """One finding about one file."""

    path: str
    """Relative to the project's root, with `/` between its parts."""
    code: str
    """A key of CODES."""
    message: str
    """One line, lower case, no full stop; names the offending value in quotes."""
    span: Span | None = None
    """None where the place inside the file is not known for sure."""
    help: str = ""
    """An act that mends it."""
    source_line: str = ""
    """The text of the line the span stands on, filled in when it is shown."""

    @property
    def severity(self) -> Severity:
        """Return whether it stops the build."""
        return CODES[self.code]


CODES: Mapping[str, Severity] = {
    # Files
    "not-utf8": "error",
    "control-character": "error",
    "file-too-large": "error",
    "unreadable-file": "error",
    "not-a-file": "error",
    "bad-file-name": "error",
    "stray-file": "warning",
    "unsafe-file": "error",
    "missing-site-yaml": "error",
    # Front matter and site.yaml
    "missing-front-matter": "error",
    "unclosed-front-matter": "error",
    "bad-yaml": "error",
    "yaml-feature": "error",
    "yaml-limit": "error",
    "duplicate-key": "error",
    "unknown-key": "error",
    "missing-key": "error",
    "bad-value": "error",
    "bad-date": "error",
    "bad-url": "error",
    "bad-slug": "error",
    "bad-setting": "error",
    # Markdown
    "bad-citation": "error",
    "bad-mark": "error",
    "undated-word": "warning",
    "no-original": "warning",
    "unread-citation": "warning",
    "unread-link": "warning",
    "markdown-failed": "error",
    "too-slow": "error",
    "nesting-too-deep": "error",
    "unsafe-html": "warning",
    "swallowing-html": "error",
    "unsafe-link": "error",
    "duplicate-anchor": "error",
    "outside-image": "error",
    # References between files
    "unknown-source": "error",
    "unknown-topic": "error",
    "unknown-author": "error",
    "unknown-explainer": "error",
    "unknown-page": "error",
    "ambiguous-link": "error",
    "broken-link": "error",
    "missing-anchor": "error",
    "missing-image": "error",
    "unpublished-link": "error",
    "topic-cycle": "error",
    "duplicate-id": "error",
    "duplicate-address": "error",
    "reserved-address": "error",
    # Evidence
    "quotation-not-found": "error",
    "quotation-without-receipt": "error",
    "bad-receipts": "error",
    "bad-ledger": "error",
    "unsaid-change": "error",
    "lost-correction": "error",
    "withdrawn-page": "error",
    "changed-source": "warning",
    "no-primary-source": "warning",
    # What an editor would want to know
    "no-citations": "warning",
    "no-key-points": "warning",
    "known-without-unknown": "warning",
    "todo-left": "warning",
    # Outside links
    "bad-links-lock": "error",
    "dead-link": "error",
    "archived-link": "warning",
    "moved-link": "warning",
    "unreachable-link": "warning",
    "unasked-link": "warning",
    "lost-quotation": "warning",
    # Templates
    "template-syntax": "error",
    "template-undefined": "error",
    "template-failed": "error",
    "missing-template": "error",
    "dynamic-include": "error",
    "missing-asset": "error",
    "asset-syntax": "error",
}
"""Every code there is, with its severity; docs/diagnostics.md has a heading for each."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `did you mean 'x'?` for the nearest of `known`, or an empty string.

    Of many names only those that share rare parts with `word` are compared.
    """
    names = frozenset(known)
    candidates = sorted(names) if len(names) <= _FEW else _likely(word.casefold(), names)
    folded = {candidate.casefold(): candidate for candidate in reversed(candidates)}
    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return f"did you mean '{folded[near[0]]}'?" if near else ""


_FEW = 100
"""As many names as difflib compares in a millisecond or two."""
_MOST_WEIGHED = 1500
_MOST_COMPARED = 15


def _likely(word: str, names: frozenset[str]) -> list[str]:
    """Return the few names that share the rarest parts with `word`, sorted."""
    holding = _by_part(names)
    # A name with a letter too many or too few is cut in half at another place.
    parts = {part for length in range(-1, 2) for part in _parts(word, len(word) + length)}
    found = [holding[part] for part in sorted(parts) if part in holding]
    weights: dict[str, float] = defaultdict(float)
    room = _MOST_WEIGHED
    for holders in sorted(found, key=len):
        for name in holders[:room]:
            weights[name] += 1 / len(holders)
        room -= len(holders)
        if room <= 0:
            break
    return sorted(heapq.nlargest(_MOST_COMPARED, weights, key=lambda name: weights[name]))


@lru_cache(maxsize=8)
def _by_part(names: frozenset[str]) -> Mapping[str, list[str]]:
    """Return the names that hold each part; kept for the next word that is unknown."""
    holding: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        for part in _parts(name.casefold(), len(name)):
            holding[part].append(name)
    return holding


def _parts(word: str, length: int) -> set[str]:
    """Return the halves of a word, as cut in one of `length`, and its runs of three letters.

    One wrong letter leaves one of the halves whole.
    """
    edged = f" {word} "
    half = length // 2
    runs = {edged[place : place + 3] for place in range(len(edged) - 2)}
    return runs | {f"<{word[:half]}", f"{word[max(0, len(word) - length + half) :]}>"}


def sort(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return them by path, place and code, each once."""
    unique = dict.fromkeys(diagnostics)
    return tuple(sorted(unique, key=lambda d: (d.path, d.span or Span(0, 0), d.code, d.message)))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Return whether any of them stops the build."""
    return any(d.severity == "error" for d in diagnostics)


def with_source_lines(
    diagnostics: Iterable[Diagnostic], lines_of: Mapping[str, tuple[str, ...]]
) -> tuple[Diagnostic, ...]:
    """Return them with the text of the lines they point at; `lines_of` maps paths to lines."""
    shown = []
    for diagnostic in diagnostics:
        lines = lines_of.get(diagnostic.path, ())
        if diagnostic.span and 0 < diagnostic.span.line <= len(lines):
            text = lines[diagnostic.span.line - 1]
            shown.append(replace(diagnostic, source_line=text))
        else:
            shown.append(diagnostic)
    return tuple(shown)


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Return the closing line, such as `2 errors, 1 warning`; empty when there are none."""
    counts = {"error": 0, "warning": 0}
    for diagnostic in diagnostics:
        counts[diagnostic.severity] += 1
    parts = [f"{n} {word}{'' if n == 1 else 's'}" for word, n in counts.items() if n]
    return ", ".join(parts)


def render_text(diagnostics: Iterable[Diagnostic]) -> str:
    """Return them as compilers print them, each followed by its line and its mend."""
    return "".join(_text(diagnostic) + "\n" for diagnostic in diagnostics)


def render_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Return a JSON array of objects; `line`, `column` and `length` are null when unknown."""
    rows = [
        {
            "path": d.path,
            "line": d.span.line if d.span else None,
            "column": d.span.column if d.span and d.span.column else None,
            "length": d.span.length if d.span and d.span.column else None,
            "severity": d.severity,
            "code": d.code,
            "message": d.message,
            "help": d.help,
        }
        for d in diagnostics
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def render_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Return workflow commands, which GitHub shows on the changed lines.

    Format: GitHub Actions, "Workflow commands", with its escaping of properties and data.
    """
    return "".join(_github(diagnostic) + "\n" for diagnostic in diagnostics)


_INVISIBLE = dict.fromkeys(
    [*range(0x20), 0x7F, *range(0x80, 0xA0)], "\N{REPLACEMENT CHARACTER}"
) | {
    ord("\t"): " ",
    **dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], ""),
}
_WIDEST_EXCERPT = 160


def _place(diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    if span is None:
        return diagnostic.path
    column = f":{span.column}" if span.column else ""
    return f"{diagnostic.path}:{span.line}{column}"


def _text(diagnostic: Diagnostic) -> str:
    head = f"{_place(diagnostic)}: {diagnostic.severity}[{diagnostic.code}]: {diagnostic.message}"
    lines = [head.translate(_INVISIBLE)]
    span = diagnostic.span
    if span and diagnostic.source_line.strip():
        start = max(0, span.column - _WIDEST_EXCERPT // 2)
        excerpt = diagnostic.source_line[start : start + _WIDEST_EXCERPT].rstrip()
        number = str(span.line)
        lines.append(f"  {number} | {excerpt.translate(_INVISIBLE)}")
        if span.column:
            room = max(1, len(excerpt) - (span.column - 1 - start))
            marks = " " * (span.column - 1 - start) + "^" * max(1, min(span.length, room))
            lines.append(f"  {' ' * len(number)} | {marks}")
    if diagnostic.help:
        lines.append(f"  help: {diagnostic.help.translate(_INVISIBLE)}")
    return "\n".join(lines)


def _github(diagnostic: Diagnostic) -> str:
    def data(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def prop(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    properties = [f"file={prop(diagnostic.path)}"]
    if diagnostic.span:
        span = diagnostic.span
        properties.append(f"line={span.line}")
        if span.column:
            properties += [f"col={span.column}", f"endColumn={span.column + span.length}"]
    properties.append(f"title={prop(diagnostic.code)}")
    message = diagnostic.message + (f"\n{diagnostic.help}" if diagnostic.help else "")
    return f"::{diagnostic.severity} {','.join(properties)}::{data(message)}"
