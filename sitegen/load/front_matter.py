"""Splits a content file into its front matter and its body."""

from msgspec import Struct

from sitegen.diagnostics import Diagnostic, Span


class SplitFile(Struct, frozen=True, kw_only=True):
    """The two parts of a content file, each with the line on which it begins."""

    yaml: str
    yaml_line: int
    body: str
    body_line: int


def split(path: str, text: str) -> tuple[SplitFile | None, tuple[Diagnostic, ...]]:
    """Return the parts of `text`; None and the reason if it has no whole front matter."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None, (
            Diagnostic(
                path=path,
                code="missing-front-matter",
                message="the file does not begin with front matter",
                span=Span(1, 1, max(1, len(lines[0]))),
                help="begin it with a line '---', the keys, and another line '---'",
            ),
        )
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() in ("---", "..."):
            return SplitFile(
                yaml="\n".join(lines[1:number]) + "\n",
                yaml_line=2,
                body="\n".join(lines[number + 1 :]),
                body_line=number + 2,
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
