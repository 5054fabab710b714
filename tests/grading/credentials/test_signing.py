import asyncio
import datetime as dt
import io
import stat
import subprocess

import pypdf
import pytest
from cryptography import x509
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext

from courses.foundation.errors import CredentialError
from grading.credentials.certificate import render_certificate
from grading.credentials.keys import (
    DEMO_SUBJECT,
    certificate_der,
    create_demo_key,
    issuer_of,
    load_signer,
)
from grading.credentials.signing import sign, signature_holds


@pytest.fixture(scope="module")
def unsigned(data, now):
    return render_certificate(data, now)


@pytest.fixture(scope="module")
def signed(unsigned, signer, now):
    return sign(unsigned, signer, "Cấp chứng chỉ", now)


def signed_ranges(pdf):
    (field,) = pypdf.PdfReader(io.BytesIO(pdf)).get_fields().values()
    return [int(value) for value in field["/V"]["/ByteRange"]]


def test_the_key_file_is_its_owners_alone(key_file):
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(key_file.parent.stat().st_mode) == 0o700


def test_a_key_is_never_overwritten(key_file, now):
    before = key_file.read_bytes()
    with pytest.raises(CredentialError, match="không bao giờ bị ghi đè"):
        create_demo_key(key_file.parent, "Cơ quan khác", now)
    assert key_file.read_bytes() == before


def test_the_demonstration_key_says_that_it_has_no_legal_value(signer):
    certificate = x509.load_pem_x509_certificate(signer.certificate_pem.encode())
    assert DEMO_SUBJECT in certificate.subject.rfc4514_string()
    assert "KHÔNG CÓ GIÁ TRỊ PHÁP LÝ" in DEMO_SUBJECT
    assert signer.is_demo
    assert issuer_of(signer.certificate_pem) == "Cục Chuyển đổi số quốc gia"


def test_a_key_that_others_may_read_is_refused(tmp_path, key_file):
    copy = tmp_path / "key.pem"
    copy.write_bytes(key_file.read_bytes())
    copy.chmod(0o644)
    with pytest.raises(CredentialError, match="người khác đọc được"):
        load_signer(copy)


@pytest.mark.parametrize("content", [b"", b"not a key", b"\xff\x00"])
def test_a_file_that_holds_no_key_is_refused_by_name(tmp_path, content):
    path = tmp_path / "key.pem"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(CredentialError, match=r"key\.pem"):
        load_signer(path)


def test_a_missing_key_file_is_named(tmp_path):
    with pytest.raises(CredentialError, match=r"none\.pem"):
        load_signer(tmp_path / "none.pem")


def test_a_private_key_that_is_not_the_certificates_is_refused(tmp_path, key_file, now):
    other = create_demo_key(tmp_path / "other", "Cơ quan khác", now).read_bytes()
    mixed = tmp_path / "key.pem"
    marker = b"-----BEGIN PRIVATE KEY"
    mixed.write_bytes(
        key_file.read_bytes().partition(marker)[0] + marker + other.partition(marker)[2]
    )
    mixed.chmod(0o600)
    with pytest.raises(CredentialError, match="không đi với"):
        load_signer(mixed)


def test_the_typeset_bytes_stay_at_the_head_of_the_signed_file(unsigned, signed):
    assert signed.startswith(unsigned)
    assert pypdf.PdfReader(io.BytesIO(signed)).pdf_header == "%PDF-1.7"


def test_an_independent_reader_finds_a_valid_signature_over_the_whole_file(signed, tmp_path, tool):
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed)
    report = subprocess.run([tool("pdfsig"), path], capture_output=True, check=True).stdout.decode()
    assert report.count("Signature #") == 1
    assert "Signature Validation: Signature is Valid." in report
    assert "Total document signed" in report
    assert "Signature Type: ETSI.CAdES.detached" in report
    assert f"Common Name: {DEMO_SUBJECT}" in report
    assert "Certificate issuer is unknown" in report


def test_the_signature_is_invisible_and_forbids_every_change(signed):
    reader = pypdf.PdfReader(io.BytesIO(signed))
    (field,) = reader.get_fields().values()
    (reference,) = field["/V"]["/Reference"]
    assert reference["/TransformParams"]["/P"] == 1
    assert "/DocMDP" in reader.trailer["/Root"]["/Perms"]
    (widget,) = reader.pages[0]["/Annots"]
    assert [float(value) for value in widget.get_object()["/Rect"]] == [0, 0, 0, 0]


def test_the_signature_bears_the_time_it_was_given(signed):
    (field,) = pypdf.PdfReader(io.BytesIO(signed)).get_fields().values()
    assert field["/V"]["/M"] == "D:20260205090000+07'00'"


def test_a_signature_holds_for_its_own_certificate_alone(signed, signer, now, tmp_path):
    twin = load_signer(create_demo_key(tmp_path, issuer_of(signer.certificate_pem), now))
    assert signature_holds(signed, signer.certificate_pem)
    assert not signature_holds(signed, twin.certificate_pem)


def test_a_signature_outlives_its_certificate(unsigned, tmp_path):
    long_ago = dt.datetime(2001, 1, 1, tzinfo=dt.UTC)
    expired = load_signer(create_demo_key(tmp_path, "Cơ quan cũ", long_ago))
    assert expired.valid_to < dt.datetime(2011, 1, 1, tzinfo=dt.UTC)
    pdf = sign(unsigned, expired, "Cấp", long_ago)
    assert signature_holds(pdf, expired.certificate_pem)


def test_a_signature_with_anything_after_it_does_not_hold(signed, signer):
    """Validation data is a change that the signature itself would allow."""
    extended = io.BytesIO(signed)
    DocumentSecurityStore.add_dss(extended, sig_contents=None, certs=[signer.backend.signing_cert])
    (embedded,) = PdfFileReader(extended).embedded_signatures
    roots = ValidationContext(trust_roots=[signer.backend.signing_cert])
    assert validate_pdf_signature(embedded, roots).bottom_line
    assert not signature_holds(extended.getvalue(), signer.certificate_pem)
    assert not signature_holds(signed + b"\n", signer.certificate_pem)


def test_a_certificate_is_signed_and_checked_from_inside_a_notebook(unsigned, signer, now):
    """A notebook's cell runs where an event loop already does."""

    async def cell():
        return signature_holds(sign(unsigned, signer, "Cấp chứng chỉ", now), signer.certificate_pem)

    assert asyncio.run(cell())


def test_an_unsigned_file_bears_no_signature(unsigned, signer):
    assert not signature_holds(unsigned, signer.certificate_pem)


@settings(max_examples=60, deadline=None)
@given(share=st.floats(0, 1, exclude_max=True), mask=st.integers(1, 255))
def test_a_changed_byte_in_the_signed_ranges_breaks_the_signature(signed, signer, share, mask):
    first, length, second, tail = signed_ranges(signed)
    positions = [*range(first, first + length), *range(second, second + tail)]
    changed = bytearray(signed)
    changed[positions[int(share * len(positions))]] ^= mask
    assert not signature_holds(bytes(changed), signer.certificate_pem)


def test_the_certificate_stands_in_the_signature(signed, signer):
    assert certificate_der(signer.certificate_pem).hex().encode() in signed.lower()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"plain text"])
def test_what_is_no_pdf_cannot_be_signed(content, signer, now):
    with pytest.raises(CredentialError, match="không ký được"):
        sign(content, signer, "Cấp", now)
