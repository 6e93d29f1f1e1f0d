"""Which parts of the installed Python-Markdown are those that the faster ones are equal to."""

from functools import cache
from typing import Any

import markdown
from markdown import (
    blockprocessors,
    htmlparser,
    inlinepatterns,
    postprocessors,
    preprocessors,
    serializers,
    treeprocessors,
)
from markdown.blockparser import BlockParser
from markdown.extensions import (
    abbr,
    admonition,
    attr_list,
    def_list,
    fenced_code,
    footnotes,
    smarty,
    tables,
    toc,
)

_COMPARED = ("3.11.3",)
"""Versions that were compared as a whole. Of any other, the source of each part is."""

_SOURCES: dict[str, tuple[str, tuple[Any, ...]]] = {
    "convert": ("e70d19e814646ee8", (markdown.Markdown.convert,)),
    "inline": ("6a173d246e154afe", (treeprocessors.InlineProcessor, inlinepatterns.Pattern)),
    "links": (
        "94a92063b3bcd1fd",
        (
            inlinepatterns.LinkInlineProcessor,
            inlinepatterns.ReferenceInlineProcessor,
            inlinepatterns.ShortReferenceInlineProcessor,
            inlinepatterns.BacktickInlineProcessor,
        ),
    ),
    "emphasis": (
        "d1fafcada95a3dd1",
        (inlinepatterns.Delimiter, inlinepatterns.DelimiterProcessor),
    ),
    "blocks": (
        "b295b3a1930146f3",
        (
            BlockParser.parseBlocks,
            blockprocessors.EmptyBlockProcessor.test,
            blockprocessors.ListIndentProcessor.test,
            blockprocessors.CodeBlockProcessor.test,
            blockprocessors.HashHeaderProcessor.test,
            blockprocessors.SetextHeaderProcessor.test,
            blockprocessors.HRProcessor.test,
            blockprocessors.OListProcessor.test,
            blockprocessors.BlockQuoteProcessor.test,
            blockprocessors.ParagraphProcessor,
            blockprocessors.ReferenceProcessor,
            footnotes.FootnoteBlockProcessor,
            abbr.AbbrBlockprocessor,
            def_list.DefListProcessor.test,
            admonition.AdmonitionProcessor,
            tables.TableProcessor,
        ),
    ),
    "plain": (
        "0c6728bf3b87b4a7",
        (
            blockprocessors.EmptyBlockProcessor,
            blockprocessors.HashHeaderProcessor,
            blockprocessors.OListProcessor,
            blockprocessors.UListProcessor,
            blockprocessors.BlockQuoteProcessor,
            footnotes.FootnoteBlockProcessor,
            tables.TableProcessor,
        ),
    ),
    "serialize": ("7cef1af99da20252", (serializers,)),
    "prettify": ("f9c370bc00e4578f", (treeprocessors.PrettifyTreeprocessor,)),
    "unescape": ("4351c7f025c7fc70", (treeprocessors.UnescapeTreeprocessor,)),
    "attr_list": ("b2a95e9ba2124322", (attr_list.AttrListTreeprocessor,)),
    "abbr": ("9037db8d0c58afaa", (abbr.AbbrTreeprocessor,)),
    "smarty": ("efdabc667936dc8d", (smarty,)),
    "toc": ("180266be023aa581", (toc,)),
    "footnotes": ("6bf0b957333399c4", (footnotes,)),
    "preprocess": (
        "08c645eb8e6c2020",
        (
            preprocessors.HtmlBlockPreprocessor,
            htmlparser,
            fenced_code.FencedBlockPreprocessor,
        ),
    ),
    "postprocess": (
        "f1d2991e32bd8fe3",
        (
            postprocessors.RawHtmlPostprocessor,
            postprocessors.AndSubstitutePostprocessor,
            footnotes.FootnotePostprocessor,
        ),
    ),
}
"""For each part the digest of its source, and what it is made of."""


@cache
def is_known(part: str) -> bool:
    """Return whether a part is, word for word, the one that ours was made equal to."""
    if markdown.__version__ in _COMPARED:
        return True
    digest, objects = _SOURCES[part]
    return source_digest(objects) == digest


def source_digest(objects: tuple[Any, ...]) -> str:
    """Return a digest of the source of functions, classes and modules, or nothing without it."""
    import inspect
    from hashlib import sha256

    try:
        source = "\n".join(inspect.getsource(each) for each in objects)
    except (OSError, TypeError):
        return ""
    return sha256(source.encode()).hexdigest()[:16]
