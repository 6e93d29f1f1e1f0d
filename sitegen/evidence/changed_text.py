"""Finds what a page's text says other than its digests have it, and names the place."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from sitegen.evidence.shown import Block, ShownPage, one_line
from sitegen.evidence.texts import Parts, block_digest

_NAMES = {
    "title": "the title",
    "summary": "the summary",
    "key_points": "the key points",
    "known": "what is known",
    "unknown": "what is unknown",
    "definition": "the definition",
    "body": "the text",
    "events": "the events",
}
_LONGEST_SHOWN = 200


class Change(Struct, frozen=True, kw_only=True):
    """A place whose text is another."""

    claims: tuple[int, ...]
    """The numbers of the claims in it."""
    message: str


def changes(parts: Parts, shown: ShownPage) -> Iterator[Change]:
    """Yield each place of a page whose text is not what its digests are of."""
    for part in dict.fromkeys([*parts, *shown.parts]):
        name = _NAMES.get(part, f"'{part}'")
        blocks = shown.parts.get(part, [])
        if part in ("title", "summary") and part not in parts:
            continue  # some pages make theirs of more than their own file
        if parts.get(part) and not blocks:
            message = f"{name}: not on the page, or no element says that it holds it"
            yield Change(claims=(), message=message)
            continue
        yield from _changes(parts.get(part, ()), blocks, name, ordered=part != "events")


def _changes(
    digests: Sequence[str], blocks: list[Block], name: str, *, ordered: bool
) -> Iterator[Change]:
    own = [block_digest(block.text) for block in blocks]
    if own == list(digests):
        return
    if not ordered:  # a page shows events by their dates
        digests = sorted(digests)
        order = sorted(range(len(own)), key=own.__getitem__)
        own, blocks = [own[at] for at in order], [blocks[at] for at in order]
    matcher = SequenceMatcher(None, digests, own, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            continue
        place = _place(blocks, first, name)
        changed = min(end - start, last - first)
        for at in range(first, last):
            what = "changed" if at - first < changed else "added"
            said = f"{place}: this was {what}: '{_cut(blocks[at].text)}'"
            yield Change(claims=blocks[at].claims, message=said)
        gone = (end - start) - changed
        if gone:
            count = "a paragraph or item is" if gone == 1 else f"{gone} paragraphs or items are"
            yield Change(claims=(), message=f"{place}: {count} gone")


def _place(blocks: list[Block], before: int, name: str) -> str:
    """Return the name of a place: the part, and the heading that stands over it."""
    for block in reversed(blocks[:before]):
        if block.heading:
            return f"{name} under '{_cut(block.text)}'"
    return name


def _cut(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1].rstrip() + "\u2026"
