"""A Python-Markdown that is not the one compared runs as it is, part by part."""

from collections.abc import Iterator

import markdown
import pytest

from sitegen.fast_markdown import stock
from tests.fast_markdown.pairs import SETS, Pair
from tests.fast_markdown.test_documents import bodies


@pytest.fixture
def _forgotten() -> Iterator[None]:
    stock.is_known.cache_clear()
    yield
    stock.is_known.cache_clear()


def test_the_digests_are_those_of_the_version_compared() -> None:
    unknown = [
        part
        for part, (digest, objects) in stock._SOURCES.items()
        if stock.source_digest(objects) != digest
    ]
    if markdown.__version__ not in stock._COMPARED:
        pytest.skip(f"Python-Markdown {markdown.__version__} runs without: {unknown}")
    assert not unknown


@pytest.mark.usefixtures("_forgotten")
@pytest.mark.parametrize("lost", [None, *stock._SOURCES])
def test_an_unknown_part_runs_as_it_is(lost: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = {
        part: ("" if lost in (part, None) else digest, objects)
        for part, (digest, objects) in stock._SOURCES.items()
    }
    monkeypatch.setattr(stock, "_COMPARED", ())
    monkeypatch.setattr(stock, "_SOURCES", sources)
    assert not stock.is_known(lost or "inline")
    pair = Pair(SETS["extra, quotes, toc"])
    for body in bodies()[:10]:
        pair.same(body)
