"""A simulated cohort: 48 people, 16 agencies, four areas, about 60 % PASS."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest

from grading.reports.cohort import CohortInput
from grading.reports.model import Letterhead

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


@pytest.fixture(name="build")
def _build():
    return build


@pytest.fixture(name="everybody_passes")
def _everybody_passes():
    return everybody_passes


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def cohort() -> CohortInput:
    return build(SIXTEEN)


@pytest.fixture
def large() -> CohortInput:
    """34 agencies of 1 to 20 people."""
    return build([(f"Tỉnh giả định {i + 1:02d}", KINDS[i % 4], 1 + i * 4 % 20) for i in range(34)])
