"""Writes a publication to disk in a tool's idiom, and the edits that a writer would make."""

import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.idioms.idiom import SKELETONS, Idiom
from bench.publication import Publication, with_addition, with_title


def write_project(idiom: Idiom, publication: Publication, root: Path) -> None:
    """Write all of the publication, with the tool's settings and templates."""
    if idiom.skeleton:
        shutil.copytree(SKELETONS / idiom.skeleton, root, dirs_exist_ok=True)
    _write(root, _files(idiom, publication))


def edit_body(
    idiom: Idiom, publication: Publication, root: Path, number: int, words: str
) -> Publication:
    """Give one explainer a last paragraph of these words; return the publication as it is then."""
    edited = with_addition(publication, number, words)
    _write(root, [idiom.explainer(edited, edited.explainers[number])])
    return edited


def edit_title(
    idiom: Idiom, publication: Publication, root: Path, number: int, title: str
) -> Publication:
    """Give one source another title, in every file that holds it; return the publication."""
    edited = with_title(publication, number, title)
    source = edited.sources[number]
    citing = (idiom.explainer(edited, edited.explainers[each]) for each in source.cited_by)
    _write_changed(root, [idiom.source(edited, source), *citing])
    return edited


def edit_template(idiom: Idiom, root: Path, edition: int) -> None:
    """Change one word of the template of an explainer's page."""
    path = root / idiom.template
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'data-edition="\d+"', f'data-edition="{edition}"', text))


def _files(idiom: Idiom, publication: Publication) -> Iterator[tuple[str, str]]:
    yield from idiom.whole(publication)
    for topic in publication.topics:
        yield idiom.topic(publication, topic)
    for source in publication.sources:
        yield idiom.source(publication, source)
    for explainer in publication.explainers:
        yield idiom.explainer(publication, explainer)


def _write(root: Path, files: Iterable[tuple[str, str]]) -> None:
    made: set[Path] = set()
    for name, text in files:
        path = root / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_text(text, encoding="utf-8")


def _write_changed(root: Path, files: Iterable[tuple[str, str]]) -> None:
    _write(root, [each for each in files if (root / each[0]).read_text("utf-8") != each[1]])
