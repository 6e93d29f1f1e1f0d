"""The files that cite an explainer can be read by what reads such files, whatever their text."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.render.names import read_name
from tests.render.sample_site import (
    BASE,
    card,
    explainer,
    make_publisher,
    make_site,
    outputs,
)

RIS_LINE = re.compile(r"[A-Z][A-Z0-9]  - .*")


def read_bibtex(data: bytes) -> tuple[str, str, dict[str, str]]:
    """Return type, key and fields, counting braces as BibTeX does: a backslash hides none."""
    text = data.decode()
    head = re.match(r"@(\w+)\{([^,\s]+),\n", text)
    assert head
    fields: dict[str, str] = {}
    position = head.end()
    while text[position] != "}":
        start = re.compile(r"  (\w+) = \{").match(text, position)
        assert start, text[position:]
        depth, position = 1, start.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(text[position], 0)
            position += 1
        fields[start[1]] = text[start.end() : position - 1]
        assert text[position : position + 2] == ",\n"
        position += 2
    assert text[position:] == "}\n"
    return head[1], head[2], fields


def read_ris(data: bytes) -> list[tuple[str, str]]:
    lines = data.decode().splitlines()
    assert data.endswith(b"\n")
    assert all(RIS_LINE.fullmatch(line) for line in lines)
    return [(line[:2], line[6:]) for line in lines]


def test_bibtex() -> None:
    kind, key, fields = read_bibtex(outputs(make_site())["explainers/rents/cite.bib"])
    assert (kind, key) == ("online", "rents")
    assert fields == {
        "author": "Writer, Ada",
        "title": "{Title of rents}",
        "organization": "Test briefings",
        "date": "2025-01-10",
        "url": f"{BASE}/explainers/rents/",
        "abstract": "Summary of rents.",
        "note": "Updated 2025-01-15; reviewed 2025-01-20",
    }


def test_ris() -> None:
    made = outputs(make_site(publisher=make_publisher("The Press")))
    assert read_ris(made["explainers/rents/cite.ris"]) == [
        ("TY", "ELEC"),
        ("AU", "Writer, Ada"),
        ("TI", "Title of rents"),
        ("T2", "Test briefings"),
        ("PB", "The Press"),
        ("PY", "2025"),
        ("DA", "2025/01/10"),
        ("AB", "Summary of rents."),
        ("N1", "Updated 2025-01-15; reviewed 2025-01-20"),
        ("LA", "en"),
        ("UR", f"{BASE}/explainers/rents/"),
        ("ER", ""),
    ]


def test_csl_json() -> None:
    assert json.loads(outputs(make_site())["explainers/rents/cite.json"]) == [
        {
            "id": "rents",
            "type": "webpage",
            "title": "Title of rents",
            "author": [{"family": "Writer", "given": "Ada"}],
            "container-title": "Test briefings",
            "publisher": "Test briefings",
            "issued": {"date-parts": [[2025, 1, 10]]},
            "URL": f"{BASE}/explainers/rents/",
            "language": "en",
            "abstract": "Summary of rents.",
            "note": "Updated 2025-01-15; reviewed 2025-01-20",
        }
    ]


def test_without_authors_the_publisher_is_the_author() -> None:
    made = outputs(make_site(publisher=make_publisher("Smith and Sons, Ltd")))
    _, _, fields = read_bibtex(made["explainers/older/cite.bib"])
    assert fields["author"] == "{Smith and Sons, Ltd}"
    assert fields["publisher"] == "Smith and Sons, Ltd"
    assert ("AU", "Smith and Sons, Ltd") in read_ris(made["explainers/older/cite.ris"])
    (item,) = json.loads(made["explainers/older/cite.json"])
    assert item["author"] == [{"literal": "Smith and Sons, Ltd"}]


def test_several_authors_stand_in_their_order() -> None:
    authors = (card("author", "b", "Bea van Dam"), card("author", "a", "The Data Desk"))
    made = outputs(make_site([explainer(authors=authors)]))
    _, _, fields = read_bibtex(made["explainers/rents/cite.bib"])
    assert fields["author"] == "van Dam, Bea and {The Data Desk}"
    names = [text for tag, text in read_ris(made["explainers/rents/cite.ris"]) if tag == "AU"]
    assert names == ["van Dam, Bea", "The Data Desk"]


@pytest.mark.parametrize(
    ("text", "family", "given", "collective"),
    [
        ("Ada Writer", "Writer", "Ada", False),
        ("Ludwig van Beethoven", "van Beethoven", "Ludwig", False),
        ("J. R. R. Tolkien", "Tolkien", "J. R. R.", False),
        ("Zoë Ångström-Núñez", "Ångström-Núñez", "Zoë", False),
        ("山田太郎", "", "", False),
        ("Madonna", "", "", False),
        ("Martin King Jr.", "", "", False),
        ("Research and Analysis", "", "", False),
        ("The Data Desk", "", "", True),
        ("The Brief desk", "", "", True),
    ],
)
def test_only_plain_personal_names_are_split(
    text: str, family: str, given: str, collective: bool
) -> None:
    name = read_name(text, ("The Brief",))
    assert (name.text, name.family, name.given) == (text, family, given)
    assert name.collective is collective


def test_latex_special_characters_are_escaped() -> None:
    made = outputs(make_site([explainer(title=r"50% of $5 & R&D_#1 {x} ~^ \b 家賃")]))
    _, _, fields = read_bibtex(made["explainers/rents/cite.bib"])
    assert fields["title"] == (
        r"{50\% of \$5 \& R\&D\_\#1 \textbraceleft{}x\textbraceright{} "
        r"\textasciitilde{}\textasciicircum{} \textbackslash{}b 家賃}"
    )


@given(title=st.text(min_size=1), summary=st.text(min_size=1), publisher=st.text(min_size=1))
def test_any_text_leaves_bibtex_and_ris_whole(title: str, summary: str, publisher: str) -> None:
    own = explainer(title=title, summary=summary, authors=())
    made = outputs(make_site([own], publisher=make_publisher(publisher)))
    _, key, fields = read_bibtex(made["explainers/rents/cite.bib"])
    assert key == "rents"
    assert fields["url"] == f"{BASE}/explainers/rents/"
    tags = [tag for tag, _ in read_ris(made["explainers/rents/cite.ris"])]
    assert (tags[0], tags[-1]) == ("TY", "ER")
    assert len(tags) == len(set(tags))
    (item,) = json.loads(made["explainers/rents/cite.json"])
    assert (item["title"], item["abstract"]) == (title, summary)
