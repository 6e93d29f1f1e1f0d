"""One attempt at a build, and what it came to in words for the terminal and the browser."""

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from sitegen.build import BuildOptions, BuildReport, Early, Progress
from sitegen.diagnostics import Diagnostic, has_errors, render_text, summary
from sitegen.errors import SitegenError

MOST_SHOWN = 50
"""Diagnostics of one failed build that are shown."""


class Build(Protocol):
    """What builds: `sitegen.build.build`, or a test's stand-in."""

    def __call__(
        self,
        options: BuildOptions,
        progress: Progress | None = None,
        *,
        early: Early | None = None,
        saved: frozenset[Path] = frozenset(),
    ) -> BuildReport:
        """Build, and give `early` what is done before the rest: of the `saved` files first."""


class Failure(Struct, frozen=True):
    """Why the output is not what the content says."""

    heading: str
    """As in `2 errors, 1 warning`."""
    text: str
    """The diagnostics as the terminal shows them, or one line."""


class Outcome(Struct, frozen=True, kw_only=True):
    """What a build came to."""

    base_path: str | None
    """Empty or as in `/briefings`; None if the build broke before it could tell."""
    as_of: str = ""
    """The day it was built for; empty if the build broke before it could tell."""
    failure: Failure | None = None
    changed: bool = False
    """Whether any file of the output is another than before."""
    warnings: tuple[Diagnostic, ...] = ()
    """Those of a good build; a failure's text holds its own."""
    message: str
    """What the terminal says."""
    trace: str = ""
    """Where the program broke, for a developer."""


def attempt(
    build: Build,
    options: BuildOptions,
    publishing: Callable[[], None],
    early: Early,
    saved: frozenset[Path],
) -> Outcome:
    """Build, and return what came of it; raises nothing whatever the build raises.

    `publishing` is called before the build begins to change the output, `early` with pages that
    may be shown before that; `saved` are the files that changed, none if that is not known.
    """

    def progress(stage: str, done: int, total: int) -> None:
        if stage == "publish" and not done:
            publishing()

    try:
        return _outcome(build(options, progress, early=early, saved=saved))
    except SitegenError as error:
        return _broken("the build could not be done", str(error))
    except BaseException as error:  # noqa: BLE001 no build may end the server, nor SystemExit
        first_line = "".join(str(error).splitlines()[:1])
        line = f"internal error: {type(error).__name__}" + (f": {first_line}" if first_line else "")
        return _broken("internal error", line, traceback.format_exc())


def _outcome(report: BuildReport) -> Outcome:
    counts = summary(report.diagnostics)
    if has_errors(report.diagnostics) or not report.published:
        heading = counts or "nothing was published"
        text = _shown(report.diagnostics)
        return Outcome(
            base_path=report.base_path,
            as_of=report.as_of,
            failure=Failure(heading, text),
            message=f"{text}{heading}",
        )
    explainers = f"{report.explainers} explainer{'' if report.explainers == 1 else 's'}"
    message = f"built {explainers} in {report.total_seconds:.1f} s"
    return Outcome(
        base_path=report.base_path,
        as_of=report.as_of,
        changed=bool(report.written or report.removed),
        warnings=report.diagnostics,
        message=f"{message}, {counts}" if counts else message,
    )


def _shown(diagnostics: tuple[Diagnostic, ...]) -> str:
    """Return them as text; of very many only the first errors, as nobody reads thousands."""
    if len(diagnostics) <= MOST_SHOWN:
        return render_text(diagnostics)
    first = sorted(diagnostics, key=lambda each: each.severity != "error")[:MOST_SHOWN]
    return f"{render_text(first)}... and {len(diagnostics) - MOST_SHOWN} more\n"


def _broken(heading: str, line: str, trace: str = "") -> Outcome:
    return Outcome(base_path=None, failure=Failure(heading, line), message=line, trace=trace)
