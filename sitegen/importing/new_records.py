"""Makes the topics, authors and sources that imported pages need, each once."""

import posixpath
from urllib.parse import urlsplit

from sitegen.importing.names import Names
from sitegen.importing.old import OldSite
from sitegen.importing.records import author_text, source_text, topic_text
from sitegen.scaffold.slug import slug_of


class NewRecords:
    """The records made so far."""

    def __init__(self, old: OldSite, names: Names) -> None:
        """Make records for an old site, with names that nothing else has."""
        self._old = old
        self._names = names
        self.files: dict[str, str] = {}
        """The text of each record by its path below the publication."""
        self.topics: dict[str, str] = {}
        """The name of each topic by the slug of its title."""
        self._authors: dict[str, str] = {}
        self._sources: dict[str, str] = {}

    def topic(self, title: str) -> str:
        """Return the name of the topic of this title."""
        key = slug_of(title) or title
        if key not in self.topics:
            name = self.topics[key] = self._names.give("topic", title)
            summary = "TODO: one sentence that says what belongs to this topic."
            self.files[f"content/topics/{name}.md"] = topic_text(title, summary)
        return self.topics[key]

    def author(self, title: str) -> str:
        """Return the name of the author of this name."""
        if title not in self._authors:
            name = self._authors[title] = self._names.give("author", title)
            self.files[f"content/authors/{name}.md"] = author_text(title)
        return self._authors[title]

    def source(self, url: str, words: str) -> str:
        """Return the name of the source at an address that a text links to by these words."""
        if url not in self._sources:
            parts = urlsplit(url)
            host = (parts.hostname or "").removeprefix("www.")
            last = posixpath.basename(parts.path.rstrip("/")).partition(".")[0]
            name = self._sources[url] = self._names.give(
                "source", f"{host} {last}", f"{host} {words}"
            )
            title = words if len(words) > 3 else url
            self.files[f"content/sources/{name}.md"] = source_text(title, host or url, url)
        return self._sources[url]

    def old_site(self) -> str:
        """Return the name of the source that stands in for an explainer that links to none."""
        key = "the old site"
        if key not in self._sources:
            title = self._old.title or "The old site"
            name = self._sources[key] = self._names.give("source", f"{title} before the move")
            url = self._old.base_url if self._old.base_url.startswith("http") else ""
            self.files[f"content/sources/{name}.md"] = source_text(
                f"{title}, as it was before the move", title, url
            )
        return self._sources[key]
