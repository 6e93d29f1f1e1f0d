"""The pages that are made of saved files before the rest of a build, and when there are none."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from sitegen.build import build
from tests.sites import InlineSite
from tests.test_warm_rendering import SECOND

RENTS = "content/explainers/rents.md"
PAGE = "explainers/rents/index.html"


@pytest.fixture
def built(site: InlineSite) -> InlineSite:
    site.edit(SECOND)
    assert site.build().published
    return site


def early(site: InlineSite, *saved: str) -> tuple[list[Mapping[str, bytes]], bool]:
    """Return the early pages of a build that knows what was saved, and whether none came later."""
    told: list[Mapping[str, bytes]] = []
    before_content: list[bool] = []

    def progress(stage: str, done: int, total: int) -> None:
        if stage == "load":
            before_content.append(bool(told))

    paths = frozenset(site.root.resolve() / path for path in saved)
    build(site.options(), progress, early=told.append, saved=paths)
    return told, before_content[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("A rent cap was discussed.", "A rent cap was discussed. Twice."),
        ("The office says", "The _office_ says"),
    ],
)
def test_a_page_of_saved_text_comes_before_other_files_are_looked_at(
    built: InlineSite, old: str, new: str
) -> None:
    built.replace(RENTS, old, new)
    told, first = early(built, RENTS)
    assert first
    assert [set(pages) for pages in told] == [{PAGE}]
    assert told[0][PAGE] == (built.root / "output" / PAGE).read_bytes()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Why rents rise", "title: Why rents fall"),
        ("## What comes next", "## What may come next"),
        ("[housing](../topics/housing.md)", "[money](../topics/money.md)"),
        ("A rent cap was", "A cap was"),
        ("[Rents rose][@report-2024].", "Nothing."),
    ],
)
def test_what_other_pages_show_too_waits_for_them(built: InlineSite, old: str, new: str) -> None:
    built.replace(RENTS, old, new)
    told, first = early(built, RENTS)
    assert not first
    assert [set(pages) for pages in told] == [{PAGE}]
    assert told[0][PAGE] == (built.root / "output" / PAGE).read_bytes()


def test_a_broken_file_has_no_early_page(built: InlineSite) -> None:
    built.replace(RENTS, "A rent cap was discussed.", "[Nothing](nowhere.md).")
    assert early(built, RENTS) == ([], False)


def test_a_file_that_was_saved_as_it_was_has_no_early_page(built: InlineSite) -> None:
    (built.root / RENTS).touch()
    assert early(built, RENTS) == ([], False)


def test_a_new_file_waits_for_the_others(built: InlineSite) -> None:
    path = "content/explainers/third.md"
    text = (built.root / "content/explainers/second.md").read_text()
    (built.root / path).write_text(text.replace("A second", "A third"))
    told, first = early(built, path)
    assert not first
    assert [set(pages) for pages in told] == [{"explainers/third/index.html"}]


def test_a_saved_link_is_not_followed(built: InlineSite, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    text = (built.root / RENTS).read_text()
    secret.write_text(text.replace("A rent cap was discussed.", "A rent cap and a secret."))
    (built.root / RENTS).unlink()
    (built.root / RENTS).symlink_to(secret)
    told, _ = early(built, RENTS)
    assert not any(b"a secret" in page for pages in told for page in pages.values())
