"""Writes what was measured into docs/performance.md, between its markers; prose stays as it is."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from bench.results import HUGO, MarkdownSpeed, Session, read_markdown_speed, read_sessions

DOCUMENT = Path("docs/performance.md")
FOLDER = Path(".bench")
BUILDS = {
    "cold": "cold",
    "unchanged": "unchanged",
    "body": "one body",
    "source": "one source's title",
    "template": "one template",
}
NOT_MEASURED = "not measured"
LARGE = 10_000


class Target(Struct, frozen=True):
    """A line of what is required at 10,000 explainers."""

    what: str
    required: float
    aim: float
    value: Callable[[Sequence[Session]], float | None]
    unit: str = ""


def _ratio(case: str) -> Callable[[Sequence[Session]], float | None]:
    def value(session: Session) -> float | None:
        return session.ratio("sitegen", case)

    return lambda sessions: _first(sessions, LARGE, value)


def _memory(sessions: Sequence[Session]) -> float | None:
    def value(session: Session) -> float | None:
        ours, hugo = session.peak("sitegen", "cold"), session.peak(HUGO, "cold")
        return ours / hugo if ours and hugo else None

    return _first(sessions, LARGE, value)


def _latency(sessions: Sequence[Session]) -> float | None:
    p50 = _first(sessions, LARGE, lambda each: each.latency("sitegen", 50))
    return p50 * 1000 if p50 else None


def _latency_ratio(sessions: Sequence[Session]) -> float | None:
    def value(session: Session) -> float | None:
        ours, hugo = session.latency("sitegen", 50), session.latency(HUGO, 50)
        return ours / hugo if ours and hugo else None

    return _first(sessions, LARGE, value)


def _growth(sessions: Sequence[Session]) -> float | None:
    small = _first(sessions, 1000, lambda each: each.wall("sitegen", "cold"))
    large = _first(sessions, LARGE, lambda each: each.wall("sitegen", "cold"))
    return large / small / (LARGE / 1000) if small and large else None


TARGETS = (
    Target("cold build without search, wall, against Hugo", 1.7, 1.0, _ratio("cold")),
    Target("unchanged, against Hugo", 0.03, 0.015, _ratio("unchanged")),
    Target("one body edited, against Hugo", 0.05, 0.025, _ratio("body")),
    Target("one source's title edited, against Hugo", 0.08, 0.04, _ratio("source")),
    Target("one template edited, against Hugo", 0.6, 0.35, _ratio("template")),
    Target("save to served, median", 250, 100, _latency, " ms"),
    Target("save to served, median, against Hugo's server", 1.0, 1.0, _latency_ratio),
    Target("peak memory of a cold build, against Hugo", 0.5, 0.25, _memory),
    Target("cold seconds a page, 10,000 against 1,000", 1.1, 1.0, _growth),
)


def targets_table(sessions: Sequence[Session], markdown: MarkdownSpeed | None) -> str:
    """Return what is required at 10,000 explainers beside what was measured."""
    rows = []
    for each in (*TARGETS, *_markdown_targets(markdown)):
        value = each.value(sessions)
        if value is None:
            told, verdict = NOT_MEASURED, ""
        else:
            told = f"{value:.3g}{each.unit}"
            verdict = "meets the aim" if value <= each.aim else "meets"
            verdict = verdict if value <= each.required else "falls short"
        bounds = (f"<= {bound:g}{each.unit}" for bound in (each.required, each.aim))
        rows.append((each.what, *bounds, told, verdict))
    return table(("at 10,000 explainers", "required", "aim", "measured", ""), rows)


def session_tables(session: Session) -> str:
    """Return a session's builds, memory and servers."""
    about = (
        f"{session.size:,} explainers, {session.began[:10]}, {session.machine}. "
        f"{'; '.join(session.versions.values())}."
    )
    tables = [about, _builds(session), _others(session)]
    tables += [f"Failed: {each.splitlines()[0]}" for each in session.failures]
    return "\n\n".join(each for each in tables if each)


def print_session(session: Session) -> None:
    """Print a session's tables."""
    print(f"\n{session_tables(session)}\n")


def shown_sessions(sessions: Sequence[Session]) -> list[Session]:
    """Return the newest session of each set of tools at each size, smallest size first."""
    newest: dict[tuple[int, frozenset[str]], Session] = {}
    for session in sessions:
        newest.setdefault((session.size, frozenset(session.versions)), session)
    return sorted(newest.values(), key=lambda each: (each.size, -len(each.versions)))


def update(document: str, sessions: Sequence[Session], markdown: MarkdownSpeed | None) -> str:
    """Return the document with its marked parts written anew."""
    parts = {
        "targets": targets_table(sessions, markdown),
        "sessions": "\n\n".join(session_tables(each) for each in shown_sessions(sessions))
        or "Nothing was measured yet.",
    }
    for name, text in parts.items():
        head, begin, rest = document.partition(f"<!-- {name} -->\n")
        _, end, tail = rest.partition(f"<!-- end of {name} -->")
        document = f"{head}{begin}\n{text}\n\n{end}{tail}"
    return document


def _markdown_targets(markdown: MarkdownSpeed | None) -> tuple[Target, Target]:
    generated, real = (markdown.generated, markdown.real) if markdown else (None, None)
    what = "Markdown, CPU a page, against stock: {}"
    return (
        Target(what.format("generated documents"), 0.4, 0.2, lambda _: generated),
        Target(what.format("real documents, all extensions"), 0.5, 0.3, lambda _: real),
    )


def _builds(session: Session) -> str:
    rows = []
    for tool in session.versions:
        cells = [_build_cell(session, tool, case) for case in BUILDS]
        if any(cells):
            rows.append((tool, *(cell or NOT_MEASURED for cell in cells)))
    heads = ("wall s (CPU s), ratio to Hugo", *BUILDS.values())
    return table(heads, rows) if rows else ""


def _build_cell(session: Session, tool: str, case: str) -> str:
    wall, cpu = session.wall(tool, case), session.cpu(tool, case)
    if wall is None or cpu is None:
        return ""
    ratio = session.ratio(tool, case)
    told = f"{wall:.2f} ({cpu:.2f})"
    return told if ratio is None or tool == HUGO else f"{told}, **{ratio:.3g}**"


def _others(session: Session) -> str:
    rows = []
    for tool in session.versions:
        peaks = [session.peak(tool, case) for case in ("cold", "body")]
        served = [session.latency(tool, percentile) for percentile in (50, 95)]
        if any((*peaks, *served)):
            cells = [f"{mib:,.0f} MiB" if mib else NOT_MEASURED for mib in peaks]
            cells += [f"{each * 1000:,.0f} ms" if each else NOT_MEASURED for each in served]
            edits = sum(len(each.seconds) for each in session.served if each.tool == tool)
            rows.append((tool, *cells, str(edits or "")))
    heads = ("", "memory, cold", "memory, one body", "save to served, p50", "p95", "edits")
    return table(heads, rows) if rows else ""


def _first(
    sessions: Sequence[Session], size: int, value: Callable[[Session], float | None]
) -> float | None:
    found = (value(each) for each in sessions if each.size == size)
    return next((each for each in found if each is not None), None)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    written = update(document, read_sessions(FOLDER), read_markdown_speed(FOLDER))
    DOCUMENT.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
