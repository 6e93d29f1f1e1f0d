"""The laws of the house, read from the code itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "sitegen"
MODULES = sorted(PACKAGE.rglob("*.py"))
STAGES = ("load", "resolve", "render", "publish")

FLOORS = (
    ("__main__",),
    ("cli",),
    ("serve", "importing"),
    ("build", "stats", "changes"),
    ("links", "deploy"),
    ("sources",),
    ("scaffold",),
    (*STAGES, "search"),
    ("evidence",),
    ("model",),
    ("diagnostics", "urls", "engine", "fast_markdown", "schema", "__init__"),
    ("errors",),
)
"""From the top down: imports only run down, `schema` reading the model's types beside it."""

ALLOWED_UP = {
    ("schema", "model"),
    ("scaffold", "urls"),
    ("stats", "model"),
    ("changes", "model"),
    ("__init__", "build"),
}

SHELL = (
    "cli",
    "serve",
    "build",
    "load/scan",
    "load/snapshots",
    "render/card_drawing",
    "render/folders",
    "render/minify",
    "render/template_files",
    "render/templates",
    "publish/foreign",
    "publish/standing",
    "publish/writer",
    "scaffold/write",
    "sources/fetch",
    "sources/store",
    "links/lychee",
    "links/checked_days",
    "deploy",
    "engine/aside",
    "engine/cache",
    "engine/checked",
    "engine/environment",
    "engine/lock",
    "engine/pool",
    "engine/stamp",
)
"""The only modules that may touch disk, clock, environment, network or terminal."""

WORLD_MODULES = {
    "os",
    "shutil",
    "subprocess",
    "socket",
    "tempfile",
    "time",
    "random",
    "urllib.request",
}
WORLD_CALLS = re.compile(
    r"\.(?:read_text|read_bytes|write_text|write_bytes|mkdir|unlink|rename|rmdir|iterdir|rglob|"
    r"glob|stat|exists|is_file|is_dir|scandir|now|today|utcnow|getenv)\("
)


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").as_posix().removesuffix("/__init__")


def imports(path: Path) -> Iterator[str]:
    """Yield every module of ours that a file imports, wherever in it, TYPE_CHECKING included."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("sitegen"):
            inside = node.module.removeprefix("sitegen").removeprefix(".")
            for alias in node.names:
                parts = [*inside.split("."), alias.name] if inside else [alias.name]
                yield "/".join(part for part in parts if part)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("sitegen."):
                    yield alias.name.removeprefix("sitegen.").replace(".", "/")


def room(name: str) -> str:
    return name.split("/")[0]


def floor(name: str) -> int | None:
    for number, rooms in enumerate(FLOORS):
        if room(name) in rooms:
            return number
    return None


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_run_down_only(path: Path) -> None:
    own = name_of(path)
    assert floor(own) is not None, f"{own} stands on no floor: add it to FLOORS"
    for imported in imports(path):
        below = floor(imported)
        if (
            room(imported) == room(own)
            or below is None
            or (room(own), room(imported)) in ALLOWED_UP
        ):
            continue
        above = floor(own)
        assert above is not None
        assert below > above, f"{own} imports {imported}, which is not below it"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_stages_never_import_one_another(path: Path) -> None:
    own = room(name_of(path))
    if own in STAGES:
        others = {room(imported) for imported in imports(path)} & set(STAGES)
        assert others <= {own}


def test_no_circles() -> None:
    graph = {name_of(path): set(imports(path)) for path in MODULES}
    known = set(graph)
    edges = {
        name: {t if t in known else t.rpartition("/")[0] for t in targets} & known - {name}
        for name, targets in graph.items()
    }
    done: set[str] = set()

    def walk(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, f"circle: {' -> '.join([*trail, name])}"
        if name not in done:
            for target in sorted(edges[name]):
                walk(target, (*trail, name))
            done.add(name)

    for name in sorted(edges):
        walk(name, ())


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_shell_touches_the_world(path: Path) -> None:
    own = name_of(path)
    if own in SHELL or room(own) in SHELL:
        return
    text = path.read_text("utf-8")
    touched = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            touched |= {alias.name for alias in node.names} & WORLD_MODULES
        elif isinstance(node, ast.ImportFrom) and node.module in WORLD_MODULES:
            touched.add(node.module)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            touched |= {node.func.id} & {"open", "print", "input"}
    assert not touched, f"{own} touches the world: {touched}"
    assert not WORLD_CALLS.search(text), f"{own} touches the world: {WORLD_CALLS.search(text)}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_what_it_is(path: Path) -> None:
    if path.name != "__init__.py" or path.parent == PACKAGE:
        assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


def test_every_diagnostic_code_is_used() -> None:
    from sitegen.diagnostics import CODES

    code = "\n".join(p.read_text("utf-8") for p in MODULES if p.name != "diagnostics.py")
    patterns = {"unknown-explainer", "unknown-author", "unknown-topic", "unknown-source"}
    unused = [name for name in CODES if f'"{name}"' not in code and name not in patterns]
    assert not unused
