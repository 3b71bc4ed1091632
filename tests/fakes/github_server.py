"""A server that answers as GitHub does about issues: real HTTP on loopback, and it keeps what it was asked.

``issues`` maps numbers to ``(state, assignees)``; ``key`` is the token that it accepts; ``repository`` the only one
that it shows. After ``left`` answers it takes no more requests.
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class GithubServer:
    """Use it in a ``with``; ``api`` is its address."""

    def __init__(self) -> None:
        self.repository, self.key = "ada/proofs", "secret-token"
        self.issues: dict[int, tuple[str, tuple[str, ...]]] = {}
        self.left = 1000
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.answer: tuple[int, dict[str, str], bytes] | None = None

    def __enter__(self) -> "GithubServer":
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                owner.calls.append((self.path, dict(self.headers.items())))
                status, headers, body = owner.answer or owner._answer(self.path, self.headers)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_words: object) -> None:
                """Nothing is printed."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_request: object) -> None:
                """A client may have read enough."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.api = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, path: str, headers) -> tuple[int, dict[str, str], bytes]:
        if headers.get("Authorization") != f"Bearer {self.key}":
            return 401, {}, b'{"message": "Bad credentials"}'
        if self.left <= 0:
            return 403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1700000000"}, b"{}"
        self.left -= 1
        start = f"/repos/{self.repository}"
        if path == start:
            return 200, {}, b"{}"
        number = int(path.rsplit("/", 1)[-1]) if path.startswith(f"{start}/issues/") else 0
        if number not in self.issues:
            return 404, {}, b'{"message": "Not Found"}'
        state, people = self.issues[number]
        body = {
            "number": number,
            "state": state,
            "title": f"Issue {number}",
            "assignees": [{"login": p} for p in people],
        }
        mark = f'"{hash((number, state, people))}"'
        if headers.get("If-None-Match") == mark:
            return 304, {"ETag": mark}, b""
        return 200, {"ETag": mark, "Content-Type": "application/json"}, json.dumps(body).encode()
