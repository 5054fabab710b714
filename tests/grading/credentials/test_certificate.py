import html
import io
import re
import subprocess
import unicodedata
from dataclasses import replace
from datetime import date
from itertools import combinations

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.foundation.dates import day_in_words
from courses.foundation.errors import CredentialError
from grading.credentials.certificate import (
    DEMO_NOTICE,
    render_certificate,
    verification_text,
)

LETTERS = "abcđeghiklmnopqrstuvxyăâêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<')
words = st.text(LETTERS, min_size=1, max_size=7).map(str.capitalize)


def long_text(length):
    return st.lists(words, min_size=length // 2, max_size=length // 2).map(
        lambda parts: " ".join(parts)[:length].strip()
    )


def text_of(pdf, tool):
    arguments = [tool("pdftotext"), "-", "-"]
    raw = subprocess.run(arguments, input=pdf, capture_output=True, check=True).stdout
    return raw.decode()


def boxes_of(pdf, tool, folder):
    path = folder / "page.pdf"
    path.write_bytes(pdf)
    arguments = [tool("pdftotext"), "-bbox", path, "-"]
    page = subprocess.run(arguments, capture_output=True, check=True).stdout.decode()
    return [(*map(float, box), html.unescape(text)) for *box, text in WORD.findall(page)]


def overlap(one, other):
    # A line's box holds ascender and descender, so neighbours may share a little height.
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width > 1 and height > 0.35 * min(one[3] - one[1], other[3] - other[1])


def test_it_is_one_landscape_a4_page(data, now):
    (page,) = pypdf.PdfReader(io.BytesIO(render_certificate(data, now))).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)


def test_it_is_pdf_a_2a_with_the_serial_in_its_metadata(data, now):
    reader = pypdf.PdfReader(io.BytesIO(render_certificate(data, now)))
    xmp = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part>2<.*pdfaid:conformance>A<", xmp, re.DOTALL)
    assert data.serial in xmp


@pytest.mark.parametrize(
    "line",
    [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "BỘ KHOA HỌC VÀ CÔNG NGHỆ",
        "CỤC CHUYỂN ĐỔI SỐ QUỐC GIA",
        "CHỨNG CHỈ",
        "Nguyễn Thị Giả Định",
        "Ngày sinh: 07/03/1980",
        "Chức vụ: Giám đốc Trung tâm Công nghệ thông tin",
        "Cơ quan: Sở Khoa học và Công nghệ tỉnh Giả Định",
        "đã hoàn thành chương trình",
        "Giám đốc Công nghệ thông tin trong cơ quan nhà nước",
        "và đạt yêu cầu sát hạch ngày 09/01/2026.",
        "Hà Nội, ngày 05 tháng 02 năm 2026",
        "KT. CỤC TRƯỞNG",
        "PHÓ CỤC TRƯỞNG",
        "Trần Văn Mô Phỏng",
        "Số hiệu: CIO-2026-00001",
        "Số vào sổ cấp chứng chỉ: 1/2026",
        "Mã xác minh: 7K3M-9QXZ-T4WB-2XYZ",
    ],
)
def test_every_required_line_can_be_read_back_in_nfc(line, data, now, tool):
    text = text_of(render_certificate(replace(data, is_demo=False), now), tool)
    assert line in text.splitlines()
    assert unicodedata.is_normalized("NFC", text)


def test_a_name_that_arrives_decomposed_is_printed_composed(data, now, tool):
    decomposed = replace(data, full_name=unicodedata.normalize("NFD", data.full_name))
    assert data.full_name in text_of(render_certificate(decomposed, now), tool)


def test_markup_in_a_name_stays_text(data, now, tool):
    name = "#strong[Hằng] *Nga* $x$ \\ <b>"
    assert name in text_of(render_certificate(replace(data, full_name=name), now), tool)


def test_a_demonstration_says_so_and_a_real_certificate_does_not(data, now, tool):
    demo = text_of(render_certificate(data, now), tool)
    real = text_of(render_certificate(replace(data, is_demo=False), now), tool)
    assert DEMO_NOTICE in demo
    assert "TRÌNH DIỄN" not in real


def test_the_paper_may_be_called_chung_nhan(data, now, tool):
    text = text_of(render_certificate(replace(data, title="CHỨNG NHẬN"), now), tool)
    assert "CHỨNG NHẬN" in text
    assert "Số vào sổ cấp chứng nhận:" in text
    assert "chứng chỉ" not in text.lower()


def test_the_qr_code_reads_back_as_the_verification_text(data, now, tool, tmp_path):
    (tmp_path / "page.pdf").write_bytes(render_certificate(data, now))
    subprocess.run(
        [tool("pdftoppm"), "-r", "100", "-png", "page.pdf", "page"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    (page,) = tmp_path.glob("*.png")
    read = subprocess.run([tool("zbarimg"), "-q", "--raw", page], capture_output=True, check=True)
    assert read.stdout.decode().strip() == data.verification_text


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=long_text(60), agency=long_text(150), position=long_text(100))
def test_long_names_and_agencies_neither_leave_the_border_nor_collide(
    name, agency, position, data, now, tool, tmp_path
):
    long = replace(data, full_name=name, agency=agency, position=position, is_demo=False)
    boxes = boxes_of(render_certificate(long, now), tool, tmp_path)
    assert len(boxes) > 60
    assert all(x0 > 35 and x1 < 807 and y0 > 30 and y1 < 565 for x0, y0, x1, y1, _ in boxes)
    assert [pair for pair in combinations(boxes, 2) if overlap(*pair)] == []


def test_a_name_of_sixty_letters_without_a_space_stays_inside_the_border(data, now, tool, tmp_path):
    boxes = boxes_of(render_certificate(replace(data, full_name="W" * 60), now), tool, tmp_path)
    (box,) = [box for box in boxes if box[4] == "W" * 60]
    assert box[0] > 35
    assert box[2] < 807


def test_text_that_cannot_fit_on_one_page_is_refused(data, now):
    with pytest.raises(CredentialError, match="nội dung quá dài"):
        render_certificate(replace(data, agency="Sở " * 2000), now)


def test_a_letter_the_font_lacks_is_refused_rather_than_dropped(data, now):
    with pytest.raises(CredentialError):
        render_certificate(replace(data, full_name="Nguyễn 漢"), now)


def test_the_same_data_gives_the_same_bytes(data, now):
    assert render_certificate(data, now) == render_certificate(data, now)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 15), "ngày 15 tháng 3 năm 2026"),
        (date(2026, 12, 9), "ngày 09 tháng 12 năm 2026"),
    ],
)
def test_days_under_ten_and_the_first_two_months_take_a_zero(day, text):
    assert day_in_words(day) == text


def test_without_a_public_page_the_qr_code_carries_serial_and_code():
    assert verification_text("S-1", "AB", "") == "Số hiệu: S-1; mã xác minh: AB"
    assert (
        verification_text("S-1", "AB", "https://x.invalid") == "https://x.invalid?so-hieu=S-1&ma=AB"
    )
