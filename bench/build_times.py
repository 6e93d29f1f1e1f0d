"""Measures cold, unchanged and one-edit builds of generated publications, stage by stage."""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate import generate


def run(root: Path, *options: str) -> dict[str, float]:
    """Return the seconds of each stage of one build in a process of its own, and its wall time."""
    report = root / "report.json"
    began = time.perf_counter()
    subprocess.run(
        [
            *(sys.executable, "-m", "sitegen", "build", "-q", "--root", str(root), *options),
            *("--as-of", "2026-01-01", "--report", str(report)),
        ],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    wall = time.perf_counter() - began
    return {**json.loads(report.read_text())["seconds"], "wall": wall}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", type=int, nargs="*", default=[100, 1000])
    parser.add_argument("--search", action="store_true", help="build the search index too")
    chosen = parser.parse_args()
    options = () if chosen.search else ("--no-search",)
    for count in chosen.counts:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            generate(root, count)
            rows = {"cold": run(root, *options), "unchanged": run(root, *options)}
            edited = root / "content/explainers/explainer-0.md"
            edited.write_text(edited.read_text() + "\nOne more line.\n")
            rows["one edit"] = run(root, *options)
        print(f"{count} explainers")
        for name, seconds in rows.items():
            stages = "  ".join(f"{stage} {value:.2f}" for stage, value in seconds.items())
            print(f"  {name:10} {stages}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory of a build: {peak:.0f} MiB")


if __name__ == "__main__":
    main()
