"""HTML's element types as `html` reads them, and the attributes in their tags.

Attributes are those of cleaned HTML: lower-case names, double-quoted values.
"""

import html
import re

from msgspec import Struct

BLOCKS = frozenset(
    """blockquote caption dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre
    summary table tbody td tfoot th thead tr ul""".split()
)
_NOT_LINKABLE = frozenset(
    """a abbr blockquote code dfn h1 h2 h3 h4 h5 h6 kbd pre q samp summary var""".split()
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_VOID = frozenset(["br", "col", "hr", "img", "wbr"])
_MARKED = frozenset(["div", "span"])
"""Elements that are given a role by their attributes."""
_ROLES = {"a": "link", "code": "code", "kbd": "code", "pre": "code", "samp": "code"}
_ATTRIBUTE = re.compile(r'\s([a-z-]+)(?:="([^"]*)")?')
_WRITTEN = {name: re.compile(rf'\s{name}="[^"]*"') for name in ("align", "class", "href", "src")}

INTERFACE_CLASSES = frozenset(
    """
    anch aside ban bar bigfind body brand btn by card chip chips cite cites claim claims
    cols dated dots ev facts find findlink fix foot gl go head js kick key kn label lead links
    loc mast more nav no off on plan prose q rail related res rows say sec sheet side skip
    src st stand stick sub sum t term theme tl toc tools two unknown vh wide wrap x yes
    """.split()
)
"""Classes that the templates and scripts give a meaning; in content they could feign or hide it."""


class ElementType(Struct, frozen=True, kw_only=True, gc=False):
    """What all elements of one name have in common."""

    tag: str
    role: str
    is_block: bool
    is_void: bool
    is_heading: bool
    is_closed_to_terms: bool
    """Glossary terms are not linked in it."""
    is_phrase: bool
    """It is a link or code, within a block."""
    is_noted: bool
    """Whether it is open may matter to what stands in it."""
    start: str
    end: str


class ElementTypes(dict[str, ElementType]):
    """Every element type, by its name in HTML; made when it is first met."""

    def __missing__(self, name: str) -> ElementType:
        """Return the type of this name."""
        tag = "h2" if name == "h1" else name  # the page's title is its only h1
        made = self[name] = self[tag] if tag != name else _element_type(tag)
        return made


def _element_type(tag: str) -> ElementType:
    role, is_closed = _ROLES.get(tag, ""), tag in _NOT_LINKABLE
    is_void, is_heading = tag in _VOID, tag in _HEADINGS
    return ElementType(
        tag=tag,
        role=role,
        is_block=tag in BLOCKS,
        is_void=is_void,
        is_heading=is_heading,
        is_closed_to_terms=is_closed,
        is_phrase=bool(role) and tag not in BLOCKS,
        is_noted=bool(role or is_void or is_heading or is_closed or tag in _MARKED),
        start=f"<{tag}>",
        end=f"</{tag}>",
    )


def attributes_of(rest: str) -> dict[str, str]:
    """Return the attributes that stand in a tag behind its name."""
    found = dict(_ATTRIBUTE.findall(rest))
    if "&" in rest:
        return {name: html.unescape(value) for name, value in found.items()}
    return found


def without(rest: str, name: str) -> str:
    """Take an attribute out: `align`, `class`, `href` or `src`."""
    return _WRITTEN[name].sub("", rest)


def with_own_classes(element: ElementType, names: str, rest: str) -> str:
    """Put an element's classes last, without those that mean something to our templates."""
    written = names.split()
    own = element.tag == "div" and written == ["toc"]
    kept = [name for name in written if own or name not in INTERFACE_CLASSES]
    return without(rest, "class") + (f' class="{html.escape(" ".join(kept))}"' if kept else "")


def aligned(attributes: dict[str, str], rest: str) -> str:
    """Let a class align a table's cell in place of its attribute."""
    written = attributes.get("class", "").split()
    kept = [name for name in written if name not in INTERFACE_CLASSES]
    names = " ".join([*kept, f"align-{attributes['align']}"])
    return without(without(rest, "align"), "class") + f' class="{html.escape(names)}"'
