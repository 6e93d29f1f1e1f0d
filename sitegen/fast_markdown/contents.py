"""Makes the table of contents as Python-Markdown's own tree processor does, only sooner."""

from collections.abc import Callable, Iterable, Iterator
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

from markdown.extensions import toc as stock
from markdown.extensions.toc import TocTreeprocessor
from markdown.util import ETX, STX

from sitegen.fast_markdown.postprocess import are_idle_on_plain
from sitegen.fast_markdown.serialize import attributes, to_html_string, to_xhtml_string
from sitegen.fast_markdown.survey import Survey

_SPECIAL = frozenset(("<", ">", "&", STX, ETX))
_HEADING_INITIALS = ("h", "H")
_SERIALIZERS = (to_html_string, to_xhtml_string)
_STEPS = ("remove_fnrefs", "render_inner_html", "run_postprocessors", "strip_tags", "unescape")
_STEPS_BEFORE = {name: vars(stock).get(name) for name in _STEPS}


class Chosen:
    """Stands for a tree of which a processor needs to see only some elements."""

    def __init__(self, elements: list[Element]) -> None:
        self._elements = elements

    def iter(self) -> Iterator[Element]:
        """Yield those elements."""
        return iter(self._elements)


def toc(processor: TocTreeprocessor, survey: Survey) -> None:
    """Make the table of contents of the headings and ids alone, if it goes nowhere in the text."""
    marker, root = processor.marker, survey.root
    if (
        processor.use_anchors
        or processor.use_permalinks not in (False, None)
        or (marker and marker in survey.whole)
        or not survey.has_plain_tags()
    ):
        processor.run(root)
        survey.forget()
        return
    headings = {tag for tag in survey.tags if tag[:1] in _HEADING_INITIALS}
    chosen = [
        element
        for element in root.iter()
        if element.tag in headings or element.get("id") is not None
    ]
    processor.marker = ""
    try:
        if _are_steps_known():
            _run(processor, chosen)
        else:
            tree: Any = Chosen(chosen)
            processor.run(tree)
    finally:
        processor.marker = marker
        survey.forget_tags()


def is_left_to_us(processor: TocTreeprocessor) -> bool:
    """Return whether plain headings get nothing but an id, and nobody asks for the contents."""
    md: Any = processor.md
    return (
        not md.has_contents
        and _are_steps_known()
        and md.serializer in _SERIALIZERS
        and are_idle_on_plain(md.postprocessors)
    )


def written_headings(
    processor: TocTreeprocessor, headings: Iterable[tuple[int, str]], used_ids: set[str]
) -> Iterator[str]:
    """Yield headings of plain words with their ids; each is given by its level and its words."""
    counters: dict[str, int] = {}
    for level, words in headings:
        tag = f"h{min(level + processor.base_level, 6)}"
        slug = processor.slugify(unescape(" ".join(words.split())), processor.sep)
        anchor = stock.unique(slug, used_ids, counters)
        yield f"<{tag}{attributes((('id', anchor),))}>{words}</{tag}>\n"


def _are_steps_known() -> bool:
    steps = vars(stock)
    return all(steps.get(name) is step for name, step in _STEPS_BEFORE.items())


def _run(processor: TocTreeprocessor, elements: list[Element]) -> None:
    """Do what `TocTreeprocessor.run` does where it sets neither anchors nor contents."""
    md: Any = processor.md
    used_ids = {element.attrib["id"] for element in elements if "id" in element.attrib}
    counters: dict[str, int] = {}
    is_plain = _plainness(md)
    tokens: list[Any] = []
    for element in elements:
        if not processor.header_rgx.match(element.tag):
            continue
        processor.set_level(element)
        attributes = element.attrib
        if not md.has_contents and "id" in attributes:
            attributes.pop("data-toc-label", None)
            continue
        if is_plain(element):
            inner = (element.text or "").strip()
            name = " ".join(inner.split())
        else:
            inner = stock.render_inner_html(stock.remove_fnrefs(element), md)
            name = stock.strip_tags(inner)
        if "id" not in attributes:
            slug = processor.slugify(unescape(name), processor.sep)
            attributes["id"] = stock.unique(slug, used_ids, counters)
        label = ""
        if "data-toc-label" in attributes:
            label = stock.unescape(attributes.pop("data-toc-label"))
            label = stock.run_postprocessors(label, md)
            name = stock.escape_cdata(stock.strip_tags(label))
        level = int(element.tag[-1])
        if processor.toc_top <= level <= processor.toc_bottom:
            anchor = attributes["id"]
            tokens.append(
                {
                    "level": level,
                    "id": stock.unescape(anchor) if STX in anchor else anchor,
                    "name": name,
                    "html": inner,
                    "data-toc-label": label,
                }
            )
    if not md.has_contents:
        return
    nested = stock.nest_toc_tokens(tokens)
    contents = md.serializer(processor.build_toc_div(nested))
    for postprocessor in md.postprocessors:
        contents = postprocessor.run(contents)
    md.toc_tokens, md.toc = nested, contents


def _plainness(md: Any) -> Callable[[Element], bool]:
    """Return what tells headings whose text is their HTML and their name, but for space."""
    if md.serializer not in _SERIALIZERS or not are_idle_on_plain(md.postprocessors):
        return lambda element: False

    def is_plain(element: Element) -> bool:
        return (
            not len(element)
            and not element.attrib
            and _SPECIAL.isdisjoint(element.text or "")
            and not (element.tail or "").strip()
        )

    return is_plain
