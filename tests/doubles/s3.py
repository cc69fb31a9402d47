"""An S3 store of one bucket, in memory: PUT, GET, HEAD and DELETE of objects, for signed requests only."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Store(ThreadingHTTPServer):
    def __init__(self, access_key: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.access_key = access_key
        self.objects: dict[str, bytes] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Store
    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        body = self._body()
        if self._is_signed():
            self.server.objects[self.path] = body
            self._answer(200)

    def do_GET(self) -> None:
        if self._is_signed():
            content = self.server.objects.get(self.path)
            self._answer(404 if content is None else 200, content or b"")

    do_HEAD = do_GET

    def do_DELETE(self) -> None:
        if self._is_signed():
            self.server.objects.pop(self.path, None)
            self._answer(204)

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _is_signed(self) -> bool:
        signature = f"AWS4-HMAC-SHA256 Credential={self.server.access_key}/"
        good = self.headers.get("Authorization", "").startswith(signature)
        if not good:
            self._answer(403)
        return good

    def _body(self) -> bytes:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if "aws-chunked" not in self.headers.get("Content-Encoding", ""):
            return body
        content = b""
        while (size := int(re.match(rb"[0-9a-f]+", body)[0], 16)):  # type: ignore[index]
            start = body.index(b"\r\n") + 2
            content, body = content + body[start:start + size], body[start + size + 2:]
        return content

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"0"')
        self.send_header("Last-Modified", "Thu, 12 Nov 2026 02:00:00 GMT")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@contextmanager
def running(access_key: str) -> Iterator[Store]:
    store = Store(access_key)
    thread = Thread(target=store.serve_forever, daemon=True)
    thread.start()
    try:
        yield store
    finally:
        store.shutdown()
        store.server_close()
        thread.join()
