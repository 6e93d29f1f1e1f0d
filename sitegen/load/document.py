"""Loads one content file: a pure function of its bytes and the publication's Markdown settings."""

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from sitegen.diagnostics import Diagnostic, Span
from sitegen.engine.digest import digest
from sitegen.load import front_matter, schema, text, yaml
from sitegen.load.html import PageReader
from sitegen.load.markdown import Rendered, converter, is_reserved_anchor
from sitegen.load.positions import Finder
from sitegen.load.scan import ContentFile
from sitegen.load.source_text import without_comments
from sitegen.load.time_words import undated
from sitegen.load.todo import todos
from sitegen.model.document import (
    Body,
    Citation,
    CitedSource,
    DatedWords,
    Document,
    EventText,
    Fragment,
    Loaded,
    Part,
    hole,
)
from sitegen.model.front_matter import (
    FRONT_MATTER,
    ExplainerMeta,
    FrontMatter,
    Kind,
    SourceMeta,
    TermMeta,
    TopicMeta,
)
from sitegen.model.settings import LoadSettings
from sitegen.urls import slug_problem

_LANGUAGE_SUFFIX = re.compile(r"(?P<stem>.+)\.(?P<lang>[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_WORD = re.compile(r"[^\W_]++(?:['\u2019.-][^\W_]++)*+")
_COUNTED_BY_CHARACTER = ("ja", "zh", "ko")


def load_document(file: ContentFile, settings: LoadSettings) -> Loaded:
    """Return the document that `file` holds."""
    decoded, found = text.decode(file.path, file.data)
    if found:
        return Loaded(document=None, body=None, diagnostics=found)
    parts, found = front_matter.split(file.path, decoded)
    if parts is None:
        return Loaded(document=None, body=None, diagnostics=found)
    node, found = yaml.compose(file.path, parts.yaml, parts.yaml_line)
    if found and node is None:
        return Loaded(document=None, body=None, diagnostics=found)
    read = schema.read(file.path, node, FRONT_MATTER[file.kind], Span(1, 1, 3))
    name, suffix, naming = _name(file, read.value)
    findings = [*found, *read.diagnostics, *naming, *todos(file.path, parts)]
    finder = Finder(decoded, parts.body_line)
    page = _PageLoader(file.path, settings, finder)
    values = _markdown_values(read.value, file.kind) if read.value is not None else []
    page.values([each for each in values if each[0] != "events"], read.spans)
    page.body(parts.body)
    page.values([each for each in values if each[0] == "events"], read.spans)
    lang = getattr(read.value, "lang", "") or suffix or settings.language
    if isinstance(read.value, ExplainerMeta):
        page.time_words("body", finder.body(), lang, None)
        page.time_words("summary", read.value.summary, lang, read.spans["summary"])
        for _, key, value in values:
            page.time_words(key, value, lang, read.spans[key])
    findings += page.diagnostics()
    if read.value is None or naming:
        return Loaded(document=None, body=None, diagnostics=tuple(findings))
    running_text = " ".join(fragment.text for fragment in page.fragments.values())
    body = Body(
        fragments=page.fragments,
        headings=tuple(page.reader.headings),
        citations=tuple(page.reader.citations),
        words=count_words(running_text, lang),
        markdown=without_comments(page.markdown(decoded)).strip("\n") + "\n",
        spans={**read.spans, **page.spans(), **_outside_spans(page, decoded)},
    )
    document = Document(
        kind=file.kind,
        name=name,
        slug=name.removesuffix(f".{suffix}") if suffix else name,
        lang=lang,
        lang_suffix=suffix,
        path=file.path,
        meta=read.value,
        anchors=tuple(page.reader.anchors),
        references=tuple(page.reader.references),
        cited=cited_sources(body.citations),
        events=_events(read.value, body),
        dated=page.dated(),
        key_points=tuple(page.key_points),
        texts={key: each.text for key, each in page.fragments.items() if key != "body"},
        outside=tuple(page.reader.outside),
    )
    return Loaded(document=document, body=body, diagnostics=tuple(findings))


def _outside_spans(page: "_PageLoader", decoded: str) -> dict[str, Span]:
    """Return where each outside address of the text first stands, if it does as it is written."""
    spans = {}
    for number, url in enumerate(page.reader.outside):
        place = _whole(url, decoded, page.finder.body_start)
        if place < 0:
            place = _whole(url, decoded, 0)
        if place >= 0:
            spans[f"outside.{number}"] = page.finder.span(place, len(url))
    return spans


def _whole(url: str, text: str, start: int) -> int:
    """Return where an address first stands that does not go on behind it, or -1."""
    place = text.find(url, start)
    while place >= 0:
        end = place + len(url)
        if end == len(text) or text[end] in ")>\"'" or text[end].isspace():
            return place
        place = text.find(url, place + 1)
    return -1


def cited_sources(citations: Iterable[Citation]) -> tuple[CitedSource, ...]:
    """Return the sources of `citations` in the order in which they are first cited."""
    by_source: dict[str, list[Citation]] = {}
    for citation in citations:
        by_source.setdefault(citation.source, []).append(citation)
    return tuple(
        CitedSource(source=source, claims=len(each), digest=digest(msgspec.msgpack.encode(each)))
        for source, each in by_source.items()
    )


def _events(meta: FrontMatter, body: Body) -> tuple[EventText, ...]:
    """Return what each event's text says and which sources it cites."""
    if not isinstance(meta, ExplainerMeta | SourceMeta | TopicMeta):
        return ()
    cited: dict[int, list[str]] = {}
    starts = [body.spans[f"events.{number}.text"].line for number in range(len(meta.events))]
    for citation in body.citations:
        span = body.spans.get(f"citation.{citation.number}")
        if citation.part == "events" and span:
            before = [number for number, line in enumerate(starts) if line <= span.line]
            cited.setdefault(max(before, default=0), []).append(citation.source)
    return tuple(
        EventText(
            text=body.fragments[f"events.{number}.text"].text,
            sources=tuple(dict.fromkeys(cited.get(number, ()))),
        )
        for number in range(len(meta.events))
    )


def count_words(running_text: str, lang: str) -> int:
    """Return the words of a text; for Japanese, Chinese and Korean its characters."""
    if lang.split("-")[0] in _COUNTED_BY_CHARACTER:
        return len(_CJK.findall(running_text))
    pieces = running_text.split()
    mixed = [piece for piece in pieces if not piece.isalnum()]
    return len(pieces) - len(mixed) + len(_WORD.findall(" ".join(mixed)))


def _name(file: ContentFile, meta: FrontMatter | None) -> tuple[str, str, list[Diagnostic]]:
    """Return what other files call this one, its language suffix, and what is wrong with it."""
    stem = posixpath.basename(file.path).removesuffix(".md")
    suffix = ""
    match = _LANGUAGE_SUFFIX.fullmatch(stem)
    if match and file.kind != "source":
        stem, suffix = match["stem"], match["lang"]
    if isinstance(meta, ExplainerMeta) and meta.slug:
        return meta.slug + (f".{suffix}" if suffix else ""), suffix, []
    problem = slug_problem(stem, dots=file.kind == "source")
    if not problem:
        return stem + (f".{suffix}" if suffix else ""), suffix, []
    mend = "rename the file, such as senkaku-islands.md"
    if file.kind == "explainer":
        mend += ", or set slug: in its front matter"
    message = f"the file's name '{stem}' {problem}"
    return (
        stem,
        suffix,
        [Diagnostic(path=file.path, code="bad-file-name", message=message, help=mend)],
    )


def _markdown_values(meta: FrontMatter, kind: Kind) -> list[tuple[Part, str, str]]:
    """Return the front matter's Markdown values with their dotted paths, as readers meet them."""
    found: list[tuple[Part, str, str]] = []
    if isinstance(meta, ExplainerMeta):
        lists: tuple[tuple[Part, tuple[str, ...]], ...] = (
            ("key_points", meta.key_points),
            ("known", meta.known),
            ("unknown", meta.unknown),
        )
        for part, values in lists:
            found += [(part, f"{part}.{number}", value) for number, value in enumerate(values)]
    if isinstance(meta, TermMeta):
        found.append(("definition", "definition", meta.definition))
    if isinstance(meta, ExplainerMeta | SourceMeta | TopicMeta):
        found += [
            ("events", f"events.{number}.text", event.text)
            for number, event in enumerate(meta.events)
        ]
    return found


def _how_to_cite(left: str) -> str:
    """Return how brackets that were read as no citation could be meant."""
    prefix, sign, rest = left.strip("[]［］ ").partition("@")
    if not sign:
        return f"a citation's source begins with @: [@{prefix.partition('[')[2] or prefix}]"
    words = prefix.rstrip(" -")
    return f"write {words} [@{rest}]" if words else f"write [@{rest}]"


class _PageLoader:
    """Renders the fragments of one file in reading order and keeps what was found in them."""

    def __init__(self, path: str, settings: LoadSettings, finder: Finder) -> None:
        self.path = path
        self.finder = finder
        self.converter = converter(settings.extensions)
        self.reader = PageReader()
        self.fragments: dict[str, Fragment] = {}
        self.citation_spans: list[Span | None] = []
        self.reference_spans: list[Span | None] = []
        self.dated_spans: list[Span | None] = []
        self.key_points: list[tuple[str, ...]] = []
        self.found: list[Diagnostic] = []

    def values(self, values: Sequence[tuple[Part, str, str]], spans: Mapping[str, Span]) -> None:
        """Render Markdown values of the front matter."""
        rendered = self.converter.paragraphs(self.path, [value for _, _, value in values])
        for (part, key, value), each in zip(values, rendered, strict=True):
            self._value(part, key, value, spans[key], each)

    def _value(self, part: Part, key: str, value: str, place: Span, rendered: Rendered) -> None:
        before = len(self.reader.citations)
        citations, references = self._read(part, key, rendered)
        if part == "key_points":
            cited = [each.source for each in self.reader.citations[before:]]
            self.key_points.append(tuple(dict.fromkeys(cited)))
        self.citation_spans += [self.finder.near(raw, place) for raw in citations]
        self.reference_spans += [self.finder.near(raw, place) for raw in references]
        dated = self.reader.dated[len(self.dated_spans) :]
        self.dated_spans += [self.finder.near(mark.raw, place) for mark in dated]
        self.found += [
            replace(finding, span=self.finder.near(raw, place))
            for raw, finding in rendered.findings
        ]
        self._outside_images(
            [self.finder.near(image.src, place) for image in self.reader.outside_images]
        )
        said = sum(finding.code == "bad-citation" for _, finding in rendered.findings)
        for opening, code in (("[@", "bad-citation"), ("[[", "unread-link")):
            escaped = value.count(f"\\{opening}") + (said if opening == "[@" else 0)
            if self.reader.leftovers.count(opening) > escaped:
                self._add(code, f"'{opening}' can't be read", place, "close its brackets")
        for left in self.reader.leftovers:
            if left not in ("[@", "[["):
                place_of_it = self.finder.near(left, place)
                message = f"'{left}' is printed as it stands"
                self._add("unread-citation", message, place_of_it, _how_to_cite(left))
        self.reader.leftovers.clear()

    def body(self, body: str) -> None:
        """Render the body."""
        rendered = self.converter.body(self.path, body)
        citations, references = self._read("body", "body", rendered)
        self.citation_spans += self.finder.in_body(citations)
        self.reference_spans += self.finder.in_body(references)
        dated = self.reader.dated[len(self.dated_spans) :]
        self.dated_spans += self.finder.in_body([mark.raw for mark in dated])
        spans = self.finder.in_body([raw for raw, _ in rendered.findings])
        self.found += [
            replace(finding, span=span)
            for (_, finding), span in zip(rendered.findings, spans, strict=True)
        ]
        said = [raw for raw, finding in rendered.findings if finding.code == "bad-citation"]
        self._leftovers([*citations, *said], references, len(said))
        outside = [image.src for image in self.reader.outside_images]
        self._outside_images(self.finder.in_body(outside))

    def _outside_images(self, spans: Sequence[Span | None]) -> None:
        """Report the pictures of the fragment just read that other sites hold."""
        for image, span in zip(self.reader.outside_images, spans, strict=True):
            message = f"the image '{image.src}' is on another site"
            mend = "save it beside this file, so that readers' browsers call no other site"
            self._add("outside-image", message, span, mend)
        self.reader.outside_images.clear()

    def _leftovers(self, citations: list[str], references: list[str], said: int) -> None:
        """Report what looks like a citation or a link and would be printed as it stands.

        So many of the citations have been reported already as `said` tells.
        """
        for opening, code, what in (
            ("[@", "bad-citation", "citation"),
            ("[[", "unread-link", "link by slug"),
        ):
            found = self.reader.leftovers.count(opening) - (said if opening == "[@" else 0)
            if found <= 0:
                continue
            escaped, places = self.finder.unread(opening, [*citations, *references])
            for number in range(found - escaped):
                self.found.append(
                    Diagnostic(
                        path=self.path,
                        code=code,
                        message=f"this {what} can't be read",
                        span=places[number] if len(places) == found - escaped else None,
                        help="close its brackets on one line; in a table write \\| for a bar",
                    )
                )
        printed = [left for left in self.reader.leftovers if left not in ("[@", "[[")]
        spans = self.finder.last_in_body(dict.fromkeys(printed, 1))
        for left in printed:
            message = f"'{left}' is printed as it stands"
            self._add("unread-citation", message, spans.get(left), _how_to_cite(left))
        self.reader.leftovers.clear()

    def _add(self, code: str, message: str, span: Span | None, mend: str) -> None:
        self.found.append(
            Diagnostic(path=self.path, code=code, message=message, span=span, help=mend)
        )

    def _read(self, part: Part, key: str, rendered: Rendered) -> tuple[list[str], list[str]]:
        """Read a rendered fragment; return the raw texts of its citations and references."""
        citations = len(self.reader.citations)
        references = len(self.reader.references)
        self.fragments[key] = self.reader.read(
            rendered.html,
            part,
            rendered.citations.found,
            rendered.wiki_links,
            rendered.dated.found,
        )
        return (
            self.reader.citation_raws[citations:],
            self.reader.reference_raws[references:],
        )

    def dated(self) -> tuple[DatedWords, ...]:
        """Return the words that are true on a day."""
        return tuple(
            DatedWords(words=words, as_of=mark.as_of, review_by=mark.review_by)
            for mark, words in zip(self.reader.dated, self.reader.dated_texts, strict=True)
        )

    def time_words(self, key: str, value: str, lang: str, place: Span | None) -> None:
        """Report each word that means another day to every reader; the body has no place."""
        for offset, word in undated(value, lang):
            said = " ".join(word.split())
            if place is None:
                span = self.finder.span(self.finder.body_start + offset, len(word))
            else:
                before = value.count(word, 0, offset)
                span = self.finder.nth(word, before, place)
            self._add(
                "undated-word",
                f"'{said}' means another day to every reader",
                span,
                f"name the day, or mark the words: [... {said} ...]{{as-of=2025-02-07}}"
                if key != "summary"
                else "name the day",
            )

    def spans(self) -> dict[str, Span]:
        """Return the places of citations and references that are known for sure."""
        named = [
            *((f"citation.{n}", span) for n, span in enumerate(self.citation_spans, start=1)),
            *((f"reference.{n}", span) for n, span in enumerate(self.reference_spans)),
            *((f"dated.{n}", span) for n, span in enumerate(self.dated_spans)),
        ]
        found = {name: span for name, span in named if span is not None}
        raws = self.reader.citation_raws
        for citation, span, raw in zip(
            self.reader.citations, self.citation_spans, raws, strict=True
        ):
            if span is not None and citation.passage:
                place = self.finder.passage(citation.passage, span, raw)
                found[f"passage.{citation.number}"] = place
            if span is not None and citation.quotation:
                place = self.finder.quotation(citation.quotation, span, raw)
                found[f"quotation.{citation.number}"] = place
        return found

    def markdown(self, decoded: str) -> str:
        """Return the body with a hole for the address of each reference whose place is sure."""
        changes = []
        raws, spans = self.reader.reference_raws, self.reference_spans
        for number, reference in enumerate(self.reader.references):
            span = spans[number]
            if span is None or reference.form == "anchor":
                continue
            new = hole("h", number)
            if reference.form == "wiki":
                words = raws[number].removesuffix("]]").partition("|")[2].strip()
                new = f"[{words or hole('t', number)}]({new})"
            changes.append((span, raws[number], new))
        return self.finder.replaced(decoded, changes)

    def diagnostics(self) -> list[Diagnostic]:
        """Return what is wrong with the Markdown and its anchors."""
        for number in self.reader.cited_in_links:
            self.found.append(
                Diagnostic(
                    path=self.path,
                    code="bad-citation",
                    message="a citation can't stand inside a link",
                    span=self.citation_spans[number - 1],
                    help="put it behind the link",
                )
            )
        counts = Counter(self.reader.anchors)
        reserved = set(filter(is_reserved_anchor, counts))
        wrong = [each for each, count in counts.items() if count > 1 or each in reserved]
        spans = self.finder.last_in_body({f"#{anchor}": counts[anchor] for anchor in wrong})
        seen: set[str] = set()
        for anchor in self.reader.anchors:
            if anchor in seen or anchor in reserved:
                whose = "stands twice" if anchor in seen else "is one that every page has"
                self.found.append(
                    Diagnostic(
                        path=self.path,
                        code="duplicate-anchor",
                        message=f"the id '{anchor}' {whose}",
                        span=spans.get(f"#{anchor}"),
                        help="choose another",
                    )
                )
            seen.add(anchor)
        return self.found
