"""Owns the Jinja environment, interface strings and assets: the only reader of templates/."""

import os
import re
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

import jinja2
import msgspec
import yaml
from jinja2 import meta
from msgspec import Struct

from sitegen.diagnostics import Diagnostic, Span, did_you_mean
from sitegen.engine.digest import digest, digest_of
from sitegen.engine.filters import filters_of
from sitegen.engine.pool import run_apart
from sitegen.render.assets import Assets, media_type, syntax_error
from sitegen.render.minify import minifier_version, minify
from sitegen.render.place import Words
from sitegen.render.recipe import Interface
from sitegen.render.template_code import TemplateEnvironment
from sitegen.render.template_files import TemplateFiles, files_below, template_folders

_VIEWS_MODULE = re.compile(r"sitegen\.render\.views\.\w+\.")
_NAMED = re.compile(r'\{% (?:extends|include|import|from) "([^"]+)"')
"""How the default templates name others."""
_last: list["Templates"] = []
"""The templates of the last build in this process, compiled as far as they were used."""


def templates_at(own: Path) -> "Templates":
    """Return the templates of a publication: those of the last build if nothing has changed."""
    found = Templates(own)
    if _last and _last[0].folders == found.folders and _last[0].digest == found.digest:
        return _last[0]
    _last[:] = [found]
    return found


class Templates:
    """The publication's templates over the defaults; a file of the same name wins."""

    def __init__(self, own: Path | None) -> None:
        """Take the publication's own folder, which need not exist."""
        self.folders = template_folders(own)
        self._own = own
        self.filters: tuple[str, ...] = ()
        """Those of site.yaml; what each does is known by its package's version."""
        self._files = TemplateFiles(self.folders)
        self.environment = TemplateEnvironment(jinja2.FunctionLoader(self._files.load))
        self._strings: dict[str, dict[str, Any]] = {}
        self._words: dict[str, Words] = {}
        self._assets: dict[str, Path] = {}
        for folder in reversed(self.folders):
            _read_strings(folder / "strings", self._strings)
            for path in files_below(folder / "assets"):
                self._assets[path.relative_to(folder / "assets").as_posix()] = path

    def __reduce__(self) -> "tuple[Callable[..., Templates], tuple[Path | None, tuple[str, ...]]]":
        return _with_filters, (self._own, self.filters)

    def use_filters(self, names: tuple[str, ...]) -> None:
        """Take these filters besides Jinja's own; templates compiled with others are forgotten."""
        if names != self.filters:
            for name in self.filters:
                del self.environment.filters[name]
            self.environment.filters.update(filters_of(names))
            self.filters = names
            if self.environment.cache is not None:
                self.environment.cache.clear()

    @cached_property
    def assets(self) -> Assets:
        """Return the files of templates/assets/ as they are published."""
        files = {name: path.read_bytes() for name, path in self._assets.items()}
        return Assets(files, minifier_version())

    @cached_property
    def interface(self) -> Interface:
        """Return what templates bring along for every page."""
        return Interface(words=self._strings, assets=self.assets.names)

    def minified(self, names: Sequence[str]) -> dict[str, bytes | Diagnostic]:
        """Return assets as they are published, by their path here, or what is wrong with each."""
        found: dict[str, bytes | Diagnostic] = {name: self.assets.content(name) for name in names}
        sources = [(media_type(name), self.assets.content(name)) for name in names]
        wanted = {name: each for name, each in zip(names, sources, strict=True) if each[0]}
        if wanted:
            made = run_apart(minify, list(wanted.values()))
            for name, content in zip(wanted, made, strict=True):
                shown = self._shown(f"assets/{name}")
                found[name] = syntax_error(shown, content) if isinstance(content, str) else content
        return found

    @cached_property
    def digest(self) -> bytes:
        """Return the digest of every file of the folders: templates may include any of them."""
        parts: list[bytes] = []
        for folder in self.folders:
            for path in files_below(folder):
                parts += (str(path).encode(), path.read_bytes())
        return digest_of(parts)

    @cached_property
    def interface_digest(self) -> bytes:
        """Return the digest of what templates bring along for every page."""
        return digest(msgspec.msgpack.encode(self.interface, order="deterministic"))

    @cached_property
    def closures(self) -> dict[str, bytes]:
        """Return the digest of each template with all that it includes, imports and extends."""
        return {name: self._closure(name) for name in self._names()}

    def _closure(self, name: str) -> bytes:
        closure: set[str] = set()
        waiting = [name]
        while waiting:
            each = waiting.pop()
            if each not in closure:
                closure.add(each)
                waiting += self._referenced(each)
        names = sorted(closure)
        return digest_of(
            part for each in names for part in (each.encode(), self._files.bytes_of(each))
        )

    def _referenced(self, name: str) -> tuple[str, ...]:
        try:
            return self._references(name)[1]
        except (jinja2.TemplateError, UnicodeDecodeError):
            return ()

    def _references(self, name: str) -> tuple[bool, tuple[str, ...]]:
        """Return whether a template names another by a variable, and those it names by a text.

        Only the publication's own are parsed: our tests make sure of the defaults.
        """
        source = self._files.source(name)[0]
        if self._is_own(name):
            return _references(name, source)
        return False, tuple(_NAMED.findall(source))

    def check(self) -> tuple[Diagnostic, ...]:
        """Return what is wrong with the templates before any is used."""
        found = []
        if self._own is not None and self._own.is_dir():
            found += [
                Diagnostic(
                    path=f"templates/{path.relative_to(self._own).as_posix()}",
                    code="not-a-file",
                    message="this is a symbolic link",
                    help="put the file itself here",
                )
                for path in sorted(self._own.rglob("*"))
                if path.is_symlink()
            ]
        for name in self._names():
            try:
                dynamic, _ = self._references(name)
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
        found += self.assets.problems(self._shown)
        return tuple(found)

    def render(self, name: str, view: Struct, lang: str) -> bytes | Diagnostic:
        """Return the page that template `name` makes of `view`, or what went wrong."""
        try:
            template = self.environment.get_template(name)
            text = template.render(page=view, t=self._words_in(lang))
            return (text.rstrip("\n") + "\n").encode()
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

    def _words_in(self, lang: str) -> Words:
        """Return what templates get as `t`: the words for a language, and its tag as `t.lang`."""
        found = self._words.get(lang)
        if found is None:
            found = self._words[lang] = {**self.interface.words_in(lang), "lang": lang}
        return found

    def _names(self) -> list[str]:
        """Return the names of all templates."""
        return self._files.names()

    def _shown(self, name: str) -> str:
        """Return a template's path as its author knows it."""
        return f"templates/{name}" if self._is_own(name) else f"(default templates)/{name}"

    def _is_own(self, name: str) -> bool:
        return self._own is not None and (self._own / name).is_file()

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
        message = _VIEWS_MODULE.sub("", str(error).split("\n")[0]).rstrip(".")
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


def _with_filters(own: Path | None, filters: tuple[str, ...]) -> Templates:
    """Return the templates of a publication as another process had them."""
    made = Templates(own)
    made.use_filters(filters)
    return made


@lru_cache(maxsize=512)
def _references(name: str, source: str) -> tuple[bool, tuple[str, ...]]:
    """Return whether a template names another by a variable, and those it names by a text."""
    parsed = TemplateEnvironment().parse(source, name)
    named = list(meta.find_referenced_templates(parsed))
    return None in named, tuple(each for each in named if each is not None)


def _read_strings(folder: Path, words: dict[str, dict[str, Any]]) -> None:
    """Add the interface strings of a folder, those of English where a language lacks them."""
    for path in files_below(folder):
        if path.suffix == ".yaml":
            strings = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader) or {}
            known = words.setdefault(path.stem, {})
            for key, value in strings.items():
                merged = known.get(key)
                both = isinstance(merged, dict) and isinstance(value, dict)
                known[key] = merged | value if both else value
    for lang, known in words.items():
        if lang != "en":
            words[lang] = words.get("en", {}) | known
