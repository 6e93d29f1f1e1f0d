"""Makes the pages of saved files before the rest of a build, for somebody who waits for them."""

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from sitegen.build.documents import load_context, reload_files
from sitegen.build.options import BuildOptions
from sitegen.build.record import Record, restore_site
from sitegen.build.site import settings_of
from sitegen.build.stored import Entry, StoredBodies, read_documents
from sitegen.diagnostics import has_errors
from sitegen.engine.cache import Cache
from sitegen.load.scan import FoundFile, find_file
from sitegen.load.settings import PATH, load_settings
from sitegen.model.site import Site
from sitegen.render.page_recipes import page_recipe
from sitegen.render.pages import make_view, render
from sitegen.render.templates import Templates, templates_at

MOST_EARLY = 8
"""So many pages are made before the rest of the site."""


class EarlyPages(Struct, frozen=True, kw_only=True):
    """What was made of saved files before the rest."""

    pages: dict[str, bytes] = {}
    """By output path."""
    converted: tuple[str, ...] = ()
    """The files whose Markdown was converted for it, whether pages came of them or not."""


def pages_of(
    entries: Iterable[Entry], site: Site, templates: Templates, cache: Cache
) -> dict[str, bytes]:
    """Return the own pages of files, by output path. Raises Lost if one is stored no more."""
    found: dict[str, bytes] = {}
    for document in read_documents(cache, entries):
        page = site.page(document.kind, document.name)
        if page is not None:
            recipe = page_recipe(page.card, site.settings.yaml.language)
            view = make_view(recipe, site, templates.interface)
            content = render(recipe, view, templates)
            if isinstance(content, bytes):
                found[recipe.output_path] = content
    return found


def saved_pages(
    saved: Iterable[Path], options: BuildOptions, code: bytes, record: Record, cache: Cache
) -> EarlyPages:
    """Return the pages of files of which only running text has changed since the last build.

    They are shown on the site of the last build, whose other files are not looked at: what such a
    change shows on besides its own page, the whole build finds out. There are none where anything
    else in a file did change, or is wrong. `saved` are whole paths without links; `record` is of
    the last build. Raises Lost.
    """
    root = options.root.resolve()
    files: list[FoundFile] = []
    for path in saved:
        found = find_file(path, root)
        if found is None or found.path not in record.entries:
            return EarlyPages()
        files.append(found)
    try:
        yaml, _ = load_settings((root / PATH).read_bytes())
    except OSError:
        return EarlyPages()
    if yaml is None:
        return EarlyPages()
    context = load_context(root, yaml, code, cache)
    templates = templates_at(options.root / "templates")
    # A page made early can't show templates and assets that are still to come.
    if context.key != record.load_key or templates.digest != record.templates:
        return EarlyPages()
    loaded = reload_files(files, context, record.entries)
    for entry in loaded.entries:
        before = record.entries[entry.path]
        if (
            entry.key == before.key
            or (entry.document, entry.terms) != (before.document, before.terms)
            or has_errors(entry.diagnostics)
        ):
            return EarlyPages(converted=loaded.converted)
    bodies = StoredBodies(cache, {**record.entries, **{each.path: each for each in loaded.entries}})
    site = restore_site(record.site, settings_of(options, yaml), bodies, cache)
    templates.use_filters(yaml.template_filters)
    return EarlyPages(
        pages=pages_of(loaded.entries, site, templates, cache), converted=loaded.converted
    )
