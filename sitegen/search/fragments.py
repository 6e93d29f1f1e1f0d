"""What is shown of a page that was found: its title, address and text, in files of a few pages."""

import msgspec
from msgspec import Struct

from sitegen.model.front_matter import Kind
from sitegen.search.chunks import pack
from sitegen.search.document import DocumentText
from sitegen.search.numbering import Numbered

GROUP: dict[Kind, int] = {"explainer": 2, "topic": 4, "page": 2, "source": 8, "term": 8}
"""How many pages share a file: a first screen fetches ten of them, and each file costs time."""


class Fragment(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What is shown of one page."""

    url: str
    title: str
    lang: str
    date: str
    publisher: str
    sections: tuple[tuple[str, str, str], ...]
    """Anchor, heading and text; the first holds the summary and the key points."""


def fragment_of(numbered: Numbered, text: DocumentText) -> Fragment:
    """Return what is shown of a page."""
    found = numbered.found
    head = " ".join(filter(None, (text.summary, *text.points)))
    first = [("", "", head)] if head else []
    return Fragment(
        url=found.url,
        title=found.title,
        lang=found.lang,
        date=found.date,
        publisher=found.publisher,
        sections=(*first, *((each.anchor, each.heading, each.text) for each in text.sections)),
    )


def group_of(numbered: Numbered) -> tuple[Kind, int]:
    """Return which file a page is shown from: its kind, and the number of the group."""
    kind = numbered.found.kind
    return kind, numbered.index // GROUP[kind]


def encode_group(fragments: list[Fragment]) -> bytes:
    """Return a file of fragments: JSON (RFC 8259), compressed."""
    return pack(msgspec.json.encode(fragments))
