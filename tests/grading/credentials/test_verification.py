"""One verdict, and no more of the holder than is needed; against a register kept in memory."""

import datetime as dt
import hashlib
import io
import os
import subprocess
import zlib
from dataclasses import dataclass, field, fields, replace

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from grading.credentials.certificate import render_certificate
from grading.credentials.keys import create_demo_key, load_signer
from grading.credentials.signing import sign
from grading.credentials.verification import (
    PublicFacts,
    Registered,
    RegisterError,
    Verdict,
    Verification,
    masked,
    verify,
    verify_bytes,
    verify_code,
)

SERIAL, REASON = "CIO-2026-00001", "Gian lận; Điều 8 Thông tư 03/2023/TT-BNV"
FORGED = "Tệp mang dấu hiệu của một chứng chỉ đã cấp nhưng không phải tệp gốc"


@dataclass
class Shelf:
    """A register in memory: what it trusts, and by digest what it has registered."""

    keys: list = field(default_factory=list)
    entries: dict = field(default_factory=dict)
    described: str = "Sổ giả định"

    def certificates(self):
        """As the protocol says."""
        return self.keys

    def by_digest(self, sha256):
        """As the protocol says."""
        return self.entries.get(sha256)

    def by_serial(self, serial, has):
        """As the protocol says."""
        found = next((one for one in self.entries.values() if one.serial == serial), None)
        return found if has(found.verification_code if found else "") else None

    def knows(self, serials):
        """As the protocol says."""
        return any(self.by_serial(serial, bool) for serial in serials)

    def enter(self, content, registered):
        """Register a file, and trust the key it names."""
        self.keys = [*{*self.keys, registered.certificate_pem}]
        self.entries[hashlib.sha256(content).hexdigest()] = registered


class Silent(Shelf):
    """A register that cannot answer."""

    def certificates(self):
        """As the protocol says."""
        raise RegisterError("Sổ này đã cũ.")

    by_serial = by_digest = lambda self, *_what: self.certificates()


def registered(data, signer, **changes):
    """What the register says of a certificate."""
    known = Registered(
        serial=data.serial,
        full_name=data.full_name,
        programme=data.programme,
        issued_on=data.issued_on,
        register_number=data.register_number,
        verification_code=data.verification_code,
        certificate_pem=signer.certificate_pem,
        is_demo=True,
        standing="valid",
    )
    return replace(known, **changes)


@pytest.fixture(scope="module")
def original(data, signer, now):
    """A certificate as it was issued."""
    return sign(render_certificate(data, now), signer, "Cấp", now)


@pytest.fixture
def shelf_with(original, data, signer):
    """A register of that certificate, which says of it what is given."""

    def made(**changes):
        shelf = Shelf()
        shelf.enter(original, registered(data, signer, **changes))
        return shelf

    return made


@pytest.fixture(scope="module")
def examine(original, data, signer, now):
    """Verify bytes against the register of that certificate."""
    shelf = Shelf()
    shelf.enter(original, registered(data, signer))
    return lambda content: verify_bytes(content, shelf, now)


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


def test_the_original_is_valid_wherever_it_is_copied(shelf_with, original, tmp_path, now):
    copy = tmp_path / "bản sao.pdf"
    copy.write_bytes(original)
    found = verify(copy, shelf_with(), now)
    assert found.verdict is Verdict.VALID
    assert found.verdict.label == "Hợp lệ"


def test_what_is_shown_is_masked_dated_and_says_which_register_gave_it(examine, original, now):
    found = examine(original)
    assert found.facts == PublicFacts(
        serial=SERIAL,
        masked_name="Nguyễn Đ.",
        programme="Giám đốc Công nghệ thông tin trong cơ quan nhà nước",
        issued_on=dt.date(2026, 2, 5),
        issuer="Cục Chuyển đổi số quốc gia",
        register_number="1/2026",
        is_demo=True,
        revoked_on=None,
        revocation_reason="",
        replaced_by="",
    )
    assert (found.checked_at, found.register) == (now, "Sổ giả định")
    assert "không có giá trị pháp lý" in found.explanation


def test_neither_birth_date_nor_given_name_nor_agency_can_be_read_from_a_result(examine, original):
    shown = repr(examine(original))
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


def hidden(text, count=1):
    """A file that says ``text`` in its last compressed stream alone."""
    empty = b"\nstream\n" + zlib.compress(b"nothing") + b"\nendstream"
    return b"%PDF-1.7" + empty * (count - 1) + b"\nstream\r\n" + zlib.compress(text)


def test_a_serial_inside_a_compressed_stream_is_found_within_limits(examine):
    bears = SERIAL.encode()
    assert bears not in hidden(bears)
    for content in (hidden(bears), hidden(bears, 200), hidden(b"x" * 999_000 + bears)):
        assert examine(content).verdict is Verdict.NOT_ORIGINAL
    # Beyond the limits it is a stranger: never valid, and never a burden.
    for content in (hidden(bears, 201), hidden(b"x" * 1_000_000 + bears)):
        assert examine(content).verdict is Verdict.UNKNOWN


def test_a_damaged_stream_does_not_hide_those_after_it(examine):
    assert examine(b"stream\nbroken" + hidden(SERIAL.encode())).verdict is Verdict.NOT_ORIGINAL
    assert examine(hidden(b"CIO-2026-99999")).verdict is Verdict.UNKNOWN


def test_a_text_file_called_pdf_is_unknown(shelf_with, tmp_path, now):
    path = tmp_path / "thư.pdf"
    path.write_text("Kính gửi quý cơ quan", encoding="utf-8")
    assert verify(path, shelf_with(), now).verdict is Verdict.UNKNOWN


def test_what_cannot_be_read_was_not_checked_and_nothing_is_waited_on(shelf_with, tmp_path, now):
    empty, huge, loop = (tmp_path / name for name in ("empty.pdf", "huge.pdf", "loop.pdf"))
    empty.touch()
    with huge.open("wb") as file:
        file.truncate(30_000_000)
    loop.symlink_to(loop)
    os.mkfifo(tmp_path / "pipe.pdf")
    for path in (empty, huge, loop, tmp_path / "pipe.pdf", tmp_path, tmp_path / "none.pdf"):
        found = verify(path, shelf_with(), now)
        assert found.verdict is Verdict.UNCHECKED, path
        assert found.facts is None


def test_why_a_file_was_not_checked_is_said(shelf_with, tmp_path, now):
    empty, huge = tmp_path / "empty.pdf", tmp_path / "huge.pdf"
    empty.touch()
    os.mkfifo(tmp_path / "pipe.pdf")
    with huge.open("wb") as file:
        file.truncate(20_000_001)
    for path, words in {
        empty: "Tệp rỗng; hãy tải lại tệp.",
        huge: "Tệp quá lớn để là chứng chỉ.",
        tmp_path / "pipe.pdf": "Đây không phải một tệp.",
        tmp_path / "none.pdf": "Không đọc được tệp.",
    }.items():
        assert verify(path, shelf_with(), now) == Verification(Verdict.UNCHECKED, words, now)


def test_a_file_of_the_largest_size_is_checked(shelf_with, tmp_path, now):
    path = tmp_path / "largest.pdf"
    with path.open("wb") as file:
        file.truncate(20_000_000)
    assert verify(path, shelf_with(), now).verdict is Verdict.UNKNOWN


def test_what_is_said_of_a_stranger_a_forgery_and_an_unsigned_entry(shelf_with, original, now):
    shelf = shelf_with()

    def said(content):
        found = verify_bytes(content, shelf, now)
        assert (found.checked_at, found.register, found.facts) == (now, "Sổ giả định", None)
        return found.verdict, found.explanation

    assert said(b"thu") == (Verdict.UNKNOWN, "Sổ cấp không có tệp này.")
    assert said(original + b"x") == (
        Verdict.NOT_ORIGINAL,
        f"{FORGED}; hãy yêu cầu người có chứng chỉ đưa tệp gốc.",
    )
    shelf.entries[hashlib.sha256(b"unsigned").hexdigest()] = shelf.entries.popitem()[1]
    assert said(b"unsigned") == (
        Verdict.NOT_ORIGINAL,
        "Chữ ký số không phải của cơ sở cấp hoặc không phủ hết tệp.",
    )


def test_what_is_said_of_an_original_by_its_standing(shelf_with, original, now):
    def said(**changes):
        found = verify_bytes(original, shelf_with(is_demo=False, **changes), now)
        assert (found.checked_at, found.register) == (now, "Sổ giả định")
        assert (found.facts.is_demo, found.facts.serial) == (False, SERIAL)
        return found.explanation

    ended = {"ended_on": dt.date(2026, 2, 5), "ended_why": "Gian lận"}
    assert said() == "Đúng như trong sổ cấp."
    assert said(standing="revoked", **ended) == "Thu hồi ngày 05/02/2026: Gian lận."
    replaced = said(standing="replaced", replaced_by="CIO-2026-00002")
    assert replaced == "Đã được thay bằng chứng chỉ số hiệu CIO-2026-00002."
    assert said(standing="revoked") == "Sổ ghi trạng thái không đọc được."
    facts = verify_bytes(original, shelf_with(standing="suspended", **ended), now).facts
    assert facts.revocation_reason == ""
    facts = verify_bytes(original, shelf_with(replaced_by="CIO-2026-00002"), now).facts
    assert facts.replaced_by == "CIO-2026-00002"


def test_so_many_serials_of_a_stream_and_of_a_file_are_looked_up(examine):
    def others(start, stop):
        return b" ".join(b"CIO-2025-%05d" % number for number in range(start, stop))

    ours = SERIAL.encode()
    for count, verdict in ((99, Verdict.NOT_ORIGINAL), (100, Verdict.UNKNOWN)):
        assert examine(hidden(others(0, count) + b" " + ours)).verdict is verdict
    streams = b"".join(hidden(others(at, at + 100)) for at in range(0, 400, 100))
    for stop, verdict in ((499, Verdict.NOT_ORIGINAL), (500, Verdict.UNKNOWN)):
        content = streams + hidden(others(400, stop)) + hidden(ours)
        assert examine(content).verdict is verdict


def test_an_entry_without_a_code_is_found_by_no_code(shelf_with, now):
    found = verify_code(SERIAL, "", shelf_with(verification_code=""), now)
    words = "Không có chứng chỉ nào với số hiệu và mã xác minh này."
    assert found == Verification(Verdict.UNKNOWN, words, now, "Sổ giả định")


def test_a_code_is_not_told_by_a_part_of_it_and_blanks_are_no_name(shelf_with, data, now):
    code = data.verification_code
    for typed in (code[:-1], code + "X", "X" + code, code.replace("-", "")[::-1]):
        assert verify_code(SERIAL, typed, shelf_with(), now).verdict is Verdict.UNKNOWN
    found = verify_code(SERIAL, code, shelf_with(), now, "  ")
    assert (found.name_matches, found.checked_at, found.register) == (None, now, "Sổ giả định")


def test_a_register_that_cannot_answer_has_checked_nothing(original, now):
    for found in (
        verify_bytes(original, Silent(), now),
        verify_bytes(b"%PDF-1.7", Silent(), now),
        verify_code(SERIAL, "x", Silent(), now),
    ):
        assert found == Verification(Verdict.UNCHECKED, "Sổ này đã cũ.", now)


def test_the_register_alone_makes_nothing_valid(original, data, signer, now):
    """Whoever can write a digest into the register still lacks the signature."""
    for content in (overlaid(original), b"%PDF-1.7 junk", render_certificate(data, now)):
        shelf = Shelf()
        shelf.enter(content, registered(data, signer))
        found = verify_bytes(content, shelf, now)
        assert found.verdict is Verdict.NOT_ORIGINAL
        assert found.facts is None


def test_a_revoked_certificate_says_when_and_why(shelf_with, original, now):
    ended = {"ended_on": dt.date(2026, 2, 5), "ended_why": REASON}
    found = verify_bytes(original, shelf_with(standing="revoked", **ended), now)
    assert found.verdict is Verdict.REVOKED
    assert "05/02/2026" in found.explanation
    assert REASON in found.explanation
    assert (found.facts.revoked_on, found.facts.revocation_reason) == (ended["ended_on"], REASON)


def test_a_replaced_certificate_names_the_one_in_its_place(shelf_with, original, now):
    shelf = shelf_with(standing="replaced", replaced_by="CIO-2026-00002")
    found = verify_bytes(original, shelf, now)
    assert found.verdict is Verdict.REPLACED
    assert "CIO-2026-00002" in found.explanation


def test_a_standing_the_check_does_not_know_is_never_valid(shelf_with, original, now):
    found = verify_bytes(original, shelf_with(standing="suspended"), now)
    assert found.verdict is Verdict.UNCHECKED


def test_a_certificate_outlives_the_key_that_signed_it(shelf_with, original, now):
    late = now + dt.timedelta(days=9000)
    assert verify_bytes(original, shelf_with(), late).verdict is Verdict.VALID


def test_after_a_change_of_key_both_keys_certificates_are_valid(
    shelf_with, original, tmp_path, data, now
):
    shelf, second_key = shelf_with(), load_signer(create_demo_key(tmp_path, data.issuer, now))
    later = replace(data, serial="CIO-2026-00002")
    second = sign(render_certificate(later, now), second_key, "Cấp", now)
    shelf.enter(second, registered(later, second_key))
    for content in (original, second):
        assert verify_bytes(content, shelf, now).verdict is Verdict.VALID


@pytest.mark.parametrize("typed", ["0011-ab", "oO1l ab", "O0IL-AB", "00 i1AB"])
def test_serial_and_code_find_a_certificate_as_people_type_them(shelf_with, now, typed):
    shelf = shelf_with(verification_code="0011-AB")
    found = verify_code(" cio-2026-00001 ", typed, shelf, now)
    assert (found.verdict, found.name_matches) == (Verdict.VALID, None)
    assert found.facts.masked_name == "Nguyễn Đ."


@pytest.mark.parametrize(
    ("typed", "matches"), [("", None), ("nguyễn  ĐỨC", True), ("Nguyễn Đình", False)]
)
def test_the_name_on_a_print_is_told_right_or_wrong_to_who_has_its_code(
    shelf_with, data, now, typed, matches
):
    data = replace(data, full_name="Nguyễn Đức")
    shelf = shelf_with(full_name="Nguyễn Đức")
    assert verify_code(SERIAL, data.verification_code, shelf, now, typed).name_matches is matches
    assert verify_code(SERIAL, "0000", shelf, now, "Nguyễn Đức").name_matches is None


def test_a_wrong_code_and_an_unknown_serial_get_the_same_reply(shelf_with, data, now):
    shelf, code = shelf_with(), data.verification_code
    replies = [
        verify_code(SERIAL, "0000-0000-0000-0000", shelf, now),
        verify_code(SERIAL, "", shelf, now),
        verify_code(SERIAL, "ừ", shelf, now),
        verify_code("CIO-2026-00002", code, shelf, now),
        verify_code("", "", shelf, now),
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
        "REPLACED": 7,
        "SUSPENDED": 8,
    }


def test_one_under_examination_says_since_when_and_never_why(original, shelf_with, now):
    shelf = shelf_with(standing="suspended", ended_on=dt.date(2026, 11, 5), ended_why=REASON)
    found = verify_bytes(original, shelf, now)
    assert found.verdict is Verdict.SUSPENDED
    assert found.explanation == (
        "Cơ quan cấp đang xem xét từ ngày 05/11/2026; chưa có kết luận. "
        "Bản trình diễn, không có giá trị pháp lý."
    )
    assert found.facts.revoked_on is None
    without_a_day = shelf_with(standing="suspended")
    assert verify_bytes(original, without_a_day, now).verdict is Verdict.UNCHECKED


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
