"""Measures what checking quotations adds to a build: one publication with snapshots and without.

Every explainer quotes its sources three times, in words that their snapshots hold. Without the
snapshots the same quotations are read and can't be checked; all else is the same.
"""

import argparse
import random
import shutil
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from msgspec import Struct

from bench.idioms.sitegen import FULL
from bench.measure import time_of
from bench.project import write_project
from bench.publication import Explainer, Publication, make_publication
from bench.vocabulary import plain_sentence, words

QUOTATIONS = 3
"""In each explainer."""
QUOTED_WORDS = 14
SNAPSHOT_SENTENCES = 120
"""Beside what is quoted: a document of some 2,000 words."""
CASES = ("cold", "unchanged", "body")
_SNAPSHOTS = "content/snapshots"


class Quoted(Struct, frozen=True):
    """Words of a source that an explainer quotes."""

    explainer: int
    source: int
    words: str


def quotations(explainer: Explainer) -> Iterator[Quoted]:
    """Yield what an explainer quotes."""
    chance = random.Random(f"quotations {explainer.number}")
    for number in range(QUOTATIONS):
        source = explainer.sources[number % len(explainer.sources)]
        yield Quoted(explainer.number, source, " ".join(words(chance, QUOTED_WORDS)))


def write_quotations(publication: Publication, root: Path) -> int:
    """Quote sources in every explainer, and write the snapshots; return how many quotations."""
    by_source: defaultdict[int, list[str]] = defaultdict(list)
    total = 0
    for explainer in publication.explainers:
        told = list(quotations(explainer))
        total += len(told)
        path = root / f"content/explainers/{explainer.slug}.md"
        with path.open("a", encoding="utf-8") as file:
            for each in told:
                file.write(f'\nThe record says "{each.words}" [@source-{each.source}, p. 2].\n')
                by_source[each.source].append(each.words)
    folder = root / _SNAPSHOTS
    folder.mkdir()
    for source, quoted in by_source.items():
        chance = random.Random(f"snapshot {source}")
        told = [plain_sentence(chance, 12, 20) for _ in range(SNAPSHOT_SENTENCES)]
        told += [f"{each}." for each in quoted]
        chance.shuffle(told)
        (folder / f"source-{source}.txt").write_text("\n".join(told), encoding="utf-8")
    return total


def measure(with_snapshots: Path, without: Path, publication: Publication, runs: int) -> None:
    """Build both in turn and print the medians."""
    samples: defaultdict[tuple[str, Path], list[tuple[float, float]]] = defaultdict(list)
    number = len(publication.explainers) // 2
    for run in range(runs):
        both = [with_snapshots, without] if run % 2 else [without, with_snapshots]
        for case in CASES:
            for root in both:
                if case == "cold":
                    for name in (FULL.output, *FULL.caches):
                        shutil.rmtree(root / name, ignore_errors=True)
                if case == "body":
                    slug = publication.explainers[number].slug
                    with (root / f"content/explainers/{slug}.md").open("a") as file:
                        file.write(f"\nAnother paragraph, the {run}th.\n")
                taken = time_of(FULL.build(root, root), root)
                samples[case, root].append((taken.wall, taken.cpu))
    for case in CASES:
        (wall, cpu), (wall_without, cpu_without) = (
            [statistics.median(column) for column in zip(*samples[case, root], strict=True)]
            for root in (with_snapshots, without)
        )
        print(
            f"{case}: {wall:.2f} s ({cpu:.2f} CPU) with snapshots, "
            f"{wall_without:.2f} s ({cpu_without:.2f} CPU) without; "
            f"{wall / wall_without - 1:+.1%} ({cpu / cpu_without - 1:+.1%} CPU)"
        )


def main() -> None:
    """Write the publication twice, measure, and print what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path(".bench/work"))
    chosen = parser.parse_args()
    publication = make_publication(chosen.size)
    roots = [
        (chosen.folder / f"evidence-{chosen.size}-{name}").resolve() for name in ("with", "without")
    ]
    for root in roots:
        shutil.rmtree(root, ignore_errors=True)
        write_project(FULL, publication, root)
        total = write_quotations(publication, root)
    shutil.rmtree(roots[1] / _SNAPSHOTS)
    print(f"{chosen.size} explainers, {total} quotations, {chosen.runs} runs")
    measure(roots[0], roots[1], publication, chosen.runs)


if __name__ == "__main__":
    main()
