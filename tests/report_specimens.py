"""A report of every kind, on simulated people: what tests of reports share."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

import numpy as np
import pandas as pd

from courses.tracks import the_track
from grading.reports.agency import AgencyInput, Sent, agency_report
from grading.reports.candidate import CandidateInput, candidate_report
from grading.reports.cohort import CohortInput
from grading.reports.cohort_report import cohort_report
from grading.reports.items import Asked, FormData, ItemsInput, items_report
from grading.reports.model import Letterhead
from grading.reports.period import Held, PeriodInput, period_report
from grading.reports.technical import TechnicalInput, technical_report
from grading.reports.trend import TrendPoint

MANDATE = the_track("cio").mandate
AREAS = {
    "QL": ("Quản lý", 0.62),
    "KM": ("Kỹ năng mềm", 0.58),
    "KT": ("Hệ thống – kỹ thuật", 0.6),
    "CAP": ("Bài tổng hợp", 0.55),
}
COMPETENCIES = {
    "QL1": "Quản lý nhà nước về CNTT",
    "QL2": "Quản lý kiến trúc hạ tầng CNTT-TT",
    "QL3": "Chiến lược CNTT",
    "QL4": "Vốn đầu tư dự án CNTT",
    "QL5": "Quản trị dự án CNTT",
    "QL6": "Tổ chức bộ máy và thể chế",
    "KM1": "Lãnh đạo",
    "KM2": "Thuyết phục, tạo đồng thuận",
    "KM3": "Giao tiếp, giải quyết xung đột",
    "KM4": "Tài chính – kế toán",
    "KT1": "Hạ tầng, hệ thống, an toàn thông tin",
    "KT2": "Cải tiến quy trình nghiệp vụ",
}
KINDS = ("Bộ, cơ quan ngang Bộ", "Sở", "UBND tỉnh", "UBND xã")
LETTERHEAD = Letterhead(
    issuer_parent="Bộ Khoa học và Công nghệ",
    issuer="Cục Chuyển đổi số quốc gia",
    place="Hà Nội",
    day=date(2026, 2, 5),
    symbol="01/BC-CĐSQG",
    signer_prefix="KT. CỤC TRƯỞNG",
    signer_title="Phó Cục trưởng",
    signer_name="Nguyễn Văn A",
    recipients=("Lãnh đạo Bộ (để báo cáo)", "Các cơ quan có người dự thi", "Lưu: VT, ĐT"),
    is_demo=True,
)
NOW = datetime(2026, 2, 5, 8, 0, tzinfo=UTC)


def build(
    agencies: list[tuple[str, str, int]], *, seed: int = 7, repeaters: int = 5, shift: float = 0.12
) -> CohortInput:
    """A cohort of ``(agency, agency_type, people)``; the last ``repeaters`` repeat."""
    rng = np.random.default_rng(seed)
    people = [(name, kind) for name, kind, size in agencies for _ in range(size)]
    n = len(people)
    ids = [f"HV{i:04d}" for i in range(n)]
    ability = rng.normal(shift, 0.1, n)
    shares = {
        code: np.clip(cut + ability + rng.normal(0, 0.05, n), 0.02, 0.98)
        for code, (_, cut) in AREAS.items()
    }
    statuses = []
    for i in range(n):
        gaps = [shares[code][i] - cut for code, (_, cut) in AREAS.items()]
        review = -0.01 < min(gaps) < 0
        statuses.append("PASS" if min(gaps) >= 0 else "REVIEW" if review else "FAIL")
    if n > 20:
        statuses[3], statuses[11], statuses[17] = "INCOMPLETE", "INCOMPLETE", "INVALID"
        shares["CAP"][3] = shares["CAP"][11] = np.nan
    attempts = [2 if i >= n - repeaters else 1 for i in range(n)]
    return CohortInput(
        mandate=MANDATE,
        title="Kết quả đánh giá năng lực Giám đốc Công nghệ thông tin đợt 1 năm 2026",
        letterhead=LETTERHEAD,
        sitting_name="đợt đánh giá 1 năm 2026",
        policy_id="cio-2026-01",
        trainees=pd.DataFrame(
            {
                "trainee_id": ids,
                "agency": [name for name, _ in people],
                "agency_type": [kind for _, kind in people],
                "attempt": attempts,
                "status": statuses,
            }
        ),
        areas=pd.DataFrame(
            [
                (t, code, name, shares[code][i], cut, 0.04, _passed(shares[code][i], cut))
                for i, t in enumerate(ids)
                for code, (name, cut) in AREAS.items()
            ],
            columns=["trainee_id", "area", "area_name", "share", "cut", "sem", "passed"],
        ),
        competencies=pd.DataFrame(
            [
                (t, code, name, code[:2], _noisy(rng, shares[code[:2]][i]))
                for i, t in enumerate(ids)
                for code, name in COMPETENCIES.items()
            ],
            columns=["trainee_id", "competency", "competency_name", "area", "share"],
        ),
    )


def _passed(share: float, cut: float) -> object:
    return pd.NA if np.isnan(share) else bool(share >= cut)


def _noisy(rng: np.random.Generator, share: float) -> float:
    return float(np.clip(share + rng.normal(0, 0.08), 0, 1))


def everybody_passes(data: CohortInput) -> CohortInput:
    """The same people, all of them passing everything."""
    return replace(
        data,
        trainees=data.trainees.assign(status="PASS"),
        areas=data.areas.assign(share=0.9, passed=True),
    )


SIXTEEN = [(f"Cơ quan giả định {i + 1:02d}", KINDS[i % 4], 3) for i in range(16)]


def person(status="FAIL", **areas):
    """A decision's record: shares of areas by code, all but the named ones passed."""
    shares = {"QL": "0.843", "KM": "0.851", "KT": "0.5996", "CAP": None} | areas
    told = {"QL": "passed", "KM": "passed", "KT": "borderline", "CAP": "absent"}
    return {
        "status": status,
        "attempt": 1,
        "resit_from": "2026-04-06" if status == "FAIL" else None,
        "reasons": [{"code": "BELOW_CUT", "text": "Hệ thống: 59,9 % thang điểm, dưới 60,0 %."}],
        "areas": [
            {"code": code, "name": AREAS[code][0], "outcome": told[code], "share": share,
             "cut": "0.60", "sem": "0.05", "form_digest": ""}
            for code, share in shares.items()
        ],
    }  # fmt: skip


def candidate(status="FAIL", **areas):
    """One candidate's slip."""
    return CandidateInput(
        letterhead=replace(LETTERHEAD, symbol="", recipients=("Người dự thi", "Lưu: hồ sơ")),
        candidate="CIO26-001",
        full_name="Nguyễn Thị Giả Định",
        agency="Sở Khoa học và Công nghệ tỉnh Giả Định",
        sitting_name="đợt đánh giá 1 năm 2026",
        programme="Giám đốc công nghệ thông tin",
        decision=person(status, **areas),
        effective_on=date(2026, 2, 5),
        max_attempts=3,
        prior_months=24,
        competencies=(
            ("QL1", COMPETENCIES["QL1"], Decimal("0.8")),
            ("KM2", COMPETENCIES["KM2"], Decimal("0.79999")),
            ("KT1", COMPETENCIES["KT1"], Decimal("0.2")),
        ),
        appeal_days=15,
    )


def agency(count=3):
    """What one agency is told of its people."""
    people = [
        Sent(f"CIO26-{n:03}", f"Người Giả Định {n}", "Trưởng phòng",
             ("PASS", "FAIL", "REVIEW")[n % 3], ("Kỹ năng mềm",) if n % 3 == 1 else (),
             "12/CV-SKHCN ngày 05/01/2026" if n % 2 else "")
        for n in range(count)
    ]  # fmt: skip
    name = "Sở Khoa học và Công nghệ tỉnh Giả Định"
    return AgencyInput(LETTERHEAD, MANDATE, name, "đợt đánh giá 1 năm 2026", tuple(people))


def period(people=120, seed=3, *, trend=True):
    """A year of two sittings."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "sitting": np.where(np.arange(people) % 2, "dot-2", "dot-1"),
            "agency": [f"Cơ quan {i % 40:02}" for i in range(people)],
            "agency_type": [KINDS[i % 40 % 4] for i in range(people)],
            "province": [("Bắc Ninh", "Huế", "")[i % 40 % 3] for i in range(people)],
            "unit_model": [
                ("Cục Chuyển đổi số", "Trung tâm CNTT", "")[i % 3] for i in range(people)
            ],
            "attempt": np.where(rng.random(people) < 0.1, 2, 1),
            "status": rng.choice(["PASS", "FAIL", "REVIEW"], people, p=[0.7, 0.25, 0.05]),
        }
    )
    points = (
        TrendPoint("Đợt 1", "QL-A", 130, 0.62, 0.011, "thang gốc"),
        TrendPoint("Đợt 2", "QL-A", 128, 0.65, 0.012, "Tucker, câu chung"),
        TrendPoint("Đợt 2", "KT-A", 40, None, None, "chưa đủ số liệu (n = 40); cần từ 100"),
    )
    held = (Held("dot-1", "Đợt 1", date(2026, 3, 1)), Held("dot-2", "Đợt 2", date(2026, 10, 1)))
    return PeriodInput(
        LETTERHEAD, "năm 2026", ("cio-2026-01",), held, frame, points if trend else ()
    )


OPTIONS = ("Ghi vào sổ", "Hỏi cấp trên", "Bỏ qua", "Gọi nhà thầu")


def form(people=150, items=12, seed=11, code="QL-A", broken=()):
    """Marks of a form of single choices; items in ``broken`` have a wrong key."""
    rng = np.random.default_rng(seed)
    ability = rng.normal(0, 1, people)
    ids = [f"QL1-{n:02}" for n in range(1, items + 1)]
    scores, answers = {}, {}
    for place, item in enumerate(ids):
        knows = rng.random(people) < 1 / (1 + np.exp(-(ability - (place - items / 2) / 3)))
        other = rng.integers(1, 4, people)
        answers[item] = [OPTIONS[0] if k else OPTIONS[o] for k, o in zip(knows, other, strict=True)]
        scores[item] = np.where(knows != (item in broken), 1.0, 0.0)
    index = [f"HV{n:04}" for n in range(people)]
    return FormData(
        code=code,
        scores=pd.DataFrame(scores, index=index),
        answers=pd.DataFrame(answers, index=index),
        seconds=pd.DataFrame({item: rng.uniform(20, 90, people) for item in ids}, index=index),
        asked=tuple(
            Asked(item, "QL1", f"**Tình huống {item}.** Chọn việc *cần làm* trước.", 1.0,
                  (OPTIONS[0],))
            for item in ids
        ),
    )  # fmt: skip


def items(people=150, broken=(), before=None):
    """The authors' report on one form."""
    told = form(people, broken=broken)
    return ItemsInput(replace(LETTERHEAD, symbol=""), "đợt 1", (told,), before or {})


def technical(people=150):
    """The auditor's appendix of one form and its essays."""
    rng = np.random.default_rng(5)
    true = rng.uniform(2, 10, 60)
    marks = {name: np.round(true + rng.normal(0, 0.6, 60)) for name in ("GK1", "GK2")}
    return TechnicalInput(
        letterhead=LETTERHEAD,
        sitting_name="đợt 1 năm 2026",
        digests=(("Chính sách cio-2026-01", "a" * 64), ("Đề QL-A", "b" * 64)),
        counts={"Đạt": 90, "Chưa đạt": 50, "Xem xét lại": 10},
        revised=2,
        forms=(form(people, items=20),),
        cuts={"QL-A": 0.6},
        ratings=pd.DataFrame(marks),
        adjudicated=4,
    )


@cache
def one_of_each():
    """A report of every kind, by kind; nobody changes them."""
    return {
        "cohort": cohort_report(build(SIXTEEN)),
        "candidate": candidate_report(candidate()),
        "period": period_report(period()),
        "agency": agency_report(agency()),
        "items": items_report(items()),
        "technical": technical_report(technical()),
    }
