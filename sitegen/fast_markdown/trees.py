"""Faster equals of the tree processors that only walk the tree, and mostly find nothing to do."""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.toc import TocTreeprocessor
from markdown.treeprocessors import PrettifyTreeprocessor, UnescapeTreeprocessor
from markdown.util import STX, AtomicString

from sitegen.fast_markdown.patterns import is_overridden
from sitegen.fast_markdown.stock import is_known

Run: TypeAlias = Callable[[Element], Element | None]

_ATTR_LIST_EXPRESSIONS = ("HEADER_RE", "BLOCK_RE", "INLINE_RE")


def prettify(processor: PrettifyTreeprocessor, root: Element) -> None:
    """Add line breaks between blocks, as the stock processor does."""
    is_block_level = processor.md.is_block_level
    blocks: dict[Any, bool] = {}

    def is_block(tag: Any) -> bool:
        known = blocks.get(tag)
        if known is None:
            known = blocks[tag] = is_block_level(tag)
        return known

    def walk(element: Element) -> None:
        tag = element.tag
        if is_block(tag) and tag not in ("code", "pre"):
            count = len(element)
            if count:
                text = element.text
                if is_block(element[0].tag) and (not text or not text.strip()):
                    element.text = "\n"
                for child in element:
                    if is_block(child.tag):
                        walk(child)
        tail = element.tail
        if not tail or not tail.strip():
            element.tail = "\n"

    walk(root)
    for br in root.iter("br"):
        br.tail = f"\n{br.tail}" if br.tail and br.tail.strip() else "\n"
    for pre in root.iter("pre"):
        if len(pre) and pre[0].tag == "code":
            code = pre[0]
            if not len(code) and code.text is not None:
                code.text = AtomicString(code.text.rstrip() + "\n")


def unescape(processor: UnescapeTreeprocessor, root: Element) -> None:
    """Put escaped characters back where there are any."""
    for element in root.iter():
        text = element.text
        if text and (STX in text or type(text) is not str) and element.tag != "code":
            element.text = processor.unescape(text)
        tail = element.tail
        if tail and (STX in tail or type(tail) is not str):
            element.tail = processor.unescape(tail)
        for key, value in element.items():
            if value and (STX in value or type(value) is not str):
                element.set(key, processor.unescape(value))


class _Chosen:
    """Stands for a tree of which a processor needs to see only some elements."""

    def __init__(self, elements: list[Element]) -> None:
        self._elements = elements

    def iter(self) -> Iterator[Element]:
        return iter(self._elements)


def attr_list(processor: AttrListTreeprocessor, root: Element) -> None:
    """Assign attributes by the lists of them, looking only where there is a brace."""
    braced = {
        element
        for element in root.iter()
        if ((text := element.text) and "{" in text) or ((tail := element.tail) and "{" in tail)
    }
    if braced:
        # An element also looks for a list behind one of its children.
        chosen = [
            element
            for element in root.iter()
            if element in braced or (len(element) and not braced.isdisjoint(element))
        ]
        tree: Any = _Chosen(chosen)
        processor.run(tree)


def toc(processor: TocTreeprocessor, root: Element) -> None:
    """Make the table of contents of the headings and ids alone, if it goes nowhere in the text."""
    marker = processor.marker
    chosen = []
    for element in root.iter():
        tag, text = element.tag, element.text
        if marker and text and marker in text:
            break
        if (str(tag)[:1] in ("h", "H")) or element.get("id") is not None:
            chosen.append(element)
    else:
        if not processor.use_anchors and processor.use_permalinks in (False, None):
            processor.marker = ""
            try:
                tree: Any = _Chosen(chosen)
                processor.run(tree)
            finally:
                processor.marker = marker
            return
    processor.run(root)


_FASTER: dict[type[Any], tuple[str, Callable[[Any, Element], None], dict[str, object]]] = {
    kind: (part, function, {name: getattr(kind, name, None) for name in names})
    for kind, part, function, names in (
        (PrettifyTreeprocessor, "prettify", prettify, ("run", "_prettifyETree")),
        (UnescapeTreeprocessor, "unescape", unescape, ("run", "unescape", "_unescape", "RE")),
        (AttrListTreeprocessor, "attr_list", attr_list, ("run", *_ATTR_LIST_EXPRESSIONS)),
        (TocTreeprocessor, "toc", toc, ("run", "replace_marker", "iterparent")),
    )
}


def faster_treeprocessor(processor: Any) -> Run:
    """Return what runs a tree processor: a faster equal of a stock one, or its own method."""
    kind = type(processor)
    if kind in _FASTER:
        part, function, methods = _FASTER[kind]
        is_stock = not any(is_overridden(processor, name, each) for name, each in methods.items())
        if is_stock and is_known(part):
            return lambda root: function(processor, root)
    return processor.run  # type: ignore[no-any-return]
