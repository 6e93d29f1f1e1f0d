"""The inline patterns of one registry, made ready to be passed over where they can't match."""

import re
from types import FunctionType, MethodType
from typing import Any, TypeAlias

from markdown.inlinepatterns import InlineProcessor, Pattern
from markdown.util import INLINE_PLACEHOLDER

from sitegen.fast_markdown.anchors import Search, is_never_empty, searcher
from sitegen.fast_markdown.links import finder, handler, refuses
from sitegen.fast_markdown.required import required

_PLACEHOLDER_CHARACTERS = frozenset(INLINE_PLACEHOLDER % "0123456789")
_FUNCTIONS = frozenset((FunctionType, MethodType))
_GET_COMPILED = Pattern.getCompiledRegExp
_TYPE = Pattern.type


class Entry:
    """One pattern with what was seen of it when it was made ready."""

    __slots__ = (
        "expression",
        "handle",
        "is_sequential",
        "is_stock",
        "names_type",
        "pattern",
        "search",
    )

    def __init__(self, pattern: Any) -> None:
        self.pattern = pattern
        self.is_sequential = isinstance(pattern, InlineProcessor)
        """Whether it is matched by `finditer`; patterns of the old kind see the whole text."""
        self.expression = _expression(pattern)
        """The compiled expression, or None where the pattern must be asked for it each time."""
        self.search = self._search()
        """Finds the first match from a position on that is not sure to be refused."""
        self.handle = handler(pattern)
        self.names_type = is_overridden(pattern, "type", _TYPE)
        self.is_stock = is_stock(pattern)

    def _search(self) -> Search | None:
        if not self.expression or not self.is_sequential or not is_never_empty(self.expression):
            return None
        search = finder(self.pattern) or searcher(self.expression)
        is_refused = refuses(self.pattern)
        if is_refused is None or not self.expression.pattern.endswith(r"\["):
            return search

        def search_on(data: str, start: int) -> re.Match[str] | None:
            match = search(data, start)
            while match and is_refused(data, match.end()):
                match = search(data, match.end())
            return match

        return search_on


def is_stock(part: Any) -> bool:
    """Return whether all its code is Python-Markdown's own, which never changes other parts."""
    return type(part).__module__.startswith("markdown.") and _FUNCTIONS.isdisjoint(
        map(type, vars(part).values())
    )


def is_overridden(target: Any, name: str, stock: object) -> bool:
    """Return whether a class or an object has a method of its own in place of the `stock` one."""
    return getattr(type(target), name, None) is not stock or name in vars(target)


def _expression(pattern: Any) -> re.Pattern[str] | None:
    if is_overridden(pattern, "getCompiledRegExp", _GET_COMPILED):
        return None
    compiled = vars(pattern).get("compiled_re")
    return compiled if type(compiled) is re.Pattern else None


class Plan:
    """The patterns of a registry in order, and which texts call for which of them.

    A set of patterns is an integer with a bit for each, the first pattern's the lowest.
    """

    __slots__ = (
        "_attributes",
        "_counts",
        "_data",
        "_expressions",
        "_priority",
        "always",
        "entries",
        "literals",
        "registry",
        "unstable",
    )

    def __init__(self, registry: Any) -> None:
        self.entries = [Entry(pattern) for pattern in registry]
        self.registry = registry
        self.always = 0
        """Patterns of which nothing is known: they are tried on every text."""
        self.unstable = 0
        """Patterns whose required text a placeholder may bring about."""
        literals: dict[str, int] = {}
        for index, entry in enumerate(self.entries):
            bit = 1 << index
            texts = required(entry.expression) if entry.expression else ()
            if not texts:
                self.always |= bit
            for text in texts:
                literals[text] = literals.get(text, 0) | bit
            if any(_PLACEHOLDER_CHARACTERS.intersection(text) for text in texts):
                self.unstable |= bit
        self.literals = nested(literals)
        self._data = dict(registry._data)
        self._priority = list(registry._priority)
        self._attributes = [vars(entry.pattern) for entry in self.entries]
        self._counts = [len(attributes) for attributes in self._attributes]
        self._expressions = [each.get("compiled_re") for each in self._attributes]

    def is_current(self) -> bool:
        """Return whether the registry holds the same patterns still, with the same expressions."""
        registry = self.registry
        return (
            registry._data == self._data
            and registry._priority == self._priority
            and [each.get("compiled_re") for each in self._attributes] == self._expressions
            and list(map(len, self._attributes)) == self._counts
        )

    def candidates(self, text: str) -> int:
        """Return the patterns that may match in `text`."""
        found = self.always
        for literal, bits, longer in self.literals:
            if literal in text:
                found |= bits
                for each, its_bits in longer:
                    if each in text:
                        found |= its_bits
        return found


Literals: TypeAlias = tuple[tuple[str, int, tuple[tuple[str, int], ...]], ...]


def nested(literals: dict[str, int]) -> Literals:
    """Return the texts that contain no other, each with those that contain it."""
    found: dict[str, dict[str, int]] = {}
    for text in sorted(literals, key=len):
        shorter = next((each for each in found if each in text), None)
        if shorter is None:
            found[text] = {}
        else:
            found[shorter][text] = literals[text]
    return tuple((text, literals[text], tuple(longer.items())) for text, longer in found.items())
