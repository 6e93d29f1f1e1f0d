"""Turns an old site into the files of a publication; a pure function."""

import posixpath
import re
from collections.abc import Mapping

from msgspec import Struct

from sitegen.importing import front, hugo, jekyll, mkdocs
from sitegen.importing.addresses import Addresses, NewPage
from sitegen.importing.anchors import with_known_anchors
from sitegen.importing.fences import plain_fences
from sitegen.importing.mending import Imported, mended
from sitegen.importing.names import Names
from sitegen.importing.new_records import NewRecords
from sitegen.importing.old import Left, OldFiles, OldSite
from sitegen.importing.records import (
    TODO_SUMMARY,
    file_text,
    list_line,
    plain_line,
    text_line,
)
from sitegen.importing.references import rewritten
from sitegen.importing.words import first_sentences, plain_words, words_of_name
from sitegen.load.document import load_document
from sitegen.load.scan import ContentFile
from sitegen.load.source_text import without_code
from sitegen.load.text import REFUSED
from sitegen.model.front_matter import FOLDERS, Kind
from sitegen.model.settings import LoadSettings
from sitegen.resolve.catalog import OWN_ADDRESSES
from sitegen.urls import slug_problem

_GENERATORS = {"hugo": hugo, "jekyll": jekyll, "mkdocs": mkdocs}
_TAKEN_OVER = frozenset(
    """title summary description excerpt date lastmod updated last_modified_at draft published
    expirydate tags tag categories category author authors aliases redirect_from slug url permalink
    toc series lang layout""".split()
)
"""Keys whose value is used, or says nothing here."""


class Plan(Struct, frozen=True, kw_only=True):
    """What an import writes, and what it leaves."""

    files: Mapping[str, str]
    """The text of each new file by its path below the publication."""
    copies: Mapping[str, str]
    """The old site's file for each new path."""
    left: tuple[Left, ...]
    """By path."""


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
        files={**conversion.records.files, **conversion.texts},
        copies=conversion.addresses.copies,
        left=tuple(sorted({*conversion.left, *conversion.addresses.left})),
    )


class _Conversion:
    """The files that have come of the pages so far."""

    def __init__(self, old: OldSite, files: OldFiles, names: Names) -> None:
        self.old = old
        self.names = names
        self.left = [Left("", note) for note in old.notes]
        self.texts: dict[str, str] = {}
        self.kinds: dict[str, Kind] = {}
        self.pages = self._named()
        self.records = NewRecords(old, names)
        self.addresses = Addresses(old, files, self.pages, self.records.topics)
        self._aliases = {f"/{FOLDERS['explainer']}/{page.name}/" for page in self.pages}

    def _named(self) -> list[NewPage]:
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
            pages.append(NewPage(old=page, kind=kind, path=path, name=name))
        return pages

    def make_topics(self) -> None:
        """Make the topic of each category and tag, so that links to their pages find it."""
        for page in self.pages:
            if page.kind == "explainer":
                for title in self._taxonomy(page.old.front):
                    self.records.topic(title)

    def convert(self, page: NewPage) -> None:
        """Make the file of one page, and the records that it needs."""
        values = page.old.front
        given, body = self._body(page)
        title = front.text_of(values.get("title")) or given or words_of_name(page.old.name)
        outside: dict[str, str] = {}
        body = rewritten(
            body,
            lambda target, words, picture: self.addresses.resolve(
                page, target, words, picture, outside
            ),
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
        files = frozenset([*there, *self.records.files, *self.texts, *self.addresses.copies])
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
        self, page: NewPage, title: str, summary: str, outside: Mapping[str, str]
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
        sources = [self.records.source(url, words) for url, words in outside.items()]
        if not sources:
            draft = True
            sources = [self.records.old_site()]
            self.left.append(
                Left(page.path, "links to no outside source: kept as a draft until it names one")
            )
        topics = [self.records.topic(each) for each in self._taxonomy(values)] or [
            self.records.topic("Imported")
        ]
        names = front.texts_of(values.get("authors") or values.get("author"))
        series = front.texts_of(values.get("series"))
        return [
            text_line("title", title),
            text_line("summary", summary),
            plain_line("date", day),
            plain_line("updated", updated),
            list_line("topics", dict.fromkeys(topics)),
            list_line("sources", dict.fromkeys(sources)),
            list_line("authors", dict.fromkeys(map(self.records.author, names))),
            plain_line("draft", "true" if draft else ""),
            plain_line("expires", front.day_of(values.get("expirydate"))),
            text_line("series", series[0] if series else ""),
            plain_line("toc", "false" if values.get("toc") is False else ""),
        ]

    def _body(self, page: NewPage) -> tuple[str, str]:
        """Return the title that the text begins with, if it does, and the text below it."""
        body = plain_fences(REFUSED.sub("", page.old.body.replace("\r\n", "\n")).strip("\n"))
        title = ""
        heading = re.match(r"#[ \t]+(.+?)[ \t]*#*(?:\{[^}\n]*\})?[ \t]*\n", f"{body}\n")
        if heading:
            title, body = plain_words(heading[1]), body[heading.end() :]
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
            text = plain_words(body[block.start() : block.end()])
            if text and re.match(r"\w|[“\"'「*_\[]", block[0].strip()) and "TODO:" not in text:
                return first_sentences(text)
        return ""

    def _new_aliases(self, page: NewPage) -> list[str]:
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

    # Records

    def _taxonomy(self, values: Mapping[str, object]) -> list[str]:
        if self.old.generator == "jekyll":
            return jekyll.taxonomy(values)
        keys = ("categories", "category", "tags", "tag", "topics")
        return [word for key in keys for word in front.texts_of(values.get(key))]
