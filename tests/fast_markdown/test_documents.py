"""Every Markdown document of this repository comes out the same, in any order."""

import random
from pathlib import Path

import pytest

from tests.fast_markdown.pairs import SETS, Pair

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "content/**/*.md", "docs/**/*.md", "tests/**/*.md")
    for path in ROOT.glob(pattern)
)


def bodies() -> list[str]:
    texts = [path.read_text("utf-8") for path in DOCUMENTS]
    return [text.split("\n---\n", 1)[-1] for text in texts]


def test_there_are_documents() -> None:
    assert len(DOCUMENTS) > 50


@pytest.mark.parametrize("name", SETS)
def test_documents_are_the_same(name: str) -> None:
    pair = Pair(SETS[name], is_ours=name == "ours")
    for body in bodies():
        pair.same(body)


def test_documents_are_the_same_in_xhtml() -> None:
    pair = Pair(SETS["ours"], output_format="xhtml")
    for body in bodies():
        pair.same(body)


def test_a_converter_is_reused_in_any_order() -> None:
    pair = Pair(SETS["ours"], is_ours=True)
    texts = bodies()
    first = {text: pair.same(text) for text in texts}
    chance = random.Random(1)
    for text in chance.sample(texts, len(texts)):
        again = pair.same(text)
        assert "cites" in again or again == first[text]


@pytest.mark.parametrize("text", ["- #\n<", "- # a\nb & c > d", "- ## *x*\n<b"])
def test_what_stands_behind_a_heading_is_escaped_for_the_contents(text: str) -> None:
    Pair(SETS["ours"]).same(text)
