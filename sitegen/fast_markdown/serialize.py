"""Serialises a tree to HTML or XHTML as Python-Markdown does."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeAlias
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown import serializers as stock

Serializer: TypeAlias = Callable[[Element], str]

_BOOLEAN: frozenset[str] = getattr(stock, "BOOLEAN_ATTRIBUTES", {}).get("html", frozenset())


class _UnusualError(Exception):
    """Comments, qualified names and the like are left to Python-Markdown itself."""


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
    written: list[str] = []
    try:
        _write(element, written, is_xhtml)
    except (_UnusualError, RecursionError, TypeError):
        return fallback(element)
    return "".join(written)


@lru_cache(maxsize=512)
def _tag(tag: str, is_xhtml: bool) -> tuple[str, str, bool, bool]:
    """Return how a tag begins and ends, if its text is raw, and if it closes itself."""
    name = tag.lower()
    is_empty = name in HTML_EMPTY
    end = "" if is_empty else f"</{tag}>"
    return f"<{tag}", end, name in ("script", "style"), is_xhtml and is_empty


def _write(element: Element, written: list[str], is_xhtml: bool) -> None:
    tag = element.tag
    if type(tag) is not str:
        raise _UnusualError
    start, end, is_raw, closes_itself = _tag(tag, is_xhtml)
    items = element.items()
    if items:
        start += _attributes(list(items), is_xhtml)
    if closes_itself:
        written.append(start + " />")
    else:
        text = element.text
        written.append(start + ">")
        if text:
            written.append(text if is_raw else _escaped(text))
        for child in element:
            _write(child, written, is_xhtml)
        if end:
            written.append(end)
    tail = element.tail
    if tail:
        # Most tails are the line breaks between blocks.
        written.append(tail if tail == "\n" else _escaped(tail))


def _escaped(text: str) -> str:
    if "&" in text:
        text = stock.RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


def _attributes(items: list[tuple[Any, Any]], is_xhtml: bool) -> str:
    written = ""
    items.sort()
    for name, value in items:
        if type(name) is not str:
            raise _UnusualError
        if value is None:
            written += f" {name}"
            continue
        if type(value) is not str:
            raise _UnusualError
        escaped = _escaped(value)
        if '"' in escaped:
            escaped = escaped.replace('"', "&quot;")
        if name == escaped and not is_xhtml and name in _BOOLEAN:
            written += f" {name}"
        else:
            written += f' {name}="{escaped}"'
    return written
