"""Fixtures that every test may use."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from sitegen.build import BuildOptions, build
from tests.sites import InlineSite

settings.register_profile(
    "fast",
    max_examples=25,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # a whole build is too slow to shrink by the thousand
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("fast")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write golden files instead of comparing"
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def site(tmp_path: Path) -> InlineSite:
    """A small good publication in a folder of its own, to edit and build."""
    return InlineSite(tmp_path / "publication")


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the shipped publication, built once for every test that only reads it."""
    root = tmp_path_factory.mktemp("shipped")
    shutil.copytree(Path(__file__).parent.parent / "content", root / "content")
    report = build(BuildOptions(root=root))
    assert report.published, report.diagnostics
    return root
