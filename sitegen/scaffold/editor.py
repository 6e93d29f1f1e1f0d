"""The files by which VS Code helps with a publication: schemas, tasks, settings and snippets.

Formats: the VS Code documentation, "Tasks" (problem matchers) and "Snippets in Visual Studio
Code"; all are JSON with comments.
"""

import json
from collections.abc import Iterable, Mapping

from msgspec import Struct

from sitegen.schema import json_schemas

SNIPPETS = ".vscode/sitegen.code-snippets"
MARK = "// Made by 'sitegen editor': run it again after a change; what you write here is lost."
"""The first line of a file that may be made anew; JSON Schemas stand in a folder of their own."""

_SCHEMAS = ".vscode/sitegen"


class SourceNote(Struct, frozen=True):
    """A source as a writer picks it from a list."""

    id: str
    title: str = ""
    publisher: str = ""


def editor_settings() -> Mapping[str, str]:
    """Return, by path, the files that are a publication's own once they are written."""
    return {
        ".vscode/tasks.json": _TASKS,
        ".vscode/settings.json": _SETTINGS,
        ".vscode/extensions.json": _EXTENSIONS,
    }


def made_editor_files(sources: Iterable[SourceNote]) -> Mapping[str, str]:
    """Return, by path, the files that are made anew whenever the content changes."""
    # Without the name of their dialect: checkers that know an older one alone refuse it, and the
    # keywords that stand in them mean the same in both.
    schemas = {
        f"{_SCHEMAS}/{name}.schema.json": _json(
            {key: value for key, value in schema.items() if key != "$schema"}
        )
        for name, schema in json_schemas().items()
    }
    return {SNIPPETS: snippets(sources), **schemas}


def snippets(sources: Iterable[SourceNote]) -> str:
    """Return the snippets: a citation and a claim for each source, and the other forms."""
    made: dict[str, object] = {
        "Link to a page": _snippet("link", "[[${1:slug}|${2:words}]]", "A link by slug."),
        "Checked quotation": _snippet(
            "quotation", '"${1:the words of the source}"[@${2:source}, ${3:place}]', "Words quoted."
        ),
        "Key points": _snippet("key_points", 'key_points:\n  - "${1:answer}"', "Front matter."),
        "Known and unknown": _snippet(
            "known", 'known:\n  - "${1:fact}"\nunknown:\n  - "${2:question}"', "Front matter."
        ),
        "Event": _snippet(
            "event",
            '- date: ${1:2025-01-31}\n  text: "${2:What happened.}"\n  sources: [${3:source}]\n'
            "  status: ${4|reported,planned|}",
            "An entry of events:.",
        ),
    }
    for source in sorted(sources, key=lambda each: each.id):
        about = ", ".join(part for part in (source.title, source.publisher) if part) or source.id
        made[f"Cite {source.id}"] = _snippet(
            f"cite-{source.id}", f"[@{source.id}${{1:, place}}]", f"Citation: {about}"
        )
        made[f"Claim {source.id}"] = _snippet(
            f"claim-{source.id}",
            f"[${{1:the words it supports}}][@{source.id}, ${{2:place}}, "
            '"${3:the source\'s own words}"]',
            f"Claim: {about}",
        )
    return f"{MARK}\n{_json(made)}"


def _snippet(prefix: str, body: str, description: str) -> dict[str, object]:
    lines = body.split("\n")
    return {
        "scope": "markdown,yaml",
        "prefix": prefix,
        "body": lines if len(lines) > 1 else body,
        "description": description,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


_TASKS = r"""// Terminal > Run Task. What a check finds stands under Problems, and is underlined.
{
  "version": "2.0.0",
  "options": { "cwd": "${workspaceFolder}" },
  "linux": { "options": { "env": { "PATH": "${workspaceFolder}/.venv/bin:${env:PATH}" } } },
  "osx": { "options": { "env": { "PATH": "${workspaceFolder}/.venv/bin:${env:PATH}" } } },
  "windows": { "options": { "env": { "PATH": "${workspaceFolder}\\.venv\\Scripts;${env:PATH}" } } },
  "tasks": [
    {
      "label": "sitegen: check",
      "type": "shell",
      "command": "sitegen check",
      "group": { "kind": "build", "isDefault": true },
      "presentation": { "reveal": "silent", "clear": true },
      "problemMatcher": [
        {
          "owner": "sitegen",
          "source": "sitegen",
          "fileLocation": ["relative", "${workspaceFolder}"],
          "pattern": {
            "regexp": "^(.+?):(\\d+)(?::(\\d+))?: (error|warning)\\[([a-z0-9-]+)\\]: (.*)$",
            "file": 1, "line": 2, "column": 3, "severity": 4, "code": 5, "message": 6
          }
        },
        {
          "owner": "sitegen-files",
          "source": "sitegen",
          "fileLocation": ["relative", "${workspaceFolder}"],
          "pattern": {
            "regexp": "^((?:(?!:\\d).)+?): (error|warning)\\[([a-z0-9-]+)\\]: (.*)$",
            "kind": "file",
            "file": 1, "severity": 2, "code": 3, "message": 4
          }
        }
      ]
    },
    {
      "label": "sitegen: preview",
      "type": "shell",
      "command": "sitegen serve --open",
      "isBackground": true,
      "problemMatcher": []
    },
    {
      "label": "sitegen: renew snippets",
      "type": "shell",
      "command": "sitegen editor",
      "presentation": { "reveal": "silent" },
      "problemMatcher": []
    }
  ]
}
"""

_SETTINGS = """\
// Keys, values and choices of site.yaml are checked while you type, by the YAML extension. The same
// extension does not look into front matter: run the task "sitegen: check" for that.
{
  "yaml.schemas": { ".vscode/sitegen/site.schema.json": "content/site.yaml" },
  "[markdown]": {
    "editor.wordWrap": "on",
    // Snippets are offered as you type: cite-..., claim-...
    "editor.quickSuggestions": { "other": "on", "comments": "off", "strings": "off" },
    "editor.snippetSuggestions": "top",
    "editor.wordBasedSuggestions": "off"
  },
  "search.exclude": { "output/": true, ".sitegen/": true },
  "files.watcherExclude": { "**/output/**": true, "**/.sitegen/**": true }
}
"""

_EXTENSIONS = """\
{
  "recommendations": ["redhat.vscode-yaml"]
}
"""
