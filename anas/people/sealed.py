"""Short secrets in the database, sealed with a key that is not in it: libsodium's secretbox, keyed from SECRET_KEY."""

import base64
import hashlib

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox


def seal(purpose: str, text: str) -> str:
    return base64.b64encode(_box(purpose, settings.SECRET_KEY).encrypt(text.encode())).decode()


def opened(purpose: str, sealed: str) -> str | None:
    """None for what was sealed with another key or for another purpose, or was changed."""
    for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        try:
            return _box(purpose, key).decrypt(base64.b64decode(sealed)).decode()
        except (CryptoError, ValueError):
            continue
    return None


def _box(purpose: str, key: str) -> SecretBox:
    return SecretBox(hashlib.blake2b(key.encode(), digest_size=32, person=purpose.encode()[:16]).digest())
