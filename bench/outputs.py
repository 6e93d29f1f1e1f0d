"""Tells whether a tool built the whole publication: figures of a site with less are no use."""

import re
from html import unescape
from pathlib import Path

from bench.idioms.idiom import Idiom
from bench.publication import Claim, Publication, body


class WrongOutput(Exception):
    """A tool left out or kept what it should not; says what."""


def page_path(idiom: Idiom, root: Path, kind: str, slug: str) -> Path:
    """Return the file of an explainer's, a topic's or a source's page."""
    return root / idiom.output / kind / slug / "index.html"


def expect_whole(idiom: Idiom, publication: Publication, root: Path) -> None:
    """Raise WrongOutput if a page is missing, or one explainer does not hold its text."""
    kinds = {
        "explainers": [each.slug for each in publication.explainers],
        "topics": [each.slug for each in publication.topics],
        "sources": [each.slug for each in publication.sources],
    }
    for kind, slugs in kinds.items():
        for slug in slugs:
            if not page_path(idiom, root, kind, slug).is_file():
                raise WrongOutput(f"{idiom.name}: no page of {kind}/{slug}")
    for name in ("index.html", "sitemap.xml", idiom.feed):
        if not (root / idiom.output / name).exists():
            raise WrongOutput(f"{idiom.name}: no {name}")
    _expect_text(idiom, publication, root)


def expect_text(idiom: Idiom, root: Path, kind: str, slug: str, words: str) -> None:
    """Raise WrongOutput if a page does not hold these words."""
    if words not in page_path(idiom, root, kind, slug).read_text(encoding="utf-8"):
        raise WrongOutput(f"{idiom.name}: {kind}/{slug} does not hold {words!r}")


def _expect_text(idiom: Idiom, publication: Publication, root: Path) -> None:
    explainer = publication.explainers[len(publication.explainers) // 2]
    path = page_path(idiom, root, "explainers", explainer.slug)
    page = path.read_text(encoding="utf-8")
    plain = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", page)))
    text = body(explainer)
    wanted = [each.words for each in text if isinstance(each, Claim)]
    wanted += [each for each in text if isinstance(each, str) and re.fullmatch(r"[\w ,.]+", each)]
    wanted += [publication.sources[each].title for each in explainer.sources]
    wanted += [explainer.title, explainer.summary]
    missing = [each for each in wanted if each.strip() not in plain]
    if missing or "<table" not in page:
        raise WrongOutput(f"{idiom.name}: {path} lacks {missing or 'its table'}")
    for source in explainer.sources:
        expect_text(idiom, root, "sources", f"source-{source}", explainer.title)
    for topic in explainer.topics[:1]:
        newest = publication.explainers[publication.topics[topic].explainers[0]]
        expect_text(idiom, root, "topics", f"topic-{topic}", newest.title)
