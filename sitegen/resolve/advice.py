"""Tells editors what an explainer lacks that can be published as it is."""

from collections.abc import Mapping

from sitegen.diagnostics import Diagnostic
from sitegen.model.document import Document
from sitegen.model.front_matter import ExplainerMeta


def advice(explainers: Mapping[str, Document]) -> list[Diagnostic]:
    """Return what an editor would want to know of each explainer."""
    found = []
    for document in explainers.values():
        meta = document.meta
        assert isinstance(meta, ExplainerMeta)

        def advise(code: str, message: str, mend: str, path: str = document.path) -> None:
            found.append(Diagnostic(path=path, code=code, message=message, help=mend))

        if not document.cited:
            advise("no-citations", "nothing on this page is cited", "cite a source: [words][@id]")
        if not meta.key_points:
            advise("no-key-points", "the page has no key points", "add key_points:, three to five")
        if bool(meta.known) != bool(meta.unknown):
            has, lacks = ("known", "unknown") if meta.known else ("unknown", "known")
            advise(
                "known-without-unknown",
                f"the page has {has}: and no {lacks}:",
                f"add {lacks}:, or take {has}: out",
            )
    return found
