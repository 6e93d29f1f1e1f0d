"""One page of each kind and the text of diagnostics, held against files that people have read.

Write them anew with `make test PYTEST_ARGS=--update-golden`, and read the difference.
"""

import difflib
import os
import re
from pathlib import Path

import pytest

from tests.sites import InlineSite

GOLDEN = Path(__file__).parent / "golden"

PAGES = (
    "index.html",
    "404.html",
    "about/index.html",
    "authors/ada/index.html",
    "corrections/index.html",
    "explainers/index.html",
    "explainers/rents/index.html",
    "glossary/index.html",
    "glossary/rent-cap/index.html",
    "search/index.html",
    "sources/index.html",
    "sources/report-2024/index.html",
    "timeline/index.html",
    "topics/housing/index.html",
    "topics/index.html",
    "feed.xml",
    "feed.json",
    "sitemap.xml",
    "llms.txt",
    "explainers/rents/index.md",
    "explainers/rents/cite.bib",
    "api/graph.json",
)

MISTAKES = """
-- content/explainers/wrong.md --
---
title: Wrong
sumary: misspelt
date: 2025-02-30
topics: housing
sources: [report-2024]
title: Again
---

-- content/explainers/links.md --
---
title: Links
summary: Links that lead nowhere.
date: 2025-01-11
topics: [housng]
sources: [report-2024]
key_points: ["Said.[@report-204]"]
---
See [this](../topics/housng.md), [that](rents.md#nothing), [[rent]] and ![it](no.png).

[x](javascript:alert(1))
"""


FINGERPRINT = re.compile(r"(?<=assets/)([a-z0-9/-]+)\.[0-9a-f]{8}(?=\.)")
"""Assets are named by their content; a change of the style sheet is no change of every page."""


def compare(name: str, made: str, *, update: bool) -> None:
    path = GOLDEN / name
    if update:
        assert not os.environ.get("CI"), "golden files are not written in CI"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made, encoding="utf-8")
    kept = path.read_text(encoding="utf-8") if path.is_file() else ""
    difference = "\n".join(
        difflib.unified_diff(kept.splitlines(), made.splitlines(), "kept", "made", lineterm="")
    )
    assert not difference, f"{name} differs:\n{difference}"


@pytest.mark.parametrize("path", PAGES)
def test_pages(site: InlineSite, path: str, update_golden: bool) -> None:
    report = site.build(search=path.startswith("search/"))
    assert report.published, report.diagnostics
    made = FINGERPRINT.sub(r"\1", site.output(path))
    compare(f"pages/{path}", made, update=update_golden)


def test_diagnostics(site: InlineSite, update_golden: bool) -> None:
    compare("diagnostics.txt", site.edit(MISTAKES).said(), update=update_golden)
