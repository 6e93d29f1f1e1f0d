"""Leads every open reference to its target, or to a diagnostic with the nearest match."""

import re
from collections.abc import Mapping
from itertools import chain

from sitegen.diagnostics import Diagnostic, Span, did_you_mean
from sitegen.model.document import Document, Reference
from sitegen.model.front_matter import FOLDERS, Kind
from sitegen.model.relations import Target
from sitegen.model.site import Bodies
from sitegen.resolve.catalog import Catalog, Key, asset_permalink, permalink_of
from sitegen.resolve.names import names_by_kind, placed_names
from sitegen.resolve.nearest import NearestNames, path_from

_PAGE_ANCHORS = frozenset(["main", "sources"])
_EXPLAINER_ANCHORS = frozenset(["cite", "corrections", "dates", "kp", "know", "unknown"])
_NUMBERED = re.compile(r"([cn])([1-9][0-9]*)")


class Resolver:
    """Resolves the references of one document after another; keeps the files that pages show."""

    def __init__(self, catalog: Catalog, bodies: Bodies) -> None:
        self.catalog = catalog
        self.bodies = bodies
        self._spans: tuple[str, Mapping[str, Span]] = "", {}
        """The path of the file reported on last, and the places in it: reading it takes time."""
        self.shown_assets: set[str] = set()
        self.found: list[Diagnostic] = []
        self._known: dict[Kind, set[str]] = {kind: set() for kind in FOLDERS}
        """The names that have a page, or will have one on the day it is published."""
        for kind, name in chain(catalog.cards, catalog.withheld):
            self._known[kind].add(name)
        self._near = NearestNames(catalog)
        self._expired = {(each.kind, each.name): each for each in catalog.expired}
        self._plain: dict[str, Target] = {}
        """Where links without an anchor lead, by the path they name."""

    def targets(self, document: Document) -> tuple[Target | None, ...]:
        """Return where each reference of `document` leads; None after a diagnostic."""
        card = self.catalog.cards[document.kind, document.name]
        anchors = frozenset(document.anchors)
        found: list[Target | None] = []
        for number, reference in enumerate(document.references):
            anchor = reference.anchor
            if anchor and reference.form == "anchor" and anchor in anchors:  # as most are
                found.append(
                    Target(
                        permalink=card.permalink, anchor=anchor, title=card.title, lang=card.lang
                    )
                )
            else:
                found.append(self._target(document, reference, f"reference.{number}"))
        return tuple(found)

    def check_names(self, document: Document) -> None:
        """Report each name in the front matter and each citation that belongs to nobody."""
        known = self._known
        for kind, names in names_by_kind(document.meta):
            if not known[kind].issuperset(names):
                for place, each, name in placed_names(document.meta):
                    self._check_name(document, place, each, name)
                break
        sources = known["source"]
        for cited in document.cited:
            if cited.source not in sources:
                for citation in self.bodies[document.path].citations:
                    if citation.source == cited.source:
                        place = f"citation.{citation.number}"
                        self._check_name(document, place, "source", citation.source)

    def image(self, document: Document, key: str, src: str) -> str:
        """Return the path of the image that front matter names, or an empty string."""
        path = path_from(document, src)
        if path in self.catalog.assets:
            self.shown_assets.add(path)
            return path
        self._report_missing_image(document, key, src)
        return ""

    def _report(self, document: Document, code: str, message: str, place: str, mend: str) -> None:
        """Report what is wrong at a place: a key of the body's spans."""
        if self._spans[0] != document.path:
            self._spans = document.path, self.bodies[document.path].spans
        span = self._spans[1].get(place)
        self.found.append(
            Diagnostic(path=document.path, code=code, message=message, span=span, help=mend)
        )

    def _check_name(self, document: Document, place: str, kind: Kind, name: str) -> None:
        if name in self._known[kind] or (kind == "explainer" and self.catalog.slugs_unknown):
            return
        folder = FOLDERS[kind]
        hint = self._near.name(kind, name)
        where = f"{folder.capitalize()} live in content/{folder}/."
        mend = f"{hint} {where}" if hint else f"write content/{folder}/{name}.md. {where}"
        self._report(document, f"unknown-{kind}", f"no {kind} '{name}'", place, mend)

    def _target(self, document: Document, reference: Reference, place: str) -> Target | None:
        if reference.form == "image":
            return self._file(document, reference, place)
        if reference.form == "anchor":
            own = (document.kind, document.name)
            return self._with_anchor(document, reference, own, place) if reference.anchor else None
        if reference.form == "wiki":
            key = self._slug(document, reference, place)
        elif reference.target.endswith(".md"):
            return self._page(document, reference, place)
        else:
            return self._file(document, reference, place)
        return self._with_anchor(document, reference, key, place) if key else None

    def _page(self, document: Document, reference: Reference, place: str) -> Target | None:
        path = path_from(document, reference.target)
        if not reference.anchor and path in self._plain:
            return self._plain[path]
        key = self._path(document, reference, path, place)
        target = self._with_anchor(document, reference, key, place) if key else None
        if target is not None and not reference.anchor:
            self._plain[path] = target
        return target

    def _path(self, document: Document, reference: Reference, path: str, place: str) -> Key | None:
        key = self.catalog.by_path.get(path)
        if key is None:
            self._report(
                document,
                "broken-link",
                f"no file '{reference.target}'",
                place,
                self._near.file(document, reference.target, path)
                or "link to a Markdown file of this publication",
            )
            return None
        return self._published(document, key, place)

    def _slug(self, document: Document, reference: Reference, place: str) -> Key | None:
        folder, _, slug = reference.target.rpartition("/")
        keys = [
            key
            for key in self.catalog.by_slug.get(slug, ())
            if not folder or FOLDERS[key[0]] == folder
        ]
        suffix = document.lang_suffix
        same = [key for key in keys if key[1] == (f"{slug}.{suffix}" if suffix else slug)]
        plain = [key for key in keys if key[1] == slug]
        best = same or plain or keys
        if not best and self.catalog.slugs_unknown:
            return None
        if not best:
            mend = (
                self._near.slug(slug)
                or "write the slug of an explainer, topic, source, term or page"
            )
            self._report(document, "unknown-page", f"nothing is called '{slug}'", place, mend)
            return None
        if len(best) > 1:
            choices = ", ".join(f"[[{FOLDERS[kind]}/{slug}]]" for kind, _ in best)
            self._report(
                document,
                "ambiguous-link",
                f"'{slug}' is the slug of several pages",
                place,
                f"write one of {choices}",
            )
            return None
        return self._published(document, best[0], place)

    def _published(self, document: Document, key: Key, place: str) -> Key | None:
        reason = self.catalog.withheld.get(key, "")
        if reason in ("draft", "scheduled"):
            option = "--drafts" if reason == "draft" else "--future"
            self._report(
                document,
                "unpublished-link",
                f"'{key[1]}' is {'a draft' if reason == 'draft' else 'scheduled for later'}",
                place,
                f"publish it, take the link out, or build with {option}",
            )
            return None
        return None if reason == "unread" else key

    def _with_anchor(
        self, document: Document, reference: Reference, key: Key, place: str
    ) -> Target | None:
        card = self.catalog.cards.get(key)
        if card is None:
            gone = self._expired[key]
            return Target(permalink=permalink_of(gone), title=gone.slug, lang=gone.lang)
        target = self.catalog.documents[key]
        if reference.anchor and not _has_anchor(target, reference.anchor):
            hint = did_you_mean(reference.anchor, target.anchors)
            self._report(
                document,
                "missing-anchor",
                f"no heading '#{reference.anchor}' in {target.path}",
                place,
                hint or "link to the file without '#', or to one of its headings",
            )
            return None
        return Target(
            permalink=card.permalink, anchor=reference.anchor, title=card.title, lang=card.lang
        )

    def _file(self, document: Document, reference: Reference, place: str) -> Target | None:
        path = path_from(document, reference.target)
        if path in self.catalog.assets:
            self.shown_assets.add(path)
            return Target(permalink=asset_permalink(path), anchor=reference.anchor)
        if reference.form == "image":
            self._report_missing_image(document, place, reference.target)
            return None
        mend = self._near.page(document, reference.target) or "link to a file of this publication"
        self._report(document, "broken-link", f"no file '{reference.target}'", place, mend)
        return None

    def _report_missing_image(self, document: Document, place: str, src: str) -> None:
        self._report(
            document,
            "missing-image",
            f"no image '{src}'",
            place,
            self._near.image(document, src) or "save it beside this file or in content/assets/",
        )


def _has_anchor(document: Document, anchor: str) -> bool:
    if anchor in document.anchors or anchor in _PAGE_ANCHORS:
        return True
    if document.kind == "explainer" and anchor in _EXPLAINER_ANCHORS:
        return True
    numbered = _NUMBERED.fullmatch(anchor)
    return bool(numbered and int(numbered[2]) <= document.claims)
