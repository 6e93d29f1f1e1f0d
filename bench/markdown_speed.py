"""Measures the CPU time of Markdown, stock Python-Markdown against ours, paired in turn."""

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import markdown

from bench.idioms import sitegen
from bench.project import write_project
from bench.publication import make_publication
from sitegen.fast_markdown import FastMarkdown
from sitegen.load import markdown as load
from sitegen.load.citations import PendingCitations
from sitegen.model.document import HOLE_CLOSE, HOLE_OPEN

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".bench"
"""Where `bench.report` looks."""
_PENDING = re.compile(f"{HOLE_OPEN}p([0-9]+){HOLE_CLOSE}")
PYPI = ("Markdown", "pymdown-extensions")
NPM = ("learnyounode", "javascripting")
"""Tutorials in some twenty languages."""


def bodies(folder: Path) -> list[str]:
    """Return the bodies of every Markdown document below a folder."""
    texts = [path.read_text("utf-8") for path in sorted(folder.rglob("*.md"))]
    return [
        text.split("\n---\n", 1)[-1] if text.startswith("---\n") else text
        for text in texts
        if text.strip()
    ]


def fetched(folder: Path) -> Path:
    """Return a folder of documents of other projects, from their own packages."""
    archives = folder / "archives"
    for name in PYPI:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", name]
        subprocess.run([*command, "--dest", str(archives), name], check=False)
    if npm := shutil.which("npm"):
        for name in NPM:
            command = [npm, "pack", "--silent", "--pack-destination", str(archives), name]
            subprocess.run(command, check=False, capture_output=True)
    for archive in sorted(archives.glob("*gz")):
        with tarfile.open(archive) as opened:
            members = [member for member in opened if member.name.endswith(".md")]
            opened.extractall(folder / archive.stem, members=members, filter="data")
    return folder


def converter(kind: type[markdown.Markdown]) -> load.Converter:
    with patch.object(load, "FastMarkdown", kind):
        return load.Converter(())


def seconds(run: Callable[[str], object], texts: list[str]) -> float:
    began = time.process_time()
    for text in texts:
        run(text)
    return time.process_time() - began


def bodies_seconds(kind: type[markdown.Markdown], each: load.Converter, texts: list[str]) -> float:
    """Return the time of whole bodies: cleaned too, and looked through for what is unsafe."""
    with patch.object(load, "FastMarkdown", kind):
        return seconds(lambda text: each.body("page.md", text), texts)


def named(output: str, citations: PendingCitations) -> str:
    """Return an output with what is cited in place of the numbers that citations have till then.

    They come by these in any order, and get others when the HTML is read.
    """
    return _PENDING.sub(lambda match: repr(citations.found[int(match[1])]), output)


def compared(name: str, texts: list[str], rounds: int) -> dict[str, float | int | str]:
    """Return the medians of each, in milliseconds a page, and of their ratio in the same round."""
    stock, fast = converter(markdown.Markdown), converter(FastMarkdown)

    def only(each: load.Converter) -> Callable[[str], object]:
        def run(text: str) -> object:
            each._reset()
            try:
                return each.markdown.convert(text)
            except Exception as error:  # noqa: BLE001 - some documents make extensions fail
                return repr(error)

        return run

    def shown(each: load.Converter, text: str) -> str:
        return named(str(only(each)(text)), each.citations)

    differing = sum(shown(stock, text) != shown(fast, text) for text in texts)
    times = [(seconds(only(stock), texts), seconds(only(fast), texts)) for _ in range(rounds)]
    whole = [
        (bodies_seconds(markdown.Markdown, stock, texts), bodies_seconds(FastMarkdown, fast, texts))
        for _ in range(rounds)
    ]

    def page(values: list[float]) -> float:
        return round(statistics.median(values) / len(texts) * 1000, 3)

    return {
        "texts": name,
        "pages": len(texts),
        "characters a page": sum(map(len, texts)) // len(texts),
        "differing": differing,
        "stock ms": page([each for each, _ in times]),
        "fast ms": page([each for _, each in times]),
        "ratio": round(statistics.median(fast / stock for stock, fast in times), 3),
        "body before ms": page([each for each, _ in whole]),
        "body after ms": page([each for _, each in whole]),
        "body ratio": round(statistics.median(fast / stock for stock, fast in whole), 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="*", help="documents to measure besides")
    parser.add_argument("--count", type=int, default=300, help="how many explainers to generate")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--offline", action="store_true", help="fetch no other documents")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        generated, others = Path(folder) / "generated", Path(folder) / "others"
        write_project(sitegen.IDIOM, make_publication(chosen.count), generated)
        sets = {
            "generated explainers": bodies(generated / "content/explainers"),
            "content of this repository": bodies(ROOT / "content"),
        }
        if not chosen.offline:
            sets["documents of other projects"] = bodies(fetched(others))
        sets |= {str(folder): bodies(folder) for folder in chosen.folders}
        ratios: dict[str, float] = {}
        for name, texts in sets.items():
            if texts:
                found = compared(name, texts, chosen.rounds)
                ratios[name] = float(found["ratio"])
                print(json.dumps(found))
    FOLDER.mkdir(exist_ok=True)
    generated_ratio = ratios.pop("generated explainers")
    result = {"generated": generated_ratio, "real": max(ratios.values())}
    (FOLDER / "markdown.json").write_text(json.dumps(result))


if __name__ == "__main__":
    main()
