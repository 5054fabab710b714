"""Rosters are read as offices lay them out; a bad row is left out and explained."""

import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohort_data.rosters.roster import read_roster
from cohort_data.rosters.schema import Trainee
from cohort_data.simulated.sample_layout import SampleRow, write_roster
from cohort_data.simulated.sample_roster import simulated_cccd


def told(roster, severity="lỗi"):
    return [(p.row, p.column, p.message) for p in roster.problems if p.severity == severity]


def test_a_plain_row_becomes_a_trainee_without_identity_number(read, person):
    roster = read([person()])
    assert roster.problems == ()
    assert roster.trainees == (
        Trainee(
            id="CIO26-001",
            full_name="Nguyễn Văn b",
            birth_date=date(1980, 9, 5),
            position="Giám đốc Trung tâm Chuyển đổi số",
            agency="Bộ Tài chính",
            agency_type="bộ, ngành",
            attempt=1,
        ),
    )


def test_a_row_with_an_error_is_left_out_and_the_others_stay(read, person):
    roster = read([person(1), person(2, Ngày_sinh="1980", Lần_dự_thi="2,5"), person(3)])
    assert [trainee.id for trainee in roster.trainees] == ["CIO26-001", "CIO26-003"]
    assert [(row, column) for row, column, _ in told(roster)] == [
        (3, "E (Ngày sinh)"),
        (3, "I (Lần dự thi)"),
    ]


@pytest.mark.parametrize("heading", ["Mã_học_viên", "Họ_và_tên", "Ngày_sinh", "Chức_vụ"])
def test_an_empty_required_cell_is_named(read, person, heading):
    roster = read([person(1), person(2, **{heading: None})])
    assert len(roster.trainees) == 1
    [(row, column, message)] = told(roster)
    assert row == 3
    assert heading.replace("_", " ") in column
    assert "thiếu" in message


def test_decomposed_text_is_read_as_nfc(read, person, headings):
    nfd = [
        [unicodedata.normalize("NFD", str(v)) for v in row]
        for row in (headings, person(Họ_và_tên="Đặng  Thị\u00a0Ánh", Số_CCCD="001180000001"))
    ]
    nfd[1][3] = unicodedata.normalize("NFD", "Nữ")
    [trainee] = read([nfd[1]], headings=nfd[0]).trainees
    assert trainee.full_name == "Đặng Thị Ánh"


def test_true_dates_and_text_dates_mix(read, person):
    moment = datetime(1980, 9, 5)  # noqa: DTZ001  Excel dates have no zone
    roster = read([person(1, Ngày_sinh=moment), person(2, Ngày_sinh="5/9/1980")])
    assert {trainee.birth_date for trainee in roster.trainees} == {date(1980, 9, 5)}


def test_a_two_row_header_below_titles_with_sections_and_foot_is_understood(read):
    rows = [
        ["BỘ A", None, None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        [None],
        ["DANH SÁCH HỌC VIÊN, NĂM 2026"],
        ["TT", "Mã\nhọc viên", "Họ và", "tên", "Giới tính", None, "Ngày, tháng,", "Chức vụ"],
        [None, None, None, None, "Nam", "Nữ", "năm sinh (dd/mm/yyyy)", None],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
        ["CÁC BỘ, NGÀNH"],
        ["I. BỘ TÀI CHÍNH (2 người)"],
        [1, "A01", "Nguyễn Văn", "An", "x", None, "05/09/1980", "Giám đốc"],
        [2, "A02", "Lê Thị", "Bé", None, "X", "06/09/1980", "Trưởng phòng"],
        ["Cộng: 2"],
        ["II", "UBND tỉnh Bắc Ninh"],
        [1, "A03", "Trần Văn", "Chi", "x", None, "07/09/1980", "Giám đốc"],
        ["Tổng số", None, None, None, 2, 1, None, None],
        [None, None, "NGƯỜI LẬP", None, None, None, "Hà Nội, ngày 20 tháng 11 năm 2026"],
        [None, None, "Lê Thị Lập", None, None, None, "THỦ TRƯỞNG"],
        [None, None, None, None, None, None, "Phạm Văn Ký"],
    ]
    merges = ["A3:H3", "A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:F4", "H4:H5", "A7:H7", "A8:H8"]
    roster = read(rows, headings=None, merges=merges)
    assert roster.problems == ()
    assert [(t.full_name, t.agency, t.agency_type) for t in roster.trainees] == [
        ("Nguyễn Văn An", "Bộ Tài chính", "bộ, ngành"),
        ("Lê Thị Bé", "Bộ Tài chính", "bộ, ngành"),
        ("Trần Văn Chi", "Ủy ban nhân dân tỉnh Bắc Ninh", "tỉnh, thành phố"),
    ]


def test_a_name_heading_merged_over_two_columns_takes_both(read, person, headings):
    row = person()
    row[2:3] = ["Nguyễn Văn", "An"]
    wide = [*headings[:3], None, *headings[3:]]
    [trainee] = read([row], headings=wide, merges=["C1:D1"]).trainees
    assert trainee.full_name == "Nguyễn Văn An"


def test_birth_dates_under_nam_and_nu_are_read_and_tell_the_sex(read):
    rows = [
        ["Mã học viên", "Họ và tên", "Ngày, tháng, năm sinh", None, "Chức vụ", "Đơn vị", "CCCD"],
        [None, None, "Nam", "Nữ", None, None, None],
        ["A01", "Lê An", "05/09/1980", None, "Giám đốc", "Bộ Y tế", "001080000001"],
        ["A02", "Lê Bé", None, "06/09/1980", "Giám đốc", "Bộ Y tế", "001080000002"],
        ["A03", "Lê Cả", "07/09/1980", "06/09/1980", "Giám đốc", "Bộ Y tế", "001080000003"],
    ]
    roster = read(rows, headings=None, merges=["C1:D1"])
    assert [(t.id, t.birth_date.day) for t in roster.trainees] == [("A01", 5)]
    [(sex_row, _, sex), (both_row, _, both)] = told(roster)
    assert (sex_row, both_row) == (4, 5)
    assert "không khớp giới tính" in sex
    assert "cả hai cột" in both


def test_an_agency_merged_down_counts_for_each_row(read, person):
    rows = [person(1), person(2, Cơ_quan=None), person(3, Cơ_quan="Bộ Y tế")]
    agencies = [t.agency for t in read(rows, merges=["H2:H3"]).trainees]
    assert agencies == ["Bộ Tài chính", "Bộ Tài chính", "Bộ Y tế"]


def test_sex_is_optional_and_whatever_stands_there_stops_nobody(read, person, headings):
    wide = [*headings[:3], "Nam", "Nữ", *headings[4:]]
    both, none = person(1), person(2)
    both[3:4], none[3:4] = ["x", "x"], [None, None]
    roster = read([both, none], headings=wide)
    assert (len(roster.trainees), told(roster)) == (2, [])
    without = [text for text in headings if text != "Giới tính"]
    assert len(read([person()[:3] + person()[4:]], headings=without).trainees) == 1
    assert len(read([person(Giới_tính="0")]).trainees) == 1


def test_a_woman_with_a_mans_number_is_refused_where_sex_is_told(read, person):
    [(_, column, message)] = told(read([person(Giới_tính="Nữ")]))
    assert (column, "giới tính" in message) == ("F (Số CCCD)", True)


def test_an_agency_of_unknown_kind_needs_a_column(read, person, headings):
    command = "Bộ Chỉ huy quân sự tỉnh Bắc Ninh"
    [(_, _, message)] = told(read([person(Cơ_quan=command)]))
    assert "Loại cơ quan" in message
    named = read([[*person(Cơ_quan=command), "Tỉnh, thành phố"]], headings=[*headings, "Khối"])
    assert [trainee.agency_type for trainee in named.trainees] == ["tỉnh, thành phố"]


def test_without_an_attempt_nobody_claims_one(read, person, headings):
    [trainee] = read([person()[:-1]], headings=headings[:-1]).trainees
    assert trainee.attempt is None
    [trainee] = read([person(Lần_dự_thi=None)]).trainees
    assert trainee.attempt is None


@pytest.mark.parametrize("typed", ["Lần 2", "lần thứ hai", "LẦN THỨ 2", "Lần II", "thứ hai"])
def test_an_attempt_in_words_is_understood(read, person, typed):
    [trainee] = read([person(Lần_dự_thi=typed)]).trainees
    assert trainee.attempt == 2


def test_two_rows_with_one_id_are_both_errors_that_name_each_other(read, person):
    roster = read([person(1), person(2), person(3, Mã_học_viên="cio26-001")])
    assert [trainee.id for trainee in roster.trainees] == ["CIO26-002"]
    assert [(row, message) for row, _, message in told(roster)] == [
        (2, "trùng mã học viên với dòng 4"),
        (4, "trùng mã học viên với dòng 2"),
    ]


def test_two_rows_with_one_identity_number_are_both_errors(read, person):
    roster = read([person(1), person(2, Số_CCCD=1080000001)])
    assert roster.trainees == ()
    assert [(row, message) for row, _, message in told(roster)] == [
        (2, "trùng số căn cước với dòng 3"),
        (3, "trùng số căn cước với dòng 2"),
    ]


def test_same_name_and_birth_date_is_only_a_warning(read, person):
    roster = read([person(1, Họ_và_tên="Lê Hòa"), person(2, Họ_và_tên="LÊ HOÀ")])
    assert len(roster.trainees) == 2
    assert [(row, message[:31]) for row, _, message in told(roster, "cảnh báo")] == [
        (2, "cùng họ tên và ngày sinh với dò"),
        (3, "cùng họ tên và ngày sinh với dò"),
    ]


def test_lost_leading_zeros_are_restored_with_a_warning(read, person):
    roster = read([person(1, Số_CCCD=1080000001), person(2, Số_CCCD=24080000002.0)])
    assert len(roster.trainees) == 2
    assert all("mất số 0" in message for *_, message in told(roster, "cảnh báo"))


def test_no_problem_shows_an_identity_number(read, person):
    numbers = [1080000001, "001080000001", "0010800000012", "012345678", "001185000003", "#001080"]
    roster = read([person(n, Số_CCCD=number) for n, number in enumerate(numbers, 1)])
    assert roster.problems
    said = f"{roster!r}" + "".join(map(str, roster.problems))
    assert not any(str(number)[-4:] in said for number in numbers)


def test_a_formula_is_neither_evaluated_nor_kept(read, person):
    rows = [
        person(1, Chức_vụ="=cmd|'/c calc'!A0"),
        person(2, Họ_và_tên='=HYPERLINK("http://example.org","Lê An")'),
        person(3, STT="=A2+1"),
    ]
    roster = read(rows)
    assert [trainee.id for trainee in roster.trainees] == ["CIO26-003"]
    assert [(row, "công thức" in message) for row, _, message in told(roster)] == [
        (2, True),
        (3, True),
    ]


def test_a_person_without_id_is_not_taken_for_the_foot(read, person):
    bare = [None, None, "Lê Thị Sót", None, None, None, None, None, None]
    words = "ngày 5 tháng 9 năm 1980"
    unnumbered = person(3, Mã_học_viên=None, STT=None, Ngày_sinh=words)
    roster = read([person(1), bare, person(2), unnumbered, bare])
    assert [row for row, *_ in told(roster)] == [3, 5, 6]


def test_a_heading_merged_far_down_does_not_swallow_people(read, person, headings):
    rows = [[*person(n), None] for n in range(1, 6)]
    wide = [*headings, "Ghi chú"]
    assert len(read(rows, headings=wide, merges=["A1:A6", "J1:J6"]).trainees) == 5


def test_a_remark_among_people_is_reported_and_one_below_them_is_not(read, person):
    remark = [None] * 6 + ["(xem văn bản kèm theo)"]
    roster = read([person(1), remark, person(2), remark])
    assert [row for row, *_ in told(roster)] == [3]


def test_one_odd_cell_refuses_its_row_alone(read, person):
    rows = [person(n) for n in range(1, 6)]
    rows[2][2] = "Lª Anh"
    roster = read(rows)
    assert len(roster.trainees) == 4
    [(row, column, message)] = told(roster)
    assert (row, column) == (4, "C (Họ và tên)")
    assert "TCVN3" in message


def test_a_csv_with_semicolons_and_byte_order_mark_reads_like_the_workbook(
    tmp_path, write, person, headings
):
    rows = [person(1), person(2, Chức_vụ="Giám đốc; phụ trách, điều hành")]
    for delimiter in ",;":
        quoted = [[f'"{value}"' for value in row] for row in (headings, *rows)]
        text = "\r\n".join(delimiter.join(row) for row in (["DANH SÁCH, 2026"], *quoted))
        path = tmp_path / "danh-sach.csv"
        path.write_bytes(("\ufeff" if delimiter == ";" else "").encode() + text.encode())
        assert read_roster(path).trainees == read_roster(write(rows)).trainees


def test_ten_thousand_rows_are_read(read, person):
    roster = read([person(n) for n in range(1, 10_001)])
    assert len(roster.trainees) == 10_000
    assert not roster.has_errors


def test_a_cell_formatted_in_the_last_row_costs_nothing(read, person):
    assert len(read([person()], fonts={"XFD1048576": "Arial"}).trainees) == 1


# Real syllables: letters put together at random look like legacy text, and are refused rightly.
SYLLABLES = (
    *("Nguyễn", "Hoàng", "Lê", "Đỗ", "Xuân", "Hà", "Thúy", "Thuý", "Quý", "Hòe", "Ân", "Ý", "Khuê"),
    *("Mẫn", "Toán", "Hoà", "Uyên", "Lý", "Huề", "Công", "Đào", "Hải", "Niê", "Tú", "Bảo", "Loan"),
)
WORD = st.sampled_from(SYLLABLES)
NAME = st.lists(WORD, min_size=2, max_size=4).map(" ".join)
AGENCY = st.sampled_from(
    [("Bộ Y tế", "bộ, ngành"), ("Ủy ban nhân dân tỉnh An Giang", "tỉnh, thành phố")]
)
PERSON = st.tuples(
    NAME,
    st.booleans(),
    st.sampled_from(["nam", "nữ"]),
    st.dates(date(1930, 1, 1), date(2010, 12, 31)),
    AGENCY,
)


@settings(deadline=None, max_examples=50)  # each example writes a workbook
@given(st.lists(PERSON, min_size=1, max_size=5))
def test_what_is_written_is_read_back(tmp_path_factory, people):
    rows = []
    for number, (name, as_text, sex, born, (agency, kind)) in enumerate(people, 1):
        one = Trainee(f"T-{number:03}", name, born, "Giám đốc", agency, kind, 1)
        rows.append(SampleRow(one, sex, simulated_cccd(sex, born, number), date_as_text=as_text))
    path = tmp_path_factory.mktemp("round") / "danh-sach.xlsx"
    write_roster(rows, path)
    roster = read_roster(path)
    assert not roster.has_errors
    assert roster.trainees == tuple(row.trainee for row in rows)
