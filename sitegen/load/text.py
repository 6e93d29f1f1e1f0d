"""Decodes a content file: UTF-8 with or without a byte order mark, lines ended by LF."""

import re

from sitegen.diagnostics import Diagnostic, Span

# Tab and newline aside: C0 and C1 controls (Python-Markdown keeps its own marks there), line and
# paragraph separators (YAML breaks lines at them), embedding and override of direction (they make
# text read other than it is stored), noncharacters (our holes) and the byte order mark inside.
REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_COMMON = bytes(byte for byte in range(0x7F) if byte >= 0x20 or byte in b"\t\n\r")
"""The ASCII characters that are not refused: most of a file, and quickly taken out of it."""


def decode(path: str, data: bytes) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the text of a file, and what is wrong with its characters."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        return "", (
            Diagnostic(
                path=path,
                code="not-utf8",
                message=f"byte 0x{data[error.start]:02x} is not UTF-8 text",
                span=Span(line, column),
                help="save the file as UTF-8",
            ),
        )
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not REFUSED.search(data.translate(None, _COMMON).decode()):
        return text, ()
    diagnostics = []
    for match in REFUSED.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        diagnostics.append(
            Diagnostic(
                path=path,
                code="control-character",
                message=f"the character U+{ord(match[0]):04X} can't stand in content",
                span=Span(text.count("\n", 0, match.start()) + 1, match.start() - start + 1),
                help="delete it; it is invisible, so retype the word around it",
            )
        )
        if len(diagnostics) == _MOST_SHOWN:
            break
    return text, tuple(diagnostics)


_MOST_SHOWN = 5
