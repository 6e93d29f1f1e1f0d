"""Finds the pictures that front matter and site.yaml name."""

from sitegen.diagnostics import Diagnostic
from sitegen.model.front_matter import AuthorMeta, ExplainerMeta
from sitegen.model.settings import Settings
from sitegen.resolve.catalog import Catalog, asset_permalink
from sitegen.resolve.references import Resolver
from sitegen.urls import Permalink


def named_images(catalog: Catalog, resolver: Resolver) -> dict[str, Permalink]:
    """Return the address of the picture that front matter names, by the path of its file.

    One that is missing is reported to `resolver`.
    """
    found = {}
    for document in catalog.documents.values():
        meta = document.meta
        if isinstance(meta, ExplainerMeta) and meta.image:
            path = resolver.image(document, "image.src", meta.image.src)
        elif isinstance(meta, AuthorMeta) and meta.image:
            path = resolver.image(document, "image", meta.image)
        else:
            continue
        if path:
            found[document.path] = asset_permalink(path)
    return found


def missing_logo(catalog: Catalog, settings: Settings) -> list[Diagnostic]:
    """Return an error where the publisher's logo, as site.yaml names it, is no file of content/."""
    publisher = settings.yaml.publisher
    if not publisher or not publisher.logo or f"content{publisher.logo}" in catalog.assets:
        return []
    return [
        Diagnostic(
            path="content/site.yaml",
            code="missing-image",
            message=f"publisher.logo: no file 'content{publisher.logo}'",
            help="save it in content/assets/ and write its path: /assets/logo.png",
        )
    ]
