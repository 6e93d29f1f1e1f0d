"""The cache: slower where its file is damaged, never wrong."""

import os
import random
import sqlite3
from pathlib import Path

import pytest

from sitegen.engine.cache import Cache
from sitegen.engine.digest import digest

VALUES = {digest(b"%d" % number) + b"d": b"value %d " % number * 40 for number in range(60)}
PAGES = [(digest(page), page) for page in (b"page %d " % number * 9 for number in range(40))]
KEPT = {**VALUES, **{key + b"p": page for key, page in PAGES}}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the file of a cache that holds KEPT."""
    path = tmp_path / "cache.sqlite"
    cache = Cache(path)
    cache.put(VALUES.items())
    cache.put_digested(PAGES, b"p")
    cache.close()
    return path


def test_what_was_stored_is_found(path: Path) -> None:
    cache = Cache(path)
    assert cache.find_all(list(KEPT)) == KEPT
    assert list(cache.read_all(list(KEPT))) == list(KEPT.values())


@pytest.mark.parametrize("kept", [list(VALUES), [key + b"p" for key, _ in PAGES]])
def test_a_value_under_another_key_is_not_taken(path: Path, kept: list[bytes]) -> None:
    first, second, *_ = kept
    with sqlite3.connect(path) as connection:
        there = dict(connection.execute("SELECT key, value FROM entries"))
        connection.execute("UPDATE entries SET value = ? WHERE key = ?", (there[second], first))
    connection.close()
    cache = Cache(path)
    assert cache.get(first) is None
    assert first not in cache.find_all([first])
    assert cache.get(second) == KEPT[second]


def test_a_damaged_byte_gives_no_wrong_value(path: Path) -> None:
    whole = path.read_bytes()
    choice = random.Random(0)
    for _ in range(200):
        damaged = bytearray(whole)
        damaged[choice.randrange(len(whole))] ^= 1 << choice.randrange(8)
        path.write_bytes(damaged)
        cache = Cache(path)
        found = cache.find_all(list(KEPT))
        assert {key: KEPT[key] for key in found} == found
        cache.close()


def test_a_file_that_another_process_puts_away_is_begun_anew(path: Path) -> None:
    cache = Cache(path)
    cache.put([(b"one", b"1")])
    other = Cache(path)
    other.discard()
    other.put([(b"two", b"2")])
    cache.put([(b"three", b"3")])
    assert other.find_all([b"one", b"two", b"three"]) == {b"two": b"2", b"three": b"3"}


def test_a_file_without_its_table_is_begun_anew(path: Path) -> None:
    cache = Cache(path)
    assert cache.get(b"one") is None
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE entries")
    connection.close()
    cache.put([(b"one", b"1")])
    assert cache.get(b"one") == b"1"


@pytest.mark.skipif(os.name != "posix", reason="needs the rights of POSIX")
def test_a_file_that_can_only_be_read_is_begun_anew(path: Path) -> None:
    path.chmod(0o444)
    cache = Cache(path)
    cache.put([(b"one", b"1")])
    assert cache.get(b"one") == b"1"
