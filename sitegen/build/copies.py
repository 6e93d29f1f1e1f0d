"""Stages the files that are published as they are."""

import time
from collections.abc import Mapping
from pathlib import Path

from sitegen.build.record import CopyRecord
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

    def copies(
        self, site: Site, templates: Templates, root: Path, known: Mapping[str, CopyRecord]
    ) -> dict[str, CopyRecord]:
        """Stage assets and files of content/ by output path; `known` are the last build's.

        Raises SitegenError if one can't be read.
        """
        sources = {f"assets/{name}": path for name, path in templates.assets.items()}
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
