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
        "index.html",
        "authors/ada/index.html",
    }
    assert "The figures were wrong." in changed.output("explainers/rents/index.html")
    assert "The figures were wrong." in changed.output("topics/law/index.html")
    rents = changed.output("explainers/rents/index.html")
    assert rents.count('<sup class="cite" data-source-status="retracted"') == 3
    assert "data-source-status" not in changed.output("explainers/lawful/index.html")
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
