"""Makes titles and summaries from what a page says."""

import re

_LONGEST = 300
"""Characters of a summary."""


def plain_words(markdown: str) -> str:
    """Return Markdown's words without its marks, roughly: for a title or a summary."""
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", markdown)
    text = re.sub(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])", r"\1", text)
    text = re.sub(r"<[^>]+>|\{:?[^}\n]*\}|\[\^[^\]]*\]", "", text)
    return " ".join(re.sub(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}", "", text).split())


def first_sentences(text: str) -> str:
    """Return whole sentences of a text, or its beginning, if it is long."""
    if len(text) <= _LONGEST:
        return text
    end = max(text.rfind(mark, 0, _LONGEST) for mark in (". ", "! ", "? ", "。"))
    return text[: end + 1] if end > 0 else text[: _LONGEST - 1].rpartition(" ")[0] + "…"


def words_of_name(name: str) -> str:
    """Return a file's name as the words of a title."""
    return name.replace("-", " ").replace("_", " ").capitalize()
