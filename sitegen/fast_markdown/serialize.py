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
        text = "".join(element.itertext())
        is_special = "&" in text or "<" in text or ">" in text
        _write(element, written.append, is_xhtml, is_special)
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


def _write(
    element: Element, write: Callable[[str], None], is_xhtml: bool, is_special: bool
) -> None:
    """Write an element, its text escaped only where any of it has special characters."""
    tag = element.tag
    if type(tag) is not str:
        raise _UnusualError
    start, end, is_raw, closes_itself = _tag(tag, is_xhtml)
    items = element.items()
    if items:
        start += _attributes(list(items), is_xhtml)
    if closes_itself:
        write(start + " />")
    else:
        text = element.text or ""
        if is_special and text and not is_raw:
            text = _escaped(text)
        if len(element):
            write(f"{start}>{text}")
            for child in element:
                _write(child, write, is_xhtml, is_special)
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
