"""content/receipts.json: what vouches for a quotation where its source's snapshot is not at hand.

    {"receipts": [{"source": "report-2024", "snapshot": "<digest of the folded snapshot>",
      "quotation": "<digest of the folded quotation>", "offset": 120, "length": 31,
      "day": "2025-02-07"}]}

Offset and length count characters of the folded snapshot; digests are BLAKE2b (RFC 7693) of UTF-8,
16 bytes, in hexadecimal. A receipt holds no word of the source.
"""

import json
from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

from sitegen.engine.digest import digest

PATH = "content/receipts.json"


class Receipt(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, order=True):
    """A quotation that stood in a snapshot on a day."""

    source: str
    snapshot: str
    quotation: str
    offset: int
    length: int
    day: str


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    receipts: tuple[Receipt, ...]


Receipts = Mapping[str, Mapping[bytes, Receipt]]
"""By source, and by the digest of the quotation."""


def read_receipts(data: bytes) -> Receipts:
    """Return the receipts of a file; an empty one has none.

    Raises ValueError, with a reason in plain words, if the file is not of this form.
    """
    if not data.strip():
        return {}
    found: dict[str, dict[bytes, Receipt]] = {}
    try:
        for receipt in msgspec.json.decode(data, type=_File).receipts:
            found.setdefault(receipt.source, {})[bytes.fromhex(receipt.quotation)] = receipt
    except (msgspec.MsgspecError, ValueError) as error:
        raise ValueError(str(error)) from error
    return found


def receipts_digest(receipts: Mapping[bytes, Receipt]) -> bytes:
    """Return the digest of one source's receipts."""
    return digest(b"".join(sorted(receipts)))


def receipts_json(receipts: Iterable[Receipt]) -> bytes:
    """Return the file that holds `receipts`: one a line, sorted, so that changes can be read."""
    lines = [json.dumps(msgspec.to_builtins(each)) for each in sorted(receipts)]
    body = ",\n".join(f"  {line}" for line in lines)
    return (f'{{"receipts": [\n{body}\n]}}\n' if lines else '{"receipts": []}\n').encode()
