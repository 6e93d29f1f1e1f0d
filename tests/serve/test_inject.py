import re

import pytest

from sitegen.serve.inject import notice, with_overlay, with_reload
from sitegen.serve.outcome import Failure

FAILURE = Failure("1 error", "x.md:1: error: '<script>alert(1)</script>' & \udcff")


def scripts(page: bytes) -> list[bytes]:
    return re.findall(rb"<script[^>]*>", page)


@pytest.mark.parametrize(
    ("page", "before"),
    [
        (b"<html><head><title>t</title></head><body></body></html>", b"</head>"),
        (b"<HTML><HEAD></HEAD ><BODY></BODY>", b"</HEAD >"),
        (b"<p>bare", b""),
        (b"", b""),
        (b"<head>" + b" " * 500_000 + b"</head><body><!-- never closed", b"</head>"),
        (b"<head></head><pre>&lt;/head></head></pre>", b"</head><pre>"),
    ],
)
def test_every_page_gets_the_script_once(page: bytes, before: bytes) -> None:
    made = with_reload(page, "127.0.0.1", 8000, "ab-1")
    assert len(scripts(made)) == 1
    script = scripts(made)[0] + b"</script>"
    assert made.replace(script, b"") == page
    assert made.endswith(script) if not before else script + before in made


def test_the_script_carries_the_version_and_the_port() -> None:
    script = scripts(with_reload(b"", "[::1]", 8000, "ab-1"))[0]
    assert b'src="/livereload.js?host=[::1]&amp;port=8000&amp;snipver=ab-1&amp;' in script


@pytest.mark.parametrize(
    "page", [b"<body><p>one</body></html>", b"<p>one", b"<pre></body></pre>one</BODY>"]
)
def test_the_overlay_ends_the_body(page: bytes) -> None:
    made = with_overlay(page, FAILURE)
    assert made.index(b"one") < made.index(b"sitegen-problem")
    assert made.endswith((b"</details>", b"</details></body></html>", b"</details></BODY>"))


def test_what_is_wrong_is_shown_as_text() -> None:
    for made in (with_overlay(b"", FAILURE), notice(FAILURE.heading, FAILURE.text)):
        assert b"<script" not in made
        assert b"&lt;script&gt;alert(1)&lt;/script&gt;&#x27; &amp; ?" in made
        assert b"1 error" in made
