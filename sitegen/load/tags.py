"""What each tag of cleaned HTML says by itself, read once for all the places where it stands."""

import posixpath
import re
from functools import lru_cache
from typing import Literal, TypeAlias
from urllib.parse import unquote

from msgspec import Struct

from sitegen.load.elements import (
    ElementType,
    ElementTypes,
    aligned,
    attributes_of,
    with_own_classes,
    without,
)
from sitegen.model.document import HOLE_CLOSE, HOLE_OPEN, Reference
from sitegen.urls import is_outside, outside_scheme

PENDING = re.compile(f"{HOLE_OPEN}([pwd])([0-9]+){HOLE_CLOSE}")
"""The mark of a citation, a link by slug or dated words, with its kind and number."""
Open: TypeAlias = tuple[ElementType, str]
"""An open element: its type and its role."""

_ELEMENTS = ElementTypes()


class Tag(Struct, frozen=True, kw_only=True):
    """What a tag says wherever it stands."""

    element: ElementType
    opened: Open
    """What is open behind it, if it is a start tag."""
    is_end: bool = False
    is_plain: bool = False
    """It says no more than its element's name, and its anchor if it has one; that its element is
    open need not be noted."""
    is_block: bool
    written: str
    """As it is published; if it refers to something, up to the address."""
    end: str = ""
    """The end tag that belongs to it, up to its `>`."""
    anchor: str | None = None
    mark: Literal["", "cites", "claim", "dated"] = ""
    number: int = 0
    """Of what `mark` is about."""
    has_stray_mark: bool = False
    """A mark stood where no number can; it is taken out."""
    wiki: int | None = None
    """The number of the link by slug that it opens."""
    reference: Reference | None = None
    address: str = ""
    """The address as the author wrote it, of a reference or on another site; empty for the links
    of footnotes, whose addresses nobody writes."""
    is_outside: bool = False
    is_phrase: bool = False
    """It opens a link or code within a block, and says nothing else."""


@lru_cache(maxsize=4096)
def read_tag(tag: str) -> Tag:
    """Return what a tag says; it is given up to its `>`.

    A page has few tags that other pages do not have too.
    """
    if tag.startswith("</"):
        element = _ELEMENTS[tag[2:]]
        return Tag(
            element=element,
            opened=(element, ""),
            is_end=True,
            is_plain=not element.is_noted,
            is_block=element.is_block,
            written=element.end,
        )
    name, space, rest = tag[1:].partition(" ")
    element = _ELEMENTS[name]
    if not rest:
        return Tag(
            element=element,
            opened=(element, element.role),
            is_plain=not element.is_noted,
            is_block=element.is_block,
            written=element.start,
            end=f"</{element.tag}",
            is_phrase=element.is_phrase,
        )
    return _with_attributes(element, space + rest)


def _with_attributes(element: ElementType, rest: str) -> Tag:
    attributes = attributes_of(rest)
    marked = PENDING.fullmatch(attributes.get("id", "")) if element.tag == "span" else None
    mark: Literal["", "cites", "claim", "dated"] = ""
    if element.tag == "span" and attributes.get("class") == "cites":
        mark = "cites"
    elif marked:
        mark = "dated" if marked[1] == "d" else "claim"
    if mark:
        return Tag(
            element=element,
            opened=(element, "dropped" if mark == "cites" else mark),
            is_block=element.is_block,
            written="",
            end=f"</{element.tag}",
            mark=mark,
            number=int(marked[2]) if marked else 0,
        )
    has_stray_mark = HOLE_OPEN in rest and (
        element.is_void or not PENDING.search(attributes.get("href", ""))
    )
    if has_stray_mark:
        rest = PENDING.sub("", rest)
    if element.tag in ("td", "th") and "align" in attributes:
        rest = aligned(attributes, rest)
    elif "class" in attributes:
        rest = with_own_classes(element, attributes["class"], rest)
    wiki, reference, outside, address = _address(element, attributes)
    written = f"<{element.tag}{rest}>"
    if wiki is not None or reference is not None:
        name = "src" if element.is_void else "href"
        written = f'<{element.tag}{without(rest, name)} {name}="'
    role = _role(element, attributes)
    return Tag(
        element=element,
        opened=(element, role),
        is_plain=not (element.is_noted or has_stray_mark),
        is_block=element.is_block,
        written=written,
        end=f"</{element.tag}",
        anchor=attributes.get("id"),
        has_stray_mark=has_stray_mark,
        wiki=wiki,
        reference=reference,
        address="" if role == "silent" and address.startswith(("#fn:", "#fnref")) else address,
        is_outside=outside,
        is_phrase=element.is_phrase and not (has_stray_mark or "id" in attributes),
    )


def _role(element: ElementType, attributes: dict[str, str]) -> str:
    if element.tag == "a" and "footnote-" in attributes.get("class", ""):
        return "silent"
    if element.tag == "div" and attributes.get("class") == "toc":
        return "toc"
    return element.role


def _address(
    element: ElementType, attributes: dict[str, str]
) -> tuple[int | None, Reference | None, bool, str]:
    """Return the link by slug, the reference or else if it is outside, and the address."""
    if element.tag == "img":
        src = attributes.get("src", "")
        if not src or is_outside(src):
            return None, None, bool(src), src
        return None, Reference(form="image", target=_readable(src)), False, src
    if element.tag != "a" or "href" not in attributes:
        return None, None, False, ""
    href = attributes["href"]
    wiki = PENDING.fullmatch(href)
    if wiki:
        return int(wiki[2]), None, False, href
    scheme = outside_scheme(href)
    if scheme or is_outside(href):
        return None, None, scheme in ("http", "https"), href.strip()
    path, _, anchor = href.partition("#")
    reference = Reference(
        form="path" if path else "anchor",
        target=_readable(path) if path else "",
        anchor=unquote(anchor),
    )
    return None, reference, False, href


def _readable(path: str) -> str:
    """Return a path as the file system spells it: percent-decoded, without a query."""
    decoded = unquote(path.partition("?")[0])
    if not decoded.strip("/"):
        return decoded
    is_normal = not ("//" in decoded or "./" in decoded or decoded[-1] in "/.")
    return decoded if is_normal else posixpath.normpath(decoded)
