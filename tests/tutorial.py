"""Plays docs/tutorial.md: runs its commands, writes its files, and tells what was said."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

DAY = "1764115200"
"""2025-11-26 as seconds since 1970, so that the files that are made bear the same day each time."""

_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NOT_PLAYED = ("python3 -m venv", ". .venv", "pip install", "git ", "sitegen serve")
"""What needs the network or a browser, or does not end."""


def replayed(text: str, folder: Path, programs: Path) -> str:
    """Return the tutorial with what its commands say now, played in `folder`.

    `programs` is the folder of the `sitegen` to play it with. A block `console` holds commands
    behind `$ ` with what they say; a block with a path is a file, written whole.
    """
    place = folder
    pieces: list[str] = []
    position = 0
    for block in _BLOCK.finditer(text):
        language, path, content = block.groups()
        if path:
            file = place / path
            assert file.is_file() == (path in _known(pieces)), f"{path} is not there yet"
            file.write_text(content, encoding="utf-8")
        elif language == "console":
            said = []
            for command in re.findall(r"^\$ (.+)$", content, re.MULTILINE):
                said.append(f"$ {command}\n")
                if command.startswith("cd "):
                    place = (place / command.removeprefix("cd ")).resolve()
                elif not command.startswith(_NOT_PLAYED):
                    said.append(_run(command, place, programs).replace(str(folder), "/home/ada"))
                else:
                    said.append(_told(content, command))
            pieces += [text[position : block.start(3)], "".join(said)]
            position = block.end(3)
    return "".join(pieces) + text[position:]


def steady(text: str) -> str:
    """Return a tutorial without what differs from run to run: times and numbers of files."""
    text = re.sub(r"\d+\.\d s\b", "N s", text)
    return re.sub(
        r"\b\d+ files\b|\b\d+ files and folders, [\d.]+ MB|\(\d+ written", "N files", text
    )


def _run(command: str, place: Path, programs: Path) -> str:
    environment = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "SOURCE_DATE_EPOCH": DAY,
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=place,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.stdout


def _told(content: str, command: str) -> str:
    """Return what the tutorial says of a command that is not played."""
    after = content.partition(f"$ {command}\n")[2]
    return re.split(r"^\$ ", after, maxsplit=1, flags=re.MULTILINE)[0]


def _known(pieces: list[str]) -> set[str]:
    """Return the files that commands have told they made."""
    return set(_made("".join(pieces)))


def _made(text: str) -> Iterator[str]:
    yield from re.findall(r"^made (content/\S+)$", text, re.MULTILINE)
