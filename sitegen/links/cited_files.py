"""Reads records and quotations from single files, so that an error elsewhere hides none of them."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from sitegen.links.quotations import QuotedWords, quoted_words
from sitegen.load.document import load_document
from sitegen.load.scan import read_file, scan_content
from sitegen.model.document import Loaded
from sitegen.model.front_matter import SourceMeta
from sitegen.model.settings import LoadSettings


def source_records(root: Path, settings: LoadSettings) -> dict[str, SourceMeta]:
    """Return each source's record by its id, as far as they can be read."""
    found = {}
    for loaded in _load(root, settings, "source", ()):
        if loaded.document is not None and isinstance(loaded.document.meta, SourceMeta):
            found[loaded.document.name] = loaded.document.meta
    return dict(sorted(found.items()))


def cited_quotations(
    root: Path, sources: Collection[str], settings: LoadSettings
) -> Mapping[str, tuple[QuotedWords, ...]]:
    """Return what the publication's files quote from each of some sources, drafts included."""
    found: dict[str, list[QuotedWords]] = defaultdict(list)
    for loaded in _load(root, settings, "", sources):
        if loaded.document is not None and loaded.body is not None:
            for quoted in quoted_words(loaded.document.path, loaded.body, sources):
                found[quoted.source].append(quoted)
    return {source: tuple(each) for source, each in found.items()}


def _load(
    root: Path, settings: LoadSettings, kind: str, citing: Collection[str]
) -> Iterator[Loaded]:
    """Yield the files of one kind, or those that name one of some sources."""
    marks = [f"@{source}".encode() for source in citing]
    for found in scan_content(root).files:
        if kind and found.kind != kind:
            continue
        file, _ = read_file(root, found)
        if file is not None and (kind or any(mark in file.data for mark in marks)):
            yield load_document(file, settings)
