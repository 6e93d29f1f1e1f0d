"""Reads cleaned HTML once, in reading order, and takes from it all that a document needs.

Numbers citations, opens references, collects headings, anchors, plain text, sentences and the
ranges where glossary terms may be linked.
"""

import html
import posixpath
import re
from collections import defaultdict
from itertools import accumulate
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from sitegen.load.citations import PendingCitation
from sitegen.load.dated_words import PendingDate
from sitegen.load.quotations import quotation_before, quoted_block
from sitegen.load.sentences import sentences_at
from sitegen.load.wiki_links import PendingWikiLink
from sitegen.model.document import (
    HOLE_CLOSE,
    HOLE_OPEN,
    Citation,
    Fragment,
    Heading,
    Part,
    Reference,
    hole,
)
from sitegen.urls import is_outside, outside_scheme

_TOKEN = re.compile(r"([^<]*+)(?:<(/?)([a-z][a-z0-9]*+)([^>]*+)>)?+")
"""Text and the tag behind it."""
_ATTRIBUTE = re.compile(r'\s([a-z-]+)(?:="([^"]*)")?')
_PENDING = re.compile(f"{HOLE_OPEN}([pwd])([0-9]+){HOLE_CLOSE}")
_MARK = "\ufdd2"
"""Stands for a citation or a link in a block's text until its sentence is known."""
_BLOCKS = frozenset(
    """blockquote caption dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre
    summary table tbody td tfoot th thead tr ul""".split()
)
_NOT_LINKABLE = frozenset(
    """a abbr blockquote code dfn h1 h2 h3 h4 h5 h6 kbd pre q samp summary var""".split()
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_VOID = frozenset(["br", "col", "hr", "img", "wbr"])
_OPENING_QUOTES, _CLOSING_QUOTES = "\u201c\u300c\u300e", "\u201d\u300d\u300f"
_QUOTES = re.compile(f"[{_OPENING_QUOTES}{_CLOSING_QUOTES}]")


INTERFACE_CLASSES = frozenset(
    """
    anch aside ban bar bigfind body brand btn by card chip chips cite cites claim claims
    cols dated dots ev facts find findlink fix foot gl go head js kick key kn label lead links
    loc mast more nav no off on plan prose q rail related res rows say sec sheet side skip
    src st stand stick sub sum t term theme tl toc tools two unknown vh wide wrap x yes
    """.split()
)
"""Classes that the templates and scripts give a meaning; in content they could feign or hide it."""
_ROLES = {"a": "link", "code": "code", "kbd": "code", "pre": "code", "samp": "code"}
_LEFTOVER = re.compile(
    r"\[\[|\[@|\[(?:-|\s|[^\[\]@\n]{1,40} )@\w[^\[\]\n]{0,200}\]"
    r"|\]\[[^\[\]@\n]{1,80}\]|[［\[]\s?[＠@]\w"
)


class OutsideImage(Struct, frozen=True, kw_only=True):
    """An image that would make readers' browsers call another site."""

    src: str


class PageReader:
    """Reads the fragments of one page in reading order; the lists grow with each."""

    def __init__(self) -> None:
        self.citations: list[Citation] = []
        self.citation_raws: list[str] = []
        """The raw text of each citation, for finding its place."""
        self.references: list[Reference] = []
        self.reference_raws: list[str] = []
        """The text of each reference that stands in the file."""
        self.dated: list[PendingDate] = []
        self.dated_texts: list[str] = []
        """The plain text of each of them."""
        self.headings: list[Heading] = []
        self.anchors: list[str] = []
        self.outside_images: list[OutsideImage] = []
        self.outside: dict[str, None] = {}
        """The http and https addresses that are linked to, in the order of their first use."""
        self.cited_in_links: list[int] = []
        """The number of each citation that stands inside a link."""
        self.leftovers: list[str] = []
        """Text that looks like a citation or a link by slug and was read as neither."""

    def read(
        self,
        cleaned: str,
        part: Part,
        citations: list[PendingCitation],
        wiki_links: list[PendingWikiLink],
        dated: list[PendingDate],
    ) -> Fragment:
        """Return the fragment that `cleaned` is, its citations numbered on from those before."""
        return _FragmentReader(self, part, citations, wiki_links, dated).read(cleaned)


class _FragmentReader:
    def __init__(
        self,
        page: PageReader,
        part: Part,
        citations: list[PendingCitation],
        wiki_links: list[PendingWikiLink],
        dated: list[PendingDate],
    ) -> None:
        self.page = page
        self.part: Part = part
        self.pending = citations
        self.wiki_links = wiki_links
        self.pending_dates = dated
        self.dated_starts: list[tuple[int, int]] = []
        """For each open element of dated words its number, and where its words begin."""
        self.out: list[str] = []
        self.length = 0
        self.linkable: list[tuple[int, int]] = []
        self.stack: list[tuple[str, str]] = []
        """Open elements: tag and role. `dropped` is not written, `silent` a link without text."""
        self.within: defaultdict[str, int] = defaultdict(int)
        """How many open elements have this role."""
        self.closed_to_terms = 0
        self.quote_depth = 0
        self.block: list[str] = []
        self.block_length = 0
        self.marked: list[tuple[str, int]] = []
        """What each mark in the block stands for: `c` and a number, or `r` and an index."""
        self.texts: list[str] = []
        self.block_quotes: list[int] = []
        """For each open block quote how many texts stand before the words not yet cited."""
        self.heading: list[str] | None = None
        self.claim_start: int | None = None
        self.claim_number = 0
        self.words = ""

    def read(self, cleaned: str) -> Fragment:
        for text, slash, name, rest in _TOKEN.findall(cleaned):
            if text:
                self.text(text)
            tag = "h2" if name == "h1" else name  # the page's title is its only h1
            if slash:
                self.close(tag)
            elif tag:
                self.open(tag, rest)
        self.end_block()
        return Fragment(
            html="".join(self.out),
            linkable=tuple(self.linkable),
            text=" ".join(self.texts),
        )

    def write(self, text: str) -> None:
        self.out.append(text)
        self.length += len(text)

    def say(self, text: str) -> None:
        """Add to the block's plain text, whose leading white space is never shown."""
        self.block_length += len(text)
        if self.block or not text.isspace():
            self.block.append(text)

    def said_since(self, start: int) -> str:
        """Return the block's plain text from a place on."""
        pieces: list[str] = []
        left = self.block_length - start
        for piece in reversed(self.block):
            if left <= 0:
                break
            pieces.append(piece[-left:])
            left -= len(piece)
        return "".join(reversed(pieces))

    # Elements

    def open(self, tag: str, rest: str) -> None:
        if tag in _BLOCKS:
            self.end_block()
        if tag in _VOID:
            self.void(tag, rest)
            return
        role = _ROLES.get(tag, "")
        if rest:
            attributes = _attributes(rest)
            if tag == "span" and attributes.get("class") == "cites":
                self.push(tag, "dropped")
                return
            marked = _PENDING.fullmatch(attributes.get("id", "")) if tag == "span" else None
            if marked and marked[1] == "d":
                if int(marked[2]) < len(self.pending_dates):
                    self.page.dated.append(self.pending_dates[int(marked[2])])
                    self.page.dated_texts.append("")
                    self.dated_starts.append((len(self.page.dated) - 1, self.block_length))
                    self.write('<span class="dated">')
                    self.push(tag, "dated")
                else:
                    self.push(tag, "dropped")
                return
            if marked:
                self.claim_start = self.block_length
                self.claim_number = len(self.page.citations) + 1
                self.write(f'<span class="claim" id="c{self.claim_number}">')
                self.push(tag, "claim")
                return
            if not _PENDING.search(attributes.get("href", "")):
                rest = self.without_marks(rest)
            self.write(self.tag(tag, attributes, rest))
            anchor = attributes.get("id")
            if anchor is not None:
                self.page.anchors.append(anchor)
            if tag == "a" and "footnote-" in attributes.get("class", ""):
                role = "silent"
            if tag == "div" and attributes.get("class") == "toc":
                role = "toc"
        else:
            anchor = None
            self.write(f"<{tag}>")
        if tag == "blockquote":
            self.block_quotes.append(len(self.texts))
        if tag in _HEADINGS:
            self.heading = []
            start = sum(map(len, self.texts)) + len(self.texts)
            self.page.headings.append(
                Heading(level=int(tag[1]), anchor=anchor or "", text="", start=start)
            )
        self.push(tag, role)

    def push(self, tag: str, role: str) -> None:
        """Note that an element is open."""
        self.stack.append((tag, role))
        if role:
            self.within[role] += 1
        if role == "claim" or tag in _NOT_LINKABLE:
            self.closed_to_terms += 1

    def pop(self) -> tuple[str, str]:
        """Return the tag and the role of the element that ends here."""
        tag, role = self.stack.pop()
        if role:
            self.within[role] -= 1
        if role == "claim" or tag in _NOT_LINKABLE:
            self.closed_to_terms -= 1
        return tag, role

    def without_marks(self, rest: str) -> str:
        """Take the marks of citations and links out of attributes, where no number can stand."""
        if HOLE_OPEN not in rest:
            return rest
        self.page.leftovers.append("[@")
        return _PENDING.sub("", rest)

    def void(self, tag: str, rest: str) -> None:
        attributes = _attributes(rest)
        rest = self.without_marks(rest)
        if tag == "img":
            rest = self.image(attributes, rest)
        elif tag == "br":
            self.say(" ")
        if "id" in attributes:
            self.page.anchors.append(attributes["id"])
        self.write(f"<{tag}{rest}>")

    def tag(self, tag: str, attributes: dict[str, str], rest: str) -> str:
        if "class" in attributes:
            written = attributes["class"].split()
            own = tag == "div" and written == ["toc"]
            kept = [name for name in written if own or name not in INTERFACE_CLASSES]
            names = f' class="{html.escape(" ".join(kept))}"' if kept else ""
            rest = _without(rest, "class") + names
        if tag == "a" and "href" in attributes:
            rest = self.link(attributes["href"], rest)
        elif tag in ("td", "th") and "align" in attributes:
            rest = _without(_without(rest, "align"), "class")
            names = f"{attributes.get('class', '')} align-{attributes['align']}".strip()
            rest += f' class="{html.escape(names)}"'
        return f"<{tag}{rest}>"

    def close(self, tag: str) -> None:
        if not self.stack or (
            tag != self.stack[-1][0] and all(tag != name for name, _ in self.stack)
        ):
            return
        name, role = self.pop()
        if self.heading is not None and tag in _HEADINGS:
            heading = self.page.headings[-1]
            text = _fold("".join(self.heading))
            self.page.headings[-1] = replace(heading, text=text)
            self.heading = None
            if heading.anchor:
                self.write(hole("a", len(self.page.headings) - 1))
        if role == "claim" and self.claim_start is not None:
            self.words = _fold(self.said_since(self.claim_start).replace(_MARK, ""))
            self.claim_start = None
        if tag in _BLOCKS:
            self.end_block()
        if name == "blockquote" and self.block_quotes:
            self.block_quotes.pop()
        if role == "dated":
            number, start = self.dated_starts.pop()
            words = self.said_since(start).replace(_MARK, "")
            self.page.dated_texts[number] = _fold(words)
            self.trim()
            self.write(f"</{name}>{hole('d', number)}")
        elif role != "dropped":
            self.write(f"</{name}>")
        else:
            self.words = ""

    # Text

    def text(self, text: str) -> None:
        if self.within["toc"]:
            self.write(_PENDING.sub("", text))  # its headings' numbers stand at the headings
            return
        if HOLE_OPEN not in text:
            self.plain(text)
            return
        position = 0
        for match in _PENDING.finditer(text):
            self.plain(text[position : match.start()])
            if match[1] == "p" and int(match[2]) < len(self.pending):
                self.cite(self.pending[int(match[2])])
            elif match[1] == "w":
                self.write(hole("t", len(self.page.references) - 1))
                self.say(self.wiki_links[int(match[2])].target)
            position = match.end()
        self.plain(text[position:])

    def plain(self, text: str) -> None:
        if not text:
            return
        begin = start = self.length
        self.write(text)
        if self.within["silent"]:
            return
        shown = html.unescape(text)
        self.say(shown)
        if self.heading is not None:
            self.heading.append(shown)
        if not shown or shown.isspace():
            return
        if ("[" in shown or "]" in shown or "［" in shown) and not self.within["code"]:
            self.page.leftovers += _LEFTOVER.findall(shown)
        if self.closed_to_terms:
            return
        for match in () if text.isascii() else _QUOTES.finditer(text):
            if match[0] in _OPENING_QUOTES:
                if not self.quote_depth and begin + match.start() > start:
                    self.linkable.append((start, begin + match.start()))
                self.quote_depth += 1
            elif self.quote_depth:
                self.quote_depth -= 1
                start = begin + match.end()
        if not self.quote_depth and start < self.length:
            self.linkable.append((start, self.length))

    def trim(self) -> None:
        """Take back the space before a number, so that it never begins a line alone."""
        if self.out and self.out[-1] != self.out[-1].rstrip():
            kept = self.out[-1].rstrip()
            self.length -= len(self.out[-1]) - len(kept)
            self.out[-1] = kept
            if self.linkable and self.linkable[-1][1] > self.length:
                self.linkable[-1] = (self.linkable[-1][0], self.length)

    def cite(self, pending: PendingCitation) -> None:
        number = len(self.page.citations) + 1
        if self.within["link"] or self.within["silent"]:
            self.page.cited_in_links.append(number)
        self.trim()
        self.write(hole("c", number))
        self.say(_MARK)
        self.marked.append(("c", number))
        self.page.citation_raws.append(pending.raw)
        self.page.citations.append(
            Citation(
                number=number,
                source=pending.source,
                locator=pending.locator,
                passage=pending.passage,
                words=self.words,
                claim=number == self.claim_number,
                part=self.part,
                translated=pending.translated,
            )
        )

    def end_block(self) -> None:
        """Fold the block's text and give its citations and references their sentences."""
        self.quote_depth = self.block_length = 0
        if not self.block:
            return
        pieces = _fold("".join(self.block)).split(_MARK)
        self.block.clear()
        text = "".join(pieces)
        if text:
            self.texts.append(text)
        if not self.marked:
            return
        places = list(accumulate(map(len, pieces)))
        sentences = sentences_at(text, places[: len(self.marked)])
        self.quote(text, places)
        for (what, number), sentence in zip(self.marked, sentences, strict=True):
            if what == "c":
                citation = self.page.citations[number - 1]
                self.page.citations[number - 1] = replace(citation, sentence=sentence)
            else:
                reference = self.page.references[number]
                self.page.references[number] = replace(reference, sentence=sentence)
        self.marked.clear()

    def quote(self, text: str, places: list[int]) -> None:
        """Give the block's citations the quotations that they directly follow."""
        end = len(text.rstrip(" ."))
        before = -1
        for (what, number), place in zip(self.marked, places, strict=False):
            if what != "c":
                continue
            if place != before:  # of several sources the first holds the words
                quotation = quotation_before(text, place)
                if self.block_quotes and place >= end:
                    quotation = quoted_block(self.texts[self.block_quotes[-1] :])
                    self.block_quotes[-1] = len(self.texts)
                if quotation:
                    citation = self.page.citations[number - 1]
                    self.page.citations[number - 1] = replace(citation, quotation=quotation)
            before = place

    # References

    def link(self, href: str, rest: str) -> str:
        wiki = _PENDING.fullmatch(href)
        if wiki:
            pending = self.wiki_links[int(wiki[2])]
            self.page.references.append(
                Reference(form="wiki", target=pending.target, anchor=pending.anchor)
            )
            self.page.reference_raws.append(pending.raw)
        elif is_outside(href):
            if outside_scheme(href) in ("http", "https"):
                self.page.outside[href.strip()] = None
            return rest
        else:
            path, _, anchor = href.partition("#")
            self.page.references.append(
                Reference(
                    form="path" if path else "anchor",
                    target=_readable(path),
                    anchor=unquote(anchor),
                )
            )
            self.page.reference_raws.append(href)
        self.say(_MARK)
        self.marked.append(("r", len(self.page.references) - 1))
        return self._with_hole(rest, "href")

    def image(self, attributes: dict[str, str], rest: str) -> str:
        src = attributes.get("src", "")
        if not src:
            return rest
        if is_outside(src):
            self.page.outside_images.append(OutsideImage(src=src))
            return rest
        self.page.references.append(Reference(form="image", target=_readable(src)))
        self.page.reference_raws.append(src)
        return self._with_hole(rest, "src")

    def _with_hole(self, rest: str, name: str) -> str:
        number = len(self.page.references) - 1
        return f'{_without(rest, name)} {name}="{hole("h", number)}"'


def _attributes(rest: str) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(rest)}


def _without(rest: str, name: str) -> str:
    return re.sub(rf'\s{name}="[^"]*"', "", rest)


def _fold(text: str) -> str:
    return " ".join(text.split())


def _readable(path: str) -> str:
    """Return a path as the file system spells it: percent-decoded, without a query."""
    decoded = unquote(path.partition("?")[0])
    return posixpath.normpath(decoded) if decoded.strip("/") else decoded
