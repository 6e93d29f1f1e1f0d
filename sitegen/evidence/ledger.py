"""content/ledger.json: what each explainer has said in public, so that no change goes unsaid.

    {"explainers": {"rents": [{"day": "2026-11-26", "address": "/explainers/rents/",
      "corrections": ["<digest>"], "statements": [
        {"kind": "claim", "text": "The office says rents rose by 4 per cent.",
         "facts": ["4 %"]}]}]}}

An explainer has a revision for each time it was published with other facts; the last one counts,
and none is ever taken out. Only statements with facts are kept. A text is the sentence around a
claim, or a key point.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec
from msgspec import Struct

from sitegen.diagnostics import Diagnostic, Span
from sitegen.engine.digest import digest
from sitegen.model.document import Body, Citation, Document
from sitegen.model.front_matter import CorrectionEntry, ExplainerMeta

PATH = "content/ledger.json"
_LEAST_LIKENESS = 55.0
_LIKENESS_WITHOUT = 75.0
"""So much alike is a sentence to the one it was before its facts were taken out."""
_LONGEST_SHOWN = 90


class Statement(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something an explainer says, with the facts in it."""

    kind: Literal["claim", "key point"]
    text: str
    facts: tuple[str, ...]


class Revision(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an explainer said when it was published."""

    day: str
    address: str
    corrections: tuple[str, ...]
    """The digest of each entry it had then."""
    statements: tuple[Statement, ...]

    @property
    def digest(self) -> bytes:
        """Return the digest of what it says."""
        return digest(msgspec.msgpack.encode(self))


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    explainers: dict[str, tuple[Revision, ...]]


Ledger = Mapping[str, tuple[Revision, ...]]
"""The revisions of each explainer, by its name; the last one counts."""


class Said(Struct, frozen=True, kw_only=True):
    """A statement and where it stands in its file."""

    statement: Statement
    place: str
    """A key of the body's spans."""


def read_ledger(data: bytes) -> Ledger:
    """Return the ledger that a file holds; an empty one has nothing in it.

    Raises ValueError, with a reason in plain words, if the file is not of this form.
    """
    if not data.strip():
        return {}
    try:
        found = msgspec.json.decode(data, type=_File).explainers
    except msgspec.MsgspecError as error:
        raise ValueError(str(error)) from error
    return {name: revisions for name, revisions in found.items() if revisions}


def ledger_json(ledger: Ledger) -> bytes:
    """Return the file that holds a ledger: a statement a line, so that changes can be read."""
    shown = [
        f" {_json(name)}: [\n" + ",\n".join(map(_revision_json, revisions)) + "\n ]"
        for name, revisions in sorted(ledger.items())
    ]
    return ('{"explainers": {\n' + ",\n".join(shown) + "\n}}\n").encode()


def revision_of(document: Document, body: Body, day: str, address: str) -> Revision:
    """Return what an explainer says, as published on a day."""
    assert isinstance(document.meta, ExplainerMeta)
    return Revision(
        day=day,
        address=address,
        corrections=tuple(map(_correction_digest, document.meta.corrections)),
        statements=tuple(each.statement for each in statements_of(document, body)),
    )


def advanced(ledger: Ledger, revisions: Mapping[str, Revision]) -> Ledger:
    """Return the ledger with a revision more for each explainer that says something else."""
    found = dict(ledger)
    for name, revision in revisions.items():
        known = found.get(name, ())
        if not known or _content(known[-1]) != _content(revision):
            found[name] = (*known, revision)
    return dict(sorted(found.items()))


def statements_of(document: Document, body: Body, *, bare: bool = False) -> list[Said]:
    """Return the statements of an explainer that hold facts; if `bare`, those that hold none."""
    found: list[Said] = []
    points = [key for key in document.texts if key.startswith("key_points.")]
    by_sentence: dict[str, list[Citation]] = {}
    passages: dict[str, tuple[str, ...]] = {}
    for citation in body.citations:
        if citation.part == "key_points":
            point = next((key for key in points if _holds(document.texts[key], citation)), "")
            passages[point] = (*passages.get(point, ()), citation.passage)
        else:
            by_sentence.setdefault(citation.sentence, []).append(citation)
    for key in sorted(points, key=lambda each: int(each.rpartition(".")[2])):
        _add(found, "key point", document.texts[key], passages.get(key, ()), key, bare=bare)
    for sentence, citations in by_sentence.items():
        words = tuple(each.passage for each in citations)
        _add(found, "claim", sentence, words, f"citation.{citations[0].number}", bare=bare)
    return found


def unsaid_changes(
    document: Document, body: Body, revision: Revision, path: str
) -> list[Diagnostic]:
    """Return an error for each fact of a revision that changed or vanished without a correction."""
    meta = document.meta
    assert isinstance(meta, ExplainerMeta)
    now = {_correction_digest(entry): entry.date for entry in meta.corrections}
    lost = [each for each in revision.corrections if each not in now]
    found = [_lost_correction(path, revision, body.spans) for _ in lost[:1]]
    new_entries = now.keys() - set(revision.corrections) - set(lost)
    # An entry that says it was made before the page was published corrects nothing of it.
    if any(now[entry] >= revision.day for entry in new_entries):
        return found
    new = statements_of(document, body)
    for old, partner in _pairs(revision.statements, new, statements_of(document, body, bare=True)):
        found += _changes(old, partner, new, revision, path, body.spans)
    return found


def _revision_json(revision: Revision) -> str:
    head = {key: getattr(revision, key) for key in ("day", "address", "corrections")}
    statements = [f"   {_json(msgspec.to_builtins(each))}" for each in revision.statements]
    return f'  {_json(head)[:-1]}, "statements": [\n' + ",\n".join(statements) + "]}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _content(revision: Revision) -> object:
    return revision.statements, revision.corrections, revision.address


def _correction_digest(entry: CorrectionEntry) -> str:
    parts = (entry.date, entry.kind, entry.text, entry.was, entry.now)
    return digest(msgspec.msgpack.encode(parts)).hex()


def _holds(text: str, citation: Citation) -> bool:
    return citation.sentence[:200].rstrip("\u2026") in text


def _add(
    found: list[Said],
    kind: Literal["claim", "key point"],
    text: str,
    passages: Iterable[str],
    place: str,
    *,
    bare: bool,
) -> None:
    from sitegen.evidence.facts import facts_of  # most builds compare nothing

    facts = facts_of(text, tuple(passages))
    if bool(facts) != bare:
        found.append(Said(statement=Statement(kind=kind, text=text, facts=facts), place=place))


def _pairs(
    old: Iterable[Statement], new: list[Said], bare: list[Said]
) -> list[tuple[Statement, Said | None]]:
    """Return each old statement that is no more, with the new one that is most like it.

    Of those without a fact only one that is nearly the same counts.
    """
    left = Counter((each.kind, each.text, each.facts) for each in old)
    fresh: list[Said] = []
    for said in new:
        own = said.statement
        key = (own.kind, own.text, own.facts)
        if left[key]:
            left[key] -= 1
        else:
            fresh.append(said)
    gone = [Statement(kind=k, text=t, facts=f) for k, t, f in left.elements()]
    if not gone:
        return []
    fresh += bare
    from rapidfuzz import fuzz

    ranked = sorted(
        (
            (fuzz.ratio(each.text, said.statement.text), -number, -place)
            for number, each in enumerate(gone)
            for place, said in enumerate(fresh)
            if each.kind == said.statement.kind
        ),
        reverse=True,
    )
    partners: dict[int, int] = {}
    for score, number, place in ranked:
        taken = -number in partners or -place in partners.values()
        facts = fresh[-place].statement.facts
        if score >= (_LEAST_LIKENESS if facts else _LIKENESS_WITHOUT) and not taken:
            partners[-number] = -place
    return [
        (each, fresh[partners[number]] if number in partners else None)
        for number, each in enumerate(gone)
    ]


def _changes(
    old: Statement,
    partner: Said | None,
    new: list[Said],
    revision: Revision,
    path: str,
    spans: Mapping[str, Span],
) -> list[Diagnostic]:
    if partner is None:
        facts = set(old.facts)
        if any(facts <= set(said.statement.facts) for said in new):
            return []  # said in other words, or elsewhere
    own = partner.statement.facts if partner else ()
    missing = [fact for fact in old.facts if fact not in own]
    come = [fact for fact in own if fact not in old.facts]
    found = []
    for fact in missing:
        became = next((each for each in come if _sort(each) == _sort(fact)), None)
        if became is not None:
            come.remove(became)
        said = f"became '{became}'" if became is not None else "is gone"
        found.append(
            Diagnostic(
                path=path,
                code="unsaid-change",
                message=f"'{fact}' {said} since {revision.day}, and no correction says so; "
                f"it said: '{_shown(old.text)}'",
                span=spans.get(partner.place) if partner else spans.get("title"),
                help="add an entry to corrections: (correction, clarification or update) of "
                f"{revision.day} or later, or put back what it said",
            )
        )
    return found


def _sort(fact: str) -> str:
    """Return what a fact is: a quotation, a date or a number."""
    if fact.startswith("\u201c"):
        return "quotation"
    return "date" if "-" in fact[1:] else "number"


def _lost_correction(path: str, revision: Revision, spans: Mapping[str, Span]) -> Diagnostic:
    return Diagnostic(
        path=path,
        code="lost-correction",
        message=f"an entry of corrections: that was published on {revision.day} changed or is gone",
        span=spans.get("corrections") or spans.get("title"),
        help="put it back as it was; entries are only ever added",
    )


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1].rstrip() + "\u2026"
