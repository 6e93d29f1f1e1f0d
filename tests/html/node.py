"""Finds what npm has installed beside these tests, and runs it by the environment's own Node."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def package(name: str) -> Path:
    """Return a package's folder; skip the test without it, or fail where it is required."""
    folder = HERE / "node_modules" / name
    if not folder.is_dir():
        if os.environ.get("SITEGEN_REQUIRE_BROWSER"):
            pytest.fail(f"no {name}: run make test, which installs it")
        pytest.skip(f"no {name}: make test installs it where npm's registry can be reached")
    return folder


def run(script: Path, *arguments: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Return what a script has to say, run in `folder`."""
    node = Path(sys.executable).with_name("node")
    command = [str(node), str(script), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
