"""Serialises a tree to HTML or XHTML as Python-Markdown does."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeAlias
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown import serializers as stock
from markdown.util import STX

from sitegen.fast_markdown.survey import Survey

Serializer: TypeAlias = Callable[[Element], str]
Unescape: TypeAlias = Callable[[str], str]

_BOOLEAN: frozenset[str] = getattr(stock, "BOOLEAN_ATTRIBUTES", {}).get("html", frozenset())


class _UnusualError(Exception):
    """Comments, qualified names and the like are left to Python-Markdown itself."""


UNUSUAL = (_UnusualError, RecursionError, TypeError)


def fast_serializer(serializer: Serializer) -> Serializer:
    """Return a faster equal of Python-Markdown's own serialisers, or the same of any other."""
    if serializer is stock.to_html_string:
        return to_html_string
    if serializer is stock.to_xhtml_string:
        return to_xhtml_string
    return serializer


def to_html_string(element: Element) -> str:
    """Return an element and what is in it as HTML."""
    return _serialized(element, stock.to_html_string, is_xhtml=False)


def to_xhtml_string(element: Element) -> str:
    """Return an element and what is in it as XHTML."""
    return _serialized(element, stock.to_xhtml_string, is_xhtml=True)


def _serialized(element: Element, fallback: Serializer, *, is_xhtml: bool) -> str:
    whole = "".join(element.itertext()) + (element.tail or "")
    try:
        return written(element, whole, is_xhtml)
    except UNUSUAL:
        return fallback(element)


def written_unescaped(
    processor: Any, survey: Survey, serializer: Serializer, *, is_apart: bool
) -> list[str]:
    """Return a tree, or apart each child of its root, as our `serializer` writes it unescaped."""
    root, whole = survey.root, survey.whole
    elements = list(root) if is_apart else [root]
    if not processor.RE.search(whole):
        is_xhtml = serializer is to_xhtml_string
        try:
            return [written(each, whole, is_xhtml, processor.unescape) for each in elements]
        except UNUSUAL:
            pass  # as below
    processor.run(root)
    return [serializer(each) for each in elements]


def written(element: Element, whole: str, is_xhtml: bool, unescape: Unescape | None = None) -> str:
    """Return an element and what is in it, where `whole` holds all its texts.

    Attributes are unescaped on the way. What is left to Python-Markdown raises one of `UNUSUAL`.
    """
    pieces: list[str] = []
    is_special = "&" in whole or "<" in whole or ">" in whole
    _write(element, pieces.append, is_xhtml, is_special, unescape)
    return "".join(pieces)


@lru_cache(maxsize=512)
def _tag(tag: str, is_xhtml: bool) -> tuple[str, str, bool, bool]:
    """Return how a tag begins and ends, if its text is raw, and if it closes itself."""
    name = tag.lower()
    is_empty = name in HTML_EMPTY
    end = "" if is_empty else f"</{tag}>"
    return f"<{tag}", end, name in ("script", "style"), is_xhtml and is_empty


def _write(
    element: Element,
    write: Callable[[str], None],
    is_xhtml: bool,
    is_special: bool,
    unescape: Unescape | None,
) -> None:
    """Write an element, its text escaped only where any of it has special characters."""
    tag = element.tag
    if type(tag) is not str:
        raise _UnusualError
    start, end, is_raw, closes_itself = _tag(tag, is_xhtml)
    items = element.items()
    if items:
        start += _attributes(list(items), is_xhtml, unescape)
    if closes_itself:
        write(start + " />")
    else:
        text = element.text or ""
        if is_special and text and not is_raw:
            text = _escaped(text)
        if len(element):
            write(f"{start}>{text}")
            for child in element:
                _write(child, write, is_xhtml, is_special, unescape)
            if end:
                write(end)
        else:
            write(f"{start}>{text}{end}")
    tail = element.tail
    if tail:
        write(_escaped(tail) if is_special else tail)


def _escaped(text: str) -> str:
    if "&" in text:
        text = stock.RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


def _attributes(items: list[tuple[Any, Any]], is_xhtml: bool, unescape: Unescape | None) -> str:
    text = ""
    if len(items) > 1:
        items.sort()
    for name, value in items:
        if type(name) is not str:
            raise _UnusualError
        if value is None:
            text += f" {name}"
            continue
        if type(value) is not str:
            raise _UnusualError
        escaped = _escaped(unescape(value) if unescape and STX in value else value)
        if '"' in escaped:
            escaped = escaped.replace('"', "&quot;")
        if name == escaped and not is_xhtml and name in _BOOLEAN:
            text += f" {name}"
        else:
            text += f' {name}="{escaped}"'
    return text
