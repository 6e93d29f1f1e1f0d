"""/api/text/<n>.json: digests of what pages say besides their claims, for `sitegen verify`.

    {"form": 1, "pages": {"explainers/rents/": {"title": ["9c56cc51b374c3ba"],
      "body": ["5f2a...", "77d0..."]}}}

A page has parts; each is a list of blocks (a heading, a paragraph, a list's item, a table's cell)
in reading order, events as their file has them. A block's digest is the first 8 of the 16 bytes of
BLAKE2b (RFC 7693) of its plain text, in hexadecimal; white space is folded, and quotation marks are
straight. Templates name the element of each part with `data-part`; the title is in `<h1>`, the
summary in `<p class="stand">` and the body in `<div class="prose">`. There are several files, so
that an edit writes a small one anew: evidence.json says how many, and a page is in the one that the
digest of its address leads to.
"""

import html
import re
from collections.abc import Callable, Mapping, Sequence

import msgspec
from msgspec import Struct

from sitegen.engine.digest import digest
from sitegen.model.document import HOLE_CLOSE, HOLE_OPEN, Body, Document
from sitegen.model.front_matter import ExplainerMeta, PageMeta, TopicMeta

FORM = 1
BLOCKS = frozenset(
    """article aside blockquote body caption dd details div dl dt figcaption figure footer h1 h2 h3
    h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr
    ul""".split()
)
"""Elements that no sentence goes across."""
_PAGES_A_FILE = 64
_SHOWN = ("key_points", "known", "unknown", "definition", "body", "events")
"""Parts that are fragments of a file, in the order of a page."""

_BLOCK = re.compile(rf"</?(?:{'|'.join(sorted(BLOCKS))})(?:\s[^<>]*)?>")
_TAG = re.compile(r"<[^<>]*>")
_END = "\0"
"""Stands between blocks: no content can hold it."""
_FOOTNOTE_NUMBER = re.compile(r'<a [^<>]*class="footnote-(?:back)?ref"[^<>]*>.*?</a>', re.DOTALL)
_SILENT_HOLE = re.compile(f"{HOLE_OPEN}[acd][0-9]+{HOLE_CLOSE}")
_TITLE_HOLE = re.compile(f"{HOLE_OPEN}t([0-9]+){HOLE_CLOSE}")
_SAME = (
    *((mark, '"') for mark in "\u201c\u201d\u201e\u201f"),
    *((mark, "'") for mark in "\u2018\u2019\u201a\u201b"),
    ("\u2060", ""),
)
"""What is set for what is written: quotation marks, and the joiner that keeps words together."""

Parts = Mapping[str, Sequence[str]]
"""The blocks of each part of a page: their digests, or the text of one with a title's hole."""


class TextFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """/api/text/<n>.json: pages by their addresses."""

    form: int
    pages: dict[str, dict[str, tuple[str, ...]]]


def text_path(number: int) -> str:
    """Return where a file of digests is, below the site's root."""
    return f"api/text/{number}.json"


def files_for(pages: int) -> int:
    """Return how many files so many pages take: a power of two, which seldom changes."""
    return 1 << max(0, (pages - 1) // _PAGES_A_FILE).bit_length()


def file_of(address: str, files: int) -> int:
    """Return the file, of so many, that the page at an address is in."""
    return int.from_bytes(digest(address.encode())[:4], "big") % files


def plain(text: str) -> str:
    """Return what must be the same of a text."""
    return " ".join(_straight(text).split())


def block_digest(text: str) -> str:
    """Return the digest of a block's text."""
    return _short_digest(plain(text))


def parts_of(document: Document, body: Body) -> dict[str, list[str]]:
    """Return what a page says, as far as its own file tells."""
    parts: dict[str, list[str]] = {}
    meta = document.meta
    if isinstance(meta, ExplainerMeta | TopicMeta | PageMeta):
        parts["title"] = [block_digest(meta.title)]
        if meta.summary:
            parts["summary"] = [block_digest(meta.summary)]
    for key in sorted(body.fragments, key=_place):
        part = key.partition(".")[0]
        blocks = _blocks(body.fragments[key].html) if part in _SHOWN else []
        if blocks:
            parts.setdefault(part, []).extend(blocks)
    return parts


def filled(block: str, title: Callable[[int], str]) -> str:
    """Return the digest of a block; `title` tells that of the page that a reference leads to."""
    if HOLE_OPEN not in block:
        return block
    return block_digest(_TITLE_HOLE.sub(lambda hole: title(int(hole[1])), block))


def read_texts(data: bytes) -> TextFile:
    """Return what a file says. Raises ValueError, with a reason, if it is not of this form."""
    try:
        found = msgspec.json.decode(data, type=TextFile)
    except msgspec.MsgspecError as error:
        raise ValueError(f"these are not digests as sitegen writes them: {error}") from error
    if found.form != FORM:
        raise ValueError(f"these digests have form {found.form}; only {FORM} is known here")
    return found


def texts_json(texts: TextFile) -> bytes:
    """Return the file: a page a line."""
    encode = msgspec.json.encode
    lines = [b"%b:%b" % (encode(address), encode(page)) for address, page in texts.pages.items()]
    return b'{"form":%d,"pages":{\n%b\n}}\n' % (texts.form, b",\n".join(lines))


def _place(key: str) -> tuple[int, int]:
    part, number, *_ = (*key.split("."), "0")
    return (_SHOWN.index(part) if part in _SHOWN else len(_SHOWN), int(number))


def _blocks(cleaned: str) -> list[str]:
    """Return the blocks of a fragment's HTML, in which no tag holds `<` or `>` but its own."""
    if "footnote-" in cleaned:
        cleaned = _FOOTNOTE_NUMBER.sub("", cleaned)
    if HOLE_OPEN in cleaned:
        cleaned = _SILENT_HOLE.sub("", cleaned)
    marked = _TAG.sub("", _BLOCK.sub(_END, cleaned.replace("<br>", " ")))
    found = []
    for piece in _straight(html.unescape(marked)).split(_END):
        text = " ".join(piece.split())
        if text:
            found.append(text if HOLE_OPEN in text else _short_digest(text))
    return found


def _straight(text: str) -> str:
    if not text.isascii():
        for mark, written in _SAME:  # several times as fast as str.translate
            text = text.replace(mark, written)
    return text


def _short_digest(text: str) -> str:
    return digest(text.encode())[:8].hex()
