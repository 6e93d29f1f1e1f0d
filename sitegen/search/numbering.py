"""Numbers what can be found: a space of its own for each kind, so that few numbers ever change.

Within a kind the oldest comes first and what has no date before it, so a new page is the last. 256
numbers in a row are a segment: postings are kept by segment, and a document is one of
these and a byte.
"""

from msgspec import Struct

from sitegen.model.front_matter import Kind

KINDS: tuple[Kind, ...] = ("explainer", "topic", "page", "source", "term")
"""Those that search finds, in the order of their worth at equal merit."""
SEGMENT = 256
_SPACES = 8
"""Segments of different kinds take turns, in a cycle of so many."""


class Found(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A page that search finds, as far as its own file and place in the site tell."""

    kind: Kind
    name: str
    path: str
    """Its file's."""
    title: str
    publisher: str
    """Of a source; empty for all else."""
    url: str
    """Its permalink, without the leading `/`."""
    lang: str
    date: str
    """A day, a month or a year; empty where none is known."""
    topics: tuple[str, ...]
    """Names."""
    sources: tuple[str, ...]
    """Names."""
    cited_by: tuple[tuple[str, bytes], ...] = ()
    """Of a source: the files that cite it, each with the digest of its citations."""


class Numbered(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A page with its number among those of its kind."""

    found: Found
    index: int
    key: bytes
    """Stands for the content of its file."""

    @property
    def segment(self) -> int:
        """Return the number of its segment."""
        return self.index // SEGMENT * _SPACES + KINDS.index(self.found.kind)

    @property
    def low(self) -> int:
        """Return its number within the segment."""
        return self.index % SEGMENT
