"""Writes the record that cites an explainer: BibTeX, RIS and CSL-JSON.

Sources: the BibLaTeX manual (`@online`), the RIS format specification of Research Information
Systems (a web page is `ELEC`), the CSL-JSON schema of citationstyles.org (`webpage`).
"""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from sitegen.model.pages import Explainer
from sitegen.model.site import Site
from sitegen.render.names import Name, read_name
from sitegen.render.public import publisher_name, whole_address
from sitegen.render.serialize import json_bytes, one_line


class PageCitation(Struct, frozen=True, kw_only=True):
    """An explainer as others cite it; days are ISO 8601."""

    key: str
    authors: tuple[Name, ...]
    """At least one."""
    title: str
    summary: str
    container: str
    """The publication's title."""
    publisher: str
    published: str
    updated: str
    reviewed: str
    lang: str
    address: str

    @property
    def note(self) -> str:
        """Return when the page was last updated and reviewed, if it was."""
        dates = (("updated", self.updated), ("reviewed", self.reviewed))
        return "; ".join(f"{word} {day}" for word, day in dates if day).capitalize()


def page_citation(site: Site, explainer: Explainer) -> PageCitation:
    """Return how others cite `explainer`; without authors it is the publisher's."""
    own = publisher_name(site)
    title = site.settings.yaml.title
    authors = tuple(card.title for card in explainer.authors) or (own,)
    return PageCitation(
        key=explainer.card.name,
        authors=tuple(read_name(author, (own, title)) for author in authors),
        title=explainer.meta.title,
        summary=explainer.meta.summary,
        container=title,
        publisher=own,
        published=explainer.day,
        updated=explainer.updated,
        reviewed=explainer.meta.reviewed,
        lang=explainer.card.lang,
        address=whole_address(site, explainer.card.permalink),
    )


_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # BibTeX counts braces even behind a backslash, so a single one must not stand there.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        **{character: f"\\{character}" for character in "$&%#_"},
    }
)


def bibtex(view: PageCitation) -> bytes:
    """Return a BibTeX file of one entry; text outside ASCII stays as it is."""
    fields = {
        "author": " and ".join(_bibtex_name(author) for author in view.authors),
        # The second pair of braces keeps styles from changing capitals.
        "title": f"{{{_latex(view.title)}}}",
        "organization": _latex(view.container),
        "publisher": _latex(view.publisher) if view.publisher != view.container else "",
        "date": view.published,
        "url": view.address,
        "abstract": _latex(view.summary),
        "note": view.note,
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@online{{{view.key},\n{''.join(lines)}}}\n".encode()


def _latex(text: str) -> str:
    return one_line(text).translate(_LATEX)


def _bibtex_name(name: Name) -> str:
    if name.family:
        return f"{_latex(name.family)}, {_latex(name.given)}"
    return f"{{{_latex(name.text)}}}"


def ris(view: PageCitation) -> bytes:
    """Return a RIS file of one record."""
    fields = [
        ("TY", "ELEC"),
        *(("AU", _inverted(author)) for author in view.authors),
        ("TI", view.title),
        ("T2", view.container),
        ("PB", view.publisher),
        ("PY", view.published[:4]),
        ("DA", view.published.replace("-", "/")),
        ("AB", view.summary),
        ("N1", view.note),
        ("LA", view.lang),
        ("UR", view.address),
    ]
    lines = [f"{tag}  - {one_line(text)}\n" for tag, text in fields if one_line(text)]
    return "".join([*lines, "ER  - \n"]).encode()


def _inverted(name: Name) -> str:
    return f"{name.family}, {name.given}" if name.family else name.text


class CslName(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A name as CSL-JSON holds it: a person's in two parts, or as it is."""

    family: str = ""
    given: str = ""
    literal: str = ""


class CslDate(Struct, frozen=True, kw_only=True, rename="kebab"):
    """A date as CSL-JSON holds it."""

    date_parts: tuple[tuple[int, ...], ...]


class CslItem(
    Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    rename={"container_title": "container-title", "address": "URL"},
):
    """A web page as CSL-JSON names its members."""

    id: str
    type: str
    title: str
    author: tuple[CslName, ...]
    container_title: str
    publisher: str
    issued: CslDate
    address: str
    language: str
    abstract: str
    note: str = ""


def csl_json(view: PageCitation) -> bytes:
    """Return a CSL-JSON file: an array of one item."""
    item = CslItem(
        id=view.key,
        type="webpage",
        title=view.title,
        author=tuple(_csl_name(author) for author in view.authors),
        container_title=view.container,
        publisher=view.publisher,
        issued=CslDate(date_parts=(tuple(map(int, view.published.split("-"))),)),
        address=view.address,
        language=view.lang,
        abstract=view.summary,
        note=view.note,
    )
    return json_bytes([item])


def _csl_name(name: Name) -> CslName:
    if name.family:
        return CslName(family=name.family, given=name.given)
    return CslName(literal=name.text)


RENDERERS: Mapping[str, Callable[[Any], bytes]] = {
    "bibtex": bibtex,
    "ris": ris,
    "csl-json": csl_json,
}
