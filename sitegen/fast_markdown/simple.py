"""Writes a text straight into HTML where each of its marks can be read in one way only.

The inline patterns look through a text one after another and leave placeholders for what they find.
Where code spans, emphasis, links, footnotes and the like stand side by side, with no mark within
any and none left over, it does not matter which comes first: one expression finds them all.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, TypeAlias, runtime_checkable

from markdown import inlinepatterns as stock
from markdown.extensions.footnotes import FootnoteExtension, FootnoteInlineProcessor
from markdown.util import ETX, STX

from sitegen.fast_markdown.patterns import Entry, Plan, is_untouched
from sitegen.fast_markdown.quotes import MarkReplacer, has_marks
from sitegen.fast_markdown.required import required
from sitegen.fast_markdown.stock import is_known

_WEIGHED = rf"\\<>&{{{STX}{ETX}"
"""What has to be weighed wherever it stands: escapes, HTML, entities, lists of attributes."""
MARKS_ASIDE = rf"{_WEIGHED}\[\]`"
"""Characters that are marks even where a form takes text away before emphasis is looked for."""
MARKS = rf"{MARKS_ASIDE}*_"
"""Characters that are marks wherever they stand."""
_REFUSED = ("\\", "<", ">", "&", "{", STX, ETX, "[[", "![", "  \n")
"""There is none of these in a text that is written here, but within code some."""
_CODE = rf"(?<=`)(?P<code>[^{_WEIGHED}`]*[^{_WEIGHED}`\s][^{_WEIGHED}`]*)`(?!`)"
_EMPHASIS = tuple(
    rf"(?<={token}){token * more}(?<!\S{token}{token * more})"
    rf"(?P<{name}>(?!\s)[^{MARKS}]+(?<!\s)){token}{token * more}(?![\w*])"
    for token, more, name in (
        *((r"\*", 1, "strong"), ("_", 1, "strong_")),
        *((r"\*", 0, "em"), ("_", 0, "em_")),
    )
)
_FOOTNOTE = r"(?<=\[)\^(?P<footnote>[\w.-]+)\](?!\[)"
_LINK = rf"(?<=\[)(?<!!\[)(?!\^)(?P<words>[^{MARKS}]+)\]\((?P<link>[^{MARKS_ASIDE}\s()'\"]*)\)"


class Later:
    """What writes a part of a text, and what it takes."""

    __slots__ = ("known", "words", "write")

    def __init__(self, write: Callable[[Any, str], str], known: Any, words: str = "") -> None:
        self.write, self.known, self.words = write, known, words


Part: TypeAlias = str | Later
"""Finished HTML, or what is to be written once all blocks are known."""


def written_part(part: Part) -> str:
    """Return a part as HTML."""
    return part.write(part.known, part.words) if isinstance(part, Later) else part


@runtime_checkable
class SimpleForm(Protocol):
    """An inline pattern of which some matches can be written without an element."""

    simple_form: str
    """An expression for what comes behind an opening bracket. All groups have names of their own.
    The first holds words to be shown, without `MARKS`, if its name ends in `_words`."""

    def simple(self, match: re.Match[str]) -> Any:
        """Return what there is to know of a match, or None for one that isn't simple after all."""

    def write_simple(self, known: Any, words: str) -> str:
        """Return a match as HTML, with its words as they are to be shown."""


class SimpleTexts:
    """Writes the texts in which all marks are of simple forms."""

    def __init__(
        self,
        forms: Sequence[SimpleForm],
        footnote: FootnoteInlineProcessor | None,
        replacer: MarkReplacer | None,
    ) -> None:
        self.footnotes: FootnoteExtension | None = footnote.footnotes if footnote else None
        self._numbers: dict[str, int] = {}
        """The number of each footnote of the text that is being written."""
        self._replacer = replacer
        self._takers: dict[str, Callable[[re.Match[str]], Part | None]] = {
            "code": lambda match: f"<code>{match['code'].strip()}</code>",
            "link": self._link,
        }
        for name in ("strong", "strong_", "em", "em_"):
            self._takers[name] = self._emphasis(name)
        expressions = [_CODE, *_EMPHASIS]
        for form in forms:
            expressions.append(rf"(?<=\[){form.simple_form}")
            names = list(re.compile(form.simple_form).groupindex)
            self._takers[names[-1]] = self._form(form, names[0])
        if footnote:
            expressions.append(_FOOTNOTE)
            self._takers["footnote"] = lambda match: Later(self._write_footnote, match["footnote"])
        # A set comes first, so that `re` passes over other characters at once.
        self._find = re.compile(rf"[{MARKS}](?:{'|'.join((*expressions, _LINK))}|)").finditer

    def parts(self, text: str, behind: str = "") -> list[Part] | None:
        """Return a text as HTML with what is put `behind` it, or None where it isn't simple."""
        if "  \n" in text:
            return None
        parts: list[Part] = []
        takers = self._takers
        has_quotes = self._replacer is not None and has_marks(text)
        position = 0
        for match in self._find(text):
            kind = match.lastgroup
            if kind is None:
                return None
            begin = match.start()
            if begin > position:
                words = text[position:begin]
                shown = self._shown(words) if has_quotes else words
                if shown is None:
                    return None
                parts.append(shown)
            part = takers[kind](match)
            if part is None:
                return None
            parts.append(part)
            position = match.end()
        words = text[position:] + behind
        shown = self._shown(words) if has_quotes else words
        if shown is None:
            return None
        parts.append(shown)
        return parts

    def _shown(self, words: str) -> str | None:
        """Return words with their quotation marks and dashes replaced, or None if that is hard."""
        if self._replacer is None or not has_marks(words):
            return words
        return self._replacer.replaced(words, is_watched=False)

    def _emphasis(self, name: str) -> Callable[[re.Match[str]], str | None]:
        tag = name.rstrip("_")

        def take(match: re.Match[str]) -> str | None:
            words = self._shown(match[name])
            return None if words is None else f"<{tag}>{words}</{tag}>"

        return take

    def _link(self, match: re.Match[str]) -> str | None:
        words = self._shown(match["words"])
        return None if words is None else f'<a href="{match["link"]}">{words}</a>'

    def _form(self, form: SimpleForm, name: str) -> Callable[[re.Match[str]], Part | None]:
        has_words = name.endswith("_words")

        def take(match: re.Match[str]) -> Part | None:
            words = self._shown(match[name]) if has_words else ""
            known = None if words is None else form.simple(match)
            return (
                None if known is None or words is None else Later(form.write_simple, known, words)
            )

        return take

    def number_footnotes(self, pieces: Iterable[object]) -> bool:
        """Number the footnotes, and return whether all mentioned in some pieces are defined."""
        if self.footnotes is None:
            return True
        defined = self.footnotes.footnotes
        later = [each for each in pieces if type(each) is Later]
        mentioned = [each.known for each in later if each.write == self._write_footnote]
        if not all(name in defined for name in mentioned):
            return False
        if mentioned:
            self._numbers = {name: number for number, name in enumerate(defined, start=1)}
        return True

    def _write_footnote(self, name: str, words: str) -> str:
        """Return a mention of a footnote as `FootnoteInlineProcessor` makes it."""
        extension: Any = self.footnotes
        extension.addFootnoteRef(name)
        shown = extension.getConfig("SUPERSCRIPT_TEXT").format(self._numbers[name])
        mention = extension.makeFootnoteRefId(name, found=True)
        address = extension.makeFootnoteId(name)
        return f'<sup id="{mention}"><a class="footnote-ref" href="#{address}">{shown}</a></sup>'


def simple_texts(plan: Plan, replacer: MarkReplacer | None) -> SimpleTexts | None:
    """Return what writes simple texts as these patterns and then `smarty` would, if anything."""
    forms: list[SimpleForm] = []
    footnote: FootnoteInlineProcessor | None = None
    for entry in plan.entries:
        pattern = entry.pattern
        if isinstance(pattern, SimpleForm):
            forms.append(pattern)
        elif type(pattern) is FootnoteInlineProcessor:
            if footnote or not _has_plain_footnotes(pattern):
                return None
            footnote = pattern
        elif not (_is_known(pattern) or _finds_only_refused(entry)):
            return None
    emphasis = any(type(entry.pattern) is stock.DelimiterProcessor for entry in plan.entries)
    code = any(type(entry.pattern) is stock.BacktickInlineProcessor for entry in plan.entries)
    links = any(type(entry.pattern) is stock.LinkInlineProcessor for entry in plan.entries)
    all_known = emphasis and code and links and is_known("links") and is_known("emphasis")
    return SimpleTexts(forms, footnote, replacer) if all_known else None


_STOCK: dict[type[Any], tuple[str, ...]] = {
    stock.BacktickInlineProcessor: (stock.BACKTICK_RE,),
    stock.ReferenceInlineProcessor: (stock.REFERENCE_RE,),
    stock.ShortReferenceInlineProcessor: (stock.REFERENCE_RE,),
    stock.LinkInlineProcessor: (stock.LINK_RE,),
    stock.DelimiterProcessor: (r"\*|_",),
    stock.AutolinkInlineProcessor: (stock.AUTOLINK_RE,),
}
"""Patterns that look for marks of the forms or for what is refused, with the expressions they have.

References find nothing where each bracket belongs to a form that comes before them.
"""
_METHODS: dict[type[Any], dict[str, object]] = {
    kind: {
        name: getattr(kind, name, None)
        for name in ("handleMatch", "getText", "getLink", "evalId", "find_code_spans", "unescape")
    }
    for kind in (*_STOCK, FootnoteInlineProcessor)
}


def _is_known(pattern: Any) -> bool:
    kind = type(pattern)
    if kind not in _STOCK or not is_untouched(pattern, _METHODS[kind]):
        return False
    if kind is stock.DelimiterProcessor and not _makes_emphasis(pattern):
        return False
    if kind is stock.BacktickInlineProcessor and pattern.tag != "code":
        return False
    return pattern.compiled_re.pattern in _STOCK[kind]


def _makes_emphasis(pattern: Any) -> bool:
    """Return whether one mark makes emphasis and two make it strong, whichever they are."""
    tags = {token: delimiter.tags for token, delimiter in pattern.delimiters.items()}
    return tags == dict.fromkeys("*_", ("strong", "em")) and all(
        each.tag_count == 2 for each in pattern.delimiters.values()
    )


def _finds_only_refused(entry: Entry) -> bool:
    """Return whether a pattern finds nothing in a text without what is refused here."""
    texts = required(entry.expression) if entry.expression else ()
    return bool(texts) and all(any(each in text for each in _REFUSED) for text in texts)


def _has_plain_footnotes(pattern: Any) -> bool:
    """Return whether mentions of footnotes are numbered in one way, whoever is first to come."""
    extension = pattern.footnotes
    if type(extension) is not FootnoteExtension or not is_untouched(
        pattern, _METHODS[type(pattern)]
    ):
        return False
    shown = extension.getConfig("SUPERSCRIPT_TEXT")
    return (
        is_known("footnotes")
        and extension.getConfig("USE_DEFINITION_ORDER") is True
        and extension.get_separator() == ":"
        and not re.search(f"[{MARKS}]", shown.replace("{}", ""))
        and not has_marks(shown)
    )
