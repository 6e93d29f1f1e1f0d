"""Turns an old site into the files of a publication; a pure function."""

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from sitegen.importing import front, hugo, jekyll, mkdocs
from sitegen.importing.anchors import with_known_anchors
from sitegen.importing.fences import plain_fences
from sitegen.importing.mending import Imported, mended
from sitegen.importing.names import Names
from sitegen.importing.old import Left, OldFiles, OldPage, OldSite
from sitegen.importing.records import (
    TODO_SUMMARY,
    author_text,
    file_text,
    list_line,
    plain_line,
    source_text,
    text_line,
    topic_text,
)
from sitegen.importing.references import rewritten
from sitegen.load.document import load_document
from sitegen.load.scan import PUBLISHED_TYPES, ContentFile
from sitegen.load.source_text import without_code
from sitegen.load.text import REFUSED
from sitegen.model.front_matter import FOLDERS, Kind
from sitegen.model.settings import LoadSettings
from sitegen.resolve.catalog import OWN_ADDRESSES
from sitegen.scaffold.slug import slug_of
from sitegen.urls import outside_scheme, slug_problem

_GENERATORS = {"hugo": hugo, "jekyll": jekyll, "mkdocs": mkdocs}
_TAKEN_OVER = frozenset(
    """title summary description excerpt date lastmod updated last_modified_at draft published
    expirydate tags tag categories category author authors aliases redirect_from slug url permalink
    toc series lang layout""".split()
)
"""Keys whose value is used, or says nothing here."""
_LONGEST_SUMMARY = 300


class Plan(Struct, frozen=True, kw_only=True):
    """What an import writes, and what it leaves."""

    files: Mapping[str, str]
    """The text of each new file by its path below the publication."""
    copies: Mapping[str, str]
    """The old site's file for each new path."""
    left: tuple[Left, ...]
    """By path."""


class _New(Struct, frozen=True, kw_only=True):
    """A page and the file it becomes."""

    old: OldPage
    kind: Kind
    path: str
    name: str


def plan(
    old: OldSite, files: OldFiles, taken: Mapping[Kind, Mapping[str, str]], language: str
) -> Plan:
    """Return what becomes of the old site.

    `taken` holds, by kind, the path of each name that the publication has already; `language` is
    the publication's own.
    """
    conversion = _Conversion(old, files, Names(taken))
    conversion.make_topics()
    for page in conversion.pages:
        conversion.convert(page)
    conversion.mend(LoadSettings(language=language, extensions=()), taken)
    return Plan(
        files={**conversion.records, **conversion.texts},
        copies=conversion.copies,
        left=tuple(sorted(set(conversion.left))),
    )


class _Conversion:
    """The files that have come of the pages so far."""

    def __init__(self, old: OldSite, files: OldFiles, names: Names) -> None:
        self.old = old
        self.files = files
        self.names = names
        self.left = [Left("", note) for note in old.notes]
        self.records: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        self.kinds: dict[str, Kind] = {}
        self.copies: dict[str, str] = {}
        self._topics: dict[str, str] = {}
        self._authors: dict[str, str] = {}
        self._sources: dict[str, str] = {}
        self.pages = self._named()
        self._by_file = {page.old.path: page.path for page in self.pages}
        self._by_address: dict[str, str] = {}
        for page in self.pages:
            for address in page.old.addresses:
                self._by_address.setdefault(_folded(address), page.path)
        self._aliases = {f"/{FOLDERS['explainer']}/{page.name}/" for page in self.pages}

    def _named(self) -> list[_New]:
        pages = []
        # Of two of one name the one nearer the root keeps it.
        for page in sorted(self.old.pages, key=lambda each: (each.path.count("/"), each.path)):
            if not page.body.strip():
                self.left.append(Left(page.path, "has no text"))
                continue
            kind: Kind = "explainer" if page.dated else "page"
            suffix = f".{page.lang}" if page.lang else ""
            whole = posixpath.splitext(page.addresses[0])[0].strip("/").replace("/", "-")
            name = self.names.give(kind, page.name, whole, suffix=suffix)
            path = f"content/{FOLDERS[kind]}/{name}.md"
            pages.append(_New(old=page, kind=kind, path=path, name=name))
        return pages

    def make_topics(self) -> None:
        """Make the topic of each category and tag, so that links to their pages find it."""
        for page in self.pages:
            if page.kind == "explainer":
                for title in self._taxonomy(page.old.front):
                    self._topic(title)

    def convert(self, page: _New) -> None:
        """Make the file of one page, and the records that it needs."""
        values = page.old.front
        given, body = self._body(page)
        title = front.text_of(values.get("title")) or given or _words(page.old.name)
        outside: dict[str, str] = {}
        body = rewritten(
            body,
            lambda target, words, picture: self._resolve(page, target, words, picture, outside),
        )
        summary = self._summary(values, body)
        alias = self._new_aliases(page)
        unknown = sorted(key for key in values if key.lower() not in _TAKEN_OVER)
        if unknown:
            self.left.append(Left(page.old.path, f"front matter left: {', '.join(unknown)}"))
        if page.kind == "explainer":
            lines = self._explainer(page, title, summary or TODO_SUMMARY, outside)
        else:
            lines = [text_line("title", title), text_line("summary", summary)]
        self.kinds[page.path] = page.kind
        self.texts[page.path] = file_text([*lines, list_line("aliases", alias)], body)

    def mend(self, settings: LoadSettings, taken: Mapping[Kind, Mapping[str, str]]) -> None:
        """Lead anchors to the headings there are, and keep as code what a build would refuse.

        `taken` as in `plan`.
        """
        self._keep_as_code(settings, None)
        self.texts, left = with_known_anchors(
            self.texts, {path: self._anchors(path, settings) for path in self.texts}
        )
        self.left += left
        there = [path for names in taken.values() for path in names.values()]
        sources = f"content/{FOLDERS['source']}/"
        files = frozenset([*there, *self.records, *self.texts, *self.copies])
        imported = Imported(
            files=files,
            sources=frozenset(
                posixpath.basename(path).removesuffix(".md")
                for path in files
                if path.startswith(sources)
            ),
        )
        self._keep_as_code(settings, imported)

    def _keep_as_code(self, settings: LoadSettings, imported: Imported | None) -> None:
        for path, text in self.texts.items():
            self.texts[path], refused = mended(path, self.kinds[path], text, settings, imported)
            self.left += [Left(path, f"kept as code: {what}") for what in refused]

    def _anchors(self, path: str, settings: LoadSettings) -> tuple[str, ...]:
        file = ContentFile(kind=self.kinds[path], path=path, data=self.texts[path].encode())
        document = load_document(file, settings).document
        return document.anchors if document else ()

    def _explainer(
        self, page: _New, title: str, summary: str, outside: Mapping[str, str]
    ) -> list[str]:
        values = page.old.front
        day = front.day_of(values.get("date"))
        updated = next(
            (
                found
                for key in ("lastmod", "updated", "last_modified_at")
                if (found := front.day_of(values.get(key))) > day
            ),
            "",
        )
        draft = values.get("draft") is True or values.get("published") is False
        sources = [self._source(url, words) for url, words in outside.items()]
        if not sources:
            draft = True
            sources = [self._old_site()]
            self.left.append(
                Left(page.path, "links to no outside source: kept as a draft until it names one")
            )
        topics = [self._topic(each) for each in self._taxonomy(values)] or [self._topic("Imported")]
        names = front.texts_of(values.get("authors") or values.get("author"))
        series = front.texts_of(values.get("series"))
        return [
            text_line("title", title),
            text_line("summary", summary),
            plain_line("date", day),
            plain_line("updated", updated),
            list_line("topics", dict.fromkeys(topics)),
            list_line("sources", dict.fromkeys(sources)),
            list_line("authors", dict.fromkeys(map(self._author, names))),
            plain_line("draft", "true" if draft else ""),
            plain_line("expires", front.day_of(values.get("expirydate"))),
            text_line("series", series[0] if series else ""),
            plain_line("toc", "false" if values.get("toc") is False else ""),
        ]

    def _body(self, page: _New) -> tuple[str, str]:
        """Return the title that the text begins with, if it does, and the text below it."""
        body = plain_fences(REFUSED.sub("", page.old.body.replace("\r\n", "\n")).strip("\n"))
        title = ""
        heading = re.match(r"#[ \t]+(.+?)[ \t]*#*(?:\{[^}\n]*\})?[ \t]*\n", f"{body}\n")
        if heading:
            title, body = _plain(heading[1]), body[heading.end() :]
        body = re.sub(r"<!--\s*more\s*-->", "", body)
        pieces, position = [], 0
        for match in _GENERATORS[self.old.generator].UNREAD.finditer(without_code(body)):
            raw = " ".join(body[match.start() : match.end()].replace("`", "'").split())
            pieces += [body[position : match.start()], f"TODO: replace `{raw}`"]
            position = match.end()
            self.left.append(Left(page.path, f"a TODO stands for {raw}"))
        return title, "".join(pieces) + body[position:]

    def _summary(self, values: Mapping[str, object], body: str) -> str:
        for key in ("summary", "description", "excerpt"):
            text = front.text_of(values.get(key))
            if text and "{{" not in text:
                return text
        for block in re.finditer(r"(?:[ \t]*\S[^\n]*\n?)+", without_code(body)):
            text = _plain(body[block.start() : block.end()])
            if text and re.match(r"\w|[“\"'「*_\[]", block[0].strip()) and "TODO:" not in text:
                return _cut(text)
        return ""

    def _new_aliases(self, page: _New) -> list[str]:
        """Return the addresses at which the page stood, as far as they are free."""
        values = page.old.front
        wanted = [*page.old.addresses[:1]]
        for key in ("aliases", "redirect_from"):
            wanted += front.texts_of(values.get(key))
        new = f"/{page.name}/" if page.kind == "page" else f"/explainers/{page.name}/"
        found = []
        for address in wanted:
            rooted = f"/{address.strip('/')}"
            rooted += "/" if "." not in rooted.rpartition("/")[2] else ""
            rooted = rooted.removesuffix("index.html")
            parts = [part for part in rooted.split("/") if part]
            if rooted == new or not parts or rooted in self._aliases:
                continue
            own = len(parts) == 1 and rooted.casefold() in OWN_ADDRESSES
            if own or any(slug_problem(part, dots=True) for part in parts):
                self.left.append(Left(page.old.path, f"no redirect from {rooted}"))
                continue
            self._aliases.add(rooted)
            found.append(rooted)
        return found

    # Addresses

    def _resolve(
        self, page: _New, target: str, words: str, picture: bool, outside: dict[str, str]
    ) -> str | None:
        """Return the address in place of `target`, or None if it leads nowhere."""
        base = self.old.base_url.rstrip("/")
        if base and (target == base or target.startswith(f"{base}/")):
            target = target.removeprefix(base) or "/"
        scheme = outside_scheme(target)
        if (scheme and scheme != "ref") or target.startswith("//"):
            if picture:
                self.left.append(Left(page.path, f"the picture {target} is on another site"))
                return None
            if scheme in ("http", "https") and not re.search(r'[\s"<>\\^`{|}]', target):
                outside.setdefault(target, _plain(words))
                return target
            return target if scheme in ("mailto", "tel") else None
        if target.startswith("#"):
            return target if len(target) > 1 else None
        path, _, anchor = target.removeprefix("ref:").partition("#")
        path = unquote(path.partition("?")[0])
        found = self._place(page, path, is_file=target.startswith("ref:"))
        if found is None:
            what = "the picture" if picture else "the link to"
            self.left.append(Left(page.path, f"{what} {target} leads nowhere: its words are kept"))
            return None
        new = posixpath.relpath(found, posixpath.dirname(page.path))
        return f"{new}#{anchor}" if anchor and found.endswith(".md") else new

    def _place(self, page: _New, path: str, *, is_file: bool) -> str | None:
        """Return the new file that an old path or address leads to."""
        folder = posixpath.dirname(page.old.path)
        root = {"hugo": "content", "mkdocs": page.old.path.partition("/")[0]}.get(
            self.old.generator, ""
        )
        rooted = posixpath.normpath(f"{root}/{path.lstrip('/')}").lstrip("/")
        beside = posixpath.normpath(posixpath.join(folder, path)) if path else page.old.path
        for place in (rooted, beside) if path.startswith("/") or is_file else (beside, rooted):
            for name in (
                place,
                f"{place}.md",
                f"{place}.markdown",
                f"{place}/index.md",
                f"{place}/_index.md",
            ):
                if name in self._by_file:
                    return self._by_file[name]
        if is_file:
            ends = tuple(f"/{posixpath.basename(path)}{end}" for end in ("", ".md", ".markdown"))
            named = [new for old, new in self._by_file.items() if old.endswith(ends)]
            if named:
                return named[0]
        base = urlsplit(self.old.base_url).path.rstrip("/")
        where = page.old.addresses[0]
        addresses = [posixpath.join(where if where.endswith("/") else f"{where}/..", path)]
        if path.startswith("/"):
            addresses = [path, path.removeprefix(base)] if base else [path]
        for address in addresses:
            if (new := self._by_address.get(_folded(address))) is not None:
                return new
        for term, kind_path in self._topics.items():
            if any(_folded(each) in (f"/tags/{term}", f"/categories/{term}") for each in addresses):
                return f"content/topics/{kind_path}.md"
        for place in (beside, *addresses):
            old = self.old.assets.get(posixpath.normpath(f"/{place.lstrip('/')}")) or (
                place if place in self.files.others else None
            )
            if old is not None:
                return self._copy(page, old)
        return None

    def _copy(self, page: _New, old: str) -> str | None:
        if posixpath.splitext(old)[1].lower() not in PUBLISHED_TYPES:
            self.left.append(Left(old, "is of a type that is not published"))
            return None
        for prefix in ("static/", "content/", "docs/", "assets/"):
            if old.startswith(prefix):
                inside = old.removeprefix(prefix)
                break
        else:
            inside = old
        safe = "/".join(re.sub(r"[^\w.-]+", "-", part).strip("-.") for part in inside.split("/"))
        new = f"content/assets/{safe}"
        self.copies.setdefault(new, old)
        return new

    # Records

    def _taxonomy(self, values: Mapping[str, object]) -> list[str]:
        if self.old.generator == "jekyll":
            return jekyll.taxonomy(values)
        keys = ("categories", "category", "tags", "tag", "topics")
        return [word for key in keys for word in front.texts_of(values.get(key))]

    def _topic(self, title: str) -> str:
        key = slug_of(title) or title
        if key not in self._topics:
            name = self._topics[key] = self.names.give("topic", title)
            summary = "TODO: one sentence that says what belongs to this topic."
            self.records[f"content/topics/{name}.md"] = topic_text(title, summary)
        return self._topics[key]

    def _author(self, title: str) -> str:
        if title not in self._authors:
            name = self._authors[title] = self.names.give("author", title)
            self.records[f"content/authors/{name}.md"] = author_text(title)
        return self._authors[title]

    def _source(self, url: str, words: str) -> str:
        if url not in self._sources:
            parts = urlsplit(url)
            host = (parts.hostname or "").removeprefix("www.")
            last = posixpath.basename(parts.path.rstrip("/")).partition(".")[0]
            name = self._sources[url] = self.names.give(
                "source", f"{host} {last}", f"{host} {words}"
            )
            title = words if len(words) > 3 else url
            self.records[f"content/sources/{name}.md"] = source_text(title, host or url, url)
        return self._sources[url]

    def _old_site(self) -> str:
        """Return the source that stands in for an explainer that links to none."""
        key = "the old site"
        if key not in self._sources:
            title = self.old.title or "The old site"
            name = self._sources[key] = self.names.give("source", f"{title} before the move")
            url = self.old.base_url if self.old.base_url.startswith("http") else ""
            self.records[f"content/sources/{name}.md"] = source_text(
                f"{title}, as it was before the move", title, url
            )
        return self._sources[key]


def _folded(address: str) -> str:
    """Return an address without what servers take for the same."""
    path = posixpath.normpath(f"/{address.lstrip('/')}")
    return unquote(path).removesuffix("/index.html").removesuffix(".html").casefold() or "/"


def _plain(markdown: str) -> str:
    """Return Markdown's words without its marks, roughly: for a title or a summary."""
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", markdown)
    text = re.sub(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])", r"\1", text)
    text = re.sub(r"<[^>]+>|\{:?[^}\n]*\}|\[\^[^\]]*\]", "", text)
    return " ".join(re.sub(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}", "", text).split())


def _cut(text: str) -> str:
    """Return whole sentences of a text, or its beginning, if it is long."""
    if len(text) <= _LONGEST_SUMMARY:
        return text
    end = max(text.rfind(mark, 0, _LONGEST_SUMMARY) for mark in (". ", "! ", "? ", "。"))
    return text[: end + 1] if end > 0 else text[: _LONGEST_SUMMARY - 1].rpartition(" ")[0] + "…"


def _words(name: str) -> str:
    return name.replace("-", " ").replace("_", " ").capitalize()
