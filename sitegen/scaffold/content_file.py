"""The text of one new content file: required keys filled in, optional ones as comments."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from sitegen.model.front_matter import FOLDERS, Kind
from sitegen.scaffold.scalars import name, name_list, quoted


class NewFile(Struct, frozen=True, kw_only=True):
    """What is known of a file before it is written."""

    title: str
    day: str
    """The as-of day."""
    topics: tuple[str, ...] = ("TOPIC",)
    """For an explainer: at least one."""
    sources: tuple[str, ...] = ("SOURCE",)
    """For an explainer: at least one."""


def content_path(kind: Kind, slug: str) -> str:
    """Return where a file of this kind lives: `content/topics/housing.md`."""
    return f"content/{FOLDERS[kind]}/{slug}.md"


def content_text(kind: Kind, file: NewFile) -> str:
    """Return the text of a new file of this kind."""
    return _TEXTS[kind](file)


def _explainer(file: NewFile) -> str:
    source = file.sources[0]
    return f"""\
---
title: {quoted(file.title)}
summary: "TODO: one or two sentences that answer the question in the title."
date: {file.day}
topics: {name_list(file.topics)} # the first is the primary one
sources: {name_list(file.sources)}
draft: true # take this line out to publish

# Optional. Take the # away from a line to use its key.
# slug: another-last-part-of-the-address
# authors: [desk]
# updated: {file.day}
# as_of: {file.day[:7]} # a day, a month or a year
# as_of_note: "What happened after that is not covered."
# reviewed: {file.day}
# reviewed_by: desk
# review_every: 180
# key_points:
#   - "The answer in one sentence, with [the words a source supports][@{source}]."
# known:
#   - "Something [that a source shows][@{source}]."
# unknown:
#   - "Something that no source shows."
# events:
#   - date: {file.day}
#     text: "What happened on that day."
#     sources: [{name(source)}]
#     status: reported # or planned
# corrections:
#   - date: {file.day}
#     kind: correction # or clarification, update
#     text: "What was wrong."
#     was: "The old words."
#     now: "The new words."
# acknowledge: [{name(source)}] # corrected or retracted sources whose state you have dealt with
# related: [another-explainer]
# series: "The title of a series"
# image:
#   src: picture.jpg
#   alt: "What the picture shows."
#   credit: "Who made it"
# aliases: [/old-address/]
# expires: {file.day} # taken out from this day on
# featured: false
# lang: en
# translation_of: another-explainer
# glossary: true # false: no terms are linked on this page
# toc: true # false: no list of headings
# search: true # false: not found by search
---

TODO: one paragraph that says why the question is asked, and since when.

## What happened

TODO: put [the words a source supports][@{source}] in brackets before their source.
"""


def _source(file: NewFile) -> str:
    return f"""\
---
title: {quoted(file.title)}
publisher: "TODO: the publisher's name"
published: unknown # a day, a month (2025-02) or a year (2025)

# Optional. Take the # away from a line to use its key.
# described: false # true: the title is our description, shown in brackets
# url: https://example.org/article
# archive_url: https://web.archive.org/web/2025/https://example.org/article
# accessed: {file.day}
# kind: news # official-document, treaty, law, report, transcript, dataset, reference, interview
# lang: en
# translated_title: "The title in the publication's language"
# authors: ["Name of the author"]
# byline: "By Our Staff"
# doi: 10.1000/182
# attribution: "Who speaks in it, such as unnamed officials"
# caveat: "What a reader should know before relying on it, in at most 160 characters."
# primary: false # true: a document of record
# licence: "CC BY 4.0"
# status: current # corrected, retracted, superseded, dead
# status_note: "What changed."
# superseded_by: another-source
# events:
#   - date: {file.day}
#     text: "What happened on that day."
#     status: reported # or planned
---
"""


def _topic(file: NewFile) -> str:
    return f"""\
---
title: {quoted(file.title)}
summary: "TODO: one sentence that says what belongs to this topic."

# Optional. Take the # away from a line to use its key.
# parent: a-wider-topic
# start_here: the-explainer-to-read-first
# events:
#   - date: {file.day}
#     text: "What happened on that day."
#     status: reported # or planned
# related: [another-topic]
# aliases: [/old-address/]
# lang: en
---
"""


def _term(file: NewFile) -> str:
    return f"""\
---
term: {quoted(file.title)}
definition: "TODO: one sentence that says what it means."

# Optional. Take the # away from a line to use its key.
# also: ["another spelling", "ABBR"]
# sources: [a-source]
# topics: [a-topic]
# lang: en
---
"""


def _author(file: NewFile) -> str:
    return f"""\
---
name: {quoted(file.title)}

# Optional. Take the # away from a line to use its key.
# role: "What they do"
# email: name@example.org
# url: https://example.org/
# orcid: 0000-0002-1825-0097
# image: portrait.jpg
---
"""


def _page(file: NewFile) -> str:
    return f"""\
---
title: {quoted(file.title)}

# Optional. Take the # away from a line to use its key.
# summary: "One or two sentences."
# nav: true # puts the page into the main navigation
# aliases: [/old-address/]
# lang: en
# search: true # false: not found by search
---

TODO: the text of the page.
"""


_TEXTS: Mapping[Kind, Callable[[NewFile], str]] = {
    "explainer": _explainer,
    "source": _source,
    "topic": _topic,
    "term": _term,
    "author": _author,
    "page": _page,
}
