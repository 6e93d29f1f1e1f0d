"""The Python interface, as docs/python.md shows it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import sitegen
from tests.sites import InlineSite

DOC = Path(__file__).parent.parent / "docs" / "python.md"


def test_the_example_of_the_docs_runs(
    site: InlineSite, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    example = re.search(r"```python\n(.*?)```", DOC.read_text("utf-8"), re.S)
    assert example
    monkeypatch.chdir(site.root.parent)
    code = example[1].replace('"briefings"', f'"{site.root.name}"')
    exec(code, {})
    assert capsys.readouterr().out == "published\n"
    site.replace("content/explainers/rents.md", "[housing]", "[houses]")
    exec(code, {})
    said = capsys.readouterr().out
    assert "content/explainers/rents.md:5: error[unknown-topic]: no topic 'houses'\n" in said
    assert said.endswith("the last site stays as it was\n")


def test_a_build_and_a_check_report_what_they_did(site: InlineSite) -> None:
    report = sitegen.build(site.root, as_of="2025-02-01", search=False, output=site.root / "o")
    assert report.published
    assert "explainers/rents/index.html" in report.written
    assert (site.root / "o/index.html").is_file()
    checked = sitegen.check(str(site.root), as_of="2025-02-01")
    assert (checked.published, checked.diagnostics) == (False, ())


def test_importing_it_is_light_and_the_package_can_still_be_called(tmp_path: Path) -> None:
    code = (
        "import sys, sitegen; heavy = {'markdown', 'jinja2', 'click', 'msgspec', 'yaml'};"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules);"
        "import sitegen.build, pathlib; assert callable(sitegen.build);"
        "print(sitegen.build(sys.argv[1], jobs=1, cache=False).diagnostics[0].code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True
    )
    assert (done.stdout, done.stderr) == ("unreadable-file\n", "")
    with pytest.raises(AttributeError, match="no attribute 'bild'"):
        _ = sitegen.bild
