"""The Python interface: `sitegen.build(...)` and `sitegen.check(...)`; see docs/python.md."""

from pathlib import Path

from sitegen.build import commands
from sitegen.build.options import BuildOptions, BuildReport
from sitegen.errors import SitegenError


def build(
    root: str | Path = ".",
    *,
    output: str | Path | None = None,
    base_url: str = "",
    drafts: bool = False,
    future: bool = False,
    as_of: str = "",
    strict: bool = False,
    search: bool = True,
    jobs: int = 0,
    cache: bool = True,
) -> BuildReport:
    """Build the publication at `root`, and return what was done and what is wrong.

    The arguments are the options of `sitegen build`; `as_of` is a day such as 2025-02-06, `jobs` 0
    one process for each core. `report.published` is False where errors kept the last site as it
    was. Raises SitegenError or OSError if the machine fails.
    """
    return commands.build(
        BuildOptions(
            root=_folder(root),
            output=Path(output).resolve() if output is not None else None,
            base_url=base_url,
            drafts=drafts,
            future=future,
            as_of=as_of,
            strict=strict,
            search=search,
            jobs=jobs,
            cache=cache,
        )
    )


def check(
    root: str | Path = ".",
    *,
    base_url: str = "",
    drafts: bool = False,
    future: bool = False,
    as_of: str = "",
) -> BuildReport:
    """Find everything that is wrong with the publication at `root`, without writing output.

    Raises SitegenError or OSError if the machine fails.
    """
    return commands.check(
        BuildOptions(
            root=_folder(root), base_url=base_url, drafts=drafts, future=future, as_of=as_of
        )
    )


def _folder(root: str | Path) -> Path:
    """Return the publication's folder. Raises SitegenError if there is none."""
    folder = Path(root).resolve()
    if not folder.is_dir():
        raise SitegenError(f"{root} is not a folder")
    return folder
