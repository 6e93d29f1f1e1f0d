"""What one content file says by itself, with its references still open.

Holes in HTML. load leaves a hole wherever the HTML depends on another file. A hole is U+FDD0, a
letter, a number, U+FDD1; both are noncharacters, which load refuses in content, so no text can
forge one. `c7` is citation 7's number and card, `h3` the address of reference 3, `t3` the title of
reference 3, `a2` the link to heading 2 of `headings`, `d4` the date of dated words 4.
"""

import re
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from sitegen.diagnostics import Diagnostic, Span
from sitegen.model.front_matter import FrontMatter, Kind

HOLE_OPEN = "\ufdd0"
HOLE_CLOSE = "\ufdd1"
HOLE = re.compile(f"{HOLE_OPEN}([achtd])([0-9]+){HOLE_CLOSE}")


def hole(letter: Literal["a", "c", "d", "h", "t"], number: int) -> str:
    """Return the hole for citation or reference `number`."""
    return f"{HOLE_OPEN}{letter}{number}{HOLE_CLOSE}"


class Reference(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A link or an image as the author wrote it, still open."""

    form: Literal["path", "wiki", "anchor", "image"]
    """`path` and `image` hold a path in `target`, `wiki` a slug, `anchor` nothing."""
    target: str
    anchor: str = ""
    sentence: str = ""
    """The plain text of the sentence it stands in."""


Part = Literal["key_points", "known", "unknown", "body", "events", "definition"]


class Citation(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """One number: one claim, resting on one place in one source."""

    number: int
    source: str
    locator: str = ""
    passage: str = ""
    """The source's own words, without quotation marks; may be empty."""
    words: str = ""
    """The plain text that the number supports; empty for a citation without a claim."""
    claim: bool = False
    """The words' own element carries the id `c7`; else the number itself does."""
    sentence: str = ""
    """The plain text of the sentence it stands in."""
    part: Part
    translated: bool = False
    """The words it supports are our translation; the passage is the source's own."""
    quotation: str = ""
    """The words in quotation marks, or of a block quote, that it directly follows."""


Standing = Literal["checked", "by receipt", "unchecked", "not found"]
"""How a quotation stands: found in its source's snapshot; vouched for by a receipt; with nothing to
look in; not in the source."""


class ClaimRecord(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What /api/evidence.json says of a claim as far as its own file tells."""

    number: int
    source: str
    said: bytes
    """The beginning of a JSON object."""


class Heading(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A heading of a body."""

    level: int
    anchor: str
    text: str
    start: int = 0
    """Where it stands in the plain text of its fragment."""


class Fragment(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A piece of cleaned HTML with holes, and where glossary terms may be linked in it."""

    html: str
    linkable: tuple[tuple[int, int], ...] = ()
    """Half-open ranges of `html` that are running text outside headings, links, claims, code and
    quotations."""
    text: str = ""
    """The same without markup and holes, white space folded."""


class CitedSource(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A source as one file cites it."""

    source: str
    claims: int
    digest: bytes
    """Of its citations, which are kept apart."""


class DatedWords(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """Words that are true on a day."""

    words: str
    """Plain text."""
    as_of: str
    """At any precision; may be empty."""
    review_by: str
    """The first day on which they are due for review; may be empty."""


class EventText(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What the Markdown of one event says."""

    text: str
    """Without markup."""
    sources: tuple[str, ...]
    """Those its text cites."""


class Document(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A content file as far as other files may depend on it; its `Body` is kept apart.

    Small, since every build reads all of them; it stays the same when only running text changes.
    """

    kind: Kind
    name: str
    """What other files call it: the slug or the file's stem, with `.ja` for a translation pair."""
    slug: str
    """The last part of its address."""
    lang: str
    lang_suffix: str
    """`ja` for `page.ja.md`, else empty."""
    path: str
    """Relative to the project's root: `content/explainers/senkakus.md`."""
    meta: FrontMatter
    anchors: tuple[str, ...]
    """Every id in the body."""
    references: tuple[Reference, ...]
    cited: tuple[CitedSource, ...]
    """The sources it cites, in the order of their first citation."""
    events: tuple[EventText, ...]
    """For each event of the front matter."""
    dated: tuple[DatedWords, ...]
    """Its words that are true on a day, in reading order."""
    key_points: tuple[tuple[str, ...], ...]
    """For each key point the sources it cites."""
    texts: Mapping[str, str]
    """The plain text of each other Markdown value of the front matter, by its dotted path."""
    outside: tuple[str, ...] = ()
    """The http and https addresses of its text, each once, as they are written."""

    @property
    def claims(self) -> int:
        """Return how many citations it has."""
        return sum(each.claims for each in self.cited)


class Body(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What only a page of the file's own shows, and where everything in the file stands."""

    fragments: Mapping[str, Fragment]
    """`body`, and each Markdown value of the front matter by its dotted path."""
    headings: tuple[Heading, ...]
    citations: tuple[Citation, ...]
    words: int
    """Words of the page's running text; for Japanese, Chinese and Korean: characters."""
    markdown: str
    """The body as written, without the comments that readers never see, and with holes for the
    addresses and titles of its references. Empty where no copy of it is made."""
    spans: Mapping[str, Span]
    """Where things stand: front matter values by their dotted path (`topics.0`,
    `events.2.date`), `citation.7`, `reference.3` and `outside.0`."""


class ShownFragment(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """The beginning of a `Fragment`."""

    html: str


class ShownBody(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """The beginning of a `Body`: all that pages show of it, read in half the time."""

    fragments: Mapping[str, ShownFragment]
    headings: tuple[Heading, ...]
    citations: tuple[Citation, ...]
    words: int


class Loaded(Struct, frozen=True, kw_only=True):
    """A document with its body, or None where the file can't be one, and what is wrong.

    A document may come with errors: what else is wrong with it shows only beside the others.
    """

    document: Document | None
    body: Body | None
    diagnostics: tuple[Diagnostic, ...]


class UnreadFile(Struct, frozen=True, kw_only=True):
    """A content file that is there and could not be loaded: its name is taken, no more is known."""

    kind: Kind
    path: str


class Asset(Struct, frozen=True, kw_only=True, gc=False):
    """A file of content/ that is copied as it is."""

    path: str
    """Relative to the project's root, in Unicode's composed form."""
    file: str
    """The same as the disk spells it."""
    size: int
