"""Splits a content file into its front matter and its body."""

import re

from msgspec import Struct

from sitegen.diagnostics import Diagnostic, Span

_CLOSING = re.compile(r"\n(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)")


class SplitFile(Struct, frozen=True, kw_only=True):
    """The two parts of a content file, each with the line on which it begins."""

    yaml: str
    yaml_line: int
    body: str
    body_line: int


def split(path: str, text: str) -> tuple[SplitFile | None, tuple[Diagnostic, ...]]:
    """Return the parts of `text`; None and the reason if it has no whole front matter."""
    first, _, _ = text.partition("\n")
    if first.rstrip() != "---":
        return None, (
            Diagnostic(
                path=path,
                code="missing-front-matter",
                message="the file does not begin with front matter",
                span=Span(1, 1, max(1, len(first))),
                help="begin it with a line '---', the keys, and another line '---'",
            ),
        )
    closing = _CLOSING.search(text, len(first))
    if closing:
        return SplitFile(
            yaml=text[len(first) + 1 : closing.start()] + "\n",
            yaml_line=2,
            body=text[closing.end() :],
            body_line=text.count("\n", 0, closing.start()) + 3,
        ), ()
    return None, (
        Diagnostic(
            path=path,
            code="unclosed-front-matter",
            message="the front matter opened by '---' is never closed",
            span=Span(1, 1, 3),
            help="put a line '---' after the last key",
        ),
    )
