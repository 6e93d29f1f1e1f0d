"""output/ is the old site or the new one, whatever happens in between."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from sitegen.errors import SitegenError
from sitegen.publish import writer
from sitegen.publish.manifest import NAME, Change, Written
from sitegen.publish.standing import fallen, read_manifest
from sitegen.publish.writer import Staging, check_output, commit, recover


def artifacts(**files: str) -> dict[str, bytes]:
    return {name.replace("__", "/"): text.encode() for name, text in files.items()}


def publish(contents: dict[str, bytes], output: Path, content: Path) -> Change:
    """Do what a build does with its outputs."""
    check_output(output, content)
    staging = Staging(output)
    staging.begin()
    old = read_manifest(output)
    gone = fallen(output, old)
    there = {path: written for path, written in old.files.items() if path not in gone}
    files = {path: Written(digest=data, size=len(data)) for path, data in contents.items()}
    staged = [path for path, written in files.items() if there.get(path) != written]
    try:
        for path in staged:
            staging.write(path, contents[path])
        return commit(staging, staged, files, old)
    except SitegenError:
        staging.abandon()
        raise


def tree(output: Path) -> dict[str, str]:
    return {
        path.relative_to(output).as_posix(): path.read_text()
        for path in output.rglob("*")
        if path.is_file() and path.name != NAME
    }


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "content").mkdir()
    return tmp_path / "output", tmp_path / "content"


def test_writes_what_changed_and_removes_what_is_gone(places: tuple[Path, Path]) -> None:
    output, content = places
    publish(artifacts(a="1", b__c="2", d="3"), output, content)
    before = (output / "a").stat().st_mtime_ns
    change = publish(artifacts(a="1", b__e="4", d="5"), output, content)
    assert tree(output) == {"a": "1", "b/e": "4", "d": "5"}
    assert (change.written, change.removed, change.unchanged) == (("b/e", "d"), ("b/c",), 1)
    assert (output / "a").stat().st_mtime_ns == before
    assert not list(output.parent.glob(".output*"))


def test_a_file_makes_way_for_a_folder_and_a_folder_for_a_file(places: tuple[Path, Path]) -> None:
    output, content = places
    for contents in ({"a": b"1"}, {"a/b/c": b"2"}, {"a": b"3"}):
        publish(contents, output, content)
        assert tree(output) == {path: data.decode() for path, data in contents.items()}


def test_an_empty_folder_goes_with_its_last_file(places: tuple[Path, Path]) -> None:
    output, content = places
    publish(artifacts(a="1", b__c__d="2"), output, content)
    publish(artifacts(a="1"), output, content)
    assert not (output / "b").exists()


@pytest.mark.parametrize("umask", [0o077, 0o027, 0o022, 0o002, 0])
def test_everybody_may_read_what_is_published(places: tuple[Path, Path], umask: int) -> None:
    output, content = places
    old = os.umask(umask)
    try:
        publish(artifacts(a__b="1"), output, content)
    finally:
        os.umask(old)
    assert (output / "a" / "b").stat().st_mode & 0o777 == 0o644
    assert (output / "a").stat().st_mode & 0o777 == 0o755
    assert output.stat().st_mode & 0o777 == 0o755


def test_folders_that_set_a_group_do_not_hand_that_on(places: tuple[Path, Path]) -> None:
    output, content = places
    output.parent.chmod(0o2755)
    publish(artifacts(a__b="1"), output, content)
    assert (output / "a").stat().st_mode & 0o7777 == 0o755


def test_foreign_files_stay(places: tuple[Path, Path]) -> None:
    output, content = places
    publish(artifacts(a="1"), output, content)
    (output / "mine.txt").write_text("mine")
    publish(artifacts(b="2"), output, content)
    assert tree(output) == {"b": "2", "mine.txt": "mine"}
    with pytest.raises(SitegenError, match=r"mine\.txt"):
        publish(artifacts(**{"mine.txt": "ours"}), output, content)
    assert tree(output) == {"b": "2", "mine.txt": "mine"}


def test_a_folder_of_somebody_else_is_refused(places: tuple[Path, Path]) -> None:
    output, content = places
    output.mkdir()
    (output / "thesis.doc").write_text("years of work")
    with pytest.raises(SitegenError, match=r"thesis\.doc"):
        publish(artifacts(a="1"), output, content)
    assert tree(output) == {"thesis.doc": "years of work"}


def test_a_folder_in_the_place_of_a_removed_file_stays(places: tuple[Path, Path]) -> None:
    output, content = places
    publish(artifacts(a="1", b__c="2"), output, content)
    (output / "b" / "c").unlink()
    (output / "b" / "c").mkdir()
    (output / "b" / "c" / "mine.txt").write_text("mine")
    publish(artifacts(a="1"), output, content)
    assert tree(output) == {"a": "1", "b/c/mine.txt": "mine"}
    assert not list(output.parent.glob(".output*"))


def test_nothing_is_removed_through_a_link(places: tuple[Path, Path], tmp_path: Path) -> None:
    output, content = places
    publish(artifacts(a="1", b__c="2"), output, content)
    (output / "b").rename(tmp_path / "mine")
    (output / "b").symlink_to(tmp_path / "mine")
    with pytest.raises(SitegenError, match=r"output/b: sitegen did not make this"):
        publish(artifacts(a="1"), output, content)
    assert (tmp_path / "mine" / "c").read_text() == "2"


@pytest.mark.parametrize("foreign", ["link", "folder"])
def test_a_file_takes_no_folders_place_that_holds_more_than_ours(
    places: tuple[Path, Path], tmp_path: Path, foreign: str
) -> None:
    output, content = places
    publish(artifacts(a__b="1"), output, content)
    if foreign == "link":
        (output / "a" / "mine").symlink_to(tmp_path)
    else:
        (output / "a" / "mine").mkdir()
    with pytest.raises(SitegenError, match=r"output/a: sitegen did not write this"):
        publish(artifacts(a="2"), output, content)
    assert (output / "a" / "b").read_text() == "1"
    assert not list(output.parent.glob(".output*"))


@pytest.mark.parametrize(
    "now", [artifacts(a="2", b__c="2"), artifacts(a="2"), artifacts(a="2", b__c="1", b__d__e="2")]
)
def test_a_folder_that_may_not_be_written_to_stops_a_commit_before_its_seal(
    places: tuple[Path, Path], now: dict[str, bytes]
) -> None:
    output, content = places
    publish(artifacts(a="1", b__c="1"), output, content)
    (output / "b").chmod(0o555)
    try:
        if os.access(output / "b", os.W_OK):
            pytest.skip("this user may write everywhere")
        with pytest.raises(SitegenError, match="output/b: you have no permission"):
            publish(now, output, content)
    finally:
        (output / "b").chmod(0o755)
    assert tree(output) == {"a": "1", "b/c": "1"}
    assert not list(output.parent.glob(".output*"))


@pytest.mark.parametrize("empty", ["b", "b/c"])
def test_an_empty_folder_in_the_place_of_a_file_is_refused(
    places: tuple[Path, Path], empty: str
) -> None:
    output, content = places
    publish(artifacts(a="a"), output, content)
    (output / empty).mkdir(parents=True)
    with pytest.raises(SitegenError, match="sitegen did not write this file; move it away"):
        publish(artifacts(a="a", b="b"), output, content)
    recover(output)
    assert tree(output) == {"a": "a"}


@pytest.mark.parametrize("inside", ["content", "content/site", "."])
def test_output_may_not_touch_content(places: tuple[Path, Path], inside: str) -> None:
    _, content = places
    with pytest.raises(SitegenError, match="can't be in or above"):
        publish(artifacts(a="1"), content.parent / inside, content)


def test_a_file_changed_by_hand_is_put_right(places: tuple[Path, Path]) -> None:
    output, content = places
    publish(artifacts(a="one"), output, content)
    (output / "a").write_text("by hand, longer")
    publish(artifacts(a="one"), output, content)
    assert tree(output) == {"a": "one"}


class _Killed(BaseException):
    """Stands for kill -9: nothing on the way may tidy up."""


def _killed_at(count: int, call: Callable[..., object]) -> Callable[..., object]:
    calls = 0

    def wrapped(*args: object, **kwargs: object) -> object:
        nonlocal calls
        calls += 1
        if calls == count:
            raise _Killed
        return call(*args, **kwargs)

    return wrapped


@pytest.mark.parametrize("step", ["_write", "_remove", "replace", "_make_folder"])
@pytest.mark.parametrize("count", range(1, 8))
def test_killed_at_any_write_the_site_is_old_or_new(
    places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, step: str, count: int
) -> None:
    output, content = places
    old = artifacts(a="1", b__c="2", x__y__z="3", same="0")
    new = artifacts(a="4", b__d="5", e="6", same="0")
    publish(old, output, content)
    with monkeypatch.context() as patch:
        if step == "replace":
            patch.setattr(os, "replace", _killed_at(count, os.replace))
        else:
            patch.setattr(writer, step, _killed_at(count, getattr(writer, step)))
        with suppress(_Killed):
            publish(new, output, content)
    recover(output)
    expected = [{path: data.decode() for path, data in site.items()} for site in (old, new)]
    assert tree(output) in expected
    publish(new, output, content)
    assert tree(output) == expected[1]


def test_a_full_disk_is_reported_and_changes_nothing(
    places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    output, content = places
    publish(artifacts(a="1"), output, content)

    def full(path: str, data: bytes, **how: bool) -> None:
        raise OSError(28, "No space left on device", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(writer, "_write", full)
        with pytest.raises(SitegenError, match="No space left"):
            publish(artifacts(a="2"), output, content)
    assert tree(output) == {"a": "1"}
    assert not list(output.parent.glob(".output*"))
