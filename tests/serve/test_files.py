import os
from pathlib import Path

import pytest

from sitegen.serve.files import Found, Moved, content_type, find


@pytest.fixture
def output(tmp_path: Path) -> Path:
    output = tmp_path / "output"
    for name in ("index.html", "404.html", "explainers/x/index.html", "é/index.html", "api/a.json"):
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        (output / name).write_text(name)
    for name in (".env", ".nojekyll", ".git/config", "explainers/.draft.html"):
        (output / name).parent.mkdir(exist_ok=True)
        (output / name).write_text("secret")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "output-old").mkdir()
    (tmp_path / "output-old" / "index.html").write_text("secret")
    return output


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/briefings/", "index.html"),
        ("/briefings/index.html", "index.html"),
        ("/briefings/explainers/x/", "explainers/x/index.html"),
        ("/briefings/%C3%A9/", "é/index.html"),
        ("/brief%69ngs/api/a.json", "api/a.json"),
    ],
)
def test_addresses_under_the_base_path_are_files(output: Path, address: str, name: str) -> None:
    assert find(output, "/briefings", address) == Found(output / name)


def test_without_a_base_path_the_site_is_at_the_root(output: Path) -> None:
    assert find(output, "", "/") == Found(output / "index.html")
    assert find(output, "", "/api/a.json") == Found(output / "api/a.json")


@pytest.mark.parametrize(
    ("address", "location"),
    [
        ("/", "/briefings/"),
        ("/briefings", "/briefings/"),
        ("/briefings/explainers/x", "/briefings/explainers/x/"),
        ("/briefings/%C3%A9", "/briefings/%C3%A9/"),
    ],
)
def test_a_folder_without_its_slash_has_moved(output: Path, address: str, location: str) -> None:
    assert find(output, "/briefings", address) == Moved(location)


def test_a_base_path_may_be_percent_encoded(output: Path) -> None:
    assert find(output, "/%C3%BC", "/%C3%BC/") == Found(output / "index.html")
    assert find(output, "/%C3%BC", "/") == Moved("/%C3%BC/")


@pytest.mark.parametrize(
    "address",
    [
        "/explainers/x/",
        "/briefingsx/",
        "/briefings/none.html",
        "/briefings/index.html/",
        "/briefings/explainers",
        "/briefings/explainers/",
        "/briefings/.env",
        "/briefings/.nojekyll",
        "/briefings/%2eenv",
        "/briefings/.git/config",
        "/briefings/explainers/.draft.html",
        "/briefings/../secret.txt",
        "/briefings/%2e%2e/secret.txt",
        "/briefings/..%2fsecret.txt",
        "/briefings/..%5csecret.txt",
        "/briefings/../output-old/index.html",
        "/briefings/explainers/../../secret.txt",
        "/briefings//etc/passwd",
        "/briefings/%2fetc/passwd",
        "/briefings/index.html%00",
        "/briefings/%00",
        "/briefings/%ff",
        "//evil.example/",
        "/briefings/" + "a" * 300,
        "http://evil.example/briefings/",
        "",
        "*",
    ],
)
def test_nothing_else_is_there(output: Path, address: str) -> None:
    assert find(output, "/briefings", address) is None


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_lead_nowhere_outside(output: Path) -> None:
    (output / "out.txt").symlink_to(output.parent / "secret.txt")
    (output / "up").symlink_to(output.parent)
    (output / "loop").symlink_to(output / "loop")
    (output / "shown.txt").symlink_to(output / ".env")
    (output / "same.html").symlink_to(output / "index.html")
    for address in ("/out.txt", "/up/secret.txt", "/up/output/index.html/", "/loop", "/shown.txt"):
        assert find(output, "", address) is None
    assert find(output, "", "/same.html") == Found(output / "index.html")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_a_file(output: Path) -> None:
    os.mkfifo(output / "pipe.html")
    assert find(output, "", "/pipe.html") is None


def test_an_output_that_is_not_there_has_nothing(tmp_path: Path) -> None:
    assert find(tmp_path / "output", "", "/") is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("index.md", "text/markdown; charset=utf-8"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("site.json", "application/json; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("a.woff2", "font/woff2"),
        ("a.pf_meta", "application/octet-stream"),
    ],
)
def test_content_types(name: str, expected: str) -> None:
    assert content_type(Path(name)) == expected
