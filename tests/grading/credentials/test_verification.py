import datetime as dt
import hashlib
import io
import subprocess
from dataclasses import fields, replace

import pypdf
import pytest
from grading.credentials.register import enrol_key, revoke
from grading.records.schema import RegisterEntry, SigningKey
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from grading.credentials.certificate import render_certificate
from grading.credentials.keys import create_demo_key, load_signer
from grading.credentials.revocation import Revocation
from grading.credentials.signing import sign
from grading.credentials.verification import (
    PublicFacts,
    Verdict,
    masked,
    verify,
    verify_bytes,
    verify_code,
)

FRAUD = Revocation("gian-lan", "Quyết định thu hồi số 12/QĐ-GĐ (giả định)")


@pytest.fixture(scope="module")
def original(issuing_house):
    return issuing_house.file("CIO-2026-00001").read_bytes()


@pytest.fixture(scope="module")
def examine(issuing_house, now):
    """Verify bytes against the register that issued certificate 1."""

    def examined(content):
        with issuing_house.records() as session:
            return verify_bytes(content, session, now)

    return examined


def overlaid(pdf):
    """The name painted over in an update appended to the signed file."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    paint = StreamObject(stream_data=b"q 1 1 1 rg 200 330 440 40 re f Q")
    writer.add_stream_to_page(0, writer.add_object(paint))
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def recompressed(pdf):
    """All that a tidying tool keeps: no signature, and every stream packed."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    del writer.root_object["/AcroForm"]
    del writer.root_object["/Perms"]
    writer.metadata = None
    metadata = writer.root_object.raw_get("/Metadata")
    packed = metadata.get_object().flate_encode()
    writer._replace_object(metadata, packed)  # noqa: SLF001 - pypdf has no other way
    writer.pages[0].pop("/Annots", None)
    writer.compress_identical_objects(remove_unreferenced=True)
    output = io.BytesIO()
    writer.write(output)
    assert b"CIO-2026" not in output.getvalue()
    return output.getvalue()


def test_the_original_is_valid_wherever_it_is_copied(issuing_house, original, tmp_path):
    copy = tmp_path / "bản sao.pdf"
    copy.write_bytes(original)
    found = issuing_house.check(copy)
    assert found.verdict is Verdict.VALID
    assert found.verdict.label == "Hợp lệ"


def test_what_is_shown_is_masked_and_dated(issuing_house):
    found = issuing_house.check(issuing_house.file("CIO-2026-00001"))
    assert found.facts == PublicFacts(
        masked_name="Nguyễn Đ.",
        programme="Giám đốc Công nghệ thông tin trong cơ quan nhà nước",
        issued_on=dt.date(2026, 2, 5),
        issuer="Cục Chuyển đổi số quốc gia",
        register_number="1/2026",
        is_demo=True,
        revoked_at=None,
        revocation_reason=None,
    )
    assert found.checked_at == dt.datetime(2026, 2, 6, 2, 0, tzinfo=dt.UTC)
    assert "không có giá trị pháp lý" in found.explanation


def test_neither_birth_date_nor_given_name_nor_agency_can_be_read_from_a_result(issuing_house):
    shown = repr(issuing_house.check(issuing_house.file("CIO-2026-00001")))
    assert "1980" not in shown
    assert "Giả Định" not in shown
    assert "birth" not in {field.name for field in fields(PublicFacts)}


@pytest.mark.parametrize(
    "forge",
    [
        pytest.param(overlaid, id="overlay by incremental update"),
        pytest.param(lambda pdf: pdf + b"\n", id="one byte appended"),
        pytest.param(lambda pdf: pdf + b"%%EOF\n1 0 obj << >> endobj", id="trailing junk"),
        pytest.param(lambda pdf: b"\n" + pdf, id="leading junk"),
        pytest.param(lambda pdf: pdf[:-1], id="last byte missing"),
        pytest.param(lambda pdf: pdf[len(pdf) // 2 :], id="second half"),
        pytest.param(lambda pdf: pdf + pdf, id="doubled"),
        pytest.param(lambda pdf: pdf[:0x100] + pdf[0x200:], id="bytes left out"),
        pytest.param(recompressed, id="signature stripped and recompressed"),
    ],
)
def test_a_changed_copy_is_not_the_original_and_shows_nobodys_data(forge, original, examine):
    found = examine(forge(original))
    assert found.verdict is Verdict.NOT_ORIGINAL
    assert found.facts is None


def test_a_file_cut_short_is_never_valid(original, examine):
    verdicts = {examine(original[:length]).verdict for length in range(1, len(original), 997)}
    assert verdicts == {Verdict.UNKNOWN, Verdict.NOT_ORIGINAL}


def test_an_overlay_that_common_viewers_call_valid_is_not_the_original(
    original, examine, tmp_path, tool
):
    path = tmp_path / "overlay.pdf"
    path.write_bytes(overlaid(original))
    report = subprocess.run([tool("pdfsig"), path], capture_output=True, check=True).stdout.decode()
    assert "Signature is Valid" in report
    assert examine(path.read_bytes()).verdict is Verdict.NOT_ORIGINAL


def test_a_certificate_printed_anew_without_signature_is_not_the_original(data, now, examine):
    assert examine(render_certificate(data, now)).verdict is Verdict.NOT_ORIGINAL


def test_a_signature_by_another_key_with_the_same_subject_is_not_the_original(
    data, now, examine, tmp_path
):
    twin = load_signer(create_demo_key(tmp_path, data.issuer, now))
    forged = sign(render_certificate(data, now), twin, "Cấp", now)
    assert examine(forged).verdict is Verdict.NOT_ORIGINAL


def test_another_paper_signed_with_our_key_outside_the_register_is_not_an_original(
    data, now, examine, signer
):
    paper = render_certificate(replace(data, serial="CIO-2026-77777"), now)
    assert examine(sign(paper, signer, "Cấp", now)).verdict is Verdict.NOT_ORIGINAL


def test_a_serial_that_was_never_issued_is_unknown(data, now, examine):
    paper = render_certificate(replace(data, serial="CIO-2026-77777"), now)
    assert examine(paper).verdict is Verdict.UNKNOWN


@settings(max_examples=150, deadline=None)
@given(share=st.floats(0, 1, exclude_max=True), mask=st.integers(1, 255))
def test_a_byte_changed_anywhere_makes_it_not_the_original(original, examine, share, mask):
    changed = bytearray(original)
    changed[int(share * len(changed))] ^= mask
    assert examine(bytes(changed)).verdict is Verdict.NOT_ORIGINAL


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=400))
def test_no_bytes_whatever_are_valid_or_break_the_check(examine, content):
    assert examine(content).verdict is Verdict.UNKNOWN
    assert examine(b"%PDF-1.7\nstream\n" + content).verdict is Verdict.UNKNOWN


def test_a_text_file_called_pdf_is_unknown(issuing_house, tmp_path):
    path = tmp_path / "thư.pdf"
    path.write_text("Kính gửi quý cơ quan", encoding="utf-8")
    assert issuing_house.check(path).verdict is Verdict.UNKNOWN


def test_what_cannot_be_read_was_not_checked(issuing_house, tmp_path):
    empty = tmp_path / "empty.pdf"
    empty.touch()
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as file:
        file.truncate(30_000_000)
    for path in (empty, huge, tmp_path, tmp_path / "none.pdf"):
        found = issuing_house.check(path)
        assert found.verdict is Verdict.UNCHECKED
        assert found.facts is None


def test_without_a_register_nothing_was_checked(issuing_house, tmp_path, now):
    engine = create_engine(f"sqlite:///{tmp_path}/empty.db")
    with Session(engine) as session:
        found = verify(issuing_house.file("CIO-2026-00001"), session, now)
        by_code = verify_code("CIO-2026-00001", "x", session, now)
    engine.dispose()
    assert found.verdict is by_code.verdict is Verdict.UNCHECKED


def test_a_register_that_trusts_no_key_has_checked_nothing(house, original, now, signer):
    with house.records() as session:
        session.delete(session.get_one(SigningKey, signer.fingerprint))
        assert verify_bytes(original, session, now).verdict is Verdict.UNCHECKED


def test_the_register_alone_makes_nothing_valid(house, data, now):
    """Whoever can write a digest into the register still lacks the signature."""
    entry = house.issue(1)
    forged = overlaid(house.file(entry.serial).read_bytes())
    with house.records() as session:
        kept = session.get_one(RegisterEntry, entry.serial)
        for content in (forged, b"%PDF-1.7 junk", render_certificate(data, now)):
            kept.pdf_sha256 = hashlib.sha256(content).hexdigest()
            session.flush()
            found = verify_bytes(content, session, now)
            assert found.verdict is Verdict.NOT_ORIGINAL
            assert found.facts is None


def test_a_revoked_certificate_says_when_and_why(house, now):
    entry = house.issue(1)
    with house.records() as session:
        revoke(session, entry.serial, FRAUD, now)
    found = house.check(house.file(entry.serial))
    assert found.verdict is Verdict.REVOKED
    assert "05/02/2026" in found.explanation
    assert "Gian lận" in found.explanation
    assert "Điều 8 Thông tư 03/2023/TT-BNV" in found.explanation
    assert "12/QĐ-GĐ" not in found.explanation


def test_a_status_the_check_does_not_know_is_never_valid(house, now):
    entry = house.issue(1)
    with house.records() as session:
        session.get_one(RegisterEntry, entry.serial).status = "suspended"
        content = house.file(entry.serial).read_bytes()
        assert verify_bytes(content, session, now).verdict is Verdict.UNCHECKED


def test_a_certificate_outlives_the_key_that_signed_it(house, now):
    entry = house.issue(1)
    content = house.file(entry.serial).read_bytes()
    with house.records() as session:
        late = now + dt.timedelta(days=9000)
        assert verify_bytes(content, session, late).verdict is Verdict.VALID


def test_after_a_change_of_key_both_keys_certificates_are_valid(house, tmp_path, data, now):
    first = house.issue(1)
    second_key = load_signer(create_demo_key(tmp_path / "second", data.issuer, now))
    with house.records() as session:
        enrol_key(session, second_key, now)
    house.office = replace(house.office, signer=second_key)
    second = house.issue(2)
    for entry in (first, second):
        assert house.check(house.file(entry.serial)).verdict is Verdict.VALID


def test_serial_and_code_find_a_certificate_as_people_type_them(house, now):
    entry = house.issue(1)
    typed = entry.verification_code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    with house.records() as session:
        found = verify_code(" cio-2026-00001 ", typed, session, now)
    assert found.verdict is Verdict.VALID
    assert found.facts.masked_name == "Nguyễn Đ."


def test_a_wrong_code_and_an_unknown_serial_get_the_same_reply(house, now):
    code = house.issue(1).verification_code
    with house.records() as session:
        replies = [
            verify_code("CIO-2026-00001", "0000-0000-0000-0000", session, now),
            verify_code("CIO-2026-00001", "", session, now),
            verify_code("CIO-2026-00001", "ừ", session, now),
            verify_code("CIO-2026-00002", code, session, now),
            verify_code("", "", session, now),
        ]
    assert len(set(replies)) == 1
    assert replies[0].verdict is Verdict.UNKNOWN


def test_each_verdict_has_its_exit_status_and_only_valid_has_zero():
    assert {verdict.name: verdict.exit_status for verdict in Verdict} == {
        "VALID": 0,
        "NOT_ORIGINAL": 3,
        "REVOKED": 4,
        "UNKNOWN": 5,
        "UNCHECKED": 6,
    }


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Nguyễn Thị Hồng Ánh", "Nguyễn Á."),
        ("Trần  Đức", "Trần Đ."),
        ("Hoa", "H."),
        ("Y Bhăm Niê", "Y N."),
        ("Le\u0302 A\u0301nh", "Lê Á."),
        ("", ""),
    ],
)
def test_a_masked_name_is_the_surname_and_an_initial(name, shown):
    assert masked(name) == shown
