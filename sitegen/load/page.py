"""Renders the Markdown of one file, and says what is wrong with it and where."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec.structs import replace

from sitegen.diagnostics import Diagnostic, Span
from sitegen.load.html import read_fragment
from sitegen.load.markdown import Rendered, converter, is_reserved_anchor
from sitegen.load.page_contents import PageContents
from sitegen.load.positions import Finder
from sitegen.load.time_words import may_hold, undated
from sitegen.model.document import DatedWords, Fragment, Part, hole
from sitegen.model.settings import LoadSettings


class PageLoader:
    """Renders the fragments of one file in reading order and keeps what was found in them."""

    def __init__(self, path: str, settings: LoadSettings, finder: Finder) -> None:
        """Take the file's path and what finds texts in it."""
        self.path = path
        self.finder = finder
        self.converter = converter(settings.extensions)
        self.found = PageContents()
        self.fragments: dict[str, Fragment] = {}
        self.citation_spans: list[Span | None] = []
        self.reference_spans: list[Span | None] = []
        self.dated_spans: list[Span | None] = []
        self.key_points: list[tuple[str, ...]] = []
        self.findings: list[Diagnostic] = []

    def values(self, values: Sequence[tuple[Part, str, str]], spans: Mapping[str, Span]) -> None:
        """Render Markdown values of the front matter."""
        rendered = self.converter.paragraphs(self.path, [value for _, _, value in values])
        for (part, key, value), each in zip(values, rendered, strict=True):
            self._value(part, key, value, spans[key], each)

    def _value(self, part: Part, key: str, value: str, place: Span, rendered: Rendered) -> None:
        before = len(self.found.citations)
        citations, references = self._read(part, key, rendered)
        if part == "key_points":
            cited = [each.source for each in self.found.citations[before:]]
            self.key_points.append(tuple(dict.fromkeys(cited)))
        self.citation_spans += [self.finder.near(raw, place) for raw in citations]
        self.reference_spans += [self.finder.near(raw, place) for raw in references]
        dated = self.found.dated[len(self.dated_spans) :]
        self.dated_spans += [self.finder.near(mark.raw, place) for mark in dated]
        self.findings += [
            replace(finding, span=self.finder.near(raw, place))
            for raw, finding in rendered.findings
        ]
        self._outside_images(
            [self.finder.near(image.src, place) for image in self.found.outside_images]
        )
        if not self.found.leftovers:
            return
        said = sum(finding.code == "bad-citation" for _, finding in rendered.findings)
        for opening, code in (("[@", "bad-citation"), ("[[", "unread-link")):
            escaped = value.count(f"\\{opening}") + (said if opening == "[@" else 0)
            if self.found.leftovers.count(opening) > escaped:
                self._add(code, f"'{opening}' can't be read", place, "close its brackets")
        for left in self.found.leftovers:
            if left not in ("[@", "[["):
                place_of_it = self.finder.near(left, place)
                message = f"'{left}' is printed as it stands"
                self._add("unread-citation", message, place_of_it, _how_to_cite(left))
        self.found.leftovers.clear()

    def body(self, body: str) -> None:
        """Render the body."""
        rendered = self.converter.body(self.path, body)
        citations, references = self._read("body", "body", rendered)
        self.citation_spans += self.finder.in_body(citations)
        self.reference_spans += self.finder.in_body(references)
        dated = self.found.dated[len(self.dated_spans) :]
        self.dated_spans += self.finder.in_body([mark.raw for mark in dated])
        spans = self.finder.in_body([raw for raw, _ in rendered.findings])
        self.findings += [
            replace(finding, span=span)
            for (_, finding), span in zip(rendered.findings, spans, strict=True)
        ]
        said = [raw for raw, finding in rendered.findings if finding.code == "bad-citation"]
        self._leftovers([*citations, *said], references, len(said))
        outside = [image.src for image in self.found.outside_images]
        self._outside_images(self.finder.in_body(outside))

    def _outside_images(self, spans: Sequence[Span | None]) -> None:
        """Report the pictures of the fragment just read that other sites hold."""
        for image, span in zip(self.found.outside_images, spans, strict=True):
            message = f"the image '{image.src}' is on another site"
            mend = "save it beside this file, so that readers' browsers call no other site"
            self._add("outside-image", message, span, mend)
        self.found.outside_images.clear()

    def _leftovers(self, citations: list[str], references: list[str], said: int) -> None:
        """Report what looks like a citation or a link and would be printed as it stands.

        So many of the citations have been reported already as `said` tells.
        """
        if not self.found.leftovers:
            return
        for opening, code, what in (
            ("[@", "bad-citation", "citation"),
            ("[[", "unread-link", "link by slug"),
        ):
            found = self.found.leftovers.count(opening) - (said if opening == "[@" else 0)
            if found <= 0:
                continue
            escaped, places = self.finder.unread(opening, [*citations, *references])
            for number in range(found - escaped):
                self.findings.append(
                    Diagnostic(
                        path=self.path,
                        code=code,
                        message=f"this {what} can't be read",
                        span=places[number] if len(places) == found - escaped else None,
                        help="close its brackets on one line; in a table write \\| for a bar",
                    )
                )
        printed = [left for left in self.found.leftovers if left not in ("[@", "[[")]
        spans = self.finder.last_in_body(dict.fromkeys(printed, 1))
        for left in printed:
            message = f"'{left}' is printed as it stands"
            self._add("unread-citation", message, spans.get(left), _how_to_cite(left))
        self.found.leftovers.clear()

    def _add(self, code: str, message: str, span: Span | None, mend: str) -> None:
        self.findings.append(
            Diagnostic(path=self.path, code=code, message=message, span=span, help=mend)
        )

    def _read(self, part: Part, key: str, rendered: Rendered) -> tuple[list[str], list[str]]:
        """Read a rendered fragment; return the raw texts of its citations and references."""
        citations = len(self.found.citations)
        references = len(self.found.references)
        self.fragments[key] = read_fragment(
            self.found,
            rendered.pieces,
            part,
            rendered.citations.found,
            rendered.wiki_links,
            rendered.dated.found,
        )
        return (
            self.found.citation_raws[citations:],
            self.found.reference_raws[references:],
        )

    def dated(self) -> tuple[DatedWords, ...]:
        """Return the words that are true on a day."""
        return tuple(
            DatedWords(words=words, as_of=mark.as_of, review_by=mark.review_by)
            for mark, words in zip(self.found.dated, self.found.dated_texts, strict=True)
        )

    def time_words(self, texts: Sequence[tuple[str, str, Span | None]], lang: str) -> None:
        """Report each word that means another day to every reader.

        Each text comes with its dotted path and its place; the body has no place.
        """
        if may_hold("\n".join([text for _, text, _ in texts]), lang):
            for key, text, place in texts:
                self._time_words(key, text, lang, place)

    def _time_words(self, key: str, value: str, lang: str, place: Span | None) -> None:
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
        found = {}
        for name, spans, start in (
            ("citation", self.citation_spans, 1),
            ("reference", self.reference_spans, 0),
            ("dated", self.dated_spans, 0),
        ):
            for number, place in enumerate(spans, start):
                if place is not None:
                    found[f"{name}.{number}"] = place
        raws = self.found.citation_raws
        for citation, span, raw in zip(
            self.found.citations, self.citation_spans, raws, strict=True
        ):
            if span is not None and citation.passage:
                place = self.finder.passage(citation.passage, span, raw)
                found[f"passage.{citation.number}"] = place
            if span is not None and citation.quotation:
                place = self.finder.quotation(citation.quotation, span, raw)
                found[f"quotation.{citation.number}"] = place
        return found

    def outside_spans(self, decoded: str) -> dict[str, Span]:
        """Return where each outside address first stands, if it does as it is written."""
        spans = {}
        for number, url in enumerate(self.found.outside):
            place = _whole(url, decoded, self.finder.body_start)
            if place < 0:
                place = _whole(url, decoded, 0)
            if place >= 0:
                spans[f"outside.{number}"] = self.finder.span(place, len(url))
        return spans

    def markdown(self, decoded: str) -> str:
        """Return the body with a hole for the address of each reference whose place is sure."""
        changes = []
        raws, spans = self.found.reference_raws, self.reference_spans
        for number, reference in enumerate(self.found.references):
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
        for number in self.found.cited_in_links:
            self.findings.append(
                Diagnostic(
                    path=self.path,
                    code="bad-citation",
                    message="a citation can't stand inside a link",
                    span=self.citation_spans[number - 1],
                    help="put it behind the link",
                )
            )
        for citation, span in zip(self.found.citations, self.citation_spans, strict=True):
            if citation.translated and not citation.passage:
                message = "these words are marked as a translation, and the original is not given"
                mend = f'give it, and it is checked: [@{citation.source}, "it"]{{translated}}'
                self._add("no-original", message, span, mend)
        anchors = self.found.anchors
        if len(set(anchors)) < len(anchors) or any(map(_is_reserved, anchors)):
            self._duplicate_anchors(anchors)
        return self.findings

    def _duplicate_anchors(self, anchors: Sequence[str]) -> None:
        """Report each anchor that stands twice, or on every page."""
        counts = Counter(anchors)
        reserved = set(filter(_is_reserved, counts))
        wrong = [each for each, count in counts.items() if count > 1 or each in reserved]
        spans = self.finder.last_in_body({f"#{anchor}": counts[anchor] for anchor in wrong})
        seen: set[str] = set()
        for anchor in anchors:
            if anchor in seen or anchor in reserved:
                whose = "stands twice" if anchor in seen else "is one that every page has"
                place = spans.get(f"#{anchor}")
                self._add("duplicate-anchor", f"the id '{anchor}' {whose}", place, "choose another")
            seen.add(anchor)


_is_reserved = lru_cache(maxsize=4096)(is_reserved_anchor)
"""Many pages have the same anchors."""


def _whole(url: str, text: str, start: int) -> int:
    """Return where an address first stands that does not go on behind it, or -1."""
    place = text.find(url, start)
    while place >= 0:
        end = place + len(url)
        if end == len(text) or text[end] in ")>\"'" or text[end].isspace():
            return place
        place = text.find(url, place + 1)
    return -1


def _how_to_cite(left: str) -> str:
    """Return how brackets that were read as no citation could be meant."""
    prefix, sign, rest = left.strip("[]［］ ").partition("@")
    if not sign:
        return f"a citation's source begins with @: [@{prefix.partition('[')[2] or prefix}]"
    words = prefix.rstrip(" -")
    return f"write {words} [@{rest}]" if words else f"write [@{rest}]"
