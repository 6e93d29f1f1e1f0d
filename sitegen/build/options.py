"""What a build is asked for, and what it did."""

from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from sitegen.diagnostics import Diagnostic

WORKSPACE = ".sitegen"
"""The folder of the publication that holds what can be made again."""
CACHE = "cache.sqlite"

Progress = Callable[[str, int, int], None]
"""Is told a stage, and how many of how many things are done."""


Early = Callable[[Mapping[str, bytes]], None]
"""Is given pages by output path as soon as they are made, long before they are published."""


class BuildOptions(Struct, frozen=True, kw_only=True):
    """What the command line says of a build."""

    root: Path
    output: Path | None = None
    """Default: `root`/output."""
    base_url: str = ""
    """Default: site.yaml's."""
    drafts: bool = False
    future: bool = False
    as_of: str = ""
    """A day; default: SOURCE_DATE_EPOCH, else today in the publication's time zone."""
    strict: bool = False
    search: bool = True
    jobs: int = 0
    """How many processes; 0: one for each core."""
    cache: bool = True
    """False: neither use what earlier builds left in .sitegen/ nor leave anything there."""

    @property
    def output_folder(self) -> Path:
        """Return where the site goes."""
        return self.output or self.root / "output"


class BuildReport(Struct, frozen=True, kw_only=True):
    """What a build did."""

    diagnostics: tuple[Diagnostic, ...]
    published: bool
    """False where errors (or, in a strict build, warnings) kept the last site as it was."""
    strict: bool = False
    """Whether warnings count as errors, by the options or by site.yaml."""
    as_of: str = ""
    base_path: str = ""
    """`/briefings`, or an empty string."""
    counts: Mapping[str, int] = {}
    """Documents by kind; files loaded; artifacts, rendered, written, removed and unchanged."""
    seconds: Mapping[str, float] = {}
    """By stage."""
    loaded: tuple[str, ...] = ()
    """The content files whose Markdown was converted."""
    rendered: tuple[str, ...] = ()
    """The output paths that were rendered."""
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def explainers(self) -> int:
        """Return how many explainers the site has."""
        return self.counts.get("explainer", 0)

    @property
    def total_seconds(self) -> float:
        """Return how long the build took."""
        return sum(self.seconds.values())
