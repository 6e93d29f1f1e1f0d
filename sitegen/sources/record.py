"""The record and the snapshot that an article becomes: pure functions from it to text."""

import re
from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from sitegen.load.scalars import BadScalar, read_language, read_published_date, read_url
from sitegen.scaffold.scalars import quoted
from sitegen.scaffold.slug import slug_of
from sitegen.sources.article import Article, clean_line
from sitegen.urls import slug_problem

_WORDS_OF_TITLE = 4


class Record(Struct, frozen=True, kw_only=True):
    """What was made of an article."""

    text: str
    """The content file: front matter and no body."""
    missing: tuple[str, ...]
    """What could not be found, in the words of the front matter's keys."""


def record_path(source: str) -> str:
    """Return where a source's record lives."""
    return f"content/sources/{source}.md"


def snapshot_path(source: str) -> str:
    """Return where the text of a source lives."""
    return f"content/snapshots/{source}.txt"


def source_id(article: Article) -> str:
    """Return an id from publisher, day and the title's first words; empty if none can be made."""
    words = slug_of(article.title).split("-")[:_WORDS_OF_TITLE]
    publisher = slug_of(article.publisher).removeprefix("the-")
    parts = (publisher, article.published[:10], "-".join(words))
    name = "-".join(part for part in parts if part)
    return "" if slug_problem(name, dots=True) else name


def record(article: Article, accessed: str, kind: str = "") -> Record:
    """Return the record of an article that was read on the day `accessed`.

    Every value that came from outside is in quotation marks, so that none can be taken for YAML.
    A key whose value was not found is left out; `published` may be said to be unknown.
    """
    article = _loadable(article)
    lines = ["---"]
    missing = []
    for key, value in (("title", article.title), ("publisher", article.publisher)):
        if value:
            lines.append(f"{key}: {quoted(value)}")
        else:
            missing.append(key)
    lines.append(f"published: {article.published or 'unknown'}")
    if not article.published:
        missing.append("published")
    if article.url:
        lines.append(f"url: {quoted(article.url)}")
        lines.append(f"accessed: {accessed}")
    else:
        missing.append("url")
    if article.authors:
        lines.append(f"authors: [{', '.join(map(quoted, article.authors))}]")
    else:
        missing.append("authors")
    if article.lang:
        lines.append(f"lang: {article.lang}")
    else:
        missing.append("lang")
    if kind:
        lines.append(f"kind: {kind}")
    if not article.paragraphs:
        missing.append("the text")
    return Record(text="\n".join([*lines, "---", ""]), missing=tuple(missing))


def _loadable(article: Article) -> Article:
    """Return the article without values that a record could not hold."""

    def checked(read: Callable[[str], str], value: str) -> str:
        try:
            return read(value) if value else ""
        except BadScalar:
            return ""

    return replace(
        article,
        title=clean_line(article.title),
        publisher=clean_line(article.publisher),
        authors=tuple(name for name in map(clean_line, article.authors) if name),
        published=checked(read_published_date, article.published),
        lang=checked(read_language, article.lang),
        url=checked(read_url, article.url),
    )


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_KEY = r"^{key}:[^\n]*\n"


def with_key(record_text: str, key: str, value: str) -> str:
    """Return a record with one key of its front matter set, all else left as it is.

    `record_text` begins with front matter; `value` is written in quotation marks, a day without.
    """
    head, fence, rest = record_text.partition("\n---")
    line = f"{key}: {value if _DAY.fullmatch(value) else quoted(value)}\n"
    pattern = re.compile(_KEY.format(key=re.escape(key)), re.MULTILINE)
    block = f"{head}\n"
    if pattern.search(block):
        block = pattern.sub(lambda found: line, block, count=1)
    else:
        block += line
    return block.removesuffix("\n") + fence + rest
