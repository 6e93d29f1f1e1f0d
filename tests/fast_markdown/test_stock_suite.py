"""Python-Markdown's own tests and the examples of CommonMark."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import markdown
import pytest

from tests.fast_markdown.pairs import SETS, Pair
from tests.fast_markdown.sdists import unpacked

ROOT = Path(__file__).parents[2]
MARKDOWN_IT = "4.3.0"


def outcome(folder: Path, chosen: str) -> dict[str, Any]:
    program = Path(__file__).with_name("stock_suite.py")
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    result = subprocess.run(
        [sys.executable, str(program), chosen],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert result.stdout, result.stderr[-3000:]
    found: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    return found


def test_its_own_tests_pass(request: pytest.FixtureRequest) -> None:
    folder = unpacked(request.config, "Markdown", markdown.__version__)
    stock, fast = outcome(folder, "stock"), outcome(folder, "fast")
    assert fast["run"] == stock["run"] > 900
    assert fast["failed"] == stock["failed"], fast["traces"]
    assert fast["compared"] > 500
    assert not fast["differing"]


def test_its_text_files_are_the_same(request: pytest.FixtureRequest) -> None:
    folder = unpacked(request.config, "Markdown", markdown.__version__)
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("tests/**/*.txt"))]
    assert len(texts) >= 100
    for extensions in SETS.values():
        pair = Pair(extensions)
        for text in texts:
            pair.same(text)


@pytest.mark.parametrize("name", SETS)
def test_the_examples_of_commonmark_are_the_same(name: str, request: pytest.FixtureRequest) -> None:
    folder = unpacked(request.config, "markdown-it-py", MARKDOWN_IT)
    examples = json.loads((folder / "tests/test_cmark_spec/commonmark.json").read_text("utf-8"))
    assert len(examples) > 600
    pair = Pair(SETS[name])
    for example in examples:
        pair.same(example["markdown"])
