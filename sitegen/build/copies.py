"""Stages the files that are published as they are."""

import time
from collections.abc import Mapping
from pathlib import Path

from sitegen.build.record import CopyRecord
from sitegen.diagnostics import Diagnostic
from sitegen.engine.digest import digest
from sitegen.engine.stamp import stamp
from sitegen.errors import SitegenError
from sitegen.model.site import Site
from sitegen.publish.manifest import Written, is_output_path
from sitegen.publish.writer import Staging
from sitegen.render.templates import Templates


class Stager:
    """Stages files that come out other than they stand."""

    def __init__(self, staging: Staging, standing: Mapping[str, Written]) -> None:
        """Take where to stage, and the files of the last build that still stand."""
        self._staging = staging
        self._standing = standing
        self.staged: list[str] = []

    def assets(
        self, templates: Templates, known: Mapping[str, Written]
    ) -> dict[str, Written] | list[Diagnostic]:
        """Stage the files of templates/assets/ by output path, or return what is wrong with them.

        One that the last build made of the same files, and that still stands, is not made again.
        """
        paths = {name: f"assets/{each}" for name, each in templates.assets.names.items()}

        def stands(name: str, path: str) -> bool:
            old = known.get(path)
            named_by_content = path != f"assets/{name}"
            return named_by_content and old is not None and self._standing.get(path) == old

        made = templates.minified([name for name, path in paths.items() if not stands(name, path)])
        wrong = [each for each in made.values() if isinstance(each, Diagnostic)]
        if wrong:
            return wrong
        found: dict[str, Written] = {}
        for name, path in paths.items():
            content = made.get(name)
            found[path] = self._stage(path, content) if isinstance(content, bytes) else known[path]
        return found

    def copies(
        self, site: Site, root: Path, known: Mapping[str, CopyRecord]
    ) -> dict[str, CopyRecord]:
        """Stage files of content/ by output path; `known` are the last build's.

        Raises SitegenError if one can't be read.
        """
        sources: dict[str, Path] = {}
        for copied in site.files:
            if not is_output_path(copied.asset.file) or not copied.asset.file.startswith(
                "content/"
            ):
                raise SitegenError(f"{copied.asset.file}: this is not a file of content/")
            sources[copied.permalink.lstrip("/")] = root / copied.asset.file
        found: dict[str, CopyRecord] = {}
        now = time.time_ns()
        for path, source in sources.items():
            try:
                marks = stamp(source.stat(), now)
                old = known.get(path)
                if old is None or old.stamp != marks or self._standing.get(path) != old.written:
                    old = CopyRecord(stamp=marks, written=self._stage(path, source.read_bytes()))
            except OSError as error:
                raise SitegenError(f"{source}: {error.strerror or error}") from error
            found[path] = old
        return found

    def _stage(self, path: str, content: bytes) -> Written:
        written = Written(digest=digest(content), size=len(content))
        if self._standing.get(path) != written:
            self._staging.write(path, content)
            self.staged.append(path)
        return written
