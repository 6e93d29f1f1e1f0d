"""Faster equals of the tree processors that only walk the tree, and mostly find nothing to do."""

from collections.abc import Callable
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.footnotes import FootnoteExtension, FootnoteTreeprocessor
from markdown.extensions.toc import TocTreeprocessor
from markdown.treeprocessors import PrettifyTreeprocessor, UnescapeTreeprocessor
from markdown.util import STX, AtomicString

from sitegen.fast_markdown.blocks import FastBlockParser
from sitegen.fast_markdown.contents import Chosen, toc
from sitegen.fast_markdown.patterns import is_untouched
from sitegen.fast_markdown.place import has_plain_tags
from sitegen.fast_markdown.stock import is_known

Run: TypeAlias = Callable[[Element], Element | None]

_FOOTNOTE_METHODS = {
    name: getattr(FootnoteExtension, name, None)
    for name in ("makeFootnotesDiv", "findFootnotesPlaceholder")
}
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
        """Prettify what is in an element, and the tails of its children."""
        tag = element.tag
        if not len(element) or not is_block(tag) or tag in ("code", "pre"):
            return
        text = element.text
        if (not text or not text.strip()) and is_block(element[0].tag):
            element.text = "\n"
        for child in element:
            if is_block(child.tag):
                if len(child):
                    walk(child)
                tail = child.tail
                if not tail or not tail.strip():
                    child.tail = "\n"

    walk(root)
    tail = root.tail
    if not tail or not tail.strip():
        root.tail = "\n"
    for br in root.iter("br"):
        br.tail = f"\n{br.tail}" if br.tail and br.tail.strip() else "\n"
    for pre in root.iter("pre"):
        if len(pre) and pre[0].tag == "code":
            code = pre[0]
            if not len(code) and code.text is not None:
                code.text = AtomicString(code.text.rstrip() + "\n")


def unescape(processor: UnescapeTreeprocessor, root: Element) -> None:
    """Put escaped characters back where there are any; whatever text is left is plain text."""
    for element in root.iter():
        text = element.text
        if text and (STX in text or type(text) is not str) and element.tag != "code":
            element.text = processor.unescape(text) if STX in text else str(text)
        tail = element.tail
        if tail and (STX in tail or type(tail) is not str):
            element.tail = processor.unescape(tail) if STX in tail else str(tail)
        for key, value in element.items():
            if value and (STX in value or type(value) is not str):
                element.set(key, processor.unescape(value))


def attr_list(processor: AttrListTreeprocessor, root: Element) -> None:
    """Assign attributes by the lists of them, looking only where there is a brace."""
    if "{" not in "".join(root.itertext()) and has_plain_tags(root):
        return
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
        tree: Any = Chosen(chosen)
        processor.run(tree)


def footnotes(processor: FootnoteTreeprocessor, root: Element) -> None:
    """Append the footnotes, as the stock processor does to a text that names no place for them."""
    extension = processor.footnotes
    if (
        type(extension) is not FootnoteExtension
        or not is_untouched(extension, _FOOTNOTE_METHODS)
        or type(extension.parser) is not FastBlockParser
        or extension.getConfig("PLACE_MARKER") in "".join(root.itertext())
        or not has_plain_tags(root)
    ):
        processor.run(root)
        return
    with extension.parser.checked_once():
        made = extension.makeFootnotesDiv(root)
    if made is not None:
        root.append(made)


_FASTER: dict[type[Any], tuple[str, Callable[[Any, Element], None], dict[str, object]]] = {
    kind: (part, function, {name: getattr(kind, name, None) for name in names})
    for kind, part, function, names in (
        (PrettifyTreeprocessor, "prettify", prettify, ("run", "_prettifyETree")),
        (UnescapeTreeprocessor, "unescape", unescape, ("run", "unescape", "_unescape", "RE")),
        (AttrListTreeprocessor, "attr_list", attr_list, ("run", *_ATTR_LIST_EXPRESSIONS)),
        (TocTreeprocessor, "toc", toc, ("run", "replace_marker", "iterparent", "set_level")),
        (FootnoteTreeprocessor, "footnotes", footnotes, ("run",)),
    )
}


def faster_treeprocessor(processor: Any) -> Run:
    """Return what runs a tree processor: a faster equal of a stock one, or its own method."""
    kind = type(processor)
    if kind in _FASTER:
        part, function, methods = _FASTER[kind]
        if is_untouched(processor, methods) and is_known(part):
            return lambda root: function(processor, root)
    return processor.run  # type: ignore[no-any-return]
