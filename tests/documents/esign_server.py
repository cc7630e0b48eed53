"""A small Esign Client Service, as BSrE documents it: versions 1 and 2, with what goes wrong in the field."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf

from tests.documents import keys

USER, PASSWORD, NIK, PASSPHRASE = "anas", "sandi-layanan", "3579010101800001", "frasa sandi Hadi 5527"


def signed(pdf: bytes) -> bytes:
    signer = SimpleSigner.load_pkcs12_data(keys.key_file(), [], keys.PASSPHRASE.encode())
    meta = PdfSignatureMetadata(field_name="BSrE")
    return sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), meta, signer).getvalue()


class Service(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._answer("GET", b"")

    def do_POST(self) -> None:
        self._answer("POST", self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, method: str, body: bytes) -> None:
        account = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.headers["Authorization"] != f"Basic {account}":
            return self._json(401, {"error": "Unauthorized"})
        self.server.calls.append(f"{method} {self.path}")
        found = self.server.faults.get(self.path)
        if found:
            return found(self)
        if self.path.startswith("/api/user/status/"):
            return self._status(self.path.rpartition("/")[2])
        if self.path == "/api/v2/user/check/status":
            return self._status(json.loads(body)["nik"])
        if self.path == "/api/sign/pdf":
            return self._sign_1(self._form(body))
        return self._sign_2(json.loads(body))

    def _status(self, nik: str) -> None:
        if nik != NIK:
            return self._json(404, {"status_code": 1110, "error": "User tidak ditemukan"})
        return self._json(200, {"status_code": 1111, "status": self.server.status, "message": "-"})

    def _form(self, body: bytes) -> dict[str, bytes]:
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        parts = BytesParser().parsebytes(head + body).get_payload()
        return {part.get_param("name", header="Content-Disposition"): part.get_payload(decode=True) for part in parts}

    def _sign_1(self, form: dict[str, bytes]) -> None:
        self.server.asked = {name: value for name, value in form.items() if name not in ("file", "imageTTD")}
        if form["nik"].decode() != NIK or form["passphrase"].decode() != PASSPHRASE:
            return self._json(400, {"status_code": 2031, "error": "Passphrase anda salah"})
        assert form["tampilan"] == b"invisible" or form["imageTTD"].startswith(b"\x89PNG")
        return self._send(200, "application/pdf", signed(form["file"]))

    def _sign_2(self, asked: dict) -> None:
        self.server.asked = asked["signatureProperties"][0]
        if asked["nik"] != NIK or asked["passphrase"] != PASSPHRASE:
            return self._json(400, {"status_code": 2031, "error": "Passphrase anda salah"})
        picture = base64.b64decode(self.server.asked.get("imageBase64", ""))
        assert self.server.asked["tampilan"] == "INVISIBLE" or picture.startswith(b"\x89PNG")
        files = [base64.b64encode(signed(base64.b64decode(file))).decode() for file in asked["file"]]
        return self._json(200, {"time": 12, "file": files})

    def _json(self, status: int, told: dict) -> None:
        self._send(status, "application/json", json.dumps(told).encode())

    def _send(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args) -> None:
        """Says nothing."""


def answers(status: int, kind: str, content: bytes):
    return lambda service: service._send(status, kind, content)


def hangs(service: Service) -> None:
    time.sleep(1)


@contextmanager
def running() -> Iterator[ThreadingHTTPServer]:
    """The service at an address of its own; `calls`: what was asked; `faults`: by path, what it does instead;
    `status`: of the person; `asked`: what it was told about the last signature."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.daemon_threads = True
    server.calls, server.faults, server.status, server.asked = [], {}, "ISSUE", {}
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
