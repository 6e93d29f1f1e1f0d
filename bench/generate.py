"""Writes a publication of any size, the same for the same size: N explainers of about 900 words."""

import argparse
import random
from pathlib import Path

WORDS = (
    "alliance ministers statement treaty islands base move plan cost court law cyber space "
    "satellite sensor debris governor referendum summit preview report office record claim "
    "agreed said expected announced reaffirmed planned delayed opened confirmed described the a "
    "of in on with and for to by from under after before between"
).split()


def sentence(chance: random.Random) -> str:
    words = chance.choices(WORDS, k=chance.randint(8, 22))
    return " ".join([words[0].capitalize(), *words[1:]]) + "."


def paragraph(chance: random.Random, sources: int) -> str:
    parts = [sentence(chance) for _ in range(chance.randint(3, 5))]
    words = " ".join(chance.choices(WORDS, k=6))
    claim = f"[{words}][@source-{chance.randrange(sources)}, p. {chance.randint(1, 90)}]"
    return " ".join([*parts, f"It is known that {claim}."])


def explainer(chance: random.Random, number: int, count: int, topics: int, sources: int) -> str:
    cited = sorted({chance.randrange(sources) for _ in range(3)})
    sections = []
    for heading in ("What happened", "Why it matters", "What it costs", "What comes next"):
        sections.append(f"## {heading}\n\n{paragraph(chance, sources)}\n")
        sections.append("\n".join(f"- {sentence(chance)}" for _ in range(3)) + "\n")
        sections.append(f"{paragraph(chance, sources)}\n")
    table = "| year | what |\n|---|---|\n" + "".join(
        f"| {year} | {sentence(chance)} |\n" for year in (2019, 2023, 2025)
    )
    other = chance.randrange(count)
    return (
        f"---\ntitle: Explainer {number} on {chance.choice(WORDS)}\n"
        f"summary: {sentence(chance)}\n"
        f"date: 20{chance.randint(10, 25)}-0{chance.randint(1, 9)}-11\n"
        f"topics: [topic-{number % topics}]\n"
        f"sources: [{', '.join(f'source-{each}' for each in cited)}]\n"
        f'key_points:\n  - "{sentence(chance)}[@source-{cited[0]}]"\n---\n'
        + "\n".join(sections)
        + f"\n{table}\nSee [another](explainer-{other}.md) and a footnote.[^1]\n\n[^1]: Of note.\n"
    )


def generate(root: Path, count: int) -> None:
    """Write a publication of `count` explainers, sqrt(count) topics and count/2 sources."""
    chance = random.Random(count)
    topics, sources = max(1, round(count**0.5)), max(1, count // 2)
    content = root / "content"
    for folder in ("explainers", "topics", "sources"):
        (content / folder).mkdir(parents=True, exist_ok=True)
    (content / "site.yaml").write_text(
        "title: Generated\nbase_url: https://example.org/\nlanguage: en\ntime_zone: UTC\n"
    )
    for number in range(topics):
        (content / f"topics/topic-{number}.md").write_text(
            f"---\ntitle: Topic {number}\nsummary: {sentence(chance)}\n---\n{sentence(chance)}\n"
        )
    for number in range(sources):
        (content / f"sources/source-{number}.md").write_text(
            f"---\ntitle: Source {number}\npublisher: Office {number % 40}\npublished: 2024-05\n"
            f"url: https://example.org/{number}\n---\n{sentence(chance)}\n"
        )
    for number in range(count):
        text = explainer(chance, number, count, topics, sources)
        (content / f"explainers/explainer-{number}.md").write_text(text)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    chosen = parser.parse_args()
    generate(chosen.folder, chosen.count)
