"""One source changes: what rests on it says so, and nothing else does."""

import json
import re
from xml.etree import ElementTree as ET

import pytest

from tests.sites import InlineSite

SOURCE = "content/sources/report-2024.md"
SITE = """
-- content/sources/law-1950.md --
---
title: The rent law
publisher: The State
published: 1950
kind: law
primary: true
---
-- content/sources/report-2026.md --
---
title: A better report
publisher: The Rent Office
published: 2026-01
---
-- content/topics/law.md --
---
title: Law
summary: Laws.
---
-- content/explainers/lawful.md --
---
title: What the law says
summary: The law.
date: 2025-01-11
topics: [law]
sources: [law-1950, report-2024]
key_points: ["It [says so][@law-1950]."]
events:
  - date: 1950
    text: The law begins.
    sources: [law-1950]
---
It [says so][@law-1950].
-- content/explainers/more.md --
---
title: More on rents
summary: More.
date: 2025-01-12
topics: [law]
sources: [law-1950]
key_points: ["It [says so][@law-1950]."]
events:
  - date: 2024-12
    text: The office says more.
    sources: [report-2024]
---
It [says so][@law-1950].
"""
RETRACTED = "kind: report\nstatus: retracted\nstatus_note: The figures were wrong."
MARK = re.compile(r'data-source-status="([a-z]+)"')


@pytest.fixture
def changed(site: InlineSite) -> InlineSite:
    supported(site.edit(SITE))
    return site.replace(SOURCE, "kind: report", RETRACTED)


def supported(site: InlineSite) -> InlineSite:
    """Let a key point of the page rest on a document of record."""
    point = 'key_points:\n  - "So [says][@law-1950] the law."'
    return site.replace("content/explainers/rents.md", "key_points:", point)


def marked(site: InlineSite) -> set[str]:
    return {
        path
        for path, content in site.tree().items()
        if path.endswith(".html") and MARK.search(content.decode())
    }


def test_a_retracted_source_marks_what_rests_on_it_and_only_that(changed: InlineSite) -> None:
    changed.build()
    graph = json.loads(changed.output("api/graph.json"))
    resting = {
        f"{edge['source'].replace(':', 's/')}/index.html"
        for edge in graph["edges"]
        if edge["type"] == "cites" and edge["target"] == "source:report-2024"
    }
    assert resting == {"explainers/rents/index.html"}
    assert marked(changed) == {
        "explainers/rents/index.html",  # cites it
        "explainers/more/index.html",  # an event of it rests on it
        "topics/housing/index.html",
        "topics/law/index.html",
        "timeline/index.html",
        "explainers/index.html",
        "topics/index.html",
        "index.html",
        "authors/ada/index.html",
    }
    assert "The figures were wrong." in changed.output("explainers/rents/index.html")
    assert "The figures were wrong." in changed.output("topics/law/index.html")
    rents = changed.output("explainers/rents/index.html")
    assert rents.count('<sup class="cite" data-source-status="retracted"') == 3
    assert "data-source-status" not in changed.output("explainers/lawful/index.html")
    assert len(MARK.findall(changed.output("index.html"))) == 2  # the lead, and a row
    timeline = changed.output("timeline/index.html")
    assert len(MARK.findall(timeline)) == 2
    assert '"creativeWorkStatus":"Retracted"' in rents
    assert "creativeWorkStatus" not in changed.output("explainers/lawful/index.html")


def test_feeds_and_api_say_it_too(changed: InlineSite) -> None:
    changed.build()
    feed = ET.fromstring(changed.output("feed.xml"))
    atom = "{http://www.w3.org/2005/Atom}"
    said = {
        entry.findtext(f"{atom}title"): [
            (each.get("term"), each.get("label"))
            for each in entry.iter(f"{atom}category")
            if each.get("scheme")
        ]
        for entry in feed.iter(f"{atom}entry")
    }
    note = [("retracted", "The figures were wrong.")]
    assert said == {"Why rents rise": note, "More on rents": note, "What the law says": []}
    items = json.loads(changed.output("feed.json"))["items"]
    assert sum("The figures were wrong." in item["content_html"] for item in items) == 2
    extension = [{"status": "retracted", "note": "The figures were wrong."}]
    assert {item["title"]: item.get("_changed_sources") for item in items} == {
        "Why rents rise": extension,
        "More on rents": extension,
        "What the law says": None,
    }
    explainers = json.loads(changed.output("api/explainers.json"))["explainers"]
    assert {each["id"]: each["alerts"] for each in explainers}["rents"] == [
        {
            "source": "report-2024",
            "status": "retracted",
            "note": "The figures were wrong.",
            "superseded_by": None,
        }
    ]
    assert {each["id"] for each in explainers if each["alerts"]} == {"rents", "more"}
    topics = json.loads(changed.output("api/site.json"))["topics"]
    assert [(each["id"], each["alerts"][0]["note"]) for each in topics if each["alerts"]] == [
        ("housing", "The figures were wrong."),
        ("law", "The figures were wrong."),
    ]
    pages = json.loads(changed.output("api/evidence.json"))["pages"]
    alerts = {
        (claim["source"], claim["source_alert"]) for page in pages for claim in page["claims"]
    }
    assert alerts == {("report-2024", "retracted"), ("law-1950", None)}


def test_the_markdown_copy_says_it_and_acknowledging_takes_it_away(changed: InlineSite) -> None:
    changed.build()
    banner = (
        "> **A source of this page: retracted.** [A report on rents]"
        "(https://example.org/briefings/sources/report-2024/). The figures were wrong.\n"
    )
    said = {
        name: banner in changed.output(f"explainers/{name}/index.md")
        for name in ("rents", "more", "lawful")
    }
    assert said == {"rents": True, "more": True, "lawful": False}
    changed.replace("content/explainers/rents.md", "topics:", "acknowledge: [report-2024]\ntopics:")
    changed.build()
    copy = changed.output("explainers/rents/index.md")
    assert banner not in copy
    assert "Status: retracted. The figures were wrong." in copy  # the source's own entry
    pages = json.loads(changed.output("api/evidence.json"))["pages"]
    rents = next(page for page in pages if page["id"] == "rents")
    assert {claim["source_alert"] for claim in rents["claims"]} == {None}


def test_how_a_link_stands_goes_wherever_its_source_goes(site: InlineSite) -> None:
    body = "content/explainers/rents.md"
    site.replace(body, "See [housing]", "[A paper](https://gone.example/paper). See [housing]")
    stored = "https://web.archive.org/web/2024/https://example.org/report"
    site.replace(SOURCE, "kind: report", f"kind: report\narchive_url: {stored}")
    site.edit(
        "-- content/links.lock --\ndead        2025-01-05 404 https://example.org/report\n"
        "dead        2025-01-06 404 https://gone.example/paper"
    )
    site.build()
    sources = json.loads(site.output("api/sources.json"))["sources"]
    assert sources[0]["link"] == {"verdict": "dead", "since": "2025-01-05", "moved_to": None}
    copy = site.output("explainers/rents/index.md")
    assert f"No longer online since 2025-01-05. [Archived copy]({stored})." in copy
    assert "- <https://gone.example/paper>, since 2025-01-06." in copy
    gone = 'href="https://gone.example/paper">A paper</a> <span class="loc">(No longer online)'
    assert gone in json.loads(site.output("feed.json"))["items"][0]["content_html"]
    assert f'"archivedAt":"{stored}"' in site.output("explainers/rents/index.html")


def test_strict_fails_with_file_and_line_until_it_is_acknowledged(changed: InlineSite) -> None:
    found = changed.check(strict=True).diagnostics
    assert {(each.path, each.span.line if each.span else 0) for each in found} == {
        ("content/explainers/rents.md", 10),
        ("content/explainers/more.md", 11),
    }
    assert {each.code for each in found} == {"changed-source"}
    assert "was retracted: The figures were wrong." in found[0].message
    assert not changed.build(strict=True).published
    for name in ("rents", "more"):
        path = f"content/explainers/{name}.md"
        changed.replace(path, "topics:", "acknowledge: [report-2024]\ntopics:")
    assert changed.build(strict=True).published
    assert marked(changed) == set()


@pytest.mark.parametrize("status", ["corrected", "superseded", "dead"])
def test_every_status_marks_and_a_successor_is_shown(site: InlineSite, status: str) -> None:
    site.edit(SITE)
    site.replace(SOURCE, "kind: report", f"status: {status}\nsuperseded_by: report-2026")
    site.build()
    page = site.output("explainers/rents/index.html")
    assert set(MARK.findall(page)) == {status}
    assert 'Replaced by: <a href="../../sources/report-2026/">' in page


def test_a_warm_build_marks_and_unmarks_as_a_cold_one_would(site: InlineSite) -> None:
    site.edit(SITE).build()
    before = site.tree()
    site.replace(SOURCE, "kind: report", RETRACTED)
    site.build()
    warm = site.tree()
    site.build(cache=False)
    assert site.tree() == warm != before
    site.replace(SOURCE, RETRACTED, "kind: report")
    site.build()
    assert site.tree() == before


def test_a_page_without_a_primary_source_is_warned_of_and_says_so(site: InlineSite) -> None:
    assert site.said() == ""  # this publication marks no source as primary
    site.edit(SITE)
    assert site.said().startswith(
        "content/explainers/rents.md:9:5: warning[no-primary-source]: "
        "no key point of this page rests on a primary source\n"
    )
    site.build()
    said = "One of these points rests on no primary source."
    assert said in site.output("explainers/rents/index.html")
    assert said not in site.output("explainers/lawful/index.html")
    supported(site)
    assert site.said() == ""
    site.build()
    assert said in site.output("explainers/rents/index.html")
