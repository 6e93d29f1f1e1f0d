"""The evidence stage: each file's quotations against their sources, unless neither has changed."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from sitegen.build.stored import Entry, read_body, read_document, read_quotations
from sitegen.diagnostics import Diagnostic, Span
from sitegen.engine.cache import Cache
from sitegen.engine.digest import digest, digest_of
from sitegen.evidence.ledger import PATH as LEDGER
from sitegen.evidence.ledger import Ledger, Revision, read_ledger, unsaid_changes
from sitegen.evidence.receipts import PATH as RECEIPTS
from sitegen.evidence.receipts import Receipts, read_receipts, receipts_digest
from sitegen.load.snapshots import FoundSnapshot, find_snapshots, read_committed, read_snapshot
from sitegen.model.dates import day_of
from sitegen.model.document import Standing
from sitegen.model.front_matter import ExplainerMeta
from sitegen.model.site import Site

if TYPE_CHECKING:
    from sitegen.evidence.check import CheckedQuotation

_EXPLAINERS = "content/explainers/"


class CheckedFile(Struct, frozen=True, kw_only=True, array_like=True):
    """How the citations of one file stand, and what is wrong with them."""

    key: bytes
    """Of the file and of all that it was checked with."""
    standings: dict[int, Standing] = {}
    findings: tuple[Diagnostic, ...] = ()


class SnapshotMark(Struct, frozen=True, kw_only=True, array_like=True):
    """A snapshot as it was last read."""

    stamp: tuple[int, ...]
    digest: bytes
    """Of its folded text."""


class EvidenceRecord(Struct, frozen=True, kw_only=True, array_like=True):
    """What the evidence stage leaves for the next build."""

    files: dict[str, CheckedFile] = {}
    """By path; only those with quotations."""
    snapshots: dict[str, SnapshotMark] = {}
    """By the source's name."""
    ledger: bytes = b""
    """The digest of the ledger's file."""
    revisions: dict[str, bytes] = {}
    """The digest of what each explainer of the ledger said last, by its name."""


class Evidence:
    """What the quotations of all files are checked with, read when it is asked for."""

    def __init__(self, root: Path, known: EvidenceRecord) -> None:
        """Look at what there is; `known` is what the last build left."""
        self.root = root
        self.found, self.findings = find_snapshots(root)
        self.marks: dict[str, SnapshotMark] = {}
        self.receipts: Receipts = {}
        self._texts: dict[str, str] = {}
        self._folded: dict[str, str] = {}
        self._ledger_data = b""
        self._ledger: Ledger | None = None
        self._read_receipts()
        self._read_ledger(known)
        for name, snapshot in self.found.items():
            mark = known.snapshots.get(name)
            if mark is None or mark.stamp != snapshot.stamp:
                self._read(name, snapshot)
                mark = SnapshotMark(
                    stamp=snapshot.stamp, digest=digest(self._folded[name].encode())
                )
            self.marks[name] = mark

    def folded(self, source: str) -> str | None:
        """Return the folded text of a snapshot, or None where there is none."""
        if source in self.found and source not in self._folded:
            self._read(source, self.found[source])
        return self._folded.get(source)

    def original(self, source: str) -> str:
        """Return the text of a snapshot."""
        return self._texts[source] if self.folded(source) is not None else ""

    def state(self, source: str) -> bytes:
        """Return the digest of what a source's quotations are checked with."""
        mark = self.marks.get(source)
        if mark is not None:
            return mark.digest
        return receipts_digest(self.receipts[source]) if source in self.receipts else b""

    def _read_receipts(self) -> None:
        data, found = read_committed(self.root, RECEIPTS)
        self.findings += found
        try:
            self.receipts = read_receipts(data)
        except ValueError as error:
            self.findings.append(
                Diagnostic(
                    path=RECEIPTS,
                    code="bad-receipts",
                    message=f"this is not a file of receipts: {error}",
                    help="put back the last one that was committed, or write it anew with "
                    "'sitegen quotes --write'",
                )
            )

    def revision(self, name: str) -> Revision:
        """Return what an explainer of the ledger said last."""
        if self._ledger is None:
            self._ledger = read_ledger(self._ledger_data)
        return self._ledger[name][-1]

    def _read_ledger(self, known: EvidenceRecord) -> None:
        self._ledger_data, found = read_committed(self.root, LEDGER)
        self.findings += found
        self.ledger_digest = digest(self._ledger_data)
        self.revisions = known.revisions
        if self.ledger_digest == known.ledger:
            return
        try:
            self._ledger = read_ledger(self._ledger_data)
        except ValueError as error:
            self._ledger = {}
            self.ledger_digest = b""
            self.findings.append(
                Diagnostic(
                    path=LEDGER,
                    code="bad-ledger",
                    message=f"this is not a ledger: {error}",
                    help="put back the last one that was committed",
                )
            )
        self.revisions = {name: each[-1].digest for name, each in self._ledger.items()}

    def _read(self, name: str, snapshot: FoundSnapshot) -> None:
        from sitegen.evidence.folding import fold

        text, found = read_snapshot(self.root, snapshot)
        self.findings += found
        self._texts[name] = text
        self._folded[name] = fold(text)


def check_files(
    evidence: Evidence, cache: Cache, entries: Mapping[str, Entry], known: EvidenceRecord
) -> EvidenceRecord:
    """Return how the citations of all files stand; what has not changed is not checked again."""
    files: dict[str, CheckedFile] = {}
    states: dict[str, bytes] = {}
    met: set[str] = set()
    for path, entry in entries.items():
        published = path.startswith(_EXPLAINERS) and entry.name in evidence.revisions
        if not entry.quoted and not published:
            continue
        for source in entry.quoted:
            if source not in states:
                states[source] = evidence.state(source)
        said = evidence.revisions[entry.name] if published else b""
        key = digest_of((entry.key, said, *(states[source] for source in entry.quoted)))
        old = known.files.get(path)
        if old is None or old.key != key:
            old = _check(evidence, cache, entry, key)
        files[path] = old
        if published:
            met.add(entry.name)
    unread = any(path.startswith(_EXPLAINERS) and not each.name for path, each in entries.items())
    if not unread:
        evidence.findings += _gone(evidence, cache, entries, evidence.revisions.keys() - met)
    evidence.findings += _strays(evidence.found, entries)
    return EvidenceRecord(
        files=files,
        snapshots=evidence.marks,
        ledger=evidence.ledger_digest,
        revisions=dict(evidence.revisions),
    )


def checked_quotations(
    evidence: Evidence, cache: Cache, entries: Mapping[str, Entry]
) -> "Iterator[tuple[str, list[CheckedQuotation], int]]":
    """Yield each file with its checked quotations, and how many are too short to be checked."""
    from sitegen.evidence.check import check

    for path, entry in entries.items():
        if entry.quoted:
            quotations = read_quotations(cache, entry)
            checked = check(quotations, evidence, evidence.receipts)
            yield path, checked, len(quotations) - len(checked)


def _check(evidence: Evidence, cache: Cache, entry: Entry, key: bytes) -> CheckedFile:
    standings: dict[int, Standing] = {}
    findings: list[Diagnostic] = []
    if entry.quoted:
        from sitegen.evidence.check import check, findings_of, standings_of

        checked = check(read_quotations(cache, entry), evidence, evidence.receipts)
        standings = standings_of(checked)
        if "not found" in standings.values():
            spans = read_body(cache, entry).spans
            findings += findings_of(entry.path, checked, spans, evidence)
    if entry.path.startswith(_EXPLAINERS) and entry.name in evidence.revisions:
        findings += _against_ledger(evidence, cache, entry, evidence.revision(entry.name))
    return CheckedFile(key=key, standings=standings, findings=tuple(findings))


def _against_ledger(
    evidence: Evidence, cache: Cache, entry: Entry, revision: Revision
) -> list[Diagnostic]:
    document, body = read_document(cache, entry), read_body(cache, entry)
    assert isinstance(document.meta, ExplainerMeta)
    if document.meta.draft:
        span = body.spans.get("draft")
        return [_withdrawn(entry.path, entry.name, "was published and is a draft now", span)]
    return unsaid_changes(document, body, revision, entry.path)


def _gone(
    evidence: Evidence, cache: Cache, entries: Mapping[str, Entry], names: Iterable[str]
) -> list[Diagnostic]:
    """Check the explainers of the ledger that have no file of their name any more.

    One that was renamed has left its old address to its file's aliases.
    """
    missing = {evidence.revision(name).address: name for name in names}
    if not missing:
        return []
    found: list[Diagnostic] = []
    for path, entry in entries.items():
        if not path.startswith(_EXPLAINERS) or not entry.document:
            continue
        document = read_document(cache, entry)
        assert isinstance(document.meta, ExplainerMeta)
        for address in document.meta.aliases:
            name = missing.pop(address, "")
            if name and entry.name not in evidence.revisions:
                found += _against_ledger(evidence, cache, entry, evidence.revision(name))
    return found + [
        _withdrawn(LEDGER, name, "was published and its file is gone", None)
        for name in sorted(missing.values())
    ]


def _withdrawn(path: str, name: str, said: str, span: Span | None) -> Diagnostic:
    return Diagnostic(
        path=path,
        code="withdrawn-page",
        message=f"the explainer '{name}' {said}",
        span=span,
        help="keep the file and give it expires:, or rename it with its old address in aliases:",
    )


def put_off(
    evidence: Evidence, cache: Cache, entries: Mapping[str, Entry], site: Site
) -> list[Diagnostic]:
    """Report the explainers of the ledger that are dated after the site's day, and so not in it.

    Before the day on which it was published an explainer may well be missing.
    """
    missing = evidence.revisions.keys() - site.explainers.keys()
    found = []
    for path, entry in entries.items() if missing else ():
        if not path.startswith(_EXPLAINERS) or entry.name not in missing:
            continue
        meta = read_document(cache, entry).meta
        assert isinstance(meta, ExplainerMeta)
        late = day_of(meta.date, site.settings.zone) > site.as_of
        if late and evidence.revision(entry.name).day <= site.as_of:
            span = read_body(cache, entry).spans.get("date")
            found.append(_withdrawn(path, entry.name, "was published and is scheduled now", span))
    return found


def _strays(found: Mapping[str, FoundSnapshot], paths: Iterable[str]) -> list[Diagnostic]:
    """Report the snapshots whose source has no record: nothing is ever checked against them."""
    if not found:
        return []
    sources = {PurePosixPath(path).stem for path in paths if path.startswith("content/sources/")}
    return [
        Diagnostic(
            path=snapshot.path,
            code="stray-file",
            message=f"no source record is called '{name}'",
            help="give the snapshot the name of its source, with .txt",
        )
        for name, snapshot in found.items()
        if name not in sources
    ]
