"""Dates as front matter holds them: ISO 8601 text at any precision, checked by load."""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo


def parse_moment(text: str, zone: ZoneInfo) -> dt.datetime:
    """Return a checked day or time as an aware time; a day begins at midnight in `zone`."""
    moment = dt.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def day_of(text: str, zone: ZoneInfo) -> str:
    """Return the day (`2025-02-06`) on which a checked day or time falls in `zone`."""
    if len(text) == 10:
        return text
    moment = parse_moment(text, zone)
    try:
        return moment.astimezone(zone).date().isoformat()
    except OverflowError:  # the first and last day of the calendar
        return text[:10]


def first_day(partial: str, zone: ZoneInfo) -> str:
    """Return the first day of a date at any precision, for sorting and for ageing."""
    if len(partial) == 4:
        return f"{partial}-01-01"
    if len(partial) == 7:
        return f"{partial}-01"
    return day_of(partial, zone)


def days_after(day: str, days: int) -> str:
    """Return the day that lies `days` after `day`; the last day of the calendar at most."""
    try:
        return (dt.date.fromisoformat(day) + dt.timedelta(days=days)).isoformat()
    except OverflowError:
        return dt.date.max.isoformat()


@lru_cache(maxsize=4096)
def timestamp(text: str, zone: ZoneInfo) -> str:
    """Return a checked day or time as an RFC 3339 timestamp, for feeds.

    Old dates fall into local mean time (Tokyo: +09:18:59); RFC 3339 has no seconds in offsets.
    """
    moment = parse_moment(text, zone)
    offset = moment.utcoffset() or dt.timedelta()
    whole_minutes = dt.timedelta(minutes=offset // dt.timedelta(minutes=1))
    return moment.replace(tzinfo=dt.timezone(whole_minutes)).isoformat()
