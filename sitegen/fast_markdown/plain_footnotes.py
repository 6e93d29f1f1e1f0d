"""Writes footnotes, each a paragraph, as `FootnoteExtension.makeFootnotesDiv` makes them."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple
from xml.etree.ElementTree import SubElement

from markdown.extensions.footnotes import (
    FN_BACKLINK_TEXT,
    NBSP_PLACEHOLDER,
    FootnoteExtension,
    FootnotePostprocessor,
    FootnoteTreeprocessor,
)
from markdown.util import ETX, STX

from sitegen.fast_markdown.patterns import is_untouched
from sitegen.fast_markdown.plain import PlainBlocks
from sitegen.fast_markdown.postprocess import are_idle_on_plain
from sitegen.fast_markdown.serialize import attributes, to_html_string

_BEHIND = NBSP_PLACEHOLDER + FN_BACKLINK_TEXT
_METHODS: dict[str, object] = {
    name: getattr(FootnoteExtension, name, None)
    for name in ("makeFootnotesDiv", "makeFootnoteId", "makeFootnoteRefId", "unique_ref")
}


def is_plain_way(processor: Any, marks: Iterable[str]) -> bool:
    """Return whether footnotes that a tree processor appends can be written from here.

    There must be no marks in what is put behind their words.
    """
    return (
        type(processor) is FootnoteTreeprocessor
        and type(processor.footnotes) is FootnoteExtension
        and is_untouched(processor.footnotes, _METHODS)
        and STX not in processor.footnotes.getConfig("BACKLINK_TITLE")
        and not any(mark in _BEHIND for mark in marks if mark not in (STX, ETX))
    )


class FootnoteEnds(NamedTuple):
    """What stands before and behind footnotes when they are written."""

    line: str
    space: str
    """Behind the words of each."""
    back: str
    """The words of the link that leads back."""
    title: str
    """What it is called, with a place for the number."""


def footnote_ends(extension: FootnoteExtension) -> FootnoteEnds:
    """Return what is written around footnotes: what their postprocessor would put there."""
    md: Any = extension.md
    processors = list(md.postprocessors)
    kinds: dict[type[Any], Any] = {type(each): each for each in processors}
    own, back = kinds.get(FootnotePostprocessor), extension.getConfig("BACKLINK_TEXT")
    space = "&#160;"
    if not (own and own.footnotes is extension and are_idle_on_plain(processors)) or STX in back:
        space, back = NBSP_PLACEHOLDER, FN_BACKLINK_TEXT
    line = "<hr>\n" if md.serializer is to_html_string else "<hr />\n"
    return FootnoteEnds(line, space, back, extension.getConfig("BACKLINK_TITLE"))


def add_footnotes(plain: PlainBlocks, extension: FootnoteExtension, ends: FootnoteEnds) -> bool:
    """Add the footnotes, of which none is mentioned twice.

    Return False, and add nothing, if any is unusual.
    """
    footnotes = extension.footnotes
    if not footnotes:
        return True
    if any(STX in name or "\n" in name for name in footnotes) or not all(
        plain.is_paragraph(each) and "\n\n" not in each for each in footnotes.values()
    ):
        return False
    pieces = plain.pieces
    pieces += ('<div class="footnote">\n', ends.line, "<ol>\n")
    # These are not written: they keep headings from taking their ids.
    items = SubElement(SubElement(plain.root, "div"), "ol")
    for number, (name, text_of_it) in enumerate(footnotes.items(), start=1):
        item = {"id": extension.makeFootnoteId(name)}
        back = {
            "class": "footnote-backref",
            "href": "#" + extension.makeFootnoteRefId(name),
            "title": ends.title.format(number),
        }
        words = text_of_it.lstrip()
        element = SubElement(items, "li", item)
        pieces.append(f"<li{attributes(item.items())}>\n")
        parts = plain.parts(words, NBSP_PLACEHOLDER)
        if parts is not None:
            pieces += ("<p>", *parts)
            # Quotation marks before it had to be read as if the placeholder stood there.
            pieces[-1] = str(pieces[-1]).removesuffix(NBSP_PLACEHOLDER)
            pieces.append(f"{ends.space}<a{attributes(back.items())}>{ends.back}</a></p>\n")
        else:
            paragraph = SubElement(element, "p")
            paragraph.text = words + NBSP_PLACEHOLDER
            SubElement(paragraph, "a", back).text = FN_BACKLINK_TEXT
            plain.add_element(paragraph)
        pieces.append("</li>\n")
    pieces.append("</ol>\n</div>\n")
    return True


def are_repeated(text: str) -> bool:
    """Return whether a footnote may be mentioned twice: its name stands where it is defined too."""
    named = [each.partition("]")[0] for each in text.split("[^")[1:]]
    # Mostly all are mentioned first, and then defined.
    half = len(named) // 2
    if len(set(named[:half])) == half and len(set(named[half:])) == len(named) - half:
        return False
    return max(Counter(named).values()) > 2
