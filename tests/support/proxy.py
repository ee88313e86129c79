"""A proxy that hands on nothing until it has all of it, as some companies and hotels have one."""

from __future__ import annotations

import threading
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

OWN = {"connection", "transfer-encoding", "content-length", "keep-alive"}


class Proxy:
    """Before the server at a port of this machine. `asked` are the paths of all requests,
    `answered` those of which the browser has got an answer."""

    def __init__(self, port: int) -> None:
        self.asked: list[str] = []
        self.answered: list[str] = []
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.proxy, self._server.behind = self, port
        self.url = f"http://localhost:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Proxy:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # whoever waits for the end of a stream waits for ever
    proxy: Proxy
    behind: int

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that has left is no fault."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def _carry(self) -> None:
        proxy = self.server.proxy
        proxy.asked.append(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        behind = HTTPConnection("localhost", self.server.behind)
        try:
            behind.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() != "connection":
                    behind.putheader(name, value)
            behind.endheaders(body)
            answer = behind.getresponse()
            whole = answer.read()  # of a stream never
        except (HTTPException, OSError):
            self.send_error(502)
            return
        finally:
            behind.close()
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in OWN:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(whole)))
        self.end_headers()
        self.wfile.write(whole)
        proxy.answered.append(self.path)

    def __getattr__(self, name: str) -> Any:
        """Whatever the method."""
        if name.startswith("do_"):
            return self._carry
        raise AttributeError(name)

    def log_message(self, *_: object) -> None:
        """Says nothing."""
