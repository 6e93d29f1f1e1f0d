"""Finds and reads the files of templates/: the publication's own over the defaults."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import jinja2

from sitegen.render.folders import default_folder


def template_folders(own: Path | None) -> list[Path]:
    """Return the folders in which templates are looked for, one after the other."""
    default = default_folder()
    same = own is not None and own.is_dir() and own.samefile(default)
    return [default] if own is None or same or not own.is_dir() else [own, default]


class TemplateFiles:
    """The templates of some folders, each read once, so that a build sees one state of them."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self._read: dict[str, tuple[str, Path]] = {}

    def names(self) -> list[str]:
        """Return the names of all templates."""
        names = {
            path.relative_to(folder).as_posix()
            for folder in self._folders
            for path in files_below(folder)
            if path.suffix == ".html"
        }
        return sorted(name for name in names if not name.startswith("assets/"))

    def source(self, name: str) -> tuple[str, Path]:
        """Return a template's text and file: the first folder's that has it."""
        found = self._read.get(name)
        if found is None:
            found = self._read[name] = _source(self._folders, name)
        return found

    def bytes_of(self, name: str) -> bytes:
        """Return a template's bytes, whether or not they are text."""
        try:
            return self.source(name)[0].encode()
        except (UnicodeDecodeError, jinja2.TemplateNotFound):
            return b""

    def load(self, name: str) -> tuple[str, str, None]:
        """Return a template as Jinja's loaders do."""
        source, path = self.source(name)
        return source, str(path), None


def _source(folders: Sequence[Path], name: str) -> tuple[str, Path]:
    parts = name.split("/")
    if not {"", ".", ".."} & set(parts):
        for folder in folders:
            path = folder.joinpath(*parts)
            if path.is_file() and not is_linked(path, folder):
                return path.read_text("utf-8"), path
    raise jinja2.TemplateNotFound(name)


def files_below(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder in a fixed order; links are never followed."""
    if folder.is_dir():
        for path in sorted(folder.rglob("*")):
            hidden = path.name.startswith(".") or path.name.endswith("~")
            if path.is_file() and not hidden and not is_linked(path, folder):
                yield path


def is_linked(path: Path, folder: Path) -> bool:
    """Return whether a link leads to a file below `folder`, at any step of the way."""
    steps = (path, *path.parents)
    return any(step.is_symlink() for step in steps[: steps.index(folder)])
