"""Puts stashed HTML back as Python-Markdown's postprocessor does."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from markdown.extensions.footnotes import FootnotePostprocessor
from markdown.postprocessors import AndSubstitutePostprocessor, RawHtmlPostprocessor
from markdown.util import HTML_PLACEHOLDER, STX

from sitegen.fast_markdown.patterns import is_overridden, is_untouched
from sitegen.fast_markdown.stock import is_known

_PLACEHOLDER = re.compile(HTML_PLACEHOLDER % "([0-9]+)")
_OPEN, _CLOSE = "<p>", "</p>"
_METHODS = {
    name: getattr(RawHtmlPostprocessor, name, None)
    for name in ("run", "isblocklevel", "stash_to_string", "BLOCK_LEVEL_REGEX")
}


_IDLE_ON_PLAIN = {
    kind: kind.run
    for kind in (RawHtmlPostprocessor, FootnotePostprocessor, AndSubstitutePostprocessor)
}
"""Postprocessors that only put back what stands behind STX."""


def are_idle_on_plain(processors: Iterable[Any]) -> bool:
    """Return whether all leave a text without STX as it is."""
    for processor in processors:
        run = _IDLE_ON_PLAIN.get(type(processor))
        if run is None or is_overridden(processor, "run", run):
            return False
    return is_known("postprocess")


def faster_postprocessor(processor: Any) -> Callable[[str], str]:
    """Return what runs a postprocessor: a faster equal of a stock one, or its own method."""
    if (
        isinstance(processor, RawHtmlPostprocessor)
        and is_untouched(processor, _METHODS)
        and is_known("postprocess")
    ):
        return lambda text: _restored(processor, text)
    return processor.run  # type: ignore[no-any-return]


def _restored(processor: RawHtmlPostprocessor, text: str) -> str:
    """Return text with each placeholder, and a paragraph that holds no more, as its HTML."""
    stash = processor.md.htmlStash
    if not stash.html_counter:
        return text
    written: list[str] = []
    position = 0
    for match in _PLACEHOLDER.finditer(text):
        key = int(match[1])
        start, end = match.span()
        is_alone = (
            text.startswith(_CLOSE, end)
            and start - len(_OPEN) >= position
            and text.startswith(_OPEN, start - len(_OPEN))
        )
        if key >= stash.html_counter:
            continue
        stashed: Any = stash.rawHtmlBlocks[key]
        html = processor.stash_to_string(stashed)
        if is_alone:
            start, end = start - len(_OPEN), end + len(_CLOSE)
            if not processor.isblocklevel(html):
                html = f"{_OPEN}{html}{_CLOSE}"
        written += (text[position:start], _restored(processor, html) if STX in html else html)
        position = end
    if not written:
        return text
    written.append(text[position:])
    return "".join(written)
