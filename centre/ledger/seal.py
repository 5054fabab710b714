"""The centre's seal: an Ed25519 key that signs the ledger's heads, and what it signed."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from courses.foundation.errors import CentreError
from courses.foundation.files import read_bounded, write_new

if TYPE_CHECKING:
    from pathlib import Path

    from centre.configuration import Centre

SEAL_FILE = "so-nhat-ky.pem"
_LARGEST = 10_000  # bytes


def create_seal(folder: Path) -> None:
    """Make the key in ``folder`` (0700, the file 0600).

    Raises:
        CentreError: when there is one: keys are never overwritten.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        write_new(folder / SEAL_FILE, pem, 0o600)
    except FileExistsError:
        raise CentreError("đã có khoá sổ nhật ký; không ghi đè", path=folder / SEAL_FILE) from None


def the_seal(centre: Centre) -> str:
    """The fingerprint that a centre publishes; CentreError when there is no key."""
    return fingerprint(sign(centre.keys, b"")[1])


def sign(folder: Path, message: bytes) -> tuple[str, str]:
    """Signature and public key (hex); CentreError when there is no key."""
    try:
        key = load_pem_private_key(_stored(folder), password=None)
    except (ValueError, TypeError):  # no key at all, or one under a password
        raise CentreError("tệp khoá sổ nhật ký hỏng", path=folder / SEAL_FILE) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise CentreError("khoá sổ nhật ký không phải Ed25519", path=folder / SEAL_FILE)
    return key.sign(message).hex(), _public(key)


def mac_key(folder: Path) -> bytes | None:
    """The secret under which lines are written, from the seal; None where the seal is not."""
    try:
        return hashlib.sha256(b"so-nhat-ky\0" + _stored(folder)).digest()
    except CentreError:
        return None


def _stored(folder: Path) -> bytes:
    return read_bounded(folder / SEAL_FILE, _LARGEST, CentreError)


def mac_of(key: bytes, digest: str) -> str:
    """HMAC-SHA256 (hex) of a line's digest."""
    return hmac.digest(key, digest.encode(), "sha256").hex()


def holds(message: bytes, signature: str, public: str) -> bool:
    """Whether ``signature`` is that of ``public`` on ``message``; hostile text is no signature."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: str) -> str:
    """SHA-256 of the public key, as people compare it: groups of four letters."""
    digest = hashlib.sha256(bytes.fromhex(public)).hexdigest()[:32].upper()
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def _public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
