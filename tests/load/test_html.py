"""Reading cleaned HTML: the shorter ways find what the long way finds."""

import random
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from sitegen.load.citations import PendingCitation
from sitegen.load.cleaning import pieces_of
from sitegen.load.dated_words import PendingDate
from sitegen.load.html import _FragmentReader, read_fragment
from sitegen.load.page_contents import PageContents
from sitegen.load.sanitize import clean
from sitegen.load.sentences import _ASCII_END, _END, _ends_sentence, fold, sentences_at
from sitegen.load.wiki_links import PendingWikiLink
from sitegen.model.document import HOLE_CLOSE, HOLE_OPEN

CITATIONS = [
    PendingCitation(source=each, locator="", passage="", raw=f"[@{each}]", translated=False)
    for each in ("one", "two")
]
WIKI_LINKS = [PendingWikiLink(target="page", anchor="", raw="[[page]]")] * 3
DATES = [PendingDate(as_of="2025", review_by="", raw="[x]{as-of=2025}")] * 3

WORDS = (
    "Two words",
    "ends. ",
    "“",
    "”",
    "&amp;",
    "[@",
    "]",
    " ",
    " ",
    "\n",
    "日本。",
    "［＠a",
    "\xa0",
    "e.g. x",
    "a. B",
)
TAGS = (
    "em",
    "code",
    "a",
    "span",
    "kbd",
    'sup id="fnref:1"',
    'code id="k"',
    'a href="b.md"',
    'a class="footnote-ref"',
    'a class="footnote-ref" href="#fn:1"',
    'a href="https://example.org/" title="t"',
    'a id="x" href="#y"',
    f'a href="{HOLE_OPEN}w1{HOLE_CLOSE}"',
    f'a title="{HOLE_OPEN}p1{HOLE_CLOSE}" href="#y"',
)
BLOCKS = (
    *("p", "p", "p", "li", "h1", "h2", 'h3 id="z"', "dd", "td", "figcaption"),
    *('li id="q"', 'p title="t"', "pre", "summary", "hr"),
)
CELLS = ("td", 'td align="right"')
AROUND = ("ul", "blockquote", 'div class="toc"', "details", "dl", "div", "h2")


class _Writer(random.Random):
    """Writes HTML of all that is read in an own way, in every order."""

    def words(self) -> str:
        return "".join(self.choices(WORDS, k=self.randrange(4)))

    def mark(self, kinds: str = "ppwd") -> str:
        return f"{HOLE_OPEN}{self.choice(kinds)}{self.randrange(3)}{HOLE_CLOSE}"

    def claim(self) -> str:
        said = self.choice((self.words, self.words, self.inline))()
        behind = self.choice((self.mark, self.mark, self.words, self.inline))()
        before = self.choice(("", "", "", " ", "x"))
        mark = self.mark("pppd")
        return f'<span class="cites">{before}<span id="{mark}">{said}</span>{behind}</span>'

    def inline(self) -> str:
        if self.random() < 0.3:
            tag = self.choice(TAGS)
            return f"<{tag}>{self.inline()}</{tag.split()[0]}>"
        return self.choice((self.words, self.words, self.mark, self.claim))()

    def block(self) -> str:
        if self.random() < 0.3:
            tag = self.choice(AROUND)
            inner = "".join(self.block() for _ in range(self.randrange(3)))
        else:
            tag = self.choice(BLOCKS)
            inner = "".join(self.inline() for _ in range(self.randrange(4)))
        return f"<{tag}>{inner}</{tag.split()[0]}>" + self.choice(("\n", "\n", "\n\n", "", "x"))

    def table(self) -> str:
        cells = "".join(f"<{self.choice(CELLS)}>{self.inline()}</td>\n" for _ in range(3))
        return f"<table>\n<tbody>\n<tr>\n{cells}</tr>\n</tbody>\n</table>\n"


def _read(cleaned: str) -> tuple[object, ...]:
    page = PageContents()
    fragment = read_fragment(page, pieces_of(cleaned), "body", CITATIONS, WIKI_LINKS, DATES)
    return fragment, vars(page)


def test_whole_blocks_elements_and_claims_are_read_as_their_tags_one_by_one() -> None:
    for seed in range(1000):
        write = _Writer(seed)
        blocks = [write.block() for _ in range(4)]
        cleaned = clean("".join([*blocks, write.table()]) if seed % 4 else write.inline())
        short = _read(cleaned)
        with (
            patch("sitegen.load.html._is_bare", lambda _: False),
            patch.object(_FragmentReader, "whole_element", lambda *_: False),
            patch.object(_FragmentReader, "whole_claim", lambda *_: False),
        ):
            assert short == _read(cleaned), seed


@given(
    st.lists(st.sampled_from(["x", "Y", ". ", "e.g.", "3.5", "? ", ".", '"', ")", "。", "」", " "]))
)
def test_a_sentence_reaches_from_the_last_end_before_a_place_to_the_next_one(
    pieces: list[str],
) -> None:
    text = "".join(pieces)
    ending = _ASCII_END if text.isascii() else _END
    ends = [each.end() for each in ending.finditer(text) if _ends_sentence(text, each)]
    for place in range(len(text) + 1):
        start = max((end for end in ends if end < place), default=0)
        end = min((end for end in ends if end >= place), default=len(text))
        assert sentences_at(text, [place]) == [fold(text[start:end])], place


@given(st.text(st.sampled_from("ab \t\n\x1c\x85\xa0\u1680\u2003\u2028\u3000\ufdd2あ")))
def test_text_is_folded_as_python_splits_it(text: str) -> None:
    assert fold(text) == " ".join(text.split())


def test_no_white_space_but_the_space_is_printable() -> None:
    assert [c for c in map(chr, range(0x110000)) if c.isspace() and c.isprintable()] == [" "]
