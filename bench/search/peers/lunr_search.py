"""Indexes documents with lunr as it comes and answers queries; see `bench.search.peers`."""

import gzip
import json
import sys

from lunr import lunr
from lunr.exceptions import BaseLunrException
from lunr.index import Index


def ask(index: Index, query: str, limit: int) -> list[str]:
    """Return what a query finds; one that lunr's syntax does not allow finds nothing."""
    try:
        return [each["ref"] for each in index.search(query)[:limit]]
    except BaseLunrException:
        return []


def main() -> None:
    asked = json.load(sys.stdin)
    index = lunr(ref="permalink", fields=("title", "text"), documents=asked["documents"])
    packed = json.dumps(index.serialize(), separators=(",", ":")).encode()
    answer = {
        "rankings": [ask(index, query, asked["limit"]) for query in asked["queries"]],
        "index_bytes": len(packed),
        "wire_bytes": len(gzip.compress(packed, 6)),
    }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
