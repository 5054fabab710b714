"""Who holds the IT post in each agency, how reports travel, and what the end of a tier does.

Two parts, both of the lesson QL6:

* a *roster* checked against the rule of QĐ 445/2013/QĐ-UBND (Bắc Giang, 03/9/2013):
  qualification (Điều 4), placement (Điều 5), assignment letter (Điều 10 khoản 2 điểm a);
* *reports*: officer → head of the agency → the provincial IT office (Điều 7), and the hours
  until the office has put the reports of one period together.

Units: office hours (giờ làm việc) for reports, minutes for incidents, persons for posts.
Assumptions: all agencies start at the same hour; nobody begins to collate before the signed
report is there; a report is not split between two officers; hours are simulated, since QĐ 445
itself sets none. Dates: NQ 203/2025/QH15 ends the district tier on 01/7/2025; the IT office is
Sở Thông tin và Truyền thông until 28/02/2025 and Sở Khoa học và Công nghệ from 01/3/2025.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from math import ceil, floor
from typing import TYPE_CHECKING, Literal

from courses.foundation.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Tier = Literal["sở", "huyện", "xã"]
Letter = Literal["đã gửi Sở", "đã ký, chưa gửi", "chưa có"]
Article = Literal["Điều 4", "Điều 5", "Điều 10.2a", "ngoài quy định"]

DISTRICTS_END = date(2025, 7, 1)
OFFICE_RENAMED = date(2025, 3, 1)
ARTICLES: tuple[Article, ...] = ("Điều 4", "Điều 5", "Điều 10.2a")
LEVELS = ("trung cấp", "cao đẳng", "đại học", "thạc sĩ", "tiến sĩ")
IT_FIELDS = frozenset({"CNTT", "tin học"})

_HEADS: dict[Tier, str] = {
    "sở": "Thủ trưởng sở, cơ quan",
    "huyện": "Chủ tịch UBND huyện",
    "xã": "Chủ tịch UBND xã",
}
_DUST = 1e-9  # hours; sums of halves and tenths may miss by this much


@dataclass(frozen=True)
class Degree:
    """A degree: one of ``LEVELS`` (else ContentError), field, mode of study ("chính quy", …)."""

    level: str
    field: str
    mode: str

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise ContentError(f"trình độ phải là một trong: {', '.join(LEVELS)}", key=self.level)

    @property
    def qualifies(self) -> bool:
        """Whether Điều 4 is met: a full-time IT degree of a university or above.

        Certificates (CCNA, Aptech) are preferred there, not required, and replace nothing.
        """
        high_enough = LEVELS.index(self.level) >= LEVELS.index("đại học")
        return high_enough and self.field in IT_FIELDS and self.mode == "chính quy"


@dataclass(frozen=True)
class Unit:
    """One line of the roster: the officer's degree (none: nobody assigned) and place of work.

    ``it_unit`` names the agency's IT room or centre, if it has one.
    """

    name: str
    tier: Tier
    degree: Degree | None
    place: str
    letter: Letter
    it_unit: str | None = None


@dataclass(frozen=True)
class Finding:
    """One thing to put right: the unit, the article and, in Vietnamese, what is wrong."""

    unit: str
    article: Article
    what: str


def in_force(tier: Tier, on: date) -> bool:
    """Whether agencies of ``tier`` exist on that day as addressees of the 2013 rule.

    Districts end on 01/7/2025 (NQ 203/2025/QH15); the rule never named communes.
    """
    return tier == "sở" or (tier == "huyện" and on < DISTRICTS_END)


def required_place(unit: Unit) -> str:
    """Where Điều 5 puts the officer (5.1 department, 5.2 district); ContentError for a commune."""
    if unit.tier == "xã":
        raise ContentError("Điều 5 không quy định nơi bố trí ở cấp xã", key=unit.name)
    home = "Văn phòng" if unit.tier == "sở" else "Phòng Văn hóa và Thông tin"
    return unit.it_unit or home


def review(unit: Unit, on: date) -> tuple[Finding, ...]:
    """What is wrong with one line of the roster on that day, in the order of the articles.

    Without an officer only the assignment is missing: there is nobody to hold Điều 4 and
    Điều 5 against. A unit that the rule does not reach has that as its only finding.
    """
    if not in_force(unit.tier, on):
        reason = "cấp huyện đã kết thúc" if unit.tier == "huyện" else "chưa có điều khoản cho xã"
        return (Finding(unit.name, "ngoài quy định", reason),)
    if unit.degree is None:
        return (Finding(unit.name, "Điều 10.2a", "chưa phân công người"),)
    findings: list[Finding] = []
    if not unit.degree.qualifies:
        findings.append(Finding(unit.name, "Điều 4", "bằng không đạt"))
    if unit.place != required_place(unit):
        findings.append(Finding(unit.name, "Điều 5", f"phải ở {required_place(unit)}"))
    if unit.letter != "đã gửi Sở":
        findings.append(Finding(unit.name, "Điều 10.2a", f"văn bản {unit.letter}"))
    return tuple(findings)


def tally(roster: Sequence[Unit], on: date) -> Counter[str]:
    """How many units have a finding under each article on that day, and how many none ("đạt")."""
    reviews = [review(unit, on) for unit in roster]
    counts = Counter[str](finding.article for findings in reviews for finding in findings)
    counts["đạt"] = reviews.count(())
    return counts


def receiving_office(on: date) -> str:
    """The provincial office that receives reports on that day."""
    return "Sở Thông tin và Truyền thông" if on < OFFICE_RENAMED else "Sở Khoa học và Công nghệ"


def route(tier: Tier, on: date) -> tuple[str, str, str]:
    """Who hands a report to whom (Điều 7): officer, head of the agency, provincial office.

    The same for a periodic, an ad hoc and an incident report; what differs is the occasion.

    Raises:
        ContentError: for a tier that does not exist on that day as a level of government with
            IT duties: districts from 01/7/2025, communes before.
    """
    if tier == "huyện" and on >= DISTRICTS_END:
        raise ContentError("cấp huyện đã kết thúc hoạt động từ 01/7/2025", key=tier)
    if tier == "xã" and on < DISTRICTS_END:
        raise ContentError("trước 01/7/2025 xã do chuyên trách huyện hỗ trợ (Điều 6.2b)", key=tier)
    return ("Chuyên trách CNTT", _HEADS[tier], receiving_office(on))


def elapsed(holders: Sequence[str], waits: Mapping[str, float]) -> float:
    """Time until the last of ``holders`` is told: what each holder before keeps, added up.

    Unit: that of ``waits``. ContentError naming a holder without a wait.
    """
    missing = [holder for holder in holders[:-1] if holder not in waits]
    if missing:
        raise ContentError("chưa có thời gian chờ của khâu này", key=missing[0])
    return sum(waits[holder] for holder in holders[:-1])


@dataclass(frozen=True)
class Province:
    """How many agencies report: departments, former districts and communes, present communes."""

    departments: int
    districts: int
    communes_per_district: int
    communes: int


@dataclass(frozen=True)
class Pace:
    """Office hours to draft and sign at one agency, hours to collate one report, IT staff.

    ``staff`` collate at the provincial office; a district or a cluster has one such officer.

    Raises:
        ContentError: unless hours and staff are positive.
    """

    sign: float
    collate: float
    staff: int

    def __post_init__(self) -> None:
        if min(self.sign, self.collate) <= 0 or self.staff < 1:
            raise ContentError("số giờ phải lớn hơn 0 và phải có ít nhất một người tổng hợp")


@dataclass(frozen=True)
class Timing:
    """Office hours spent at the communes, half-way (district or cluster), and at the office."""

    commune: float
    between: float
    office: float

    @property
    def total(self) -> float:
        """Office hours until the province's report is put together."""
        return self.commune + self.between + self.office


def three_tiers(province: Province, pace: Pace) -> Timing:
    """Commune → district → office: T = a + (m·c + a) + ⌈(h + s)/n⌉·c.

    a: ``sign``, c: ``collate``, n: ``staff``, m: communes a district, h: districts,
    s: departments, which are ready long before the districts.
    """
    district = province.communes_per_district * pace.collate + pace.sign
    return Timing(pace.sign, district, _queue(province.districts + province.departments, pace))


def two_tiers(province: Province, pace: Pace, clusters: int = 0) -> Timing:
    """Commune → office: T = a + ⌈(x + s)/n⌉·c; with k clusters a + ⌈x/k⌉·c + ⌈(k + s)/n⌉·c.

    A cluster helps to collate and signs nothing: it is no level of government. ``x`` is the
    number of present communes; the other letters as in ``three_tiers``.
    """
    if not clusters:
        return Timing(pace.sign, 0, _queue(province.communes + province.departments, pace))
    between = ceil(province.communes / clusters) * pace.collate
    return Timing(pace.sign, between, _queue(clusters + province.departments, pace))


def _queue(reports: int, pace: Pace) -> float:
    return ceil(reports / pace.staff) * pace.collate


def most_communes(province: Province, pace: Pace) -> int:
    """The most communes that two tiers without clusters serve no slower than three tiers did.

    ⌈(x + s)/n⌉·c ≤ T₃ − a, hence x = n·⌊(T₃ − a)/c⌋ − s; 0 when there is no such number.
    """
    room = three_tiers(province, pace).total - pace.sign
    return max(0, pace.staff * floor(room / pace.collate + _DUST) - province.departments)


def best_clusters(province: Province, pace: Pace) -> int:
    """The least number of clusters that gives the shortest time; 0 when clusters do not help."""
    numbers = range(province.communes + 1)
    return min(numbers, key=lambda k: (round(two_tiers(province, pace, k).total, 6), k))


def years_to_fill(need: int, qualified: int, hired: int, leaving: int) -> int:
    """Years until ``need`` posts are held, hiring and losing so many qualified officers a year.

    ContentError when as many leave as are hired and posts stay empty.
    """
    gap = need - qualified
    if gap <= 0:
        return 0
    if hired <= leaving:
        raise ContentError("tuyển không bù được số nghỉ; chỗ trống không bao giờ lấp đầy")
    return ceil(gap / (hired - leaving))


_CNTT, _TIN = Degree("đại học", "CNTT", "chính quy"), Degree("đại học", "tin học", "chính quy")
_ECONOMICS = Degree("đại học", "kinh tế", "chính quy")
_MASTER, _COLLEGE = replace(_CNTT, level="thạc sĩ"), replace(_CNTT, level="cao đẳng")
_EVENING, _DISTANCE = replace(_CNTT, mode="tại chức"), replace(_CNTT, mode="từ xa")
_VHTT = "Phòng Văn hóa và Thông tin"
ROSTER = (
    Unit("Văn phòng UBND tỉnh", "sở", _CNTT, "Phòng CNTT", "đã gửi Sở", "Phòng CNTT"),
    Unit("Sở Nội vụ", "sở", _TIN, "Văn phòng", "đã gửi Sở"),
    Unit("Sở Tài chính", "sở", _CNTT, "Văn phòng", "đã gửi Sở", "Phòng Tin học"),
    Unit("Sở Tài nguyên", "sở", _MASTER, "Trung tâm CNTT", "đã gửi Sở", "Trung tâm CNTT"),
    Unit("Sở Xây dựng", "sở", _ECONOMICS, "Văn phòng", "đã gửi Sở"),
    Unit("Sở Giao thông", "sở", _CNTT, "Văn phòng", "đã ký, chưa gửi"),
    Unit("Sở Công Thương", "sở", _EVENING, "Phòng Kế hoạch", "chưa có"),
    Unit("Sở Giáo dục", "sở", _TIN, "Phòng CNTT", "đã gửi Sở", "Phòng CNTT"),
    Unit("Sở Y tế", "sở", _COLLEGE, "Văn phòng", "đã gửi Sở"),
    Unit("Sở Lao động", "sở", _CNTT, "Văn phòng", "chưa có"),
    Unit("Sở Văn hóa", "sở", _CNTT, "Văn phòng", "đã gửi Sở"),
    Unit("Thanh tra tỉnh", "sở", None, "", "chưa có"),
    Unit("Thành phố A", "huyện", _CNTT, _VHTT, "đã gửi Sở"),
    Unit("Huyện B", "huyện", _CNTT, "Văn phòng", "đã gửi Sở"),
    Unit("Huyện C", "huyện", _DISTANCE, _VHTT, "đã gửi Sở"),
    Unit("Huyện D", "huyện", _TIN, _VHTT, "đã gửi Sở"),
    Unit("Huyện Đ", "huyện", _CNTT, "Văn phòng", "đã ký, chưa gửi"),
    Unit("Huyện E", "huyện", replace(_TIN, level="trung cấp"), _VHTT, "đã gửi Sở"),
    Unit("Huyện G", "huyện", _CNTT, _VHTT, "chưa có"),
    Unit("Huyện H", "huyện", _CNTT, _VHTT, "đã gửi Sở"),
)
"""The simulated roster of the lesson, as of 2024 (dữ liệu mô phỏng)."""
PROVINCE = Province(departments=12, districts=8, communes_per_district=15, communes=60)
"""The simulated province of the lesson: before and after 01/7/2025."""
