"""Keys of invented signers, as a certificate authority would hand them out in a file."""

from datetime import timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.utils import timezone

PASSPHRASE = "kunci Hadi yang rahasia 7391"
NAME = [(NameOID.COMMON_NAME, "HADI PURNOMO 198001012005011099"), (NameOID.ORGANIZATION_NAME, "Kota Batu")]
HADI = "HADI PURNOMO 1980••••••••••••99, Kota Batu"  # as it is shown


@cache
def key_file(*, passphrase: str = PASSPHRASE, begins: int = -1, ends: int = 365) -> bytes:
    """A PKCS#12 file; its certificate holds from so many days to so many days after today."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(oid, value) for oid, value in NAME])
    days = [timezone.now() + timedelta(days=days) for days in (begins, ends)]
    usage = x509.KeyUsage(True, True, *[False] * 7)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 0x2A, *days)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    lock = BestAvailableEncryption(passphrase.encode())
    return pkcs12.serialize_key_and_certificates(b"hadi", key, certificate, None, lock)


def certificate_alone() -> bytes:
    """A PKCS#12 file without a key."""
    certificate = pkcs12.load_pkcs12(key_file(), PASSPHRASE.encode()).cert.certificate
    lock = BestAvailableEncryption(PASSPHRASE.encode())
    return pkcs12.serialize_key_and_certificates(None, None, None, [certificate], lock)
