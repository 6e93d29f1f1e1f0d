"""Publications written inline: one string of files, edits, and what a build made of them."""

from pathlib import Path

from sitegen.build import BuildOptions, BuildReport, build, check
from sitegen.diagnostics import render_text

GOOD = """
-- content/site.yaml --
title: Test briefings
base_url: https://example.org/briefings/
language: en
time_zone: Asia/Tokyo
description: A publication for tests.

-- content/topics/housing.md --
---
title: Housing
summary: Where people live.
---
About housing.

-- content/sources/report-2024.md --
---
title: A report on rents
publisher: The Rent Office
published: 2024-11-03
url: https://example.org/report
kind: report
---
What it is good for.

-- content/glossary/rent-cap.md --
---
term: Rent cap
definition: The most that rent may rise.
also: [rent ceiling]
sources: [report-2024]
topics: [housing]
---

-- content/authors/ada.md --
---
name: Ada Writer
---
Writes.

-- content/pages/about.md --
---
title: About
nav: true
---
How we work.

-- content/explainers/rents.md --
---
title: Why rents rise
summary: Rents, explained.
date: 2025-01-10
topics: [housing]
sources: [report-2024]
authors: [ada]
key_points:
  - "[Rents rose][@report-2024, p. 2] in 2024."
known: ["[Rents rose][@report-2024]."]
unknown: ["Why they rose."]
events:
  - date: 2024-11
    text: The report comes out.
    sources: [report-2024]
---
## What happened

The office says [rents rose by 4 per cent][@report-2024, p. 2, "rose by 4 per cent"] in one year.
A rent cap was discussed.

## What comes next

See [housing](../topics/housing.md).
"""


class InlineSite:
    """A publication on disk, made of the files of GOOD until edited."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.edit(GOOD)

    def edit(self, files: str) -> "InlineSite":
        """Write the files of `files`: each begins with a line `-- path --`."""
        path: Path | None = None
        lines: list[str] = []
        for line in [*files.split("\n"), "-- end --"]:
            if line.startswith("-- ") and line.endswith(" --"):
                if path is not None:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text("\n".join(lines).strip("\n") + "\n", encoding="utf-8")
                path = self.root / line[3:-3]
                lines = []
            else:
                lines.append(line)
        return self

    def replace(self, path: str, old: str, new: str) -> "InlineSite":
        """Change one piece of text in one file."""
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {path}"
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return self

    def delete(self, path: str) -> "InlineSite":
        (self.root / path).unlink()
        return self

    def options(self, **options: object) -> BuildOptions:
        return BuildOptions(
            **{"root": self.root, "as_of": "2025-02-01", "search": False} | options  # type: ignore[arg-type]
        )

    def build(self, **options: object) -> BuildReport:
        return build(self.options(**options))

    def check(self, **options: object) -> BuildReport:
        return check(self.options(**options))

    def said(self, **options: object) -> str:
        """Return the diagnostics of a check, as the terminal shows them."""
        return render_text(self.check(**options).diagnostics)

    def output(self, path: str) -> str:
        return (self.root / "output" / path).read_text(encoding="utf-8")

    def tree(self) -> dict[str, bytes]:
        """Return every file of output/ but the manifest, by its path."""
        output = self.root / "output"
        return {
            path.relative_to(output).as_posix(): path.read_bytes()
            for path in sorted(output.rglob("*"))
            if path.is_file() and path.name != ".sitegen.json"
        }
