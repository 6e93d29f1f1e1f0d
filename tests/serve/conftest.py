"""Fixtures of preview servers that run."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.serve.running import Running


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A publication of one file."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "x.md").write_text("one")
    return tmp_path


@pytest.fixture
def launch(root: Path) -> Iterator[Callable[..., Running]]:
    """Make servers that are ended after the test."""
    made: list[Running] = []

    def make(**options: bool) -> Running:
        made.append(Running(root, **options))
        return made[-1]

    yield make
    for running in made:
        running.stop()


@pytest.fixture
def running(launch: Callable[..., Running]) -> Running:
    """A server that has built once."""
    return launch().ready()
