"""What must not go wrong: traps in files, processes that die, builds in each other's way."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from sitegen.build import BuildOptions, build
from sitegen.errors import SitegenError
from sitegen.publish.manifest import NAME
from sitegen.render.folders import default_folder
from sitegen.serve.outcome import Failure, Outcome
from sitegen.serve.preview import Preview
from tests.sites import InlineSite


def test_another_base_url_in_between_is_not_taken_for_ours(site: InlineSite) -> None:
    time.sleep(0.1)
    site.build()
    before = (site.root / "output/sitemap.xml").read_bytes()
    site.build(base_url="https://example.org/elsewhere/")
    site.build()
    assert (site.root / "output/sitemap.xml").read_bytes() == before


@pytest.mark.parametrize("name", ["logo.svg", "assets/logo.svg"])
def test_an_included_file_that_is_no_html_is_part_of_the_closure(
    site: InlineSite, name: str
) -> None:
    logo = site.root / "templates" / name
    logo.parent.mkdir(parents=True)
    logo.write_text("<i>one</i>")
    topic = (default_folder() / "topic.html").read_text()
    include = f'{{% include "{name}" %}}{{% endblock %}}'
    (site.root / "templates/topic.html").write_text(topic.replace("{% endblock %}", include, 1))
    site.build()
    logo.write_text("<i>two</i>")
    site.build()
    assert "<i>two</i>" in (site.root / "output/topics/housing/index.html").read_text()


def test_an_own_asset_over_a_default_one_is_seen_by_the_same_process(site: InlineSite) -> None:
    own = site.root / "templates/assets/site.css"
    own.parent.mkdir(parents=True)
    site.build()
    own.write_text("p { color: red }")
    site.build()
    [published] = (site.root / "output/assets").glob("site.*.css")
    assert published.read_text() == "p{color:red}"


def test_a_linked_template_is_refused(site: InlineSite) -> None:
    target = site.root / "shared.html"
    target.write_text("<!doctype html>one")
    (site.root / "templates").mkdir()
    (site.root / "templates/topic.html").symlink_to(target)
    report = site.build()
    assert not report.published
    assert [(each.path, each.code) for each in report.diagnostics] == [
        ("templates/topic.html", "not-a-file")
    ]


def test_a_folder_named_like_a_page_is_seen_by_an_unchanged_build(site: InlineSite) -> None:
    time.sleep(0.1)
    assert site.build().published
    (site.root / "content/explainers/folder.md").mkdir()
    assert not site.build().published


def test_a_manifest_names_no_file_outside_output(site: InlineSite, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("mine")
    output = site.root / "output"
    output.mkdir()
    files = {str(precious): ["AAAAAAAAAAAAAAAAAAAAAA==", 4]}
    (output / NAME).write_text(json.dumps({"version": 2, "files": files}))
    with suppress(SitegenError):
        site.build()
    assert precious.exists()


def test_a_journal_names_no_file_outside_output(site: InlineSite, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("mine")
    workspace = site.root / ".output.sitegen"
    (workspace / "staged").mkdir(parents=True)
    (site.root / "output").mkdir()
    journal = {"written": [], "removed": [str(precious)]}
    (workspace / "journal.json").write_text(json.dumps(journal))
    with suppress(SitegenError):
        site.build()
    assert precious.exists()


def test_a_lock_that_is_a_link_empties_nothing(site: InlineSite, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("mine")
    (site.root / ".sitegen").mkdir()
    (site.root / ".sitegen/lock").symlink_to(precious)
    with suppress(SitegenError):
        site.build()
    assert precious.read_text() == "mine"


@pytest.mark.skipif(sys.platform != "linux", reason="needs fork and /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_their_parent_and_give_back_the_lock(
    tmp_path: Path, number: signal.Signals
) -> None:
    code = """
import sys, time
from pathlib import Path
from sitegen.engine.lock import locked
from sitegen.engine.pool import run_chunks
def prepare(context):
    return lambda chunk: time.sleep(0.05)
with locked(Path(sys.argv[1]), print):
    print("locked", flush=True)
    for _ in run_chunks(prepare, None, range(10_000), processes=2, chunk=1):
        print("working", flush=True)
"""
    lock = tmp_path / "lock"
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(lock)], stdout=subprocess.PIPE, start_new_session=True
    )
    try:
        assert parent.stdout
        parent.stdout.readline()
        parent.stdout.readline()
        parent.send_signal(number)
        parent.wait()
        time.sleep(1)
        again = "import fcntl, sys; fcntl.flock(open(sys.argv[1]), fcntl.LOCK_EX | fcntl.LOCK_NB)"
        free = subprocess.run(
            [sys.executable, "-c", again, str(lock)], check=False, stderr=subprocess.DEVNULL
        )
        assert free.returncode == 0
    finally:
        with suppress(ProcessLookupError):
            os.killpg(parent.pid, signal.SIGKILL)
        if parent.stdout is not None:
            parent.stdout.close()


def test_a_build_without_cache_waits_for_one_with(site: InlineSite) -> None:
    waited: list[str] = []

    def progress(stage: str, done: int, total: int) -> None:
        if stage == "copy" and not waited:
            waited.append(stage)
            command = [sys.executable, "-m", "sitegen", "build", "--no-search", "--no-cache"]
            with pytest.raises(subprocess.TimeoutExpired):
                subprocess.run([*command, "--root", str(site.root)], timeout=5, check=False)

    options = BuildOptions(root=site.root, search=False)
    build(options, progress)


def test_a_page_that_was_shown_early_reloads_when_the_build_fails(tmp_path: Path) -> None:
    preview = Preview(tmp_path, 8000)
    preview.build_finished(Outcome(base_path="", changed=True, message=""))
    preview.early({"a/index.html": b"early"})
    shown = preview.early_version
    preview.build_finished(Outcome(base_path=None, failure=Failure("1 error", ""), message=""))
    assert preview.version != shown


def test_two_spellings_of_one_name_are_told_apart(site: InlineSite) -> None:
    text = (site.root / "content/explainers/rents.md").read_text("utf-8")
    for name in ("caf\u00e9.md", "cafe\u0301.md"):
        (site.root / "content/explainers" / name).write_text(text, encoding="utf-8")
    report = site.build()
    assert not report.published
    assert [each.code for each in report.diagnostics] == ["duplicate-id"]


def test_folders_in_the_place_of_what_builds_keep_are_only_slower(site: InlineSite) -> None:
    time.sleep(0.1)
    site.build()
    kept = site.root / ".sitegen"
    for path in list(kept.iterdir()):
        if path.name.endswith((".record", ".last", ".search", "-journal")):
            path.unlink()
            path.mkdir()
    assert site.build().published
    assert site.build().published
