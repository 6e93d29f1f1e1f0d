"""The Markdown syntax for links by slug: `[[slug]]`, `[[slug#heading]]` and `[[slug|words]]`."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString
from msgspec import Struct

from sitegen.model.document import HOLE_CLOSE, HOLE_OPEN

# Inside a table the bar is written `\|`, which Python-Markdown has put away by now.
_ESCAPED = "\x02klzzwxh:\\d+\x03"
_WIKI_LINK = (
    r"\[\[(?P<target>[^\[\]|\n\x02]{1,300})"
    rf"(?:(?:\||{_ESCAPED})(?P<words>[^\[\]\n]{{1,1000}}))?\]\]"
)


class PendingWikiLink(Struct, frozen=True, kw_only=True):
    """A link by slug as it stands in the text."""

    target: str
    anchor: str
    raw: str


def wiki_address(index: int) -> str:
    """Return the href that stands for the link of this index until it is resolved."""
    return f"{HOLE_OPEN}w{index}{HOLE_CLOSE}"


class WikiLinkProcessor(InlineProcessor):
    """Makes links by slug; each is named by its index in `found`."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(_WIKI_LINK, md)
        self.found: list[PendingWikiLink] = []

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        """Return a link whose words are the slug's title where none were written."""
        target, _, anchor = m["target"].strip().partition("#")
        address = wiki_address(len(self.found))
        raw = re.sub(_ESCAPED, r"\\|", m[0])
        self.found.append(PendingWikiLink(target=target.strip(), anchor=anchor.strip(), raw=raw))
        element = Element("a", {"href": address})
        element.text = m["words"].strip() if m["words"] else AtomicString(address)
        return element, m.start(0), m.end(0)
