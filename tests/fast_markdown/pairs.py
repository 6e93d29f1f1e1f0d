"""Stock Python-Markdown and the faster one side by side, set up alike."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal
from xml.etree.ElementTree import Element, tostring

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import slugify_unicode

from sitegen.fast_markdown import FastMarkdown
from sitegen.load.citations import CitationProcessor, ClaimProcessor, PendingCitations
from sitegen.load.wiki_links import WikiLinkProcessor
from sitegen.model.document import HOLE_CLOSE, HOLE_OPEN

OURS = (
    *("abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes"),
    *("smarty", "tables", "toc"),
)
BUILT_IN = (
    *OURS,
    *("extra", "legacy_attrs", "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists"),
    *("wikilinks", "codehilite"),
)
CONFIGS: dict[str, dict[str, Any]] = {
    "codehilite": {"use_pygments": False},
    "footnotes": {"BACKLINK_TEXT": "\u21a9\ufe0e", "SUPERSCRIPT_TEXT": "\u2020{}"},
    "tables": {"use_align_attribute": True},
    "toc": {"slugify": slugify_unicode},
}
_REPLACED_BY = {f"&{name};" for name in ("lsquo", "rsquo", "ldquo", "rdquo")} | {
    *("&ndash;", "&mdash;", "&hellip;")
}
OUR_PATTERNS = frozenset((ClaimProcessor, CitationProcessor, WikiLinkProcessor))
SETS: dict[str, tuple[str, ...]] = {
    "none": (),
    "ours": OURS,
    "extra": ("extra",),
    "extra, quotes, toc": ("extra", "smarty", "toc", "sane_lists"),
    "all": BUILT_IN,
    "legacy": ("legacy_attrs", "legacy_em", "nl2br", "wikilinks"),
}


class Pair:
    """One of each; `same` converts with both and says where they differ.

    Our own patterns are trusted to look at nothing but their match, as when a site is built, or are
    taken for anybody's.
    """

    def __init__(
        self,
        extensions: Sequence[str | Extension] = (),
        configs: Mapping[str, dict[str, Any]] = CONFIGS,
        *,
        is_ours: bool = False,
        is_trusted: bool = True,
        is_settled: bool = False,
        output_format: Literal["html", "xhtml"] = "html",
    ) -> None:
        self.each = [
            kind(
                extensions=[*extensions],
                extension_configs={k: v for k, v in configs.items() if k in extensions},
                output_format=output_format,
            )
            for kind in (Markdown, FastMarkdown)
        ]
        self.is_settled = is_settled
        self.pending = [PendingCitations(), PendingCitations()]
        if is_ours:
            fast = self.each[1]
            if is_trusted and isinstance(fast, FastMarkdown):
                fast.self_contained = OUR_PATTERNS
                fast.is_settled = is_settled
            for md, pending in zip(self.each, self.pending, strict=True):
                md.inlinePatterns.register(ClaimProcessor(md, pending), "claim", 179)
                md.inlinePatterns.register(CitationProcessor(md, pending), "citation", 178)
                md.inlinePatterns.register(WikiLinkProcessor(md), "wiki_link", 177)

    def same(self, text: str) -> str:
        """Return what both make of a text after asserting that it is the same."""
        outputs = [converted(md, text) for md in self.each]
        stock, fast = map(named, outputs, self.pending)
        assert fast == stock
        stocked, stashed = (list(map(_shown, md.htmlStash.rawHtmlBlocks)) for md in self.each)
        # Where nobody looks, what replaces a mark need not be put away.
        assert stashed == stocked or (
            self.is_settled
            and [each for each in stashed if each not in _REPLACED_BY]
            == [each for each in stocked if each not in _REPLACED_BY]
        )
        for name in ("references", "toc", "toc_tokens", "lines"):
            assert getattr(self.each[0], name, None) == getattr(self.each[1], name, None)
        for pending in self.pending:
            pending.found.clear()
        return outputs[0]


def named(output: str, pending: PendingCitations) -> str:
    """Return an output with what is cited in place of the numbers that citations have till then.

    In which order they come by these is nobody's business.
    """
    found = pending.found

    def name(match: re.Match[str]) -> str:
        index = int(match[1])
        return f"<{found[index]}>" if index < len(found) else match[0]

    shown = re.sub(f"{HOLE_OPEN}p([0-9]+){HOLE_CLOSE}", name, output)
    return f"{shown}\n{sorted(map(repr, found))}"


def converted(md: Markdown, text: str) -> str:
    """Return the output, or the error where there is none."""
    md.reset()
    try:
        return md.convert(text)
    except RecursionError:
        return "RecursionError"
    except Exception as error:  # noqa: BLE001 - the same error is the same output
        return f"{type(error).__name__}: {error}"


def _shown(stashed: object) -> str:
    return tostring(stashed, "unicode") if isinstance(stashed, Element) else str(stashed)
