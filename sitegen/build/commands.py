"""What the command line and the preview server call: build, check, and the site for its numbers."""

import shutil
import tempfile
import time
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from sitegen.build.compiling import compiling
from sitegen.build.newer import mark_built
from sitegen.build.options import CACHE, WORKSPACE, BuildOptions, BuildReport, Early, Progress
from sitegen.build.unchanged import LastBuild, read_last_build, report_if_unchanged
from sitegen.diagnostics import Diagnostic
from sitegen.engine.aside import aside
from sitegen.engine.digest import digest_of
from sitegen.engine.environment import code_digest
from sitegen.engine.lock import locked
from sitegen.engine.stamp import Look, look_at
from sitegen.errors import SitegenError
from sitegen.publish.standing import fallen, has_large_manifest, read_manifest
from sitegen.publish.writer import check_output, recover

if TYPE_CHECKING:
    from sitegen.build.journey import Journey
    from sitegen.build.ledger import LedgerChange
    from sitegen.build.receipts import QuotesReport
    from sitegen.model.site import Site

T = TypeVar("T")

Notice = Callable[[str], None]


def build(
    options: BuildOptions,
    progress: Progress | None = None,
    notice: Notice | None = None,
    early: Early | None = None,
    saved: frozenset[Path] = frozenset(),
    hold: Callable[[object], None] = lambda site: None,
) -> BuildReport:
    """Build the publication at `options.root` into its output folder.

    `notice` is told, in one line, why nothing happens for a while; `early` is given the pages of
    the files that changed, if they are few, before anything else is made. `saved` are files that
    are known to have changed: where nothing but their text did, `early` gets their pages before
    the other files are even looked at. `hold` is given the joined site: freeing it takes a while,
    which a process that is about to end may spare itself. Raises SitegenError if the machine fails
    us; the last good output is then whole.
    """
    output = options.output_folder
    with _workspace(options) as folder, _alone(folder, output, notice):
        recover(output)
        check_output(output, options.root / "content")
        began = time.time_ns()
        with _looking(options) as fallen:
            made_by = _made_by(options)
            last_path = folder / f"{_name(options)}.last"
            inputs: Mapping[str, tuple[int, ...]] = {}
            look: Look | None = None
            last: LastBuild | None = None
            if early is None:
                look = _look(options)
                inputs = look.stamps
                last = read_last_build(last_path, made_by) if options.cache else None
                if last is not None:
                    report = report_if_unchanged(last, options, inputs, fallen)
                    if report is not None:
                        mark_built(output, began)
                        return report
            else:
                # Whoever wants pages early knows that something has changed.
                last_path.unlink(missing_ok=True)
            with compiling(options, inputs, last) as compiled:
                from sitegen.build.publishing import Beginning, publish

                beginning = Beginning(
                    look=look,
                    inputs=inputs,
                    last_path=last_path,
                    early=early,
                    saved=saved,
                    fallen=fallen,
                    compiled=compiled,
                    hold=hold,
                )
                report = _trusting(
                    folder, lambda: publish(_journey(options, progress, folder), beginning)
                )
            if report.published:
                mark_built(output, began)
            return report


def check(options: BuildOptions, progress: Progress | None = None) -> BuildReport:
    """Find everything that can be wrong, rendering included, without touching the output.

    Scheduled explainers are checked too: what is wrong with them would stop the build on their day.
    """
    with _workspace(options, make=False) as folder:
        return _trusting(folder, lambda: _journey(options, progress, folder).check())


@contextmanager
def site_of(
    options: BuildOptions,
) -> "Iterator[tuple[Site | None, tuple[Diagnostic, ...]]]":
    """Give the resolved site, or None and what is wrong with the content.

    The bodies of its files can be read until the context ends, which raises Lost where a cache has
    lost one: `with_site` begins again.
    """
    with _workspace(options, make=False) as folder:
        yield _trusting(folder, lambda: _site(_journey(options, None, folder)))


def with_site(
    options: BuildOptions, use: "Callable[[Site], T]", *, keep: bool = False
) -> "tuple[T | None, tuple[Diagnostic, ...]]":
    """Return what `use` makes of the resolved site, or None, and what is wrong with the content.

    `use` may read the bodies of all files. Where the cache turns out to have lost one it is called
    again, with a site made anew. With `keep` the publication has a workspace afterwards.
    """

    def run(folder: Path) -> "tuple[T | None, tuple[Diagnostic, ...]]":
        site, found = _site(_journey(options, None, folder))
        return (None if site is None else use(site)), found

    with _workspace(options, make=keep) as folder:
        return _trusting(folder, lambda: run(folder))


def quotes(options: BuildOptions, *, write: bool) -> "tuple[QuotesReport, tuple[Diagnostic, ...]]":
    """Return each quotation of the publication and how it stands, and what is wrong with its files.

    `write` records receipts for what is found in snapshots; SitegenError is raised if the file
    can't be written.
    """
    with _workspace(options, make=False) as folder:
        return _trusting(folder, lambda: _quotes(_journey(options, None, folder), write=write))


def _quotes(journey: "Journey", *, write: bool) -> "tuple[QuotesReport, tuple[Diagnostic, ...]]":
    from sitegen.build.receipts import quotes_report, write_receipts

    journey.look()
    if write:
        write_receipts(journey)
        journey.look_again()
    return quotes_report(journey), journey.report(published=False).diagnostics


def advance_ledger(
    options: BuildOptions, *, write: bool = True, shown: Container[str] | None = None
) -> "tuple[LedgerChange | None, tuple[Diagnostic, ...]]":
    """Record what every published explainer says, or with `write` false tell what would be.

    `shown` are the output paths of a site that was built; explainers it has no page of are left
    out. Nothing is recorded where the content has errors: the change is then None. Raises
    SitegenError if the file can't be written.
    """
    from sitegen.build.ledger import ledger_change, write_ledger

    change, found = with_site(options, lambda site: ledger_change(options.root, site, shown))
    if change is None:
        return None, found
    if write and change.explainers:
        write_ledger(options.root, change)
    return change, found


def _site(journey: "Journey") -> "tuple[Site | None, tuple[Diagnostic, ...]]":
    return journey.site(), journey.report(published=False).diagnostics


def _trusting(folder: Path, run: Callable[[], T]) -> T:
    """Return what `run` returns; if the cache has lost what it should hold, run without it."""
    from sitegen.engine.cache import Cache, Lost

    try:
        return run()
    except Lost:
        for record in folder.glob("*.record"):
            record.unlink(missing_ok=True)
        Cache(folder / CACHE).discard()
    try:
        return run()
    except Lost:
        raise SitegenError(
            f"{folder}: what is written here is not there when it is read; try --no-cache"
        ) from None


def _journey(options: BuildOptions, progress: Progress | None, folder: Path) -> "Journey":
    from sitegen.build.journey import Journey

    return Journey(options, progress, folder, _name(options), _made_by(options))


@contextmanager
def _workspace(options: BuildOptions, *, make: bool = True) -> Iterator[Path]:
    """Give the folder for what later builds may use; one for this build alone if there is none.

    It is made where `make` says so.
    """
    folder = options.root / WORKSPACE
    files = (folder / CACHE, folder / f"{CACHE}-journal")
    ours = not folder.is_symlink() and not any(path.is_dir() for path in files)
    if options.cache and ours and (make or folder.is_dir()):
        try:
            folder.mkdir(exist_ok=True)
            ignore = folder / ".gitignore"
            if make and not ignore.exists():
                ignore.write_text("*\n")  # whoever can write here can write the site
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError:
            pass
        else:
            yield folder
            return
    try:
        folder = Path(tempfile.mkdtemp(prefix="sitegen-"))
    except OSError as error:
        raise SitegenError(f"{error.filename}: {error.strerror or error}") from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _looking(options: BuildOptions) -> Iterator[Callable[[], frozenset[str]]]:
    """Begin to look which outputs of the last build no longer stand; give what tells them."""
    output = options.output_folder
    known: frozenset[str] | None = None

    def look() -> bytes:
        found = fallen(output, read_manifest(output), read=not options.cache)
        return msgspec.msgpack.encode(found)

    with aside(look, fork=has_large_manifest(output)) as looked:

        def told() -> frozenset[str]:
            nonlocal known
            if known is None:
                known = msgspec.msgpack.decode(looked(), type=frozenset[str])
            return known

        yield told


@contextmanager
def _alone(folder: Path, output: Path, notice: Notice | None) -> Iterator[None]:
    """Keep other builds of this publication, and others into this output, waiting."""

    def waiting(holder: str) -> None:
        if notice:
            notice(f"{holder} is building this publication; waiting for it")

    beside = output.resolve().parent / f".{output.name}.sitegen.lock"
    with locked(folder / "lock", waiting), locked(beside, waiting, passing=True):
        yield


def _name(options: BuildOptions) -> str:
    """Return what tells builds of one publication apart that go to other places or show more."""
    parts = (
        str(options.output_folder.resolve()),
        options.base_url,
        options.drafts,
        options.future,
        options.search,
    )
    return blake2b(msgspec.msgpack.encode(parts), digest_size=6).hexdigest()


def _made_by(options: BuildOptions) -> bytes:
    return digest_of((code_digest(), _name(options).encode(), str(options.strict).encode()))


def _look(options: BuildOptions) -> Look:
    from sitegen.render.folders import default_folder

    folders = (options.root / "content", options.root / "templates", default_folder())
    return look_at(map(str, folders))
