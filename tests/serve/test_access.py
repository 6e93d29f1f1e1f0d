import pytest

from sitegen.serve.access import is_local_host, is_local_origin


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost:8000", "LocalHost:8000", "[::1]:8000"]
)
def test_names_of_this_machine_are_local(host: str) -> None:
    assert is_local_host(host, 8000)
    assert is_local_origin(f"http://{host}", 8000)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "evil.example:8000",
        "127.0.0.1",
        "127.0.0.1:8001",
        "127.0.0.1.evil.example:8000",
        "localhost:8000.evil.example",
        "localhost.:8000",
        "user@localhost:8000",
        "0.0.0.0:8000",
        "127.0.0.1:8000:8000",
    ],
)
def test_other_names_are_foreign(host: str) -> None:
    assert not is_local_host(host, 8000)
    assert not is_local_origin(f"http://{host}", 8000)


@pytest.mark.parametrize(
    "origin",
    ["", "null", "https://127.0.0.1:8000", "127.0.0.1:8000", "http:127.0.0.1:8000", "file://"],
)
def test_other_schemes_are_foreign(origin: str) -> None:
    assert not is_local_origin(origin, 8000)


def test_a_browser_leaves_out_port_80() -> None:
    assert is_local_host("localhost", 80)
    assert is_local_origin("http://127.0.0.1", 80)
