"""What differs between two states of a publication, as its editor wants to see: claims, sources."""

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

from sitegen.model.site import Site


class Claim(Struct, frozen=True, kw_only=True, order=True):
    """A citation without its number, which changes with every claim before it."""

    source: str
    locator: str
    words: str
    """What it supports, or the sentence where no words are marked."""
    passage: str


class Holdings(Struct, frozen=True, kw_only=True):
    """A publication's claims and sources, as far as they are compared."""

    titles: Mapping[str, str]
    """Of explainers, by name."""
    claims: Mapping[str, tuple[Claim, ...]]
    """Of each explainer, in reading order."""
    sources: Mapping[str, Mapping[str, str]]
    """The front matter of each source, each value as text."""


class ExplainerChange(Struct, frozen=True, kw_only=True):
    """An explainer whose claims are others than before."""

    name: str
    title: str
    kind: str
    """`new`, `gone` or `changed`."""
    added: tuple[Claim, ...]
    removed: tuple[Claim, ...]


class SourceChange(Struct, frozen=True, kw_only=True):
    """A source that came, went, or is described otherwise."""

    id: str
    title: str
    kind: str
    """`new`, `gone` or `changed`."""
    values: tuple[tuple[str, str, str], ...] = ()
    """Each key that changed, with the old text and the new."""


class Changes(Struct, frozen=True, kw_only=True):
    """What differs."""

    explainers: tuple[ExplainerChange, ...]
    sources: tuple[SourceChange, ...]


def holdings(site: Site) -> Holdings:
    """Return what is compared of `site`; its bodies are read."""
    return Holdings(
        titles={name: each.meta.title for name, each in site.explainers.items()},
        claims={
            name: tuple(
                Claim(
                    source=citation.source,
                    locator=citation.locator,
                    words=citation.words or citation.sentence,
                    passage=citation.passage,
                )
                for citation in site.bodies[each.document.path].citations
            )
            for name, each in site.explainers.items()
        },
        sources={
            name: {key: _text(value) for key, value in msgspec.structs.asdict(each.meta).items()}
            for name, each in site.sources.items()
        },
    )


def compare(before: Holdings, after: Holdings) -> Changes:
    """Return what differs, by name."""
    explainers = []
    for name in sorted(before.claims.keys() | after.claims.keys()):
        old, new = before.claims.get(name, ()), after.claims.get(name, ())
        if name in before.claims and name in after.claims and Counter(old) == Counter(new):
            continue
        explainers.append(
            ExplainerChange(
                name=name,
                title=after.titles.get(name) or before.titles[name],
                kind=_kind(name, before.claims, after.claims),
                added=_left_of(new, old),
                removed=_left_of(old, new),
            )
        )
    sources = []
    for name in sorted(before.sources.keys() | after.sources.keys()):
        was, now = before.sources.get(name, {}), after.sources.get(name, {})
        if was == now:
            continue
        kind = _kind(name, before.sources, after.sources)
        keys = sorted(was.keys() | now.keys()) if kind == "changed" else []
        values = [(key, was.get(key, ""), now.get(key, "")) for key in keys]
        sources.append(
            SourceChange(
                id=name,
                title=now.get("title") or was.get("title", ""),
                kind=kind,
                values=tuple(each for each in values if each[1] != each[2]),
            )
        )
    return Changes(explainers=tuple(explainers), sources=tuple(sources))


def changes_text(changes: Changes) -> str:
    """Return the changes for people, one a line."""
    lines = []
    for page in changes.explainers:
        lines.append(f"{page.kind} explainer {page.name}: {page.title}")
        lines += [f"  + {_line(claim)}" for claim in page.added]
        lines += [f"  - {_line(claim)}" for claim in page.removed]
    for source in changes.sources:
        lines.append(f"{source.kind} source {source.id}: {source.title}")
        lines += [f"  {key}: {was or 'none'} -> {now or 'none'}" for key, was, now in source.values]
    return "\n".join(lines or ["no claim and no source has changed"]) + "\n"


def changes_markdown(changes: Changes) -> str:
    """Return the changes in GitHub's Markdown, with every text of the content as plain text."""
    added = sum(len(page.added) for page in changes.explainers)
    removed = sum(len(page.removed) for page in changes.explainers)
    lines = [
        "## Claims and sources",
        "",
        f"Claims added: {added}. Claims removed: {removed}. "
        f"Sources changed: {len(changes.sources)}.",
    ]
    for page in changes.explainers:
        lines += ["", f"### {_plain(page.title)} ({page.kind})", ""]
        lines += [f"- added: {_plain(_line(claim))}" for claim in page.added]
        lines += [f"- removed: {_plain(_line(claim))}" for claim in page.removed]
    if changes.sources:
        lines += ["", "### Sources", ""]
        for source in changes.sources:
            lines.append(f"- {source.kind}: {_plain(f'{source.id}, {source.title}')}")
            lines += [
                f"  - {key}: {_plain(was) or 'none'} → {_plain(now) or 'none'}"
                for key, was, now in source.values
            ]
    return "\n".join(lines) + "\n"


def _kind(name: str, before: Iterable[str], after: Iterable[str]) -> str:
    if name not in before:
        return "new"
    return "changed" if name in after else "gone"


def _left_of(these: tuple[Claim, ...], others: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Return `these` without as many of each as `others` hold, in their order."""
    left = Counter(these) - Counter(others)
    kept = []
    for claim in these:
        if left[claim]:
            left[claim] -= 1
            kept.append(claim)
    return tuple(kept)


def _line(claim: Claim) -> str:
    place = f", {claim.locator}" if claim.locator else ""
    passage = f": “{claim.passage}”" if claim.passage else ""
    return f"{claim.words or 'a claim'} [{claim.source}{place}{passage}]"


def _text(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


_MARKS = r"\`*_{}[]<>()#+-.!|~@&:$"
"""ASCII punctuation that GitHub's Markdown reads, mentions and references included."""


def _plain(text: str) -> str:
    """Return text that is shown as it is: CommonMark 0.31, 2.4, lets a backslash make it literal.

    An @ and a # are entities as well, since GitHub looks for mentions and issues in the HTML.
    """
    folded = " ".join(text.split())
    escaped = "".join(f"\\{each}" if each in _MARKS else each for each in folded)
    return escaped.replace("\\@", "&#64;\u200b").replace("\\#", "&#35;\u200b")
