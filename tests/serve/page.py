"""An open page's side of the LiveReload protocol, over a WebSocket (RFC 6455)."""

import base64
import json
import os
import socket
from types import TracebackType

from tests.serve.running import PATIENCE, Running

TEXT, BINARY, CLOSE = 1, 2, 8


class OpenPage:
    """A connection as livereload.js makes it."""

    def __init__(self, running: Running, origin: str = "") -> None:
        host = f"127.0.0.1:{running.port}"
        self._socket = socket.create_connection(("127.0.0.1", running.port), PATIENCE)
        self._stream = self._socket.makefile("rwb")
        key = base64.b64encode(os.urandom(16)).decode()
        lines = (
            "GET /livereload HTTP/1.1",
            f"Host: {host}",
            f"Origin: {origin or f'http://{host}'}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {key}",
        )
        self._stream.write("\r\n".join([*lines, "", ""]).encode())
        self._stream.flush()
        self.status = int(self._stream.readline().split()[1])
        while self._stream.readline().strip():
            pass

    def __enter__(self) -> "OpenPage":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stream.close()
        self._socket.close()

    def greet(self, version: str, path: str = "/") -> None:
        """Say hello, from which version the page is and where it stands."""
        self.send(json.dumps({"command": "hello", "protocols": [], "snipver": version}).encode())
        assert self.command() == "hello"
        address = f"http://127.0.0.1{path}"
        self.send(json.dumps({"command": "info", "plugins": {}, "url": address}).encode())

    def send(self, message: bytes, kind: int = TEXT) -> None:
        length = len(message)
        size = bytes([0x80 | length]) if length < 126 else b"\xff" + length.to_bytes(8, "big")
        # A mask of zeros leaves the bytes as they are.
        self._stream.write(bytes([0x80 | kind]) + size + bytes(4) + message)
        self._stream.flush()

    def receive(self) -> tuple[int, bytes]:
        """Return the kind and the bytes of the next message."""
        first, length = self._stream.read(2)
        if length == 126:
            length = int.from_bytes(self._stream.read(2), "big")
        return first & 0x0F, self._stream.read(length)

    def command(self) -> str:
        """Return the command of the next message."""
        kind, message = self.receive()
        assert kind == TEXT
        return str(json.loads(message)["command"])
