"""Serialises a tree to HTML or XHTML as Python-Markdown does."""

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import Any, TypeAlias
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown import serializers as stock
from markdown.util import STX

from sitegen.fast_markdown.survey import Survey

Serializer: TypeAlias = Callable[[Element], str]
Unescape: TypeAlias = Callable[[str], str]
Tag: TypeAlias = tuple[str, str, bool, bool]
"""How a tag begins and ends, if its text is raw, and if it closes itself."""

_BOOLEAN: frozenset[str] = getattr(stock, "BOOLEAN_ATTRIBUTES", {}).get("html", frozenset())


_HTML, _XHTML = stock.to_html_string, stock.to_xhtml_string
_OWN = vars(stock)
_OWN_BEFORE = {name: each for name, each in _OWN.items() if not name.startswith("__")}


class _UnusualError(Exception):
    """Comments, qualified names and the like are left to Python-Markdown itself."""


UNUSUAL = (_UnusualError, RecursionError, TypeError)


def fast_serializer(serializer: Serializer) -> Serializer:
    """Return a faster equal of Python-Markdown's own serialisers, or the same of any other."""
    if serializer is _HTML:
        return to_html_string
    if serializer is _XHTML:
        return to_xhtml_string
    return serializer


def to_html_string(element: Element) -> str:
    """Return an element and what is in it as HTML."""
    return _serialized(element, _HTML, is_xhtml=False)


def to_xhtml_string(element: Element) -> str:
    """Return an element and what is in it as XHTML."""
    return _serialized(element, _XHTML, is_xhtml=True)


def are_serializers_stock() -> bool:
    """Return whether Python-Markdown's module still is what ours was made equal to."""
    return _OWN.items() >= _OWN_BEFORE.items()


def _serialized(element: Element, fallback: Serializer, *, is_xhtml: bool) -> str:
    if not are_serializers_stock():
        return fallback(element)
    whole = "\n".join((*element.itertext(), element.tail or ""))
    try:
        return written(element, whole, is_xhtml)
    except UNUSUAL:
        return fallback(element)


def written_unescaped(
    processor: Any, survey: Survey, serializer: Serializer, elements: Sequence[Element]
) -> list[str]:
    """Return elements of a tree as our `serializer` writes them unescaped."""
    whole = survey.whole
    if not processor.RE.search(whole):
        is_xhtml, is_special = serializer is to_xhtml_string, _is_special(whole)
        tag_of = _xhtml_tag if is_xhtml else _html_tag
        unescape = processor.unescape
        try:
            return [_write(each, tag_of, is_special, is_xhtml, unescape) for each in elements]
        except UNUSUAL:
            pass  # as below
    processor.run(survey.root)
    return [serializer(each) for each in elements]


def written(element: Element, whole: str, is_xhtml: bool, unescape: Unescape | None = None) -> str:
    """Return an element and what is in it, where `whole` holds all its texts.

    Attributes are unescaped on the way. What is left to Python-Markdown raises one of `UNUSUAL`.
    """
    tag_of = _xhtml_tag if is_xhtml else _html_tag
    return _write(element, tag_of, _is_special(whole), is_xhtml, unescape)


def _is_special(whole: str) -> bool:
    """Return whether any of these texts, each on its own line, has something to be escaped."""
    return "<" in whole or ">" in whole or ("&" in whole and bool(stock.RE_AMP.search(whole)))


@lru_cache(maxsize=512)
def _html_tag(tag: str) -> tuple[str, str, bool, bool]:
    """Return how a tag begins and ends, if its text is raw, and if it closes itself."""
    name = tag.lower()
    end = "" if name in HTML_EMPTY else f"</{tag}>"
    return f"<{tag}", end, name in ("script", "style"), False


@lru_cache(maxsize=512)
def _xhtml_tag(tag: str) -> tuple[str, str, bool, bool]:
    """Return the same of a tag in XHTML."""
    start, end, is_raw, _ = _html_tag(tag)
    return start, end, is_raw, not end


def _write(
    element: Element,
    tag_of: Callable[[str], Tag],
    is_special: bool,
    is_xhtml: bool,
    unescape: Unescape | None,
) -> str:
    """Return an element and what is in it, its text escaped only where any text needs it."""
    tag, text, tail = element.tag, element.text, element.tail
    if type(tag) is not str:
        raise _UnusualError
    start, end, is_raw, closes_itself = tag_of(tag)
    items = element.items()
    if items:
        start += attributes(items, is_xhtml, unescape)
    if is_special:
        if text and not is_raw:
            text = _escaped(text)
        if tail:
            tail = _escaped(tail)
    if closes_itself:
        return f"{start} />{tail or ''}"
    if not len(element):
        return f"{start}>{text or ''}{end}{tail or ''}"
    inside = text or ""
    for child in element:
        inside += _write(child, tag_of, is_special, is_xhtml, unescape)
    return f"{start}>{inside}{end}{tail or ''}"


def _escaped(text: str) -> str:
    if "&" in text:
        text = stock.RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


def attributes(
    items: Collection[tuple[Any, Any]], is_xhtml: bool = False, unescape: Unescape | None = None
) -> str:
    """Return attributes as they are written, unescaped if so asked."""
    text = ""
    for name, value in sorted(items) if len(items) > 1 else items:
        if type(name) is not str:
            raise _UnusualError
        if value is None:
            text += f" {name}"
            continue
        if type(value) is not str:
            raise _UnusualError
        shown = unescape(value) if unescape and STX in value else value
        if "&" in shown or "<" in shown or ">" in shown:
            shown = _escaped(shown)
        if '"' in shown:
            shown = shown.replace('"', "&quot;")
        if name == shown and not is_xhtml and name in _BOOLEAN:
            text += f" {name}"
        else:
            text += f' {name}="{shown}"'
    return text
