"""Puts what inline patterns made of a text back where its placeholders stand."""

from collections.abc import Container
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from markdown import util
from markdown.util import ETX, AtomicString

Stash: TypeAlias = dict[str, Element | str]
"""What the placeholders stand for, by their keys."""

PREFIX = util.INLINE_PLACEHOLDER_PREFIX
"""What every placeholder begins with."""
_PLACEHOLDER = util.INLINE_PLACEHOLDER_RE
_EXACT = (str, AtomicString)


def place(
    data: str,
    parent: Element,
    stash: Stash,
    *,
    is_text: bool,
    finished: Container[Element] = frozenset(),
) -> list[Element]:
    """Give an element its text, or its tail, and return the elements that come behind that.

    In those that are `finished` there is no placeholder.
    """
    pieces = data.split(PREFIX) if type(data) is str else []
    for piece in pieces[1:]:
        # The first ten thousand keys have four digits.
        if piece[4:5] != ETX or piece[:4] not in stash:
            pieces = []
            break
    if not pieces:
        return _place_one_by_one(data, parent, stash, is_text)
    placed: list[Element] = []
    text = pieces[0]
    for piece in pieces[1:]:
        node = stash[piece[:4]]
        if isinstance(node, str):
            # Text that is to stay as it is does so only where it stands alone.
            text = text + node if text else node
        else:
            if text:
                _link(text, placed, parent, is_text)
            if node not in finished:
                _place_within(node, stash)
            placed.append(node)
            text = ""
        behind = piece[5:]
        if behind:
            text = text + behind if text else behind
    if text:
        _link(text, placed, parent, is_text)
    return placed


def _link(text: str, placed: list[Element], parent: Element, is_text: bool) -> None:
    if placed:
        last = placed[-1]
        last.tail = last.tail + text if last.tail else text
    elif is_text:
        parent.text = parent.text + text if parent.text else text
    else:
        parent.tail = parent.tail + text if parent.tail else text


def _place_one_by_one(data: str, parent: Element, stash: Stash, is_text: bool) -> list[Element]:
    """Do the same where text only looks like a placeholder, or is to stay as it is."""
    placed: list[Element] = []
    start = 0
    while True:
        index = data.find(PREFIX, start)
        if index == -1:
            rest = data[start:]
            if rest:
                rest = AtomicString(rest) if isinstance(data, AtomicString) else rest
                _link(rest, placed, parent, is_text)
            return placed
        match = _PLACEHOLDER.search(data, index)
        if match is None or match[1] not in stash:
            end = index + len(PREFIX)
            _link(data[start:end], placed, parent, is_text)
            start = end
            continue
        if start < index:
            _link(data[start:index], placed, parent, is_text)
        start = match.end()
        node: Any = stash[match[1]]
        if isinstance(node, str):
            if node:
                _link(node, placed, parent, is_text)
        else:
            _place_within(node, stash)
            placed.append(node)


def _place_within(node: Element, stash: Stash) -> None:
    """Put stashed nodes into the text of a stashed element and its children."""
    for child in (node, *node) if len(node) else (node,):
        tail = child.tail
        if tail and (PREFIX in tail or type(tail) not in _EXACT) and tail.strip():
            child.tail = None
            placed = place(tail, child, stash, is_text=False)
            position = 0 if node is child else list(node).index(child) + 1
            for element in reversed(placed):
                node.insert(position, element)
        text = child.text
        if text and (PREFIX in text or type(text) not in _EXACT) and text.strip():
            child.text = None
            for element in reversed(place(text, child, stash, is_text=True)):
                child.insert(0, element)
