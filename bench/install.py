"""Installs the other tools from PyPI and npm, each in its own folder, and says which version."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import sitegen
from bench.idioms.idiom import Bin, Idiom


def install(idiom: Idiom, folder: Path, *, upgrade: bool = False) -> Bin:
    """Return the folder of the tool's programs, installed there if they are not yet."""
    home = (folder / idiom.name).resolve()
    install_packages(home, idiom.python_packages, idiom.npm_packages, upgrade=upgrade)
    return home / ("node_modules/.bin" if idiom.npm_packages else "bin")


def install_packages(
    home: Path, from_pypi: Sequence[str], from_npm: Sequence[str] = (), *, upgrade: bool = False
) -> None:
    """Install the newest of the packages in a folder of their own, if they are not there yet."""
    stamp = home / "installed"
    wanted = " ".join((*from_pypi, *from_npm))
    if not upgrade and stamp.exists() and stamp.read_text() == wanted:
        return
    home.mkdir(parents=True, exist_ok=True)
    if from_pypi:
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        _run(home / "bin/python", "-m", "pip", "install", "-qqU", "pip")
        _run(home / "bin/python", "-m", "pip", "install", "-qqU", *from_pypi)
    if from_npm:
        latest = (f"{each}@latest" for each in from_npm)
        _run("npm", "install", "--silent", "--no-audit", "--prefix", home, *latest)
    stamp.write_text(wanted)


def versions(idiom: Idiom, folder: Path) -> str:
    """Return what is installed, as `hugo 0.168.0` or `mkdocs-material 9.8.1, mkdocs ...`."""
    home = folder / idiom.name
    if idiom.npm_packages:
        listed = json.loads(_run("npm", "ls", "--silent", "--json", "--prefix", home))
        found = {each: listed["dependencies"][each]["version"] for each in idiom.npm_packages}
    elif idiom.python_packages:
        listed = json.loads(_run(home / "bin/python", "-m", "pip", "list", "--format", "json"))
        named = {re.sub(r"\[.*", "", each) for each in idiom.python_packages}
        found = {each["name"]: each["version"] for each in listed if each["name"] in named}
    else:
        found = {"sitegen": sitegen.__version__}
    return ", ".join(f"{name} {version}" for name, version in found.items())


def link_node_modules(idiom: Idiom, folder: Path, project: Path) -> None:
    """Let a project's own scripts import what npm installed for its tool."""
    link = project / "node_modules"
    if idiom.npm_packages and not link.is_symlink():
        link.symlink_to((folder / idiom.name / "node_modules").resolve())


def _run(*command: str | os.PathLike[str]) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
