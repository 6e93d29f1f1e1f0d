"""What readers ask of the search client, in a real browser, against a scan of the documents."""

import random
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.search.words import is_cjk, words_of
from tests.search.conftest import SearchPage
from tests.search.memory import Entry
from tests.search.strategies import SENTENCES, VOCABULARY, entries

pytestmark = pytest.mark.browser


def fields(entry: Entry) -> Iterator[str]:
    yield from (entry.title, *entry.names, entry.summary, entry.body)
    for heading, text in entry.sections:
        yield from (heading, text)


def says(entry: Entry, phrase: str) -> bool:
    """Return whether a field holds a phrase, word for word."""
    wanted = parts(phrase)
    for text in fields(entry):
        here = parts(text)
        for start in range(len(here) - len(wanted) + 1):
            if here[start : start + len(wanted)] == wanted:
                return True
    return False


def parts(text: str) -> list[str]:
    """Return the words of a text in their places; of CJK one character in each."""
    places: dict[int, str] = {}
    for word, place in words_of(text):
        places.setdefault(place, word[0] if is_cjk(word) else word)
    return [places[place] for place in sorted(places)]


@settings(max_examples=8)
@given(entries(), st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=3))
def test_every_document_that_holds_all_words_is_found(
    search_page: SearchPage, documents: list[Entry], query: list[str]
) -> None:
    search_page.write(documents)
    found = set(search_page.found(" ".join(query)))
    for entry in documents:
        if all(says(entry, word) for word in query):
            assert entry.url in found


@settings(max_examples=10)
@given(entries(), st.data())
def test_a_phrase_finds_exactly_the_documents_that_hold_it(
    search_page: SearchPage, documents: list[Entry], data: st.DataObject
) -> None:
    search_page.write(documents)
    for _ in range(4):
        text = data.draw(st.sampled_from([each for doc in documents for each in fields(doc)]))
        pieces = text.split()
        if not pieces:
            continue
        start = data.draw(st.integers(0, len(pieces) - 1))
        phrase = " ".join(pieces[start : start + data.draw(st.integers(1, 4))])
        expected = {entry.url for entry in documents if says(entry, phrase)}
        assert set(search_page.found(f'"{phrase}"')) == expected, phrase
        left = {entry.url for entry in documents} - expected
        assert set(search_page.found(f'-"{phrase}"')) == left, phrase


@settings(max_examples=8)
@given(entries(), SENTENCES)
def test_facets_count_what_choosing_them_shows(
    search_page: SearchPage, documents: list[Entry], query: str
) -> None:
    search_page.write(documents)
    found = set(search_page.found(query))
    answer = search_page.search(query, facets=["topic", "source", "publisher"])
    own = [entry for entry in documents if entry.url in found]
    values: dict[str, Counter[str]] = {
        "kind": Counter(entry.kind for entry in own),
        "language": Counter(entry.lang for entry in own),
        "year": Counter(entry.date[:4] for entry in own if entry.date),
        "topic": Counter(f"Topic {name}" for entry in own for name in entry.topics),
        "source": Counter(
            f"Source {name}"
            for entry in own
            for name in {*entry.sources, *([entry.name] if entry.kind == "source" else [])}
        ),
    }
    for facet, counts in values.items():
        assert answer["facets"][facet] == dict(counts), facet
    assert answer["total"] == len(own)
    for facet in ("kind", "year", "topic", "source"):
        for value, count in list(values[facet].items())[:2]:
            chosen = search_page.search(query, filters={facet: [value]}, facets=["topic"])
            assert chosen["total"] == count
            assert chosen["facets"][facet] == answer["facets"][facet]  # what else could be chosen


SHELF = [
    Entry(name="rents", title="Why rents rise", date="2024-01-01", summary="Of rent control.",
          body="The office said rents rose. " * 3,
          sections=(("What happened", "A hosted payload flew."), ("Next", "Control of rents."))),
    Entry(name="scattered", title="Other things", date="2024-02-01",
          body="Control is one thing. " + "Filler goes here. " * 10 + "And rent is another."),
    Entry(name="near", title="More things", date="2024-02-01",
          body="Filler goes here. " * 10 + "It is about rent control. Filler goes here."),
    Entry(name="equal", title="Equal merit", body="zebra crossing", date="2024-05-05"),
    Entry(name="newer", title="Equal merit", body="zebra crossing", date="2025-05-05"),
    Entry(name="equal", title="Equal merit", body="zebra crossing", kind="source"),
    Entry(name="equal", title="Equal merit", body="zebra crossing", kind="topic"),
    Entry(name="jet", title="The F-35", body="An F-35 for the U.S. at 1,000 places."),
    Entry(name="ja", title="尖閣諸島の<b>島</b>", lang="ja", body="サイバー防御 Ōsaka の話。"),
    Entry(name="de", title="Häuser & Wohnungen", lang="de", body="Die Häuser stehen leer."),
    Entry(name="rtl", title="كتاب", lang="ar", body="هذا كِتَابٌ جميل"),
]  # fmt: skip  # one a line


@pytest.fixture(scope="module")
def shelf(search_page: SearchPage) -> SearchPage:
    search_page.write(SHELF)
    return search_page


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("rent control", "explainer/rents/"),
        ("payloads hosting", "explainer/rents/"),
        ("F35", "explainer/jet/"),
        ("F 35", "explainer/jet/"),
        ("f-35", "explainer/jet/"),
        ("US 1000", "explainer/jet/"),
        ("u.s.", "explainer/jet/"),
        ("サイバー防御", "explainer/ja/"),
        ("ｻｲﾊﾞｰ", "explainer/ja/"),
        ("osaka", "explainer/ja/"),
        ("島", "explainer/ja/"),
        ("haus wohnung", "explainer/de/"),
        ("HÄUSER", "explainer/de/"),
        ("كتاب", "explainer/rtl/"),
        ("zebra", "explainer/newer/"),
    ],
)
def test_a_reader_finds_what_was_meant(shelf: SearchPage, query: str, first: str) -> None:
    assert shelf.found(query)[0] == first


def test_words_near_each_other_come_before_the_same_words_apart(shelf: SearchPage) -> None:
    found = shelf.found("rent control")
    assert found.index("explainer/near/") < found.index("explainer/scattered/")


def test_kinds_come_in_their_order_at_equal_merit(shelf: SearchPage) -> None:
    assert shelf.found("zebra crossing") == [
        "explainer/newer/",
        "explainer/equal/",
        "topic/equal/",
        "source/equal/",
    ]


def test_any_word_is_enough_and_all_are_better(shelf: SearchPage) -> None:
    found = shelf.found("payload zebra office")
    assert found[0] == "explainer/rents/"
    assert "explainer/equal/" in found


def test_the_last_word_may_be_unfinished_while_typing(shelf: SearchPage) -> None:
    assert "explainer/rents/" in shelf.found("host payl", typing=True)
    assert shelf.found("payl") == []


def test_newest_first_sorts_by_date(shelf: SearchPage) -> None:
    assert shelf.found("zebra", sort="new")[:2] == ["explainer/newer/", "explainer/equal/"]


def test_a_section_that_matches_is_shown_with_its_anchor(shelf: SearchPage) -> None:
    (result,) = shelf.search("hosted payload")["results"]
    assert result["sections"][0]["title"] == "What happened"
    assert result["sections"][0]["url"].endswith("/explainer/rents/#s0")
    marked = [text for text, match in result["sections"][0]["excerpt"] if match]
    assert marked == ["hosted", "payload"]


def test_titles_and_excerpts_are_text(shelf: SearchPage) -> None:
    result = shelf.search("尖閣諸島")["results"][0]
    assert result["title"] == "尖閣諸島の<b>島</b>"
    result = shelf.search("サイバー")["results"][0]
    assert ["サイバー", True] in result["excerpt"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("paylaod", "payload"), ("ofice rent", "office rent"), ("xebra", "zebra")],
)
def test_a_misspelt_word_brings_the_publications_own(
    shelf: SearchPage, typed: str, meant: str
) -> None:
    assert shelf.search(typed)["suggestions"] == [meant]


@pytest.mark.parametrize(
    "query",
    [
        "x" * 10_000,
        "rent " * 2_000,
        "((((((((((a+)+)+)+)+)+)+)$ [ \\ . * ? ^ | {1,99999}",
        '-"" "" - -- "',
        "-",
        '"' * 5_000,
        "\u202eكتاب\u200f <script>alert(1)</script>",
        "__proto__ constructor toString",
        "\ud83d\ude00 \u0000 %00 ../..",
        "東" * 5_000,
    ],
)
def test_no_query_is_slow_or_breaks_anything(shelf: SearchPage, query: str) -> None:
    milliseconds = shelf.page.evaluate(
        """async (query) => {
          const began = performance.now();
          await window.index.search(query, { facets: ["source"] });
          return performance.now() - began;
        }""",
        query,
    )
    assert milliseconds < 2_000


def test_the_page_is_never_kept_waiting(shelf: SearchPage) -> None:
    longest = shelf.page.evaluate(
        """async () => {
          let longest = 0;
          new PerformanceObserver((list) => {
            for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
          }).observe({ type: "longtask" });
          for (const query of ["rent control", "zebra", "島"]) await window.index.search(query);
          await new Promise((resolve) => setTimeout(resolve, 50));
          return longest;
        }"""
    )
    assert longest <= 50


def test_a_search_can_be_taken_back(shelf: SearchPage) -> None:
    outcome = shelf.page.evaluate(
        """async () => {
          const controller = new AbortController();
          const first = window.index.search("rent", { signal: controller.signal });
          const second = window.index.search("zebra");
          controller.abort();
          const name = await first.catch((error) => error.name);
          return [name, (await second).total];
        }"""
    )
    assert outcome == ["AbortError", 4]


def test_what_was_fetched_once_is_found_offline(shelf: SearchPage) -> None:
    assert shelf.found("zebra")
    shelf.page.context.set_offline(True)
    try:
        assert shelf.found("zebra")
    finally:
        shelf.page.context.set_offline(False)


def test_a_missing_index_is_an_error_that_can_be_caught(shelf: SearchPage) -> None:
    failed = shelf.page.evaluate(
        """async (base) => {
          const { open } = await import(`${base}assets/search-client.js`);
          return open(`${base}nowhere/`).then(() => "", (error) => error.message);
        }""",
        shelf.home,
    )
    assert "start.bin" in failed


def test_common_words_and_many_pages_are_found_by_chance(search_page: SearchPage) -> None:
    chance = random.Random(3)
    documents = [
        Entry(
            name=f"e{number}",
            title=f"Page {number}",
            body=" ".join(chance.choices(["the", "of", "rent", "tax", f"only{number}"], k=80)),
        )
        for number in range(300)
    ]
    search_page.write(documents)
    for phrase in ("rent of the", "tax tax rent"):
        expected = {entry.url for entry in documents if says(entry, phrase)}
        assert set(search_page.found(f'"{phrase}"')) == expected
    number = next(n for n in range(257, 300) if f"only{n}" in documents[n].body)
    assert search_page.found(f"only{number}") == [f"explainer/e{number}/"]
