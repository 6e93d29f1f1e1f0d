"""Plain BM25 over one field, any word matches: the reference; see `bench.search.peers`.

k1 = 1.2, b = 0.75, and the idf of Robertson and Zaragoza, "The Probabilistic Relevance Framework"
(2009), plus one so that it is never negative. English is stemmed, Japanese cut into bigrams.
"""

import json
import math
import re
import sys
import unicodedata
from collections import Counter, defaultdict

import snowballstemmer

K1, B = 1.2, 0.75
_JAPANESE = "\u3040-\u30ff\u3400-\u9fff\u3005\uff66-\uff9f"
_PIECE = re.compile(rf"[{_JAPANESE}]+|[^\W_{_JAPANESE}]+")
_STEMMER = snowballstemmer.stemmer("english")


def words(text: str) -> list[str]:
    """Return a text's words as they are indexed."""
    found = []
    for piece in _PIECE.findall(unicodedata.normalize("NFKC", text).casefold()):
        if re.match(rf"[{_JAPANESE}]", piece):
            found += [piece[at : at + 2] for at in range(max(1, len(piece) - 1))]
        else:
            found.append(_STEMMER.stemWord(piece))
    return found


class Index:
    """Postings of documents."""

    def __init__(self, documents: list[dict[str, str]]) -> None:
        self._names = [each["permalink"] for each in documents]
        self._postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._lengths = []
        for number, each in enumerate(documents):
            counted = Counter(words(f"{each['title']} {each['text']}"))
            self._lengths.append(counted.total())
            for word, count in counted.items():
                self._postings[word].append((number, count))
        self._mean = sum(self._lengths) / len(self._lengths)

    def search(self, query: str, limit: int) -> list[str]:
        """Return the documents with any of the words, the best first."""
        scores: dict[int, float] = defaultdict(float)
        for word in words(query):
            postings = self._postings.get(word, [])
            rarity = math.log(1 + (len(self._names) - len(postings) + 0.5) / (len(postings) + 0.5))
            for number, count in postings:
                length = 1 - B + B * self._lengths[number] / self._mean
                scores[number] += rarity * count * (K1 + 1) / (count + K1 * length)
        ranked = sorted(scores, key=lambda number: (-scores[number], number))
        return [self._names[number] for number in ranked[:limit]]


def main() -> None:
    asked = json.load(sys.stdin)
    index = Index(asked["documents"])
    found = [index.search(query, asked["limit"]) for query in asked["queries"]]
    json.dump({"rankings": found}, sys.stdout)


if __name__ == "__main__":
    main()
