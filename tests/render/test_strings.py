"""The words of the interface: one table for each language, complete, and nothing in it unused."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
TABLES = sorted((ROOT / "templates" / "strings").glob("*.yaml"))


def words(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text of a table with its keys, joined by points."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from words(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", str(value)


def read(path: Path) -> dict[str, str]:
    return dict(words(yaml.safe_load(path.read_text("utf-8"))))


ENGLISH = read(ROOT / "templates" / "strings" / "en.yaml")


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_a_table_has_every_key_with_the_same_names_to_fill_in(path: Path) -> None:
    table = read(path)
    assert list(table) == list(ENGLISH)
    names = re.compile(r"\{\w+\}")
    differ = [
        key for key in ENGLISH if set(names.findall(table[key])) - set(names.findall(ENGLISH[key]))
    ]
    assert not differ


def test_every_key_is_used() -> None:
    files = [
        *(ROOT / "templates").rglob("*.html"),
        *(ROOT / "templates" / "assets").glob("*.js"),
        *(ROOT / "sitegen").rglob("*.py"),
    ]
    text = "\n".join(file.read_text("utf-8") for file in files)
    unused = {key for key in ENGLISH if not re.search(rf"\b{key.split('.')[0]}\b", text)}
    assert not unused
