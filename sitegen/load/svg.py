"""Tells whether an SVG picture is only a picture: by what it may hold, not by what it may not."""

import re
from xml.etree import ElementTree

_SVG = "{http://www.w3.org/2000/svg}"
_KNOWN_TO_BROWSERS = ("{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/1998/Math/MathML}")
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_ELEMENTS = frozenset(
    """circle clipPath defs desc ellipse feBlend feColorMatrix feComposite feFlood feGaussianBlur
    feMerge feMergeNode feOffset filter g image line linearGradient marker mask metadata path
    pattern polygon polyline radialGradient rect stop style svg switch symbol text textPath title
    tspan use view""".split()
)
_LOCAL_HREF = re.compile(r"#[^\s]*|data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_OUTSIDE_STYLE = re.compile(r"@import|url\(\s*['\"]?(?!#)|expression|javascript", re.IGNORECASE)


def svg_problem(data: bytes) -> str:
    """Return what in an SVG file is more than a picture, or an empty string.

    A document type is refused before parsing: entities could make a small file a huge one.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "is not UTF-8 text"
    if "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
        return "holds a document type"
    if re.search(r"<\?(?!xml\s)", text):
        return "holds a processing instruction"
    try:
        root = ElementTree.fromstring(text.encode())  # noqa: S314 - no document type, no entities
    except (ElementTree.ParseError, ValueError):
        return "is not well-formed XML"
    for element in root.iter():
        tag = str(element.tag)
        name = tag.removeprefix(_SVG)
        if not (_is_foreign(tag) or (tag.startswith(_SVG) and name in _ELEMENTS)):
            return f"holds the element <{name.rpartition('}')[2]}>"
        if name == "style" and _OUTSIDE_STYLE.search(element.text or ""):
            return "holds a style that reaches outside"
        for attribute, value in element.items():
            if attribute.rpartition("}")[2].lower().startswith("on"):
                return f"holds the attribute '{attribute.rpartition('}')[2]}'"
            if attribute in _HREFS and not _LOCAL_HREF.fullmatch(value.strip()):
                return "holds a link"
            if attribute == "style" and _OUTSIDE_STYLE.search(value):
                return "holds a style that reaches outside"
    return ""


def _is_foreign(tag: str) -> bool:
    """Return whether an element is a drawing program's own, which browsers give no meaning."""
    return tag.startswith("{") and not tag.startswith((_SVG, *_KNOWN_TO_BROWSERS))
