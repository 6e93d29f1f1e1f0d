"""Turns YAML nodes into the typed front matter of `model`, with the place of every value."""

import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

import msgspec
from msgspec import Meta, Struct

from sitegen.diagnostics import Diagnostic, Span, did_you_mean
from sitegen.load.scalars import READERS, BadScalar, read_text
from sitegen.load.yaml import Entry, ListNode, MapNode, Node, ScalarNode
from sitegen.model.settings import MarkdownExtension, NavEntry
from sitegen.urls import is_outside

S = TypeVar("S", bound=Struct)

_TEXTS = ("text", "prose", "markdown")
"""Scalars that may be any word, `null` included."""
_TRUE = frozenset(["true", "yes", "on"])
_FALSE = frozenset(["false", "no", "off"])
_NOTHING = frozenset(["", "~", "null"])
_MISSING = object()


class Read(Struct, frozen=True, kw_only=True):
    """A value with the place of everything in it, by dotted path."""

    value: Any
    spans: Mapping[str, Span]
    diagnostics: tuple[Diagnostic, ...]


def read(path: str, node: Node | None, wanted: type[S], place: Span) -> Read:
    """Return `node` as a `wanted`, without the values that are wrong.

    `value` is None only where something that is required is wrong or missing.

    `place` is where the front matter begins, for what is missing altogether.
    """
    reader = _Reader(path)
    if node is not None and not isinstance(node, MapNode):
        reader.report(
            "bad-value",
            "the front matter must be keys with values",
            node.span,
            "such as title: ...",
        )
        return Read(value=None, spans={}, diagnostics=tuple(reader.diagnostics))
    entries = node.entries if node else ()
    value = reader.struct(entries, wanted, "", place)
    return Read(
        value=None if value is _MISSING else value,
        spans=reader.spans,
        diagnostics=tuple(reader.diagnostics),
    )


class _Field(Struct, frozen=True):
    """A type, taken apart once for all the values that are read as it."""

    bare: Any
    scalar: str
    required: bool
    min_items: int = 0
    max_length: int = 0
    choices: tuple[str, ...] = ()
    items: "_Field | None" = None
    entries: type[Struct] | None = None


@cache
def _fields(wanted: type[Struct]) -> dict[str, _Field]:
    hints = typing.get_type_hints(wanted, include_extras=True)
    return {
        info.name: _field(hints[info.name], required=info.required)
        for info in msgspec.structs.fields(wanted)
    }


@cache
def _required(wanted: type[Struct]) -> frozenset[str]:
    return frozenset(name for name, field in _fields(wanted).items() if field.required)


def _field(annotation: Any, *, required: bool) -> _Field:
    metas = [m for m in getattr(annotation, "__metadata__", ()) if isinstance(m, Meta)]
    bare = annotation.__origin__ if metas else annotation
    origin, arguments = typing.get_origin(bare), typing.get_args(bare)
    if origin in (types.UnionType, typing.Union):
        bare = next(each for each in arguments if each is not types.NoneType)
    return _Field(
        bare,
        next((m.extra["scalar"] for m in metas if m.extra), ""),
        required,
        max((m.min_length or 0 for m in metas), default=0),
        min((m.max_length for m in metas if m.max_length), default=0),
        choices=arguments if origin is typing.Literal else (),
        items=_field(arguments[0], required=True) if origin is tuple else None,
        entries=bare if isinstance(bare, type) and issubclass(bare, Struct) else None,
    )


class _Reader:
    def __init__(self, path: str) -> None:
        self.path = path
        self.spans: dict[str, Span] = {}
        self.diagnostics: list[Diagnostic] = []

    def report(self, code: str, message: str, span: Span, mend: str = "") -> None:
        self.diagnostics.append(
            Diagnostic(path=self.path, code=code, message=message, span=span, help=mend)
        )

    def struct(self, entries: tuple[Entry, ...], wanted: type[S], prefix: str, place: Span) -> Any:
        fields = _fields(wanted)
        values: dict[str, Any] = {}
        for entry in entries:
            if entry.key not in fields:
                hint = did_you_mean(entry.key, fields)
                known = hint or "'sitegen schema' lists the keys it may have"
                self.report("unknown-key", f"unknown key '{entry.key}'", entry.key_span, known)
                continue
            field = fields[entry.key]
            value = self.value(entry.value, field, f"{prefix}{entry.key}", entry.key_span)
            if value is not _MISSING:
                values[entry.key] = value
        if values.keys() >= _required(wanted):
            return wanted(**values)
        given = {entry.key for entry in entries}
        for name, field in fields.items():
            if field.required and name not in given:
                where = f" in '{prefix.rstrip('.')}'" if prefix else ""
                self.report(
                    "missing-key", f"the key '{name}' is missing{where}", place, f"add {name}: ..."
                )
        return _MISSING

    def value(self, node: Node, field: _Field, path: str, key_span: Span) -> Any:
        """Return one value, or _MISSING after saying what is wrong with it."""
        self.spans[path] = node.span
        name = path.partition(".")[0]
        if (
            isinstance(node, ScalarNode)
            and node.plain
            and node.text in _NOTHING
            and not (node.text and field.scalar in _TEXTS)
        ):
            if field.required or "." in path:
                self.report("bad-value", f"'{name}' is empty", key_span, "write its value")
            return _MISSING
        if field.scalar == "extensions":
            return self.extensions(node, path)
        if field.scalar == "nav":
            return self.nav(node, path)
        if field.items:
            return self.items(node, field, field.items, path, key_span)
        if field.entries:
            if not isinstance(node, MapNode):
                self.report(
                    "bad-value", f"'{name}' must be keys with values", node.span, "indent its keys"
                )
                return _MISSING
            return self.struct(node.entries, field.entries, f"{path}.", node.span)
        if not isinstance(node, ScalarNode):
            what = "a list" if isinstance(node, ListNode) else "keys with values"
            self.report(
                "bad-value",
                f"'{name}' must be a single value, not {what}",
                node.span,
                "put text that begins with '[' or '{' in quotation marks",
            )
            return _MISSING
        return self.scalar(node, field, name)

    def scalar(self, node: ScalarNode, field: _Field, name: str) -> Any:
        text = node.text
        if field.choices:
            if text in field.choices:
                return text
            hint = did_you_mean(text, field.choices) or f"it is one of {', '.join(field.choices)}"
            self.report("bad-value", f"'{name}' can't be '{text[:60]}'", node.span, hint)
            return _MISSING
        if field.bare is bool:
            if text.casefold() in _TRUE | _FALSE:
                return text.casefold() in _TRUE
            self.report(
                "bad-value", f"'{name}' can't be '{text[:60]}'", node.span, "write true or false"
            )
            return _MISSING
        if node.cut and field.scalar in _TEXTS:
            self.report(
                "bad-value",
                f"'{name}' ends before its '#', which begins a comment",
                node.span,
                "put the text in quotation marks",
            )
            return _MISSING
        try:
            value = READERS[field.scalar](text)
        except BadScalar as bad:
            message = bad.message if name in bad.message else f"'{name}': {bad.message}"
            self.report(bad.code, message, node.span, bad.mend)
            return _MISSING
        if field.max_length and isinstance(value, str) and len(value) > field.max_length:
            self.report(
                "bad-value",
                f"'{name}' has {len(value)} characters, and {field.max_length} is the most",
                node.span,
                "shorten it",
            )
            return _MISSING
        return value

    def items(self, node: Node, field: _Field, item: _Field, path: str, key_span: Span) -> Any:
        if not isinstance(node, ListNode):
            shown = node.text[:60] if isinstance(node, ScalarNode) else "..."
            self.report(
                "bad-value", f"'{path}' must be a list", node.span, f"write {path}: [{shown}]"
            )
            return _MISSING
        values = []
        for number, each in enumerate(node.items):
            if isinstance(each, ScalarNode) and item.scalar == "identifier" and each.plain:
                self.warn_word(each, path)
            values.append(self.value(each, item, f"{path}.{number}", each.span))
        if field.min_items and len(node.items) < field.min_items:
            self.report("bad-value", f"'{path}' is empty", key_span, "name at least one")
            return _MISSING
        return _MISSING if any(value is _MISSING for value in values) else tuple(values)

    def warn_word(self, item: ScalarNode, path: str) -> None:
        """Refuse an unquoted yes or no in a list of names: other YAML readers make it a truth."""
        if item.text.casefold() in _TRUE | _FALSE:
            self.report(
                "bad-value",
                f"'{path}' holds the bare word {item.text}, which YAML reads as true or false",
                item.span,
                f'write "{item.text}" in quotation marks',
            )

    def extensions(self, node: Node, path: str) -> Any:
        if not isinstance(node, ListNode):
            self.report("bad-value", f"'{path}' must be a list", node.span, f"write {path}: [...]")
            return _MISSING
        found = []
        for item in node.items:
            if isinstance(item, ScalarNode):
                found.append(MarkdownExtension(name=item.text))
            elif isinstance(item, MapNode) and len(item.entries) == 1:
                options = msgspec.json.encode(_plain(item.entries[0].value)).decode()
                found.append(MarkdownExtension(name=item.entries[0].key, options=options))
            else:
                self.report(
                    "bad-value",
                    f"'{path}' holds something other than names and one-key maps",
                    item.span,
                    "write - name, or - name: {option: value}",
                )
                return _MISSING
        return tuple(found)

    def nav(self, node: Node, path: str) -> Any:
        if not isinstance(node, ListNode):
            self.report("bad-value", f"'{path}' must be a list", node.span, "write - Words: /path/")
            return _MISSING
        found = []
        for item in node.items:
            entry = item.entries[0] if isinstance(item, MapNode) and item.entries else None
            if entry is None or not isinstance(entry.value, ScalarNode):
                self.report(
                    "bad-value",
                    f"'{path}' holds an entry without a path",
                    item.span,
                    "write - Words: /path/",
                )
                return _MISSING
            try:
                title, target = read_text(entry.key), read_text(entry.value.text)
                if is_outside(target):
                    READERS["url"](target)
                elif target != "/":
                    target = str(READERS["address"](target))
            except BadScalar as bad:
                self.report(bad.code, f"'{path}': {bad.message}", entry.value.span, bad.mend)
                return _MISSING
            found.append(NavEntry(title=title, target=target, span=entry.value.span))
        return tuple(found)


def _plain(node: Node) -> Any:
    """Return a node as JSON-like values, for the options of Markdown extensions."""
    if isinstance(node, ListNode):
        return [_plain(item) for item in node.items]
    if isinstance(node, MapNode):
        return {entry.key: _plain(entry.value) for entry in node.entries}
    if not node.plain:
        return node.text
    if node.text in ("true", "false"):
        return node.text == "true"
    if node.text in ("", "~", "null"):
        return None
    digits = node.text.removeprefix("-")
    return int(node.text) if digits.isdecimal() and len(digits) < 10 else node.text
