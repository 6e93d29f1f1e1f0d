"""Composes YAML into nodes that know their place; refuses what a writer never means.

Nodes are made from the C parser's events, not by a constructor, so every scalar stays text and its
field decides what it is. Anchors, aliases, tags and merge keys are refused, and size and depth are
capped before the parser sees the text (libyaml's composer overflows its stack on deep input).
"""

import re
from collections.abc import Iterator
from typing import TypeAlias

import yaml
from msgspec import Struct

from sitegen.diagnostics import Diagnostic, Span
from sitegen.load.text import REFUSED

MAX_BYTES = 64 * 1024
MAX_DEPTH = 20
_CUT = re.compile(r"\s*#\w")
_BRACKET = re.compile(r"[\[\]{}]")


class ScalarNode(Struct, frozen=True, kw_only=True):
    """A scalar as text; `plain` is false where it was quoted or a block."""

    text: str
    plain: bool
    cut: bool
    """A `#` right before a word ended it: YAML takes that for a comment."""
    span: Span


class ListNode(Struct, frozen=True, kw_only=True):
    """A sequence."""

    items: tuple["Node", ...]
    span: Span


class Entry(Struct, frozen=True, kw_only=True):
    """A key with its value."""

    key: str
    key_span: Span
    value: "Node"


class MapNode(Struct, frozen=True, kw_only=True):
    """A mapping whose keys are all different."""

    entries: tuple[Entry, ...]
    span: Span


Node: TypeAlias = ScalarNode | ListNode | MapNode


class _Refused(Exception):
    def __init__(self, code: str, message: str, line: int, column: int, mend: str) -> None:
        super().__init__(code, message, line, column, mend)
        self.code, self.message, self.line, self.column, self.mend = (
            code,
            message,
            line,
            column,
            mend,
        )


def compose(path: str, text: str, first_line: int) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Return the node that `text` holds, and what is wrong with it.

    `first_line` is the line of the file on which `text` begins. The node is None when the text is
    empty or when something is wrong.
    """
    composer = _Composer(path, text, first_line)
    try:
        return composer.compose(), tuple(composer.diagnostics)
    except _Refused as refused:
        found = Diagnostic(
            path=path,
            code=refused.code,
            message=refused.message,
            span=Span(refused.line, refused.column),
            help=refused.mend,
        )
        return None, (*composer.diagnostics, found)


class _Composer:
    def __init__(self, path: str, text: str, first_line: int) -> None:
        self.path = path
        self.text = text
        self.lines = text.split("\n")
        self.escapes = "\\" in text
        self.comments = "#" in text
        self.first_line = first_line
        self.diagnostics: list[Diagnostic] = []

    def compose(self) -> Node | None:
        self._check_limits()
        try:
            events = iter(list(iter(yaml.CSafeLoader(self.text).get_event, None)))
        except yaml.MarkedYAMLError as error:
            raise self._syntax_error(error) from None
        except yaml.YAMLError as error:
            raise _Refused("bad-yaml", str(error).split("\n")[0], self.first_line, 1, "") from None
        next(events)
        event = next(events)
        if isinstance(event, yaml.StreamEndEvent):
            return None
        node = self._node(next(events), events, 0)
        next(events)
        more = next(events)
        if not isinstance(more, yaml.StreamEndEvent):
            line, column = self._at(more)
            raise _Refused(
                "bad-yaml", "a second document begins here", line, column, "keep only one"
            )
        return None if isinstance(node, ScalarNode) and node.plain and not node.text else node

    def _check_limits(self) -> None:
        if len(self.text.encode()) > MAX_BYTES:
            raise _Refused(
                "yaml-limit",
                f"this YAML is longer than {MAX_BYTES // 1024} KiB",
                self.first_line,
                1,
                "move long text into the body",
            )
        if self.text.count("[") + self.text.count("{") <= MAX_DEPTH:
            return
        depth = 0
        for number, line in enumerate(self.lines):
            for bracket in _BRACKET.finditer(line):
                if bracket[0] in "[{":
                    depth += 1
                else:
                    depth = max(0, depth - 1)
                if depth > MAX_DEPTH:
                    raise _Refused(
                        "yaml-limit",
                        f"brackets are nested deeper than {MAX_DEPTH}",
                        self.first_line + number,
                        bracket.start() + 1,
                        "close the brackets",
                    )

    def _at(self, event: yaml.Event) -> tuple[int, int]:
        mark = event.start_mark
        return (self.first_line + mark.line, mark.column + 1) if mark else (self.first_line, 1)

    def _span(self, event: yaml.Event) -> Span:
        start, end = event.start_mark, event.end_mark
        if not start or not end:
            return Span(self.first_line)
        row, column = start.line, start.column
        if end.line == row:
            stop = end.column
        else:
            stop = len(self.lines[row].rstrip()) if row < len(self.lines) else 0
        return Span(self.first_line + row, column + 1, stop - column if stop > column else 1)

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        if depth > MAX_DEPTH:
            line, column = self._at(event)
            raise _Refused(
                "yaml-limit", f"this is nested deeper than {MAX_DEPTH}", line, column, "flatten it"
            )
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        self._refuse_features(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            for child in events:
                if isinstance(child, yaml.SequenceEndEvent):
                    break
                items.append(self._node(child, events, depth + 1))
            return ListNode(items=tuple(items), span=self._span(event))
        entries: list[Entry] = []
        seen: dict[str, Span] = {}
        for child in events:
            if isinstance(child, yaml.MappingEndEvent):
                break
            key = self._node(child, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key, ScalarNode):
                raise _Refused(
                    "bad-yaml", "a key must be a word", key.span.line, key.span.column, ""
                )
            if key.text == "<<" and key.plain:
                raise self._feature(child, "'<<' is a merge key", "<<")
            if key.text in seen:
                self.diagnostics.append(
                    Diagnostic(
                        path=self.path,
                        code="duplicate-key",
                        message=f"'{key.text}' stands here and on line {seen[key.text].line}",
                        span=key.span,
                        help="keep one of the two",
                    )
                )
                continue
            seen[key.text] = key.span
            entries.append(Entry(key=key.text, key_span=key.span, value=value))
        return MapNode(entries=tuple(entries), span=self._span(event))

    def _scalar(self, event: yaml.ScalarEvent) -> ScalarNode:
        if event.anchor or event.tag:
            self._refuse_features(event)
        # The file's own characters were looked at when it was decoded; this is "\\u0002".
        refused = REFUSED.search(event.value) if self.escapes else None
        if refused:
            line, column = self._at(event)
            raise _Refused(
                "control-character",
                f"the character U+{ord(refused[0]):04X} can't stand in content",
                line,
                column,
                "take its escape out",
            )
        return ScalarNode(
            text=event.value,
            plain=not event.style,
            cut=self.comments and not event.style and self._is_cut(event),
            span=self._span(event),
        )

    def _refuse_features(self, event: yaml.Event) -> None:
        anchor: str | None = getattr(event, "anchor", None)
        tag: str | None = getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            raise self._feature(event, f"'*{anchor}' is an alias", "*")
        if anchor:
            raise self._feature(event, f"'&{anchor}' is an anchor", "&")
        if tag:
            raise self._feature(event, f"'{tag}' is a tag", "!")

    def _feature(self, event: yaml.Event, what: str, sign: str) -> _Refused:
        line, column = self._at(event)
        key = self.lines[line - self.first_line].split(":")[0].strip(" -")
        where = f" (in '{key}')" if key and key.isidentifier() else ""
        return _Refused(
            "yaml-feature",
            f"{what}, which sitegen does not use{where}",
            line,
            column,
            f"put quotation marks around text that begins with '{sign[0]}'",
        )

    def _is_cut(self, event: yaml.Event) -> bool:
        end = event.end_mark
        rest = self.lines[end.line][end.column :] if end and end.line < len(self.lines) else ""
        return bool(_CUT.match(rest))

    def _key_without_space(self, row: int) -> int | None:
        """Return the row, up to `row`, of a key whose colon no plain space follows."""
        for number, line in enumerate(self.lines[: row + 1]):
            if re.match(r"[A-Za-z_]+(?:：|:(?![\s/]|$)|:[\xa0\u3000])", line):
                return number
        return None

    def _syntax_error(self, error: yaml.MarkedYAMLError) -> _Refused:
        mark = error.problem_mark or error.context_mark
        row = min(mark.line, len(self.lines) - 1) if mark else 0
        column = mark.column if mark else 0
        line = self.lines[row] if self.lines else ""
        problem = (error.problem or str(error)).split("\n")[0]
        mend = ""
        indent = line[: len(line) - len(line.lstrip())]
        unspaced = self._key_without_space(row)
        if "\t" in indent or ("cannot start any token" in problem and "\t" in line):
            problem, mend = "a tab is used for indentation", "indent with spaces"
        elif unspaced is not None:
            row, column = unspaced, len(self.lines[unspaced].split(":")[0].split("：")[0])
            problem, mend = "a key needs a colon and a space behind it", "write key: value"
        elif "mapping values are not allowed" in problem:
            key = line.split(":")[0].strip(" -'\"")
            problem = f"the text of '{key}' holds a colon followed by a space"
            mend = f'put the text in quotation marks: {key}: "..."'
        elif "cannot start any token" in problem:
            problem = f"a value can't begin with '{line[column : column + 1]}'"
            mend = "put the text in quotation marks"
        elif "while scanning a quoted scalar" in str(error.context or ""):
            opened = error.context_mark
            if opened:
                row, column = min(opened.line, len(self.lines) - 1), opened.column
            problem, mend = "a quotation mark is opened here and never closed", "close it"
        elif "did not find expected" in problem and re.search("[\"'\\[]", line):
            problem = "quotation marks or brackets end before their value does"
            mend = (
                "put the whole text in double quotation marks, and a backslash before each "
                'quotation mark inside: "so \\"called\\""'
            )
        elif "alias" in str(error.context or "") or "anchor" in str(error.context or ""):
            mend = "put quotation marks around text that begins with '*' or '&'"
        return _Refused("bad-yaml", problem, self.first_line + row, column + 1, mend)
