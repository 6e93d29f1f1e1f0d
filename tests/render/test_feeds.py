"""Feeds hold what is published, in the formats' own words, and survive any text."""

import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.front_matter import CorrectionEntry
from sitegen.render.feed_recipes import MOST_ENTRIES
from tests.render.sample_site import BASE, explainer, make_publisher, make_site, outputs

ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")


def parsed(data: bytes) -> Any:
    feed = feedparser.parse(data)
    assert not feed.bozo, feed.bozo_exception
    return feed


def test_atom_feed_is_read_as_it_was_meant() -> None:
    made = outputs(make_site())
    feed = parsed(made["feed.xml"])
    assert feed.version == "atom10"
    assert feed.feed.id == f"{BASE}/"
    assert feed.feed.title == "Test briefings"
    assert feed.feed.subtitle == "For tests."
    links = {link.rel: link.href for link in feed.feed.links}
    assert links == {"self": f"{BASE}/feed.xml", "alternate": f"{BASE}/"}
    assert [entry.id for entry in feed.entries] == [
        f"{BASE}/explainers/rents/",
        f"{BASE}/explainers/older/",
    ]
    first, second = feed.entries
    assert first.link == first.id
    assert first.title == "Title of rents"
    assert first.summary == "Summary of rents."
    assert first.published == "2025-01-10T09:30:00+09:00"
    assert first.updated == "2025-01-15T00:00:00+09:00"
    assert [(tag.term, tag.label) for tag in first.tags] == [("housing", "Housing & homes")]
    assert [(each.name, each.href) for each in first.authors] == [
        ("Ada Writer", f"{BASE}/authors/ada/")
    ]
    assert "authors" not in second
    assert feed.feed.author == "Test briefings"


def test_atom_feed_has_every_element_that_the_rfc_requires() -> None:
    for name, data in outputs(make_site()).items():
        if not name.endswith("feed.xml"):
            continue
        root = ET.fromstring(data)
        for element in (root, *root.findall(f"{ATOM}entry")):
            for required in ("id", "title", "updated"):
                assert len(element.findall(f"{ATOM}{required}")) == 1
            for date in ("updated", "published"):
                text = element.findtext(f"{ATOM}{date}")
                assert text is None or RFC_3339.fullmatch(text)
        assert root.findtext(f"{ATOM}author/{ATOM}name")


def test_entries_hold_key_points_and_body_with_whole_addresses() -> None:
    made = outputs(make_site())
    (content,) = parsed(made["feed.xml"]).entries[0].content
    assert content.type == "text/html"
    assert content.value.startswith("<ul>\n<li>Rents rose<sup>")
    hrefs = re.findall(r'href="([^"]*)"', content.value)
    assert f"{BASE}/topics/housing/" in hrefs
    assert all(href.startswith(f"{BASE}/") for href in hrefs)
    items = json.loads(made["feed.json"])["items"]
    assert items[0]["content_html"].strip() == content.value.strip()


def test_json_feed_has_the_members_of_version_1_1() -> None:
    made = outputs(make_site(publisher=make_publisher("The Press")))
    feed = json.loads(made["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "Test briefings"
    assert feed["home_page_url"] == f"{BASE}/"
    assert feed["feed_url"] == f"{BASE}/feed.json"
    assert feed["language"] == "en"
    assert feed["authors"] == [{"name": "The Press", "url": f"{BASE}/"}]
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"]) == 2
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item["id"] == item["url"]
        assert isinstance(item["content_html"], str)
        assert RFC_3339.fullmatch(item["date_published"])
        assert RFC_3339.fullmatch(item["date_modified"])
        assert item["tags"] == ["Housing & homes"]
    assert feed["items"][0]["image"] == f"{BASE}/explainers/rents.png"
    assert "image" not in feed["items"][1]
    assert "authors" not in feed["items"][1]


def test_a_feed_was_updated_when_its_newest_entry_was() -> None:
    for name, data in outputs(make_site()).items():
        if name.endswith("feed.xml"):
            feed = parsed(data)
            assert feed.feed.updated == max(entry.updated for entry in feed.entries)


def test_an_empty_feed_was_updated_on_the_as_of_day() -> None:
    made = outputs(make_site(()))
    feed = parsed(made["feed.xml"])
    assert feed.feed.updated == "2025-02-01T00:00:00+09:00"
    assert feed.entries == []
    assert json.loads(made["feed.json"])["items"] == []


def test_a_correction_brings_an_old_explainer_back_to_the_top() -> None:
    correction = CorrectionEntry(date="2025-01-30", kind="correction", text="Wrong.")
    site = make_site(
        [
            explainer("new", date="2025-01-29"),
            explainer("old", date="2020-01-01", corrections=(correction,)),
        ]
    )
    titles = [entry.title for entry in parsed(outputs(site)["feed.xml"]).entries]
    assert titles == ["Title of old", "Title of new"]


def test_a_feed_ends_after_the_latest_entries() -> None:
    many = [
        explainer(f"e{number}", date=f"2024-01-01T{number // 60:02}:{number % 60:02}:00+09:00")
        for number in range(MOST_ENTRIES + 5)
    ]
    feed = parsed(outputs(make_site(many))["feed.xml"])
    assert len(feed.entries) == MOST_ENTRIES
    assert feed.entries[0].title == f"Title of e{MOST_ENTRIES + 4}"


def test_each_topic_has_a_feed_of_its_own() -> None:
    site = make_site([explainer("one"), explainer("two", topics=("society",))])
    made = outputs(site)
    feed = parsed(made["topics/housing/feed.xml"])
    assert feed.feed.title == "Housing & homes – Test briefings"
    assert feed.feed.id == f"{BASE}/topics/housing/"
    assert feed.feed.links[0].href == f"{BASE}/topics/housing/feed.xml"
    assert "topics/society/feed.xml" in made


def test_no_feeds_where_the_settings_say_so() -> None:
    made = outputs(make_site(feeds=False))
    assert not [name for name in made if "feed" in name]
    files = json.loads(made["api/site.json"])["files"]
    assert files["atom"] is files["json_feed"] is None
    assert b"feed.xml" not in made["api/site.json"]


def test_an_entry_in_another_language_says_so() -> None:
    site = make_site([explainer("rents.ja", lang="ja", title="家賃")])
    made = outputs(site)
    entry = ET.fromstring(made["feed.xml"]).find(f"{ATOM}entry")
    assert entry is not None
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "ja"
    assert json.loads(made["feed.json"])["items"][0]["language"] == "ja"


@given(title=st.text(min_size=1), summary=st.text(min_size=1))
def test_any_text_survives_both_feeds(title: str, summary: str) -> None:
    made = outputs(make_site([explainer(title=title, summary=summary)]))
    entry = ET.fromstring(made["feed.xml"]).find(f"{ATOM}entry")
    assert entry is not None
    assert (entry.findtext(f"{ATOM}title") or "") == allowed_in_xml(title)
    assert (entry.findtext(f"{ATOM}summary") or "") == allowed_in_xml(summary)
    (item,) = json.loads(made["feed.json"])["items"]
    assert (item["title"], item["summary"]) == (title, summary)


def allowed_in_xml(text: str) -> str:
    """Return the characters of XML 1.0's rule 2, Char, without the carriage return."""

    def may_stand(code: int) -> bool:
        return (
            code in (0x9, 0xA)
            or 0x20 <= code <= 0xD7FF
            or 0xE000 <= code <= 0xFFFD
            or code >= 0x10000
        )

    return "".join(character for character in text if may_stand(ord(character)))


@pytest.mark.parametrize("text", ["</title>", "]]>", "&amp;", "\x00\x0b\ufffe\uffff", "<![CDATA["])
def test_markup_in_titles_stays_text(text: str) -> None:
    feed = outputs(make_site([explainer(title=f"a{text}b")]))["feed.xml"]
    expected = f"a{allowed_in_xml(text)}b"
    assert ET.fromstring(feed).findtext(f"{ATOM}entry/{ATOM}title") == expected
