"""Corrections that can't be forgotten."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitegen.cli.main import sitegen_command
from sitegen.evidence.facts import facts_of
from tests.sites import InlineSite

RENTS = "content/explainers/rents.md"
SAID = (
    "Rents [rose by 2 % on 6 February 2025][@report-2024, p. 9]. The head called it "
    "“a great burden on us all” [@report-2024]."
)


def ledger(site: InlineSite, *arguments: str) -> Result:
    command = ["ledger", "--root", str(site.root), "--as-of", "2025-02-01", *arguments]
    return CliRunner().invoke(sitegen_command, command)


def messages(site: InlineSite) -> list[str]:
    return [each.message for each in site.check().diagnostics]


@pytest.fixture
def published(site: InlineSite) -> InlineSite:
    site.replace(RENTS, "A rent cap was discussed.", SAID)
    assert ledger(site).output == "1 of 1 published explainers recorded\n"
    assert site.said() == ""
    return site


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2 %", "3 %", "'2 %' became '3 %' since 2025-02-01, and no correction says so"),
        ("6 February", "7 February", "'2025-02-06' became '2025-02-07' since 2025-02-01"),
        (" on us all", " on all", "'“a great burden on us all”' became '“a great burden on all”'"),
        (" by 2 %", "", "'2 %' is gone since 2025-02-01"),
        (SAID, "", "'2 %' is gone since 2025-02-01"),
        ("in 2024.", "in 2023.", "'2024' became '2023' since 2025-02-01"),
    ],
)
def test_a_changed_fact_is_an_error_until_a_correction_says_so(
    published: InlineSite, old: str, new: str, message: str
) -> None:
    published.replace(RENTS, old, new)
    found = published.check().diagnostics
    assert {each.code for each in found} == {"unsaid-change"}
    assert any(message in each.message for each in found), messages(published)
    assert all(each.path == RENTS and each.span for each in found)
    assert not published.build().published
    assert ledger(published).exit_code == 1
    entry = "corrections: [{date: 2025-01-31, kind: correction, text: We erred.}]"
    published.replace(RENTS, "authors:", f"{entry}\nauthors:")
    assert published.check().diagnostics[0].code == "unsaid-change"  # made before it was published
    published.replace(RENTS, "2025-01-31", "2025-02-01")
    assert published.said() == ""
    assert published.build().published
    assert "We erred." in published.output("explainers/rents/index.html")
    assert "We erred." in published.output("corrections/index.html")
    feed = published.output("corrections/feed.xml")
    assert "<title>Correction: Why rents rise</title>" in feed
    assert "/explainers/rents/#correction-1</id>" in feed
    assert 'title="Corrections" href="' in published.output("corrections/index.html")
    assert '"@type":"CorrectionComment"' in published.output("explainers/rents/index.html")
    assert ledger(published, "--check").exit_code == 1
    assert ledger(published).output == "1 of 1 published explainers recorded\n"
    assert ledger(published, "--check").exit_code == 0
    published.replace(RENTS, "We erred.", "We did not err.")
    assert [each.code for each in published.check().diagnostics] == ["lost-correction"]


def test_a_number_that_left_its_claim_is_missed_though_another_claim_has_it(
    published: InlineSite,
) -> None:
    published.replace(RENTS, SAID, SAID + " Wages [grew by 2 % in Old Town][@report-2024].")
    ledger(published)
    published.replace(RENTS, "grew by 2 % in", "grew in")
    (found,) = messages(published)
    assert found.startswith("'2 %' is gone since 2025-02-01")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2 %", "two per cent"),
        ("6 February 2025", "Feb. 6, 2025"),
        ("“a great burden on us all”", '"a great\nburden on us all,"'),
        ("Rents [rose", "By its count, rents [rose"),
        ("## What comes next", "It [rose by 5 % later][@report-2024].\n\n## What comes next"),
        (SAID, " ".join(reversed(SAID.split(" The head ")))),
    ],
)
def test_other_words_for_the_same_facts_need_no_correction(
    published: InlineSite, old: str, new: str
) -> None:
    assert published.replace(RENTS, old, new).said() == ""


def test_only_what_is_published_is_recorded_and_drafts_are_free(site: InlineSite) -> None:
    site.replace(RENTS, "authors:", "draft: true\nauthors:")
    assert ledger(site).output == "0 of 0 published explainers recorded\n"
    site.replace(RENTS, "4 per cent", "5 per cent")
    assert site.said() == ""


def test_a_published_page_does_not_vanish(published: InlineSite) -> None:
    text = (published.root / RENTS).read_text()
    published.replace(RENTS, "authors:", "draft: true\nauthors:")
    assert messages(published) == ["the explainer 'rents' was published and is a draft now"]
    published.edit(f"-- {RENTS} --\n" + re.sub("(?m)^date: .*", "date: 2025-03-01", text))
    assert messages(published) == ["the explainer 'rents' was published and is scheduled now"]


def test_a_ledger_that_comes_later_is_held_against_a_site_that_did_not_change(
    published: InlineSite,
) -> None:
    kept = (published.root / "content/ledger.json").read_text()
    published.delete("content/ledger.json")
    text = (published.root / RENTS).read_text()
    published.edit(f"-- {RENTS} --\n" + re.sub("(?m)^date: .*", "date: 2025-03-01", text))
    assert published.build().published
    (published.root / "content/ledger.json").write_text(kept)
    assert not published.build().published
    assert not published.build().published
    assert published.build(as_of="2025-01-31").published  # the day before it was published
    published.delete(RENTS)
    assert messages(published) == ["the explainer 'rents' was published and its file is gone"]
    renamed = text.replace("authors:", "aliases: [/explainers/rents/]\nauthors:")
    published.edit("-- content/explainers/flats.md --\n" + renamed)
    assert messages(published) == []
    published.replace("content/explainers/flats.md", "2 %", "9 %")
    assert any("'2 %' became '9 %'" in each for each in messages(published))
    published.delete("content/explainers/flats.md")
    published.edit(f"-- {RENTS} --\n" + text.replace("authors:", "expires: 2025-01-31\nauthors:"))
    assert messages(published) == []


def test_the_ledger_only_grows(published: InlineSite) -> None:
    path = published.root / "content/ledger.json"
    first = json.loads(path.read_text())["explainers"]["rents"]
    published.replace(RENTS, "2 %", "3 %")
    entry = "corrections: [{date: 2025-02-01, kind: update, text: More.}]"
    published.replace(RENTS, "authors:", f"{entry}\nauthors:")
    ledger(published)
    assert json.loads(path.read_text())["explainers"]["rents"][:-1] == first
    path.write_text("[]")
    assert [each.code for each in published.check().diagnostics] == ["bad-ledger"]


def test_a_warm_build_says_what_a_cold_one_says(published: InlineSite) -> None:
    published.build()
    published.replace(RENTS, "2 %", "3 %")
    warm = published.build().diagnostics
    assert [each.code for each in warm] == ["unsaid-change"]
    assert published.build(cache=False).diagnostics == warm
    published.replace(RENTS, "3 %", "2 %")
    assert published.build().diagnostics == ()
    (published.root / "content/ledger.json").unlink()
    published.replace(RENTS, "2 %", "3 %")
    assert published.build().diagnostics == ()


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("On 6 Feb. 2025 and February 6, 2025 and 2025年2月6日", ("2025-02-06",)),
        ("４％ or four per cent or 4 percent", ("4 %",)),
        ("1,200 million yen; 2.5", ("1200 million", "2.5")),
        ("家賃は「四倍」になり、5億円に", ("5 億", "“四倍”")),
        ("Er sagte „viel zu viel“, elle «beaucoup trop»", ("“beaucoup trop”", "“viel zu viel”")),
        ("It was \u22122 %, or \u20133 or -4, in 5\u20136 towns", ("-2 %", "-3", "-4", "5", "6")),
        ("No fact at all.", ()),
    ],
)
def test_facts_are_written_in_one_way(text: str, facts: tuple[str, ...]) -> None:
    assert facts_of(text) == facts


def test_the_shipped_publication_is_in_its_ledger() -> None:
    root = Path(__file__).parents[2]
    names = json.loads((root / "content/ledger.json").read_text("utf-8"))["explainers"]
    files = {path.stem for path in (root / "content/explainers").glob("*.md")}
    assert set(names) == files
