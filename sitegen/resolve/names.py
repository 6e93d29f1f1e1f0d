"""Lists the names by which front matter calls other files."""

from collections.abc import Iterator, Mapping

from sitegen.model.front_matter import (
    AuthorMeta,
    EventEntry,
    ExplainerMeta,
    FrontMatter,
    Kind,
    PageMeta,
    SourceMeta,
    TermMeta,
    TopicMeta,
)

_NAMING: Mapping[type[FrontMatter], tuple[tuple[str, Kind], ...]] = {
    ExplainerMeta: (
        ("topics", "topic"),
        ("sources", "source"),
        ("authors", "author"),
        ("related", "explainer"),
        ("acknowledge", "source"),
        ("reviewed_by", "author"),
        ("translation_of", "explainer"),
    ),
    SourceMeta: (("superseded_by", "source"),),
    TopicMeta: (("parent", "topic"), ("start_here", "explainer"), ("related", "topic")),
    TermMeta: (("sources", "source"), ("topics", "topic")),
    AuthorMeta: (),
    PageMeta: (),
}
"""The fields that hold a name or several, and the kind of file they name."""


def names_by_kind(meta: FrontMatter) -> Iterator[tuple[Kind, tuple[str, ...]]]:
    """Yield all names in front matter with their kind."""
    for field, kind in _NAMING[type(meta)]:
        names = getattr(meta, field)
        if names:
            yield kind, (names,) if isinstance(names, str) else names
    for event in _events(meta):
        yield "source", event.sources


def placed_names(meta: FrontMatter) -> Iterator[tuple[str, Kind, str]]:
    """Yield each name in front matter with its dotted path and its kind."""
    for field, kind in _NAMING[type(meta)]:
        names = getattr(meta, field)
        if not isinstance(names, str):
            yield from ((f"{field}.{number}", kind, name) for number, name in enumerate(names))
        elif names:
            yield field, kind, names
    for number, event in enumerate(_events(meta)):
        for place, name in enumerate(event.sources):
            yield f"events.{number}.sources.{place}", "source", name


def _events(meta: FrontMatter) -> tuple[EventEntry, ...]:
    found: tuple[EventEntry, ...] = getattr(meta, "events", ())
    return found
