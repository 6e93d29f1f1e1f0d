"""What a tree holds, looked up once for all tree processors until one of them changes it."""

from operator import attrgetter
from typing import Any
from xml.etree.ElementTree import Element

_TAG = attrgetter("tag")
_TAGS = {str}


class Survey:
    """The text and the names of the elements of a tree."""

    __slots__ = ("_has_plain_tags", "_tags", "_texts", "_whole", "root")

    def __init__(self, root: Element) -> None:
        self.root = root
        self._texts: list[str] | None = None
        self._whole: str | None = None
        self._tags: frozenset[Any] | None = None
        self._has_plain_tags: bool | None = None

    def forget(self) -> None:
        """Look up everything again: the tree may have changed."""
        self.forget_texts()
        self.forget_tags()

    def forget_texts(self) -> None:
        """Look up the texts again: only those may have changed."""
        self._texts = self._whole = None

    def forget_tags(self) -> None:
        """Look up the names again: only those may have changed."""
        self._tags = self._has_plain_tags = None

    @property
    def tags(self) -> frozenset[Any]:
        """The names of all elements; a comment has a function in place of one."""
        if self._tags is None:
            self._tags = frozenset(map(_TAG, self.root.iter()))
        return self._tags

    @property
    def texts(self) -> list[str]:
        """All texts in order, but for those behind comments."""
        if self._texts is None:
            self._texts = list(self.root.itertext())
        return self._texts

    @property
    def whole(self) -> str:
        """All texts as one, each on a line: nothing may seem to be there that none holds."""
        if self._whole is None:
            self._whole = "\n".join(self.texts)
        return self._whole

    def has_plain_tags(self) -> bool:
        """Return whether `texts` are all there are: behind comments there may be others."""
        if self._has_plain_tags is None:
            self._has_plain_tags = _TAGS.issuperset(map(type, self.tags))
        return self._has_plain_tags
