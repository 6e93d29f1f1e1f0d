"""Measures search, and keeps what came out in `.bench/`; see docs/search-quality.md."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace
from playwright.sync_api import Browser

from bench.compare import machine
from bench.measure import CommandFailed
from bench.search import cost, quality, report
from bench.search.browser import NoBrowser, chromium
from bench.search.collection import CRANFIELD, Collection, Missing, collections
from bench.search.engines import ENGINES, NoEngine, Tools
from bench.search.results import QualityRow, SearchSession, now, write_session

FAILURES = (NoEngine, CommandFailed)


def measure_quality(chosen: argparse.Namespace, browser: Browser) -> None:
    """Measure the chosen engines on the chosen collections, and print the tables."""
    tools = Tools(chosen.folder / "tools", chosen.sitegen)
    session = SearchSession(began=now(), machine=machine())
    for collection in _collections(chosen, tools):
        for engine in chosen.engines:
            try:
                row = quality.measure(collection, engine, tools, browser)
            except FAILURES as error:
                print(f"{collection.name} {engine}: {error}", flush=True)
                continue
            print(f"{collection.name} {engine}: MRR@10 {row.quality.mrr:.3f}", flush=True)
            if chosen.show:
                _show(collection, row)
            session = replace(session, quality=(*session.quality, row))
            write_session(session, chosen.folder)
    print(f"\n{report.quality_tables([session])}\n")


def measure_cost(chosen: argparse.Namespace, browser: Browser) -> None:
    """Measure what the chosen engines cost at the chosen sizes, and print the tables."""
    tools = Tools(chosen.folder / "tools", chosen.sitegen)
    session = SearchSession(began=now(), machine=machine())
    for size in chosen.sizes:
        folder = chosen.folder / "search"
        rows = cost.measure(size, chosen.engines, tools, browser, folder, chosen.runs)
        session = replace(session, cost=(*session.cost, *rows))
        write_session(session, chosen.folder)
    print(f"\n{report.cost_tables([session])}\n")


def _collections(chosen: argparse.Namespace, tools: Tools) -> Iterator[Collection]:
    for name in chosen.collections:
        try:
            folder = chosen.folder / "search"
            yield from collections(name, folder.resolve(), chosen.cranfield, tools.program)
        except Missing as error:
            print(f"{name} is skipped: {error}", flush=True)


def _show(collection: Collection, row: QualityRow) -> None:
    if collection.name == "shipped-held-out":  # a look at it would be tuning
        return
    for each in collection.queries:
        if (rank := row.ranks[each.id]) != 1:
            print(f"  {each.id} rank {rank or '-'}: {each.query}", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench.search", description=__doc__)
    every = argparse.ArgumentParser(add_help=False)
    every.add_argument("--folder", type=Path, default=Path(".bench"), help="[default: .bench]")
    measured = argparse.ArgumentParser(add_help=False, parents=[every])
    measured.add_argument(
        "--sitegen", type=_program, default=_program(""), metavar="PATH", help="another sitegen"
    )
    commands = parser.add_subparsers(dest="command", required=True)
    asked = commands.add_parser("quality", parents=[measured], help="how well engines find")
    names = ("cranfield", "shipped")
    asked.add_argument("--collections", nargs="+", choices=names, default=names, metavar="NAME")
    asked.add_argument("--engines", nargs="+", choices=ENGINES, default=ENGINES, metavar="ENGINE")
    asked.add_argument(
        "--cranfield", type=Path, default=CRANFIELD, metavar="DIR", help=f"[default: {CRANFIELD}]"
    )
    asked.add_argument("--show", action="store_true", help="queries that are not answered first")
    taken = commands.add_parser("cost", parents=[measured], help="what an index takes")
    both = ("sitegen", "pagefind")
    taken.add_argument("--engines", nargs="+", choices=both, default=both, metavar="ENGINE")
    taken.add_argument("--sizes", nargs="+", type=int, default=[1000], metavar="N")
    taken.add_argument("--runs", type=int, default=3, help="of each case  [default: 3]")
    commands.add_parser("report", parents=[every], help="write docs/search-quality.md")
    return parser


def _program(path: str) -> tuple[str, ...]:
    return (str(Path(path).absolute()),) if path else (sys.executable, "-m", "sitegen")


def main() -> None:
    chosen = _parser().parse_args()
    if chosen.command == "report":
        report.write(chosen.folder)
        return
    chosen.folder.mkdir(parents=True, exist_ok=True)
    try:
        with chromium() as browser:
            (measure_quality if chosen.command == "quality" else measure_cost)(chosen, browser)
    except (NoBrowser, CommandFailed) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
