"""How the outputs of a build were made, in columns: most rows are kept from build to build unread.

A publication of ten thousand explainers has more than fifty thousand outputs. A row of its own for
each would take longer to read and to write than everything else that an edit of one file asks for.
"""

import struct
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from itertools import accumulate

import msgspec
from msgspec import Struct

from sitegen.engine.digest import SIZE
from sitegen.render.recipe import Recipe

_FEW = 8
"""So few dependencies are looked for one after another."""
_WIDTH = 4
"""Bytes of the number of a dependency."""

_encode = msgspec.msgpack.Encoder().encode
_decode_recipe = msgspec.msgpack.Decoder(Recipe).decode


NO_VIEW = bytes(SIZE)
"""Stands for the digest of a view that is not stored."""


class OutputRecord(Struct, frozen=True, kw_only=True):
    """How one output was made."""

    recipe: Recipe
    key: bytes
    """Of the code, the template with all it includes, and the view."""
    reads: tuple[int, ...]
    """What its view read: places in the record's dependencies."""
    digest: bytes
    size: int
    view: bytes = NO_VIEW
    """The digest of its view, if that is stored."""


class OutputTable(Struct, frozen=True, kw_only=True, array_like=True):
    """The outputs of a build in the order of their recipes; a row's number is its place."""

    paths: tuple[str, ...] = ()
    recipes: tuple[bytes, ...] = ()
    keys: bytes = b""
    digests: bytes = b""
    sizes: tuple[int, ...] = ()
    reads: tuple[bytes, ...] = ()
    views: bytes = b""

    def recipe(self, row: int) -> Recipe:
        """Return the recipe of a row."""
        return _decode_recipe(self.recipes[row])

    def digest(self, row: int) -> bytes:
        """Return the digest of the output of a row."""
        return self.digests[row * SIZE : (row + 1) * SIZE]

    def view(self, row: int) -> bytes:
        """Return the digest of the view of a row, or NO_VIEW if none is stored."""
        return self.views[row * SIZE : (row + 1) * SIZE]

    def record(self, row: int) -> OutputRecord:
        """Return all that a row says."""
        return OutputRecord(
            recipe=self.recipe(row),
            key=self.keys[row * SIZE : (row + 1) * SIZE],
            reads=_unpacked(self.reads[row]),
            digest=self.digest(row),
            size=self.sizes[row],
            view=self.view(row),
        )

    def stored_views(self) -> Iterator[bytes]:
        """Yield the digest of each view that is stored."""
        for start in range(0, len(self.views), SIZE):
            view = self.views[start : start + SIZE]
            if view != NO_VIEW:
                yield view

    def rows(self) -> dict[str, int]:
        """Return the row of each output by its path."""
        return {path: row for row, path in enumerate(self.paths)}

    def readers(self, dependencies: Set[int]) -> set[int]:
        """Return the rows whose views read one of these dependencies."""
        if len(dependencies) > _FEW:
            found = dependencies.isdisjoint
            return {row for row, reads in enumerate(self.reads) if not found(_unpacked(reads))}
        every = b"".join(self.reads)
        starts = list(accumulate(map(len, self.reads), initial=0))
        return {
            bisect_right(starts, place) - 1
            for number in dependencies
            for place in _places(every, number)
        }

    def with_recipes(self, recipes: Collection[Recipe]) -> set[int]:
        """Return the rows whose outputs have one of these recipes."""
        wanted = set(map(_encode, recipes))
        return {row for row, recipe in enumerate(self.recipes) if recipe in wanted}

    def having(self, templates: Set[str]) -> set[int]:
        """Return the rows whose outputs are rendered by one of these templates."""
        if not templates:
            return set()
        names = tuple(_encode(name) for name in templates)
        return {
            row
            for row, recipe in enumerate(self.recipes)
            if any(name in recipe for name in names) and self.recipe(row).renderer in templates
        }

    def updated(self, made: Mapping[int, OutputRecord]) -> "OutputTable":
        """Return the table after some rows were made again by the same recipes."""
        if not made:
            return self
        keys, digests = bytearray(self.keys), bytearray(self.digests)
        sizes, reads, views = list(self.sizes), list(self.reads), bytearray(self.views)
        for row, record in made.items():
            keys[row * SIZE : (row + 1) * SIZE] = record.key
            digests[row * SIZE : (row + 1) * SIZE] = record.digest
            sizes[row] = record.size
            reads[row] = _packed(record.reads)
            views[row * SIZE : (row + 1) * SIZE] = record.view
        return msgspec.structs.replace(
            self,
            keys=bytes(keys),
            digests=bytes(digests),
            sizes=tuple(sizes),
            reads=tuple(reads),
            views=bytes(views),
        )


def make_table(outputs: Iterable[OutputRecord | int], before: OutputTable) -> OutputTable:
    """Return the table of outputs, each a record, or the row of `before` as which it was kept."""
    paths: list[str] = []
    recipes: list[bytes] = []
    keys, digests, views = bytearray(), bytearray(), bytearray()
    sizes: list[int] = []
    reads: list[bytes] = []
    for each in outputs:
        if isinstance(each, int):
            paths.append(before.paths[each])
            recipes.append(before.recipes[each])
            keys += before.keys[each * SIZE : (each + 1) * SIZE]
            digests += before.digest(each)
            sizes.append(before.sizes[each])
            reads.append(before.reads[each])
            views += before.views[each * SIZE : (each + 1) * SIZE]
        else:
            paths.append(each.recipe.output_path)
            recipes.append(_encode(each.recipe))
            keys += each.key
            digests += each.digest
            sizes.append(each.size)
            reads.append(_packed(each.reads))
            views += each.view
    return OutputTable(
        paths=tuple(paths),
        recipes=tuple(recipes),
        keys=bytes(keys),
        digests=bytes(digests),
        sizes=tuple(sizes),
        reads=tuple(reads),
        views=bytes(views),
    )


def _packed(numbers: tuple[int, ...]) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers)


def _unpacked(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(packed) // _WIDTH}I", packed)


def _places(packed: bytes, number: int) -> Iterator[int]:
    """Yield each place at which a number stands among packed ones."""
    wanted = number.to_bytes(_WIDTH, "little")
    place = packed.find(wanted)
    while place >= 0:
        if place % _WIDTH == 0:
            yield place
        place = packed.find(wanted, place + 1)
