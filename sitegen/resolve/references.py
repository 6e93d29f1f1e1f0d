"""Leads every open reference to its target, or to a diagnostic with the nearest match."""

import posixpath
import re
from collections.abc import Iterable

from sitegen.diagnostics import Diagnostic, Span, did_you_mean
from sitegen.model.document import Document, Reference
from sitegen.model.front_matter import (
    FOLDERS,
    ExplainerMeta,
    Kind,
    SourceMeta,
    TermMeta,
    TopicMeta,
)
from sitegen.model.site import Target
from sitegen.resolve.catalog import (
    Catalog,
    Key,
    asset_permalink,
    permalink_of,
    relative_names,
)

_PAGE_ANCHORS = frozenset(["main", "sources"])
_EXPLAINER_ANCHORS = frozenset(["cite", "corrections", "dates", "kp", "know", "unknown"])
_NUMBERED = re.compile(r"([cn])([1-9][0-9]*)")


class Resolver:
    """Resolves the references of one document after another; keeps the files that pages show."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.shown_assets: set[str] = set()
        self.found: list[Diagnostic] = []

    def targets(self, document: Document) -> tuple[Target | None, ...]:
        """Return where each reference of `document` leads; None after a diagnostic."""
        return tuple(self._target(document, reference) for reference in document.references)

    def check_names(self, document: Document) -> None:
        """Report each name in the front matter and each citation that belongs to nobody."""
        for key, kind, name in _names(document):
            self._check_name(document, document.spans.get(key), kind, name)
        for citation in document.citations:
            self._check_name(document, citation.span, "source", citation.source)

    def image(self, document: Document, key: str, src: str) -> str:
        """Return the path of the image that front matter names, or an empty string."""
        path = _join(document, src)
        if path in self.catalog.assets:
            self.shown_assets.add(path)
            return path
        self._report_missing_image(document, document.spans.get(key), src)
        return ""

    def _report(
        self, document: Document, code: str, message: str, span: Span | None, mend: str
    ) -> None:
        self.found.append(
            Diagnostic(path=document.path, code=code, message=message, span=span, help=mend)
        )

    def _check_name(self, document: Document, span: Span | None, kind: Kind, name: str) -> None:
        if (kind, name) in self.catalog.cards:
            return
        if (kind, name) in self.catalog.withheld:
            return  # It fills its place on the day it is published.
        if kind == "explainer" and self.catalog.slugs_unknown:
            return
        folder = FOLDERS[kind]
        hint = did_you_mean(name, self.catalog.names(kind))
        where = f"{folder.capitalize()} live in content/{folder}/."
        mend = f"{hint} {where}" if hint else f"write content/{folder}/{name}.md. {where}"
        self._report(document, f"unknown-{kind}", f"no {kind} '{name}'", span, mend)

    def _target(self, document: Document, reference: Reference) -> Target | None:
        if reference.form == "image":
            return self._file(document, reference)
        if reference.form == "anchor":
            own = (document.kind, document.name)
            return self._with_anchor(document, reference, own) if reference.anchor else None
        if reference.form == "wiki":
            key = self._slug(document, reference)
        elif reference.target.endswith(".md"):
            key = self._path(document, reference)
        else:
            return self._file(document, reference)
        return self._with_anchor(document, reference, key) if key else None

    def _path(self, document: Document, reference: Reference) -> Key | None:
        path = _join(document, reference.target)
        key = self.catalog.by_path.get(path)
        if key is None:
            known = relative_names(self.catalog.by_path, document)
            hint = did_you_mean(reference.target, known) or self._elsewhere(document, path)
            mend = hint or "link to a Markdown file of this publication"
            self._report(
                document,
                "broken-link",
                f"no file '{reference.target}'",
                reference.span,
                mend,
            )
            return None
        return self._published(document, reference, key)

    def _elsewhere(self, document: Document, path: str) -> str:
        """Return a hint to a file of the same name in another folder."""
        name = posixpath.basename(path)
        same = [other for other in self.catalog.by_path if posixpath.basename(other) == name]
        return f"did you mean '{relative_names(same, document)[0]}'?" if same else ""

    def _slug(self, document: Document, reference: Reference) -> Key | None:
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
            hint = did_you_mean(slug, self.catalog.by_slug)
            mend = hint or "write the slug of an explainer, topic, source, term or page"
            self._report(
                document, "unknown-page", f"nothing is called '{slug}'", reference.span, mend
            )
            return None
        if len(best) > 1:
            choices = ", ".join(f"[[{FOLDERS[kind]}/{slug}]]" for kind, _ in best)
            self._report(
                document,
                "ambiguous-link",
                f"'{slug}' is the slug of several pages",
                reference.span,
                f"write one of {choices}",
            )
            return None
        return self._published(document, reference, best[0])

    def _published(self, document: Document, reference: Reference, key: Key) -> Key | None:
        reason = self.catalog.withheld.get(key, "")
        if reason in ("draft", "scheduled"):
            option = "--drafts" if reason == "draft" else "--future"
            self._report(
                document,
                "unpublished-link",
                f"'{key[1]}' is {'a draft' if reason == 'draft' else 'scheduled for later'}",
                reference.span,
                f"publish it, take the link out, or build with {option}",
            )
            return None
        return None if reason == "unread" else key

    def _with_anchor(self, document: Document, reference: Reference, key: Key) -> Target | None:
        card = self.catalog.cards.get(key)
        if card is None:
            gone = next(each for each in self.catalog.expired if (each.kind, each.name) == key)
            return Target(permalink=permalink_of(gone), title=gone.slug, lang=gone.lang)
        target = self.catalog.documents[key]
        if reference.anchor and not _has_anchor(target, reference.anchor):
            hint = did_you_mean(reference.anchor, target.anchors)
            self._report(
                document,
                "missing-anchor",
                f"no heading '#{reference.anchor}' in {target.path}",
                reference.span,
                hint or "link to the file without '#', or to one of its headings",
            )
            return None
        return Target(
            permalink=card.permalink, anchor=reference.anchor, title=card.title, lang=card.lang
        )

    def _file(self, document: Document, reference: Reference) -> Target | None:
        path = _join(document, reference.target)
        if path in self.catalog.assets:
            self.shown_assets.add(path)
            return Target(permalink=asset_permalink(path), anchor=reference.anchor)
        if reference.form == "image":
            self._report_missing_image(document, reference.span, reference.target)
            return None
        mend = self._hint(document, reference.target)
        self._report(document, "broken-link", f"no file '{reference.target}'", reference.span, mend)
        return None

    def _hint(self, document: Document, target: str) -> str:
        """Return how a link that is not to a Markdown file could be meant."""
        stem = target.strip("/").removesuffix("/index.html").removesuffix(".html")
        slug = posixpath.basename(stem)
        keys = self.catalog.by_slug.get(slug, ())
        paths = [path for path, key in self.catalog.by_path.items() if key in keys]
        if paths:
            return f"link to its Markdown file: {relative_names(paths, document)[0]}"
        files = relative_names([*self.catalog.by_path, *self.catalog.assets], document)
        return did_you_mean(target, files) or "link to a file of this publication"

    def _report_missing_image(self, document: Document, span: Span | None, src: str) -> None:
        hint = did_you_mean(src, relative_names(self.catalog.assets, document))
        self._report(
            document,
            "missing-image",
            f"no image '{src}'",
            span,
            hint or "save it beside this file or in content/assets/",
        )


def _join(document: Document, target: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(document.path), target))


def _has_anchor(document: Document, anchor: str) -> bool:
    if anchor in document.anchors or anchor in _PAGE_ANCHORS:
        return True
    if document.kind == "explainer" and anchor in _EXPLAINER_ANCHORS:
        return True
    numbered = _NUMBERED.fullmatch(anchor)
    return bool(numbered and int(numbered[2]) <= len(document.citations))


def _names(document: Document) -> Iterable[tuple[str, Kind, str]]:
    """Yield each name in the front matter with its dotted path and its kind."""

    def each(key: str, kind: Kind, names: tuple[str, ...]) -> Iterable[tuple[str, Kind, str]]:
        return ((f"{key}.{number}", kind, name) for number, name in enumerate(names))

    def one(key: str, kind: Kind, name: str) -> Iterable[tuple[str, Kind, str]]:
        return ((key, kind, name),) if name else ()

    meta = document.meta
    if isinstance(meta, ExplainerMeta):
        yield from each("topics", "topic", meta.topics)
        yield from each("sources", "source", meta.sources)
        yield from each("authors", "author", meta.authors)
        yield from each("related", "explainer", meta.related)
        yield from each("acknowledge", "source", meta.acknowledge)
        yield from one("reviewed_by", "author", meta.reviewed_by)
        yield from one("translation_of", "explainer", meta.translation_of)
    elif isinstance(meta, SourceMeta):
        yield from one("superseded_by", "source", meta.superseded_by)
    elif isinstance(meta, TopicMeta):
        yield from one("parent", "topic", meta.parent)
        yield from one("start_here", "explainer", meta.start_here)
        yield from each("related", "topic", meta.related)
    elif isinstance(meta, TermMeta):
        yield from each("sources", "source", meta.sources)
        yield from each("topics", "topic", meta.topics)
    if isinstance(meta, ExplainerMeta | SourceMeta | TopicMeta):
        for number, event in enumerate(meta.events):
            yield from each(f"events.{number}.sources", "source", event.sources)
