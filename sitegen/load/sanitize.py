"""Cleans rendered HTML with nh3 by allow lists, and says what it takes out."""

import html
import re
from functools import lru_cache

import nh3

from sitegen.diagnostics import Diagnostic
from sitegen.load.text import REFUSED
from sitegen.urls import OUTSIDE_SCHEMES, outside_scheme

TAGS = frozenset(
    """a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em
    figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small
    span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr""".split()
)
_ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang", "title"},
    "a": {"href", "hreflang"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "img": {"alt", "height", "src", "width"},
    "ins": {"cite", "datetime"},
    "ol": {"reversed", "start", "type"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_SWALLOWING = frozenset(
    """iframe noembed noframes noscript plaintext script style template textarea title
    xmp""".split()
)
"""Elements whose content browsers read as text, to their end tag or the end of the page."""
_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes=_ATTRIBUTES,
    url_schemes=set(OUTSIDE_SCHEMES),
    link_rel=None,
    strip_comments=True,
)
_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]{1,6})|0*([0-9]{1,7}))(?![0-9a-fA-F]);?")
_LAST_CHARACTER = 0x10FFFF
_START_TAG = re.compile(r"<[a-zA-Z][^>]*+>")
_NAME_AND_ATTRIBUTES = re.compile(r"<([a-zA-Z][^\s/>]*+)([^>]*+)>")
_ORDINARY = re.compile(r'(?: (?:align|alt|class|id|lang|title)="[^"=]*")++')
"""Attributes in which there is nothing to look for, as most are."""
_HARMLESS = re.compile(
    r' (?:(align|class|id|lang|title)="[^"&<=>]*"'
    r'|(href)="(?:#[^\s"&<=>]*|[\w./-]+(?:#[\w.-]*)?'
    r"|https?://(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}(?:/[\w./#?~%+-]*)?)\")"
)
"""An attribute with a value that is left as it is, in elements that may have that attribute."""
_EVENT_HANDLER = re.compile(r"[\s\"'/](on[a-zA-Z]+|style|srcdoc|formaction)\s*=")
_ADDRESS = re.compile(r"(?:href|src|action|data|poster)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")


def clean(rendered: str) -> str:
    """Return `rendered` with only the allowed tags, attributes and schemes, well formed.

    Character references to noncharacters and controls are taken out first: decoded, they would be
    the marks that `html` reads. Attribute values come out double-quoted with `<` and `>` escaped,
    which `html` relies on.
    """
    if "&#" in rendered:
        rendered = _REFERENCE.sub(_without_refused, rendered)
    return str(_CLEANER.clean(rendered))


def is_harmless(name: str, attributes: str) -> bool:
    """Return whether an element's attributes, as `clean` writes them, surely are kept unreported.

    So are most. What is none of them may still be harmless.
    """
    if _HARMLESS.sub("", attributes):
        return False
    names = [first or second for first, second in _HARMLESS.findall(attributes)]
    allowed = _ATTRIBUTES["*"] | _ATTRIBUTES.get(name, set())
    return len(set(names)) == len(names) and allowed.issuperset(names)


def _without_refused(reference: re.Match[str]) -> str:
    """Return a numeric character reference, or U+FFFD for one to a character we refuse."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    refused = code > _LAST_CHARACTER or REFUSED.match(chr(code))
    return "\N{REPLACEMENT CHARACTER}" if refused else reference[0]


def unsafe(path: str, rendered: str) -> list[tuple[str, Diagnostic]]:
    """Return what `clean` takes out of `rendered` that a writer meant to be there.

    Each comes with the text to look for in the file.
    """
    found: dict[str, Diagnostic] = {}
    for start_tag in dict.fromkeys(_START_TAG.findall(rendered)):
        for text, code, message, mend in _taken_out(start_tag):
            found[text] = Diagnostic(path=path, code=code, message=message, help=mend)
    return list(found.items())


@lru_cache(maxsize=4096)
def _taken_out(start_tag: str) -> tuple[tuple[str, str, str, str], ...]:
    """Return text, code, message and mend of all that is taken out of a start tag."""
    found: list[tuple[str, str, str, str]] = []
    [(name, attributes)] = _NAME_AND_ATTRIBUTES.findall(start_tag)
    tag = name.lower()
    if tag in _SWALLOWING:
        message = f"the HTML element <{tag}> would swallow the text behind it"
        mend = f"take it out; to write about it, put it in backticks: `<{tag}>`"
        found.append((f"<{name}", "swallowing-html", message, mend))
    elif tag not in TAGS:
        message = f"the HTML element <{tag}> is taken out"
        found.append((f"<{name}", "unsafe-html", message, "write it in Markdown"))
    if not attributes or _ORDINARY.fullmatch(attributes):
        return tuple(found)
    handler = _EVENT_HANDLER.search(attributes)
    if handler:
        message = f"the attribute '{handler[1].lower()}' is taken out"
        found.append((handler[1], "unsafe-html", message, "remove it"))
    for address in _ADDRESS.finditer(attributes):
        written = address[1] or address[2] or address[3] or ""
        scheme = outside_scheme(html.unescape(written))
        if scheme and scheme not in OUTSIDE_SCHEMES:
            mend = f"use {', '.join(OUTSIDE_SCHEMES[:-1])} or {OUTSIDE_SCHEMES[-1]}"
            found.append((written, "unsafe-link", f"a link can't use '{scheme}:'", mend))
    return tuple(found)
