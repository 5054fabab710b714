"""Whether the tables of a cohort can be reported on; rows are counted from 1."""

from __future__ import annotations

import pandas as pd

from courses.foundation.errors import DecisionError

STATUSES = ("PASS", "FAIL", "REVIEW", "INCOMPLETE", "INVALID")
UNDECIDED = ("REVIEW", "INCOMPLETE", "INVALID")
COLUMNS = {
    "trainees": ("trainee_id", "agency", "agency_type", "attempt", "status"),
    "areas": ("trainee_id", "area", "area_name", "share", "cut", "sem", "passed"),
    "competencies": ("trainee_id", "competency", "competency_name", "area", "share"),
}
KEYS = {
    "trainees": ["trainee_id"],
    "areas": ["trainee_id", "area"],
    "competencies": ["trainee_id", "competency"],
}


def check_tables(trainees: pd.DataFrame, areas: pd.DataFrame, competencies: pd.DataFrame) -> None:
    """Refuse tables that cannot be reported on.

    Raises:
        DecisionError: naming table, row and column of the first wrong value.
    """
    tables = {"trainees": trainees, "areas": areas, "competencies": competencies}
    for name, table in tables.items():
        _check_columns(name, table)
        _refuse(name, KEYS[name][-1], table.duplicated(KEYS[name]), "ghi hai lần")
    _check_trainees(trainees)
    for name, table in (("areas", areas), ("competencies", competencies)):
        unknown = ~table["trainee_id"].isin(trainees["trainee_id"])
        _refuse(name, "trainee_id", unknown, "không có trong bảng trainees")
        _check_share(name, table, "share")
    _check_share("areas", areas, "cut")
    _check_share("areas", areas, "sem")


def _check_columns(name: str, table: pd.DataFrame) -> None:
    missing = [column for column in COLUMNS[name] if column not in table.columns]
    if missing:
        raise DecisionError("bảng thiếu cột này", path=name, column=missing[0])


def _check_trainees(people: pd.DataFrame) -> None:
    unknown = ~people["status"].isin(STATUSES)
    _refuse("trainees", "status", unknown, f"phải là một trong {', '.join(STATUSES)}")
    attempt = pd.to_numeric(people["attempt"], errors="coerce")
    _refuse("trainees", "attempt", ~(attempt >= 1), "lần thi là số nguyên từ 1")
    for column in ("agency", "agency_type"):
        _refuse("trainees", column, people[column].isna(), "không được để trống")
    kinds = people.groupby("agency")["agency_type"].transform("nunique")
    _refuse("trainees", "agency_type", kinds > 1, "một cơ quan có hai loại")


def _check_share(name: str, table: pd.DataFrame, column: str) -> None:
    value = pd.to_numeric(table[column], errors="coerce")
    wrong = (table[column].notna() & value.isna()) | (value < 0) | (value > 1)
    _refuse(name, column, wrong, "phải là số từ 0 đến 1, hoặc để trống")


def _refuse(name: str, column: str, wrong: pd.Series[bool], message: str) -> None:
    rows = [row for row, is_wrong in enumerate(wrong.tolist(), start=1) if is_wrong]
    if rows:
        raise DecisionError(message, path=name, row=rows[0], column=column)
