"""Reads a body as its author wrote it: which parts are code, which are comments."""

import re

_CODE = re.compile(
    r"^(?P<fence>```+|~~~+)[^\n]*\n.*?^(?P=fence)[ \t]*$|(?P<ticks>`+)(?:(?!`|\n\n).)+?(?P=ticks)",
    re.DOTALL | re.MULTILINE,
)


def without_code(text: str) -> str:
    """Return `text` with its code blanked, every character in its old place."""
    return _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def without_comments(text: str) -> str:
    """Return Markdown without the HTML comments that pages leave out; code keeps them."""
    masked = without_code(text)
    kept = []
    position = 0
    while (start := masked.find("<!--", position)) >= 0:
        end = masked.find("-->", start + 4)
        if end < 0:
            break
        kept.append(text[position:start])
        position = end + 3
    return "".join(kept) + text[position:]
