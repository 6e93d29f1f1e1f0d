"""A server on 127.0.0.1 that answers as a test says, and notes what it was asked."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from msgspec import Struct


class Reply(Struct, frozen=True):
    """An answer."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    wait: float = 0.0
    """Seconds between the first and the second half of the body."""


def page(text: str) -> Reply:
    return Reply(body=f"<!doctype html><html><body>{text}</body></html>".encode())


def redirect(to: str, status: int = 301) -> Reply:
    return Reply(status, b"", (("Location", to),))


class StubServer:
    """Answers by path; a path that is not known is 404."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply | Callable[[], Reply]] = {}
        self.asked: list[tuple[float, str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append((time.monotonic(), self.path))
                found = outer.replies.get(self.path, Reply(404))
                reply = found if isinstance(found, Reply) else found()
                self.send_response(reply.status)
                for name, value in reply.headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                half = len(reply.body) // 2 if reply.wait else 0
                try:
                    self.wfile.write(reply.body[:half])
                    time.sleep(reply.wait)
                    self.wfile.write(reply.body[half:])
                except OSError:
                    pass  # the client has gone, as it should

            def log_message(self, *arguments: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.place = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.place}"

    def paths(self) -> list[str]:
        return [path for _, path in self.asked]


@contextmanager
def stub_server() -> Iterator[StubServer]:
    stub = StubServer()
    thread = threading.Thread(target=stub.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        stub.server.shutdown()
        stub.server.server_close()
        thread.join()
