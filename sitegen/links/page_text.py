"""The text of a page as a whole, for telling whether quoted words still stand in it."""

import html
import re

import nh3

_BLOCKS = re.compile(
    r"<(?=/?(?:p|div|br|li|ul|ol|dl|dt|dd|h[1-6]|t[dhr]|table|section|article|blockquote|hr|main)\b)",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([a-z0-9_-]+)", re.IGNORECASE)
_UNSEEN = {"script", "style", "template", "noscript", "svg", "head"}


def page_text(data: bytes, charset: str, content_type: str) -> str:
    """Return what a page says, navigation and all: a quotation anywhere on it still stands."""
    declared = _CHARSET.search(data[:4096])
    names = (charset, declared[1].decode("ascii") if declared else "", "utf-8")
    text = next(each for name in names if (each := _decoded(data, name)) is not None)
    if content_type == "text/plain":
        return text
    # A space before each block: words of two paragraphs are not one.
    bare = nh3.clean(_BLOCKS.sub(" <", text), tags=set(), attributes={}, clean_content_tags=_UNSEEN)
    return html.unescape(bare)


def _decoded(data: bytes, charset: str) -> str | None:
    if not charset:
        return None
    try:
        return data.decode(charset, "replace")
    except LookupError:
        return None
