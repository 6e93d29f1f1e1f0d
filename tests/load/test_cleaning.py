"""HTML that is not given to nh3 is what nh3 would have made of it, and holds nothing to report."""

import random
import time
from xml.etree.ElementTree import Element, SubElement, tostring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.load import cleaning
from sitegen.load.cleaning import _WITHIN, cleaned, kept_pieces, pieces_of
from sitegen.load.sanitize import TAGS, clean, unsafe
from tests.load.html_tokens import ATTRIBUTES, ELEMENTS, REST, TEXTS, VALUES

SEEDS = range(6000)


@pytest.fixture(autouse=True)
def _unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every nesting be remembered, however many there are."""
    monkeypatch.setattr(cleaning, "_MOST_PLACES", 10**9)


def _assert_taken_apart(pieces: list[str], html: str) -> None:
    texts, tags = pieces[::2], pieces[1::2]
    assert len(texts) == len(tags) + 1, html
    assert "".join([*map("{}{}>".format, texts, tags), texts[-1]]) == html
    assert not [text for text in texts if "<" in text], html
    assert not [tag for tag in tags if tag.rfind("<") != 0], html


class _Writer(random.Random):
    """Writes HTML that is nearly as clean as ours, hostile HTML, and all between."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.wild = self.choice((0.0, 0.0, 0.01, 0.03, 0.1, 0.5))
        """How probable something is at each step that we would not write."""

    def is_wild(self) -> bool:
        return self.random() < self.wild

    def text(self) -> str:
        if self.is_wild():
            return self.choice(REST)
        return self.choice(TEXTS)

    def start(self, name: str) -> str:
        attributes = "".join(
            f" {self.choice(ATTRIBUTES)}" for _ in range(self.choice((0, 0, 0, 0, 1, 1, 2, 3)))
        )
        if self.is_wild():
            name = self.choice((name.upper(), f"{name}/", f"/{name}", f" {name}", f"{name} "))
        if self.is_wild():
            attributes = attributes.replace(self.choice(' "=&/'), self.choice(' "=&/<>\n'), 1)
        return f"<{name}{attributes}>"

    def element(self, depth: int, name: str) -> str:
        if name in ("br", "hr", "img", "wbr"):
            return self.start(name)
        inner = "".join(self.content(depth + 1, name) for _ in range(self.choice((0, 1, 1, 2, 3))))
        end = f"</{name}>" if not self.is_wild() else self.choice(("", "</p>", "</table>", "</ a>"))
        return f"{self.start(name)}{inner}{end}"

    def content(self, depth: int, name: str) -> str:
        allowed = _WITHIN.get(name, _WITHIN["div"])
        if self.is_wild():
            allowed = frozenset((*ELEMENTS, *TAGS))
        is_table = name in ("table", "thead", "tbody", "tr")
        text = "\n" if is_table and not self.is_wild() else self.text()
        if depth > 6 or (self.random() < 0.3 and not is_table):
            return text
        element = self.element(depth, self.choice(sorted(allowed)))
        return f"{text}{element}\n" if is_table else f"{element}{self.choice(('', text))}"

    def page(self) -> str:
        made = "".join(self.content(0, "div") for _ in range(self.randrange(1, 4)))
        if self.is_wild():
            made = clean(made)
        while self.is_wild():
            start = self.randrange(len(made) + 1)
            end = start + self.randrange(6)
            made = made[:start] + self.choice(("", self.text(), made[end:start])) + made[end:]
        return made


def _assert_as_nh3(rendered: str) -> bool:
    html = clean(rendered)
    pieces = pieces_of(html)
    _assert_taken_apart(pieces, html)
    kept = kept_pieces(rendered)
    if kept is None:
        return False
    assert kept == pieces, rendered
    assert not unsafe("a.md", rendered), rendered
    return True


def test_what_is_kept_is_what_nh3_makes_of_it() -> None:
    taken = sum([_assert_as_nh3(_Writer(seed).page()) for seed in SEEDS])
    assert len(SEEDS) // 5 < taken < len(SEEDS)


_TOKENS = st.one_of(
    st.sampled_from([*TEXTS, *REST]),
    st.sampled_from([f"<{name}>" for name in ELEMENTS]),
    st.sampled_from([f"</{name}>" for name in ELEMENTS]),
    st.sampled_from([f"<{name} {each}>" for name in ("a", "p", "td") for each in ATTRIBUTES]),
)


@given(st.lists(_TOKENS, max_size=12).map("".join))
def test_no_mixture_of_tags_and_text_is_kept_that_nh3_would_change(rendered: str) -> None:
    _assert_as_nh3(rendered)
    _assert_as_nh3(f"<div>{rendered}</div>")


@pytest.mark.parametrize("part", [*REST, *TEXTS])
def test_every_oddity_is_judged_as_nh3_does(part: str) -> None:
    for html in (part, f"<p>{part}</p>", f"x{part}&amp;<li>y", f"<ul><li>{part}</li></ul>"):
        _assert_as_nh3(html)


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_every_attribute_is_judged_as_nh3_does(attribute: str) -> None:
    for name in ("a", "p", "img", "pre", "td"):
        element = f"<{name} {attribute}>" if name == "img" else f"<{name} {attribute}>x</{name}>"
        for html in (element, f"<table>\n<tbody>\n<tr>\n{element}\n</tr>\n</tbody>\n</table>"):
            _assert_as_nh3(html)
        for other in ATTRIBUTES:
            _assert_as_nh3(f"<{name} {attribute} {other}>x</{name}>")


_VALUES = st.lists(st.sampled_from(VALUES), max_size=6).map("".join)


@given(_VALUES, st.sampled_from(["href", "id", "title", "alt", "src"]))
def test_no_attribute_is_kept_that_nh3_would_change(value: str, name: str) -> None:
    for before in ("", "https://", "https://a.b", "#", "a/b"):
        _assert_as_nh3(f'<a {name}="{before}{value}">x</a>')
        _assert_as_nh3(f'<p {name}="{before}{value}">x</p>')


@given(st.text(max_size=12))
def test_no_text_is_kept_that_nh3_would_change(text: str) -> None:
    _assert_as_nh3(text)
    _assert_as_nh3(f"<p>{text}</p>")
    _assert_as_nh3(f'<p id="{text}">x</p>')
    _assert_as_nh3(f'<a href="{text}">x</a>')


@pytest.mark.parametrize("outer", sorted({*TAGS, *ELEMENTS}))
def test_every_pair_of_elements_is_judged_as_nh3_does(outer: str) -> None:
    for middle in sorted({*TAGS, *ELEMENTS}):
        for inner in ("a", "b", "p", "h2", "li", "dd", "tr", "td", "table", "hr", "rp"):
            for text in ("", "\n", "x"):
                _assert_as_nh3(
                    f"<{outer}>{text}<{middle}>{text}<{inner}>{text}</{inner}>{text}"
                    f"</{middle}>{text}</{outer}>{text}"
                )


def test_a_tree_as_markdown_makes_it_is_kept() -> None:
    root = Element("div", {"class": "footnote"})
    link = SubElement(SubElement(SubElement(root, "p"), "em"), "a", {"href": "a.md#b"})
    SubElement(link, "code").text = "x & y"
    written = tostring(root, encoding="unicode")
    kept = f"{written}\n\u201cq\u201d&nbsp;&amp;"
    assert cleaned("a.md", f"{written}\n&ldquo;q&rdquo;&#160;&amp;") == (pieces_of(kept), [])
    assert kept_pieces(kept) == pieces_of(kept)


def test_new_nestings_beyond_the_limit_are_given_to_nh3(monkeypatch: pytest.MonkeyPatch) -> None:
    html = "<p><var><kbd><var><kbd>x</kbd></var></kbd></var></p>"
    monkeypatch.setattr(cleaning, "_MOST_PLACES", 0)
    assert kept_pieces(html) is None
    assert cleaned("a.md", html) == (pieces_of(html), [])
    monkeypatch.setattr(cleaning, "_MOST_PLACES", 10**9)
    assert kept_pieces(html) == pieces_of(html)


def test_long_texts_that_are_no_tags_are_given_up_soon() -> None:
    started = time.process_time()
    for text in ("<" * 500_000, ">" * 200_000 + "<a" * 200_000, "&" * 500_000, "<a <" * 99_999):
        assert kept_pieces(text) is None
        assert kept_pieces(f"{text}>") is None
    assert time.process_time() - started < 1


def test_only_elements_that_are_allowed_are_kept_unasked() -> None:
    assert TAGS.issuperset(_WITHIN)
    assert TAGS.issuperset(frozenset().union(*_WITHIN.values()))


def test_deeply_nested_formatting_is_judged_as_nh3_does() -> None:
    for name in ("b", "em", "a", "span", "code"):
        for depth in (2, 3, 4, 9):
            for attribute in ("", ' class="x"'):
                opened, closed = f"<{name}{attribute}>" * depth, f"</{name}>" * depth
                _assert_as_nh3(f"<p>{opened}x{closed}y</p>")
                _assert_as_nh3(f"<p>{opened}x</p><p>y{closed}</p>")
                _assert_as_nh3(f"{opened}<ul><li>x</li></ul>{closed}y")
