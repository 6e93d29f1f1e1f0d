import pytest

from tests.serve.page import BINARY, CLOSE, TEXT, OpenPage
from tests.serve.running import Running


def version_of(running: Running) -> str:
    return running.get("/briefings/").text.partition("snipver=")[2].partition("&")[0]


def test_open_pages_reload_after_each_build(running: Running) -> None:
    with OpenPage(running) as page:
        page.greet(version_of(running))
        # In quick succession: livereload by itself drops a second reload within three seconds.
        for text in ("two", "ERROR", "three"):
            running.write(text)
            assert page.command() == "reload"


def test_a_page_that_a_build_overtook_reloads_at_once(running: Running) -> None:
    old = version_of(running)
    running.write("two")
    running.wait_for_page("two")
    with OpenPage(running) as page:
        page.greet(old)
        assert page.command() == "reload"


def test_a_build_that_changes_nothing_reloads_nothing(running: Running) -> None:
    before = version_of(running)
    running.write("one")
    running.terminal.wait("built 1 explainer", times=2)
    assert version_of(running) == before


def test_the_changed_page_is_shown_before_the_rest_is_published(running: Running) -> None:
    here = "/briefings/explainers/x/"
    with OpenPage(running) as page, OpenPage(running) as other:
        page.greet(version_of(running), here)
        other.greet(version_of(running))
        running.build.may_publish.clear()
        running.write("EARLY two")
        assert page.command() == "reload"
        early = running.wait_for_page("EARLY two", here)
        page.greet(early.text.partition("snipver=")[2].partition("&")[0], here)
        running.build.may_publish.set()
        assert other.command() == "reload"  # and the page that has it already does not
        running.write("three")
        assert page.command() == "reload"
    assert running.wait_for_page("three", here).status == 200


def test_a_foreign_page_can_not_listen(running: Running) -> None:
    for origin in ("http://evil.example", "null", f"http://127.0.0.1:{running.port + 1}"):
        with OpenPage(running, origin) as page:
            assert page.status == 403


@pytest.mark.parametrize(
    ("message", "kind"),
    [(b"{", TEXT), (b"[]", TEXT), (b"{}", TEXT), (b"\xff\xfe", BINARY), (b"1" * 100_000, TEXT)],
)
def test_nonsense_on_the_socket_closes_it_alone(
    running: Running, message: bytes, kind: int
) -> None:
    with OpenPage(running) as page, OpenPage(running) as other:
        page.send(message, kind)
        assert page.receive()[0] == CLOSE
        other.greet("")
        assert other.command() == "reload"
