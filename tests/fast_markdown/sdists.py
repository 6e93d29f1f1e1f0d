"""Fetches what other projects test with from their source distributions, through pip."""

import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

_MUST = "SITEGEN_REQUIRE_BROWSER"
"""Set where every test must run, on machines that can reach the package index."""


def unpacked(config: pytest.Config, name: str, version: str) -> Path:
    """Return the folder of a source distribution, kept from run to run outside the repository."""
    folder = config.cache.mkdir("sdists") / f"{name}-{version}"
    done = folder / ".unpacked"
    if not done.exists():
        command = [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"),
            *("--no-binary", name, "--dest", str(folder), f"{name}=={version}"),
        ]
        result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        archives = sorted(folder.glob("*.tar.gz"))
        if result.returncode or not archives:
            reason = f"pip can't fetch {name} {version}: {result.stderr.strip()[-300:]}"
            if os.environ.get(_MUST):
                pytest.fail(reason)
            pytest.skip(reason)
        with tarfile.open(archives[0]) as archive:
            archive.extractall(folder, filter="data")
        done.touch()
    return next(path for path in folder.iterdir() if path.is_dir())
