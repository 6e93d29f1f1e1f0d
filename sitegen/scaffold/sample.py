"""The sample content of a new publication: one file of each kind, about writing explainers."""

from collections.abc import Mapping

from sitegen.scaffold.scalars import quoted

SAMPLE_SOURCE = ("house-style", "House style in three rules")
"""The id and the title of the sample's one source."""

DAY = "2025-01-15"
"""The sample's date: past, so that it is published at once."""


def sample_content(publisher: str) -> Mapping[str, str]:
    """Return the sample files by their path; `publisher` is named as the source's."""
    return {
        "content/explainers/how-to-write-an-explainer.md": _EXPLAINER,
        "content/topics/writing.md": _TOPIC,
        "content/sources/house-style.md": _source(publisher),
        "content/glossary/claim.md": _TERM,
        "content/authors/desk.md": _AUTHOR,
        "content/pages/about.md": _ABOUT,
        "content/pages/corrections-policy.md": _CORRECTIONS_POLICY,
    }


_EXPLAINER = f"""\
---
title: "How to write an explainer"
summary: "A sample that shows what an explainer is made of. Replace it with your own first one."
date: {DAY}
as_of: 2025-01
as_of_note: "The sample describes the files that came with this publication."
review_every: 3650
topics: [writing]
sources: [house-style]
authors: [desk]
key_points:
  - "An explainer answers [one question][@house-style, rule 1]."
  - "Every statement of fact [names its source][@house-style, rule 2]."
  - "What nobody knows yet is [said to be unknown][@house-style, rule 3]."
known:
  - "The house style has [three rules][@house-style]."
unknown:
  - "Which question your first explainer will answer."
events:
  - date: {DAY}
    text: "This sample is written."
    sources: [house-style]
    status: reported
---

Everything above the second line of three hyphens is *front matter*: facts about the page, as keys
with values. Everything below it is the text, in Markdown.

## How to cite

Put the words that a source supports in brackets, and the source's name behind them. Such a claim
gets a number, and the number leads to its note:
[one number is one claim][@house-style, rule 2, "One number is one claim."].

A number can also stand alone, at the end of a sentence.[@house-style, rule 2]

## How to link

Link to another file by its path, as on GitHub: [about this publication](../pages/about.md). Or
name it by its slug: [[corrections-policy]], [[writing|the topic of this page]].

## What comes next

1. Make a source: `sitegen new source "Title of the article"`.
2. Make an explainer: `sitegen new explainer "Your question"`.
3. Take `draft: true` out of it when it is ready.
4. Delete this file.
"""

_TOPIC = """\
---
title: "Writing"
summary: "How the pages of this publication are written."
start_here: how-to-write-an-explainer
---

A topic page gathers its explainers, sources and events by itself. The text here is optional.
"""


def _source(publisher: str) -> str:
    return f"""\
---
title: "House style in three rules"
described: true
publisher: {quoted(publisher)}
published: {DAY}
kind: reference
lang: en
---

A sample source record. For a real one, add `url:` and, where the page may go, `archive_url:`.

1. An explainer answers one question.
2. Every statement of fact names its source. One number is one claim.
3. What nobody knows yet is said to be unknown.
"""


_TERM = """\
---
term: "claim"
definition: "Words of a page that a source supports, with the number of the note that says which."
sources: [house-style]
topics: [writing]
---
"""

_AUTHOR = """\
---
name: "The desk"
role: "Writes and checks the explainers"
---
"""

_ABOUT = """\
---
title: "About"
summary: "Who publishes these explainers, and how they are made."
nav: true
---

Say here who you are, who pays for the work, and how readers can reach you.

Each explainer rests on the sources that it names. When we get something wrong, we say so: see our
[corrections policy](corrections-policy.md).
"""

_CORRECTIONS_POLICY = """\
---
title: "Corrections policy"
summary: "What we do when a page was wrong."
---

We correct errors of fact as soon as we know of them. Each correction says what was wrong, what is
right, and on which day it was changed, on the page itself and on the page of all corrections.

A *correction* mends an error, a *clarification* makes a true sentence clearer, and an *update*
adds what has happened since.
"""
