"""Passes over the preprocessors that a text gives nothing to do."""

import re
from collections.abc import Callable
from typing import Any

from markdown import preprocessors
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace
from markdown.util import ETX, STX

from sitegen.fast_markdown.patterns import is_overridden
from sitegen.fast_markdown.stock import is_known

_HTML_RUN = HtmlBlockPreprocessor.run
_HTML_EXTRACTOR = preprocessors.HTMLExtractor  # type: ignore[attr-defined]
_NORMALIZE_RUN = NormalizeWhitespace.run
_REPLACED = (STX, ETX, "\r", "\t")
_SPACES_IN_BLANK_LINE = re.compile(r"\n +(?:\n|\Z)")
_FENCED_RUN = FencedBlockPreprocessor.run
_FENCED_BLOCK = FencedBlockPreprocessor.FENCED_BLOCK_RE


def faster_preprocessor(processor: Any) -> Callable[[list[str]], list[str]]:
    """Return what runs a preprocessor: a faster equal of a stock one, or its own method."""
    own: Callable[[list[str]], list[str]] = processor.run
    if not is_known("preprocess"):
        return own
    if type(processor) is NormalizeWhitespace:
        is_stock = not is_overridden(processor, "run", _NORMALIZE_RUN)
        return (lambda lines: _normalized(processor, lines)) if is_stock else own
    marks = _marks(processor)
    if not marks:
        return own

    def run(lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        return own(lines) if any(mark in text for mark in marks) else text.split("\n")

    return run


def _normalized(processor: NormalizeWhitespace, lines: list[str]) -> list[str]:
    """Return lines without our marks, foreign line ends, tabs, and spaces in blank lines."""
    source = "\n".join(lines)
    if any(each in source for each in _REPLACED) or _SPACES_IN_BLANK_LINE.search(source):
        return processor.run(lines)
    return f"{source}\n\n".split("\n")


def _marks(processor: Any) -> tuple[str, ...]:
    """Return the texts of which one must be there for a preprocessor to do anything."""
    if isinstance(processor, HtmlBlockPreprocessor):
        is_stock = (
            not is_overridden(processor, "run", _HTML_RUN)
            and vars(preprocessors)["HTMLExtractor"] is _HTML_EXTRACTOR
        )
        return ("<", "&") if is_stock else ()
    if isinstance(processor, FencedBlockPreprocessor):
        is_stock = (
            not is_overridden(processor, "run", _FENCED_RUN)
            and not is_overridden(processor, "FENCED_BLOCK_RE", _FENCED_BLOCK)
            and processor.checked_for_deps  # its first run also looks for other extensions
        )
        return ("```", "~~~") if is_stock else ()
    return ()
