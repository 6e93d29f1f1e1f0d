"""Leads links to headings of an imported site to the anchors that those headings have here."""

import posixpath
import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from sitegen.importing.old import Left
from sitegen.importing.references import rewritten
from sitegen.urls import outside_scheme

_TAKEN = "-section"
"""Ends the anchor of a heading whose own is an id of the templates."""


def with_known_anchors(
    texts: Mapping[str, str], anchors: Mapping[str, Iterable[str]]
) -> tuple[dict[str, str], list[Left]]:
    """Return the texts, by path, with each anchor one that there is or left out, and those left.

    `anchors` are those of each text as it is loaded.
    """
    left: list[Left] = []
    known: dict[str, dict[str, str]] = {}
    for path, names in anchors.items():
        known[path] = {_folded(each): each for each in names}
        for each in names:
            known[path].setdefault(_folded(each.removesuffix(_TAKEN)), each)

    def led(path: str, target: str) -> str | None:
        place, mark, anchor = target.partition("#")
        if not mark or outside_scheme(target):
            return target
        there = (
            posixpath.normpath(posixpath.join(posixpath.dirname(path), place)) if place else path
        )
        new = known.get(there, {}).get(_folded(unquote(anchor)))
        if new is None and there in known:
            left.append(Left(path, f"{target}: there is no such heading"))
        return f"{place}#{new}" if new else place or None

    made = {}
    for path, text in texts.items():
        head, mark, body = text.partition("\n---\n")
        body = rewritten(body, lambda target, words, picture, path=path: led(path, target))  # type: ignore[misc]
        made[path] = head + mark + body
    return made, left


def _folded(anchor: str) -> str:
    """Return an anchor without what generators make of the same heading in different ways."""
    return re.sub(r"[\W_]+", "", anchor).casefold()
