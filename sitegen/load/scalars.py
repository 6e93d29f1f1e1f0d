"""Reads a scalar as its field means it: `no` is a word, `12:30` a title, 2025-02-30 no day."""

import datetime as dt
import posixpath
import re
import unicodedata
from collections.abc import Callable

from sitegen.urls import outside_scheme, slug_problem


class BadScalar(Exception):
    """Says what is wrong with a scalar; caught in `schema`, never leaves load."""

    def __init__(self, code: str, message: str, mend: str = "") -> None:
        super().__init__(code, message, mend)
        self.code, self.message, self.mend = code, message, mend


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?(?:\.[0-9]+)?"
    r" ?([Zz]|[+-][0-9]{2}:?[0-5][0-9])?"
)
_SLASHED = re.compile(r"[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{4}|[0-9]{4}[/.][0-9]{1,2}[/.][0-9]{1,2}")
_SHORT_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\u3164]*")


def read_text(text: str) -> str:
    """Return one line of text."""
    if "\n" in text.strip():
        raise BadScalar("bad-value", "must be a single line", "write it on one line")
    return read_prose(text)


def read_prose(text: str) -> str:
    """Return text with its white space folded, in Unicode's composed form."""
    if _INVISIBLE.fullmatch(text):
        raise BadScalar("bad-value", "is empty", "write its text, or remove the key")
    return unicodedata.normalize("NFC", " ".join(text.split()))


def read_day(text: str) -> str:
    """Return a day as `2025-02-06`."""
    if not _DAY.fullmatch(text):
        raise _bad_date(text, "a day, such as 2025-02-06")
    _check_day(text)
    return text


def read_moment(text: str) -> str:
    """Return a day, or a time as `2025-02-06T14:30:00+09:00` (the offset only if written)."""
    if _DAY.fullmatch(text):
        return read_day(text)
    match = _MOMENT.fullmatch(text)
    if not match:
        raise _bad_date(text, "a day (2025-02-06) or a time (2025-02-06T14:30+09:00)")
    day, time, seconds, offset = match[1], match[2], match[3] or ":00", match[4] or ""
    offset = "+00:00" if offset in ("Z", "z") else offset
    offset = f"{offset[:3]}:{offset[3:]}" if len(offset) == 5 else offset
    _check_day(day)
    moment = f"{day}T{time}{seconds}{offset}"
    try:
        dt.datetime.fromisoformat(moment)
    except ValueError:
        raise BadScalar("bad-date", f"'{text}' is not a time of day", "hours go to 23") from None
    return moment


def read_partial_date(text: str) -> str:
    """Return a year, a month, a day or a time."""
    if re.fullmatch(r"[0-9]{4}", text) and text != "0000":
        return text
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
        _check_day(f"{text}-01")
        return text
    try:
        return read_moment(text)
    except BadScalar as bad:
        if _MOMENT.fullmatch(text) or _DAY.fullmatch(text):
            raise
        raise _bad_date(text, "a year (2025), a month (2025-02) or a day (2025-02-06)") from bad


def read_published_date(text: str) -> str:
    """Return `unknown`, or a date at any precision."""
    return "unknown" if text == "unknown" else read_partial_date(text)


def read_url(text: str) -> str:
    """Return an http or https address."""
    address = text.strip()
    if outside_scheme(address) not in ("http", "https") or not re.match(
        r"https?://[^/?#\s]", address, re.IGNORECASE
    ):
        raise BadScalar(
            "bad-url",
            f"'{_shown(text)}' is not an http or https address",
            "write the whole address, beginning with https://",
        )
    bad = re.search(r'[\s"<>\\^`{|}]', address)
    if bad:
        raise BadScalar(
            "bad-url",
            f"the address holds '{bad[0]}'",
            f"write it as %{ord(bad[0]):02X}, or copy the address from the browser",
        )
    return address


def read_slug(text: str) -> str:
    """Return the last part of an address."""
    slug = unicodedata.normalize("NFC", text.strip())
    problem = slug_problem(slug)
    if problem:
        raise BadScalar(
            "bad-slug",
            f"the slug '{_shown(slug)}' {problem}",
            "use letters, digits and hyphens, such as senkaku-islands",
        )
    return slug


def read_identifier(text: str) -> str:
    """Return the name of another file, without `.md`."""
    name = read_text(text)
    if "/" in name or name.endswith(".md"):
        plain = posixpath.basename(name).removesuffix(".md")
        raise BadScalar(
            "bad-value", f"'{_shown(name)}' is a path", f"name it by its slug alone: {plain}"
        )
    return name


def read_language(text: str) -> str:
    """Return a language tag; BCP 47's shape is checked, not its registry."""
    if not _LANGUAGE.fullmatch(text):
        raise BadScalar("bad-value", f"'{_shown(text)}' is not a language tag", "such as en or ja")
    first, *rest = text.split("-")
    return "-".join([first.lower(), *rest])


def read_address(text: str) -> str:
    """Return a path on this site: a file's, or a page's with a `/` at its end."""
    parts = [unicodedata.normalize("NFC", part) for part in text.strip().split("/") if part]
    if not text.startswith("/") or text.startswith("//") or not parts:
        raise BadScalar(
            "bad-value", f"'{_shown(text)}' is not a path on this site", "such as /old-name/"
        )
    for part in parts:
        problem = slug_problem(part, dots=True)
        if problem:
            raise BadScalar("bad-value", f"'{_shown(part)}' {problem}", "such as /old-name/")
    return "/" + "/".join(parts) + ("" if "." in parts[-1] else "/")


def read_file_path(text: str) -> str:
    """Return a relative path; where it may lead is checked when it is resolved."""
    path = read_text(text)
    if outside_scheme(path) or path.startswith(("/", "\\")):
        raise BadScalar(
            "bad-value",
            f"'{_shown(path)}' is not a file beside this one",
            "save the file in content/ and name it relative to this file",
        )
    return path


def read_days(text: str) -> int:
    """Return a number of days."""
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 1 <= int(text) <= 36500:
        raise BadScalar("bad-value", f"'{_shown(text)}' is not a number of days", "such as 180")
    return int(text)


READERS: dict[str, Callable[[str], str | int]] = {
    "text": read_text,
    "prose": read_prose,
    "markdown": read_prose,
    "moment": read_moment,
    "day": read_day,
    "partial-date": read_partial_date,
    "published-date": read_published_date,
    "url": read_url,
    "slug": read_slug,
    "identifier": read_identifier,
    "language": read_language,
    "address": read_address,
    "file-path": read_file_path,
    "days": read_days,
}
"""By the name that the field types of `model.fields` give."""


def _check_day(day: str) -> None:
    try:
        dt.date.fromisoformat(day)
    except ValueError:
        raise BadScalar(
            "bad-date", f"there is no day '{day}'", "look at the month and the day again"
        ) from None


def _bad_date(text: str, wanted: str) -> BadScalar:
    mend = f"write {wanted}"
    short = _SHORT_DAY.fullmatch(text)
    if short:
        mend = f"write {short[1]}-{int(short[2]):02}-{int(short[3]):02}"
    elif _SLASHED.fullmatch(text):
        mend = f"write year, month and day with hyphens: {wanted}"
    return BadScalar("bad-date", f"'{_shown(text)}' is not a date", mend)


def _shown(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
