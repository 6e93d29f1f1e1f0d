from collections.abc import Iterator

import pytest

from tests.serve.running import Running


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One server for all these tests, as none of them writes."""
    root = tmp_path_factory.mktemp("site")
    made = Running(root)
    made.write("one")
    yield made.ready()
    made.stop()


def test_a_foreign_host_is_refused(running: Running) -> None:
    for host in ("evil.example", f"evil.example:{running.port}", "127.0.0.1", "127.0.0.1:1"):
        for path in ("/briefings/", "/livereload.js", "/livereload.css", "/livereload", "/none"):
            answer = running.get(path, Host=host)
            assert (answer.status, answer.text) == (403, "403 Forbidden\n")
    assert running.get("/briefings/", Host=f"localhost:{running.port}").status == 200


def test_a_foreign_origin_is_refused(running: Running) -> None:
    for origin in ("http://evil.example", "null", "https://127.0.0.1"):
        for path in ("/briefings/", "/livereload.js", "/livereload"):
            assert running.get(path, Origin=origin).status == 403
    assert running.get("/briefings/", Origin=f"http://127.0.0.1:{running.port}").status == 200


def test_nobody_can_force_a_reload_or_write(running: Running) -> None:
    assert running.get("/forcereload").status == 404
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert running.get("/briefings/", method).status == 405


def test_other_sites_can_read_and_keep_nothing(running: Running) -> None:
    headers = running.get("/briefings/style.css").headers
    assert headers["cache-control"] == "no-store"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "etag" not in headers
    assert "server" not in headers


def test_the_site_is_under_its_base_path(running: Running) -> None:
    answer = running.get("/briefings/")
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert ">one</p>" in answer.text
    assert running.get("/briefings/style.css").text == "p { color: black }"
    assert running.terminal.lines == [
        f"http://127.0.0.1:{running.port}/briefings/ (the first build is running)",
        "built 1 explainer in 0.4 s",
    ]


def test_redirects_lead_to_the_folder_and_keep_the_query(running: Running) -> None:
    for path, location in (
        ("/", "/briefings/"),
        ("/briefings", "/briefings/"),
        ("/briefings/explainers/x?q=a%20b", "/briefings/explainers/x/?q=a%20b"),
    ):
        answer = running.get(path)
        assert (answer.status, answer.headers["location"]) == (302, location)


def test_unknown_addresses_show_the_404_page(running: Running) -> None:
    for path in (
        "/none",
        "/briefings/none/",
        "/briefings/.env",
        "/briefings/%2eenv",
        "/briefings/../content/x.md",
        "/briefings/%2e%2e/content/x.md",
        "/briefings/..%2fcontent%2fx.md",
        "/briefings/a%00b",
        "/%00",
        "/briefings/%ff",
    ):
        answer = running.get(path)
        assert answer.status == 404
        assert "nowhere" in answer.text
        assert "/livereload.js" in answer.text


def test_head_is_get_without_its_body(running: Running) -> None:
    head, get = running.get("/briefings/", "HEAD"), running.get("/briefings/")
    assert head.status == 200
    assert head.body == b""
    assert head.headers["content-length"] == get.headers["content-length"]


def test_every_page_gets_the_script_and_no_file_changes(running: Running) -> None:
    for name in ("index.html", "bare.html", "large.html", "404.html"):
        served = running.get(f"/briefings/{name}").text
        file = (running.root / "output" / name).read_text()
        assert served.count('<script src="/livereload.js?') == 1
        assert "<script" not in file
    assert "script" not in running.get("/briefings/style.css").text
    script = running.get("/livereload.js")
    assert script.headers["content-type"].startswith("application/javascript")
    assert "LiveReload" in script.text
