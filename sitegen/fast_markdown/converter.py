"""A `markdown.Markdown` that converts the same, only sooner."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, Self
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.treeprocessors import InlineProcessor
from markdown.util import STX

from sitegen.fast_markdown.blocks import FastBlockParser
from sitegen.fast_markdown.inline import InlineEngine, is_stock_inline
from sitegen.fast_markdown.plain import Piece, PlainBlocks
from sitegen.fast_markdown.plain_way import PlainWay
from sitegen.fast_markdown.postprocess import are_idle_on_plain, faster_postprocessor
from sitegen.fast_markdown.preprocess import short_preprocessor
from sitegen.fast_markdown.serialize import (
    are_serializers_stock,
    fast_serializer,
    to_html_string,
    to_xhtml_string,
    written_unescaped,
)
from sitegen.fast_markdown.simple import written_part
from sitegen.fast_markdown.stock import is_known
from sitegen.fast_markdown.survey import Survey
from sitegen.fast_markdown.trees import Faster, faster_treeprocessor, unescape

_CONVERT = Markdown.convert


class _Stages(NamedTuple):
    """The tree processors."""

    processors: list[Any]
    are_watched: bool
    """Whether any is of others, who may look at what the rest leaves behind."""
    are_unescaped_last: bool
    """Whether the last only unescapes, and our serialiser follows."""


class FastMarkdown(Markdown):
    """Python-Markdown whose own parts, as long as they are its own, have faster equals.

    Everything that extensions see and may change is Python-Markdown's: registries, processors,
    patterns, the parser, the stashes. Whatever somebody has replaced, subclassed or patched runs
    as it is. With a Python-Markdown whose parts are not known here, those parts run as they are.
    """

    def __init__(self, **options: Any) -> None:
        """Set up as `markdown.Markdown` does, by the same options."""
        self._engines: dict[InlineProcessor, InlineEngine] = {}
        self.self_contained: frozenset[type[Any]] = frozenset()
        """Kinds of inline patterns that look at nothing but their match and change nothing else."""
        self._found: dict[Any, InlineEngine | Faster | None] = {}
        self.is_settled = False
        """Whether no code of others takes part, so that nobody changes any part any more."""
        self._plain_way: PlainWay | None = None
        self._stages: _Stages | None = None
        """The tree processors, if settled."""
        self._postprocess: tuple[bool, list[Callable[[str], str]]] | None = None
        """Whether postprocessors are idle on plain text, and what does their work, if settled."""
        self.has_contents = True
        """Whether `toc` and `toc_tokens` are made even where the text has no place for them."""
        self._is_fresh = False
        """Whether nothing was converted, as far as others notice, since all was reset."""
        super().__init__(**options)

    def reset(self) -> Self:
        """Forget the text before, if there was any."""
        if not (self._is_fresh and self.is_settled):
            super().reset()
            self._is_fresh = True
        return self

    def __getstate__(self) -> dict[str, Any]:
        """Return what a copy is made of: it finds its own way through its own patterns."""
        forgotten = ("_plain_way", "_stages", "_postprocess")
        return {**vars(self), "_engines": {}, "_found": {}, **dict.fromkeys(forgotten)}

    def build_parser(self) -> Self:
        """Make the registries of processors, and a parser that knows whom to ask."""
        super().build_parser()
        if type(self.parser) is BlockParser and is_known("blocks"):
            self.parser.__class__ = FastBlockParser
        return self

    def set_output_format(self, format: Any) -> Self:  # noqa: A002 - Python-Markdown's name
        """Choose `html`, `xhtml` or another format there is a serialiser for."""
        super().set_output_format(format)
        if is_known("serialize"):
            self.serializer = fast_serializer(self.serializer)
        return self

    def convert(self, source: str) -> str:
        """Return Markdown as HTML, or in the output format that was chosen."""
        if not is_known("convert") or Markdown.convert is not _CONVERT:
            return super().convert(source)
        self._is_fresh = False
        if not source.strip():
            return ""
        text, self.lines = self._preprocessed(str(source))
        way = self._way()
        plain = way.blocks(text) if way else None
        if plain:
            output = self._joined(plain)
        else:
            tree: Any = self.parser.parseDocument(self.lines)
            [output] = self.rendered(tree.getroot())
            if self.stripTopLevelTags:
                output = self._without_document_tag(output)
        return self.run_postprocessors(output).strip()

    def _preprocessed(self, text: str) -> tuple[str, list[str]]:
        """Return a text, as a whole and in lines, as preprocessors leave it."""
        lines: list[str] | None = None
        """The lines, where they come from a preprocessor that has run itself."""
        for preprocessor in self.preprocessors:
            short = short_preprocessor(preprocessor)
            if short and lines is not None:
                # As the stock preprocessors begin.
                text, lines = "\n".join(lines), None
            left = short(text) if short else None
            if left is None:
                self.lines = text.split("\n") if lines is None else lines
                self.lines = lines = preprocessor.run(self.lines)
            else:
                text = left
        if lines is None:
            return text, text.split("\n")
        return "\n".join(lines), lines

    def rendered(self, root: Element, *, is_apart: bool = False) -> list[str]:
        """Return the tree, or apart each child of its root, as tree processors and serialiser do.

        Where nobody looks at the tree between the last of those and the serialiser, they are one.
        """
        self._is_fresh = False
        stages, serializer = self._tree_stages(), self.serializer
        if stages.are_unescaped_last:
            survey = self._processed(root, stages.processors[:-1], stages.are_watched)
            elements = list(survey.root) if is_apart else [survey.root]
            return written_unescaped(stages.processors[-1], survey, serializer, elements)
        root = self._processed(root, stages.processors, stages.are_watched).root
        return [serializer(each) for each in (root if is_apart else [root])]

    def _tree_stages(self) -> "_Stages":
        stages = self._stages
        if stages is None:
            processors: list[Any] = list(self.treeprocessors)
            stages = _Stages(
                processors=processors,
                are_watched=not all(map(_is_of_stock_module, processors)),
                are_unescaped_last=self.serializer in (to_html_string, to_xhtml_string)
                and are_serializers_stock()
                and bool(processors)
                and self._faster(processors[-1]) is unescape
                and all(map(_is_of_stock_module, self.postprocessors)),
            )
            self._stages = stages if self.is_settled else None
        return stages

    def short(self, text: str) -> str | None:
        """Return the HTML of a paragraph's text, or None where it takes a tree to tell.

        The lines of it have been through no preprocessor, and end in no postprocessor's work.
        """
        way = self._way()
        output = way.text(text) if way else None
        return None if output is None else self.run_postprocessors(output)

    def _way(self) -> PlainWay | None:
        """Return the way of texts for which nobody needs the whole tree, if there may be any."""
        if not self.is_settled:
            return None
        if self._plain_way is None:
            stages = self._tree_stages()
            *processors, _ = stages.processors
            is_usual = self.stripTopLevelTags and stages.are_unescaped_last
            faster = [self._faster(each) if is_usual else None for each in processors]
            self._plain_way = PlainWay(self, processors, faster)
        return self._plain_way

    def _joined(self, plain: PlainBlocks) -> str:
        """Return the HTML of blocks, those worked on that had to be, with what came behind them."""
        written: Iterator[str] = iter(())
        if plain.has_elements:
            stages = self._tree_stages()
            *processors, last = stages.processors
            root, count = plain.root, len(plain.root)
            # The first would append the footnotes.
            processors = processors[1:] if plain.has_footnotes else processors
            survey = self._processed(root, processors, stages.are_watched)
            elements = [each for each in plain.pieces if isinstance(each, Element)]
            elements += root[count:]
            written = iter(written_unescaped(last, survey, self.serializer, elements))
        pieces = [each if type(each) is str else _written(each, written) for each in plain.pieces]
        return "".join((*pieces, *written)).strip()

    def _processed(self, root: Element, processors: list[Any], is_watched: bool) -> Survey:
        """Run tree processors and return what is known of the tree they leave."""
        survey = Survey(root)
        for processor in processors:
            faster = self._faster(processor)
            if isinstance(faster, InlineEngine):
                faster.run(survey, is_watched=is_watched, is_settled=self.is_settled)
            elif faster is not None:
                faster(processor, survey)
            else:
                new = processor.run(survey.root)
                survey = Survey(survey.root if new is None else new)
        return survey

    def _faster(self, processor: Any) -> InlineEngine | Faster | None:
        """Return what does the work of a tree processor, or None if it does so itself."""
        if self.is_settled and processor in self._found:
            return self._found[processor]
        is_inline = is_stock_inline(processor)
        faster = self._engine(processor) if is_inline else faster_treeprocessor(processor)
        self._found[processor] = faster
        return faster

    def run_postprocessors(self, output: str) -> str:
        """Return the serialised text as the postprocessors leave it."""
        are_idle, functions = self._postprocess or (
            are_idle_on_plain(self.postprocessors),
            map(faster_postprocessor, self.postprocessors),
        )
        if self.is_settled and self._postprocess is None:
            functions = list(functions)
            self._postprocess = are_idle, functions
        if STX in output or not are_idle:
            for function in functions:
                output = function(output)
        return output

    def _engine(self, processor: Any) -> InlineEngine:
        engine = self._engines.get(processor)
        if engine is None:
            registered = set(self.treeprocessors)
            self._engines = {
                known: engine for known, engine in self._engines.items() if known in registered
            }
            engine = self._engines[processor] = InlineEngine(processor, self.self_contained)
        return engine

    def _without_document_tag(self, output: str) -> str:
        tag = self.doc_tag
        start, end = output.find(f"<{tag}>"), output.rfind(f"</{tag}")
        if start >= 0 and end >= 0:
            return output[start + len(tag) + 2 : end].strip()
        if output.strip().endswith(f"<{tag} />"):
            return ""
        raise ValueError(f"Markdown failed to strip top-level tags. Document={output.strip()!r}")


def _written(piece: Piece, elements: Iterator[str]) -> str:
    """Return a piece as HTML, the next of the `elements` if it is one."""
    return next(elements) if isinstance(piece, Element) else written_part(piece)


def _is_of_stock_module(part: object) -> bool:
    return type(part).__module__.startswith("markdown.")
