"""The JSON Schemas of site.yaml and of each front matter, made from the types of `model`.

JSON Schema 2020-12 (json-schema.org/draft/2020-12). Each schema stands by itself. A value is what a
YAML reader makes of an unquoted scalar: a date stays text (YAML 1.2 has no dates), `2025` becomes a
number, so text may be a number too.
"""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from sitegen.model.front_matter import FOLDERS, FRONT_MATTER, TAG
from sitegen.model.settings import SiteYaml

DIALECT = "https://json-schema.org/draft/2020-12/schema"

JsonSchema = dict[str, Any]
"""A JSON document, which has no type of its own."""


def json_schemas() -> Mapping[str, JsonSchema]:
    """Return the schemas by name: `site`, and each kind of content file."""
    schemas: dict[str, JsonSchema] = {
        "site": _schema(SiteYaml, "site.yaml", "The settings of a publication.")
    }
    for kind, wanted in FRONT_MATTER.items():
        title = f"Front matter of content/{FOLDERS[kind]}/*.md"
        schemas[kind] = _schema(wanted, title, _KINDS[kind])
    return schemas


def _schema(wanted: type[msgspec.Struct], title: str, description: str) -> JsonSchema:
    (reference,), definitions = msgspec.json.schema_components(
        [wanted], ref_template="#/$defs/{name}"
    )
    top = _struct(reference["$ref"].rpartition("/")[2], definitions)
    schema: JsonSchema = {"$schema": DIALECT} | top | {"title": title, "description": description}
    used = [each for each in definitions if f"'#/$defs/{each}'" in str(top)]
    return schema | ({"$defs": {each: _struct(each, definitions) for each in used}} if used else {})


def _struct(name: str, definitions: Mapping[str, JsonSchema]) -> JsonSchema:
    definition = definitions[name]
    properties = {
        key: _property(name, key, value)
        for key, value in definition["properties"].items()
        if key != TAG
    }
    required = [key for key in definition.get("required", ()) if key != TAG]
    own = definition | {"properties": properties, "additionalProperties": False}
    return own | {"required": required} if required else own


def _property(struct: str, key: str, value: JsonSchema) -> JsonSchema:
    """Return the schema of one key as YAML's writers fill it in."""
    wanted = _OVERRIDES.get((struct, key), value)
    if "anyOf" in wanted:  # a struct or nothing: an absent key is not a null
        wanted = next(each for each in wanted["anyOf"] if "$ref" in each)
    shown = _widened(wanted) | {"description": _DESCRIPTIONS[struct][key]}
    # An empty default stands for an absent key; false is a value.
    if not shown.get("default") and shown.get("type") != "boolean":
        shown.pop("default", None)
    return shown


def _widened(value: JsonSchema) -> JsonSchema:
    """Let text be a number where its pattern has room for one: titles, names and years."""
    if value.get("type") == "array":
        return value | {"items": _widened(value["items"])}
    if value.get("type") != "string":
        return value
    pattern = value.get("pattern")
    if pattern is None:
        return value | {"type": ["string", "number"]}
    if re.search(pattern, "2025"):
        return value | {"type": ["string", "integer"], "minimum": 1, "maximum": 9999}
    return value


_ONE_KEY = {"type": "object", "minProperties": 1, "maxProperties": 1}
_OVERRIDES: Mapping[tuple[str, str], JsonSchema] = {
    ("SiteYaml", "markdown_extensions"): {
        "type": "array",
        "items": {
            "anyOf": [
                {"type": "string", "minLength": 1},
                _ONE_KEY | {"additionalProperties": {"type": ["object", "null"]}},
            ]
        },
    },
    ("SiteYaml", "nav"): {
        "type": "array",
        "items": _ONE_KEY
        | {"additionalProperties": {"type": "string", "pattern": "^(/|https?://)"}},
    },
}
"""What load reads by hand, and msgspec can't know."""

_KINDS = {
    "explainer": "A page that answers one question, each claim with its source.",
    "source": "The record of one article or document.",
    "topic": "A subject with its explainers; `parent` makes a tree.",
    "term": "A glossary term, linked at its first use on each page.",
    "author": "A byline.",
    "page": "A page such as about.",
}

_EVENTS = "Dated lines, for the timeline."
_LANG = "The page's language, where it is not the publication's (BCP 47)."
_ALIASES = "Former addresses of the page, each starting with `/`; they lead here."
_DESCRIPTIONS: Mapping[str, Mapping[str, str]] = {
    "SiteYaml": {
        "title": "The publication's name.",
        "base_url": "Where the site is published, with its path.",
        "language": "The language of pages that do not say otherwise (BCP 47).",
        "time_zone": "Where the publication's day begins: an IANA name, such as Asia/Tokyo.",
        "description": "One or two sentences, for search engines and feeds.",
        "publisher": "Who publishes.",
        "repository": "The repository that holds these files, for links to edit a page.",
        "review_every": "Days after which an explainer is due for review.",
        "citation_style": "The style in which each page says how to cite it.",
        "markdown_extensions": "Names of installed extensions, or one-key maps of their options.",
        "template_filters": "Names of filters for templates that installed packages offer.",
        "nav": "One-key maps of words to a path on this site or an https address.",
        "feeds": "Whether the site has feeds.",
        "search": "Whether the site can be searched.",
        "api": "Whether the site has JSON files under /api/, and can so be verified.",
        "citation_files": "Whether BibTeX, RIS and CSL-JSON stand beside each explainer.",
        "markdown_copies": "Whether its Markdown stands beside each explainer.",
        "social_cards": "Draw a picture of each explainer for social networks.",
        "strict": "Whether warnings stop a build as errors do.",
    },
    "Publisher": {
        "name": "The publisher's name.",
        "url": "The publisher's own site.",
        "logo": "A path on this site.",
    },
    "ExplainerMeta": {
        "title": "The question, or the subject.",
        "summary": "One or two sentences: the standfirst.",
        "date": "The day or time of publication; later than today, it is scheduled.",
        "topics": "Topics by name; the first is primary.",
        "sources": "Sources by name; one that is never cited is shown as also consulted.",
        "slug": "The last part of the address, where it is not the file's name.",
        "updated": "The day of the last change that a reader would care for.",
        "as_of": "The last day, month or year whose events are covered.",
        "as_of_note": "What to know of `as_of`.",
        "reviewed": "The day on which somebody last checked the whole page.",
        "reviewed_by": "Who did, by the name of an author.",
        "review_every": "Days after which the page is due for review.",
        "authors": "Authors by name; without any, the page is the publication's own.",
        "key_points": "Three to five sentences that answer the question.",
        "known": "What sources show.",
        "unknown": "What no source shows.",
        "events": _EVENTS,
        "corrections": "Changes made after publication.",
        "acknowledge": "Corrected or retracted sources whose state the page has dealt with.",
        "related": "Explainers to read next, by name.",
        "series": "The title of a series; explainers with the same one are its parts.",
        "aliases": _ALIASES,
        "draft": "Whether the page is left out, unless a build asks for drafts.",
        "expires": "The day from which the page is taken out.",
        "featured": "Whether the page stands first on the home page.",
        "image": "A picture for the head of the page.",
        "lang": _LANG,
        "translation_of": "The explainer that this one translates, by name.",
        "glossary": "Whether glossary terms are linked by themselves.",
        "toc": "Whether the page lists its headings.",
        "search": "Whether search finds the page.",
    },
    "EventEntry": {
        "date": "A day, a month (2025-02) or a year (2025).",
        "text": "What happened: one paragraph of Markdown.",
        "sources": "Sources by name.",
        "status": "Whether it has been reported, or is only planned.",
    },
    "CorrectionEntry": {
        "date": "The day of the change.",
        "kind": "A correction mends an error, a clarification is clearer, an update is new.",
        "text": "What was changed, and why.",
        "was": "The old words.",
        "now": "The new words.",
    },
    "Image": {
        "src": "A file, relative to the one that names it.",
        "alt": "What the picture shows, for those who do not see it.",
        "credit": "Who made it.",
    },
    "SourceMeta": {
        "title": "The title as published, or our description of it.",
        "publisher": "Who published it.",
        "published": "A day, a month (2025-02), a year (2025), or `unknown`.",
        "described": "Whether the title is our description, shown in brackets.",
        "url": "Where it can be read.",
        "authors": "Who wrote it, by their names.",
        "byline": "The byline as printed.",
        "accessed": "The day on which it was read.",
        "kind": "What it is.",
        "lang": "The language it is written in (BCP 47).",
        "archive_url": "Where a stored copy can be read.",
        "doi": "Its digital object identifier, such as 10.1000/182.",
        "attribution": "Who speaks in it, such as unnamed officials.",
        "caveat": "What to know before relying on it, in at most 160 characters.",
        "primary": "Whether it is a document of record.",
        "licence": "The licence of its text.",
        "status": "What has become of it.",
        "status_note": "What changed, and when.",
        "superseded_by": "The source that takes its place, by name.",
        "events": _EVENTS,
        "translated_title": "The title in the publication's language.",
    },
    "TopicMeta": {
        "title": "The subject.",
        "summary": "One sentence that says what belongs to it.",
        "parent": "The wider topic, by name.",
        "start_here": "The explainer to read first, by name.",
        "events": _EVENTS,
        "related": "Other topics, by name.",
        "aliases": _ALIASES,
        "lang": _LANG,
    },
    "TermMeta": {
        "term": "The term as a heading shows it.",
        "definition": "What it means: one paragraph of Markdown.",
        "also": "Other spellings and abbreviations; they are linked too.",
        "sources": "Sources by name.",
        "topics": "Topics by name.",
        "lang": _LANG,
    },
    "AuthorMeta": {
        "name": "The name in bylines.",
        "role": "What they do.",
        "email": "An address that readers may write to.",
        "url": "Their own site.",
        "orcid": "Their ORCID iD, such as 0000-0002-1825-0097.",
        "image": "A portrait, relative to this file.",
    },
    "PageMeta": {
        "title": "The page's title.",
        "summary": "One or two sentences.",
        "nav": "Whether the page stands in the main navigation.",
        "aliases": _ALIASES,
        "lang": _LANG,
        "search": "Whether search finds the page.",
    },
}
"""By type and key."""
