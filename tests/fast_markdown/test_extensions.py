"""Whatever an extension does to Python-Markdown, it finds it as it is and it works."""

# Python-Markdown's newer patterns override the older kind by another signature.
# mypy: disable-error-code="override, union-attr"

import copy
import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import pytest
from markdown import Markdown, serializers
from markdown.blockparser import BlockParser
from markdown.blockprocessors import (
    BlockProcessor,
    BlockQuoteProcessor,
    HashHeaderProcessor,
    ParagraphProcessor,
    UListProcessor,
)
from markdown.extensions import Extension
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import InlineProcessor, LinkInlineProcessor, Pattern, SimpleTagPattern
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor
from markdown.treeprocessors import PrettifyTreeprocessor, Treeprocessor
from markdown.util import AtomicString, Registry

from sitegen.fast_markdown import FastMarkdown
from tests.fast_markdown.pairs import OURS, Pair

TEXT = """# A *head*

One `code` and *em* and **strong** and [link](to) and ![image](src) %%mark%% and 'quotes'.

- item %%one%%
- item *two*

> quote %%three%% [a *b* `c`](x) **a %%four%% _b_**

!@! block
"""


class Mark(InlineProcessor):
    def handleMatch(  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        element = Element("mark")
        element.text = m[1]
        return element, m.start(0), m.end(0)


def mark(md: Any, priority: float = 65) -> None:
    md.inlinePatterns.register(Mark("%%(.*?)%%", md), "mark", priority)


def old_style(md: Any) -> None:
    md.inlinePatterns.register(SimpleTagPattern("(%%)(.*?)%%", "mark"), "mark", 65)


def replaces_a_pattern(md: Any) -> None:
    class Loud(LinkInlineProcessor):
        def handleMatch(self, m: re.Match[str], data: str) -> Any:  # noqa: N802
            element, start, end = super().handleMatch(m, data)
            if element is not None:
                element.set("class", "loud")
            return element, start, end

    md.inlinePatterns.register(Loud(r"\[", md), "link", 160)


def overrides_on_the_object(md: Any) -> None:
    link = md.inlinePatterns["link"]
    stock = link.handleMatch
    link.handleMatch = lambda m, data: (None, None, None) if "to" in data else stock(m, data)


def asks_for_its_expression(md: Any) -> None:
    class Changing(Mark):
        def getCompiledRegExp(self) -> re.Pattern[str]:  # noqa: N802
            return re.compile(r"quotes()|it(em)")

    md.inlinePatterns.register(Changing("never", md), "changing", 50)


def changes_an_expression_on_the_way(md: Any) -> None:
    class Changing(Mark):
        def handleMatch(self, m: re.Match[str], data: str) -> Any:  # noqa: N802
            md.inlinePatterns["later"].compiled_re = re.compile("(item|quotes)")
            return super().handleMatch(m, data)

    md.inlinePatterns.register(Changing("%%(.*?)%%", md), "mark", 65)
    md.inlinePatterns.register(Mark("(~never~)", md), "later", 40)


def changes_the_registry_on_the_way(md: Any) -> None:
    class Changing(Mark):
        def handleMatch(self, m: re.Match[str], data: str) -> Any:  # noqa: N802
            md.inlinePatterns.register(Mark("(item|quotes|b)", md), "later", 40)
            md.inlinePatterns.deregister("backtick", strict=False)
            return super().handleMatch(m, data)

    md.inlinePatterns.register(Changing("%%(.*?)%%", md), "mark", 65)


def changes_it_from_within(md: Any) -> None:
    class Changing(Mark):
        def handleMatch(self, m: re.Match[str], data: str) -> Any:  # noqa: N802
            md.inlinePatterns.register(Mark("(em|b|two)", md), "later", 30)
            return None, None, None

    md.inlinePatterns.register(Changing("b", md), "mark", 62)


def looks_at_ancestors(md: Any) -> None:
    class Looking(Mark):
        ANCESTOR_EXCLUDES = ("BlockQuote",)

        def handleMatch(self, m: re.Match[str], data: str) -> Any:  # noqa: N802
            element, start, end = super().handleMatch(m, data)
            inline = md.treeprocessors["inline"]
            element.set("in", " ".join(inline.ancestors))
            element.set("with", f"{len(inline.parent_map)} {sorted(inline.stashed_nodes)}")
            return element, start, end

    md.inlinePatterns.register(Looking("%%(.*?)%%", md), "mark", 65)


def makes_atomic_text(md: Any) -> None:
    class Atomic(InlineProcessor):
        def handleMatch(self, m: re.Match[str], data: str) -> Any:  # noqa: N802
            element = Element("span")
            child = SubElement(element, "b")
            child.text = AtomicString("*not em* 'not quotes'")
            child.tail = AtomicString("`not code`")
            return element, m.start(0), m.end(0)

    md.inlinePatterns.register(Atomic("%%", md), "atomic", 195)


def returns_text(md: Any) -> None:
    class Text(Pattern):
        def __init__(self) -> None:
            super().__init__("%%", md)
            self.compiled_re = re.compile("(.*?)%%(.*)", re.DOTALL)

        def handleMatch(self, m: re.Match[str]) -> str:  # noqa: N802
            return "*text*"

    md.inlinePatterns.register(Text(), "text", 170)


def requires_what_a_placeholder_brings(md: Any) -> None:
    md.inlinePatterns.register(Mark("(klz+)wxh", md), "placeholder", 20)
    md.inlinePatterns.register(Mark("00(:?0)", md), "zero", 19)


def adds_a_block_processor(md: Any) -> None:
    class Block(BlockProcessor):
        def test(self, parent: Element, block: str) -> bool:
            return block.startswith("!@!")

        def run(self, parent: Element, blocks: list[str]) -> None:
            SubElement(parent, "aside").text = blocks.pop(0)[3:]
            self.parser.blockprocessors.deregister("ulist", strict=False)
            self.parser.parseBlocks(parent, ["- no list", "# head"])

    md.parser.blockprocessors.register(Block(md.parser), "block", 200)


def refuses_a_block_it_has_changed(md: Any) -> None:
    class Block(BlockProcessor):
        def test(self, parent: Element, block: str) -> bool:
            return "!@!" in block

        def run(self, parent: Element, blocks: list[str]) -> bool:
            blocks[0] = "> # changed\n> - into *this*"
            return False

    md.parser.blockprocessors.register(Block(md.parser), "block", 75)


def gives_headings_another_expression(md: Any) -> None:
    md.parser.blockprocessors["hashheader"].RE = re.compile(
        "(?:^|\n)(?P<level>!+)(?P<header>.*?)(?:\n|$)"
    )


def replaces_a_block_processor(md: Any) -> None:
    class Heading(HashHeaderProcessor):
        def test(self, parent: Element, block: str) -> bool:
            return block.startswith("One") or super().test(parent, block)

        def run(self, parent: Element, blocks: list[str]) -> None:
            SubElement(parent, "h6").text = blocks.pop(0)

    md.parser.blockprocessors.register(Heading(md.parser), "hashheader", 70)


def replaces_tree_processors(md: Any) -> None:
    class Loose(PrettifyTreeprocessor):
        def _prettifyETree(self, elem: Element) -> None:  # noqa: N802
            elem.tail = "\n\n"

    class Inline(InlineTreeprocessor):
        def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
            tree.set("seen", "yes")
            return super().run(tree, ancestors)

    md.treeprocessors.register(Loose(md), "prettify", 10)
    md.treeprocessors.register(Inline(md), "inline", 20)


def returns_another_root(md: Any) -> None:
    class Root(Treeprocessor):
        def run(self, root: Element) -> Element:
            other = Element("div")
            other.extend(root[:3])
            return other

    md.treeprocessors.register(Root(md), "root", 15)


def runs_the_inline_processor_itself(md: Any) -> None:
    class Again(Treeprocessor):
        def run(self, root: Element) -> None:
            extra = SubElement(root, "section")
            SubElement(extra, "p").text = "again *em* %%mark%%"
            md.treeprocessors["inline"].run(extra, ["div"])

    md.treeprocessors.register(Again(md), "again", 12)


def replaces_the_serializer(md: Any) -> None:
    stock = md.serializer
    md.serializer = lambda element: stock(element).replace("em>", "i>")


def replaces_registries(md: Any) -> None:
    class Loud(Registry[Any]):
        pass

    for owner, name in ((md, "inlinePatterns"), (md.parser, "blockprocessors")):
        other: Any = Loud()
        for each, priority in getattr(owner, name)._priority:
            other.register(getattr(owner, name)[each], each, priority)
        setattr(owner, name, other)
    md.treeprocessors["inline"].inlinePatterns = md.inlinePatterns


def keeps_the_document_tag(md: Any) -> None:
    md.stripTopLevelTags = False


def names_block_elements(md: Any) -> None:
    md.block_level_elements.append("mark")
    md.block_level_elements.remove("ul")


CHANGES = [
    mark,
    old_style,
    replaces_a_pattern,
    overrides_on_the_object,
    asks_for_its_expression,
    changes_an_expression_on_the_way,
    changes_the_registry_on_the_way,
    changes_it_from_within,
    looks_at_ancestors,
    makes_atomic_text,
    returns_text,
    requires_what_a_placeholder_brings,
    adds_a_block_processor,
    refuses_a_block_it_has_changed,
    gives_headings_another_expression,
    replaces_a_block_processor,
    replaces_tree_processors,
    returns_another_root,
    runs_the_inline_processor_itself,
    replaces_the_serializer,
    replaces_registries,
    keeps_the_document_tag,
    names_block_elements,
]


@pytest.mark.parametrize("extensions", [(), OURS], ids=["none", "ours"])
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_changes_after_construction(
    change: Callable[[Any], None], extensions: tuple[str, ...]
) -> None:
    for is_used_before in (False, True):
        pair = Pair(extensions)
        before = pair.same(TEXT) if is_used_before else ""
        for md in pair.each:
            change(md)
        assert pair.same(TEXT) != before or change is replaces_registries
        pair.same(TEXT + "\n\n## 'Again' %%x%%")


@pytest.mark.parametrize(
    "change",
    [change for change in CHANGES if change is not replaces_the_serializer],
    ids=lambda change: change.__name__,
)
def test_changes_by_an_extension(change: Callable[[Any], None]) -> None:
    class Changing(Extension):
        def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
            change(md)

    pair = Pair([*OURS, Changing()])
    pair.same(TEXT)
    pair.same(TEXT)


def test_what_extensions_see_is_of_the_stock_kinds() -> None:
    md = FastMarkdown(extensions=list(OURS))
    assert isinstance(md, Markdown)
    assert type(md.treeprocessors["inline"]) is InlineTreeprocessor
    assert type(md.inlinePatterns) is Registry
    assert type(md.inlinePatterns["link"]) is LinkInlineProcessor


def test_an_unknown_output_format_is_refused() -> None:
    with pytest.raises(KeyError, match="Invalid Output Format"):
        FastMarkdown(output_format="pdf")


def test_a_copy_is_another() -> None:
    one = FastMarkdown(extensions=list(OURS))
    expected = one.convert(TEXT)
    other = copy.deepcopy(one)
    for md in (one, other):
        assert md.reset().convert(TEXT) == expected
    mark(other)
    assert "<mark>" in other.reset().convert(TEXT)
    assert one.reset().convert(TEXT) == expected


def test_a_processor_of_a_copy_may_be_overridden() -> None:
    one = FastMarkdown(extensions=list(OURS))
    expected = one.convert("words")
    other = copy.deepcopy(one)
    other.convert("words")
    paragraph: Any = other.parser.blockprocessors["paragraph"]
    paragraph.run = lambda _parent, blocks: blocks.clear()
    assert other.reset().convert("words") == ""
    assert one.reset().convert("words") == expected


def test_a_class_may_be_patched(monkeypatch: pytest.MonkeyPatch) -> None:
    pair = Pair(OURS)
    pair.same(TEXT)

    def handle(self: Any, m: re.Match[str], data: str) -> Any:
        return "patched", m.start(0), m.end(0)

    monkeypatch.setattr(LinkInlineProcessor, "handleMatch", handle)
    assert "patched" in pair.same(TEXT + "[a")


def test_a_subclass_overrides_what_it_likes() -> None:
    class Shouting(FastMarkdown):
        def convert(self, source: str) -> str:
            return super().convert(source.upper())

    assert Shouting().convert("a *b*") == "<p>A <em>B</em></p>"


def test_paragraphs_may_be_patched(monkeypatch: pytest.MonkeyPatch) -> None:
    pair = Pair(OURS)
    pair.same("a")
    monkeypatch.setattr(ParagraphProcessor, "run", lambda _self, _parent, blocks: blocks.pop(0))
    assert pair.same("a\n\nc") == ""


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (HashHeaderProcessor, "test"),
        (BlockQuoteProcessor, "test"),
        (UListProcessor, "test"),
        (AdmonitionProcessor, "parse_content"),
        (TableProcessor, "_split"),
    ],
)
def test_block_processors_may_be_patched(
    kind: type[Any], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = Pair(OURS)
    pair.same("words")
    asked: list[object] = []

    def patched(*arguments: Any) -> Any:
        asked.append(arguments)
        return (None, "", "") if name == "parse_content" else []

    monkeypatch.setattr(kind, name, patched)
    pair.same("words | more\n--|--\na | b\n\nwords")
    assert len(asked) % 2 == 0
    assert asked, "neither has asked it"


@pytest.mark.parametrize(
    ("target", "name", "patched"),
    [
        (Markdown, "convert", lambda *_: "patched"),
        (BlockParser, "parseBlocks", lambda *_: None),
        (Pattern, "getCompiledRegExp", lambda _: re.compile("never")),
        (serializers, "_escape_cdata", lambda text: f"patched {text}"),
        (serializers, "_serialize_html", lambda write, *_, **__: write("<div>patched</div>")),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_others_build_on_may_be_patched(
    target: object, name: str, patched: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = Pair()
    before = pair.same("words *em* & <c>")
    monkeypatch.setattr(target, name, patched)
    assert pair.same("words *em* & <c>") != before


def test_a_serializer_is_the_one_that_was_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    pair = Pair(output_format="xhtml")
    monkeypatch.setattr(serializers, "to_xhtml_string", lambda _: "<div>patched</div>")
    assert "patched" not in pair.same("words<br>")
