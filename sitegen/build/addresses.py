"""Finds outputs that would overwrite one another, or stand where another needs a folder."""

from collections.abc import Iterable, Sequence

from sitegen.diagnostics import Diagnostic
from sitegen.model.site import Site
from sitegen.publish.manifest import NAME
from sitegen.render.listings import page_of
from sitegen.render.recipe import Recipe


def collisions(recipes: Iterable[Recipe], site: Site, assets: Iterable[str]) -> list[Diagnostic]:
    """Report each content file whose address another output has, or needs as a folder."""
    owners = {str(copied.permalink): copied.asset.path for copied in site.files}
    for redirect in site.redirects:
        owners[redirect.alias] = page_of(site, redirect.target).document.path
    paths = [str(recipe.output_path) for recipe in recipes]
    paths += [f"assets/{name}" for name in assets]
    paths += [copied.permalink.lstrip("/") for copied in site.files]
    taken = {NAME} | _folders(paths)
    found: list[Diagnostic] = []
    seen: set[str] = set()
    for path in sorted(paths, key=lambda each: _address(each) in owners):
        if path in seen or path in taken:
            address = _address(path)
            found.append(
                Diagnostic(
                    path=owners.get(address, f"templates/{path}"),
                    code="duplicate-address",
                    message=f"the address {address} already belongs to another file or folder",
                    help="choose another",
                )
            )
        seen.add(path)
    return found


def _folders(paths: Sequence[str]) -> set[str]:
    """Return every folder that holds one of `paths`, at any depth."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _address(path: str) -> str:
    return "/" + path.removesuffix("index.html")
