"""The JSON API tells what readers can see, with every member in its place."""

import json
from collections import Counter
from typing import Any

from tests.render.sample_site import BASE, explainer, make_publisher, make_site, outputs


def api(name: str, made: dict[str, bytes] | None = None) -> Any:
    return json.loads((made or outputs(make_site()))[f"api/{name}.json"])


def test_site() -> None:
    publisher = make_publisher("The Press", url="https://press.example.com/")
    site = api("site", outputs(make_site(publisher=publisher)))
    assert site["title"] == "Test briefings"
    assert site["url"] == f"{BASE}/"
    assert site["publisher"] == {
        "name": "The Press",
        "external_url": "https://press.example.com/",
    }
    assert site["counts"] == {
        "explainers": 3,
        "claims": 6,
        "sources": 1,
        "topics": 2,
        "terms": 1,
        "authors": 1,
        "corrections": 1,
    }
    assert site["topics"][0] == {
        "id": "housing",
        "url": f"{BASE}/topics/housing/",
        "title": "Housing & homes",
        "summary": "Where people live.",
        "lang": "en",
        "parent": "society",
        "explainers": ["rents", "older"],
        "alerts": [],
        "feed": f"{BASE}/topics/housing/feed.xml",
    }
    assert [each["id"] for each in site["pages"]] == ["about"]
    assert site["terms"][0]["definition"] == "The most."


def test_every_address_of_the_site_document_is_an_output() -> None:
    made = outputs(make_site())
    for name, address in api("site", made)["files"].items():
        assert address.removeprefix(f"{BASE}/") in made, name


def test_explainers() -> None:
    explainers = api("explainers")["explainers"]
    assert [each["id"] for each in explainers] == ["rents", "rents.ja", "older"]
    assert explainers[0] == {
        "id": "rents",
        "url": f"{BASE}/explainers/rents/",
        "markdown_url": f"{BASE}/explainers/rents/index.md",
        "title": "Title of rents",
        "summary": "Summary of rents.",
        "lang": "en",
        "published": "2025-01-10",
        "updated": "2025-01-15",
        "as_of": "2025-01",
        "reviewed": "2025-01-20",
        "due_for_review": "2025-08-01",
        "authors": ["ada"],
        "topics": ["housing"],
        "key_points": ["Rents rose."],
        "known": [],
        "unknown": [],
        "claims": 2,
        "sources": [{"id": "report-2024", "claims": 2}],
        "alerts": [],
        "corrections": [
            {
                "date": "2025-01-15",
                "kind": "correction",
                "text": "It was 4 & not 5.",
                "was": "",
                "now": "",
            }
        ],
        "related": ["older"],
        "series": "",
        "translations": [{"id": "rents.ja", "lang": "ja"}],
    }
    assert explainers[2]["updated"] is None
    assert explainers[0].keys() == explainers[2].keys()


def test_sources() -> None:
    (source,) = api("sources")["sources"]
    assert source["url"] == f"{BASE}/sources/report-2024/"
    assert source["external_url"] == "https://office.example.com/report_(final)"
    assert source["published"] == "2024-11"
    assert source["accessed"] is None
    assert [each["id"] for each in source["cited_by"]] == ["rents", "rents.ja", "older"]
    assert source["cited_by"][0] == {"kind": "explainer", "id": "rents", "claims": 2}


def test_graph() -> None:
    graph = api("graph")
    nodes = {node["id"]: node for node in graph["nodes"]}
    assert list(nodes) == sorted(nodes)
    assert nodes["topic:housing"] == {
        "id": "topic:housing",
        "kind": "topic",
        "title": "Housing & homes",
        "lang": "en",
        "url": f"{BASE}/topics/housing/",
    }
    edges = [(edge["source"], edge["type"], edge["target"]) for edge in graph["edges"]]
    assert edges == sorted(set(edges))
    assert all(source in nodes and target in nodes for source, _, target in edges)
    assert set(edges) >= {
        ("explainer:rents", "cites", "source:report-2024"),
        ("explainer:rents", "topic", "topic:housing"),
        ("explainer:rents", "author", "author:ada"),
        ("explainer:rents", "related", "explainer:older"),
        ("explainer:rents", "links-to", "topic:housing"),
        ("explainer:rents", "uses-term", "term:rent-cap"),
        ("term:rent-cap", "topic", "topic:housing"),
        ("topic:housing", "parent", "topic:society"),
    }
    weights = Counter({edge["type"]: edge["weight"] for edge in graph["edges"]})
    assert weights["cites"] == 2
    assert weights["topic"] == 1


def test_the_same_site_gives_the_same_bytes() -> None:
    assert outputs(make_site()) == outputs(make_site())
    assert outputs(make_site([explainer()])) == outputs(make_site([explainer()]))
