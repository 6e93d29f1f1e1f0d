"""Tells early what Python-Markdown's links, images and code spans are going to make of a match.

Its link patterns match a mere bracket and read on from there, each time and character by
character to the end of the text if need be. What they are sure to refuse is refused here by a few
look-ups, so that texts full of brackets take no longer than others.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from markdown import inlinepatterns as stock
from markdown.util import AtomicString, code_escape

from sitegen.fast_markdown.anchors import Search
from sitegen.fast_markdown.stock import is_known

Refuses: TypeAlias = Callable[[str, int], bool]
"""Whether a pattern is sure to refuse a match, by the text and where the match ends."""
Handle: TypeAlias = Callable[[re.Match[str], str], Any]

_BRACKET = re.compile(r"[\[\]]")


def refuses(pattern: object) -> Refuses | None:
    """Return what tells the refusals of a stock link pattern early, or None for any other."""
    check, methods = _CHECKS.get(type(pattern), (None, {}))
    return check if check and _is_untouched(pattern, methods) and is_known("links") else None


def handler(pattern: Any) -> Handle | None:
    """Return a faster equal of the method that handles matches, or None to use its own."""
    if (
        type(pattern) is not stock.BacktickInlineProcessor
        or not _is_untouched(pattern, _BACKTICK_METHODS)
        or not is_known("links")
    ):
        return None

    def handle(match: re.Match[str], data: str) -> Any:
        begin = match.start()
        end = data.find("`", begin + 1)
        if match[1] or end <= begin + 1 or data.startswith("`", end + 1):
            return pattern.handleMatch(match, data)
        element = Element(pattern.tag)
        element.text = AtomicString(code_escape(data[begin + 1 : end].strip()))
        return element, begin, end + 1

    return handle


def finder(pattern: Any) -> Search | None:
    """Return what finds the first match of a stock pattern sooner than `re` does, if anything."""
    if type(pattern) is not stock.BacktickInlineProcessor or not is_known("links"):
        return None
    expression = pattern.compiled_re
    if expression.pattern != stock.BACKTICK_RE:
        return None

    def find(data: str, start: int) -> re.Match[str] | None:
        if "\\" in data:
            return expression.search(data, start)
        index = data.find("`", start)
        return expression.match(data, index) if index >= 0 else None

    return find


def are_stock() -> bool:
    """Return whether the classes that are told early still have the methods they came with."""
    return _OWN == _OWN_BEFORE


def _is_untouched(pattern: object, methods: dict[str, object]) -> bool:
    kind = type(pattern)
    return not any(
        getattr(kind, name, None) is not method or name in vars(pattern)
        for name, method in methods.items()
    )


def _closing(data: str, index: int) -> int:
    """Return where the bracket opened before `index` is closed, or -1."""
    closing = data.find("]", index)
    if closing < 0 or data.find("[", index, closing) < 0:
        return closing
    return _pairs(data).get(index - 1, -1)


@lru_cache(maxsize=2)
def _pairs(data: str) -> dict[int, int]:
    """Return where each opening bracket of a text is closed."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for match in _BRACKET.finditer(data):
        if match[0] == "[":
            opened.append(match.start())
        elif opened:
            pairs[opened.pop()] = match.start()
    return pairs


def _refuses_link(data: str, index: int) -> bool:
    after = _closing(data, index) + 1
    if not after or not data.startswith("(", after):
        return True
    # Without a closing parenthesis only quotes can make it believe there is a title.
    return all(data.find(mark, after) < 0 for mark in ")\"'")


def _refuses_reference(data: str, index: int) -> bool:
    after = _closing(data, index) + 1
    if not after:
        return True
    if not (data.startswith("[", after) or data.startswith("[", after + 1)):
        return True
    return data.find("]", after) < 0


def _refuses_short_reference(data: str, index: int) -> bool:
    return _closing(data, index) < 0


_METHODS = ("handleMatch", "getText", "getLink", "evalId", "RE_LINK")
_CHECKS: dict[type[Any], tuple[Refuses, dict[str, object]]] = {
    kind: (check, {name: getattr(kind, name, None) for name in _METHODS})
    for kind, check in (
        (stock.LinkInlineProcessor, _refuses_link),
        (stock.ImageInlineProcessor, _refuses_link),
        (stock.ReferenceInlineProcessor, _refuses_reference),
        (stock.ImageReferenceInlineProcessor, _refuses_reference),
        (stock.ShortReferenceInlineProcessor, _refuses_short_reference),
        (stock.ShortImageReferenceInlineProcessor, _refuses_short_reference),
    )
}
_BACKTICK_METHODS = {
    name: getattr(stock.BacktickInlineProcessor, name, None)
    for name in ("handleMatch", "find_code_spans")
}
_OWN: list[Any] = [vars(kind) for kind in (*_CHECKS, stock.BacktickInlineProcessor)]
_OWN_BEFORE = [dict(each) for each in _OWN]
