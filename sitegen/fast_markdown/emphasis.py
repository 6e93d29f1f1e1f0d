"""Makes emphasis of which nothing but one word or phrase of a text has marks."""

import re
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import DelimiterProcessor


def emphasized(
    pattern: DelimiterProcessor, match: re.Match[str], data: str
) -> tuple[Element, int, int] | None:
    """Return what a stock pattern makes of marks that can only be read in one way, or None."""
    begin = match.start()
    token = data[begin]
    size = 2 if data.startswith(token, begin + 1) else 1
    inside = begin + size
    closing = data.find(token * size, inside)
    end = closing + size
    if (
        closing <= inside
        or sum(map(data.count, pattern.delimiters)) != 2 * size
        or (begin and not data[begin - 1].isspace())
        or data[inside].isspace()
        or data[closing - 1].isspace()
        or data[end : end + 1].isalnum()
        or pattern.regions
    ):
        return None
    delimiter = pattern.delimiters[token]
    if delimiter.tag_count != 2 or delimiter.stack:
        return None
    element = Element(delimiter.tags[0] if size == 2 else delimiter.tags[1])
    element.text = data[inside:closing]
    return element, begin, end
