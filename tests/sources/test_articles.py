"""Articles out of plain text and web pages, and the records they become."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.load.document import load_document
from sitegen.load.scan import ContentFile
from sitegen.model.front_matter import SourceMeta
from sitegen.model.settings import LoadSettings
from sitegen.sources.article import Article
from sitegen.sources.dates import date_line
from sitegen.sources.record import record, source_id, with_key
from sitegen.sources.text_article import read_text
from sitegen.sources.web_article import read_page

SAVED = """\
Harbour Council Set to Cap Rents; Two Districts Named in Draft
Council Press Room
14:30 JST, February 6, 2025
The harbour council is set to cap rents in two districts, according to several officials.
The draft says that “no rent may rise by more than 2%” in a year. It was shown on Tuesday.

Landlords said they would answer in March.
"Politics" POPULAR ARTICLE
-
Ferry Line to Close Two Piers This Summer
-
Ten Cats That Look Like Ministers
HN ACCESS RANKING
-
Bridge Toll Up by ¥20 Per Crossing
"""

PAGE = """<!doctype html><html lang="en"><head><title>Rents to be capped | The Harbour News</title>
<meta property="og:title" content="Rents to be capped">
<meta property="og:site_name" content="The Harbour News"><meta name="author" content="Ada Writer">
<link rel="canonical" href="https://news.example.org/rents">
<meta property="article:published_time" content="2025-02-06T14:30:00+09:00"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/p">Politics section</a></li></ul></nav>
<main><article><h1>Rents to be capped</h1>
<p>The harbour council is set to cap rents in two districts, according to several council
officials who spoke on condition that they would not be named.</p>
<p>The draft says that “no rent may rise by more than two per cent” in one year, and that the
council will look at the cap again after two years.</p></article></main>
<aside><h3>POPULAR ARTICLE</h3><ul><li><a href="/1">Ten cats that look like ministers</a></li></ul>
</aside><footer>Copyright The Harbour News</footer></body></html>"""

SHARED = Path(__file__).parents[3] / "shared" / "sources" / "japannews-2025-02-06.txt"


def meta_of(text: str) -> SourceMeta:
    """Return the record as a build loads it."""
    file = ContentFile(kind="source", path="content/sources/a.md", data=text.encode())
    loaded = load_document(file, LoadSettings(language="en", extensions=()))
    assert loaded.document is not None, loaded.diagnostics
    assert isinstance(loaded.document.meta, SourceMeta)
    assert not loaded.diagnostics
    return loaded.document.meta


def test_a_saved_text_is_read_without_what_stands_around_it() -> None:
    article = read_text(SAVED)
    assert article.title == "Harbour Council Set to Cap Rents; Two Districts Named in Draft"
    assert article.published == "2025-02-06T14:30+09:00"
    assert article.lang == "en"
    assert [paragraph[:13] for paragraph in article.paragraphs] == [
        "The harbour c",
        "The draft say",
        "Landlords sai",
    ]
    assert "Council Press Room" in article.left_out
    assert "Ferry Line to Close Two Piers This Summer" in article.left_out


@pytest.mark.skipif(not SHARED.is_file(), reason="the seed article is not on this machine")
def test_the_seed_article_is_read() -> None:
    article = read_text(SHARED.read_text("utf-8"))
    assert article.title.startswith("Japan-U.S. Joint Statement Set to Mention Defense Ties")
    assert article.published == "2025-02-06T14:30+09:00"
    assert len(article.paragraphs) == 5
    assert article.paragraphs[0].startswith("The Japanese and U.S. governments are set to")
    assert article.paragraphs[-1].endswith("in line with the wishes of the U.S. side.")


def test_a_web_page_is_read_without_what_stands_around_it() -> None:
    article = read_page(PAGE.encode(), "", "https://news.example.org/rents?from=feed")
    assert (article.title, article.publisher) == ("Rents to be capped", "The Harbour News")
    assert article.authors == ("Ada Writer",)
    assert article.published == "2025-02-06T14:30+09:00"
    assert (article.lang, article.url) == ("en", "https://news.example.org/rents")
    text = article.snapshot
    assert "no rent may rise by more than two per cent" in text
    assert not any(word in text for word in ("cats", "Politics section", "Copyright", "<"))


def test_a_canonical_address_of_another_host_is_not_believed() -> None:
    lying = PAGE.replace("https://news.example.org/rents", "http://127.0.0.1/")
    assert read_page(lying.encode(), "", "https://news.example.org/r").url == (
        "https://news.example.org/r"
    )


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("14:30 JST, February 6, 2025", "2025-02-06T14:30+09:00"),
        ("Feb. 6, 2025, 2:05 p.m. UTC", "2025-02-06T14:05Z"),
        ("Published 6 February 2025", "2025-02-06"),
        ("6 February 2025 10:00 CST", "2025-02-06"),
        ("2025年2月6日 14:30", "2025-02-06"),
        ("2025-02-06 14:30 +0900", "2025-02-06T14:30+09:00"),
        ("February 30, 2025", ""),
        ("On February 6, 2025 the council met and spoke of rents.", ""),
    ],
)
def test_date_lines(line: str, read: str) -> None:
    assert date_line(line) == read


def test_a_record_holds_what_was_found_and_names_what_was_not() -> None:
    made = record(read_text(SAVED), "2025-02-07")
    assert made.missing == ("publisher", "url", "authors")
    assert "publisher" not in made.text
    assert "TODO" not in made.text
    article = read_page(PAGE.encode(), "", "https://news.example.org/rents")
    meta = meta_of(record(article, "2025-02-07").text)
    assert (meta.title, meta.accessed) == ("Rents to be capped", "2025-02-07")
    assert source_id(article) == "harbour-news-2025-02-06-rents-to-be-capped"


def test_a_title_can_not_break_out_of_its_record() -> None:
    title = 'Quiet" \n---\nlicence: "CC0\u2028status: dead\u0085x: y \x00\u202e'
    page = PAGE.replace('content="Rents to be capped"', f"content='{title}'")
    article = read_page(page.encode(), "utf-8", "https://news.example.org/r")
    meta = meta_of(record(article, "2025-02-07").text)
    assert (meta.licence, meta.status) == ("", "current")
    assert meta.title.startswith('Quiet" --- licence: "CC0')


@given(st.text(max_size=400), st.text(max_size=40), st.text(max_size=40))
@example("\x85\u2028---\n-", "---", "'\"\\")
@example("14:30 JST, February 6, 2025", "\ud7ff", "yes")
def test_any_text_at_all_can_be_read_and_its_record_loads(text: str, name: str, url: str) -> None:
    article = read_text(f"{text}\n{SAVED}"[: len(text) + 90])
    read_text(text)
    by = Article(title=name, publisher=name, authors=(name,) if name else (), url=url)
    for each in (article, by):
        made = record(each, "2025-02-07").text
        assert made.split("\n---\n")[0].count("\n---") == 0
        file = ContentFile(kind="source", path="content/sources/a.md", data=made.encode())
        found = load_document(file, LoadSettings(language="en", extensions=())).diagnostics
        assert {each.code for each in found} <= {"missing-key", "bad-value"}
        source_id(each)


@given(st.lists(st.sampled_from(SAVED.split("\n")), max_size=14))
def test_lines_in_any_order_can_be_read(lines: list[str]) -> None:
    article = read_text("\n".join(lines))
    assert set(article.paragraphs) <= {line.strip() for line in lines}


def test_a_key_is_set_and_all_else_stays() -> None:
    text = '---\ntitle: "A"\nurl: https://a.example/\n---\n\nurl: in the body\n'
    once = with_key(text, "archive_url", "https://b.example/1")
    assert once == (
        '---\ntitle: "A"\nurl: https://a.example/\narchive_url: "https://b.example/1"\n---\n'
        "\nurl: in the body\n"
    )
    twice = with_key(once, "archive_url", "https://b.example/2")
    assert twice == once.replace("/1", "/2")
