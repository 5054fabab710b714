"""The five families of dossiers: kinds of agencies, and what their plans are about."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field

from courses.foundation.content import Content as File
from courses.foundation.content import read_toml

FAMILIES = Path(__file__).parent / "families.toml"
NATIONAL = (
    "cơ sở dữ liệu quốc gia về dân cư",
    "cơ sở dữ liệu quốc gia về đăng ký doanh nghiệp",
    "cơ sở dữ liệu đất đai quốc gia",
)
OWN = ("danh mục mã dùng chung nội bộ", "kho nhật ký vận hành")
"""Data bases that an agency may well set up for itself."""
BASES = (
    "NQ 57-NQ/TW",
    "148/2025/QH15",
    "224/2026/NĐ-CP",
    "116/2025/QH15",
    "20/2023/QH15",
    "60/2024/QH15",
    "278/2025/NĐ-CP",
    "91/2025/QH15",
    "89/2025/QH15",
    "134/2025/QH15",
    "67/2006/QH11",
    "64/2007/NĐ-CP",
    "73/2019/NĐ-CP",
    "45/2026/NĐ-CP",
    "24/2018/QH14",
    "13/2023/NĐ-CP",
    "51/2005/QH11",
    "20/2026/QH16",
)
"""Documents that plans of these years cite as bases, those that have ended among them."""


class _GoalLine(File):
    measure: str
    data: str
    owner: str


class _ContentLine(File):
    name: str
    reuses: str


class _PastLine(File):
    name: str
    aim: str
    result: str


class BenefitLine(File):
    """What a goal saves: thousands of cases a year from ``least`` to ``most``."""

    goal: int = Field(ge=0, lt=6)
    what: str
    least: int = Field(gt=0)
    most: int


class Family(File):
    """One family: a kind of agency, its units of fiction and what its plans are about."""

    id: str
    name: str
    units: tuple[str, ...] = Field(min_length=3)
    levels: tuple[str, ...] = Field(min_length=2)
    abolished: str
    sources: tuple[str, ...] = Field(min_length=3, max_length=3)
    goals: tuple[_GoalLine, ...] = Field(min_length=6, max_length=6)
    contents: tuple[_ContentLine, ...] = Field(min_length=6, max_length=6)
    projects: tuple[str, ...] = Field(min_length=5, max_length=5)
    past: tuple[_PastLine, ...] = Field(min_length=3)
    proposals: tuple[str, ...] = Field(min_length=2)
    benefits: tuple[BenefitLine, ...] = Field(min_length=2)


class _Families(File):
    families: tuple[Family, ...] = Field(min_length=1)


@cache
def the_families() -> dict[str, Family]:
    """The families by id, in the order of the file; ContentError names a wrong key."""
    return {family.id: family for family in read_toml(FAMILIES, _Families).families}
