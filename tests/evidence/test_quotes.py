"""The quotation lock, as an editor meets it."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from sitegen.cli.main import sitegen_command
from tests.sites import InlineSite

RENTS = "content/explainers/rents.md"
SNAPSHOT = """
-- content/snapshots/report-2024.txt --
The Rent Office. In 2024, rents rose by 4 per cent. “A cap is not
planned,” the minister said. Die Miete stieg um vier Prozent.
"""


def quotes(site: InlineSite, *arguments: str) -> str:
    done = CliRunner().invoke(sitegen_command, ["quotes", "--root", str(site.root), *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return done.output


def text_of(site: InlineSite, body: str) -> InlineSite:
    return site.replace(RENTS, "A rent cap was discussed.", body)


@pytest.fixture
def lock(site: InlineSite) -> InlineSite:
    """A publication with a snapshot, and its receipts written."""
    site.edit(SNAPSHOT)
    quotes(site, "--write")
    return site


def test_a_changed_word_in_a_passage_is_an_error_with_its_place_and_the_difference(
    lock: InlineSite,
) -> None:
    assert lock.said() == ""
    lock.replace(RENTS, '"rose by 4 per cent"', '"rose by 3 per cent"')
    assert lock.said() == (
        "content/explainers/rents.md:19:65: error[quotation-not-found]: "
        "'rose by 3 per cent' is not in 'report-2024'\n"
        "  19 | The office says [rents rose by 4 per cent]"
        '[@report-2024, p. 2, "rose by 3 per cent"] in one year.\n'
        "     | " + " " * 64 + "^^^^^^^^^^^^^^^^^^\n"
        "  help: nearest there, [-ours-] {+the source's+}: rose by [-3-] {+4+} per cent\n"
    )


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ('He said "a cap is surely planned" [@report-2024].', 20),
        ("He said “A cap is planned,”[@report-2024, p. 3].", 20),
        ("[He said «a cap is planned»][@report-2024].", 20),
        ("He said „a cap is planned“ [@report-2024].", 20),
        ("He said »a cap is planned«[@report-2024].", 20),
        ("彼は「家賃は四パーセント上がった」[@report-2024]と言った。", 20),
        ("Said:\n\n> A cap is planned\n> for all. [@report-2024]\n", 22),
        ("Said:\n\n> A cap is planned.\n>\n> -- The minister [@report-2024]\n", 22),
        ('"It rose by four" [@report-2024, "Die Miete stieg um fünf"]{translated}', 20),
    ],
)
def test_each_kind_of_quotation_is_checked(lock: InlineSite, body: str, line: int) -> None:
    text_of(lock, body)
    found = lock.check().diagnostics
    assert [each.code for each in found] == ["quotation-not-found"]
    assert found[0].span is not None
    assert found[0].span.line == line


@pytest.mark.parametrize(
    "body",
    [
        'He said "a cap is … planned" or so, by a report [@report-2024].',
        'He said "A cap is not\nplanned" [@report-2024].',
        "He said “[a] cap is not … the minister said” [@report-2024].",
        "Said:\n\n> A cap is not planned. [@report-2024]\n",
        'He said "a cap" [@report-2024].',
        '"It rose by four" [@report-2024, "Die Miete stieg um vier"]{translated}',
        "[Rents rose by a lot][@report-2024].",
    ],
)
def test_what_stands_in_the_source_or_is_no_quotation_passes(lock: InlineSite, body: str) -> None:
    assert text_of(lock, body).said() == ""


def test_a_receipt_vouches_where_the_snapshot_is_not(lock: InlineSite) -> None:
    assert "1 checked, 0 by receipt" in quotes(lock)
    lock.build()
    assert "Quotation: checked" in lock.output("explainers/rents/index.html")
    lock.delete("content/snapshots/report-2024.txt")
    assert "0 checked, 1 by receipt" in quotes(lock)
    lock.build()
    assert "Quotation: by receipt" in lock.output("explainers/rents/index.html")
    assert "Quotation: by receipt" in lock.output("sources/report-2024/index.html")
    lock.replace(RENTS, '"rose by 4 per cent"', '"rose by 5 per cent"')
    assert [each.code for each in lock.check().diagnostics] == ["quotation-without-receipt"]
    assert "1 not found" in quotes(lock)
    quotes(lock, "--write")
    assert [each.code for each in lock.check().diagnostics] == ["quotation-without-receipt"]
    lock.replace(RENTS, '"rose by 5 per cent"', '"rose  by 4\u00a0per cent."')
    assert lock.said() == ""


def test_without_snapshot_and_receipt_a_quotation_is_unchecked(site: InlineSite) -> None:
    assert site.said() == ""
    row = json.loads(quotes(site, "--format", "json"))["quotations"][0]
    assert (row["path"], row["line"], row["standing"]) == (RENTS, 19, "unchecked")
    site.build()
    assert "Quotation: unchecked" in site.output("explainers/rents/index.html")


def test_receipts_hold_no_word_of_the_source_and_change_only_with_it(lock: InlineSite) -> None:
    receipts = lock.root / "content/receipts.json"
    before = receipts.read_text()
    assert "rents" not in before
    quotes(lock, "--write", "--as-of", "2030-01-01")
    assert receipts.read_text() == before
    lock.replace("content/snapshots/report-2024.txt", "In 2024,", "In the year 2024,")
    quotes(lock, "--write", "--as-of", "2030-01-01")
    assert json.loads(receipts.read_text())["receipts"][0]["day"] == "2030-01-01"


def test_what_cannot_be_read_is_said_and_never_a_traceback(site: InlineSite) -> None:
    site.edit(SNAPSHOT).edit("-- content/receipts.json --\n{]")
    (site.root / "content/snapshots/nobody.txt").write_bytes(b"x")
    (site.root / "content/snapshots/link.txt").symlink_to("/etc/hostname")
    (site.root / "content/snapshots/report-2024.txt").write_bytes(b"a\n\xff")
    codes = {each.path.rpartition("/")[2]: each.code for each in site.check().diagnostics}
    assert codes == {
        "receipts.json": "bad-receipts",
        "nobody.txt": "stray-file",
        "link.txt": "not-a-file",
        "report-2024.txt": "not-utf8",
        "rents.md": "quotation-not-found",
    }


def test_nothing_of_a_snapshot_is_published(lock: InlineSite) -> None:
    lock.build()
    assert not [path for path in lock.tree() if "snapshot" in path or "receipts" in path]
    assert not [path for path, data in lock.tree().items() if b"not\nplanned" in data]


def test_a_warm_build_checks_only_what_changed(
    lock: InlineSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sitegen.evidence import check

    checked: list[str] = []
    real = check.check

    def noting(quotations, *rest):  # type: ignore[no-untyped-def]
        checked.extend(each.text for each in quotations)
        return real(quotations, *rest)

    monkeypatch.setattr(check, "check", noting)
    text_of(lock, 'He said "A cap is not planned" [@report-2024].')
    lock.edit("-- content/explainers/b.md --\n" + (lock.root / RENTS).read_text())
    settled(lock.root)
    lock.build()
    assert len(checked) == 4
    checked.clear()
    lock.replace("content/topics/housing.md", "About", "On")
    lock.build()
    assert checked == []
    lock.replace("content/explainers/b.md", "Why rents rise", "Why rents fall")
    lock.build()
    assert len(checked) == 2
    checked.clear()
    lock.replace("content/snapshots/report-2024.txt", "The Rent Office", "An office")
    lock.build()
    assert len(checked) == 4


def settled(root: Path) -> None:
    """Make every file look as if it had been written long ago."""
    for path in (root / "content").rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


_SEED = (
    Path(__file__).parents[2] / "content/snapshots/japannews-2025-02-06-joint-statement-preview.txt"
)


@pytest.mark.skipif(not _SEED.exists(), reason="the seed article's text is not on this machine")
def test_the_shipped_quotations_stand_in_the_seed_article() -> None:
    done = CliRunner().invoke(
        sitegen_command, ["quotes", "--root", str(_SEED.parents[2]), "--format", "json"]
    )
    rows = json.loads(done.stdout)["quotations"]
    seed = [row for row in rows if row["source"].startswith("japannews-2025-02-06")]
    assert seed
    assert {row["standing"] for row in seed} == {"checked"}
