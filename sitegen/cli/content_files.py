"""The content files of one kind, as commands that write find them without a build."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from click import Context, Parameter

    from sitegen.model.front_matter import Kind
    from sitegen.scaffold.editor import SourceNote


def files_of(root: Path, kind: "Kind") -> list[Path]:
    """Return the files of one kind, by path."""
    from sitegen.load.scan import is_editor_file
    from sitegen.model.front_matter import FOLDERS

    found = sorted((root / "content" / FOLDERS[kind]).rglob("*.md"))
    return [path for path in found if not is_editor_file(path.name)]


def names_of(root: Path, kind: "Kind") -> tuple[str, ...]:
    """Return the names of the files of one kind, in the order of their paths."""
    return tuple(path.stem for path in files_of(root, kind))


def completing(kind: "Kind") -> "Callable[[Context, Parameter, str], list[str]]":
    """Return what tells a shell the names of one kind that begin as typed."""

    def complete(context: "Context", parameter: "Parameter", typed: str) -> list[str]:
        from click import UsageError

        from sitegen.cli.options import find_root

        try:
            root = find_root(context.params.get("root"))
        except UsageError:
            return []
        return [name for name in names_of(root, kind) if name.startswith(typed)]

    return complete


def source_notes(root: Path) -> "tuple[SourceNote, ...]":
    """Return every source with its title and publisher, as far as its file can be read."""
    from sitegen.diagnostics import Span
    from sitegen.load import front_matter, schema, text, yaml
    from sitegen.model.front_matter import SourceMeta
    from sitegen.scaffold.editor import SourceNote
    from sitegen.urls import slug_problem

    notes = []
    for path in files_of(root, "source"):
        if slug_problem(path.stem, dots=True):
            continue
        decoded, _ = text.decode(path.name, path.read_bytes())
        parts, _ = front_matter.split(path.name, decoded)
        node = yaml.compose(path.name, parts.yaml, parts.yaml_line)[0] if parts else None
        meta = schema.read(path.name, node, SourceMeta, Span(1)).value if node else None
        title, publisher = (meta.title, meta.publisher) if meta else ("", "")
        notes.append(SourceNote(path.stem, title, publisher))
    return tuple(notes)
