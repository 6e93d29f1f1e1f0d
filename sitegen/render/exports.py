"""Writes Markdown for machines and for people who prefer it: llms.txt and copies of explainers.

llms.txt follows llmstxt.org: a heading, a summary as a block quote, sections of links. Its few
words of its own, and the labels of the copies, are English whatever the publication's language:
programs look for them.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from sitegen.render.serialize import one_line


class LlmsLink(Struct, frozen=True, kw_only=True):
    """A link of llms.txt."""

    title: str
    address: str
    note: str


class LlmsSection(Struct, frozen=True, kw_only=True):
    """A section of llms.txt."""

    title: str
    links: tuple[LlmsLink, ...]


class LlmsIndex(Struct, frozen=True, kw_only=True):
    """What llms.txt tells of the publication."""

    title: str
    summary: str
    sections: tuple[LlmsSection, ...]


class CopiedSource(Struct, frozen=True, kw_only=True):
    """A source below a Markdown copy, by the id that citations in the text use."""

    id: str
    title: str
    publisher: str
    published: str
    """Empty where it is not known."""
    address: str
    """Where the source is, else its page on this site."""
    archive: str
    status: str
    """Empty for a source that stands as it was."""
    status_note: str
    gone: str
    """The day since which its address is dead; empty for one that is not known to be."""


class CopiedAlert(Struct, frozen=True, kw_only=True):
    """A source that is no longer what it was when the explainer came to rest on it."""

    status: str
    title: str
    address: str
    """Of its page on this site."""
    note: str


class GoneLink(Struct, frozen=True, kw_only=True):
    """An address in the text that is dead."""

    address: str
    since: str
    archive: str


class MarkdownCopy(Struct, frozen=True, kw_only=True):
    """An explainer as Markdown: nothing of the front matter that its page does not show."""

    title: str
    summary: str
    authors: tuple[str, ...]
    published: str
    updated: str
    as_of: str
    reviewed: str
    address: str
    alerts: tuple[CopiedAlert, ...]
    body: str
    gone: tuple[GoneLink, ...]
    sources: tuple[CopiedSource, ...]


_INLINE = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")
_BLOCK = re.compile(r"(?P<number>\d{1,9})(?=[.)])|(?=[#>+=~-])")
_NOTE = (
    "Each explainer below is a Markdown file. A citation in its text, such as `[@id]`, names one "
    "of the sources listed at its end."
)


def llms_index(view: LlmsIndex) -> bytes:
    """Return llms.txt."""
    blocks = [f"# {_plain(view.title)}"]
    if view.summary:
        blocks.append(f"> {_paragraph(view.summary)}")
    blocks.append(_NOTE)
    for section in view.sections:
        blocks.append(f"## {_plain(section.title)}")
        blocks.append("\n".join(_llms_link(link) for link in section.links))
    return ("\n\n".join(blocks) + "\n").encode()


def _llms_link(link: LlmsLink) -> str:
    note = f": {_plain(link.note)}" if link.note else ""
    return f"- {_link(link.title, link.address)}{note}"


def markdown_copy(view: MarkdownCopy) -> bytes:
    """Return the Markdown copy of an explainer."""
    labels = (
        ("By", _plain(", ".join(view.authors))),
        ("Published", view.published),
        ("Updated", view.updated),
        ("As of", view.as_of),
        ("Reviewed", view.reviewed),
        ("Address", f"<{view.address}>"),
    )
    blocks = [
        f"# {_plain(view.title)}",
        _paragraph(view.summary),
        "\n".join(f"- {label}: {text}" for label, text in labels if text),
        *(_alert(alert) for alert in view.alerts),
        "---",
        view.body.strip("\n"),
        "---",
        "## Links that are no longer online" if view.gone else "",
        "\n".join(_gone(link) for link in view.gone),
        "## Sources",
        "\n".join(_source(source) for source in view.sources),
    ]
    return ("\n\n".join(block for block in blocks if block) + "\n").encode()


def _source(source: CopiedSource) -> str:
    origin = ", ".join(part for part in (_plain(source.publisher), source.published) if part)
    line = f"- `@{source.id}`: {_link(source.title, source.address)}. {origin}."
    if source.gone:
        line += f" No longer online since {source.gone}."
    if source.archive:
        line += f" [Archived copy]({_destination(source.archive)})."
    if not source.status:
        return line
    return f"{line} Status: {source.status}. {_plain(source.status_note)}".rstrip()


def _alert(alert: CopiedAlert) -> str:
    named = f"> **A source of this page: {alert.status}.** {_link(alert.title, alert.address)}."
    return f"{named} {_plain(alert.note)}".rstrip()


def _gone(link: GoneLink) -> str:
    line = f"- <{link.address}>, since {link.since}."
    return f"{line} [Archived copy]({_destination(link.archive)})." if link.archive else line


def _plain(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    return _INLINE.sub(lambda match: f"\\{match[0]}", one_line(text))


def _paragraph(text: str) -> str:
    """Return text as a paragraph, whatever it begins with."""
    plain = _plain(text)
    start = _BLOCK.match(plain)
    return f"{start[0]}\\{plain[start.end() :]}" if start else plain


def _link(words: str, address: str) -> str:
    return f"[{_plain(words)}]({_destination(address)})"


def _destination(address: str) -> str:
    """Return an address for a Markdown link, whose end is the first closing parenthesis."""
    return address.replace("(", "%28").replace(")", "%29")


RENDERERS: Mapping[str, Callable[[Any], bytes]] = {
    "llms": llms_index,
    "markdown-copy": markdown_copy,
}
