"""Reads cleaned HTML once, in reading order, and takes from it all that a document needs.

Numbers citations, opens references, collects headings, anchors, plain text, sentences and the
ranges where glossary terms may be linked.
"""

import html
import posixpath
import re
from itertools import accumulate
from urllib.parse import unquote

from msgspec.structs import replace

from sitegen.load.block_text import MARK, BlockText, fold
from sitegen.load.citations import PendingCitation
from sitegen.load.dated_words import PendingDate
from sitegen.load.elements import (
    ElementType,
    ElementTypes,
    aligned,
    attributes_of,
    with_own_classes,
    without,
)
from sitegen.load.page_contents import OutsideImage, PageContents
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

_PENDING = re.compile(f"{HOLE_OPEN}([pwd])([0-9]+){HOLE_CLOSE}")
_OPENING_QUOTES, _CLOSING_QUOTES = "\u201c\u300c\u300e", "\u201d\u300d\u300f"
_QUOTES = re.compile(f"[{_OPENING_QUOTES}{_CLOSING_QUOTES}]")
_ELEMENTS = ElementTypes()
_LEFTOVER = re.compile(
    r"\[\[|\[@|\[(?:-|\s|[^\[\]@\n]{1,40} )@\w[^\[\]\n]{0,200}\]"
    r"|\]\[[^\[\]@\n]{1,80}\]|[［\[]\s?[＠@]\w"
)


def read_fragment(
    page: PageContents,
    cleaned: str,
    part: Part,
    citations: list[PendingCitation],
    wiki_links: list[PendingWikiLink],
    dated: list[PendingDate],
) -> Fragment:
    """Return the fragment that `cleaned` is, its citations numbered on from those before."""
    return _FragmentReader(page, part, citations, wiki_links, dated).read(cleaned)


class _FragmentReader(BlockText):
    def __init__(
        self,
        page: PageContents,
        part: Part,
        citations: list[PendingCitation],
        wiki_links: list[PendingWikiLink],
        dated: list[PendingDate],
    ) -> None:
        super().__init__(page)
        self.part: Part = part
        self.pending = citations
        self.wiki_links = wiki_links
        self.pending_dates = dated
        self.dated_starts: list[tuple[int, int]] = []
        """For each open element of dated words its number, and where its words begin."""
        self.out: list[str] = []
        self.linkable: list[tuple[int, int, int]] = []
        """Each range as the index of its piece in `out`, and where in that it starts and ends."""
        self.stack: list[tuple[ElementType, str]] = []
        """Open elements: type and role. `dropped` is not written, `silent` a link without text."""
        self.within = dict.fromkeys(
            ("claim", "code", "dated", "dropped", "link", "silent", "toc"), 0
        )
        """How many open elements have this role."""
        self.closed_to_terms = 0
        self.heading: list[str] | None = None
        self.claim_start: int | None = None
        self.claim_number = 0
        self.words = ""

    def read(self, cleaned: str) -> Fragment:
        # Every `<` of cleaned HTML begins a tag, and every `>` ends one.
        before, *pieces = cleaned.split("<")
        if before:
            self.text(before)
        for piece in pieces:
            tag, _, text = piece.partition(">")
            if tag[0] == "/":
                self.close(_ELEMENTS[tag[1:]])
            else:
                name, space, attributes = tag.partition(" ")
                self.open(_ELEMENTS[name], space + attributes)
            if text:
                self.text(text)
        self.end_block()
        starts = list(accumulate(map(len, self.out), initial=0)) if self.linkable else []
        return Fragment(
            html="".join(self.out),
            linkable=tuple(
                [
                    (starts[piece] + start, starts[piece] + end)
                    for piece, start, end in self.linkable
                ]
            ),
            text=" ".join(self.texts),
        )

    # Elements

    def open(self, element: ElementType, rest: str) -> None:
        if element.is_block:
            self.end_block()
        if not rest and element.is_plain:  # as most are
            self.out.append(element.start)
            self.stack.append((element, ""))
            return
        if element.is_void:
            self.void(element, rest)
            return
        role = element.role
        anchor = None
        if rest:
            if element.tag == "span" and self.opened_mark(element, rest):
                return
            attributes = attributes_of(rest)
            if HOLE_OPEN in rest and not _PENDING.search(attributes.get("href", "")):
                rest = self.without_marks(rest)
            self.out.append(f"<{element.tag}{self.written(element, attributes, rest)}>")
            anchor = attributes.get("id")
            if anchor is not None:
                self.page.anchors.append(anchor)
            if element.tag == "a" and "footnote-" in attributes.get("class", ""):
                role = "silent"
            if element.tag == "div" and attributes.get("class") == "toc":
                role = "toc"
        else:
            self.out.append(element.start)
        if element.tag == "blockquote":
            self.block_quotes.append(len(self.texts))
        if element.is_heading:
            self.heading = []
            start = sum(map(len, self.texts)) + len(self.texts)
            self.page.headings.append(
                Heading(level=int(element.tag[1]), anchor=anchor or "", text="", start=start)
            )
        self.push(element, role)

    def opened_mark(self, element: ElementType, rest: str) -> bool:
        """Open a span if it marks citations, a claim or dated words; return whether it does."""
        if HOLE_OPEN not in rest and "cites" not in rest:
            return False
        attributes = attributes_of(rest)
        if attributes.get("class") == "cites":
            self.push(element, "dropped")
            return True
        marked = _PENDING.fullmatch(attributes.get("id", ""))
        if not marked:
            return False
        if marked[1] != "d":
            self.claim_start = self.block_length()
            self.claim_number = len(self.page.citations) + 1
            self.out.append(f'<span class="claim" id="c{self.claim_number}">')
            self.push(element, "claim")
        elif int(marked[2]) < len(self.pending_dates):
            self.page.dated.append(self.pending_dates[int(marked[2])])
            self.page.dated_texts.append("")
            self.dated_starts.append((len(self.page.dated) - 1, self.block_length()))
            self.out.append('<span class="dated">')
            self.push(element, "dated")
        else:
            self.push(element, "dropped")
        return True

    def push(self, element: ElementType, role: str) -> None:
        """Note that an element is open."""
        self.stack.append((element, role))
        if role:
            self.within[role] += 1
        if role == "claim" or element.is_closed_to_terms:
            self.closed_to_terms += 1

    def without_marks(self, rest: str) -> str:
        """Take the marks of citations and links out of attributes, where no number can stand."""
        if HOLE_OPEN not in rest:
            return rest
        self.page.leftovers.append("[@")
        return _PENDING.sub("", rest)

    def void(self, element: ElementType, rest: str) -> None:
        attributes = attributes_of(rest)
        rest = self.without_marks(rest)
        if "class" in attributes:
            rest = with_own_classes(element, attributes["class"], rest)
        if element.tag == "img":
            rest = self.image(attributes, rest)
        elif element.tag == "br":
            self.say(" ")
        if "id" in attributes:
            self.page.anchors.append(attributes["id"])
        self.out.append(f"<{element.tag}{rest}>")

    def written(self, element: ElementType, attributes: dict[str, str], rest: str) -> str:
        """Return an element's attributes as they are published."""
        if element.tag in ("td", "th") and "align" in attributes:
            return aligned(attributes, rest)
        if "class" in attributes:
            rest = with_own_classes(element, attributes["class"], rest)
        if element.tag == "a" and "href" in attributes:
            rest = self.link(attributes["href"], rest)
        return rest

    def close(self, element: ElementType) -> None:
        stack = self.stack
        if not stack or (
            element is not stack[-1][0] and all(element is not each for each, _ in stack)
        ):
            return
        closed, role = stack.pop()
        if not role and closed is element and element.is_plain:  # as most are
            if element.is_block:
                self.end_block()
            self.out.append(element.end)
            return
        if role:
            self.within[role] -= 1
        if role == "claim" or closed.is_closed_to_terms:
            self.closed_to_terms -= 1
        if self.heading is not None and element.is_heading:
            heading = self.page.headings[-1]
            text = fold("".join(self.heading))
            self.page.headings[-1] = replace(heading, text=text)
            self.heading = None
            if heading.anchor:
                self.out.append(hole("a", len(self.page.headings) - 1))
        if role == "claim" and self.claim_start is not None:
            self.words = fold(self.said_since(self.claim_start).replace(MARK, ""))
            self.claim_start = None
        if element.is_block:
            self.end_block()
        if closed.tag == "blockquote" and self.block_quotes:
            self.block_quotes.pop()
        if role == "dated":
            number, start = self.dated_starts.pop()
            words = self.said_since(start).replace(MARK, "")
            self.page.dated_texts[number] = fold(words)
            self.trim()
            self.out.append(f"</{closed.tag}>{hole('d', number)}")
        elif role != "dropped":
            self.out.append(closed.end)
        else:
            self.words = ""

    # Text

    def text(self, text: str) -> None:
        within = self.within
        if within["toc"]:
            # Its headings' numbers stand at the headings.
            self.out.append(_PENDING.sub("", text))
            return
        if text == "\n" and not self.block and self.heading is None:  # as between most blocks
            self.out.append(text)
            if not within["silent"]:
                self.left_out += 1
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
                self.out.append(hole("t", len(self.page.references) - 1))
                self.say(self.wiki_links[int(match[2])].target)
            position = match.end()
        self.plain(text[position:])

    def plain(self, text: str) -> None:
        if not text:
            return
        self.out.append(text)
        if self.within["silent"]:
            return
        shown = html.unescape(text) if "&" in text else text
        if self.heading is not None:
            self.heading.append(shown)
        if not shown or shown.isspace():
            self.say(shown)
            return
        self.block.append(shown)
        if ("[" in shown or "]" in shown or "［" in shown) and not self.within["code"]:
            self.page.leftovers += _LEFTOVER.findall(shown)
        if not self.closed_to_terms:
            self.open_to_terms(text)

    def open_to_terms(self, text: str) -> None:
        """Note where in the piece just written terms may be linked: outside quotations."""
        piece = len(self.out) - 1
        start = 0
        for match in () if text.isascii() else _QUOTES.finditer(text):
            if match[0] in _OPENING_QUOTES:
                if not self.quote_depth and match.start() > start:
                    self.linkable.append((piece, start, match.start()))
                self.quote_depth += 1
            elif self.quote_depth:
                self.quote_depth -= 1
                start = match.end()
        if not self.quote_depth and start < len(text):
            self.linkable.append((piece, start, len(text)))

    def trim(self) -> None:
        """Take back the space before a number, so that it never begins a line alone."""
        if not self.out:
            return
        kept = self.out[-1].rstrip()
        if kept == self.out[-1]:
            return
        self.out[-1] = kept
        if self.linkable:
            piece, start, end = self.linkable[-1]
            if piece == len(self.out) - 1 and end > len(kept):
                self.linkable[-1] = (piece, start, len(kept))

    def cite(self, pending: PendingCitation) -> None:
        number = len(self.page.citations) + 1
        if self.within["link"] or self.within["silent"]:
            self.page.cited_in_links.append(number)
        self.trim()
        self.out.append(hole("c", number))
        self.block.append(MARK)
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

    # References

    def link(self, href: str, rest: str) -> str:
        wiki = _PENDING.fullmatch(href)
        if wiki:
            pending = self.wiki_links[int(wiki[2])]
            self.page.references.append(
                Reference(form="wiki", target=pending.target, anchor=pending.anchor)
            )
            self.page.reference_raws.append(pending.raw)
        elif (scheme := outside_scheme(href)) or is_outside(href):
            if scheme in ("http", "https"):
                self.page.outside[href.strip()] = None
            return rest
        else:
            path, _, anchor = href.partition("#")
            self.page.references.append(
                Reference(
                    form="path" if path else "anchor",
                    target=_readable(path) if path else "",
                    anchor=unquote(anchor),
                )
            )
            self.page.reference_raws.append(href)
        self.block.append(MARK)
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
        return f'{without(rest, name)} {name}="{hole("h", number)}"'


def _readable(path: str) -> str:
    """Return a path as the file system spells it: percent-decoded, without a query."""
    decoded = unquote(path.partition("?")[0])
    if not decoded.strip("/"):
        return decoded
    is_normal = not ("//" in decoded or "./" in decoded or decoded[-1] in "/.")
    return decoded if is_normal else posixpath.normpath(decoded)
