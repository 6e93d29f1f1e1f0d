"""The evidence stage: each file's quotations against their sources, unless neither has changed."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from msgspec import Struct

from sitegen.build.stored import Entry, read_body, read_quotations
from sitegen.diagnostics import Diagnostic
from sitegen.engine.cache import Cache
from sitegen.engine.digest import digest, digest_of
from sitegen.evidence.check import CheckedQuotation, check, findings_of, standings_of
from sitegen.evidence.folding import fold
from sitegen.evidence.receipts import PATH as RECEIPTS
from sitegen.evidence.receipts import Receipts, read_receipts, receipts_digest
from sitegen.load.snapshots import FoundSnapshot, find_snapshots, read_committed, read_snapshot
from sitegen.model.document import Standing


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
        self._read_receipts()
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

    def _read(self, name: str, snapshot: FoundSnapshot) -> None:
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
    for path, entry in entries.items():
        if not entry.quoted:
            continue
        for source in entry.quoted:
            if source not in states:
                states[source] = evidence.state(source)
        key = digest_of((entry.key, *(states[source] for source in entry.quoted)))
        old = known.files.get(path)
        files[path] = (
            old if old is not None and old.key == key else _check(evidence, cache, entry, key)
        )
    evidence.findings += _strays(evidence.found, entries)
    return EvidenceRecord(files=files, snapshots=evidence.marks)


def checked_quotations(
    evidence: Evidence, cache: Cache, entries: Mapping[str, Entry]
) -> Iterator[tuple[str, list[CheckedQuotation], int]]:
    """Yield each file with its checked quotations, and how many are too short to be checked."""
    for path, entry in entries.items():
        if entry.quoted:
            quotations = read_quotations(cache, entry)
            checked = check(quotations, evidence, evidence.receipts)
            yield path, checked, len(quotations) - len(checked)


def _check(evidence: Evidence, cache: Cache, entry: Entry, key: bytes) -> CheckedFile:
    checked = check(read_quotations(cache, entry), evidence, evidence.receipts)
    standings = standings_of(checked)
    findings: list[Diagnostic] = []
    if "not found" in standings.values():
        spans = read_body(cache, entry).spans
        findings = findings_of(entry.path, checked, spans, evidence)
    return CheckedFile(key=key, standings=standings, findings=tuple(findings))


def _strays(found: Mapping[str, FoundSnapshot], paths: Iterable[str]) -> list[Diagnostic]:
    """Report the snapshots whose source has no record: nothing is ever checked against them."""
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
