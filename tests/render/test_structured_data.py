"""Structured data says in schema.org's words what the page shows, and can't end its script."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sitegen.render.structured_data import article_data, glossary_data, topic_data
from tests.render.sample_site import BASE, card, explainer, make_publisher, make_site


def nodes(text: str) -> dict[str, Any]:
    data = json.loads(text)
    assert data["@context"] == "https://schema.org"
    return {node["@type"]: node for node in data["@graph"]}


def test_article() -> None:
    publisher = make_publisher("The Press", url="https://press.example.com/")
    site = make_site(publisher=publisher)
    found = nodes(article_data(site, site.explainers["rents"]))
    press = {
        "@type": "Organization",
        "name": "The Press",
        "url": "https://press.example.com/",
    }
    assert found["Article"] == {
        "@type": "Article",
        "@id": f"{BASE}/explainers/rents/",
        "url": f"{BASE}/explainers/rents/",
        "headline": "Title of rents",
        "inLanguage": "en",
        "datePublished": "2025-01-10",
        "dateModified": "2025-01-15",
        "author": [{"@type": "Person", "name": "Ada Writer", "url": f"{BASE}/authors/ada/"}],
        "publisher": press,
        "image": f"{BASE}/explainers/rents.png",
        "articleSection": ["Housing & homes"],
        "citation": [
            {
                "@type": "Report",
                "name": "A report on rents",
                "url": "https://office.example.com/report_(final)",
                "datePublished": "2024-11",
                "inLanguage": "en",
                "publisher": {"@type": "Organization", "name": "The Rent Office"},
            }
        ],
        "correction": [
            {
                "@type": "CorrectionComment",
                "datePublished": "2025-01-15",
                "text": "It was 4 & not 5.",
            }
        ],
    }
    assert nodes(article_data(site, site.explainers["older"]))["Article"]["author"] == [press]


def test_the_way_to_an_explainer_leads_through_its_primary_topic() -> None:
    site = make_site()
    way = nodes(article_data(site, site.explainers["rents"]))["BreadcrumbList"]
    steps = [(each["position"], each["name"], each["item"]) for each in way["itemListElement"]]
    assert steps == [
        (1, "Test briefings", f"{BASE}/"),
        (2, "Society", f"{BASE}/topics/society/"),
        (3, "Housing & homes", f"{BASE}/topics/housing/"),
        (4, "Title of rents", f"{BASE}/explainers/rents/"),
    ]


def test_a_byline_that_is_not_a_person_is_an_organisation() -> None:
    desk = explainer(authors=(card("author", "desk", "The Test briefings desk"),))
    own = card("author", "yamada", "山田太郎")
    site = make_site([desk, explainer("other", authors=(own,))])
    types = [
        nodes(article_data(site, each))["Article"]["author"][0]["@type"]
        for each in site.explainers.values()
    ]
    assert types == ["Organization", "Person"]


def test_topic_lists_published_explainers() -> None:
    site = make_site()
    found = nodes(topic_data(site, site.topics["housing"], 1))["ItemList"]
    assert found["numberOfItems"] == 2
    assert [each["url"] for each in found["itemListElement"]] == [
        f"{BASE}/explainers/rents/",
        f"{BASE}/explainers/older/",
    ]


def test_each_page_of_a_topic_lists_its_own() -> None:
    many = [explainer(f"e{number}") for number in range(60)]
    site = make_site(many)
    second = nodes(topic_data(site, site.topics["housing"], 2))["ItemList"]
    assert second["numberOfItems"] == 60
    assert [each["position"] for each in second["itemListElement"]] == list(range(51, 61))
    assert second["itemListElement"][0]["name"] == "Title of e50"


def test_an_empty_topic_has_an_empty_list() -> None:
    site = make_site(())
    found = nodes(topic_data(site, site.topics["housing"], 1))["ItemList"]
    assert found["numberOfItems"] == 0
    assert found["itemListElement"] == []


def test_glossary() -> None:
    found = nodes(glossary_data(make_site()))["DefinedTermSet"]
    assert found["url"] == f"{BASE}/glossary/"
    assert found["hasDefinedTerm"] == [
        {
            "@type": "DefinedTerm",
            "name": "Rent cap",
            "description": "The most.",
            "url": f"{BASE}/glossary/rent-cap/",
            "inLanguage": "en",
            "alternateName": ["ceiling"],
        }
    ]


def test_a_source_with_no_known_date_has_none() -> None:
    site = make_site()
    source = site.sources["report-2024"]
    meta = replace(source.meta, published="unknown", kind="treaty", url="")
    document = replace(source.document, meta=meta)
    site = replace(site, sources={"report-2024": replace(source, document=document)})
    (work,) = nodes(article_data(site, site.explainers["rents"]))["Article"]["citation"]
    assert work["@type"] == "Legislation"
    assert work["url"] == f"{BASE}/sources/report-2024/"
    assert "datePublished" not in work


@given(st.text(min_size=1) | st.sampled_from(["</script>", "<!--<script>", "&lt;/script\u2028"]))
def test_no_text_can_end_the_script(text: str) -> None:
    site = make_site([explainer(title=text, summary=text)])
    data = article_data(site, site.explainers["rents"])
    assert not set(data) & set("<>&\u2028\u2029\n")
    article = nodes(data)["Article"]
    assert article["headline"] == text
