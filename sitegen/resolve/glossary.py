"""Finds the first use of each glossary term on a page, longest term first."""

import html
import re
from collections.abc import Iterable

from msgspec import Struct

from sitegen.model.document import Body, Document
from sitegen.model.front_matter import ExplainerMeta
from sitegen.model.relations import TermUse

_CJK = r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]"


class GlossaryTerm(Struct, frozen=True, kw_only=True, array_like=True):
    """A term as texts may spell it."""

    name: str
    forms: tuple[str, ...]


class GlossaryIndex:
    """All terms and their other forms as one pattern."""

    def __init__(self, terms: Iterable[GlossaryTerm]) -> None:
        self._names: dict[str, str] = {}
        for term in terms:
            for form in term.forms:
                self._names.setdefault(_key(form), term.name)
        forms = sorted(self._names, key=lambda form: (-len(form), form))
        self._pattern = re.compile("|".join(map(_form_pattern, forms))) if forms else None

    def uses(self, document: Document, body: Body) -> tuple[TermUse, ...]:
        """Return the first use of each term in the page's running text, in reading order."""
        meta = document.meta
        if self._pattern is None or (isinstance(meta, ExplainerMeta) and not meta.glossary):
            return ()
        own = document.name if document.kind == "term" else ""
        seen = {own.split(".")[0]}
        found: list[TermUse] = []
        for key, fragment in body.fragments.items():
            if key.startswith("events.") or key == "definition":
                continue
            for start, end in fragment.linkable:
                for match in self._pattern.finditer(fragment.html, start, end):
                    name = self._name(match[0])
                    if name is None or name.split(".")[0] in seen:
                        continue
                    seen.add(name.split(".")[0])
                    found.append(
                        TermUse(fragment=key, start=match.start(), end=match.end(), term=name)
                    )
        return tuple(found)

    def _name(self, words: str) -> str | None:
        key = _key(html.unescape(words))
        for candidate in (key, key.removesuffix("s")):
            if candidate in self._names:
                return self._names[candidate]
        return None


def _key(form: str) -> str:
    """Fold white space, and the first letter of forms that are not written in capitals."""
    folded = " ".join(form.split())
    return folded if folded[1:2].isupper() else folded[:1].lower() + folded[1:]


def _form_pattern(form: str) -> str:
    escaped = html.escape(form, quote=False)
    first, rest = escaped[:1], escaped[1:]
    head = (
        f"[{first.lower()}{first.upper()}]" if first.lower() != first.upper() else re.escape(first)
    )
    pattern = head + re.escape(rest).replace(r"\ ", r"\s+")
    if re.search(_CJK, form):
        return pattern
    before = r"(?<!\w)(?<!-)(?<!&)" if form[:1].isalnum() else ""
    after = r"s?(?!\w)(?!-\w)" if form[-1:].isalnum() else ""
    return f"{before}{pattern}{after}"
