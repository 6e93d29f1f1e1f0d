"""Reads and writes content/links.lock: one address a line, sorted, for people and for `diff`.

The format: `verdict since status address`, parted by spaces; a moved address is followed by `->`
and its new one. A `-` stands for no status. `#` begins a line that is not read.
"""

import datetime as dt
import re
from collections.abc import Mapping
from typing import cast, get_args

from sitegen.diagnostics import Diagnostic, Span, did_you_mean
from sitegen.load import text
from sitegen.model.links import LinkState, Verdict

PATH = "content/links.lock"
_VERDICTS: tuple[str, ...] = get_args(Verdict)
_HEAD = """\
# How outside addresses stood when 'sitegen check --external' asked them; builds only read this.
# verdict  since  status  address
"""
_WORD = re.compile(r"\S+")
_ADDRESS = re.compile(r"https?://[^\s/?#]\S*", re.IGNORECASE)
_HELP = "write it as: alive 2025-02-06 200 https://example.org/; or delete the line"


def render(links: Mapping[str, LinkState]) -> str:
    """Return the text of the file that holds `links`, by address."""
    rows = []
    for url, state in sorted(links.items()):
        moved = f" -> {state.target}" if state.target else ""
        rows.append(f"{state.verdict:11} {state.since} {state.status or '-':>3} {url}{moved}\n")
    return _HEAD + "".join(rows)


def parse(data: bytes) -> tuple[dict[str, LinkState], tuple[Diagnostic, ...]]:
    """Return what a file holds, by address, and what is wrong with its lines."""
    decoded, found = text.decode(PATH, data)
    if found:
        return {}, found
    links: dict[str, LinkState] = {}
    lines: dict[str, int] = {}
    problems: list[Diagnostic] = []
    for number, line in enumerate(decoded.split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        state, problem = _line(line, number)
        if state is None:
            problems.append(problem or _wrong(number, 1, len(line), "this can't be read", _HELP))
            continue
        url, known = state
        if url in lines:
            place = line.index(url) + 1
            message = f"'{url}' stands on line {lines[url]} already"
            problems.append(_wrong(number, place, len(url), message, "delete one of the two"))
            continue
        links[url], lines[url] = known, number
    return links, tuple(problems)


def _line(line: str, number: int) -> tuple[tuple[str, LinkState] | None, Diagnostic | None]:
    words = list(_WORD.finditer(line))

    def wrong(index: int, message: str, mend: str = _HELP) -> tuple[None, Diagnostic]:
        at = words[index]
        return None, _wrong(number, at.start() + 1, len(at[0]), message, mend)

    if len(words) not in (4, 6):
        message = f"{len(words)} words, where an address has 4"
        return None, _wrong(number, words[0].start() + 1, len(line.strip()), message, _HELP)
    verdict, since, status, url = (word[0] for word in words[:4])
    if verdict not in _VERDICTS:
        mend = did_you_mean(verdict, _VERDICTS) or f"use one of {', '.join(_VERDICTS)}"
        return wrong(0, f"'{verdict}' is not a verdict", mend)
    if not _is_day(since):
        return wrong(1, f"'{since}' is not a day", "such as 2025-02-06")
    if status != "-" and not re.fullmatch(r"[1-9]\d\d", status):
        return wrong(2, f"'{status}' is not an HTTP status", "such as 404, or - for none")
    if not _ADDRESS.fullmatch(url):
        return wrong(3, f"'{url}' is not an http or https address")
    target = ""
    if len(words) == 6:
        target = words[5][0]
        if words[4][0] != "->":
            return wrong(4, f"'{words[4][0]}' stands where -> must", _HELP)
        if not _ADDRESS.fullmatch(target):
            return wrong(5, f"'{target}' is not an http or https address")
    if bool(target) != (verdict == "moved"):
        message = "a moved address, and no other, is followed by -> and its new one"
        return wrong(0, message, _HELP)
    return (
        url,
        LinkState(
            verdict=cast(Verdict, verdict),
            since=since,
            status=0 if status == "-" else int(status),
            target=target,
        ),
    ), None


def _is_day(word: str) -> bool:
    try:
        return dt.date.fromisoformat(word).isoformat() == word
    except ValueError:
        return False


def _wrong(line: int, column: int, length: int, message: str, mend: str) -> Diagnostic:
    span = Span(line, column, length)
    return Diagnostic(path=PATH, code="bad-links-lock", message=message, span=span, help=mend)
