"""Gives every new file a name that no other has."""

from collections.abc import Mapping

from sitegen.model.front_matter import FOLDERS, Kind
from sitegen.resolve.catalog import OWN_ADDRESSES
from sitegen.scaffold.slug import slug_of
from sitegen.urls import slug_problem


class Names:
    """The names of each kind: those the publication has, and those given here."""

    def __init__(self, taken: Mapping[Kind, Mapping[str, str]]) -> None:
        """Take, by kind, the path of the file that has each name already."""
        self._owners = {kind: dict(owners) for kind, owners in taken.items()}
        self._given: set[tuple[Kind, str]] = set()

    def give(self, kind: Kind, *wanted: str, suffix: str = "") -> str:
        """Return the first of the `wanted` that can be a name and is free, or one with a number.

        A name is free for the path it would have, so that an import done again gives the same.
        `suffix` is a translation's, such as `.ja`.
        """
        owners = self._owners.setdefault(kind, {})
        made = [slug_of(each) for each in wanted]
        slugs = [slug for slug in made if self.can_be(kind, slug)]
        slugs = slugs or [f"{slug or 'old'}-{kind}" for slug in made[:1]]
        numbered = (f"{slugs[-1]}-{number}" for number in range(2, 10_000))
        for slug in (*slugs, *numbered):
            path = f"content/{FOLDERS[kind]}/{slug}{suffix}.md"
            key = f"{slug}{suffix}".casefold()
            if owners.get(key, path) == path and (kind, key) not in self._given:
                self._given.add((kind, key))
                return f"{slug}{suffix}"
        raise AssertionError("ten thousand files of one name")

    @staticmethod
    def can_be(kind: Kind, slug: str) -> bool:
        """Return whether a file of this kind may have this name."""
        if not slug or slug_problem(slug, dots=kind == "source"):
            return False
        return kind != "page" or f"/{slug.casefold()}/" not in OWN_ADDRESSES
