"""The benchmark of search: its arithmetic, and judged queries that ask for pages that exist."""

import gzip
import math
import urllib.error
import urllib.request
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from bench.search.browser import Visit, permalink_of
from bench.search.collection import Missing, collections
from bench.search.engines import Size
from bench.search.judged import HALVES, Query, read_cranfield_queries, read_judged
from bench.search.measures import Quality, first_rank, quality, recall, reciprocal_rank
from bench.search.pages import read_page
from bench.search.report import cost_tables, quality_tables, update
from bench.search.results import (
    CostRow,
    QualityRow,
    SearchSession,
    Taken,
    read_sessions,
    write_session,
)
from bench.search.server import Served, served
from bench.search.targets import targets_table
from sitegen.build import BuildOptions, build
from tests.test_docs import ROOT

JUDGED = {half: read_judged(half) for half in HALVES}
EVERY = [query for half in HALVES for query in JUDGED[half]]


def test_the_first_relevant_page_counts() -> None:
    assert reciprocal_rank(["/a/", "/b/", "/c/"], ("/c/", "/b/")) == 0.5
    assert first_rank(["/a/", "/b/", "/c/"], ("/c/", "/b/")) == 2
    assert reciprocal_rank([], ("/a/",)) == 0


def test_what_stands_below_ten_results_counts_for_nothing() -> None:
    ranked = [f"/{number}/" for number in range(12)]
    assert reciprocal_rank(ranked, ("/9/",)) == 0.1
    assert reciprocal_rank(ranked, ("/10/",)) == 0
    assert recall(ranked, ("/0/", "/9/", "/10/", "/other/")) == 0.5


def test_figures_are_means_over_all_queries_those_without_result_too() -> None:
    queries = [
        Query("q1", "one", ("/a/", "/b/")),
        Query("q2", "two", ("/b/",)),
        Query("q3", "", ()),
    ]
    found = quality(queries[:2], [("/b/", "/a/"), ()])
    assert found == Quality(queries=2, mrr=0.5, recall=0.5, without_result=1)
    with pytest.raises(ValueError, match="shorter"):
        quality(queries, [()])


def test_each_relevant_page_is_a_page_of_the_shipped_publication(tmp_path: Path) -> None:
    output = tmp_path / "output"
    built = build(BuildOptions(root=ROOT, output=output, search=False, cache=False))
    assert built.published
    asked = {page for query in EVERY for page in query.relevant}
    assert [page for page in asked if not (output / f"{page[1:]}index.html").is_file()] == []


def test_there_are_queries_enough_in_both_languages() -> None:
    assert len(EVERY) >= 60
    for half in HALVES:
        spoken = Counter(query.lang for query in JUDGED[half])
        assert set(spoken) == {"en", "ja"}
        assert spoken["ja"] >= len(JUDGED[half]) / 4
        assert len(JUDGED[half]) == len(EVERY) / 2


def test_no_query_stands_in_both_halves_or_twice() -> None:
    assert len({query.id for query in EVERY}) == len(EVERY)
    assert len({query.query.casefold() for query in EVERY}) == len(EVERY)
    for query in EVERY:
        assert query.relevant
        assert len(set(query.relevant)) == len(query.relevant) <= 4


def test_odd_numbers_tune_and_even_ones_are_held_out() -> None:
    for half, rest in (("tune", 1), ("held-out", 0)):
        assert {int(query.id[1:]) % 2 for query in JUDGED[half]} == {rest}


def test_cranfield_is_named_where_it_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="--cranfield"):
        collections("cranfield", tmp_path / "work", tmp_path, ("sitegen",))
    path = tmp_path / "queries.jsonl"
    path.write_bytes(msgspec.json.encode({"query": "heat flow", "relevant": ["d1", "d2"]}))
    (query,) = read_cranfield_queries(path)
    assert query.relevant == ("/explainers/d1/", "/explainers/d2/")


def test_a_page_is_read_without_menus_and_notes() -> None:
    page = (
        "<head><title>Site</title></head><body><nav>Menu</nav><main><h1>The <i>title</i></h1>"
        "<p>One claim<sup>1<span>a card</span></sup>, <br>and <b>an</b>other.</p><p hidden>not</p>"
        "<ul><li>First<li>Last</ul></main><footer>Foot</footer></body>"
    )
    read = read_page("/a/", page)
    assert (read.title, read.text) == ("The title", "One claim , and another. First Last")


def test_the_server_packs_text_and_counts_what_it_sends(tmp_path: Path) -> None:
    text = "words and words " * 500
    (tmp_path / "words.json").write_text(text)
    (tmp_path / "words.bin").write_text(text)
    with served([tmp_path], "/below/", {"page.html": b"a page"}) as site:
        packed = urllib.request.urlopen(f"{site.base_url}words.json")
        assert gzip.decompress(packed.read()).decode() == text
        assert 0 < site.sent < len(text) / 2
        assert urllib.request.urlopen(f"{site.base_url}words.bin").read().decode() == text
        assert site.sent > len(text)
        assert urllib.request.urlopen(f"{site.base_url}page.html").read() == b"a page"
        for outside in ("/words.json", "/below/../words.json", "/below/none.json"):
            with pytest.raises(urllib.error.HTTPError, match="404"):
                urllib.request.urlopen(site.origin + outside)


def test_addresses_of_clients_become_permalinks() -> None:
    site = Served([], "/below/", {})
    site.origin = "http://127.0.0.1:1"
    for url in ("http://127.0.0.1:1/below/a/#part", "/below/a/?q=1", "a/"):
        assert permalink_of(site, url) == "/a/"


def test_what_is_required_stands_beside_what_was_measured() -> None:
    def row(engine: str, seconds: tuple[float, ...], size: int, mib: float) -> CostRow:
        return CostRow(
            explainers=10_000,
            engine=engine,
            version="1",
            first=tuple(Taken(run=run, seconds=each, cpu=each) for run, each in enumerate(seconds)),
            peak_mib=mib,
            size=Size(size, 10),
            visits=(Visit(mib, 10, (mib,)),),
        )

    ours, theirs = row("sitegen", (1, 9, 4), 90, 100), row("pagefind", (10, 10, 10), 100, 400)
    found = QualityRow(
        collection="cranfield",
        engine="sitegen",
        version="1",
        documents=1400,
        quality=Quality(queries=225, mrr=0.55, recall=0.4, without_result=0),
    )
    session = SearchSession(
        began="2026-11-26", machine="A machine", cost=(ours, theirs), quality=(found,)
    )
    told = targets_table([session])
    assert "| first index, seconds, against Pagefind | <= 0.4 | <= 0.2 | 0.4 | meets |" in told
    assert "| peak memory, against Pagefind | <= 0.25 | <= 0.1 | 0.25 | meets |" in told
    assert "| index on disk, bytes, against Pagefind | <= 1 | <= 0.5 | 0.9 | meets |" in told
    assert "| first query, ms, against Pagefind | <= 1 | <= 0.5 | 0.25 | meets the aim |" in told
    assert "| MRR@10, Cranfield | >= 0.53 | >= 0.58 | 0.55 | meets |" in told
    assert "edit, seconds, against Pagefind | <= 0.05 | <= 0.01 | not measured |  |" in told


def test_the_newest_figures_of_each_engine_stand_in_the_document(tmp_path: Path) -> None:
    def row(engine: str, mrr: float) -> QualityRow:
        return QualityRow(
            collection="shipped-tune",
            engine=engine,
            version="1",
            documents=91,
            quality=Quality(queries=50, mrr=mrr, recall=0.7, without_result=3),
            visits=(Visit(20, 40_000, (2, 4)), Visit(30, 50_000, (6,)), Visit(90, 60_000, ())),
            size=Size(123_000, 45),
        )

    taken = tuple(
        Taken(run=run, seconds=seconds, cpu=9) for run, seconds in enumerate((3.0, 1.0, 2.0))
    )
    cost = CostRow(explainers=1000, engine="pagefind", version="1", first=taken, peak_mib=700)
    old = SearchSession(
        began="2026-11-25 10:00:00", machine="A machine", quality=(row("a", 0.1), row("b", 0.2))
    )
    new = SearchSession(
        began="2026-11-26 10:00:00", machine="A machine", quality=(row("a", 0.9),), cost=(cost,)
    )
    for session in (new, old):
        write_session(session, tmp_path)
    sessions = read_sessions(tmp_path)
    assert sessions == [new, old]
    told = quality_tables(sessions)
    assert "| a 1 | 0.900 | 0.700 | 3 of 50 | 50 | 30 | 4.0 | 123 | 45 |" in told
    assert "| b 1 | 0.200 |" in told
    assert "0.100" not in told
    assert "| pagefind 1 | 3 | 2.00 (CPU 9.00) | not measured | 700 |" in cost_tables(sessions)
    parts = ("targets", "quality", "cost")
    marked = "\n".join(f"<!-- {name} -->\nstale\n<!-- end of {name} -->" for name in parts)
    written = update(f"Prose.\n{marked}\nEnd.\n", sessions)
    assert told in written
    assert "stale" not in written
    assert written == update(written, sessions)
    assert math.isclose(sessions[0].quality[0].quality.mrr, 0.9)
