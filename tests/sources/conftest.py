"""A stub server for importing."""

from collections.abc import Iterator

import pytest

from tests.stub_server import StubServer, stub_server


@pytest.fixture
def stub() -> Iterator[StubServer]:
    with stub_server() as server:
        yield server
