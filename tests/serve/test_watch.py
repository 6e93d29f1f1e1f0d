import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sitegen.serve import watch as watch_module
from sitegen.serve.watch import FolderWatch
from tests.serve.running import PATIENCE

SILENCE = 0.3
"""Seconds after which a burst would have been told, were it to be told."""


class Heard:
    """A watch, and how often it has told of changes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.times = 0
        self.trouble: list[str] = []
        self.saved = frozenset[Path]()
        self._condition = threading.Condition()
        self.watch = FolderWatch(root, root / "output", self._hear, self.trouble.append)
        self.watch.start()
        self.wait(1)

    def _hear(self, saved: frozenset[Path]) -> None:
        with self._condition:
            self.saved = saved
            self.times += 1
            self._condition.notify_all()

    def wait(self, times: int) -> None:
        with self._condition:
            assert self._condition.wait_for(lambda: self.times >= times, PATIENCE)

    def silent(self) -> bool:
        with self._condition:
            before = self.times
            return not self._condition.wait_for(lambda: self.times > before, SILENCE)


@pytest.fixture
def heard(root: Path) -> Iterator[Heard]:
    for name in ("content/topics", "templates", "output", ".sitegen"):
        (root / name).mkdir(exist_ok=True)
    (root / "content/y.md").write_text("one")
    made = Heard(root)
    yield made
    made.watch.stop()


def new_folders(root: Path) -> None:
    (root / "content/a/b").mkdir(parents=True)
    (root / "content/a/b/z.md").write_text("new")


def replaced_with_an_old_date(root: Path) -> None:
    (root / "old.md").write_text("two")
    os.utime(root / "old.md", (0, 0))
    (root / "old.md").replace(root / "content/x.md")


def edited_within_the_same_date(root: Path) -> None:
    path = root / "content/x.md"
    before = path.stat()
    path.write_text("two")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def saved_as_vim_does(root: Path) -> None:
    path = root / "content/x.md"
    (root / "content/4913").touch()
    (root / "content/4913").unlink()
    path.rename(root / "content/x.md~")
    path.write_text("two")
    (root / "content/x.md~").unlink()


CHANGES: list[Callable[[Path], object]] = [
    lambda root: (root / "content/x.md").write_text("two"),
    lambda root: (root / "content/new.md").write_text("new"),
    lambda root: (root / "content/x.md").unlink(),
    lambda root: (root / "content/x.md").rename(root / "content/renamed.md"),
    lambda root: (root / "content/x.md").rename(root / "content/topics/x.md"),
    lambda root: (root / "content/x.md").rename(root / "gone.md"),
    lambda root: (root / "content/topics").rename(root / "content/subjects"),
    lambda root: (root / "content/y.md").replace(root / "content/x.md"),
    lambda root: (root / "templates/base.html").write_text("new"),
    new_folders,
    replaced_with_an_old_date,
    edited_within_the_same_date,
    saved_as_vim_does,
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_told_once(heard: Heard, change: Callable[[Path], object]) -> None:
    change(heard.root)
    heard.wait(2)
    assert heard.saved
    # A second telling would come at the end of the next burst at the latest.
    (heard.root / "content/last.md").write_text("last")
    heard.wait(3)
    assert heard.times == 3
    assert heard.saved == {heard.root.resolve() / "content/last.md"}


def test_a_burst_is_told_once(heard: Heard) -> None:
    for number in range(20):
        (heard.root / f"content/{number}.md").write_text("new")
    heard.wait(2)
    assert heard.silent()


def test_what_no_build_reads_is_not_told(heard: Heard) -> None:
    content = heard.root / "content"
    for name in (".x.md.swp", "x.md~", "4913", ".#x.md", "#x.md#", ".DS_Store", "topics/.x.swp"):
        (content / name).write_text("an editor's own")
        (content / name).unlink()
    (content / ".obsidian").mkdir()
    (content / ".obsidian/workspace.json").write_text("{}")
    (heard.root / "output/index.html").write_text("built")
    (heard.root / ".sitegen/manifest").write_text("kept")
    (heard.root / "README.md").write_text("beside")
    (content / "x.md").read_text()
    assert heard.silent()


def test_folders_that_come_and_go_are_followed(heard: Heard) -> None:
    shutil.rmtree(heard.root / "content")
    shutil.rmtree(heard.root / "templates")
    heard.wait(2)
    while not heard.silent():
        pass
    times = heard.times
    (heard.root / "content").mkdir()
    heard.wait(times + 1)
    while not heard.silent():
        pass
    times = heard.times
    (heard.root / "content/x.md").write_text("back")
    heard.wait(times + 1)


def test_templates_that_appear_later_are_watched(root: Path) -> None:
    heard = Heard(root)
    try:
        (root / "templates").mkdir()
        heard.wait(2)
        (root / "templates/base.html").write_text("new")
        heard.wait(3)
    finally:
        heard.watch.stop()


def test_an_output_inside_a_watched_folder_is_left_out(root: Path) -> None:
    (root / "content/site").mkdir()
    told = threading.Event()
    watch = FolderWatch(root, root / "content/site", lambda saved: told.set(), lambda line: None)
    watch.start()
    try:
        assert told.wait(PATIENCE)
        told.clear()
        (root / "content/site/index.html").write_text("built")
        assert not told.wait(SILENCE)
    finally:
        watch.stop()


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_are_not_followed_and_hide_nothing(root: Path) -> None:
    (root / "output").mkdir()
    (root / "content/loop").symlink_to(root)
    heard = Heard(root)
    try:
        (root / "output/index.html").write_text("built")
        (root / "README.md").write_text("beside")
        assert heard.silent()
        (root / "content/x.md").write_text("two")
        heard.wait(2)
    finally:
        heard.watch.stop()


def test_a_system_that_refuses_to_watch_is_told_of(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*folders: Path, **options: object) -> Iterator[None]:
        raise OSError("OS file watch limit reached")

    monkeypatch.setattr(watch_module, "watch", refuse)
    heard = Heard(root)
    heard.watch.stop()
    assert heard.times == 1
    assert "changes to files can't be seen: OS file watch limit reached" in heard.trouble
