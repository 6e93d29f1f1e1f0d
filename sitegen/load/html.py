"""Reads cleaned HTML once, in reading order, and takes from it all that a document needs.

Numbers citations, opens references, collects headings, anchors, plain text, sentences and the
ranges where glossary terms may be linked.
"""

import html
import re
from itertools import accumulate

from msgspec.structs import replace

from sitegen.load.block_text import MARK
from sitegen.load.citations import PendingCitation
from sitegen.load.dated_words import PendingDate
from sitegen.load.elements import ElementType
from sitegen.load.fragment_text import CLOSING_QUOTES, OPENING_QUOTES, FragmentText
from sitegen.load.page_contents import OutsideImage, PageContents
from sitegen.load.sentences import fold
from sitegen.load.tags import Open, Tag, read_tag
from sitegen.load.wiki_links import PendingWikiLink
from sitegen.model.document import (
    HOLE_OPEN,
    Fragment,
    Heading,
    Part,
    Reference,
    hole,
)

_NOT_BARE = re.compile(f"[{OPENING_QUOTES}{CLOSING_QUOTES}［{HOLE_OPEN}]")
_END_SPAN = "</span"
_BEHIND = ("<",) * 5
"""Pieces behind the last, for those who look ahead: no tag."""
_MUTED = ("silent", "toc")


def read_fragment(
    page: PageContents,
    pieces: list[str],
    part: Part,
    citations: list[PendingCitation],
    wiki_links: list[PendingWikiLink],
    dated: list[PendingDate],
) -> Fragment:
    """Return the fragment that clean HTML is, its citations numbered on from those before.

    The HTML comes in pieces, as `cleaning.pieces_of` takes it apart.
    """
    text = pieces[0]
    if len(pieces) == 1 and _is_bare(text):
        return Fragment(html=text, linkable=((0, len(text)),), text=fold(text))
    return _FragmentReader(page, part, citations, wiki_links, dated).read(pieces)


def _is_bare(text: str) -> bool:
    """Return whether text is nothing but words to show and to link, where nothing forbids it."""
    return not (
        "&" in text
        or "[" in text
        or "]" in text
        or (not text.isascii() and _NOT_BARE.search(text))
        or not text
        or text.isspace()
    )


class _FragmentReader(FragmentText):
    def __init__(
        self,
        page: PageContents,
        part: Part,
        citations: list[PendingCitation],
        wiki_links: list[PendingWikiLink],
        dated: list[PendingDate],
    ) -> None:
        super().__init__(page, part, citations, wiki_links)
        self.pending_dates = dated
        self.dated_starts: list[tuple[int, int]] = []
        """For each open element of dated words its number, and where its words begin."""
        self.stack: list[Open] = []
        """Open elements. One in the role `dropped` is not written, `silent` is without text."""
        self.claim_start: int | None = None

    def read(self, pieces: list[str]) -> Fragment:
        out, block = self.out, self.block
        if pieces[0]:
            self.marked_text(pieces[0])
        # Elements are nested in clean HTML.
        position, end = 1, len(pieces)
        pieces = [*pieces, *_BEHIND]
        while position < end:
            tag, text = read_tag(pieces[position]), pieces[position + 1]
            position += 2
            if tag.is_plain:
                if tag.anchor is not None:
                    self.page.anchors.append(tag.anchor)
                if tag.is_block:
                    if block:
                        self.end_block()
                    else:
                        self.left_out = 0
                if tag.is_block and pieces[position] == tag.end and self.is_bare(text):
                    self.whole_block(tag, text)
                    text = pieces[position + 1]
                    position += 2
                else:
                    out.append(tag.written)
            elif tag.is_end:
                self.close(tag.element)
            elif tag.mark == "cites" and not text and self.whole_claim(pieces, position):
                text = pieces[position + 5]
                position += 6
            elif pieces[position] == tag.end and self.whole_element(tag, text):
                text = pieces[position + 1]
                position += 2
            else:
                self.open(tag)
            if text == "\n" and not (block or self.is_muted or self.heading is not None):
                out.append(text)
                self.left_out += 1
            elif HOLE_OPEN in text:
                self.marked_text(text)
            elif text:
                self.plain(text)
        self.end_block()
        starts = list(accumulate(map(len, out), initial=0)) if self.linkable else []
        return Fragment(
            html="".join(out),
            linkable=tuple(
                [
                    (starts[piece] + start, starts[piece] + end)
                    for piece, start, end in self.linkable
                ]
            ),
            text=" ".join(self.texts),
        )

    # Shorter ways for what there is most of

    def is_bare(self, text: str) -> bool:
        """Return whether text in a block of its own is nothing but words to show and to link."""
        return _is_bare(text) and not (
            self.is_muted or self.closed_to_terms or self.heading is not None
        )

    def whole_block(self, tag: Tag, text: str) -> None:
        """Read a block that holds nothing but bare text."""
        start = len(tag.written)
        self.out.append(f"{tag.written}{text}{tag.element.end}")
        self.linkable.append((len(self.out) - 1, start, start + len(text)))
        self.texts.append(fold(text))

    def whole_element(self, tag: Tag, text: str) -> bool:
        """Read a heading, a link or code that holds only text; return whether it was one."""
        if tag.is_phrase and HOLE_OPEN not in text and text and not text.isspace():
            self.refer_or_note(tag)
            role = tag.opened[1]
            if role == "silent":
                self.out.append(text)
            else:
                self.closed_to_terms += 1
                self.within[role] += 1
                self.plain(text)
                self.within[role] -= 1
                self.closed_to_terms -= 1
            self.out.append(tag.element.end)
            return True
        if tag.element.is_heading and not tag.has_stray_mark and self.is_bare(text):
            self.end_block()
            words = fold(text)
            self.add_heading(tag, words)
            link = hole("a", len(self.page.headings) - 1) if tag.anchor else ""
            self.out.append(f"{tag.written}{text}{link}{tag.element.end}")
            self.texts.append(words)
            return True
        return False

    def whole_claim(self, pieces: list[str], position: int) -> bool:
        """Read a claim that holds only text, and its citations; return whether it was one."""
        start, words, end, behind, end_behind = pieces[position : position + 5]
        if not (
            end == _END_SPAN
            and end_behind == _END_SPAN
            and read_tag(start).mark == "claim"
            and not self.is_muted
            and HOLE_OPEN not in words
        ):
            return False
        self.claim_start = None
        self.open_claim()
        self.closed_to_terms += 1
        if words:
            self.plain(words)
        self.closed_to_terms -= 1
        self.out.append("</span>")
        shown = html.unescape(words) if "&" in words else words
        self.words = fold(shown.replace(MARK, ""))
        if behind:
            self.marked_text(behind)
        self.words = ""
        return True

    # Elements

    def open(self, tag: Tag) -> None:
        element = tag.element
        if tag.is_block:
            self.end_block()
        if tag.mark:
            self.open_mark(tag)
            return
        if tag.has_stray_mark:
            self.page.leftovers.append("[@")
        if element.is_heading:
            self.heading = []
            self.add_heading(tag, "")
        elif tag.anchor is not None:
            self.page.anchors.append(tag.anchor)
        self.refer_or_note(tag)
        if element.is_void:
            if element.tag == "br":
                self.say(" ")
            return
        if element.tag == "blockquote":
            self.block_quotes.append(len(self.texts))
        if element.is_noted:
            self.push(tag.opened)

    def open_mark(self, tag: Tag) -> None:
        """Open a span that marks citations, a claim or dated words."""
        opened = tag.opened
        if tag.mark == "claim":
            self.claim_start = self.block_length()
            self.open_claim()
        elif tag.mark == "dated":
            if tag.number < len(self.pending_dates):
                self.page.dated.append(self.pending_dates[tag.number])
                self.page.dated_texts.append("")
                self.dated_starts.append((len(self.page.dated) - 1, self.block_length()))
                self.out.append('<span class="dated">')
            else:
                opened = (tag.element, "dropped")
        self.push(opened)

    def open_claim(self) -> None:
        """Write the start of what the next citation supports."""
        self.claim_number = len(self.page.citation_raws) + 1
        self.out.append(f'<span class="claim" id="c{self.claim_number}">')

    def push(self, opened: Open) -> None:
        """Note that an element is open."""
        self.stack.append(opened)
        element, role = opened
        if role:
            self.within[role] += 1
            if role in _MUTED:
                self.is_muted = True
        if role == "claim" or element.is_closed_to_terms:
            self.closed_to_terms += 1

    def close(self, element: ElementType) -> None:
        stack = self.stack
        if not stack or (
            element is not stack[-1][0] and all(element is not each for each, _ in stack)
        ):
            return
        closed, role = stack.pop()
        if role:
            self.within[role] -= 1
            if role in _MUTED:
                self.is_muted = bool(self.within["silent"] or self.within["toc"])
        if role == "claim" or closed.is_closed_to_terms:
            self.closed_to_terms -= 1
        if element.is_heading and self.heading is not None:
            self.end_heading(self.heading)
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

    def add_heading(self, tag: Tag, text: str) -> None:
        """Note that a heading begins here, and its text if it is known."""
        if tag.anchor is not None:
            self.page.anchors.append(tag.anchor)
        level, start = int(tag.element.tag[1]), self.length()
        self.page.headings.append(
            Heading(level=level, anchor=tag.anchor or "", text=text, start=start)
        )

    def end_heading(self, said: list[str]) -> None:
        """Give the heading its text."""
        heading = self.page.headings[-1]
        self.page.headings[-1] = replace(heading, text=fold("".join(said)))
        self.heading = None
        if heading.anchor:
            self.out.append(hole("a", len(self.page.headings) - 1))

    # References

    def refer_or_note(self, tag: Tag) -> None:
        """Write a tag, and note the address in it."""
        if tag.wiki is not None or tag.reference is not None:
            self.refer(tag)
            return
        if tag.is_outside:
            self.note_outside(tag)
        self.out.append(tag.written)

    def refer(self, tag: Tag) -> None:
        """Write a tag whose address is still open."""
        number = len(self.page.references)
        if tag.reference is not None:
            reference, raw = tag.reference, tag.address
        else:
            pending = self.wiki_links[tag.wiki or 0]
            reference = Reference(form="wiki", target=pending.target, anchor=pending.anchor)
            raw = pending.raw
        self.page.references.append(reference)
        self.page.reference_raws.append(raw)
        if reference.form != "image":
            self.block.append(MARK)
            # Only pages say where they are linked from.
            self.marked.append(None if reference.form == "anchor" else number)
        self.out.append(f'{tag.written}{hole("h", number)}">')

    def note_outside(self, tag: Tag) -> None:
        """Note what another site holds."""
        if tag.element.tag == "img":
            self.page.outside_images.append(OutsideImage(src=tag.address))
        else:
            self.page.outside[tag.address] = None
