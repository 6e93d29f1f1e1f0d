"""The guards of fetching: what must never be asked, and what must never be taken."""

import gzip
import socket
import time

import pytest

from sitegen.sources import fetch as fetching
from sitegen.sources.fetch import fetch, server_for_tests
from sitegen.sources.guard import LoopbackServer, Refused, is_public, parse_address, parse_loopback
from tests.stub_server import Reply, StubServer, page, redirect

PUBLIC = "93.184.216.34"

VECTORS = [
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://127.1/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://0.0.0.0/",
    "http://0/",
    "http://169.254.169.254/latest/meta-data/",
    "http://0xA9FEA9FE/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://224.0.0.1/",
    "http://localhost/",
    "http://localhost./",
    "http://LOCALHOST/",
    "http://\uff11\uff12\uff17.0.0.1/",
    f"http://{PUBLIC}@127.0.0.1/",
    f"http://user:secret@{PUBLIC}/",
    f"http://127.0.0.1#@{PUBLIC}/",
    f"http://127.0.0.1\\@{PUBLIC}/",
    f"http://{PUBLIC}:22/",
    f"http://{PUBLIC}:8080/",
    f"https://{PUBLIC}:80/",
    f"http://{PUBLIC}:99999/",
    f"http://{PUBLIC}/\r\nHost: other",
    "file:///etc/passwd",
    "gopher://127.0.0.1:70/_x",
    "ftp://93.184.216.34/",
    "//127.0.0.1/",
    "http:///etc/passwd",
    "data:text/html,x",
    "javascript:alert(1)",
]


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that are connected to; no connection is made."""
    made: list[str] = []

    def connect(place: tuple[str, int], timeout: float) -> socket.socket:
        made.append(place[0])
        raise ConnectionRefusedError(111, "not in this test")

    monkeypatch.setattr(socket, "create_connection", connect)
    return made


@pytest.mark.parametrize("address", VECTORS)
def test_no_vector_leads_to_a_connection(address: str, connections: list[str]) -> None:
    with pytest.raises(Refused):
        fetch(address)
    assert connections == []


def test_a_name_with_one_private_address_is_refused(connections: list[str]) -> None:
    with pytest.raises(Refused, match=r"stands for 10\.0\.0\.7"):
        fetch("http://example.com/", resolve=lambda host, port: [PUBLIC, "10.0.0.7"])
    assert connections == []


def test_a_name_that_rebinds_is_resolved_once_and_pinned(connections: list[str]) -> None:
    answers = [[PUBLIC], ["127.0.0.1"]]
    with pytest.raises(Refused, match="not in this test"):
        fetch("http://rebinds.example/", resolve=lambda host, port: answers.pop(0))
    assert connections == [PUBLIC]
    assert answers == [["127.0.0.1"]]


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/secret",
        "http://169.254.169.254/",
        "//10.0.0.1/",
        "file:///etc/passwd",
        "gopher://x/",
    ],
)
def test_every_redirect_is_checked_again(stub: StubServer, target: str) -> None:
    stub.replies["/"] = redirect(target, 302)
    with pytest.raises(Refused):
        fetch(stub.url, allowed=parse_loopback(stub.place))
    assert stub.paths() == ["/"]


def test_redirects_end_after_five(stub: StubServer) -> None:
    stub.replies["/loop"] = redirect("/loop")
    with pytest.raises(Refused, match="more than 5 redirects"):
        fetch(f"{stub.url}/loop", allowed=parse_loopback(stub.place))
    assert len(stub.asked) == 6


def test_a_page_is_taken_with_its_final_address(stub: StubServer) -> None:
    stub.replies |= {"/old": redirect("/new?a=1"), "/new?a=1": page("words")}
    answer = fetch(f"{stub.url}/old", allowed=parse_loopback(stub.place))
    assert (answer.url, answer.status, answer.charset) == (f"{stub.url}/new?a=1", 200, "utf-8")
    assert b"words" in answer.data


def test_large_answers_packed_or_not_are_refused(stub: StubServer) -> None:
    html = ("Content-Type", "text/html")
    stub.replies["/bomb"] = Reply(
        200, gzip.compress(b"0" * 80_000_000), (html, ("Content-Encoding", "gzip"))
    )
    stub.replies["/large"] = Reply(200, b"0" * 5_300_000, (html,))
    stub.replies["/packed"] = Reply(200, b"x", (html, ("Content-Encoding", "br")))
    stub.replies["/ok"] = Reply(200, gzip.compress(b"fine"), (html, ("Content-Encoding", "gzip")))
    allowed = parse_loopback(stub.place)
    for path in ("/bomb", "/large"):
        with pytest.raises(Refused, match="larger than 5 MB"):
            fetch(stub.url + path, allowed=allowed)
    with pytest.raises(Refused, match="packed as 'br'"):
        fetch(f"{stub.url}/packed", allowed=allowed)
    assert fetch(f"{stub.url}/ok", allowed=allowed).data == b"fine"


def test_other_content_types_are_refused(stub: StubServer) -> None:
    stub.replies["/"] = Reply(200, b"\x89PNG", (("Content-Type", "image/png"),))
    with pytest.raises(Refused, match="this is image/png"):
        fetch(stub.url, allowed=parse_loopback(stub.place))


def test_a_slow_answer_ends_when_its_time_is_up(stub: StubServer) -> None:
    stub.replies["/"] = Reply(200, b"slow" * 100, wait=4.0)
    began = time.monotonic()
    with pytest.raises(Refused, match="no whole answer within"):
        fetch(stub.url, seconds=0.4, allowed=parse_loopback(stub.place))
    assert time.monotonic() - began < 3.5


def test_proxies_of_the_environment_are_not_used(
    stub: StubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    stub.replies["/"] = page("direct")
    assert b"direct" in fetch(stub.url, allowed=parse_loopback(stub.place)).data


@pytest.mark.parametrize(
    "value", ["", "8000", "localhost:80", "10.0.0.1:80", "example.org:80", "127.0.0.1:x", "0:0"]
)
def test_the_switch_takes_only_a_loopback_address(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(fetching.SWITCH, value)
    assert server_for_tests() is None


def test_the_switch_opens_one_server_and_no_other() -> None:
    allowed = parse_loopback("127.0.0.1:8000")
    assert allowed == LoopbackServer(host="127.0.0.1", port=8000)
    for address in ("http://127.0.0.1/", "http://127.0.0.1:8001/", "http://10.0.0.1:8000/"):
        with pytest.raises(Refused):
            fetch(address, allowed=allowed)


def test_public_addresses_are_public() -> None:
    assert all(map(is_public, [PUBLIC, "2606:2800:220:1:248:1893:25c8:1946", "8.8.8.8"]))
    assert parse_address("https://Example.org./a b".replace(" ", "%20")).url == (
        "https://example.org/a%20b"
    )
    assert parse_address("https://bücher.example/?q=ü").url == (
        "https://xn--bcher-kva.example/?q=%C3%BC"
    )
