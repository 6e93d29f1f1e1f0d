"""The Markdown syntax for words that are true on a day: `[words]{as-of=2025-02-07}`.

`review-by=2026-02-07` names the day from which the page asks for another look. The braces are
those of Pandoc's bracketed spans.
"""

import datetime as dt
import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from msgspec import Struct

from sitegen.diagnostics import Diagnostic, did_you_mean
from sitegen.load.citations import written
from sitegen.model.document import HOLE_CLOSE, HOLE_OPEN

_DATED = (
    r"\[(?!@)(?P<words>(?:[^\[\]]++|\[\[[^\[\]]*\]\]|\[[^\[\]]*\])++)\]"
    r"\{(?P<marks>[^\S\n]*[a-z][\w-]*=[^{}\n]*)\}"
)
_MARK = re.compile(r"([a-z][\w-]*)=(\S*)")
_MARKS = ("as-of", "review-by")
_PARTIAL = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


class PendingDate(Struct, frozen=True, kw_only=True):
    """A mark as it stands in the text."""

    as_of: str
    review_by: str
    raw: str


class DatedWords:
    """Collects the marks of one fragment; each is named by its index in `found`."""

    def __init__(self) -> None:
        self.found: list[PendingDate] = []
        self.problems: list[tuple[str, str, str, str]] = []
        """Raw text, code, message and mend of each mark that can't be read."""


class DatedWordsProcessor(InlineProcessor):
    """`[words]{as-of=...}`: marks the words; their date is written behind them when it is shown."""

    def __init__(self, md: Markdown, dated: DatedWords) -> None:
        super().__init__(_DATED, md)
        self.dated = dated

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        """Return an element that holds the words."""
        raw = written(self, m[0])
        values: dict[str, str] = {}
        for name, value in _MARK.findall(m["marks"]):
            problem = _problem(name, value)
            if problem:
                self.dated.problems.append((raw, *problem))
                return m[0], m.start(0), m.end(0)
            values[name] = value
        element = Element("span", {"id": f"{HOLE_OPEN}d{len(self.dated.found)}{HOLE_CLOSE}"})
        element.text = m["words"]
        self.dated.found.append(
            PendingDate(
                as_of=values.get("as-of", ""), review_by=values.get("review-by", ""), raw=raw
            )
        )
        return element, m.start(0), m.end(0)


def dated_diagnostics(path: str, dated: DatedWords) -> list[tuple[str, Diagnostic]]:
    """Return each problem with the raw text it is about."""
    return [
        (raw, Diagnostic(path=path, code=code, message=message, help=mend))
        for raw, code, message, mend in dated.problems
    ]


def _problem(name: str, value: str) -> tuple[str, str, str] | None:
    """Return the code, message and mend of a mark that can't be read, or None."""
    if name not in _MARKS:
        mend = did_you_mean(name, _MARKS) or "the marks are as-of and review-by"
        return "bad-mark", f"unknown mark '{name}' on words", mend
    if _is_date(value, partial=name == "as-of"):
        return None
    mend = "write a day: 2025-02-07" + (", or 2025-02" if name == "as-of" else "")
    return "bad-date", f"{name}: '{value}' is not a date", mend


def _is_date(value: str, *, partial: bool) -> bool:
    if not _PARTIAL.fullmatch(value) or (len(value) < 10 and not partial):
        return False
    try:
        dt.date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return True
