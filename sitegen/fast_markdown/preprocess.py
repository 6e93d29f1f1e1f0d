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


def short_preprocessor(processor: Any) -> Callable[[str], str | None] | None:
    """Return what tells the text that a stock preprocessor leaves, if it has little to do with it.

    That returns None for a text that the preprocessor must see itself, and there is none for the
    preprocessors of others.
    """
    if not is_known("preprocess"):
        return None
    if type(processor) is NormalizeWhitespace:
        return None if is_overridden(processor, "run", _NORMALIZE_RUN) else _normalized
    marks = _marks(processor)
    if not marks:
        return None
    # One character is found much sooner than a longer text.
    return lambda text: None if any(mark[0] in text and mark in text for mark in marks) else text


def _normalized(source: str) -> str | None:
    """Return a text as it is left where it has nothing to be replaced, or None."""
    if any(each in source for each in _REPLACED) or _SPACES_IN_BLANK_LINE.search(source):
        return None
    return f"{source}\n\n"


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
