"""The forms of blocks that are written from here, one for each block processor that is known."""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from markdown import blockprocessors as stock
from markdown.extensions.abbr import AbbrBlockprocessor
from markdown.extensions.def_list import DefListProcessor
from markdown.extensions.footnotes import FootnoteBlockProcessor
from markdown.extensions.tables import TableProcessor

from sitegen.fast_markdown.blocks import BlockPlan
from sitegen.fast_markdown.patterns import is_untouched
from sitegen.fast_markdown.plain import PlainBlocks, Unusual

_SEARCHING = (stock.ReferenceProcessor, AbbrBlockprocessor, FootnoteBlockProcessor)

Form: TypeAlias = Callable[[PlainBlocks, list[str]], bool]
"""Takes the first block if it is of a form; where it can't tell how, it raises `Unusual`."""


class Forms:
    """What takes a block, by the bit of each block processor."""

    def __init__(self, plan: BlockPlan) -> None:
        self._take: dict[int, Form] = {plan.paragraph: _take_paragraph}
        self._tests: dict[int, Callable[[str], object]] = {}
        for index, processor in enumerate(plan.processors):
            make, methods = _FORMS.get(type(processor), (None, {}))
            if make and is_untouched(processor, methods):
                self._take[1 << index] = make(processor)
                self._tests[1 << index] = _test(processor)

    def take(self, bit: int, plain: PlainBlocks, blocks: list[str]) -> bool:
        """Take the first block if it is of a form, or raise `Unusual` if that isn't known here."""
        return self._take.get(bit, _is_unusual)(plain, blocks)

    def concerns(self, bit: int, block: str) -> bool:
        """Return whether a block may be of a form."""
        test = self._tests.get(bit)
        return test is None or bool(test(block))


def _test(processor: Any) -> Callable[[str], object]:
    """Return the test of a processor, or what it looks for if it takes every block to look."""
    if isinstance(processor, _SEARCHING):
        return processor.RE.search
    return lambda block: processor.test(Element("div"), block)


def _is_unusual(plain: PlainBlocks, blocks: list[str]) -> bool:
    raise Unusual


def _take_paragraph(plain: PlainBlocks, blocks: list[str]) -> bool:
    plain.add_paragraph(blocks)
    return True


def _empty(processor: stock.EmptyBlockProcessor) -> Form:
    def take(plain: PlainBlocks, blocks: list[str]) -> bool:
        rest = blocks.pop(0).lstrip("\n")
        if rest:
            blocks.insert(0, rest)
        return True

    return take


def _heading(processor: stock.HashHeaderProcessor) -> Form:
    def take(plain: PlainBlocks, blocks: list[str]) -> bool:
        block = blocks[0]
        words = block.lstrip("#")
        level = len(block) - len(words)
        if not 0 < level <= 6 or "#" in words or "\\" in words or "\n" in words:
            match = processor.RE.search(block)
            if match is None:
                return False
            if match.start() or match.end() != len(block):
                raise Unusual
            level, words = len(match["level"]), match["header"]
        del blocks[0]
        plain.add_heading(level, words.strip())
        return True

    return take


def _list(processor: stock.OListProcessor) -> Form:
    tag = processor.TAG

    def take(plain: PlainBlocks, blocks: list[str]) -> bool:
        block = blocks[0]
        if not processor.test(plain.root, block):
            return False
        if plain.last in processor.SIBLING_TAGS or not processor.LAZY_OL:
            raise Unusual
        items = processor.get_items(block)
        if not all(map(plain.is_paragraph, items)):
            raise Unusual
        del blocks[0]
        element = Element(tag)
        plain.open(tag)
        for item in items:
            plain.add(element, "li", item.lstrip())
        plain.close(tag)
        plain.attach(element, plain.root)
        return True

    return take


def _quote(processor: stock.BlockQuoteProcessor) -> Form:
    def take(plain: PlainBlocks, blocks: list[str]) -> bool:
        block = blocks[0]
        if not processor.test(plain.root, block):
            return False
        if plain.last == "blockquote" or not processor.RE.match(block):
            raise Unusual
        quoted = "\n".join(map(processor.clean, block.split("\n"))).split("\n\n")
        if not all(map(plain.is_paragraph, quoted)):
            raise Unusual
        del blocks[0]
        element = Element("blockquote")
        plain.open("blockquote")
        for each in quoted:
            plain.add(element, "p", each.lstrip())
        plain.close("blockquote")
        plain.attach(element, plain.root)
        return True

    return take


def _footnote(processor: FootnoteBlockProcessor) -> Form:
    return lambda plain, blocks: bool(processor.run(plain.root, blocks))


def _none(processor: Any) -> Form:
    """Return what passes over the blocks that are none of a processor's."""
    test = _test(processor)

    def take(plain: PlainBlocks, blocks: list[str]) -> bool:
        if test(blocks[0]):
            raise Unusual
        return False

    return take


def _table(processor: Any) -> Form:
    name = "align" if processor.config["use_align_attribute"] else "style"
    value = "{}" if name == "align" else "text-align: {};"

    def take(plain: PlainBlocks, blocks: list[str]) -> bool:
        block = blocks[0]
        if not processor.test(plain.root, block):
            return False
        header, _, *rows = [row.strip(" ") for row in block.split("\n")]
        if not rows:
            raise Unusual
        del blocks[0]
        aligned = [_alignment(each.strip(" ")) for each in processor.separator]
        attributes = [(name, value.format(each)) if each else None for each in aligned]
        table = Element("table")
        plain.open("table")
        for part, tag, lines in (("thead", "th", [header]), ("tbody", "td", rows)):
            element = Element(part)
            plain.open(part)
            for line in lines:
                cells = _cells(processor, line)
                cells += [""] * (len(attributes) - len(cells))
                row = zip([each.strip(" ") for each in cells], attributes, strict=False)
                if plain.is_plain(line):
                    plain.pieces.append(_written_row(tag, row))
                else:
                    _add_row(plain, element, tag, row)
            plain.close(part)
            plain.attach(element, table)
        plain.close("table")
        plain.attach(table, plain.root)
        plain.last = "table"
        return True

    return take


_Cells: TypeAlias = Iterable[tuple[str, tuple[str, str] | None]]
"""The texts of a row, each with the attribute that aligns its column."""


def _written_row(tag: str, cells: _Cells) -> str:
    """Return a row in which there is nothing to do."""
    starts = ((text, f' {each[0]}="{each[1]}"' if each else "") for text, each in cells)
    return "".join(
        ("<tr>\n", *(f"<{tag}{start}>{text}</{tag}>\n" for text, start in starts), "</tr>\n")
    )


def _add_row(plain: PlainBlocks, parent: Element, tag: str, cells: _Cells) -> None:
    row = Element("tr")
    plain.open("tr")
    for text, attribute in cells:
        plain.add(row, tag, text, attribute)
    plain.close("tr")
    plain.attach(row, parent)


def _alignment(separator: str) -> str:
    starts, ends = separator.startswith(":"), separator.endswith(":")
    if starts and ends:
        return "center"
    return "left" if starts else "right" if ends else ""


def _cells(processor: Any, row: str) -> list[str]:
    """Return the cells of a row, where bars may be escaped or code as the processor finds them."""
    if "`" in row or "\\" in row:
        cells: list[str] = processor._split_row(row)
        return cells
    if processor.border:
        row = row.removeprefix("|").removesuffix("|")
    return row.split("|")


_FORMS: dict[type[Any], tuple[Callable[[Any], Form], dict[str, object]]] = {
    kind: (make, {name: getattr(kind, name, None) for name in ("test", "run", *names)})
    for kind, make, names in (
        (stock.EmptyBlockProcessor, _empty, ()),
        (stock.HashHeaderProcessor, _heading, ()),
        (stock.OListProcessor, _list, ("get_items",)),
        (stock.UListProcessor, _list, ("get_items",)),
        (stock.BlockQuoteProcessor, _quote, ("clean",)),
        (stock.SetextHeaderProcessor, _none, ()),
        (stock.HRProcessor, _none, ()),
        (DefListProcessor, _none, ()),
        (stock.ReferenceProcessor, _none, ()),
        (AbbrBlockprocessor, _none, ()),
        (FootnoteBlockProcessor, _footnote, ("detectTabbed", "detab")),
        (TableProcessor, _table, ("_split_row", "_split", "_build_row")),
    )
}
