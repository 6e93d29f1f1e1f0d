"""The front matter of each kind of content file; the field types live in `fields`.

A field without a default is required. Field descriptions become the JSON Schemas of
`sitegen schema`, and docs/writing.md is held against these types by a test.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from sitegen.model.fields import (
    Address,
    Day,
    Days,
    FilePath,
    Identifier,
    Language,
    Markdown,
    Moment,
    PartialDate,
    Prose,
    PublishedDate,
    Slug,
    Text,
    Url,
)

EventStatus = Literal["reported", "planned"]
CorrectionKind = Literal["correction", "clarification", "update"]
SourceKind = Literal[
    "news",
    "official-document",
    "treaty",
    "law",
    "report",
    "transcript",
    "dataset",
    "reference",
    "interview",
]
SourceStatus = Literal["current", "corrected", "retracted", "superseded", "dead"]
Kind = Literal["explainer", "source", "topic", "term", "author", "page"]


TAG = "front_matter"
"""The key under which stored front matter tells its kind; no file ever holds it."""


class EventEntry(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False
):
    """A dated line of a timeline."""

    date: PartialDate
    text: Markdown
    sources: tuple[Identifier, ...] = ()
    status: EventStatus = "reported"


class CorrectionEntry(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False
):
    """A change made to a page after it was published."""

    date: Day
    kind: CorrectionKind
    text: Prose
    was: Prose = ""
    now: Prose = ""


class Image(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False
):
    """A picture with the words that stand for it."""

    src: FilePath
    alt: Prose
    credit: Text = ""


class ExplainerMeta(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    gc=False,
    tag_field=TAG,
    tag="explainer",
):
    """content/explainers/*.md"""

    title: Text
    summary: Prose
    date: Moment
    topics: Annotated[
        tuple[Identifier, ...], Meta(min_length=1, description="The first is primary.")
    ]
    sources: Annotated[tuple[Identifier, ...], Meta(min_length=1)]
    slug: Slug = ""
    updated: Moment = ""
    as_of: PartialDate = ""
    as_of_note: Prose = ""
    reviewed: Day = ""
    reviewed_by: Identifier = ""
    review_every: Days = 0
    authors: tuple[Identifier, ...] = ()
    key_points: tuple[Markdown, ...] = ()
    known: tuple[Markdown, ...] = ()
    unknown: tuple[Markdown, ...] = ()
    events: tuple[EventEntry, ...] = ()
    corrections: tuple[CorrectionEntry, ...] = ()
    acknowledge: tuple[Identifier, ...] = ()
    related: tuple[Identifier, ...] = ()
    series: Text = ""
    aliases: tuple[Address, ...] = ()
    draft: bool = False
    expires: Moment = ""
    featured: bool = False
    image: Image | None = None
    lang: Language = ""
    translation_of: Identifier = ""
    glossary: bool = True
    toc: bool = True
    search: bool = True


class SourceMeta(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    gc=False,
    tag_field=TAG,
    tag="source",
):
    """content/sources/*.md"""

    title: Text
    publisher: Text
    published: PublishedDate
    described: Annotated[
        bool, Meta(description="True where the title is our description, shown in brackets.")
    ] = False
    url: Url = ""
    authors: tuple[Text, ...] = ()
    byline: Text = ""
    accessed: Day = ""
    kind: SourceKind = "news"
    lang: Language = ""
    archive_url: Url = ""
    doi: Text = ""
    attribution: Text = ""
    caveat: Annotated[Prose, Meta(max_length=160)] = ""
    primary: bool = False
    licence: Text = ""
    status: SourceStatus = "current"
    status_note: Prose = ""
    superseded_by: Identifier = ""
    events: tuple[EventEntry, ...] = ()
    translated_title: Text = ""


class TopicMeta(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    gc=False,
    tag_field=TAG,
    tag="topic",
):
    """content/topics/*.md"""

    title: Text
    summary: Prose
    parent: Identifier = ""
    start_here: Identifier = ""
    events: tuple[EventEntry, ...] = ()
    related: tuple[Identifier, ...] = ()
    aliases: tuple[Address, ...] = ()
    lang: Language = ""


class TermMeta(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    gc=False,
    tag_field=TAG,
    tag="term",
):
    """content/glossary/*.md"""

    term: Text
    definition: Markdown
    also: Annotated[tuple[Text, ...], Meta(description="Other spellings and abbreviations.")] = ()
    sources: tuple[Identifier, ...] = ()
    topics: tuple[Identifier, ...] = ()
    lang: Language = ""


class AuthorMeta(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    gc=False,
    tag_field=TAG,
    tag="author",
):
    """content/authors/*.md"""

    name: Text
    role: Text = ""
    email: Text = ""
    url: Url = ""
    orcid: Text = ""
    image: FilePath = ""


class PageMeta(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    gc=False,
    tag_field=TAG,
    tag="page",
):
    """content/pages/*.md"""

    title: Text
    summary: Prose = ""
    nav: Annotated[bool, Meta(description="True puts the page into the main navigation.")] = False
    aliases: tuple[Address, ...] = ()
    lang: Language = ""
    search: bool = True


FrontMatter = ExplainerMeta | SourceMeta | TopicMeta | TermMeta | AuthorMeta | PageMeta

FRONT_MATTER: dict[Kind, type[FrontMatter]] = {
    "explainer": ExplainerMeta,
    "source": SourceMeta,
    "topic": TopicMeta,
    "term": TermMeta,
    "author": AuthorMeta,
    "page": PageMeta,
}

FOLDERS: dict[Kind, str] = {
    "explainer": "explainers",
    "source": "sources",
    "topic": "topics",
    "term": "glossary",
    "author": "authors",
    "page": "pages",
}
"""Where each kind lives under content/."""
