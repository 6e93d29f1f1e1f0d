"""Walks content/ in a fixed order, and reads its files; the only reader of content."""

import os
import stat
import unicodedata
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path

from msgspec import Struct

from sitegen.diagnostics import Diagnostic
from sitegen.engine.stamp import Look, look_now, stamp
from sitegen.model.document import Asset
from sitegen.model.front_matter import FOLDERS, Kind

MAX_FILE_BYTES = 2 * 1024 * 1024
"""More than any explainer needs; keeps one file from taking all memory."""
_USUAL_BYTES = 64 * 1024
"""Python makes room for all that is asked for: for millions of bytes the system must give it."""

FOLDER_KINDS: dict[str, Kind] = {folder: kind for kind, folder in FOLDERS.items()}
_UNPUBLISHED_FOLDERS = frozenset(["snapshots"])
_ROOT_FILES = frozenset(["site.yaml", "receipts.json", "ledger.json", "links.lock"])


PUBLISHED_TYPES = frozenset(
    """.avif .csv .doc .docx .gif .ico .jpeg .jpg .json .m4a .mp3 .mp4 .odp .ods .odt .ogg .pdf .png
    .ppt .pptx .svg .tsv .txt .vtt .webm .webp .xls .xlsx .zip""".split()
)
"""Types that no browser runs as a program."""


class FoundFile(Struct, frozen=True, kw_only=True, array_like=True):
    """A Markdown file of content/, not yet read."""

    kind: Kind
    path: str
    """Relative to the project's root, with `/` between its parts, in Unicode's composed form."""
    file: str
    """The same as the disk spells it."""
    stamp: tuple[int, ...]
    """Changes whenever the file does: its inode, size and times of change, in nanoseconds."""


class ContentFile(Struct, frozen=True, kw_only=True):
    """A content file as read."""

    kind: Kind
    path: str
    data: bytes


class Scan(Struct, frozen=True, kw_only=True):
    """Everything found below content/."""

    site_yaml: bytes | None
    files: tuple[FoundFile, ...]
    links_lock: bytes = b""
    """How outside addresses stood when they were last asked."""
    assets: tuple[Asset, ...]
    """Files of content/assets/, and others that a page may show."""
    diagnostics: tuple[Diagnostic, ...]


def scan_content(root: Path, look: Look | None = None) -> Scan:
    """Return what `root`/content holds; of all files only site.yaml and pictures are read.

    What `look` has shown a moment ago is not looked at again.
    """
    look = look or look_now()
    prefix = f"{root}{os.sep}"
    site_yaml: bytes | None = None
    links_lock = b""
    files: list[FoundFile] = []
    assets: list[Asset] = []
    diagnostics: list[Diagnostic] = []
    seen: set[str] = set()
    for path, relative, status in _walk(f"{prefix}content", "", diagnostics, look):
        folder, _, rest = relative.partition("/")
        shown = f"content/{relative}"
        if shown in seen:
            diagnostics.append(
                Diagnostic(
                    path=shown,
                    code="duplicate-id",
                    message="two files have this name, in two spellings that Unicode holds equal",
                    help="remove or rename one of the two",
                )
            )
            continue
        seen.add(shown)
        if relative == "site.yaml":
            site_yaml = _read(path, shown, diagnostics)
            if site_yaml is None:
                return Scan(site_yaml=b"", files=(), assets=(), diagnostics=tuple(diagnostics))
        elif relative == "links.lock":
            links_lock = _read(path, shown, diagnostics) or b""
        elif relative in _ROOT_FILES or folder in _UNPUBLISHED_FOLDERS:
            continue
        elif rest and folder in FOLDER_KINDS and relative.endswith(".md"):
            files.append(
                FoundFile(
                    kind=FOLDER_KINDS[folder],
                    path=shown,
                    file=path[len(prefix) :].replace(os.sep, "/"),
                    stamp=look.stamps.get(path) or stamp(status, look.now),
                )
            )
        elif rest and (folder == "assets" or folder in FOLDER_KINDS):
            problem = _asset_problem(path, shown, diagnostics)
            if problem is None:
                assets.append(
                    Asset(
                        path=shown,
                        size=status.st_size,
                        file=path[len(prefix) :].replace(os.sep, "/"),
                    )
                )
            else:
                diagnostics.append(problem)
        else:
            folders = ", ".join(f"{name}/" for name in (*FOLDERS.values(), "assets"))
            diagnostics.append(
                Diagnostic(
                    path=shown,
                    code="stray-file",
                    message="this file is not in a folder that sitegen reads",
                    help=f"content/ has {folders}",
                )
            )
    return Scan(
        site_yaml=site_yaml,
        links_lock=links_lock,
        files=tuple(files),
        assets=tuple(assets),
        diagnostics=tuple(diagnostics),
    )


def find_file(path: Path, root: Path) -> FoundFile | None:
    """Return a file as `scan_content` would find it, but for its stamp; None if it would not."""
    if not path.is_relative_to(root) or path.suffix != ".md":
        return None
    inside = path.relative_to(root).as_posix()
    kind = FOLDER_KINDS.get(inside.split("/")[1]) if inside.startswith("content/") else None
    try:
        mode = path.lstat().st_mode
    except OSError:
        return None
    if kind is None or not stat.S_ISREG(mode) or not mode & 0o444:
        return None
    return FoundFile(kind=kind, path=unicodedata.normalize("NFC", inside), file=inside, stamp=())


def read_file(root: Path, found: FoundFile) -> tuple[ContentFile | None, tuple[Diagnostic, ...]]:
    """Return a file with its bytes, or None and why it can't be read."""
    diagnostics: list[Diagnostic] = []
    data = _read(f"{root}{os.sep}{found.file}", found.path, diagnostics)
    if data is None:
        return None, tuple(diagnostics)
    return ContentFile(kind=found.kind, path=found.path, data=data), ()


def is_editor_file(name: str) -> bool:
    """Return whether a name is an editor's or the system's own: hidden, backup or swap file."""
    return name.startswith((".", "#")) or name.endswith("~") or name in {"4913", "Thumbs.db"}


def _walk(
    folder: str,
    prefix: str,
    diagnostics: list[Diagnostic],
    look: Look,
) -> Iterator[tuple[str, str, os.stat_result]]:
    """Yield the regular files below `folder`, sorted by name; links are never followed."""
    try:
        listed = look.folders.get(folder) or os.scandir(folder)
        entries = sorted(listed, key=attrgetter("name"))
    except OSError as error:
        diagnostics.append(_unreadable(f"content/{prefix}".rstrip("/"), error))
        return
    for entry in entries:
        name = entry.name
        if is_editor_file(name):
            continue
        if not name.isascii():
            name = unicodedata.normalize("NFC", name)
        relative = f"{prefix}{name}"
        shown = f"content/{relative}"
        try:
            if not name.isascii():
                entry.name.encode()
            status = entry.stat(follow_symlinks=False)
            mode = status.st_mode
            if stat.S_ISREG(mode) and mode & 0o444:
                yield entry.path, relative, status
                continue
        except UnicodeEncodeError:
            readable = shown.encode("utf-8", "replace").decode()
            diagnostics.append(_not_a_file(readable, "its name is not UTF-8", "rename it"))
            continue
        except OSError as error:
            diagnostics.append(_unreadable(shown, error))
            continue
        if stat.S_ISLNK(mode):
            diagnostics.append(
                _not_a_file(shown, "this is a symbolic link", "put the file itself here")
            )
        elif stat.S_ISDIR(mode):
            if name.endswith(".md"):
                diagnostics.append(
                    _not_a_file(shown, "this folder is named like a Markdown file", "rename it")
                )
            else:
                yield from _walk(entry.path, f"{relative}/", diagnostics, look)
        elif stat.S_ISREG(mode):
            # The superuser could read it; nobody else who builds this publication could.
            diagnostics.append(_unreadable(shown, PermissionError(13, "Permission denied")))
        else:
            diagnostics.append(
                _not_a_file(shown, "this is a pipe, a socket or a device", "remove it")
            )


def _read(path: str, shown: str, diagnostics: list[Diagnostic]) -> bytes | None:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - thousands of paths cost time
            data = file.read(_USUAL_BYTES)
            if len(data) == _USUAL_BYTES:
                data += file.read(MAX_FILE_BYTES + 1 - _USUAL_BYTES)
    except OSError as error:
        diagnostics.append(_unreadable(shown, error))
        return None
    if len(data) > MAX_FILE_BYTES:
        diagnostics.append(
            Diagnostic(
                path=shown,
                code="file-too-large",
                message=f"this file is larger than {MAX_FILE_BYTES // 1024 // 1024} MiB",
                help="split it into several files",
            )
        )
        return None
    return data


def _asset_problem(path: str, shown: str, diagnostics: list[Diagnostic]) -> Diagnostic | None:
    """Return why a file can't be published: a type that browsers run, or a picture that holds one.

    A page of somebody else's on our address could do whatever our own pages may.
    """
    name = os.path.basename(path)  # noqa: PTH119
    suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122
    if suffix not in PUBLISHED_TYPES:
        return Diagnostic(
            path=shown,
            code="unsafe-file",
            message=f"files of the type '{suffix or name}' are not published",
            help=f"use one of {' '.join(sorted(PUBLISHED_TYPES))}, or move it out of content/",
        )
    if suffix == ".svg":
        from sitegen.load.svg import svg_problem

        data = _read(path, shown, diagnostics)
        problem = svg_problem(data or b"")
        if data is not None and problem:
            return Diagnostic(
                path=shown,
                code="unsafe-file",
                message=f"this picture {problem}",
                help="export it as plain SVG, without scripts and links",
            )
    return None


def _not_a_file(path: str, message: str, mend: str) -> Diagnostic:
    return Diagnostic(path=path, code="not-a-file", message=message, help=mend)


def _unreadable(path: str, error: OSError) -> Diagnostic:
    reason = (error.strerror or str(error)).lower()
    return Diagnostic(
        path=path,
        code="unreadable-file",
        message=f"this can't be read: {reason}",
        help="give yourself permission to read it, or remove it",
    )
