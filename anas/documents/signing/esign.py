"""A client of BSrE's Esign Client Service, which an agency hosts for itself: versions 1 and 2 of its interface.

Nothing that is sent or answered is logged, and no answer is shown that repeats what was sent."""

import base64
import binascii
import json
import re
import secrets
from dataclasses import dataclass
from functools import cached_property
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from time import monotonic
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from anas.documents.signing import stamp
from anas.documents.signing.paper import Paper
from anas.documents.signing.passphrase import Passphrase
from anas.refused import Refused

SECONDS = 30  # for a step of a call; a whole answer may take twice as long
LARGEST = 60 * 1024 * 1024  # bytes of an answer
WORDS = 200  # letters that are shown of the service's own words
# What the service answers, by its numbers and by the words of its messages.
NOT_REGISTERED, WRONG_PASSPHRASE, EXPIRED = "not registered", "wrong passphrase", "expired"
BY_NUMBER = {"1110": NOT_REGISTERED, "2031": WRONG_PASSPHRASE}
BY_WORDS = [
    (re.compile(r"pass ?phrase", re.IGNORECASE), WRONG_PASSPHRASE),
    (re.compile(r"expired|kedaluwarsa|kadaluarsa", re.IGNORECASE), EXPIRED),
    (re.compile(r"not.registered|belum terdaftar|tidak terdaftar|tidak ditemukan", re.IGNORECASE), NOT_REGISTERED),
]


@dataclass(frozen=True)
class Answer:
    status: int
    content: bytes

    @cached_property
    def told(self) -> dict[str, Any]:
        """What an answer in JSON says; nothing where it is none."""
        try:
            found = json.loads(self.content)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


class Service:
    """Signs as one person, whose state is asked for before the first signature."""

    def __init__(self, nik: str, passphrase: Passphrase):
        self.nik, self.passphrase = nik, passphrase
        self.is_checked = False

    def sign(self, paper: Paper) -> bytes:
        """The signed file. Raises Refused in words where the service does not sign, or cannot be reached."""
        if not self.is_checked:
            self._check()
            self.is_checked = True
        return self._sign_2(paper) if settings.BSRE_VERSION == 2 else self._sign_1(paper)

    def _check(self) -> None:
        """The person's certificate has to be in force: only then the service is asked to sign."""
        if settings.BSRE_VERSION == 2:
            answer = _ask("POST", "/api/v2/user/check/status", *_as_json({"nik": self.nik}))
        else:
            answer = _ask("GET", f"/api/user/status/{quote(self.nik, safe='')}")
        status = str(answer.told.get("status", "")).upper()
        if answer.status != 200 or status != "ISSUE":
            raise Refused(_state_in_words(status) or self._why_not(answer))

    @sensitive_variables()
    def _sign_1(self, paper: Paper) -> bytes:
        fields = {"nik": self.nik, "passphrase": self.passphrase.reveal(), "tampilan": "invisible"}
        files = {"file": ("dokumen.pdf", "application/pdf", paper.pdf)}
        if spot := paper.spot:
            fields |= {"tampilan": "visible", "image": "true", "linkQR": paper.link, "page": spot.page + 1}
            fields |= {"xAxis": round(spot.left), "yAxis": round(spot.bottom)}
            fields |= {"width": round(spot.width), "height": round(spot.height)}
            files["imageTTD"] = ("tanda-tangan.png", "image/png", stamp.png(paper.block))
        fields |= {"reason": paper.reason, "location": paper.place}
        answer = _ask("POST", "/api/sign/pdf", *_as_form(fields, files))
        if answer.status != 200 or not answer.content.startswith(b"%PDF-"):
            raise Refused(self._why_not(answer))
        return answer.content

    @sensitive_variables()
    def _sign_2(self, paper: Paper) -> bytes:
        look: dict[str, Any] = {"tampilan": "INVISIBLE", "location": paper.place, "reason": paper.reason}
        if spot := paper.spot:
            look |= {"tampilan": "VISIBLE", "imageBase64": _base64(stamp.png(paper.block)), "page": spot.page + 1}
            look |= {"originX": spot.left, "originY": spot.page_height - spot.bottom - spot.height}
            look |= {"width": spot.width, "height": spot.height}
        asked = {"nik": self.nik, "passphrase": self.passphrase.reveal()}
        asked |= {"signatureProperties": [look], "file": [_base64(paper.pdf)]}
        answer = _ask("POST", "/api/v2/sign/pdf", *_as_json(asked))
        try:
            return base64.b64decode(answer.told["file"][0], validate=True)
        except (KeyError, IndexError, TypeError, ValueError, binascii.Error):
            raise Refused(self._why_not(answer)) from None

    @sensitive_variables()
    def _why_not(self, answer: Answer) -> str:
        """What the service says against it, in our words where we know it, else in its own."""
        message = " ".join(str(answer.told.get("error") or answer.told.get("message") or "").split())
        number = str(answer.told.get("status_code", ""))
        found = BY_NUMBER.get(number) or next((kind for words, kind in BY_WORDS if words.search(message)), None)
        if found:
            return _in_words(found)
        if answer.status in (401, 403):
            return _("The signing service does not accept this server's account: tell the administrator.")
        is_ours = any(secret in message for secret in (self.passphrase.reveal(), self.nik))
        if message and answer.status < 500 and not is_ours:
            return _("The signing service says: “%(words)s”") % {"words": message[:WORDS]}
        return _("The signing service does not answer as it should. Nothing was signed; try again later.")


def _in_words(kind: str) -> str:
    return {
        NOT_REGISTERED: _("This NIK is not registered with BSrE."),
        WRONG_PASSPHRASE: _("The passphrase is wrong."),
        EXPIRED: _("The certificate has expired: renew it with BSrE."),
    }[kind]


def _state_in_words(status: str) -> str:
    """Why a person in this state cannot sign; empty for a state that we do not know."""
    return {
        "NOT_REGISTERED": _in_words(NOT_REGISTERED),
        "NO_CERTIFICATE": _("BSrE has issued no certificate for this NIK yet."),
        "EXPIRED": _in_words(EXPIRED),
        "RENEW": _("The certificate is being renewed by BSrE."),
        "NEW": _("The registration with BSrE is not finished yet."),
        "WAITING_FOR_VERIFICATION": _("The registration with BSrE is not finished yet."),
        "SUSPEND": _("The certificate is suspended by BSrE."),
        "REVOKE": _("The certificate was revoked by BSrE."),
    }.get(status, "")


@sensitive_variables()
def _ask(method: str, path: str, body: bytes = b"", kind: str = "") -> Answer:
    """One call. Follows no redirect; raises Refused where nobody answers in time."""
    site = urlsplit(settings.BSRE_URL)
    connect = HTTPSConnection if site.scheme == "https" else HTTPConnection
    account = _base64(f"{settings.BSRE_USER}:{settings.BSRE_PASSWORD}".encode())
    headers = {"Authorization": f"Basic {account}", "Accept": "application/json, application/pdf"}
    connection = connect(site.hostname, site.port, timeout=SECONDS)
    try:
        connection.request(
            method, site.path.rstrip("/") + path, body, headers | ({"Content-Type": kind} if kind else {})
        )
        response = connection.getresponse()
        return Answer(response.status, _read(response))
    except (OSError, HTTPException):
        raise Refused(_("The signing service cannot be reached. Nothing was signed; try again later.")) from None
    finally:
        connection.close()


def _read(response: Any) -> bytes:
    """The whole answer; an OSError where it is too large or drips too slowly."""
    latest, content = monotonic() + SECONDS, bytearray()
    while piece := response.read1(1 << 16):
        content += piece
        if len(content) > LARGEST or monotonic() > latest:
            raise OSError
    return bytes(content)


def _as_json(asked: dict[str, Any]) -> tuple[bytes, str]:
    return json.dumps(asked).encode(), "application/json"


def _as_form(fields: dict[str, Any], files: dict[str, tuple[str, str, bytes]]) -> tuple[bytes, str]:
    """multipart/form-data (RFC 7578)."""
    border, body = secrets.token_hex(16), bytearray()
    for name, value in fields.items():
        body += f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
    for name, (filename, kind, content) in files.items():
        named = f'Content-Disposition: form-data; name="{name}"; filename="{filename}"'
        body += f"--{border}\r\n{named}\r\nContent-Type: {kind}\r\n\r\n".encode() + content + b"\r\n"
    return bytes(body) + f"--{border}--\r\n".encode(), f"multipart/form-data; boundary={border}"


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()
