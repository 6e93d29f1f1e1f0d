"""Keeps as code what a build would refuse of an imported text, so that the rest is published."""

import posixpath
import re
from collections.abc import Iterator, Set

from msgspec import Struct

from sitegen.load.document import load_document
from sitegen.load.scan import ContentFile
from sitegen.load.source_text import without_code
from sitegen.model.document import Loaded
from sitegen.model.front_matter import Kind
from sitegen.model.settings import LoadSettings
from sitegen.urls import outside_scheme

_MOST_BLOCKS = 50
"""After so many the whole text is kept as code."""
_END_OF_FRONT_MATTER = "\n---\n"


class Imported(Struct, frozen=True, kw_only=True):
    """What an imported text may refer to."""

    files: Set[str]
    """Every file of the publication to come, by path."""
    sources: Set[str]


class _Problem(Struct, frozen=True):
    """What a build would refuse."""

    what: str
    line: int = 0
    """Of the file; 0 if it is not known."""
    words: str = ""
    """As they stand in the text, if they are known."""


def mended(
    path: str, kind: Kind, text: str, settings: LoadSettings, imported: Imported | None
) -> tuple[str, tuple[str, ...]]:
    """Return a text of which a build refuses nothing, and what was wrong with each changed block.

    Without `imported` references are not looked at. What is wrong with the front matter stays.
    """

    def problems(text: str) -> Iterator[_Problem]:
        file = ContentFile(kind=kind, path=path, data=text.encode())
        return _problems(load_document(file, settings), path, imported)

    head, mark, body = text.partition(_END_OF_FRONT_MATTER)
    head += mark
    said: list[str] = []
    while problem := next(problems(head + body), None):
        if problem.line and problem.line <= head.count("\n"):
            break
        said.append(problem.what)
        block = _block(body, problem.line - head.count("\n"), problem.words)
        if block is None:
            refused = (
                each
                for each in _blocks(body)
                if any(found.what == problem.what for found in problems(head + body[slice(*each)]))
            )
            block = next(refused, None)
        if block is None or len(said) > _MOST_BLOCKS:
            return head + _as_code(body), tuple(said)
        start, end = block
        body = body[:start] + _as_code(body[start:end]) + body[end:]
    return head + body, tuple(said)


def _problems(loaded: Loaded, path: str, imported: Imported | None) -> Iterator[_Problem]:
    for each in loaded.diagnostics:
        if each.severity == "error":
            yield _Problem(each.message, each.span.line if each.span else 0)
    if imported is None or loaded.document is None or loaded.body is None:
        return
    for reference in loaded.document.references:
        target = reference.target
        place = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        if reference.form == "wiki":
            yield _Problem(f"a link [[{target}]]", words=f"[[{target}")
        elif reference.form == "anchor" and reference.anchor not in loaded.document.anchors:
            yield _Problem(f"no heading '#{reference.anchor}'", words=f"#{reference.anchor}")
        elif target and not outside_scheme(target) and place not in imported.files:
            yield _Problem(f"no file '{target}'", words=target)
    for citation in loaded.body.citations:
        if citation.source not in imported.sources:
            yield _Problem(f"no source '{citation.source}'", words=f"@{citation.source}")


def _block(body: str, line: int, words: str) -> tuple[int, int] | None:
    """Return the range of the block that holds a line of the body, or words outside code."""
    masked = without_code(body)
    at = -1
    if line > 0:
        at = sum(len(each) + 1 for each in body.split("\n")[: line - 1])
    elif words:
        at = masked.find(words)
    return next((block for block in _blocks(body) if block[0] <= at < block[1]), None)


def _blocks(body: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges between blank lines; code is in one piece with what it touches."""
    masked = without_code(body)
    start = position = 0
    for gap in re.finditer(r"\n(?:[ \t]*\n)+", body):
        if gap.start() < position:
            continue
        before, after = masked[: gap.start()].rpartition("\n")[2], masked[gap.end() :]
        inside = not before.strip() and not after.partition("\n")[0].strip()
        if inside and body[gap.end() :].strip():
            continue
        yield start, gap.start() + 1
        start = position = gap.end()
    if body[start:].strip():
        yield start, len(body)


def _as_code(block: str) -> str:
    longest = max((len(each) for each in re.findall(r"`{3,}", block)), default=2)
    fence = "`" * (longest + 1)
    return f"\n{fence}text\n{block.strip(chr(10))}\n{fence}\n\n"
