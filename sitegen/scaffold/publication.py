"""All files of a new publication."""

from collections.abc import Mapping

from sitegen.scaffold.editor import SourceNote, editor_settings, made_editor_files
from sitegen.scaffold.sample import SAMPLE_SOURCE, sample_content
from sitegen.scaffold.settings import site_yaml
from sitegen.scaffold.workflow import check_workflow, links_workflow, pages_workflow

UNKNOWN_REQUIREMENT = "sitegen @ git+https://example.invalid/sitegen@COMMIT"
"""Names no place at all (RFC 2606, section 2), so that nobody else's program is installed."""


def publication_files(title: str, base_url: str, requirement: str) -> Mapping[str, str]:
    """Return the files by their path below the publication's folder.

    `base_url` is a checked address; `requirement` tells pip where to get sitegen.
    """
    return {
        "content/site.yaml": site_yaml(title, base_url),
        **sample_content(title),
        ".github/workflows/check.yml": check_workflow("--requirement requirements.txt"),
        ".github/workflows/links.yml": links_workflow("--requirement requirements.txt"),
        ".github/workflows/pages.yml": pages_workflow("--requirement requirements.txt"),
        ".gitignore": _GITIGNORE,
        **editor_settings(),
        **made_editor_files([SourceNote(*SAMPLE_SOURCE, title)]),
        "README.md": _readme(title),
        "requirements.txt": _requirements(requirement),
    }


_GITIGNORE = """\
# What sitegen makes.
/output/
/preview/
/.output.sitegen/
/.output.sitegen.lock
/.sitegen/

# The Python environment.
/.venv/

# The text of sources as their editor read it: somebody's copyright, kept to check quotations.
/content/snapshots/
"""


def _requirements(requirement: str) -> str:
    note = """\
# Where .github/workflows/pages.yml gets sitegen from, as pip reads it. Never write the bare name:
# the package called sitegen on PyPI is another project.
"""
    if requirement == UNKNOWN_REQUIREMENT:
        note += (
            "# Replace the next line: name the repository you have sitegen from, and a commit.\n"
        )
    return f"{note}{requirement}\n"


def _readme(title: str) -> str:
    return f"""\
# {title}

Explainers in Markdown, built into a site by `sitegen`.

## Every day

```sh
sitegen new source "Title of the article"     # a record of what you read
sitegen source add https://example.org/page   # the same from a web page, with its text
sitegen new explainer "Your question" --source title-of-the-article
sitegen serve --open                          # see it in the browser while you write
sitegen check                                 # find everything that is wrong
```

A new file says `TODO:` wherever something is yours to write; `sitegen check` lists what is left.
When an explainer is ready, take `draft: true` out of its front matter and open a pull request.

## How to cite

`[the words it supports][@source-name, p. 3, "the source's own words"]` is a claim: it gets a number
that leads to its note. The source's name is the name of its file in `content/sources/`.

## In VS Code

- *Terminal > Run Build Task* (Ctrl+Shift+B) checks everything; what it finds is underlined.
- Type `cite-` or `claim-` and choose a source. `sitegen new source` adds its snippets; after other
  changes run the task *sitegen: renew snippets*.
- The YAML extension that VS Code recommends checks `content/site.yaml` while you type.

## Where things are

| folder | what is in it |
| --- | --- |
| `content/site.yaml` | title, address, language, time zone |
| `content/explainers/` | what readers come for |
| `content/sources/` | one record for each article or document you cite |
| `content/topics/` | topic pages |
| `content/glossary/` | terms, linked by themselves at their first use on a page |
| `content/authors/` | bylines |
| `content/pages/` | about, corrections policy, ... |
| `content/assets/` | images and files |
| `templates/` | your own templates, if any; a file here wins over sitegen's of the same name |

## Publishing on GitHub Pages

1. In `requirements.txt`, check where sitegen comes from.
2. In the repository's settings, under *Pages*, choose *GitHub Actions* as the source.
3. Push to `main`. The workflow in `.github/workflows/pages.yml` builds and deploys the site, and
   again each day; its address comes from the Pages settings.

Each pull request is checked by `.github/workflows/check.yml`: what is wrong shows on the changed
lines, a summary names the claims and sources that change, and the built site can be downloaded
as the artifact *preview*: unpack it and run `python3 -m http.server` in its folder.

Once a week `.github/workflows/links.yml` asks every outside address and tells which are dead.
"""
