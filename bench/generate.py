"""Writes a publication for sitegen, the same for the same size: N explainers of about 900 words."""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.idioms import sitegen
from bench.project import write_project
from bench.publication import make_publication


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    chosen = parser.parse_args()
    write_project(sitegen.FULL, make_publication(chosen.count), chosen.folder)


if __name__ == "__main__":
    main()
