"""Makes the name of a new file from its title."""

import re
import unicodedata

_LONGEST_BYTES = 80
"""Long enough to know the page by, short enough to say."""

_HAN = re.compile(r"[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def slug_of(title: str) -> str:
    """Return a slug in ASCII letters and digits; may be empty.

    A title with Chinese characters keeps its own script: how they are read is known to people of
    its language only (one character is read in several ways in Japanese, and otherwise in
    Chinese), and addresses may hold them. What is too long ends with a whole word.
    """
    text = unicodedata.normalize("NFKC", title)
    if not _HAN.search(text):
        from anyascii import anyascii

        text = "".join(anyascii(each).lower() for each in text)
    return _shortened(re.sub(r"[\W_]+", "-", re.sub("['\u2019]", "", text.casefold())).strip("-"))


def _shortened(slug: str) -> str:
    if len(slug.encode()) <= _LONGEST_BYTES:
        return slug
    cut = slug.encode()[: _LONGEST_BYTES + 1].decode("utf-8", "ignore")
    words, hyphen, _ = cut.rpartition("-")
    if hyphen:
        return words.strip("-")
    return slug.encode()[:_LONGEST_BYTES].decode("utf-8", "ignore")
