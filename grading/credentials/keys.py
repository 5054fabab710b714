"""Signing keys: the demonstration key, and reading a key to sign with.

A self-made key proves that a file is whole and came from whoever holds the key, and nothing
else; an agency signs with the official-duty keys that Nghị định 68/2024/NĐ-CP provides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from courses.foundation.errors import CredentialError
from courses.foundation.files import write_new

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

DEMO_SUBJECT = "KHOÁ TRÌNH DIỄN – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
DEMO_KEY_FILE = "demo-signing-key.pem"

_VALIDITY = timedelta(days=3650)
_FOR_OTHERS = 0o077


@dataclass(frozen=True)
class Signer:
    """A key ready to sign, with what the register keeps of it.

    Attributes:
        backend: pyHanko's signer; the private key itself may live on a token.
        certificate_pem: the signing certificate.
        fingerprint: SHA-256 (hex) of the certificate.
        valid_from, valid_to: the certificate's own validity.
        is_demo: the certificate's subject says that it is for demonstration.
    """

    backend: signers.Signer
    certificate_pem: str
    fingerprint: str
    valid_from: datetime
    valid_to: datetime
    is_demo: bool


def create_demo_key(folder: Path, issuer: str, now: datetime) -> Path:
    """Create a P-256 key with a self-signed certificate, valid for ten years from ``now``.

    Certificate and key go into one PEM file (mode 0600) in ``folder`` (mode 0700).

    Raises:
        CredentialError: when there is a key already: keys are never overwritten.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    path = folder / DEMO_KEY_FILE
    pem = _demo_pem(issuer, now)
    try:
        write_new(path, pem, 0o600)
    except FileExistsError:
        raise CredentialError("đã có khoá ký; khoá cũ không bao giờ bị ghi đè", path=path) from None
    return path


def load_signer(path: Path) -> Signer:
    """Read certificate and unencrypted private key from one PEM file.

    Raises:
        CredentialError: when the file is missing, others may read it, or it holds no such pair.
    """
    pem = _private_bytes(path)
    try:
        certificate = x509.load_pem_x509_certificate(pem)
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError):
        raise CredentialError(
            "tệp phải chứa chứng thư số và khoá riêng dạng PEM, không đặt mật khẩu", path=path
        ) from None
    if key.public_key() != certificate.public_key():
        raise CredentialError("khoá riêng không đi với chứng thư số trong tệp", path=path)
    return Signer(
        backend=_backend(pem),
        certificate_pem=certificate.public_bytes(Encoding.PEM).decode(),
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        valid_from=certificate.not_valid_before_utc,
        valid_to=certificate.not_valid_after_utc,
        is_demo=DEMO_SUBJECT in _values(certificate.subject, NameOID.COMMON_NAME),
    )


def certificate_der(certificate_pem: str) -> bytes:
    """The certificate as it stands inside a signature."""
    return x509.load_pem_x509_certificate(certificate_pem.encode()).public_bytes(Encoding.DER)


def issuer_of(certificate_pem: str) -> str:
    """The organisation that a signing certificate names; "" when it names none."""
    certificate = x509.load_pem_x509_certificate(certificate_pem.encode())
    return ", ".join(_values(certificate.subject, NameOID.ORGANIZATION_NAME))


def _private_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_mode & _FOR_OTHERS:
            raise CredentialError(
                "người khác đọc được tệp khoá ký; đặt lại quyền 600 cho tệp", path=path
            )
        return path.read_bytes()
    except OSError as error:
        raise CredentialError(f"không đọc được tệp khoá ký ({error.strerror})", path=path) from None


def _backend(pem: bytes) -> signers.Signer:
    return signers.SimpleSigner(
        signing_cert=next(iter(load_certs_from_pemder_data(pem))),
        signing_key=load_private_key_from_pemder_data(pem, passphrase=None),
        cert_registry=SimpleCertificateStore.from_certs([]),
    )


def _demo_pem(issuer: str, now: datetime) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return _self_signed(key, issuer, now).public_bytes(Encoding.PEM) + private


def _self_signed(key: ec.EllipticCurvePrivateKey, issuer: str, now: datetime) -> x509.Certificate:
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, issuer),
            x509.NameAttribute(NameOID.COMMON_NAME, DEMO_SUBJECT),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + _VALIDITY)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )


def _values(name: x509.Name, oid: x509.ObjectIdentifier) -> list[str]:
    return [str(attribute.value) for attribute in name.get_attributes_for_oid(oid)]
