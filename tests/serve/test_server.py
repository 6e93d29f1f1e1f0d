import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.errors import SitegenError
from sitegen.serve import server as server_module
from sitegen.serve.server import listen
from tests.serve.page import OpenPage
from tests.serve.running import PATIENCE, Running

Launch = Callable[..., Running]


def test_a_port_in_use_is_named() -> None:
    taken = listen("127.0.0.1", 0)
    port = taken.getsockname()[1]
    with taken, pytest.raises(SitegenError, match=f"port {port} is in use"):
        listen("127.0.0.1", port)


def test_the_default_port_gives_way_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = listen("127.0.0.1", 0)
    port = taken.getsockname()[1]
    monkeypatch.setattr(server_module, "DEFAULT_PORT", port)
    with taken:
        with listen("127.0.0.1", None) as other:
            assert port < other.getsockname()[1] <= port + 10
        monkeypatch.setattr(server_module, "_PORTS_TO_TRY", 1)
        with pytest.raises(SitegenError, match=f"port {port} is in use"):
            listen("127.0.0.1", None)


def test_only_this_machine_can_be_listened_on() -> None:
    with pytest.raises(SitegenError, match=r"0\.0\.0\.0"):
        listen("0.0.0.0", 0)
    with pytest.raises(SitegenError, match="70000"):
        listen("127.0.0.1", 70_000)


def test_the_end_frees_the_port_and_leaves_no_thread(launch: Launch) -> None:
    running = launch().ready()
    with OpenPage(running) as page:
        page.greet("")
        running.stop()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", running.port)) != 0
    names = {thread.name for thread in threading.enumerate()}
    assert not names & {"build", "watch-root", "watch-folders"}


PROGRAM = """
from pathlib import Path
import sys
from sitegen.build import BuildOptions
from sitegen.serve import serve
from tests.serve.running import FakeBuild
options = BuildOptions(root=Path(sys.argv[1]))
serve(options, port=0, build=FakeBuild(), say=lambda line: print(line, flush=True))
print("ended")
"""


@pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_without_a_trace(root: Path, number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(root)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline().endswith("/ (the first build is running)\n")
        assert process.stdout.readline() == "built 1 explainer in 0.4 s\n"
        assert process.stdout.readline().startswith("http://127.0.0.1:")
        process.send_signal(number)
        out, err = process.communicate(timeout=PATIENCE)
    assert (out, err, process.returncode) == ("ended\n", "", 0)
