"""Leads old addresses to the pages that stand elsewhere now."""

from collections.abc import Iterable

from sitegen.diagnostics import Diagnostic
from sitegen.model.site import CopiedFile, Redirect
from sitegen.resolve.catalog import OWN_ADDRESSES, Catalog, claim_address, permalink_of
from sitegen.urls import Permalink


def redirects_of(
    catalog: Catalog, files: Iterable[CopiedFile]
) -> tuple[tuple[Redirect, ...], list[Diagnostic]]:
    """Return the redirects of all aliases, and each alias or file whose address is taken."""
    owners = dict.fromkeys(OWN_ADDRESSES, "sitegen itself")
    for key, card in catalog.cards.items():
        owners[card.permalink.casefold()] = catalog.documents[key].path
    for document in catalog.expired:
        owners[permalink_of(document).casefold()] = document.path
    found: list[Diagnostic] = []
    redirects = []
    for copied in files:
        collision = claim_address(copied.permalink, copied.asset.path, owners, "the address")
        found += [collision] if collision else []
    for key, document in catalog.documents.items():
        for alias in getattr(document.meta, "aliases", ()):
            collision = claim_address(alias, document.path, owners, "the alias")
            found += [collision] if collision else []
            redirects.append(Redirect(alias=Permalink(alias), target=catalog.cards[key]))
    return tuple(sorted(redirects, key=lambda each: each.alias)), found
