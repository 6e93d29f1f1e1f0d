"""Names the files of templates/assets/ by their content and has them refer to one another so.

`site.css` is published as `assets/site.3f9c1a2b.css`, so that browsers may keep it for good. The
digits are taken from the file and from every asset it refers to, however many steps away: what a
name stands for never changes, though two modules import one another.

References are those of the formats themselves: `url()` and `@import` in a style sheet (CSS Syntax
3), and in a module `import`, `export from`, `import()` (ECMA-262, 16.2) and
`new URL("./x.js", import.meta.url)`, which workers and fetched files are found by.
"""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from sitegen.diagnostics import Diagnostic, Span, did_you_mean
from sitegen.engine.digest import digest_of

_DIGITS = 8
_MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript"}
_PLAIN = frozenset((".txt", ".md"))
"""Licences and the like are read by people, at the name they know."""

_CSS = re.compile(
    r"""/\*.*?\*/"""
    r"""|url\(\s*(?P<q1>["']?)(?P<url>[^"'()\s]+)(?P=q1)\s*\)"""
    r"""|@import\s+(?P<q2>["'])(?P<import>[^"'\n]+)(?P=q2)"""
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'""",
    re.DOTALL | re.IGNORECASE,
)
_JS = re.compile(
    r"""/\*.*?\*/"""
    r"""|(?:\bimport|\bfrom)\s*(?P<q1>["'])(?P<import>[^"'\n]+)(?P=q1)"""
    r"""|\bimport\s*\(\s*(?P<q2>["'`])(?P<dynamic>[^"'`$\n]+)(?P=q2)\s*\)"""
    r"""|\bnew\s+URL\(\s*(?P<q3>["'`])(?P<url>[^"'`$\n]+)(?P=q3)\s*,\s*import\.meta\.url\s*,?\s*\)"""
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"""
    r"""|//[^\n]*""",
    re.DOTALL,
)
_NEEDED = {".css": ("url", "import"), ".js": ("import",), ".mjs": ("import",)}
"""References that must lead somewhere; others may name a folder, or a file of content/."""


class Reference(Struct, frozen=True, kw_only=True):
    """A place in an asset that names another file."""

    start: int
    end: int
    target: str
    """The file's path below templates/assets/, whether or not there is one."""
    rest: str
    """What follows the path: a query or a fragment."""
    needed: bool


class Assets:
    """The files of templates/assets/ as they are published."""

    def __init__(self, files: Mapping[str, bytes], minifier: str) -> None:
        """Take the files by their path there, and what will minify them, for their names' sake."""
        self._files = files
        self._texts = {name: _decoded(name, content) for name, content in files.items()}
        self._references = {
            name: tuple(_references(name, text)) for name, text in self._texts.items() if text
        }
        self._minifier = minifier
        self.names = {name: self._named(name) for name in files}
        """The name each is published under, by its path."""

    def content(self, name: str) -> bytes:
        """Return a file with its references rewritten, not minified."""
        text = self._texts[name]
        if not text:
            return self._files[name]
        parts: list[str] = []
        end = 0
        for each in self._references[name]:
            if each.target in self.names:
                parts += (text[end : each.start], self._href(name, each))
                end = each.end
        return "".join((*parts, text[end:])).encode()

    def problems(self, shown: Callable[[str], str]) -> tuple[Diagnostic, ...]:
        """Return each reference that leads nowhere; `shown` says where an author finds a file."""
        return tuple(
            Diagnostic(
                path=shown(f"assets/{name}"),
                code="missing-asset",
                message=f"there is no asset '{each.target}'",
                span=_span(self._texts[name], each.start),
                help=did_you_mean(each.target, self._files)
                or "name a file of templates/assets/ by its path from this one",
            )
            for name, references in self._references.items()
            for each in references
            if each.needed and each.target not in self._files
        )

    def _named(self, name: str) -> str:
        stem, suffix = posixpath.splitext(name)
        if suffix in _PLAIN:
            return name
        closure: set[str] = set()
        waiting = [name]
        while waiting:
            each = waiting.pop()
            if each not in closure and each in self._files:
                closure.add(each)
                waiting += (reference.target for reference in self._references.get(each, ()))
        parts = [self._minifier.encode()] if media_type(name) else []
        for each in (name, *sorted(closure - {name})):
            parts += (each.encode(), self._files[each])
        return f"{stem}.{digest_of(parts).hex()[:_DIGITS]}{suffix}"

    def _href(self, name: str, reference: Reference) -> str:
        target = posixpath.relpath(self.names[reference.target], posixpath.dirname(name) or ".")
        # A dot in front, as a module's specifier must have it.
        return f"{target if target.startswith('.') else f'./{target}'}{reference.rest}"


def media_type(name: str) -> str:
    """Return the media type of an asset that is to be minified, else an empty string."""
    stem, suffix = posixpath.splitext(name)
    return "" if stem.endswith(".min") else _MEDIA_TYPES.get(suffix, "")


def syntax_error(path: str, message: str) -> Diagnostic:
    """Return what to say of an asset that the minifier can't read.

    It ends its first line with `on line 2 and column 3`, and draws the place below.
    """
    first = message.partition("\n")[0]
    said, _, place = first.rpartition(" on line ")
    line, _, column = place.partition(" and column ")
    known = line.isdigit() and column.isdigit()
    return Diagnostic(
        path=path,
        code="asset-syntax",
        message=said if known else first,
        span=Span(int(line), int(column)) if known else None,
        help="correct it; a browser would stop here too",
    )


def _decoded(name: str, content: bytes) -> str:
    """Return the text of an asset that may refer to others, or an empty string."""
    if posixpath.splitext(name)[1] not in _NEEDED:
        return ""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""


def _references(name: str, text: str) -> Iterator[Reference]:
    suffix = posixpath.splitext(name)[1]
    css = suffix == ".css"
    folder = posixpath.dirname(name)
    for match in (_CSS if css else _JS).finditer(text):
        group = _group(match)
        named = match[group] if group else ""
        path = re.split("[?#]", named, maxsplit=1)[0]
        # A module's specifier without a dot in front is a package's name; an address is not.
        address = css or group == "url"
        relative = named.startswith(("./", "../")) or (
            address and not re.match("[/#]|[a-z-]+:", named)
        )
        if not path or not relative:
            continue
        yield Reference(
            start=match.start(group),
            end=match.end(group),
            target=posixpath.normpath(posixpath.join(folder, path)),
            rest=named.removeprefix(path),
            needed=group in _NEEDED[suffix],
        )


def _group(match: re.Match[str]) -> str:
    """Return the group that holds a reference; nothing for a comment or a string."""
    found = (key for key, value in match.groupdict().items() if value and key[0] != "q")
    return next(found, "")


def _span(text: str, at: int) -> Span:
    line = text.count("\n", 0, at) + 1
    return Span(line, at - text.rfind("\n", 0, at))
