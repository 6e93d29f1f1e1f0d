"""The inline patterns of one registry, made ready to be passed over where they can't match."""

import re
from types import FunctionType, MethodType
from typing import Any, TypeAlias

from markdown.inlinepatterns import InlineProcessor, Pattern
from markdown.util import ETX, INLINE_PLACEHOLDER, STX

from sitegen.fast_markdown.anchors import Search, is_never_empty, searcher
from sitegen.fast_markdown.links import Handle, finder, handler, refuses
from sitegen.fast_markdown.required import required

_PLACEHOLDER_NAME = (INLINE_PLACEHOLDER % "").strip(STX + ETX)
_FUNCTIONS = frozenset((FunctionType, MethodType))
_GET_COMPILED = Pattern.getCompiledRegExp
_TYPE = Pattern.type
_DECISIVE = ("handleMatch", "ANCESTOR_EXCLUDES", "getCompiledRegExp", "type")

Step: TypeAlias = tuple[Search, Handle, str]
"""What finds a match, what handles it, and a text without which there is none."""
Literals: TypeAlias = tuple[tuple[str, int, tuple[tuple[str, int], ...]], ...]
"""Required texts with the patterns that require them, each with longer ones that contain it."""


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
        "step",
    )

    def __init__(self, pattern: Any, self_contained: frozenset[type[Any]] = frozenset()) -> None:
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
        self.step = self._step(self_contained)
        """What is to be done for a pattern known to look at nothing but its matches."""

    def _step(self, self_contained: frozenset[type[Any]]) -> Step | None:
        pattern, kind = self.pattern, type(self.pattern)
        is_own = self.is_stock and kind.handleMatch.__module__.startswith("markdown.")
        if (
            not self.search
            or self.names_type
            or kind.ANCESTOR_EXCLUDES
            or "ANCESTOR_EXCLUDES" in vars(pattern)
            or not (is_own or (kind in self_contained and has_no_functions(pattern)))
        ):
            return None
        texts = required(self.expression) if self.expression else ()
        return self.search, self.handle or pattern.handleMatch, texts[0] if len(texts) == 1 else ""

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
    return type(part).__module__.startswith("markdown.") and has_no_functions(part)


def has_no_functions(part: Any) -> bool:
    """Return whether an object has no methods but those of its class."""
    return _FUNCTIONS.isdisjoint(map(type, vars(part).values()))


def is_overridden(target: Any, name: str, stock: object) -> bool:
    """Return whether a class or an object has a method of its own in place of the `stock` one."""
    return getattr(type(target), name, None) is not stock or name in vars(target)


def is_untouched(target: Any, methods: dict[str, object]) -> bool:
    """Return whether a class and an object have these methods and no others in their place."""
    kind, own = type(target), vars(target)
    for name, method in methods.items():
        if name in own or getattr(kind, name, None) is not method:
            return False
    return True


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
        "_handling",
        "_kinds",
        "_priority",
        "always",
        "entries",
        "literals",
        "registry",
        "steps",
        "unstable",
    )

    def __init__(self, registry: Any, self_contained: frozenset[type[Any]] = frozenset()) -> None:
        patterns = list(registry)
        self.entries = [Entry(pattern, self_contained) for pattern in patterns]
        steps = [entry.step for entry in self.entries if entry.step]
        self.steps = steps if len(steps) == len(self.entries) else None
        """What finds and what handles matches, if no pattern looks at anything else."""
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
            if any(map(_may_come_about, texts)):
                self.unstable |= bit
        self.literals = nested(literals)
        self._data = dict(registry._data)
        self._priority = list(registry._priority)
        self._kinds = list(dict.fromkeys(map(type, patterns)))
        self._handling = _conduct(self._kinds)
        self._attributes = [vars(pattern) for pattern in patterns]
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

    def is_patched(self) -> bool:
        """Return whether the classes of the patterns are not what they were."""
        return _conduct(self._kinds) != self._handling

    def literals_in(self, text: str) -> Literals:
        """Return the required texts that are there, or may be as longer ones."""
        return tuple([each for each in self.literals if each[0] in text])

    def candidates(self, text: str, literals: Literals | None = None) -> int:
        """Return the patterns that may match in `text`, if it contains no but these literals."""
        found = self.always
        for literal, bits, longer in self.literals if literals is None else literals:
            if literal in text:
                found |= bits
                for each, its_bits in longer:
                    if each in text:
                        found |= its_bits
        return found


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


def _may_come_about(text: str) -> bool:
    """Return whether a placeholder may hold a text, or bring it about with what is around it."""
    return STX in text or ETX in text or text.strip("0123456789") in _PLACEHOLDER_NAME


def _conduct(kinds: list[type[Any]]) -> list[Any]:
    """Return how patterns of these kinds match, what they do with it, and where they don't."""
    return [getattr(kind, name, None) for kind in kinds for name in _DECISIVE]
