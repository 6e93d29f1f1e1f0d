"""The types of schema.org that pages describe themselves by, and their JSON-LD.

A field `at_x` is JSON-LD's `@x`; other names are those of schema.org in snake case. Empty members
are left out.
"""

import msgspec
from msgspec import Struct


def _member(field: str) -> str:
    first, *rest = field.split("_")
    return f"@{rest[0]}" if first == "at" else first + "".join(map(str.capitalize, rest))


class Thing(Struct, frozen=True, kw_only=True, omit_defaults=True, rename=_member, gc=False):
    """Anything: its type, its name and its address."""

    at_type: str
    name: str = ""
    url: str = ""


class Organization(Thing, frozen=True, kw_only=True, omit_defaults=True, rename=_member, gc=False):
    """A publisher."""

    logo: str = ""


class Work(Thing, frozen=True, kw_only=True, omit_defaults=True, rename=_member, gc=False):
    """A work that a page cites."""

    date_published: str = ""
    in_language: str = ""
    publisher: Thing | None = None
    archived_at: str = ""
    creative_work_status: str = ""
    description: str = ""


class CorrectionComment(
    Struct, frozen=True, kw_only=True, omit_defaults=True, rename=_member, gc=False
):
    """A correction of a page."""

    at_type: str
    date_published: str
    text: str


class Article(Struct, frozen=True, kw_only=True, omit_defaults=True, rename=_member, gc=False):
    """An explainer."""

    at_type: str
    at_id: str
    url: str
    headline: str
    in_language: str
    date_published: str
    date_modified: str
    author: tuple[Thing, ...]
    publisher: Organization
    image: str = ""
    article_section: tuple[str, ...] = ()
    citation: tuple[Work, ...] = ()
    correction: tuple[CorrectionComment, ...] = ()


class ListItem(Struct, frozen=True, kw_only=True, omit_defaults=True, rename=_member, gc=False):
    """A place in a list."""

    at_type: str
    position: int
    name: str
    item: str = ""
    url: str = ""


class ItemList(Struct, frozen=True, kw_only=True, omit_defaults=True, rename=_member, gc=False):
    """A list of pages, or the way to a page (`BreadcrumbList`)."""

    at_type: str
    item_list_element: tuple[ListItem, ...]
    name: str = ""
    url: str = ""
    number_of_items: int | None = None


class DefinedTerm(Struct, frozen=True, kw_only=True, omit_defaults=True, rename=_member, gc=False):
    """A glossary term."""

    at_type: str
    name: str
    description: str
    url: str
    in_language: str
    alternate_name: tuple[str, ...] = ()
    in_defined_term_set: str = ""


class DefinedTermSet(
    Struct, frozen=True, kw_only=True, omit_defaults=True, rename=_member, gc=False
):
    """The glossary."""

    at_type: str
    name: str
    url: str
    in_language: str
    has_defined_term: tuple[DefinedTerm, ...]


Node = Article | ItemList | DefinedTerm | DefinedTermSet


class _Document(Struct, frozen=True, kw_only=True, rename=_member, gc=False):
    at_context: str
    at_graph: tuple[Node, ...]


# Inside a script element a browser looks for `</script` and `<!--` alone (HTML, 13.2.5.4), whatever
# JSON says; in JSON these characters stand in strings only, where an escape means the same.
_ESCAPES = tuple((mark, f"\\u{ord(mark):04x}") for mark in "<>&\u2028\u2029")


def json_ld(*nodes: Node) -> str:
    """Return a JSON-LD document that is safe inside a script element."""
    document = _Document(at_context="https://schema.org", at_graph=nodes)
    text = msgspec.json.encode(document).decode()
    for mark, escape in _ESCAPES:  # most have none: `translate` takes ten times as long
        text = text.replace(mark, escape)
    return text
