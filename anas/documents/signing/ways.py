"""The three ways of signing behind one interface: each takes a paper and answers with the signed file."""

import importlib
from importlib.util import find_spec
from types import ModuleType
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from anas.documents.signature import Signature
from anas.documents.signing import esign
from anas.documents.signing.paper import Paper
from anas.documents.signing.passphrase import Passphrase
from anas.refused import Refused

INSTALL = "pip install --require-hashes -r requirements-tte.txt"


class Way(Protocol):
    code: str
    # Stands in the block on the paper, which is in Indonesian.
    sentence: str

    def sign(self, paper: Paper) -> bytes:
        """The signed file, not yet examined. Raises Refused in words."""


class Local:
    """A PKCS#12 file that the signer brings along each time."""

    code = Signature.Way.LOCAL
    sentence = "dengan sertifikat elektronik. Pindai kode ini untuk memeriksa keaslian dokumen."

    @sensitive_variables()
    def __init__(self, file: bytes, passphrase: Passphrase):
        self.signer = tools().open_key(file, passphrase)

    def sign(self, paper: Paper) -> bytes:
        about = {"spot": paper.spot, "block": paper.block, "reason": paper.reason, "place": paper.place}
        return tools().sign(paper.pdf, signer=self.signer, **about)


class Bsre(esign.Service):
    """The agency's Esign Client Service."""

    code = Signature.Way.BSRE
    sentence = "menggunakan sertifikat elektronik yang diterbitkan oleh BSrE, sesuai dengan UU ITE."


class Upload:
    """The file comes back signed from the office's own tool."""

    code = Signature.Way.UPLOAD
    sentence = ""

    def __init__(self, file: bytes):
        self.file = file

    def sign(self, paper: Paper) -> bytes:
        return self.file


def are_installed() -> bool:
    """Whether the extra is there that every way needs: to sign, or to examine what was signed elsewhere."""
    return find_spec("pyhanko") is not None


def offered() -> list[Signature.Way]:
    """The ways of this installation, the one that is used most first."""
    if not are_installed():
        return []
    return ([Signature.Way.BSRE] if settings.BSRE_URL else []) + [Signature.Way.LOCAL, Signature.Way.UPLOAD]


def tools() -> ModuleType:
    """`pades`, loaded with the first signature. Raises Refused where the extra is not installed."""
    if not are_installed():
        raise Refused(_("Electronic signing is not installed on this server: %(line)s") % {"line": INSTALL})
    return importlib.import_module("anas.documents.signing.pades")
