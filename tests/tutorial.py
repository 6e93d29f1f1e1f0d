"""Plays docs/tutorial.md: types its commands, writes its files, and tells what was said."""

import os
import re
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

DAY = "1764115200"
"""2025-11-26 as seconds since 1970, so that the files that are made bear the same day each time."""
REMOTE = "git@github.com:example/briefings.git"
PATIENCE = 60.0

_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)

Done = Callable[[str], None]
"""Is told each command that was typed, and the path of each file that was written."""


class Player:
    """A new user in an empty home: types what the tutorial says."""

    def __init__(self, home: Path, remote: Path) -> None:
        """Take an empty folder, and a bare repository that stands for the one on GitHub."""
        self.home = home
        self.place = home
        self.address = ""
        """Of the preview, while it runs."""
        self._preview: subprocess.Popen[str] | None = None
        (home / ".gitconfig").write_text(
            "[user]\nname = Ada\nemail = ada@example.org\n"
            f'[url "{remote}"]\ninsteadOf = {REMOTE}\n[protocol "file"]\nallow = always\n',
            encoding="utf-8",
        )
        self._environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
            "HOME": str(home),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "SOURCE_DATE_EPOCH": DAY,
            "LC_ALL": "C.UTF-8",
            "BROWSER": "true",
        }
        self._environment.pop("PYTHONPATH", None)

    def play(self, text: str, done: Done) -> str:
        """Return the tutorial with what its commands say now.

        A block `console` holds commands behind `$ ` with what they say; a block with a path is a
        file, written whole.
        """
        pieces: list[str] = []
        position = 0
        for block in _BLOCK.finditer(text):
            language, path, content = block.groups()
            if path:
                (self.place / path).write_text(content, encoding="utf-8")
                done(path)
            elif language == "console":
                said = []
                for command in re.findall(r"^\$ (.+)$", content, re.MULTILINE):
                    answer = self._typed(command).replace(str(self.home), "/home/ada")
                    said.append(f"$ {command}\n{answer}")
                    done(command)
                pieces += [text[position : block.start(3)], "".join(said)]
                position = block.end(3)
        return "".join(pieces) + text[position:]

    def stop_preview(self) -> None:
        """Type Ctrl-C in the terminal of the preview."""
        if self._preview is not None:
            self._preview.terminate()
            self._preview.communicate(timeout=PATIENCE)
            self._preview = None

    def _typed(self, command: str) -> str:
        if command.startswith("cd "):
            self.place = (self.place / command.removeprefix("cd ")).resolve()
        elif command == ". .venv/bin/activate":
            programs = self.place / ".venv" / "bin"
            self._environment["PATH"] = f"{programs}{os.pathsep}{self._environment['PATH']}"
        elif command.startswith("pip install "):
            self._install(command)
        elif command.startswith("sitegen serve"):
            return self._serve(command)
        elif command.startswith("python3 -m http.server"):
            pass  # the test serves the folder itself, on a free port
        else:
            done = self._run(command, self._environment)
            assert "Traceback" not in done.stdout, done.stdout
            return done.stdout
        return ""

    def _run(self, command: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", command],
            cwd=self.place,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def _install(self, command: str) -> None:
        """Install the wheel: with what it needs, or without network beside what the tests have."""
        # With this machine's own home, where pip keeps its settings and what it has fetched.
        environment = {**self._environment, "HOME": os.environ.get("HOME", "")}
        command = command.replace("~", str(self.home))
        if self._run(command, environment).returncode:
            done = self._run(f"{command} --no-deps --no-index", environment)
            assert not done.returncode, done.stdout
            beside = next((self.place / ".venv/lib").glob("python*/site-packages"))
            (beside / "tests.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")

    def _serve(self, command: str) -> str:
        """Start the preview; return what it says until its first build is done."""
        self._preview = subprocess.Popen(
            ["bash", "-c", f"exec {command}"],
            cwd=self.place,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        alarm = threading.Timer(PATIENCE, self._preview.kill)
        alarm.start()
        assert self._preview.stdout
        said = ""
        for line in self._preview.stdout:
            said += line
            if line.startswith("built "):
                break
        alarm.cancel()
        found = re.match(r"(http://127\.0\.0\.1:\d+/briefings/) ", said)
        assert found, said
        self.address = found[1]
        return said.replace(self.address, "http://127.0.0.1:8000/briefings/")


def steady(text: str) -> str:
    """Return a tutorial without what differs from run to run: times and numbers of files."""
    text = re.sub(r"\d+\.\d s\b", "N s", text)
    text = re.sub(r"\([0-9a-f]{12}\)", "(COMMIT)", text)
    return re.sub(
        r"\b\d+ files and folders, [\d.]+ MB|\b\d+ files(?:, [\d.]+ MB)?|\(\d+ written",
        "N files",
        text,
    )


def built_wheel(root: Path, folder: Path) -> Path:
    """Return the wheel of the checkout at `root`, built into `folder` without the network."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    with suppress(FileExistsError):
        folder.mkdir(parents=True)
    done = subprocess.run(
        [*command, "--wheel-dir", str(folder), str(root)], capture_output=True, text=True
    )
    assert not done.returncode, done.stderr
    return next(folder.glob("sitegen-*.whl"))
