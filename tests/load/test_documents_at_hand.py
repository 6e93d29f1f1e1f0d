"""Documents come with the entries of files that were just loaded, and are those that are stored."""

from sitegen.build.documents import load_context, load_files
from sitegen.build.stored import read_documents
from sitegen.engine.cache import Cache
from sitegen.load.scan import scan_content
from tests.sites import InlineSite


def test_a_document_that_comes_with_its_entry_is_the_one_that_is_stored(site: InlineSite) -> None:
    site.edit(
        "-- content/glossary/rent.md --\n---\nterm: rent\ndefinition: What a tenant pays.\n---"
    )
    site.edit("-- content/explainers/broken.md --\n---\ntitle: [\n---\nText.")
    files = scan_content(site.root).files
    cache = Cache(site.root / "cache.sqlite")
    context = load_context(site.root, None, b"code", cache)

    made = load_files(files, context, {}, processes=1, progress=lambda done: None)
    with_documents = [each for each in made.entries if each.document]
    assert len(with_documents) == len(made.entries) - 1
    assert made.documents.keys() == {each.path for each in with_documents}
    stored = list(read_documents(cache, with_documents))
    assert stored == [made.documents[each.path] for each in with_documents]

    known = {each.path: each for each in made.entries}
    again = load_files(files, context, known, processes=1, progress=lambda done: None)
    assert again.entries == made.entries
    assert again.documents.keys() <= made.documents.keys()
    assert again.converted == ()
    cache.close()
