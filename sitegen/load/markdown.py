"""Turns Markdown into clean HTML with pending holes, by Python-Markdown and our extensions."""

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown.extensions import Extension
from markdown.extensions.toc import TocTreeprocessor, slugify_unicode
from msgspec import Struct

from sitegen.diagnostics import Diagnostic, did_you_mean
from sitegen.fast_markdown import FastMarkdown
from sitegen.fast_markdown.patterns import is_stock
from sitegen.load.citations import (
    CitationProcessor,
    ClaimProcessor,
    PendingCitations,
    citation_diagnostics,
)
from sitegen.load.cleaning import cleaned
from sitegen.load.dated_words import DatedWords, DatedWordsProcessor, dated_diagnostics
from sitegen.load.wiki_links import PendingWikiLink, WikiLinkProcessor
from sitegen.model.document import HOLE_CLOSE, HOLE_OPEN
from sitegen.model.settings import MarkdownExtension

MAX_NESTING = 64
"""Levels of quotes, lists or indentation; Python's own stack ends at a few hundred."""

_OWN_OPTIONS = ("slugify", "UNIQUE_IDS")
"""Heading ids are ours; ids that count documents would differ from build to build."""
MAX_HTML_DEPTH = 500
"""Open elements at once; the time nh3 takes grows with their square."""

_EXTENSIONS = (
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "fenced_code",
    "footnotes",
    "smarty",
    "tables",
    "toc",
)
_OWN_PATTERNS = frozenset(
    (DatedWordsProcessor, ClaimProcessor, CitationProcessor, WikiLinkProcessor)
)
_OWN_PARTS = (
    *_OWN_PATTERNS,
    TocTreeprocessor,  # Python-Markdown's, with our heading ids
)
_HOLES = re.compile(f"{HOLE_OPEN}[^{HOLE_CLOSE}]*{HOLE_CLOSE}")
_RESERVED_ANCHOR = re.compile(
    r"[cns]\d+|cc\d+|t:.*|main|find|say|slash|kp|know|unknown|dates|sources|corrections|cite|"
    r"cite-text|rel|linked|toc|q|sf|res|sum|dym|act|more|facets|mf|evidence|series"
)
"""The ids that templates use themselves."""
_MARKER = re.compile(r"[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])")
_MAY_NEST = re.compile(rf"\n(?![A-Za-z|#\n])(?:[^\S\n]*\t|[^\S\n]{{8}}|(?:{_MARKER.pattern}){{2}})")
"""How each line begins that opens more than two levels."""


class Rendered(Struct, frozen=True, kw_only=True):
    """Clean HTML with the pending holes of its citations and links by slug."""

    pieces: list[str]
    """The HTML, as `cleaning.pieces_of` takes it apart."""
    citations: PendingCitations
    wiki_links: list[PendingWikiLink]
    dated: DatedWords
    findings: tuple[tuple[str, Diagnostic], ...]
    """What is wrong, each with the text to look for in the file."""


class Converter:
    """Python-Markdown set up for one publication; reused for every file, one after another."""

    def __init__(self, extensions: tuple[MarkdownExtension, ...]) -> None:
        self.extensions = extensions
        self._set_up()

    def _set_up(self) -> None:
        self._is_broken = False
        """Whether the text before was left in the middle, by an error or for lack of time."""
        named: dict[str, dict[str, Any]] = {
            extension.name: json.loads(extension.options) or {} for extension in self.extensions
        }
        configs: dict[str, dict[str, Any]] = {
            "footnotes": {"BACKLINK_TEXT": "\u21a9\ufe0e", "SUPERSCRIPT_TEXT": "\u2020{}"},
            "tables": {"use_align_attribute": True},
            "toc": {"slugify": _heading_anchor},
        }
        for name, options in named.items():
            kept = {key: value for key, value in options.items() if key not in _OWN_OPTIONS}
            configs[name] = {**configs.get(name, {}), **kept}
        self.markdown = FastMarkdown(
            extensions=[
                *(_stock_extension(name, configs.get(name, {})) for name in _EXTENSIONS),
                *(name for name in named if name not in _EXTENSIONS),
            ],
            extension_configs=configs,
            output_format="html",
        )
        self.markdown.self_contained = _OWN_PATTERNS
        self.citations = PendingCitations()
        self.claim = ClaimProcessor(self.markdown, self.citations)
        self.citation = CitationProcessor(self.markdown, self.citations)
        self.wiki = WikiLinkProcessor(self.markdown)
        self.dated = DatedWords()
        self.dated_words = DatedWordsProcessor(self.markdown, self.dated)
        # Before Python-Markdown's own brackets (footnotes at 175, links from 170 down), after
        # code and escapes.
        patterns = self.markdown.inlinePatterns
        patterns.register(self.dated_words, "dated_words", 179.5)
        patterns.register(self.claim, "claim", 179)
        patterns.register(self.citation, "citation", 178)
        patterns.register(self.wiki, "wiki_link", 177)
        parts = (*self.markdown.treeprocessors, *patterns, *self.markdown.postprocessors)
        self._is_known = all(is_stock(each) or type(each) in _OWN_PARTS for each in parts)
        """Whether only code takes part that treats each paragraph by itself."""
        self.markdown.is_settled = self._is_known and not named.keys() - set(_EXTENSIONS)
        self.markdown.has_contents = not self._is_known

    def body(self, path: str, text: str) -> Rendered:
        """Return a whole body."""
        self._reset()
        too_deep = _too_deep(text)
        if too_deep:
            found = Diagnostic(
                path=path,
                code="nesting-too-deep",
                message=f"lists or quotes are nested deeper than {MAX_NESTING}",
                help="flatten them",
            )
            return self._rendered(path, "", ((too_deep, found),))
        return self._guarded(path, lambda: self.markdown.convert(text))

    def paragraph(self, path: str, text: str) -> Rendered:
        """Return one paragraph's inline content, without the paragraph itself."""
        self._reset()
        return self._guarded(path, lambda: self._inline(text))

    def paragraphs(self, path: str, texts: Sequence[str]) -> list[Rendered]:
        """Return what `paragraph` returns for each text."""
        together = self._together(path, texts) if len(texts) > 1 and self._is_known else None
        return together or [self.paragraph(path, text) for text in texts]

    def _together(self, path: str, texts: Sequence[str]) -> list[Rendered] | None:
        """Convert several paragraphs in one tree, or return None if one is wrong or unusual."""
        self._reset()
        self._is_broken = True
        try:
            short = list(map(self.markdown.short, texts))
            rest = [text for text, each in zip(texts, short, strict=True) if each is None]
            others = iter(self._in_one_tree(rest) if rest else ())
            inner = [next(others) if each is None else each for each in short]
        except Exception:  # noqa: BLE001 - whichever text it was is found out one by one
            return None
        self._is_broken = False
        if self.citations.problems or self.dated.problems:
            return None
        return [self._rendered(path, each, ()) for each in inner]

    def _in_one_tree(self, texts: Sequence[str]) -> list[str]:
        """Return the inline content of paragraphs; raises ValueError if one is unusual."""
        root = Element("div")
        for text in texts:
            SubElement(root, "p").text = text
        written = self.markdown.rendered(root, is_apart=True)
        if len(written) != len(texts) or not all(each.startswith("<p>") for each in written):
            raise ValueError("one of these is no paragraph")
        return [self.markdown.run_postprocessors(each[3 : each.rindex("</p>")]) for each in written]

    def _reset(self) -> None:
        """Forget the text before."""
        if self._is_broken:
            # Its parser may still believe to be in a list: `reset` forgets only results.
            self._set_up()
        self.markdown.reset()
        self.citations = self.claim.pending = self.citation.pending = PendingCitations()
        self.wiki.found = []
        self.dated = self.dated_words.dated = DatedWords()

    def _inline(self, text: str) -> str:
        root = Element("div")
        paragraph = SubElement(root, "p")
        paragraph.text = text
        [rendered] = self.markdown.rendered(root)
        rendered = rendered[rendered.index("<p>") + 3 : rendered.rindex("</p>")]
        return self.markdown.run_postprocessors(rendered)

    def _guarded(self, path: str, convert: Callable[[], str]) -> Rendered:
        self._is_broken = True
        try:
            rendered = convert()
            self._is_broken = False
        except RecursionError:
            found = Diagnostic(
                path=path,
                code="nesting-too-deep",
                message="this Markdown is nested too deep to be read",
                help="flatten its lists, quotes or emphasis",
            )
            return self._rendered(path, "", (("", found),))
        except Exception as error:  # noqa: BLE001 - an extension may raise anything at all
            found = Diagnostic(
                path=path,
                code="markdown-failed",
                message=f"Python-Markdown can't read this: {str(error).split(chr(10))[0]}",
                help="look for what is unusual in it, and for extensions named in site.yaml",
            )
            return self._rendered(path, "", (("", found),))
        return self._rendered(path, rendered, ())

    def _rendered(
        self, path: str, rendered: str, findings: tuple[tuple[str, Diagnostic], ...]
    ) -> Rendered:
        if _html_depth(rendered) > MAX_HTML_DEPTH:
            found = Diagnostic(
                path=path,
                code="nesting-too-deep",
                message=f"HTML elements are nested deeper than {MAX_HTML_DEPTH}",
                help="close them",
            )
            rendered, findings = "", (*findings, ("", found))
        pieces, taken_out = cleaned(path, rendered)
        return Rendered(
            pieces=pieces,
            citations=self.citations,
            wiki_links=self.wiki.found,
            dated=self.dated,
            findings=(
                *findings,
                *taken_out,
                *citation_diagnostics(path, self.citations),
                *dated_diagnostics(path, self.dated),
            ),
        )


def _stock_extension(name: str, options: dict[str, Any]) -> Extension:
    """Return an extension of Python-Markdown's own.

    By its name alone Python-Markdown would first ask every package that is installed for it.
    """
    made: Extension = import_module(f"markdown.extensions.{name}").makeExtension(**options)
    return made


@lru_cache(maxsize=4)
def converter(extensions: tuple[MarkdownExtension, ...]) -> Converter:
    """Return the converter for these extensions, made once a process."""
    return Converter(extensions)


def extension_problem(extension: MarkdownExtension) -> str:
    """Return why an extension of site.yaml can't be used, or an empty string.

    Only names that an installed package registers are taken: a dotted module path would let
    site.yaml run any module there is.
    """
    from importlib.metadata import entry_points  # few publications name extensions of their own

    registered = {point.name for point in entry_points(group="markdown.extensions")}
    if extension.name not in registered:
        hint = did_you_mean(extension.name, registered)
        return f"no installed package offers '{extension.name}'" + (f"; {hint}" if hint else "")
    try:
        Converter((extension,))
    except Exception as error:  # noqa: BLE001 - an extension may raise anything at all
        return f"'{extension.name}' can't be set up: {str(error).splitlines()[0]}"
    return ""


def is_reserved_anchor(anchor: str) -> bool:
    """Return whether the templates use this id themselves."""
    return bool(_RESERVED_ANCHOR.fullmatch(anchor))


@lru_cache(maxsize=4096)
def _heading_anchor(text: str, separator: str) -> str:
    """Return a heading's id: its letters and digits, kept apart from the templates' own ids."""
    bare = _HOLES.sub("", unicodedata.normalize("NFC", text))
    anchor = slugify_unicode(bare, separator).strip("-_") or "section"
    return f"{anchor}-section" if is_reserved_anchor(anchor) else anchor


def _too_deep(text: str) -> str:
    """Return the first line that opens more levels than MAX_NESTING, or an empty string."""
    if not _MAY_NEST.search(f"\n{text}"):
        return ""
    for line in text.split("\n"):
        if len(line) <= MAX_NESTING:
            continue
        position, levels = 0, 0
        while match := _MARKER.match(line, position):
            levels += 1
            position = match.end()
        expanded = line.expandtabs(4)
        indent = len(expanded) - len(expanded.lstrip())
        if levels + indent // 4 > MAX_NESTING:
            return line
    return ""


def _html_depth(rendered: str) -> int:
    """Return how many elements may be open at once; cheap where few can be."""
    opening = rendered.count("<")
    if opening < MAX_HTML_DEPTH or opening - rendered.count("</") < MAX_HTML_DEPTH:
        return 0
    depth = deepest = 0
    for tag in re.finditer(r"<(/?)(?!br\b|hr\b|img\b|col\b|wbr\b)[a-zA-Z]", rendered):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest
