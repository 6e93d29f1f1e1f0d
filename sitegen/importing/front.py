"""Reads front matter and configuration as Hugo, Jekyll and MkDocs write them; runs nothing."""

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml

_FENCES = {"---": "yaml", "+++": "toml"}


class _Reader(yaml.SafeLoader):
    """PyYAML's safe loader, which takes tags such as `!!python/name:` for nothing."""


_Reader.add_multi_constructor("", lambda loader, suffix, node: None)


def split(text: str) -> tuple[Mapping[str, Any], str, str]:
    """Return the front matter, the body, and why the front matter can't be read, if it can't."""
    first, _, rest = text.lstrip("\ufeff").partition("\n")
    language = _FENCES.get(first.rstrip())
    if language:
        end = re.search(rf"^{re.escape(first.rstrip())}[ \t]*$\n?", rest, re.MULTILINE)
        if end:
            values, problem = read(rest[: end.start()], language)
            return values, rest[end.end() :], problem
    elif text.startswith("{"):
        try:
            values, length = json.JSONDecoder().raw_decode(text)
        except ValueError:
            return {}, text, ""
        if isinstance(values, dict):
            return values, text[length:].lstrip("\n"), ""
    return {}, text, ""


def read(text: str, language: str) -> tuple[Mapping[str, Any], str]:
    """Return the mapping that YAML, TOML or JSON holds, and why it can't be read, if it can't."""
    try:
        if language == "toml":
            return tomllib.loads(text), ""
        values = json.loads(text) if language == "json" else yaml.load(text, Loader=_Reader)  # noqa: S506 a safe loader
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        return {}, " ".join(str(error).split())
    return (values, "") if isinstance(values, dict) else ({}, "")


def text_of(value: Any) -> str:
    """Return a scalar as text; anything else as an empty string."""
    if isinstance(value, bool) or value is None or isinstance(value, dict | list):
        return ""
    return " ".join(str(value).split())


def texts_of(value: Any) -> tuple[str, ...]:
    """Return a list of scalars, or one scalar, as texts."""
    values = value if isinstance(value, list) else [value]
    return tuple(text for text in map(text_of, values) if text)


def day_of(value: Any) -> str:
    """Return a day as 2025-02-06 from a date in whatever form it was read, or nothing."""
    text = value.isoformat() if hasattr(value, "isoformat") else str(value or "")
    match = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else ""
