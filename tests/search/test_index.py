"""The index holds what documents say, the same bytes however it came about, and little changes."""

import random

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sitegen.search.chunks import decode_chunk, in_order, name_of, unpack
from sitegen.search.index import files_of
from sitegen.search.record import IndexRecord, places_path, words_path
from sitegen.search.stems import parts_of
from sitegen.search.varints import encode_places, read_varint, split_places
from sitegen.search.words import words_of
from tests.search.memory import Entry, MemoryStore
from tests.search.strategies import SENTENCES, entries


def many(count: int) -> list[Entry]:
    chance = random.Random(1)
    vocabulary = [f"{chance.choice('abcdst')}word{number}" for number in range(1500)]
    return [
        Entry(
            name=f"e{number}",
            title=" ".join(chance.choices(vocabulary, k=5)),
            body=" ".join(chance.choices(vocabulary, k=200)),
            date=f"20{number % 20 + 10}-01-01",
        )
        for number in range(count)
    ]


@given(st.lists(st.integers(0, 100_000), min_size=1))
def test_places_are_read_as_they_were_written(numbers: list[int]) -> None:
    places = sorted(numbers)
    data = encode_places(places)
    found: list[int] = []
    at = 0
    count, at = read_varint(data, at)
    for _ in range(count):
        step, at = read_varint(data, at)
        found.append(step + (found[-1] if found else 0))
    assert found == places
    assert split_places(data + encode_places([7]), 2) == [data, encode_places([7])]


def holders(store: MemoryStore, record: IndexRecord) -> dict[str, set[str]]:
    """Return which documents hold each word, as the index's files say."""
    by_place = {(each.segment, each.low): each.found.url for each in record.documents}
    found: dict[str, set[str]] = {}
    for bucket in record.buckets.values():
        for chunk in bucket.chunks:
            name = name_of(chunk.first)
            parts = [
                unpack(store.files[places_path(name, part)]) for part in range(len(chunk.places))
            ]
            for key, blocks in decode_chunk(unpack(store.files[words_path(name)]), parts).items():
                for block in blocks:
                    low = 0
                    for step in block.steps:
                        low += step
                        found.setdefault(parts_of(key)[1], set()).add(by_place[block.segment, low])
    return found


@given(entries())
def test_every_word_of_every_document_is_held(documents: list[Entry]) -> None:
    store = MemoryStore()
    record = store.index(documents)
    expected: dict[str, set[str]] = {}
    for entry in documents:
        told = [entry.title, *entry.names, entry.summary, entry.body]
        told += [text for section in entry.sections for text in section]
        for word, _ in words_of("\n".join(told)):
            expected.setdefault(word, set()).add(entry.url)
    # Pairs of characters that meet between two fields are no words of either.
    assert {word: urls for word, urls in holders(store, record).items() if urls} == expected


@given(entries(), st.randoms(use_true_random=False), st.lists(SENTENCES, min_size=8, max_size=8))
def test_an_index_after_edits_is_the_one_made_anew(
    documents: list[Entry], chance: random.Random, sentences: list[str]
) -> None:
    store = MemoryStore()
    record = store.index(documents)
    for number, sentence in enumerate(sentences):
        place = chance.randrange(len(documents))
        what = chance.randrange(5)
        documents = list(documents)
        if what == 0 and len(documents) > 1:
            del documents[place]
        elif what == 1:
            documents.append(Entry(name=f"new{number}", title=sentence, date="2025-06-07"))
        elif what == 2:
            documents[place] = replace(documents[place], title=sentence)
        else:
            documents[place] = replace(documents[place], body=sentence)
        if chance.random() < 0.2:
            store.files.pop(chance.choice(sorted(store.files)))
        if chance.random() < 0.2:
            store.known.clear()
        record = store.index(documents, record)
        fresh = MemoryStore()
        assert fresh.index(documents) == record
        assert fresh.files == store.files


def test_an_edit_writes_only_the_chunks_of_its_words_and_its_own_page() -> None:
    documents = many(300)
    store = MemoryStore()
    record = store.index(documents)
    chunks = [path for path in store.files if path.startswith("words/")]
    edited = replace(documents[7], body=documents[7].body + " aword1 zebra")
    record = store.index([*documents[:7], edited, *documents[8:]], record)
    assert len(chunks) > 20
    kinds = [path.split("/")[0] for path in store.written]
    assert kinds.count("words") <= 3
    assert kinds.count("pages") == 1
    assert "sources.bin" not in store.written
    fresh = MemoryStore()
    fresh.index([*documents[:7], edited, *documents[8:]])
    assert fresh.files == store.files


def test_a_newer_page_leaves_the_numbers_of_the_others() -> None:
    documents = many(300)
    store = MemoryStore()
    record = store.index(documents)
    store.index([*documents, Entry(name="new", title="aword1", date="2031-01-01")], record)
    assert len(store.written) < 12


def test_nothing_is_written_where_nothing_changed() -> None:
    documents = many(20)
    store = MemoryStore()
    record = store.index(documents)
    assert store.index(documents, record) is record
    assert not store.written


def test_a_chunk_stands_in_the_order_in_which_the_browser_looks() -> None:
    keys = ["\U00020000a", "\uff5e", "b", "a\tab", "a", "ab"]
    assert in_order(keys) == ["a", "a\tab", "ab", "b", "\U00020000a", "\uff5e"]


def test_every_file_of_an_index_is_named_once() -> None:
    store = MemoryStore()
    paths = [path for path, _ in files_of(store.index(many(300)))]
    assert len(paths) == len(set(paths)) == len(store.files)
