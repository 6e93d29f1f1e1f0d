"""Writes values as YAML scalars that every YAML reader takes for the same text."""

import json
import re
from collections.abc import Iterable

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*")
_WORDS_OF_YAML = frozenset(["true", "false", "yes", "no", "on", "off", "null", "y", "n"])


def quoted(text: str) -> str:
    """Return `text` in double quotation marks; every JSON string is YAML (YAML 1.2, 1.3)."""
    return json.dumps(text, ensure_ascii=False)


def name(text: str) -> str:
    """Return a slug or an id, in quotation marks where YAML could take it for something else."""
    plain = _PLAIN.fullmatch(text) and text.casefold() not in _WORDS_OF_YAML
    return text if plain else quoted(text)


def name_list(names: Iterable[str]) -> str:
    """Return slugs or ids as a list on one line."""
    return f"[{', '.join(map(name, names))}]"
