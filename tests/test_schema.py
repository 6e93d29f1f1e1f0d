"""The JSON Schemas: well formed, and true to what the loader takes."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from click.testing import CliRunner

from sitegen.cli.main import sitegen_command
from sitegen.cli.schema import _NAMES
from sitegen.model.front_matter import FOLDERS, FRONT_MATTER
from sitegen.model.settings import SiteYaml
from sitegen.scaffold.content_file import NewFile, content_text
from sitegen.scaffold.publication import publication_files
from sitegen.schema import DIALECT, json_schemas

jsonschema = pytest.importorskip("jsonschema")
SCHEMAS = json_schemas()
TYPES: dict[str, type[msgspec.Struct]] = {
    "site": SiteYaml,
    **{str(kind): each for kind, each in FRONT_MATTER.items()},
}
GOOD: dict[str, dict[str, Any]] = {
    "site": {
        "title": "T",
        "base_url": "https://example.org/",
        "language": "en",
        "time_zone": "Asia/Tokyo",
    },
    "explainer": {
        "title": "T",
        "summary": "S",
        "date": "2025-02-06",
        "topics": ["a"],
        "sources": ["b"],
    },
    "source": {"title": "T", "publisher": "P", "published": "2025-02"},
    "topic": {"title": "T", "summary": "S"},
    "term": {"term": "T", "definition": "D"},
    "author": {"name": "N"},
    "page": {"title": "T"},
}


class _Loader(yaml.SafeLoader):
    """Reads YAML as version 1.2 does: dates stay text."""


_Loader.yaml_implicit_resolvers = {
    first: [each for each in resolvers if not each[0].endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def errors(name: str, value: object) -> list[str]:
    validator = jsonschema.Draft202012Validator(SCHEMAS[name])
    return [error.message for error in validator.iter_errors(value)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_stands_by_itself(name: str) -> None:
    schema = SCHEMAS[name]
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == DIALECT
    text = json.dumps(schema)
    for definition in schema.get("$defs", {}):
        assert f'"#/$defs/{definition}"' in text
    assert text.count('"$ref"') == text.count('"#/$defs/')


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_names_exactly_the_keys_of_its_type(name: str) -> None:
    schema = SCHEMAS[name]
    fields = TYPES[name].__struct_fields__
    assert tuple(schema["properties"]) == fields
    for each in (schema, *schema.get("$defs", {}).values()):
        assert each["additionalProperties"] is False
        assert each["title"]
        assert each["description"]
        assert all(value["description"] for value in each["properties"].values())


@pytest.mark.parametrize("name", SCHEMAS)
def test_required_keys_are_required_and_others_are_not(name: str) -> None:
    assert not errors(name, GOOD[name])
    for key in GOOD[name]:
        less = {other: value for other, value in GOOD[name].items() if other != key}
        assert errors(name, less)
    assert errors(name, GOOD[name] | {"titel": "T"})


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("explainer", {"title": 2025, "as_of": 2025, "date": "2025-02-06T14:30+09:00"}),
        ("explainer", {"as_of": "2025-02", "draft": True, "review_every": 90}),
        ("explainer", {"events": [{"date": 1996, "text": "x", "status": "planned"}]}),
        ("explainer", {"image": {"src": "a.png", "alt": "A"}, "aliases": ["/old/"]}),
        ("explainer", {"corrections": [{"date": "2025-01-02", "kind": "update", "text": "x"}]}),
        ("source", {"published": "unknown", "kind": "treaty", "status": "dead"}),
        ("source", {"published": 1960, "doi": "10.1000/182"}),
        ("site", {"nav": [{"Topics": "/topics/"}, {"Elsewhere": "https://example.org/"}]}),
        ("site", {"markdown_extensions": ["sane_lists", {"toc": {"permalink": True}}]}),
        ("site", {"publisher": {"name": "P", "logo": "/assets/logo.svg"}}),
    ],
)
def test_good_values_are_taken(name: str, more: dict[str, Any]) -> None:
    assert not errors(name, GOOD[name] | more)


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("explainer", {"date": "6/2/2025"}),
        ("explainer", {"date": 2025}),
        ("explainer", {"topics": "housing"}),
        ("explainer", {"topics": []}),
        ("explainer", {"image": {"src": "a.png"}}),
        ("explainer", {"events": [{"date": "2025", "text": "x", "statuss": "planned"}]}),
        ("source", {"kind": "blog"}),
        ("source", {"caveat": "x" * 161}),
        ("source", {"url": "www.example.org"}),
        ("site", {"nav": [{"A": "/a/", "B": "/b/"}]}),
        ("site", {"nav": [{"A": "a.md"}]}),
        ("site", {"markdown_extensions": [{"toc": {}, "tables": {}}]}),
        ("site", {"review_every": 0}),
    ],
)
def test_bad_values_are_not(name: str, more: dict[str, Any]) -> None:
    assert errors(name, GOOD[name] | more)


def test_what_init_and_new_write_is_valid() -> None:
    files = publication_files("T", "https://example.org/", "sitegen")
    kinds = {folder: kind for kind, folder in FOLDERS.items()}
    assert not errors("site", yaml.load(files["content/site.yaml"], _Loader))
    texts = [
        (kinds[path.split("/")[1]], text)
        for path, text in files.items()
        if path.endswith(".md") and path.startswith("content/")
    ]
    texts += [(kind, content_text(kind, NewFile(title="T", day="2025-02-01"))) for kind in FOLDERS]
    for kind, text in texts:
        front_matter = yaml.load(text.split("---\n")[1], _Loader)
        assert not errors(kind, front_matter), (kind, front_matter)


def test_the_shipped_publication_is_valid() -> None:
    content = Path(__file__).parent.parent / "content"
    assert not errors("site", yaml.load((content / "site.yaml").read_text("utf-8"), _Loader))
    for kind, folder in FOLDERS.items():
        for path in (content / folder).rglob("*.md"):
            front_matter = path.read_text("utf-8").split("---\n")[1]
            found = errors(kind, yaml.load(front_matter, _Loader))
            assert not found, f"{path}: {found}"


def test_the_command_writes_one_or_all(tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert json.loads(run(sitegen_command, ["schema", "term"]).stdout) == SCHEMAS["term"]
    assert json.loads(run(sitegen_command, ["schema"]).stdout) == SCHEMAS
    folder = tmp_path / "schemas"
    done = run(sitegen_command, ["schema", "--output", str(folder), "-v"])
    assert done.exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        f"{name}.schema.json" for name in SCHEMAS
    )
    written = (folder / "site.schema.json").read_text("utf-8")
    assert json.loads(written) == SCHEMAS["site"]


def test_the_command_knows_every_schema() -> None:
    assert set(_NAMES) == set(SCHEMAS)
