"""Made-up policy language: a few thousand words, and sentences with a writer's punctuation."""

import random
from functools import cache
from itertools import accumulate

FUNCTION_WORDS = (
    "the of and to in a that for on with as by at from is was were be has had it its this which "
    "not but or an are their they would could after before between under over into since until "
    "while where who more than also other only about"
).split()
ONSETS = "b br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr qu r s sc sh sp st t th tr v w z"
VOWELS = "a e i o u ai au ea ee ie io ou oa"
CODAS = "b ck d ff g l lt m n nd ng nt p r rd rm rn rt s ss st t v x"
ENDINGS = (
    "ed ing ion ment ance ence ity al ial ic ive ous ary ory ism ist ate ise ure age ship ness "
    "able er or s es ly"
).split()
ABBREVIATIONS = ("U.N.", "Art. 5", "No. 12", "Sec. 3(b)", "e.g.", "i.e.", "Fig. 2", "approx.")
UNITS = ("per cent", "million euros", "billion yen", "households", "square kilometres", "votes")
SIZE = 4000


@cache
def vocabulary() -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Return the words, and the running sum of how often each is used: few often, most rarely."""
    chance = random.Random("vocabulary")
    onsets, vowels, codas = ONSETS.split(), VOWELS.split(), CODAS.split()
    words: dict[str, None] = {}
    while len(words) < SIZE:
        syllables = [
            chance.choice(onsets) + chance.choice(vowels) + chance.choice((*codas, ""))
            for _ in range(chance.choices((1, 2), (2, 1))[0])
        ]
        words["".join(syllables) + chance.choice((*ENDINGS, *[""] * 12))] = None
    # As in any language, the words that are used most are short.
    ranked = sorted(words, key=lambda word: len(word) + chance.uniform(0, 6))
    return tuple(ranked), tuple(accumulate(1 / (rank + 20) for rank in range(SIZE)))


def words(chance: random.Random, count: int) -> list[str]:
    """Return so many words, function words among them."""
    rare, weights = vocabulary()
    content = iter(chance.choices(rare, cum_weights=weights, k=count))
    return [
        chance.choice(FUNCTION_WORDS) if chance.random() < 0.42 else next(content)
        for _ in range(count)
    ]


def phrase(chance: random.Random, count: int) -> str:
    """Return so many rare words, as in a title."""
    rare, weights = vocabulary()
    return " ".join(chance.choices(rare, cum_weights=weights, k=count))


def title(chance: random.Random, count: int) -> str:
    """Return so many rare words that begin with a capital."""
    return phrase(chance, count).capitalize()


def name(chance: random.Random) -> str:
    """Return the name of a person or an office."""
    return phrase(chance, 2).title()


def plain_sentence(chance: random.Random, shortest: int = 8, longest: int = 22) -> str:
    """Return a sentence without markup."""
    chosen = words(chance, chance.randint(shortest, longest))
    if len(chosen) > 12:
        chosen[5] += ","
    return f"{' '.join(chosen).capitalize()}."


def sentence(chance: random.Random) -> str:
    """Return a sentence of Markdown: every other one has a quotation, a figure, emphasis, ..."""
    chosen = words(chance, chance.randint(8, 24))
    chosen[0] = chosen[0].capitalize()
    place = chance.randrange(2, len(chosen) - 2)
    if chance.random() < 0.5:
        chosen[place] = _ornament(chance, chosen[place])
    if len(chosen) > 11:
        chosen[-5] += chance.choices((",", ";", ":", " --", " –", ""), (9, 1, 1, 1, 1, 4))[0]
    return " ".join(chosen) + chance.choices((".", "?", "!"), (40, 3, 1))[0]


def _ornament(chance: random.Random, word: str) -> str:
    match chance.randrange(12):
        case 0 | 1:
            return f'"{phrase(chance, 3)}"'
        case 2:
            return f"**{word}**"
        case 3 | 4:
            return f"*{phrase(chance, 2)}*"
        case 5:
            return f"`{word}_{chance.randint(1, 99)}`"
        case 6:
            return f"({phrase(chance, 2)})"
        case 7:
            return chance.choice(ABBREVIATIONS)
        case 8:
            return f"{name(chance)}'s {word}"
        case 9:
            return f"[{phrase(chance, 2)}](https://example.org/{word})"
        case 10:
            return f"{name(chance)} doesn't"
        case _:
            return f"{chance.randint(2, 9999):,} {chance.choice(UNITS)}"
