"""A publication in which every part of the site shows, in every state, and the pages that show it.

Its texts are made up; what matters is that each field stands somewhere and is missing elsewhere.
"""

from pathlib import Path

from click.testing import CliRunner

from sitegen.build import BuildOptions, build
from sitegen.cli.main import sitegen_command
from tests.sites import InlineSite

BASE_PATH = "/briefings/"
"""Where 404.html, whose links hold the base path, expects to be served."""

PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90" width="160" height="90">'
    '<rect width="160" height="90" fill="#9aa7b4"/><path d="M0 90 60 30l40 40 20-15 40 35z" '
    'fill="#536473"/></svg>'
)

FILES = """
-- content/site.yaml --
title: Harbour briefings
base_url: https://example.org/briefings/
language: en
time_zone: Asia/Tokyo
description: A publication that shows every part of the site.
publisher:
  name: The Harbour Desk
repository: https://example.org/harbour/briefings
nav:
  - Explainers: /explainers/
  - Topics: /topics/
  - Timeline: /timeline/
  - Glossary: /glossary/
  - About: /about/

-- content/topics/harbours.md --
---
title: Harbours
summary: Who may use a harbour, and who pays for it.
start_here: ferries
related: [law]
events:
  - date: 2019
    text: The harbour is widened.
    sources: [harbour-report]
---
A harbour is [public ground][@harbour-report, p. 1, "open to all"].

-- content/topics/ferries-topic.md --
---
title: Ferries
summary: Boats that carry people.
parent: harbours
---

-- content/topics/law.md --
---
title: Harbour law
summary: The rules on paper. No explainer tells of them yet.
---

-- content/sources/harbour-report.md --
---
title: Harbour traffic in 2024
publisher: The Harbour Office
published: 2024-11-03
accessed: 2025-01-20
kind: report
url: https://example.org/report
archive_url: https://example.org/archive/report
doi: 10.1000/182
licence: CC BY 4.0
authors: [Bo Counter]
byline: By Bo Counter
primary: true
caveat: Counts tickets, not passengers.
events:
  - date: 2024-11-03
    text: The report comes out.
---
The office counts every ticket sold.

-- content/sources/harbour-news-ja.md --
---
title: フェリーの値上げ、来年から
translated_title: Ferry fares to rise from next year
publisher: 港新聞
published: 2025-01-08
kind: news
lang: ja
attribution: unnamed officials
status: corrected
status_note: The figure in its third paragraph was changed.
url: https://example.org/ja/news
---

-- content/sources/harbour-act.md --
---
title: Harbour Act 2001
publisher: Parliament
published: 2001
kind: law
status: superseded
superseded_by: harbour-act-2023
---

-- content/sources/harbour-act-2023.md --
---
title: The act that replaced it
described: true
publisher: Parliament
published: unknown
kind: law
---

-- content/sources/old-page.md --
---
title: A page that is gone
publisher: The Harbour Office
published: 2018-05
kind: official-document
status: dead
url: https://example.org/gone
---

-- content/sources/tide-study.md --
---
title: How the tide turned
publisher: The Tide Institute
published: 2023-04
kind: report
status: retracted
status_note: "The gauge was broken for a year."
superseded_by: tide-tables
url: https://example.org/study
---

-- content/sources/tide-tables.md --
---
title: Tide tables, corrected by hand
publisher: The Tide Institute
published: 2024-02-29
kind: dataset
url: https://example.org/tables
---

-- content/sources/harbour-audit.md --
---
title: An audit of the harbour
publisher: The Court of Audit
published: 2024-07-01
kind: official-document
url: https://example.org/audit
---

-- content/snapshots/harbour-report.txt --
The fare rose by a tenth. The Harbour Office has now counted every ticket. A harbour is open to all.
The fare is what it costs to run the boat.

-- content/snapshots/harbour-audit.txt --
The office could not say where the money went.

-- content/links.lock --
# verdict  since  status  address
dead        2025-01-20 404 https://example.org/audit
drifted     2025-01-21 200 https://example.org/tables
dead        2025-01-22 410 https://example.org/timetable

-- content/sources/never-cited.md --
---
title: A source that nobody cites
publisher: Lone Press
published: 2022
---

-- content/glossary/draught.md --
---
term: draught
definition: "How deep a ship [lies in the water][@harbour-report, p. 30]."
also: [draft of a ship, 喫水]
sources: [harbour-report]
topics: [harbours]
---
Deep ships need deep harbours.

-- content/glossary/berth.md --
---
term: berth
definition: A place where one ship lies.
topics: [harbours]
---

-- content/authors/ada.md --
---
name: Ada Writer
role: Harbour editor
email: ada@example.org
url: https://example.org/ada
orcid: 0000-0002-1825-0097
image: ../assets/picture.svg
---
Ada has written about harbours since 2012.

-- content/authors/sam.md --
---
name: Sam Silent
---

-- content/pages/about.md --
---
title: About
nav: true
summary: Who we are and how we work.
---
We explain harbours.

## What the numbers mean

One number is one claim.

## How sources are chosen

By a person.

## How errors are mended

In the open.

-- content/explainers/ferries.md --
---
title: Why the ferry costs more
summary: The fare rose for the third time. Here is what is known of it, and what is not.
date: 2024-12-01
updated: 2025-01-12
as_of: 2025-01
as_of_note: Before the council met.
reviewed: 2025-01-12
reviewed_by: ada
review_every: 10
authors: [ada, sam]
topics: [harbours, ferries-topic]
sources: [harbour-report, harbour-news-ja, old-page]
series: The harbour, explained
featured: true
image:
  src: ../assets/picture.svg
  alt: A ferry before a hill.
  credit: Ada Writer
key_points:
  - "[The fare rose by a tenth][@harbour-report, p. 2, \\"rose by a tenth\\"] in 2024."
  - "A [law caps it][@harbour-act, section 5]."
  - "Officials [expect another rise][@harbour-news-ja, para. 3, \\"さらに値上げ\\"]."
known: ["The fare [is the highest so far][@harbour-report, p. 3]."]
unknown: ["Whether it falls again."]
events:
  - date: 2024-11-03
    text: "The report [comes out][@harbour-report, p. 1]."
    status: reported
  - date: 2025-11
    text: The council decides.
    sources: [harbour-report]
    status: planned
corrections:
  - date: 2025-01-12
    kind: correction
    text: The year was wrong.
    was: in 2023
    now: in 2024
  - date: 2025-01-05
    kind: clarification
    text: Which ferry is meant is now named.
  - date: 2024-12-20
    kind: update
    text: The new fare was added.
    now: 340 yen
related: [berths]
aliases: [/old/ferries/]
---
Every passenger has noticed it. The [Harbour Office][@harbour-report, "has now counted"] too.

## What happened

The office says that
[the fare rose by a tenth, more than in any year since the war][@harbour-report, p. 2].
Ships of more draught pay twice.[@harbour-act, section 5; @harbour-act-2023] A
berth is not a mooring. A paper said
[it will rise again][@harbour-news-ja, para. 3, "will rise again"]{translated}. See [[berths]].

### A closer look

| year | fare | change |
| --- | ---: | :---: |
| 2023 | 300 | 1 % |
| 2024 | 330[@harbour-report, p. 9] | 10 % |

> The fare is what it costs to run the boat.
> [@harbour-report, p. 4]

## What follows

- First, [the council meets][@harbour-report].
- Then, perhaps, `fares.csv` changes.[^1]

!!! warning "Mind the date"
    The fare is that of January.

```text
330 = 300 x 1.1
```

![A ferry before a hill](../assets/picture.svg)

Tide
:   The rise and fall of the sea.[@old-page]

The HTML page of the ferry is gone.

*[HTML]: a markup language

[^1]: A footnote of the writer's.

## What about the boats?

They are [old][@harbour-report, p. 12].

-- content/explainers/ferries.ja.md --
---
title: フェリーはなぜ高くなったのか
summary: 運賃は三度目の値上げとなりました。わかっていることと、わかっていないことをまとめます。
date: 2025-01-15
lang: ja
translation_of: ferries
topics: [harbours]
sources: [harbour-report]
authors: [ada]
key_points: ["[運賃は一割上がりました][@harbour-report, 2ページ, \\"rose by a tenth\\"]。"]
known: ["[過去最高です][@harbour-news-ja, 第3段落, \\"過去最高\\"]。"]
unknown: ["下がるかどうか。"]
events:
  - date: 2024-11
    text: 報告書が出ました。
    sources: [harbour-report]
corrections:
  - date: 2025-01-20
    kind: correction
    text: 年を誤っていました。
    was: 2023年
    now: 2024年
---
運賃は上がりました。

## 何があったか

[一割です][@harbour-report, 2ページ]。*強調*もあります。

## これから

わかりません。

## 船について

古い船です。

-- content/explainers/berths.md --
---
title: Who gets a berth
summary: One source, one answer.
date: 2025-01-02
topics: [harbours]
sources: [harbour-news-ja]
series: The harbour, explained
key_points: ["[A list decides][@harbour-news-ja]."]
known: ["[The list is long][@harbour-news-ja]."]
---
It is short. See [the ferry](ferries.md).

-- content/explainers/tides.md --
---
title: What the tide does to a timetable
summary: It rests on sources that were retracted, corrected, superseded and lost.
date: 2025-01-03
topics: [harbours]
sources:
  [harbour-report, harbour-audit, tide-study, tide-tables, harbour-act, harbour-news-ja, old-page]
key_points:
  - "The fare [rose by a tenth][@harbour-report, p. 2, \\"rose by a tenth\\"]."
  - "Nobody knows [where the money went][@harbour-audit, p. 8, \\"where the money went\\"]."
  - "The tide [has turned][@tide-study, p. 1, \\"the tide has turned for good\\"]."
known: ["The [tables were mended][@tide-tables]."]
unknown: ["[When][@harbour-act, section 2] the law follows."]
events:
  - date: 2023-04
    text: The study comes out.
    sources: [tide-study]
---
A crossing takes [[forty minutes][@harbour-news-ja, para. 2]]{as-of=2024-11 review-by=2025-01-20}
and costs [330 yen]{as-of=2025-01-03 review-by=2026-01-03}; see the
[timetable](https://example.org/timetable). The [old page][@old-page] said less.

-- content/explainers/plain.md --
---
title: A page with nothing more than it must have
summary: No key points, no dates, no citation.
date: 2024-06-02
topics: [ferries-topic]
sources: [never-cited]
---
Only words.

-- content/explainers/gone.md --
---
title: A page that was taken down
summary: It was here.
date: 2024-01-02
topics: [harbours]
sources: [harbour-report]
expires: 2025-01-01
---
Nothing.

-- content/explainers/draft.md --
---
title: A draft
summary: Not published yet.
date: 2025-01-20
draft: true
topics: [harbours]
sources: [harbour-report]
---
[Soon][@harbour-report].

-- content/explainers/later.md --
---
title: A page of tomorrow
summary: Scheduled.
date: 2025-03-01
topics: [harbours]
sources: [harbour-report]
---
[Soon][@harbour-report].
"""

PAGES = {
    "home": "",
    "explainers": "explainers/",
    "explainer": "explainers/ferries/",
    "explainer-ja": "ja/explainers/ferries/",
    "explainer-bare": "explainers/plain/",
    "explainer-one-source": "explainers/berths/",
    "explainer-changed-sources": "explainers/tides/",
    "explainer-draft": "explainers/draft/",
    "explainer-scheduled": "explainers/later/",
    "expired": "explainers/gone/",
    "topics": "topics/",
    "topic": "topics/harbours/",
    "topic-empty": "topics/law/",
    "sources": "sources/",
    "source": "sources/harbour-report/",
    "source-ja": "sources/harbour-news-ja/",
    "source-superseded": "sources/harbour-act/",
    "source-retracted": "sources/tide-study/",
    "source-drifted": "sources/tide-tables/",
    "source-link-dead": "sources/harbour-audit/",
    "source-dead": "sources/old-page/",
    "source-uncited": "sources/never-cited/",
    "glossary": "glossary/",
    "term": "glossary/draught/",
    "timeline": "timeline/",
    "corrections": "corrections/",
    "author": "authors/ada/",
    "author-bare": "authors/sam/",
    "page": "about/",
    "search": "search/",
    "search-results": "search/?q=ferry",
    "search-none": "search/?q=zeppelin",
    "not-found": "404.html",
}
"""Every page kind and every state that looks different, by the name of its picture."""


def write_receipts(root: Path) -> None:
    """Have every quotation that stands in a snapshot remembered."""
    done = CliRunner().invoke(sitegen_command, ["quotes", "--write", "--root", str(root)])
    assert (root / "content/receipts.json").is_file(), done.output


def build_states(root: Path) -> Path:
    """Write the publication below `root`, build it and return its output."""
    site = InlineSite(root).edit(FILES)
    for name in (
        "topics/housing",
        "sources/report-2024",
        "glossary/rent-cap",
        "explainers/rents",
    ):
        site.delete(f"content/{name}.md")
    assets = root / "content" / "assets"
    assets.mkdir()
    (assets / "picture.svg").write_text(PICTURE, encoding="utf-8")
    # The audit's text is not on the machine that builds, as on most of them.
    write_receipts(root)
    (root / "content/snapshots/harbour-audit.txt").unlink()
    report = build(BuildOptions(root=root, as_of="2025-02-01", drafts=True, future=True))
    assert report.published, report.diagnostics
    return root / "output"
