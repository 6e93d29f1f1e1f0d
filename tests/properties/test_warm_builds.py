"""After any edits a warm build is what a cold build would be, byte for byte, and does no more."""

import os
import random
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sitegen.build import BuildOptions, BuildReport, advance_ledger, build, quotes
from sitegen.diagnostics import render_text
from sitegen.render.folders import default_folder
from tests.properties.strategies import AS_OF, publications

Files = dict[str, str]
TEMPLATES = [
    "explainer.html",
    "source.html",
    "topic.html",
    "base.html",
    "partials/citation.html",
    "strings/en.yaml",
    "assets/site.css",
]
TELLING = frozenset(
    "write_more write_before change_front_matter add delete rename lose_an_output touch".split()
)
"""Edits after which whatever is made again comes out another: a page that shows nothing of them is
not made. After others a view may hold something else that its page, as it is, doesn't show."""


def write(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def tree(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def content_of(root: Path) -> list[str]:
    """Return the content files that an edit may choose from, in a fixed order."""
    return sorted(
        path.relative_to(root).as_posix()
        for path in (root / "content").rglob("*.md")
        if path.is_file()
    )


class Edits:
    """Everything a writer, an editor or a disk may do between two builds."""

    def __init__(self, root: Path, chance: random.Random, options: BuildOptions) -> None:
        self.root = root
        self.chance = chance
        self.options = options

    def any(self) -> str:
        chosen = self.chance.choice(
            [
                self.write_more,
                self.write_more,
                self.write_before,
                self.change_front_matter,
                self.change_a_name,
                self.add,
                self.delete,
                self.rename,
                self.quote,
                self.change_a_snapshot,
                self.change_receipts,
                self.change_the_ledger,
                self.change_a_source,
                self.reword_a_source,
                self.reword_a_source,
                self.change_settings,
                self.change_a_template,
                self.change_an_asset,
                self.change_the_links,
                self.another_day,
                self.other_options,
                self.lose_an_output,
                self.damage_the_cache,
                self.touch,
            ]
        )
        chosen()
        return chosen.__name__

    def _edit(self, change: Callable[[str], str], folder: str = "") -> None:
        paths = [path for path in content_of(self.root) if folder in path]
        if paths:
            path = self.root / self.chance.choice(paths)
            path.write_text(change(path.read_text("utf-8")), encoding="utf-8")

    def write_more(self) -> None:
        more = self.chance.choice(
            [
                "A line more.\n",
                "## More\n\nText.\n",
                "The rent cap and an office.\n",
                "[[nobody]]\n",
            ]
        )
        self._edit(lambda text: f"{text}\n{more}")

    def write_before(self) -> None:
        self._edit(lambda text: text.replace("\n---\n", "\n\n---\nFirst of all.\n\n", 1))

    def change_front_matter(self) -> None:
        key = self.chance.choice(
            [
                "featured: true",
                "updated: 2025-03-04",
                "draft: true",
                "events: [{date: 2024-11, text: It *begins*.}]",
                "corrections: [{date: 2025-05-01, kind: update, text: It was wrong.}]",
                "aliases: [/old/]",
                "nonsense: 1",
            ]
        )
        self._edit(lambda text: text.replace("---\n", f"---\n{key}\n", 1), "explainers/")

    def change_a_name(self) -> None:
        word = self.chance.choice(["Anew", "Zoo", "1st"])
        self._edit(lambda text: text.replace('title: "', f'title: "{word} ', 1))

    def add(self) -> None:
        number = self.chance.randrange(3)
        topics = [path for path in content_of(self.root) if "topics/" in path]
        sources = [path for path in content_of(self.root) if "sources/" in path]
        if topics and sources:
            topic, source = Path(topics[0]).stem, Path(sources[-1]).stem
            text = (
                f"---\ntitle: Added {number}\nsummary: New.\ndate: 2025-02-0{number + 1}\n"
                f"topics: [{topic}]\nsources: [{source}]\n---\n[Said][@{source}] of the office.\n"
            )
            write(self.root, f"content/explainers/added-{number}.md", text)

    def delete(self) -> None:
        paths = content_of(self.root)
        if len(paths) > 1:
            (self.root / self.chance.choice(paths)).unlink()

    def rename(self) -> None:
        paths = [path for path in content_of(self.root) if "explainers/" in path]
        if paths:
            old = self.root / self.chance.choice(paths)
            old.rename(old.with_name(f"renamed-{self.chance.randrange(3)}.md"))

    def _source(self) -> str:
        paths = [path for path in content_of(self.root) if "sources/" in path]
        return Path(self.chance.choice(paths)).stem if paths else "nobody"

    def quote(self) -> None:
        more = self.chance.choice(
            [
                f'[Said][@{self._source()}, "the office counts 4 rents"].\n',
                f"“the office counts 5 rents” [@{self._source()}]\n",
                "[4 rents]{as-of=2025-01-01 review-by=2025-06-01}, and currently 5.\n",
            ]
        )
        self._edit(lambda text: f"{text}\n{more}", "explainers/")

    def change_a_snapshot(self) -> None:
        path = f"content/snapshots/{self._source()}.txt"
        if (self.root / path).exists() and self.chance.random() < 0.3:
            (self.root / path).unlink()
        else:
            text = self.chance.choice(["The office.", "So the office counts 4 rents, and\n"])
            write(self.root, path, text)

    def change_receipts(self) -> None:
        receipts = self.root / "content/receipts.json"
        if receipts.exists() and self.chance.random() < 0.3:
            receipts.unlink()
        else:
            quotes(BuildOptions(root=self.root, as_of=AS_OF), write=True)

    def change_the_ledger(self) -> None:
        ledger = self.root / "content/ledger.json"
        if ledger.exists() and self.chance.random() < 0.3:
            ledger.unlink()
        else:
            advance_ledger(BuildOptions(root=self.root, as_of=AS_OF))

    def change_a_source(self) -> None:
        key = self.chance.choice(["status: retracted", "status: corrected", "primary: true"])
        self._edit(lambda text: text.replace("---\n", f"---\n{key}\n", 1), "sources/")

    def reword_a_source(self) -> None:
        title = self.chance.choice(["A first", "Another", "The middle", "zzz last", "Über"])
        more = self.chance.choice(["", "", "byline: Somebody\n", "kind: report\n"])
        self._edit(lambda text: re.sub("title: .*\n", f"title: {title}\n{more}", text), "sources/")

    def change_settings(self) -> None:
        left_out = self.chance.choice(["feeds", "api", "citation_files", "markdown_copies"])
        key = self.chance.choice(["title: Random", "title: Other", f"{left_out}: false"])
        path = self.root / "content/site.yaml"
        rest = [
            line
            for line in path.read_text().splitlines()
            if not line.startswith("title") and not line.endswith(": false")
        ]
        lines = [key, *rest] if key.startswith("title") else ["title: Random", key, *rest]
        path.write_text("\n".join(lines) + "\n")

    def change_a_template(self) -> None:
        name = self.chance.choice(TEMPLATES)
        own = self.root / "templates" / name
        if own.exists() and self.chance.random() < 0.3:
            own.unlink()
            return
        text = (
            (default_folder() / name).read_text("utf-8")
            if (default_folder() / name).exists()
            else ""
        )
        mark = self.chance.choice(["one", "two"])
        comment = {"html": f"<!-- {mark} -->", "yaml": f"\n# {mark}\n", "css": f"/* {mark} */"}
        write(self.root, f"templates/{name}", text + comment[name.rpartition(".")[2]])

    def change_an_asset(self) -> None:
        path = f"content/assets/{self.chance.choice(['a', 'b'])}.csv"
        if (self.root / path).exists() and self.chance.random() < 0.3:
            (self.root / path).unlink()
        else:
            write(self.root, path, f"{self.chance.random()}\n")

    def change_the_links(self) -> None:
        verdict = self.chance.choice(["dead", "drifted", "alive"])
        day = f"2025-01-0{self.chance.randrange(1, 9)}"
        asked = range(self.chance.randrange(3))
        lines = [f"{verdict} {day} 404 https://news.example/{number}\n" for number in asked]
        write(self.root, "content/links.lock", "".join(lines))

    def another_day(self) -> None:
        day = self.chance.choice(["2024-06-01", "2025-05-31", "2025-06-02", "2026-01-01"])
        self.options = replace(self.options, as_of=day)

    def other_options(self) -> None:
        self.options = replace(
            self.options,
            base_url=self.chance.choice(["", "https://example.org/elsewhere/"]),
            drafts=self.chance.random() < 0.3,
            jobs=self.chance.choice([1, 2]),
        )

    def lose_an_output(self) -> None:
        outputs = sorted(path for path in (self.root / "output").rglob("*.*") if path.is_file())
        if outputs and (lost := self.chance.choice(outputs)).name != ".sitegen.json":
            lost.unlink()

    def damage_the_cache(self) -> None:
        files = sorted(path for path in (self.root / ".sitegen").rglob("*") if path.is_file())
        if not files:
            return
        path = self.chance.choice(files)
        data = bytearray(path.read_bytes())
        how = self.chance.randrange(4)
        if how == 0:
            path.unlink()
        elif how == 1:
            path.write_bytes(b"nonsense")
        elif how == 2:
            path.write_bytes(bytes(data[: len(data) // 2]))
        elif data:
            for _ in range(20):
                data[int(self.chance.random() * len(data))] ^= 255  # how long is chance too
            path.write_bytes(bytes(data))

    def touch(self) -> None:
        for path in content_of(self.root)[:2]:
            os.utime(self.root / path, (1_700_000_000, 1_700_000_000))


def cold(root: Path, options: BuildOptions) -> tuple[BuildReport, dict[str, bytes]]:
    """Return what a build makes of the same files in a place where nothing was ever built."""
    with tempfile.TemporaryDirectory() as folder:
        elsewhere = Path(folder)
        for name in ("content", "templates"):
            if (root / name).exists():
                shutil.copytree(root / name, elsewhere / name)
        report = build(replace(options, root=elsewhere, cache=False, jobs=1))
        return report, tree(elsewhere / "output")


@given(publications(), st.randoms(use_true_random=False))
def test_a_warm_build_is_what_a_cold_one_would_be(files: Files, chance: random.Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, text in files.items():
            write(root, path, text)
        edits = Edits(root, chance, BuildOptions(root=root, as_of=AS_OF))
        done: list[str] = []
        since: list[str] = []
        for _ in range(6):
            before = tree(root / "output")
            warm = build(edits.options)
            fresh, expected = cold(root, edits.options)
            assert render_text(warm.diagnostics) == render_text(fresh.diagnostics), done
            assert warm.published == fresh.published, done
            assert tree(root / "output") == (expected if warm.published else before), done
            if warm.published:
                if TELLING.issuperset(since):
                    in_vain = [path for path in warm.rendered if before.get(path) == expected[path]]
                    assert not in_vain, (in_vain, done)
                since.clear()
            again = build(edits.options)
            assert (again.rendered, again.written, again.removed) == ((), (), ()), done
            assert again.diagnostics == warm.diagnostics, done
            edited = [edits.any() for _ in range(chance.randrange(1, 3))]
            since += edited
            done += edited
