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
from sitegen.fast_markdown.emphasis import emphasized
from sitegen.fast_markdown.stock import is_known

Refuses: TypeAlias = Callable[[str, int], bool]
"""Whether a pattern is sure to refuse a match, by the text and where the match ends."""
Handle: TypeAlias = Callable[[re.Match[str], str], Any]

_SIMPLE_LINK = re.compile(r"([^\[\]]*)\]\(([^\s()<>'\"]*)\)")
_BRACKET = re.compile(r"[\[\]]")


def refuses(pattern: object) -> Refuses | None:
    """Return what tells the refusals of a stock link pattern early, or None for any other."""
    check, methods = _CHECKS.get(type(pattern), (None, {}))
    return check if check and _is_untouched(pattern, methods) and is_known("links") else None


def handler(pattern: Any) -> Handle | None:
    """Return a faster equal of the method that handles matches, or None to use its own."""
    make = _HANDLERS.get(type(pattern))
    if make is None:
        return None
    part, maker, methods = make
    return maker(pattern) if _is_untouched(pattern, methods) and is_known(part) else None


def _code_handler(pattern: stock.BacktickInlineProcessor) -> Handle:
    """Return what makes a code span between two single backticks."""

    def handle(match: re.Match[str], data: str) -> Any:
        begin = match.start()
        end = data.find("`", begin + 1)
        if match[1] or end <= begin + 1 or data.startswith("`", end + 1):
            return pattern.handleMatch(match, data)
        element = Element(pattern.tag)
        element.text = AtomicString(code_escape(data[begin + 1 : end].strip()))
        return element, begin, end + 1

    return handle


def _emphasis_handler(pattern: stock.DelimiterProcessor) -> Handle:
    """Return what makes emphasis where its marks can only be read in one way."""
    return lambda match, data: emphasized(pattern, match, data) or pattern.handleMatch(match, data)


def _link_handler(pattern: stock.LinkInlineProcessor) -> Handle:
    """Return what makes a link whose words and address hold nothing that needs to be weighed."""

    def handle(match: re.Match[str], data: str) -> Any:
        simple = _SIMPLE_LINK.match(data, match.end())
        if simple is None:
            return pattern.handleMatch(match, data)
        element = Element("a", {"href": pattern.unescape(simple[2]).strip()})
        element.text = simple[1]
        return element, match.start(), simple.end()

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
_HANDLERS: dict[type[Any], tuple[str, Callable[[Any], Handle], dict[str, object]]] = {
    kind: (part, make, {name: getattr(kind, name, None) for name in names})
    for kind, part, make, names in (
        (stock.LinkInlineProcessor, "links", _link_handler, _METHODS),
        (
            stock.BacktickInlineProcessor,
            "links",
            _code_handler,
            ("handleMatch", "find_code_spans"),
        ),
        (
            stock.DelimiterProcessor,
            "emphasis",
            _emphasis_handler,
            ("handleMatch", "search", "get_match", "add_region", "_build_element"),
        ),
    )
}
_OWN: list[Any] = [vars(kind) for kind in {**_CHECKS, **_HANDLERS}]
_OWN_BEFORE = [dict(each) for each in _OWN]
