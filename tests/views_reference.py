"""The reference of views in docs/templates.md, written from the types of `sitegen.render.views`."""

import ast
import re
from pathlib import Path

VIEWS = Path(__file__).parent.parent / "sitegen" / "render" / "views"
PARTS = """
Link DateView SocialImage SocialView Frame SourceAlertView
HtmlPiece CitePiece TermPiece AnchorPiece DatedPiece
NoteView SourceView SourceNotes EvidenceRow EvidenceView
EventView CorrectionView Item RelatedView BacklinkView Pager HeadingLink Body ImageView
CitedPart TopicNode SourceCount CitingClaim CitingView TermView GlossaryLetter
TimelineYear CorrectionsMonth
""".split()
"""The parts of views from those that most pages have to those that one has; others come last."""
_WORDS = {"str": "text", "int": "number", "bool": "true or false"}

Field = tuple[str, str, str]
"""A name, a type as it is written, and what is said of it."""


def views_reference() -> str:
    """Return a section for each template, and one for each part of a view."""
    modules = [ast.parse(path.read_text("utf-8")) for path in sorted(VIEWS.glob("*.py"))]
    structs = {name: struct for module in modules for name, struct in _structs(module).items()}
    templates = {name: structs[name][0] for name in _pages(modules)}
    assert templates.keys() == {name for name, (doc, _) in structs.items() if _template(doc)}
    lines: list[str] = []
    for name, doc in templates.items():
        template = _template(doc)
        more = doc.removeprefix(template).lstrip(":; ")
        lines += [f"### {template}", "", f"`page` is {_article(name)} `{name}`{_after(more)}", ""]
        lines += [*_rows(structs[name][1], set(structs)), ""]
    lines += ["## The parts of views", ""]
    others = [name for name in structs if name not in templates and name not in PARTS]
    for name in (*PARTS, *others):
        doc, fields = structs[name]
        lines += [f"### {name}", "", " ".join(doc.split()), "", *_rows(fields, set(structs)), ""]
    return "\n".join(lines)


def _pages(modules: list[ast.Module]) -> list[str]:
    """Return the names in `PageView`, in its order: the type is a union."""
    [union] = [
        statement.value
        for module in modules
        for statement in module.body
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "PageView"
    ]
    return ast.unparse(union).split(" | ")


def _structs(tree: ast.Module) -> dict[str, tuple[str, list[Field]]]:
    return {
        node.name: (ast.get_docstring(node) or "", _fields(node))
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }


def _fields(node: ast.ClassDef) -> list[Field]:
    fields: list[Field] = []
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            fields.append((statement.target.id, ast.unparse(statement.annotation), ""))
        elif (
            isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant) and fields
        ):
            said = " ".join(str(statement.value.value).split())
            fields[-1] = (*fields[-1][:2], said)
    return fields


def _template(doc: str) -> str:
    match = re.match(r"[a-z0-9]+\.html", doc)
    return match[0] if match else ""


def _article(name: str) -> str:
    return "an" if name[0] in "AEIOU" else "a"


def _after(more: str) -> str:
    return f": {' '.join(more.split())}" if more else "."


def _rows(fields: list[Field], known: set[str]) -> list[str]:
    return [
        f"- `{name}`: {_type(written, known)}" + (f". {said}" if said else "")
        for name, written, said in fields
    ]


def _type(written: str, known: set[str]) -> str:
    if match := re.fullmatch(r"(.+) \| None", written):
        return f"{_type(match[1], known)}, or none"
    if match := re.fullmatch(r"ClassVar\[(.+)\]", written):
        return _type(match[1], known)
    if match := re.fullmatch(r"tuple\[(.+), \.\.\.\]", written):
        return f"list of {_type(match[1], known)}"
    if match := re.fullmatch(r"Mapping\[(\w+), (\w+)\]", written):
        return f"map of {_type(match[1], known)} to {_type(match[2], known)}"
    if match := re.fullmatch(r"Literal\[(.+)\]", written):
        return " or ".join(f"`{choice}`" for choice in re.findall(r"'([^']+)'", match[1]))
    if written == "Pieces":
        return "[pieces](#running-text)"
    return f"[{written}](#{written.lower()})" if written in known else _WORDS[written]
