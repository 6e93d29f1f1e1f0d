"""Owns the Jinja environment, interface strings and assets: the only reader of templates/."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

import jinja2
import yaml
from jinja2 import meta
from msgspec import Struct

from sitegen.diagnostics import Diagnostic, Span, did_you_mean


def default_folder() -> Path:
    """Return the folder of the default templates: in a wheel, or beside a checkout's package."""
    package = Path(__file__).parent.parent
    packaged = package / "default_templates"
    return packaged if packaged.is_dir() else package.parent / "templates"


class Templates:
    """The publication's templates over the defaults; a file of the same name wins."""

    def __init__(self, own: Path | None) -> None:
        """Take the publication's own folder, which need not exist."""
        default = default_folder()
        same = own is not None and own.is_dir() and own.samefile(default)
        self.folders = [default] if own is None or same or not own.is_dir() else [own, default]
        self._own = own
        self.environment = _environment(tuple(self.folders))
        self.words: dict[str, dict[str, Any]] = {}
        self.assets: dict[str, Path] = {}
        for folder in reversed(self.folders):
            self._read_strings(folder / "strings")
            for path in _files(folder / "assets"):
                self.assets[path.relative_to(folder / "assets").as_posix()] = path

    def check(self) -> tuple[Diagnostic, ...]:
        """Return what is wrong with the templates before any is used."""
        found = []
        for name in self._names():
            try:
                dynamic = _names_a_template_by_variable(
                    self.environment, name, _source(self.folders, name)[0]
                )
            except jinja2.TemplateSyntaxError as error:
                found.append(self._syntax_error(error))
                continue
            except UnicodeDecodeError:
                found.append(
                    Diagnostic(
                        path=self._shown(name),
                        code="template-syntax",
                        message="the template is not UTF-8 text",
                        help="save it as UTF-8",
                    )
                )
                continue
            if dynamic:
                found.append(
                    Diagnostic(
                        path=self._shown(name),
                        code="dynamic-include",
                        message="an include or extends names its template by a variable",
                        help="name it by a text in quotation marks",
                    )
                )
        return tuple(found)

    def render(self, name: str, view: Struct, lang: str) -> bytes | Diagnostic:
        """Return the page that template `name` makes of `view`, or what went wrong."""
        try:
            template = self.environment.get_template(name)
            text = template.render(page=view, t=self.words_in(lang))
        except jinja2.TemplateNotFound as error:
            return Diagnostic(
                path=self._shown(name),
                code="missing-template",
                message=f"there is no template '{error.name}'",
                help=did_you_mean(str(error.name), self._names()),
            )
        except jinja2.TemplateSyntaxError as error:
            return self._syntax_error(error)
        except Exception as error:  # noqa: BLE001 - a template may raise anything at all
            return self._failure(name, view, error)
        return (text.rstrip("\n") + "\n").encode()

    def words_in(self, lang: str) -> Mapping[str, Any]:
        """Return the interface strings of a language, English where there are none."""
        return self.words.get(lang) or self.words.get(lang.split("-")[0]) or self.words["en"]

    def _read_strings(self, folder: Path) -> None:
        for path in _files(folder):
            if path.suffix == ".yaml":
                strings = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader) or {}
                known = self.words.setdefault(path.stem, {})
                for key, value in strings.items():
                    merged = known.get(key)
                    both = isinstance(merged, dict) and isinstance(value, dict)
                    known[key] = merged | value if both else value
        for lang, known in self.words.items():
            if lang != "en":
                self.words[lang] = self.words.get("en", {}) | known

    def _names(self) -> list[str]:
        """Return the names of all templates."""
        names = {
            path.relative_to(folder).as_posix()
            for folder in self.folders
            for path in _files(folder)
            if path.suffix == ".html"
        }
        return sorted(name for name in names if not name.startswith("assets/"))

    def _shown(self, name: str) -> str:
        """Return a template's path as its author knows it."""
        inside = self._own is not None and (self._own / name).is_file()
        return f"templates/{name}" if inside else f"(default templates)/{name}"

    def _syntax_error(self, error: jinja2.TemplateSyntaxError) -> Diagnostic:
        return Diagnostic(
            path=self._shown(error.name or ""),
            code="template-syntax",
            message=(error.message or "this can't be read").rstrip("."),
            span=Span(error.lineno, 0),
            help="see docs/templates.md, or remove the file to use the default",
        )

    def _failure(self, name: str, view: Struct, error: Exception) -> Diagnostic:
        undefined = isinstance(error, jinja2.UndefinedError)
        message = str(error).split("\n")[0].replace("sitegen.render.views.", "").rstrip(".")
        missing = message.rpartition("attribute '")[2].rstrip("'") if undefined else ""
        hint = did_you_mean(missing, view.__struct_fields__) if missing else ""
        where, line = self._place(error.__traceback__) or (name, 0)
        return Diagnostic(
            path=self._shown(where),
            code="template-undefined" if undefined else "template-failed",
            message=message or type(error).__name__,
            span=Span(line, 0) if line else None,
            help=hint or "docs/templates.md says what each template may see",
        )

    def _place(self, traceback: TracebackType | None) -> tuple[str, int] | None:
        """Return the innermost template and line that a traceback passes through."""
        place = None
        while traceback:
            file = traceback.tb_frame.f_code.co_filename
            for folder in self.folders:
                if file.startswith(f"{folder}{os.sep}"):
                    place = (Path(file).relative_to(folder).as_posix(), traceback.tb_lineno)
            traceback = traceback.tb_next
        return place


@lru_cache(maxsize=4)
def _environment(folders: tuple[Path, ...]) -> jinja2.Environment:
    """Return the environment over these folders; it outlives a build, so that serve compiles once.

    A compiled template is used again only while its text is the same: a modification time may not
    change with the text.
    """

    def load(name: str) -> tuple[str, str, Callable[[], bool]]:
        source, path = _source(folders, name)

        def is_current() -> bool:
            try:
                return _source(folders, name) == (source, path)
            except (jinja2.TemplateNotFound, UnicodeDecodeError):
                return False

        return source, str(path), is_current

    return jinja2.Environment(
        loader=jinja2.FunctionLoader(load),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _source(folders: Sequence[Path], name: str) -> tuple[str, Path]:
    """Return a template's text and file: the first folder's that has it."""
    parts = name.split("/")
    if not {"", ".", ".."} & set(parts):
        for folder in folders:
            path = folder.joinpath(*parts)
            if path.is_file():
                return path.read_text("utf-8"), path
    raise jinja2.TemplateNotFound(name)


@lru_cache(maxsize=512)
def _names_a_template_by_variable(environment: jinja2.Environment, name: str, source: str) -> bool:
    return None in meta.find_referenced_templates(environment.parse(source, name))


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith(".") and not path.name.endswith("~"):
                yield path
