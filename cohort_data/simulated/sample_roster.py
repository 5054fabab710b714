"""The sample cohort: 48 invented people, and what some of them passed earlier.

Run ``python -m cohort_data.simulated.sample_roster`` to write ``cohort_data/sample`` anew.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cohort_data.agencies import agency_type_of
from cohort_data.rosters.schema import Trainee
from cohort_data.simulated.sample_layout import SampleRow, write_roster

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cohort_data.rosters.schema import Sex

SAMPLE = Path(__file__).parents[1] / "sample"
ROSTER = SAMPLE / "danh-sach-hoc-vien.xlsx"
PRIOR = SAMPLE / "ket-qua-truoc.csv"
SEED = 20261201
REPEATERS = (7, 15, 24, 33, 42)
"""Numbers, from 1, of the trainees who sit for the second time."""

# 999 is no province's and no country's code, so that no living person has such a number.
_SIMULATED_PROVINCE = "999"
_WOMEN_SHARE = 0.3
_TEXT_DATE_SHARE = 0.4

AGENCIES = (
    ("Bộ Khoa học và Công nghệ", 5),
    ("Bộ Tài chính", 4),
    ("Bộ Nội vụ", 3),
    ("Bộ Y tế", 3),
    ("Bộ Xây dựng", 2),
    ("Ngân hàng Nhà nước Việt Nam", 2),
    ("Thanh tra Chính phủ", 1),
    ("Sở Khoa học và Công nghệ thành phố Hà Nội", 6),
    ("Sở Khoa học và Công nghệ thành phố Hồ Chí Minh", 4),
    ("Sở Khoa học và Công nghệ tỉnh Bắc Ninh", 4),
    ("Ủy ban nhân dân thành phố Đà Nẵng", 3),
    ("Ủy ban nhân dân tỉnh Quảng Ninh", 2),
    ("Sở Khoa học và Công nghệ tỉnh Nghệ An", 2),
    ("Ủy ban nhân dân tỉnh Lâm Đồng", 2),
    ("Sở Khoa học và Công nghệ thành phố Cần Thơ", 1),
    ("Ủy ban nhân dân tỉnh Lào Cai", 1),
    ("Sở Khoa học và Công nghệ tỉnh Đắk Lắk", 1),
    ("Ủy ban nhân dân tỉnh An Giang", 1),
    ("Sở Khoa học và Công nghệ tỉnh Khánh Hòa", 1),
)
# Heads of IT units and deputies in charge of IT (CV 55/BTTTT-ƯDCNTT ngày 10/01/2012, mục 1.3),
# then section heads whom large agencies send to be ready for the post.
_CENTRAL_POSITIONS = (
    "Giám đốc Trung tâm Công nghệ thông tin",
    "Phó Giám đốc Trung tâm Công nghệ thông tin",
    "Phó Cục trưởng phụ trách chuyển đổi số",
    "Trưởng phòng Chuyển đổi số",
    "Trưởng phòng Hạ tầng và An toàn thông tin",
    "Phó Chánh Văn phòng phụ trách công nghệ thông tin",
)
_LOCAL_POSITIONS = (
    "Phó Giám đốc Sở phụ trách chuyển đổi số",
    "Giám đốc Trung tâm Chuyển đổi số",
    "Trưởng phòng Chuyển đổi số",
    "Phó Giám đốc Trung tâm Chuyển đổi số",
    "Trưởng phòng Bưu chính, viễn thông và An toàn thông tin",
    "Phó Trưởng phòng Chuyển đổi số",
)
_OFFICE_POSITIONS = (
    "Phó Chánh Văn phòng phụ trách công nghệ thông tin",
    "Giám đốc Trung tâm Thông tin, Văn phòng Ủy ban nhân dân",
    "Trưởng phòng Chuyển đổi số, Văn phòng Ủy ban nhân dân",
)
_SURNAMES = (
    *("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô"),
    *("Dương", "Lý", "Đinh", "Trịnh", "Mai", "Cao", "Lương", "Nông", "Hà", "Tạ", "Quách", "Lò"),
)
_MALE = (
    ("Văn", "Đức", "Quốc", "Minh", "Hữu", "Thanh", "Xuân", "Công", "Anh", "Ngọc"),
    ("Ân", "Bách", "Bình", "Cường", "Dũng", "Đạt", "Giang", "Hải", "Hiếu", "Hòa", "Khánh", "Lâm"),
    ("Long", "Nam", "Nghĩa", "Phong", "Quân", "Sơn", "Thành", "Thắng", "Tuấn", "Việt", "Vinh"),
)
_FEMALE = (
    ("Thị", "Thị Thu", "Ngọc", "Thị Minh", "Thanh", "Thị Kim", "Phương"),
    ("Anh", "Chi", "Dung", "Đào", "Hà", "Hạnh", "Hiền", "Hương", "Lan", "Mai", "Nga", "Nhung"),
    ("Oanh", "Phượng", "Quyên", "Thảo", "Thủy", "Trang", "Uyên", "Vân", "Yến"),
)


def sample_rows(seed: int = SEED) -> tuple[SampleRow, ...]:
    """Return the 48 simulated people, CIO26-001 … CIO26-048, agency by agency."""
    chance = random.Random(seed)  # noqa: S311  simulated people need no secrecy
    agencies = [(name, place) for name, size in AGENCIES for place in range(size)]
    names: set[str] = set()
    return tuple(
        _person(number, agency, place, names, chance)
        for number, (agency, place) in enumerate(agencies, 1)
    )


def write_prior(rows: Sequence[SampleRow], path: Path, seed: int = SEED) -> None:
    """Write the areas that repeaters passed at their first sitting; one pass has expired.

    A pass counts for 24 months; the sitting is on 2026-12-01. The first repeater's pass is older.
    """
    chance = random.Random(seed)  # noqa: S311  simulated results need no secrecy
    passed = (("KM",), ("QL", "KM"), ("KM", "KT"), ("QL", "KT"), ("QL", "KM", "CAP"))
    sittings = (date(2024, 10, 18), date(2025, 6, 20), date(2025, 12, 5), date(2026, 5, 22))
    repeaters = [row.trainee.id for row in rows if (row.trainee.attempt or 1) > 1]
    lines = ["trainee_id,area,passed_on,score_share"]
    for at, (trainee_id, areas) in enumerate(zip(repeaters, passed, strict=True)):
        day = sittings[min(at, len(sittings) - 1)]
        lines += [
            f"{trainee_id},{area},{day.isoformat()},0.{chance.randint(600, 880)}" for area in areas
        ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _person(
    number: int, agency: str, place: int, taken: set[str], chance: random.Random
) -> SampleRow:
    sex: Sex = "nữ" if chance.random() < _WOMEN_SHARE else "nam"
    birth_date = date(1970, 1, 1) + timedelta(days=chance.randrange(365 * 19))
    kind = agency_type_of(agency) or "bộ, ngành"
    trainee = Trainee(
        id=f"CIO26-{number:03}",
        full_name=_new_name(sex, taken, chance),
        birth_date=birth_date,
        position=_position(agency, place),
        agency=agency,
        agency_type=kind,
        attempt=2 if number in REPEATERS else 1,
    )
    identity = simulated_cccd(sex, birth_date, number)
    return SampleRow(trainee, sex, identity, chance.random() < _TEXT_DATE_SHARE)


def simulated_cccd(sex: Sex, birth_date: date, number: int) -> str:
    """Return a well-formed CCCD that nobody holds: unassigned place code, serial as its tail."""
    century = 2 * (birth_date.year // 100 - 19) + (sex == "nữ")
    return f"{_SIMULATED_PROVINCE}{century}{birth_date:%y}{number:06}"


def _new_name(sex: Sex, taken: set[str], chance: random.Random) -> str:
    middle, *given = _MALE if sex == "nam" else _FEMALE
    while True:
        first = chance.choice([name for half in given for name in half])
        name = f"{chance.choice(_SURNAMES)} {chance.choice(middle)} {first}"
        if name not in taken and len(set(name.split())) == len(name.split()):
            taken.add(name)
            return name


def _position(agency: str, place: int) -> str:
    if agency.startswith("Sở"):
        return _LOCAL_POSITIONS[place]
    return _OFFICE_POSITIONS[place] if agency.startswith("Ủy ban") else _CENTRAL_POSITIONS[place]


if __name__ == "__main__":
    write_roster(sample_rows(), ROSTER)
    write_prior(sample_rows(), PRIOR)
