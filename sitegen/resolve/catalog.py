"""Gives every name and every address exactly one owner, and tells which pages are published."""

import posixpath
import unicodedata
from collections.abc import Iterable, Mapping

from msgspec import Struct

from sitegen.diagnostics import Diagnostic
from sitegen.model.dates import day_of
from sitegen.model.document import Asset, Document, UnreadFile
from sitegen.model.front_matter import FOLDERS, ExplainerMeta, Kind, SourceMeta, TermMeta
from sitegen.model.pages import State
from sitegen.model.relations import Card
from sitegen.model.settings import Settings
from sitegen.model.site import Bodies
from sitegen.urls import Permalink, file_permalink, permalink

OWN_ADDRESSES = (
    "/",
    "/404.html",
    "/.nojekyll",
    "/api/",
    "/assets/",
    "/authors/",
    "/cname",
    "/corrections/",
    "/corrections/feed.xml",
    "/explainers/",
    "/feed.json",
    "/feed.xml",
    "/glossary/",
    "/llms.txt",
    "/search-index/",
    "/robots.txt",
    "/search/",
    "/sitemap.xml",
    "/sources/",
    "/timeline/",
    "/topics/",
)
"""Addresses that sitegen writes whatever the content is."""

Key = tuple[Kind, str]


class Catalog(Struct, frozen=True, kw_only=True):
    """What there is, by name, by path and by address."""

    documents: Mapping[Key, Document]
    """Published documents, in the order of their paths."""
    withheld: Mapping[Key, str]
    """Drafts, scheduled and expired explainers and files that were not read, with that word."""
    expired: tuple[Document, ...]
    cards: Mapping[Key, Card]
    by_path: Mapping[str, Key]
    """Every document's path, withheld ones included."""
    states: Mapping[str, State]
    """For each published explainer."""
    assets: Mapping[str, Asset]
    """By path."""
    slugs_unknown: bool
    """An explainer was not read, so any slug may be its own."""
    by_slug: Mapping[str, tuple[Key, ...]]
    """Published and withheld names, for links by slug."""

    def find(self, kind: Kind, name: str, language_suffix: str) -> Card | None:
        """Return the card of a name: its translation pair of that suffix where there is one."""
        paired = self.cards.get((kind, f"{name}.{language_suffix}")) if language_suffix else None
        return paired or self.cards.get((kind, name))


def make_catalog(
    documents: Iterable[Document],
    bodies: Bodies,
    assets: Iterable[Asset],
    settings: Settings,
    as_of: str,
    *,
    drafts: bool,
    future: bool,
    unread: tuple[UnreadFile, ...],
) -> tuple[Catalog, list[Diagnostic]]:
    """Return the catalog of all documents, and every collision of names and addresses."""
    found: list[Diagnostic] = []
    published: dict[Key, Document] = {}
    withheld: dict[Key, str] = {}
    expired: list[Document] = []
    cards: dict[Key, Card] = {}
    states: dict[str, State] = {}
    by_path: dict[str, Key] = {}
    by_slug: dict[str, list[Key]] = {}
    owners: dict[str, Document] = {}
    for document in sorted(documents, key=lambda each: each.path):
        key = (document.kind, document.name)
        address = permalink_of(document)
        owner = owners.setdefault(_folded(address), document)
        if owner is not document:
            found.append(_collision(document, bodies, owner, address))
            continue
        by_path[document.path] = key
        by_slug.setdefault(document.slug, []).append(key)
        if document.kind == "page" and _is_own(address):
            found.append(
                Diagnostic(
                    path=document.path,
                    code="reserved-address",
                    message=f"the address {address} is one that sitegen writes itself",
                    help=f"rename the file, such as {document.slug}-page.md",
                )
            )
        reason = _withheld(document, settings, as_of, drafts=drafts, future=future)
        if reason:
            withheld[key] = reason
            if reason == "expired":
                expired.append(document)
            continue
        published[key] = document
        cards[key] = Card(
            kind=document.kind,
            name=document.name,
            permalink=address,
            title=title_of(document),
            lang=document.lang,
        )
        if isinstance(document.meta, ExplainerMeta):
            late = day_of(document.meta.date, settings.zone) > as_of
            states[document.name] = (
                "draft" if document.meta.draft else "scheduled" if late else "published"
            )
    for file in unread:
        name = posixpath.basename(file.path).removesuffix(".md")
        withheld[file.kind, name] = "unread"
        by_path[file.path] = (file.kind, name)
        by_slug.setdefault(name, []).append((file.kind, name))
    catalog = Catalog(
        documents=published,
        withheld=withheld,
        expired=tuple(expired),
        cards=cards,
        by_path=by_path,
        states=states,
        assets={asset.path: asset for asset in assets},
        slugs_unknown=any(file.kind == "explainer" for file in unread),
        by_slug={slug: tuple(keys) for slug, keys in by_slug.items()},
    )
    return catalog, found


def permalink_of(document: Document) -> Permalink:
    """Return a document's address: `/explainers/slug/`, `/about/`, `/ja/explainers/slug/`."""
    parts = [document.slug] if document.kind == "page" else [FOLDERS[document.kind], document.slug]
    if document.lang_suffix:
        parts.insert(0, document.lang_suffix.lower())
    return permalink(*parts)


def title_of(document: Document) -> str:
    """Return a document's title, in brackets where it is our description of a source."""
    meta = document.meta
    if isinstance(meta, TermMeta):
        return meta.term
    if isinstance(meta, SourceMeta) and meta.described:
        return f"[{meta.title}]"
    return str(getattr(meta, "title", "") or getattr(meta, "name", ""))


def asset_permalink(path: str) -> Permalink:
    """Return the address of a file of content/: its path there."""
    return file_permalink(path.removeprefix("content/"))


def is_public_asset(asset: Asset) -> bool:
    """Return whether a file is published whether or not a page shows it."""
    return asset.path.startswith("content/assets/")


def claim_address(address: str, path: str, owners: dict[str, str], what: str) -> Diagnostic | None:
    """Give `address` to `path`, or say who has it already; `owners` grows."""
    owner = owners.setdefault(_folded(address), path)
    if owner == path and not _is_own(address):
        return None
    whose = "sitegen itself" if owner == path else owner
    return Diagnostic(
        path=path,
        code="duplicate-address",
        message=f"{what} {address} already belongs to {whose}",
        help="choose another",
    )


def _is_own(address: str) -> bool:
    folded = _folded(address)
    return folded in OWN_ADDRESSES or folded.startswith(("/api/", "/search-index/"))


def _folded(address: str) -> str:
    """Fold what file systems and readers take for the same address."""
    if address.isascii():  # as nearly all are
        return address.lower()
    return unicodedata.normalize("NFC", address).casefold()


def _withheld(
    document: Document, settings: Settings, as_of: str, *, drafts: bool, future: bool
) -> str:
    meta = document.meta
    if not isinstance(meta, ExplainerMeta):
        return ""
    if meta.draft and not drafts:
        return "draft"
    if day_of(meta.date, settings.zone) > as_of and not future:
        return "scheduled"
    if meta.expires and day_of(meta.expires, settings.zone) <= as_of:
        return "expired"
    return ""


def _collision(document: Document, bodies: Bodies, owner: Document, address: str) -> Diagnostic:
    has_slug = isinstance(document.meta, ExplainerMeta) and document.meta.slug
    mend = "give one of the two another slug" if has_slug else "rename one of the two"
    return Diagnostic(
        path=document.path,
        code="duplicate-id",
        message=f"the address {address} already belongs to {owner.path}",
        span=bodies[document.path].spans.get("slug"),
        help=mend,
    )
