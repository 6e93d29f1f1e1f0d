from pathlib import Path

import pytest
from msgspec.structs import replace

from sitegen.build import BuildOptions, BuildReport, Early, Progress
from sitegen.diagnostics import Diagnostic, render_text
from sitegen.errors import SitegenError
from sitegen.serve.outcome import MOST_SHOWN, Outcome, attempt
from tests.serve.running import problem

OPTIONS = BuildOptions(root=Path("nowhere"))
GOOD = BuildReport(
    diagnostics=(),
    published=True,
    base_path="/briefings",
    counts={"explainer": 12},
    seconds={"load": 0.3, "render": 0.1},
    written=("index.html",),
)
WARNING = Diagnostic(path="content/x.md", code="no-citations", message="cites nothing")


def outcome_of(made: BuildReport | BaseException) -> Outcome:
    def build(
        options: BuildOptions,
        progress: Progress | None = None,
        *,
        early: Early | None = None,
        saved: frozenset[Path] = frozenset(),
    ) -> BuildReport:
        if isinstance(made, BaseException):
            raise made
        return made

    return attempt(build, OPTIONS, lambda: None, lambda pages: None, frozenset())


def test_a_good_build_is_one_line() -> None:
    assert outcome_of(GOOD) == Outcome(
        base_path="/briefings", changed=True, message="built 12 explainers in 0.4 s"
    )
    one = replace(GOOD, counts={"explainer": 1}, written=(), diagnostics=(WARNING,))
    outcome = outcome_of(one)
    assert outcome.message == "built 1 explainer in 0.4 s, 1 warning"
    assert outcome.warnings == (WARNING,)
    assert not outcome.changed


def test_errors_read_as_on_the_terminal() -> None:
    found = (problem("one"), WARNING)
    outcome = outcome_of(replace(GOOD, published=False, diagnostics=found))
    assert outcome.failure
    assert outcome.failure.text == render_text(found)
    assert outcome.failure.heading == "1 error, 1 warning"
    assert outcome.message == render_text(found) + "1 error, 1 warning"


def test_warnings_of_a_strict_build_fail_it() -> None:
    outcome = outcome_of(replace(GOOD, published=False, diagnostics=(WARNING,)))
    assert outcome.failure
    assert outcome.failure.heading == "1 warning"


def test_of_thousands_only_the_first_errors_are_shown() -> None:
    found = (*[WARNING] * 200, problem("last"))
    outcome = outcome_of(replace(GOOD, published=False, diagnostics=found))
    assert outcome.failure
    assert outcome.failure.text.startswith("content/x.md:6:5: error")
    assert outcome.failure.text.endswith(f"... and {201 - MOST_SHOWN} more\n")
    assert outcome.failure.heading == "1 error, 200 warnings"


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (ValueError("first\nsecond"), "internal error: ValueError: first"),
        (RecursionError(), "internal error: RecursionError"),
        (SystemExit(3), "internal error: SystemExit: 3"),
        (KeyboardInterrupt(), "internal error: KeyboardInterrupt"),
    ],
)
def test_a_program_that_breaks_is_one_line(error: BaseException, line: str) -> None:
    outcome = outcome_of(error)
    assert outcome.failure
    assert (outcome.message, outcome.failure.text) == (line, line)
    assert "Traceback" in outcome.trace


def test_a_machine_that_fails_is_its_own_line() -> None:
    outcome = outcome_of(SitegenError("no space left on the disk"))
    assert outcome.message == "no space left on the disk"
    assert not outcome.trace


def test_publishing_is_told_once_and_before() -> None:
    told: list[str] = []

    def build(
        options: BuildOptions,
        progress: Progress | None = None,
        *,
        early: Early | None = None,
        saved: frozenset[Path] = frozenset(),
    ) -> BuildReport:
        assert progress
        for stage, done, total in (("load", 1, 2), ("publish", 0, 0), ("publish", 1, 2)):
            progress(stage, done, total)
            told.append(stage)
        return GOOD

    attempt(build, OPTIONS, lambda: told.append("told"), lambda pages: None, frozenset())
    assert told == ["load", "told", "publish", "publish"]
