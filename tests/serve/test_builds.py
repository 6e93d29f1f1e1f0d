import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.diagnostics import render_text
from sitegen.serve import server as server_module
from tests.serve.running import PATIENCE, Running, problem

Launch = Callable[..., Running]
OVERLAY = "sitegen-problem"


def test_a_save_shows(running: Running) -> None:
    running.write("two")
    running.wait_for_page(">two</p>")
    running.write("three", "topics/new.md")
    running.wait_for_page(">three two</p>")
    (running.root / "content/x.md").unlink()
    running.wait_for_page(">three</p>")


def test_a_burst_of_saves_is_one_build(running: Running) -> None:
    for number in range(10):
        running.write("more", f"{number}.md")
    running.terminal.wait("built 11 explainers")
    running.write("last")
    running.terminal.wait("built 11 explainers", times=2)
    assert running.build.count == 3


def test_saves_during_a_build_are_one_more_build(running: Running) -> None:
    running.build.may_load.clear()
    running.build.loading.clear()
    running.write("two")
    assert running.build.loading.wait(PATIENCE)
    running.write("three")
    running.write("four", "y.md")
    # Both have been seen once a later burst would have been.
    threading.Event().wait(0.3)
    running.build.may_load.set()
    running.wait_for_page(">three four</p>")
    running.terminal.wait("built 2 explainers", times=2)
    assert running.build.count == 3


def test_errors_show_over_the_last_good_page_and_go(running: Running) -> None:
    running.write("<b>ERROR</b>")
    page = running.wait_for_page(OVERLAY)
    assert page.status == 200
    assert ">one</p>" in page.text
    assert "content/x.md:6:5: error[unknown-topic]: no topic &#x27;&lt;b&gt;ERROR" in page.text
    assert page.text.endswith("</details></body></html>")
    assert OVERLAY in running.get("/none").text
    assert OVERLAY in running.get("/livereload.css").text
    assert running.get("/briefings/style.css").text == "p { color: black }"
    assert running.terminal.lines[-1] == render_text([problem("<b>ERROR</b>")]) + "1 error"
    running.write("mended")
    assert OVERLAY not in running.wait_for_page(">mended</p>").text


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("BOOM", "internal error: ValueError: the walls"),
        ("EXIT", "internal error: SystemExit: 3"),
        ("DISK", "no space left on the disk"),
    ],
)
def test_a_build_that_breaks_ends_nothing(running: Running, word: str, line: str) -> None:
    running.write(word)
    assert line in running.wait_for_page(OVERLAY).text
    assert running.terminal.lines[-1] == line
    running.write("mended")
    assert OVERLAY not in running.wait_for_page(">mended</p>").text


def test_the_trace_is_for_those_who_ask(launch: Launch) -> None:
    running = launch(verbose=True).ready()
    running.write("BOOM")
    running.terminal.wait("Traceback")
    assert "Traceback" not in running.get("/briefings/").text


def test_without_any_good_build_every_address_tells_what_is_wrong(
    root: Path, launch: Launch
) -> None:
    (root / "content/x.md").write_text("ERROR")
    running = launch().ready()
    for path in ("/", "/briefings/", "/style.css"):
        answer = running.get(path)
        assert answer.status == 503
        assert "error[unknown-topic]" in answer.text
        assert "/livereload.js" in answer.text
    running.write("mended")
    running.wait_for_page(">mended</p>")
    running.terminal.wait(f"http://127.0.0.1:{running.port}/briefings/")


def test_the_last_run_is_shown_beneath_the_first_errors(root: Path, launch: Launch) -> None:
    (root / "output").mkdir()
    (root / "output/index.html").write_text("<p>yesterday")
    (root / "content/x.md").write_text("ERROR")
    page = launch().ready().get("/")
    assert page.status == 200
    assert "yesterday" in page.text
    assert OVERLAY in page.text


def test_a_new_base_path_is_said_and_served(running: Running) -> None:
    running.build.base_path = ""
    running.write("moved")
    running.terminal.wait(f"http://127.0.0.1:{running.port}/")
    assert ">moved</p>" in running.wait_for_page("moved", "/").text


def test_errors_keep_the_base_path(running: Running) -> None:
    running.write("ERROR")
    running.wait_for_page(OVERLAY)
    assert running.get("/").headers["location"] == "/briefings/"
    assert len([line for line in running.terminal.lines if line.startswith("http")]) == 1


def test_requests_wait_for_the_first_build(launch: Launch) -> None:
    running = launch()
    running.build.may_load.clear()
    running.start()
    assert running.build.loading.wait(PATIENCE)
    threading.Timer(0.05, running.build.may_load.set).start()
    assert ">one</p>" in running.get("/briefings/").text


def test_requests_wait_while_a_build_publishes(running: Running) -> None:
    running.build.may_publish.clear()
    running.build.publishing.clear()
    running.write("two")
    assert running.build.publishing.wait(PATIENCE)
    threading.Timer(0.05, running.build.may_publish.set).start()
    assert ">two</p>" in running.get("/briefings/").text


def test_requests_do_not_wait_for_ever(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.serve.handlers.LONGEST_WAIT_SECONDS", 0.02)
    running.build.may_publish.clear()
    running.build.publishing.clear()
    running.write("two")
    assert running.build.publishing.wait(PATIENCE)
    assert running.get("/briefings/").status == 200


def test_a_first_build_that_takes_long_is_told(
    launch: Launch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sitegen.serve.handlers.LONGEST_WAIT_SECONDS", 0.02)
    running = launch()
    running.build.may_load.clear()
    running.start()
    answer = running.get("/")
    assert answer.status == 503
    assert "The first build is running" in answer.text


def test_a_new_day_builds_again_once(
    launch: Callable[..., Running], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "_DAY_SECONDS", 0.02)
    today = ["2025-02-01"]
    monkeypatch.setattr(server_module, "as_of_day", lambda wanted, yaml: wanted or today[0])
    running = launch().ready()
    time.sleep(0.1)
    assert running.build.count == 1
    # As after a night with the lid closed: no file has changed, the day has.
    running.build.as_of = today[0] = "2025-02-03"
    running.terminal.wait("built", times=2)
    time.sleep(0.1)
    assert running.build.count == 2


def test_a_deleted_publication_ends_nothing_and_comes_back(running: Running) -> None:
    away = running.root.with_name("away")
    running.root.rename(away)
    time.sleep(0.1)
    assert running.get("/briefings/").status in (200, 404, 503)
    away.rename(running.root)
    running.write("back again")
    running.wait_for_page("back again")
