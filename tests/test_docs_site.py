"""docs/ as a site that sitegen builds."""

from pathlib import Path

from sitegen.build import BuildOptions, build, check
from sitegen.diagnostics import render_text
from tests.crawl import crawl
from tests.e2e.browser import served
from tools.docs_site.publication import GROUPS, ROOT, docs_site


def test_every_page_of_docs_stands_in_the_site_and_every_link_leads_somewhere(
    tmp_path: Path,
) -> None:
    site = docs_site()
    for path, text in site.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    found = check(BuildOptions(root=tmp_path, strict=True)).diagnostics
    assert not found, render_text(found)
    assert build(BuildOptions(root=tmp_path, strict=True)).published
    # Nothing was mended and no link was lost but those to files that are no pages.
    assert all(": the link to ../" in each and "bench" in each for each in site.left), site.left
    pages = [path for path in site.files if path.startswith("content/pages/")]
    docs = list((ROOT / "docs").rglob("*.md"))
    assert len(pages) == len(docs) + 2  # and CONTRIBUTING.md, CHANGELOG.md
    home = (tmp_path / "output/index.html").read_text("utf-8")
    for path in pages:
        assert home.count(f'href="{Path(path).stem}/"') >= 1, path
    for names in GROUPS.values():
        assert {f"content/pages/{name}.md" for name in names} <= set(pages)
    with served(tmp_path / "output", "/sitegen/") as address:
        crawled = crawl(address, "https://example.org/sitegen/")
    assert not crawled.broken
    assert {f"{Path(path).stem}/" for path in pages} <= crawled.paths
