"""Our own publication uses every part of evidence that can be used without the outside world."""

import json
import re
import shutil
from pathlib import Path
from typing import cast

from sitegen.build import BuildOptions, check
from tests.html.test_weight import BASE_PATH

BILLS = "japantimes-2025-02-07-active-cyber-defense-bills"
LAW = "asahi-2025-05-16-active-cyber-defense-law"


def api(shipped: Path, name: str) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = json.loads(
        (shipped / f"output/api/{name}.json").read_text("utf-8")
    )
    return found


def test_the_pages_that_lean_on_the_superseded_source_say_so_and_only_they(shipped: Path) -> None:
    output = shipped / "output"
    changed = {
        str(each["id"])
        for each in api(shipped, "sources")["sources"]
        if each["status"] != "current"
    }
    assert changed == {BILLS}
    addresses = {
        str(each["id"]): str(each["url"]).partition(BASE_PATH)[2]
        for each in api(shipped, "explainers")["explainers"]
    }
    leaning = {
        addresses[str(edge["source"]).removeprefix("explainer:")]
        for edge in api(shipped, "graph")["edges"]
        if edge["type"] == "cites" and edge["target"] == f"source:{BILLS}"
    }
    assert len(leaning) == 4
    marks = {
        name: re.findall(
            r'<p class="warn"><b>(?:Superseded\.|後継の出典あり。)</b>', page.read_text("utf-8")
        )
        for name in addresses.values()
        for page in [output / name / "index.html"]
    }
    assert {name for name, found in marks.items() if found} == leaning
    # Each has taken account of it, so none has a banner or a marked number.
    assert not [
        page for page in output.rglob("*.html") if "data-source-status" in page.read_text("utf-8")
    ]
    record = (output / "sources" / BILLS / "index.html").read_text("utf-8")
    assert "A later source takes the place of this one." in record
    assert f'Replaced by: <a href="../{LAW}/">' in record


def test_a_strict_build_passes_and_fails_where_a_page_forgets_what_changed(
    shipped: Path, tmp_path: Path
) -> None:
    shutil.copytree(shipped / "content", tmp_path / "content")
    options = BuildOptions(root=tmp_path, strict=True)
    assert check(options).diagnostics == ()
    forgetful = tmp_path / "content/explainers/golden-age-language.md"
    text = forgetful.read_text("utf-8")
    assert f"acknowledge: [{BILLS}]\n" in text
    forgetful.write_text(text.replace(f"acknowledge: [{BILLS}]\n", ""), "utf-8")
    found = check(options).diagnostics
    assert [(each.path, each.code) for each in found] == [
        ("content/explainers/golden-age-language.md", "changed-source")
    ]
    assert f"or cite '{LAW}'" in (found[0].help or "")


def test_readers_meet_each_part_that_works_without_the_outside_world(shipped: Path) -> None:
    output = shipped / "output"
    pages = api(shipped, "evidence")["pages"]
    claims = [claim for page in pages for claim in cast("list[dict[str, object]]", page["claims"])]
    standings = {str(claim["standing"]) for claim in claims if claim["standing"]}
    assert standings in ({"by receipt", "unchecked"}, {"checked", "unchecked"})
    assert (output / "corrections/feed.xml").read_text("utf-8").count("<entry>") >= 4
    golden_age, guam, ministers = (
        (output / "explainers" / name / "index.html").read_text("utf-8")
        for name in ("golden-age-language", "marines-to-guam", "two-plus-two")
    )
    assert "translation is ours" in golden_age
    assert "as of 8 Jan 2026" in guam
    assert '"CorrectionComment"' in guam
    assert "One of these points rests on no primary source." in ministers
