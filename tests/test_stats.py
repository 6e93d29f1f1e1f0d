"""What `sitegen stats` counts."""

import json
import sqlite3

from click.testing import CliRunner, Result

from sitegen.build import site_of
from sitegen.cli.main import sitegen_command
from sitegen.stats import Spread, Stats, stats, stats_text
from tests.sites import InlineSite

SECOND = """
-- content/explainers/building.md --
---
title: Why little is built
summary: Building, explained.
date: 2025-01-11
topics: [housing]
sources: [report-2024, law-2023]
---
Little is built.[@law-2023] See [why rents rise](rents.md).

-- content/sources/law-2023.md --
---
title: The law
publisher: Parliament
published: 2023
---

-- content/sources/unread.md --
---
title: Nobody cites this
publisher: Nobody
published: unknown
---

-- content/topics/parks.md --
---
title: Parks
summary: Nothing yet.
---

-- content/glossary/tenure.md --
---
term: Tenure
definition: How a home is held.
---
"""


def stats_of(site: InlineSite, most_cited: int = 10) -> Stats:
    with site_of(site.options()) as (resolved, found):
        assert resolved, found
        return stats(resolved, most_cited)


def run(site: InlineSite, *options: str) -> Result:
    arguments = ["stats", "--root", str(site.root), "--as-of", "2025-02-01", *options]
    return CliRunner().invoke(sitegen_command, arguments)


def test_what_a_cache_has_lost_is_made_anew(site: InlineSite) -> None:
    site.build()
    before = stats_of(site)
    with sqlite3.connect(site.root / ".sitegen/cache.sqlite") as connection:
        connection.execute("UPDATE entries SET value = zeroblob(40) WHERE substr(key, -1) = x'62'")
    connection.close()
    assert run(site).exit_code == 0
    assert stats_of(site) == before


def test_kinds_are_counted(site: InlineSite) -> None:
    site.edit(SECOND)
    assert stats_of(site).counts == {
        "explainer": 2,
        "source": 3,
        "topic": 2,
        "term": 2,
        "author": 1,
        "page": 1,
    }


def test_sources_are_ranked_by_their_citations(site: InlineSite) -> None:
    site.edit(SECOND)
    cited = stats_of(site).most_cited
    assert [(each.name, each.citations, each.pages) for each in cited] == [
        ("report-2024", 3, 1),
        ("law-2023", 1, 1),
    ]
    assert len(stats_of(site, 1).most_cited) == 1


def test_citations_have_a_spread(site: InlineSite) -> None:
    assert stats_of(site).citations == Spread(total=3, minimum=3, median=3, maximum=3)
    site.edit(SECOND)
    assert stats_of(site).citations == Spread(total=4, minimum=1, median=2, maximum=3)


def test_orphans_are_named(site: InlineSite) -> None:
    orphans = stats_of(site.edit(SECOND)).orphans
    assert orphans.sources_never_cited == ("unread",)
    assert orphans.terms_never_used == ("tenure",)
    assert orphans.topics_without_explainers == ("parks",)
    assert orphans.explainers_never_linked == ("building",)


def test_a_page_that_front_matter_names_is_no_orphan(site: InlineSite) -> None:
    site.edit(SECOND)
    site.replace("content/explainers/rents.md", "authors:", "related: [building]\nauthors:")
    assert stats_of(site).orphans.explainers_never_linked == ()
    site.replace("content/explainers/rents.md", "related: [building]\n", "")
    site.replace("content/topics/housing.md", "title: Housing", "title: H\nstart_here: building")
    assert stats_of(site).orphans.explainers_never_linked == ()


def test_drafts_are_counted_only_if_asked_for(site: InlineSite) -> None:
    site.replace("content/explainers/rents.md", "authors:", "draft: true\nauthors:")
    found = stats_of(site)
    assert found.counts["explainer"] == 0
    assert found.citations == Spread(total=0, minimum=0, median=0, maximum=0)
    assert found.orphans.sources_never_cited == ("report-2024",)
    assert json.loads(run(site, "--format", "json", "--drafts").stdout)["counts"]["explainer"] == 1


def test_the_text_is_for_people(site: InlineSite) -> None:
    text = stats_text(stats_of(site.edit(SECOND)))
    assert text.startswith("Test briefings, as of 2025-02-01\n")
    assert "  explainers        2\n" in text
    assert "Citations an explainer: 1 to 3, median 2, 4 in all\n" in text
    assert "       3  report-2024 (1 page)\n" in text
    assert text.endswith("Explainers nothing links to: building\n")


def test_the_command_prints_text_or_json(site: InlineSite) -> None:
    assert run(site).stdout == stats_text(stats_of(site))
    found = json.loads(run(site, "--format", "json").stdout)
    assert found["as_of"] == "2025-02-01"
    assert found["orphans"]["explainers_never_linked"] == ["rents"]
    assert run(site, "-q").stdout.startswith("Sources never cited: none\n")


def test_the_command_says_what_is_wrong_with_the_content(site: InlineSite) -> None:
    site.replace("content/explainers/rents.md", "topics: [housing]", "topics: [parks]")
    result = run(site)
    assert result.exit_code == 1
    assert "error[unknown-topic]" in result.stderr
    assert result.stdout == ""
