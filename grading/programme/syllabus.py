"""A track's syllabus: for whom, what, how long, how it is examined and by which policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.dates import padded_date
from courses.foundation.numerals import vietnamese
from courses.tracks import all_competencies
from grading.documents.administrative import Basis, Heading, Table, Text
from grading.programme.weights import weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal
    from fractions import Fraction

    from assessments.bank.bank import Bank
    from assessments.forms.blueprint import Blueprint
    from courses.lesson import Lesson
    from courses.tracks import Track
    from grading.certification.policy import Policy
    from grading.documents.administrative import Block, Document
    from grading.programme.issuing import Issuing

_HOUR = 60  # minutes


def syllabus(
    track: Track,
    lessons: Mapping[str, Lesson],
    blueprint: Blueprint,
    policy: Policy,
    bank: Bank,
    issuing: Issuing,
) -> Document:
    """The syllabus; every number is that of the lessons, the blueprint or the policy.

    Args:
        track: as ``courses.tracks`` states it.
        lessons: by competency.
        blueprint: the track's papers.
        policy: that in force on the day of the syllabus.
        bank: what the papers are drawn from, for their weights.
        issuing: who issues it.

    Raises:
        ContentError: when a paper's points are not what its items are worth.
    """
    blocks = [
        Basis(f"Căn cứ {track.mandate};"),
        Basis(
            f"Căn cứ chính sách {policy.id}, có hiệu lực từ {padded_date(policy.effective_from)}."
        ),
        Heading("I. ĐỐI TƯỢNG VÀ ĐIỀU KIỆN"),
        *_numbered("Đối tượng:", track.audience),
        *_numbered("Điều kiện:", track.prerequisites),
        Heading("II. NỘI DUNG VÀ THỜI LƯỢNG"),
        *_contents(track, lessons),
        Heading("III. ĐÁNH GIÁ"),
        *_papers(blueprint, policy, bank),
        Heading("IV. QUY TẮC DỰ THI"),
        *_rules(policy),
    ]
    return issuing.document("ĐỀ CƯƠNG", track.name, blocks)


def _numbered(lead: str, lines: tuple[str, ...]) -> Iterator[Block]:
    for number, line in enumerate(lines, 1):
        words = f"{number}. {line}" if len(lines) > 1 else line
        yield Text(f"{words}.", lead=lead if number == 1 else "")


def _contents(track: Track, lessons: Mapping[str, Lesson]) -> Iterator[Block]:
    known, total, rows = all_competencies(), 0, []
    for code in track.modules:
        head = lessons[code].head
        minutes = (head.minutes, track.session_minutes, head.minutes + track.session_minutes)
        total += minutes[-1]
        rows.append((code, known[code].name, str(len(head.outcomes)), *map(str, minutes)))
    rows.append(("", "Cộng", "", "", "", vietnamese(total, 0)))
    headings = ("Mã", "Năng lực", "Chuẩn đầu ra", "Bài học (phút)", "Nhóm (phút)", "Cộng (phút)")
    yield Table(headings, tuple(rows), (0.9, 5, 1.2, 1.2, 1.2, 1.2))
    hours, rest = divmod(total, _HOUR)
    yield Text(f"{hours} giờ {rest} phút, chưa kể tuần thực hành và thi.", lead="Tổng thời lượng:")
    for number, clinic in enumerate(track.clinics, 1):
        yield Text(f"{clinic}.", lead=f"Tuần thực hành {number}.")


def _papers(blueprint: Blueprint, policy: Policy, bank: Bank) -> Iterator[Block]:
    cuts = {area.code: policy.cut(area) for area in policy.areas}
    rows = []
    for plan in blueprint.papers:
        shares = weights(plan, bank)
        parts = ", ".join(f"{code} {_percent(share)}" for code, share in shares.items())
        alone = "toàn bài" if len(shares) == 1 else parts
        cut = _percent(cuts[plan.area])
        rows.append((plan.name, str(plan.minutes), vietnamese(float(plan.points), 0), alone, cut))
    headings = ("Bài thi", "Phút", "Điểm", "Trọng số theo năng lực", "Điểm đạt")
    yield Table(headings, tuple(rows), (3.2, 0.8, 0.8, 4.5, 1))


def _percent(share: Fraction | Decimal) -> str:
    """A share in whole percent where it is one, else with one decimal; it never breaks."""
    number = float(100 * share)
    decimals = 0 if number == round(number) else 1
    return f"{vietnamese(number, decimals)}\N{NO-BREAK SPACE}%"


def _rules(policy: Policy) -> Iterator[Block]:
    floor = _percent(policy.floor_share)
    yield Text(f"Phải đạt mọi bài thi; không bài nào được tính đạt khi dưới {floor} số điểm.")
    for rule in policy.critical:
        share = _percent(rule.floor_share)
        yield Text(f"Riêng năng lực trọng yếu {rule.competency} phải có ít nhất {share} số điểm.")
    yield Text(
        f"Được dự thi nhiều nhất {policy.max_attempts} lần, hai lần cách nhau ít nhất "
        f"{policy.resit_wait_days} ngày; bài đã đạt được bảo lưu {policy.prior_months} tháng."
    )
