"""What a warm build does, by name: it renders what an edit shows on, and nothing else."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from sitegen.build import build, pages
from sitegen.engine.lock import locked
from sitegen.publish.manifest import NAME
from sitegen.render.folders import default_folder
from sitegen.render.pages import make_view
from sitegen.render.recipe import Recipe
from tests.sites import InlineSite

RENTS = "content/explainers/rents.md"
SECOND = """
-- content/explainers/second.md --
---
title: A second
summary: Another.
date: 2024-12-01
topics: [housing]
sources: [report-2024]
key_points: ["It [stands][@report-2024]."]
---
Nothing of note. See [rents](rents.md).
-- content/topics/money.md --
---
title: Money
summary: What it costs.
---
"""


@pytest.fixture
def built(site: InlineSite) -> InlineSite:
    site.edit(SECOND)
    assert site.build().published
    return site


def rendered(site: InlineSite, **options: object) -> set[str]:
    report = site.build(**options)
    assert report.published, report.diagnostics
    return set(report.rendered)


def test_nothing_changed_nothing_rendered(built: InlineSite) -> None:
    def standing() -> dict[Path, tuple[int, int]]:
        paths = (built.root / "output").rglob("*")
        return {
            path: (path.stat().st_ino, path.stat().st_mtime_ns)
            for path in paths
            if path.name != ".sitegen.json"  # whose time tells when it was last looked at
        }

    before = standing()
    report = built.build()
    assert (report.loaded, report.rendered, report.written, report.removed) == ((), (), (), ())
    assert standing() == before


def test_a_line_more_renders_the_page_and_what_shows_its_text(built: InlineSite) -> None:
    built.replace(RENTS, "A rent cap was discussed.", "A rent cap was discussed. Twice.")
    assert rendered(built) == {
        "api/text/0.json",
        "explainers/rents/index.html",
        "explainers/rents/index.md",
        "feed.json",
        "feed.xml",
        "topics/housing/feed.xml",
    }


def test_the_sentence_of_a_claim_is_shown_by_its_source_too(built: InlineSite) -> None:
    built.replace(RENTS, "in one year", "in one long year")
    assert rendered(built) == {
        "api/evidence.json",
        "api/text/0.json",
        "explainers/rents/index.html",
        "explainers/rents/index.md",
        "feed.json",
        "feed.xml",
        "sources/report-2024/index.html",
        "topics/housing/feed.xml",
    }


def test_a_title_renders_every_page_that_links_to_it(built: InlineSite) -> None:
    built.replace("content/topics/money.md", "title: Money", "title: Money matters")
    assert rendered(built) == {
        "api/graph.json",
        "api/site.json",
        "api/text/0.json",
        "index.html",
        "topics/index.html",
        "topics/money/feed.xml",
        "topics/money/index.html",
    }


def test_a_source_that_is_renamed_shows_on_every_page_that_cites_it(built: InlineSite) -> None:
    report = (built.root / "content/sources/report-2024.md").read_text()
    other = report.replace("A report on rents", "Other figures")
    built.edit(f"-- content/sources/figures.md --\n{other}")
    rendered(built)
    built.replace("content/sources/report-2024.md", "A report on rents", "The report on rents")
    pages = rendered(built)
    assert {
        "explainers/rents/index.html",
        "explainers/second/index.html",
        "glossary/rent-cap/index.html",
        "sources/index.html",
        "sources/report-2024/index.html",
        "topics/housing/index.html",
    } <= pages
    # It comes after the other now; no address does.
    assert not {"topics/money/index.html", "about/index.html", "sitemap.xml"} & pages


def test_a_template_renders_the_pages_it_makes(built: InlineSite) -> None:
    folder = built.root / "templates"
    folder.mkdir()
    (folder / "topic.html").write_text("<!doctype html><title>{{ page.title }}</title>")
    assert rendered(built) == {"topics/housing/index.html", "topics/money/index.html"}
    (folder / "topic.html").unlink()
    assert rendered(built) == {"topics/housing/index.html", "topics/money/index.html"}


def test_a_partial_renders_the_pages_that_include_it(built: InlineSite) -> None:
    folder = built.root / "templates" / "partials"
    folder.mkdir(parents=True)
    (folder / "read_next.html").write_text("{% macro read_next(t, related) %}{% endmacro %}")
    assert {path for path in rendered(built) if path.endswith(".html")} <= {
        "explainers/rents/index.html",
        "explainers/second/index.html",
    }


def test_an_asset_is_copied_and_renders_nothing(built: InlineSite) -> None:
    built.edit("-- content/assets/table.csv --\n1,2\n")
    assert built.build().written == ("assets/table.csv",)
    built.edit("-- content/assets/table.csv --\n3,4\n")
    report = built.build()
    assert (report.rendered, report.written) == ((), ("assets/table.csv",))


def test_another_day_renders_what_the_day_changes(built: InlineSite) -> None:
    empty_feeds = {"topics/money/feed.xml", "corrections/feed.xml"}  # have no date but the day
    assert rendered(built, as_of="2025-02-02") == empty_feeds
    late = rendered(built, as_of="2026-02-01")  # both explainers are due for review by then
    assert {path for path in late if path.startswith("explainers/")} == {
        "explainers/rents/index.html",
        "explainers/second/index.html",
    }


def test_what_changes_back_within_the_same_size_and_time_is_seen(built: InlineSite) -> None:
    path = built.root / RENTS
    status = path.stat()
    path.write_text(path.read_text("utf-8").replace("discussed", "discarded"), encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert "explainers/rents/index.html" in rendered(built)
    assert "discarded" in built.output("explainers/rents/index.html")


def test_any_number_of_processes_makes_the_same_bytes(site: InlineSite) -> None:
    """More files than are worked on in place; threads, as the preview has them, forbid forks."""
    for number in range(150):
        site.edit(SECOND.replace("second.md", f"many-{number}.md"))
    assert site.build(jobs=1).published
    expected = site.tree()
    assert site.build(jobs=2, cache=False, output=site.root / "two").published
    two = site.root / "two"
    found = {p.relative_to(two).as_posix(): p.read_bytes() for p in two.rglob("*") if p.is_file()}
    found.pop(NAME)
    assert found == expected
    report = []
    options = site.options(jobs=2, cache=False, output=site.root / "three")
    thread = threading.Thread(target=lambda: report.append(build(options)))
    thread.start()
    thread.join()
    assert report[0].published
    three = site.root / "three"
    assert all((three / path).read_bytes() == content for path, content in expected.items())


def test_no_cache_leaves_nothing(site: InlineSite) -> None:
    assert site.build(cache=False).published
    assert not (site.root / ".sitegen").exists()
    assert not list(site.root.glob(".*"))


@pytest.mark.parametrize("damage", ["gone", "foreign", "cut", "folder"])
def test_a_damaged_cache_only_costs_time(built: InlineSite, damage: str) -> None:
    before = built.tree()
    cache = built.root / ".sitegen" / "cache.sqlite"
    data = cache.read_bytes()
    cache.unlink()
    if damage == "foreign":
        cache.write_bytes(b"a poem, or something else that is no database at all" * 100)
    elif damage == "cut":
        cache.write_bytes(data[: len(data) // 2])
    elif damage == "folder":
        cache.mkdir()
    built.replace(RENTS, "A rent cap was", "The rent cap was")
    assert built.build().published
    built.replace(RENTS, "The rent cap was", "A rent cap was")
    assert built.build().published
    assert built.tree() == before


def test_the_second_build_waits_and_says_for_whom(built: InlineSite) -> None:
    said: list[str] = []
    release = threading.Timer(0.2, lambda: os.kill(holder.pid, signal.SIGTERM))
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom sitegen.engine.lock import locked\n"
        "with locked(Path(sys.argv[1]), print):\n    print('held', flush=True)\n    time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(built.root / ".sitegen" / "lock")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        release.start()
        built.replace(RENTS, "A rent cap was", "The rent cap was")
        report = build(built.options(), notice=said.append)
    assert report.published
    assert said == [f"process {holder.pid} is building this publication; waiting for it"]


def test_a_lock_goes_with_its_holder(tmp_path: Path) -> None:
    for _ in range(2):
        with locked(tmp_path / "lock", pytest.fail):
            pass


def test_a_warning_moves_with_the_line_that_it_points_at(built: InlineSite) -> None:
    built.replace("content/sources/report-2024.md", "kind: report", "status: retracted")
    before = [each.span for each in built.build().diagnostics if each.path == RENTS]
    built.replace(RENTS, "title:", "\n\ntitle:")
    after = [each.span for each in built.build().diagnostics if each.path == RENTS]
    assert [each and each.line for each in before] == [9]
    assert [each and each.line for each in after] == [11]


def test_pages_of_another_template_are_rendered_from_stored_views(
    built: InlineSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def spied(recipe: Recipe, *rest: object) -> object:
        made.append(recipe.output_path)
        return make_view(recipe, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(pages, "make_view", spied)
    for name in ("explainer.html", "source.html", "topic.html", "term.html", "author.html"):
        text = (default_folder() / name).read_text("utf-8")
        text = text.replace("{% block main %}", "{% block main %}<!-- another -->")
        built.edit(f"-- templates/{name} --\n{text}")
    page = "explainers/rents/index.html"
    assert page in rendered(built)
    assert built.output(page).count("<!-- another -->") == 1
    assert not made
    # Where the text is another as well, so is the view.
    built.replace("templates/explainer.html", "<!-- another -->", "<!-- a third -->")
    built.replace("content/explainers/rents.md", "in one year", "in 2024")
    assert page in rendered(built)
    assert page in made
    assert "in 2024" in built.output(page)
