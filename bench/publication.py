"""A made-up publication of any size as frozen values, the same for the same size."""

import random
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from bench.vocabulary import name, phrase, plain_sentence, sentence, title, words

Item = TypeVar("Item")

QUESTIONS = (
    "What happened, and when?",
    "Why does it matter?",
    "Who decides?",
    "What does it cost?",
    "What do the critics say?",
    "What comes next?",
)


class Claim(Struct, frozen=True):
    """Words with the source that supports them."""

    words: str
    source: int
    page: int


class Link(Struct, frozen=True):
    """Words that lead to another explainer."""

    words: str
    explainer: int


Text = tuple[str | Claim | Link, ...]
"""Markdown that every tool reads alike, with what each writes in its own way between."""


class Topic(Struct, frozen=True):
    """What an explainer is about."""

    number: int
    title: str
    summary: str
    body: str
    explainers: tuple[int, ...]
    """Newest first."""

    @property
    def slug(self) -> str:
        """Return the last part of the address."""
        return f"topic-{self.number}"


class Source(Struct, frozen=True):
    """A record of a document that explainers cite."""

    number: int
    title: str
    publisher: str
    published: str
    url: str
    body: str
    cited_by: tuple[int, ...]
    """Explainers, newest first."""

    @property
    def slug(self) -> str:
        """Return the last part of the address."""
        return f"source-{self.number}"


class Explainer(Struct, frozen=True):
    """What readers come for. Its text is made when it is asked for: see `body`."""

    number: int
    title: str
    summary: str
    date: str
    topics: tuple[int, ...]
    sources: tuple[int, ...]
    related: tuple[int, ...]
    addition: str = ""
    """A last paragraph: what an edit writes."""

    @property
    def slug(self) -> str:
        """Return the last part of the address."""
        return f"explainer-{self.number}"


class Publication(Struct, frozen=True):
    """N explainers, the square root of N topics, half of N sources."""

    topics: tuple[Topic, ...]
    sources: tuple[Source, ...]
    explainers: tuple[Explainer, ...]

    @property
    def newest(self) -> list[Explainer]:
        """Return the twenty explainers that home and the feed show."""
        return sorted(self.explainers, key=_newest_first)[:20]


def make_publication(count: int) -> Publication:
    """Return the publication of `count` explainers."""
    topic_count, source_count = max(1, round(count**0.5)), max(1, count // 2)
    explainers = tuple(
        _explainer(number, count, topic_count, source_count) for number in range(count)
    )
    by_topic: list[list[int]] = [[] for _ in range(topic_count)]
    by_source: list[list[int]] = [[] for _ in range(source_count)]
    for each in sorted(explainers, key=_newest_first):
        for topic in each.topics:
            by_topic[topic].append(each.number)
        for source in each.sources:
            by_source[source].append(each.number)
    return Publication(
        topics=tuple(_topic(number, listed) for number, listed in enumerate(by_topic)),
        sources=tuple(_source(number, listed) for number, listed in enumerate(by_source)),
        explainers=explainers,
    )


def key_points(explainer: Explainer) -> tuple[Text, ...]:
    """Return the three sentences at the head of an explainer; two of them cite."""
    chance = random.Random(f"key points {explainer.number}")
    first, last = explainer.sources[0], explainer.sources[-1]
    return (
        (f"{' '.join(words(chance, 9)).capitalize()} ", _claim(chance, first), "."),
        (f"{' '.join(words(chance, 7)).capitalize()} ", _claim(chance, last), "."),
        (plain_sentence(chance, 12, 20),),
    )


def body(explainer: Explainer) -> Text:
    """Return the text of an explainer: about 900 words, most sections with claims and a list."""
    chance = random.Random(f"explainer {explainer.number}")
    sources = _sources_in_turn(chance, explainer)
    parts: list[Text] = [_paragraph(chance, None, 3)]
    footnotes = 0
    for place, question in enumerate(chance.sample(QUESTIONS, chance.randint(4, 5))):
        parts.append((f"## {question}",))
        parts.append(_paragraph(chance, next(sources), 4))
        if place % 2 == 0:
            bullet = "1." if place == 2 else "-"
            items = (f"{bullet} {plain_sentence(chance)}" for _ in range(chance.randint(3, 5)))
            parts.append(("\n".join(items),))
        if place == 1:
            parts.append(_table(chance, next(sources)))
            parts.append((f"### {title(chance, 4)}",))
        if place == 3:
            parts.append((f"> {sentence(chance)}\n> {sentence(chance)}",))
        footnotes += 1
        parts.append((*_paragraph(chance, next(sources), 2), f"[^{footnotes}]"))
    for other in explainer.related:
        link = Link(words=phrase(chance, 3), explainer=other)
        parts.append(("Read next: ", link, f", {' '.join(words(chance, 6))}."))
    parts += [(f"[^{number}]: {plain_sentence(chance)}",) for number in range(1, footnotes + 1)]
    if explainer.addition:
        parts.append((explainer.addition,))
    return tuple(chain.from_iterable((*part, "\n\n") for part in parts))


def with_addition(publication: Publication, number: int, addition: str) -> Publication:
    """Return it with a last paragraph on one explainer, in place of the last such."""
    edited = replace(publication.explainers[number], addition=addition)
    return replace(publication, explainers=_put(publication.explainers, number, edited))


def with_title(publication: Publication, number: int, title: str) -> Publication:
    """Return it with another title for one source."""
    edited = replace(publication.sources[number], title=title)
    return replace(publication, sources=_put(publication.sources, number, edited))


def source_cited_by(publication: Publication, wanted: int) -> Source:
    """Return the source whose number of citing explainers is nearest to `wanted`."""
    return min(publication.sources, key=lambda each: abs(len(each.cited_by) - wanted))


def _put(items: tuple[Item, ...], number: int, item: Item) -> tuple[Item, ...]:
    return (*items[:number], item, *items[number + 1 :])


def _newest_first(explainer: Explainer) -> tuple[int, int]:
    return -int(explainer.date.replace("-", "")), explainer.number


def _topic(number: int, explainers: Iterable[int]) -> Topic:
    chance = random.Random(f"topic {number}")
    return Topic(
        number=number,
        title=title(chance, 2),
        summary=plain_sentence(chance),
        body=" ".join(sentence(chance) for _ in range(4)),
        explainers=tuple(explainers),
    )


def _source(number: int, cited_by: Iterable[int]) -> Source:
    chance = random.Random(f"source {number}")
    return Source(
        number=number,
        title=title(chance, chance.randint(4, 9)),
        publisher=f"Office of {name(random.Random(f'publisher {chance.randrange(200)}'))}",
        published=f"{chance.randint(1995, 2025)}-{chance.randint(1, 12):02}",
        url=f"https://example.org/documents/{number}",
        body=" ".join(sentence(chance) for _ in range(2)),
        cited_by=tuple(cited_by),
    )


def _explainer(number: int, count: int, topics: int, sources: int) -> Explainer:
    chance = random.Random(f"explainer {number} of {count}")
    second = (chance.randrange(topics),) if chance.random() < 0.3 else ()
    # Some sources are cited by many, most by a few: the power makes the low numbers likelier.
    cited = dict.fromkeys(
        int(sources * chance.random() ** 1.5) for _ in range(chance.randint(4, 7))
    )
    return Explainer(
        number=number,
        title=title(chance, chance.randint(3, 8)),
        summary=plain_sentence(chance, 15, 28),
        date=f"{chance.randint(2012, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        topics=tuple(dict.fromkeys((number % topics, *second))),
        sources=tuple(cited),
        related=tuple(sorted({chance.randrange(count) for _ in range(2)})),
    )


def _sources_in_turn(chance: random.Random, explainer: Explainer) -> Iterator[int]:
    yield from explainer.sources
    while True:
        yield chance.choice(explainer.sources)


def _claim(chance: random.Random, source: int) -> Claim:
    return Claim(
        words=" ".join(words(chance, chance.randint(3, 7))),
        source=source,
        page=chance.randint(1, 90),
    )


def _paragraph(chance: random.Random, source: int | None, sentences: int) -> Text:
    told = " ".join(sentence(chance) for _ in range(sentences))
    if source is None:
        return (told,)
    return (f"{told} {name(chance)} says that ", _claim(chance, source), ".")


def _table(chance: random.Random, source: int) -> Text:
    rows = "\n".join(
        f"| {year} | {' '.join(words(chance, 6))} | {chance.randint(10, 9999):,} |"
        for year in sorted(chance.sample(range(1998, 2025), 4))
    )
    head = f"| Year | {title(chance, 2)} | {title(chance, 1)} |\n|---|---|--:|\n{rows}\n| 2025 | "
    return (head, _claim(chance, source), f" | {chance.randint(10, 9999):,} |")
