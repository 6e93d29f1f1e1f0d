"""Faster equals of the tree processors that only walk the tree, and mostly find nothing to do."""

from collections.abc import Callable
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.footnotes import (
    FootnoteExtension,
    FootnotePostTreeprocessor,
    FootnoteTreeprocessor,
)
from markdown.extensions.toc import TocTreeprocessor
from markdown.treeprocessors import PrettifyTreeprocessor, UnescapeTreeprocessor
from markdown.util import STX, AtomicString

from sitegen.fast_markdown.blocks import FastBlockParser
from sitegen.fast_markdown.contents import Chosen, toc
from sitegen.fast_markdown.patterns import is_untouched
from sitegen.fast_markdown.stock import is_known
from sitegen.fast_markdown.survey import Survey

Faster: TypeAlias = Callable[[Any, Survey], None]
"""Does what a tree processor does to a tree, and notes what has to be looked up again."""

_FOOTNOTE_METHODS = {
    name: getattr(FootnoteExtension, name, None)
    for name in ("makeFootnotesDiv", "findFootnotesPlaceholder")
}
_DUPLICATES_METHODS = ("run", "add_duplicates", "get_num_duplicates", "handle_duplicates")
_ATTR_LIST_EXPRESSIONS = ("HEADER_RE", "BLOCK_RE", "INLINE_RE")


def prettify(processor: PrettifyTreeprocessor, survey: Survey) -> None:
    """Add line breaks between blocks, as the stock processor does."""
    root, tags = survey.root, survey.tags
    blocks = frozenset(filter(processor.md.is_block_level, tags))
    parents = blocks - {"code", "pre"}
    if len(root) and root.tag in parents:
        _prettify(root, blocks, parents)
    tail = root.tail
    if not tail or not tail.strip():
        root.tail = "\n"
    if "br" in tags:
        for br in root.iter("br"):
            br.tail = f"\n{br.tail}" if br.tail and br.tail.strip() else "\n"
    if "pre" in tags:
        for pre in root.iter("pre"):
            if len(pre) and pre[0].tag == "code":
                code = pre[0]
                if not len(code) and code.text is not None:
                    code.text = AtomicString(code.text.rstrip() + "\n")
    survey.forget_texts()


def _prettify(element: Element, blocks: frozenset[Any], parents: frozenset[Any]) -> None:
    """Prettify what is in a block that has children and is no code, and their tails."""
    text = element.text
    if (not text or not text.strip()) and element[0].tag in blocks:
        element.text = "\n"
    for child in element:
        tag = child.tag
        if tag in blocks:
            if len(child) and tag in parents:
                _prettify(child, blocks, parents)
            tail = child.tail
            if not tail or not tail.strip():
                child.tail = "\n"


def unescape(processor: UnescapeTreeprocessor, survey: Survey) -> None:
    """Put escaped characters back where there are any; whatever text is left is plain text."""
    for element in survey.root.iter():
        text = element.text
        if text and (STX in text or type(text) is not str) and element.tag != "code":
            element.text = processor.unescape(text) if STX in text else str(text)
        tail = element.tail
        if tail and (STX in tail or type(tail) is not str):
            element.tail = processor.unescape(tail) if STX in tail else str(tail)
        for key, value in element.items():
            if value and (STX in value or type(value) is not str):
                element.set(key, processor.unescape(value))
    survey.forget_texts()


def attr_list(processor: AttrListTreeprocessor, survey: Survey) -> None:
    """Assign attributes by the lists of them, looking only where there is a brace."""
    if "{" not in survey.whole and survey.has_plain_tags():
        return
    root = survey.root
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
        survey.forget_texts()


def footnotes(processor: FootnoteTreeprocessor, survey: Survey) -> None:
    """Append the footnotes, as the stock processor does to a text that names no place for them."""
    extension, root = processor.footnotes, survey.root
    if (
        type(extension) is not FootnoteExtension
        or not is_untouched(extension, _FOOTNOTE_METHODS)
        or type(extension.parser) is not FastBlockParser
    ):
        processor.run(root)
        survey.forget()
        return
    if not extension.footnotes:
        return
    if extension.getConfig("PLACE_MARKER") in survey.whole or not survey.has_plain_tags():
        processor.run(root)
    else:
        with extension.parser.checked_once():
            made = extension.makeFootnotesDiv(root)
        if made is not None:
            root.append(made)
    survey.forget()


def duplicates(processor: FootnotePostTreeprocessor, survey: Survey) -> None:
    """Add a way back to each further mention of a footnote."""
    processor.run(survey.root)
    if any(count > 1 for count in processor.footnotes.found_refs.values()):
        survey.forget_texts()


def abbreviations(processor: AbbrTreeprocessor, survey: Survey) -> None:
    """Mark the abbreviations, if any is explained."""
    if processor.abbrs:
        processor.run(survey.root)
        survey.forget()


_FASTER: dict[type[Any], tuple[str, Faster, dict[str, object]]] = {
    kind: (part, function, {name: getattr(kind, name, None) for name in names})
    for kind, part, function, names in (
        (PrettifyTreeprocessor, "prettify", prettify, ("run", "_prettifyETree")),
        (UnescapeTreeprocessor, "unescape", unescape, ("run", "unescape", "_unescape", "RE")),
        (AttrListTreeprocessor, "attr_list", attr_list, ("run", *_ATTR_LIST_EXPRESSIONS)),
        (TocTreeprocessor, "toc", toc, ("run", "replace_marker", "iterparent", "set_level")),
        (FootnoteTreeprocessor, "footnotes", footnotes, ("run",)),
        (FootnotePostTreeprocessor, "footnotes", duplicates, _DUPLICATES_METHODS),
        (AbbrTreeprocessor, "abbr", abbreviations, ("run",)),
    )
}

ELEMENT_BY_ELEMENT: tuple[Faster, ...] = (
    *(prettify, attr_list, toc),
    *(footnotes, duplicates, abbreviations),
)
"""Those that do the same to an element whatever plain ones are around it."""


def faster_treeprocessor(processor: Any) -> Faster | None:
    """Return a faster equal of a stock tree processor, or None for any other."""
    kind = type(processor)
    if kind in _FASTER:
        part, function, methods = _FASTER[kind]
        if is_untouched(processor, methods) and is_known(part):
            return function
    return None
