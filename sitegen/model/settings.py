"""The publication's settings: content/site.yaml as its owner writes it, and as stages read it."""

from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct

from sitegen.diagnostics import Span
from sitegen.model.fields import Address, Days, Language, Prose, Text, Url
from sitegen.urls import BaseUrl

CitationStyle = Literal[
    "sitegen",
    "apa",
    "chicago-author-date",
    "chicago-notes-bibliography",
    "harvard-cite-them-right",
    "modern-language-association",
]
"""How pages are cited in words: in our own way, or in a style by the name that CSL has for it."""


class Publisher(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who publishes."""

    name: Text
    url: Url = ""
    logo: Address = ""


class MarkdownExtension(Struct, frozen=True, kw_only=True):
    """A Python-Markdown extension with its options as JSON text."""

    name: str
    options: str = "{}"


class NavEntry(Struct, frozen=True, kw_only=True):
    """An entry of the main navigation."""

    title: str
    target: str
    """A path on this site (`/topics/`) or an http(s) address."""
    span: Span
    """Where it stands in site.yaml."""


class SiteYaml(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """content/site.yaml"""

    title: Text
    base_url: Url
    language: Language
    time_zone: Annotated[Text, Meta(description="An IANA name, such as Asia/Tokyo.")]
    description: Prose = ""
    publisher: Publisher | None = None
    repository: Url = ""
    review_every: Days = 180
    citation_style: CitationStyle = "sitegen"
    markdown_extensions: Annotated[
        tuple[MarkdownExtension, ...],
        Meta(
            extra={"scalar": "extensions"},
            extra_json_schema={"items": {"type": ["string", "object"]}},
            description="Names of installed extensions, or one-key maps of their options.",
        ),
    ] = ()
    template_filters: Annotated[
        tuple[Text, ...], Meta(description="Names of filters that installed packages offer.")
    ] = ()
    nav: Annotated[
        tuple[NavEntry, ...],
        Meta(
            extra={"scalar": "nav"},
            extra_json_schema={"items": {"type": "object", "minProperties": 1, "maxProperties": 1}},
            description="One-key maps of words to a path on this site or an https address.",
        ),
    ] = ()
    feeds: bool = True
    search: bool = True
    api: bool = True
    citation_files: bool = True
    markdown_copies: bool = True
    social_cards: bool = False
    strict: bool = False


class Settings(Struct, frozen=True, kw_only=True):
    """The settings of one build: site.yaml after the command line has had its say."""

    yaml: SiteYaml
    base: BaseUrl
    search: bool

    @property
    def zone(self) -> ZoneInfo:
        """Return the publication's time zone."""
        return ZoneInfo(self.yaml.time_zone)


class LoadSettings(Struct, frozen=True, kw_only=True):
    """What shapes every document besides its own bytes."""

    language: str
    extensions: tuple[MarkdownExtension, ...]
    markdown_copies: bool = True
    """Whether explainers keep their Markdown."""
