"""Loads one content file: a pure function of its bytes and the publication's Markdown settings."""

import posixpath
import re
from collections.abc import Iterable

from msgspec.msgpack import Encoder

from sitegen.diagnostics import Diagnostic, Span
from sitegen.engine.digest import digest
from sitegen.load import front_matter, schema, text, yaml
from sitegen.load.page import PageLoader
from sitegen.load.positions import Finder
from sitegen.load.scan import ContentFile
from sitegen.load.source_text import without_comments
from sitegen.load.todo import todos
from sitegen.model.document import (
    Body,
    Citation,
    CitedSource,
    Document,
    EventText,
    Loaded,
    Part,
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
_JOINING = "'\u2019.-"
_WORD = re.compile(rf"[^\W_]++(?:[{_JOINING}][^\W_]++)*+")
_WESTERN = "cp1252"
_KINDS = bytes(
    1 if character.isalnum() else 2 if character in _JOINING else 0
    for character in bytes(range(256)).decode(_WESTERN, "replace")
)
"""For each byte: 1 for a letter or digit, 2 for a mark that joins words, 0 for anything else."""
_encode = Encoder().encode
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
    finder = Finder(decoded, len(decoded) - len(parts.body))
    page = PageLoader(file.path, settings, finder)
    values = _markdown_values(read.value, file.kind) if read.value is not None else []
    page.values([each for each in values if each[0] != "events"], read.spans)
    page.body(parts.body)
    page.values([each for each in values if each[0] == "events"], read.spans)
    lang = getattr(read.value, "lang", "") or suffix or settings.language
    if isinstance(read.value, ExplainerMeta):
        texts = [("summary", read.value.summary), *((key, value) for _, key, value in values)]
        placed = [(key, value, read.spans[key]) for key, value in texts]
        page.time_words([("body", finder.body(), None), *placed], lang)
    findings += page.diagnostics()
    if read.value is None or naming:
        return Loaded(document=None, body=None, diagnostics=tuple(findings))
    is_copied = file.kind == "explainer" and settings.markdown_copies
    running_text = " ".join(fragment.text for fragment in page.fragments.values())
    body = Body(
        fragments=page.fragments,
        headings=tuple(page.found.headings),
        citations=tuple(page.found.citations),
        words=count_words(running_text, lang),
        markdown=_markdown(page, decoded) if is_copied else "",
        spans={**read.spans, **page.spans(), **page.outside_spans(decoded)},
    )
    document = Document(
        kind=file.kind,
        name=name,
        slug=name.removesuffix(f".{suffix}") if suffix else name,
        lang=lang,
        lang_suffix=suffix,
        path=file.path,
        meta=read.value,
        anchors=tuple(page.found.anchors),
        references=tuple(page.found.references),
        cited=cited_sources(body.citations),
        events=_events(read.value, body),
        dated=page.dated(),
        key_points=tuple(page.key_points),
        texts={key: each.text for key, each in page.fragments.items() if key != "body"},
        outside=tuple(page.found.outside),
    )
    return Loaded(document=document, body=body, diagnostics=tuple(findings))


def _markdown(page: PageLoader, decoded: str) -> str:
    return without_comments(page.markdown(decoded)).strip("\n") + "\n"


def cited_sources(citations: Iterable[Citation]) -> tuple[CitedSource, ...]:
    """Return the sources of `citations` in the order in which they are first cited."""
    by_source: dict[str, list[Citation]] = {}
    for citation in citations:
        by_source.setdefault(citation.source, []).append(citation)
    return tuple(
        CitedSource(source=source, claims=len(each), digest=digest(_encode(each)))
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
    try:
        kinds = running_text.encode(_WESTERN).translate(_KINDS)
    except UnicodeEncodeError:
        return len(_WORD.findall(running_text))
    # Two marks part words as a space does; one that is left joins words, or has none to join.
    kinds = kinds.replace(b"\2\2", b"\0").translate(None, b"\2")
    # As one number, all letters are compared at once with what stands before them.
    letters = int.from_bytes(kinds, "little")
    return (letters & ~(letters << 8)).bit_count()


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
