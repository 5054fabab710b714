"""Who may be admitted to a track: degree, post and letter of assignment against a dated rule.

The frame is that of Quyết định 445/2013/QĐ-UBND of Bắc Giang (Điều 4 degree, Điều 5 post,
Điều 10 khoản 2 điểm a letter); what counts is the rule's, which stands in the policy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field

from cohort_data.names import match_key
from cohort_data.rosters.schema import TITLES
from courses.foundation.content import Content
from courses.foundation.dates import padded_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from cohort_data.rosters.schema import Standing, Trainee


LONGEST_NUMBER = 64  # characters


class EligibilityRule(Content):
    """What a track asks of whoever is admitted.

    ``levels`` and ``subjects`` are the degrees that count, ``modes`` the modes of study (none:
    any). ``places`` are words one of which the post must bear in an agency without an IT unit;
    in an agency that has one the post must be there. A letter of assignment is always asked for.
    """

    levels: tuple[str, ...] = Field(min_length=1)
    subjects: tuple[str, ...] = Field(min_length=1)
    modes: tuple[str, ...] = ()
    places: tuple[str, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Reason:
    """Why somebody is not admitted: a stable code, the column's key, and words."""

    code: str
    column: str
    text: str


def reasons_against(
    standing: Standing | None, rule: EligibilityRule, on: date
) -> tuple[Reason, ...]:
    """Every reason not to admit somebody of ``standing`` on that day; none: admitted.

    What is not said counts as not met: whoever admits must not guess.
    """
    if standing is None:
        return (Reason("UNSTATED", "degree", "danh sách không có cột nào về bằng, nơi bố trí"),)
    return (
        *_degree(standing, rule),
        *_mode(standing, rule),
        *_post(standing, rule),
        *_letter(standing, on),
    )


def explained(
    trainees: Sequence[Trainee], rule: EligibilityRule, on: date
) -> dict[str, tuple[str, ...]]:
    """Whoever is not admitted, by candidate number: each reason with row, column and code."""
    found = {one.id: (one.standing, reasons_against(one.standing, rule, on)) for one in trainees}
    return {
        id_: tuple(_told(standing, reason) for reason in reasons)
        for id_, (standing, reasons) in found.items()
        if reasons
    }


def _told(standing: Standing | None, reason: Reason) -> str:
    if standing is None:
        return f"{reason.text} [{reason.code}]"
    label = standing.labels.get(reason.column) or f"“{TITLES[reason.column]}” (chưa có)"
    return f"dòng {standing.row}, cột {label}: {reason.text} [{reason.code}]"


def _degree(standing: Standing, rule: EligibilityRule) -> Iterator[Reason]:
    for key, said, allowed, code, words in (
        ("degree", standing.degree, rule.levels, "DEGREE_LEVEL", "trình độ"),
        ("subject", standing.subject, rule.subjects, "DEGREE_SUBJECT", "chuyên ngành"),
    ):
        if not said:
            yield Reason("UNSTATED", key, f"chưa ghi {words}")
        elif not _among(said, allowed):
            yield Reason(code, key, f"{words} “{said}” không thuộc điều kiện của chương trình")


def _mode(standing: Standing, rule: EligibilityRule) -> Iterator[Reason]:
    if rule.modes and not standing.study_mode:
        yield Reason("UNSTATED", "study_mode", "chưa ghi hình thức đào tạo")
    elif rule.modes and not _among(standing.study_mode, rule.modes):
        words = f"hình thức “{standing.study_mode}” không thuộc điều kiện của chương trình"
        yield Reason("DEGREE_MODE", "study_mode", words)


def _post(standing: Standing, rule: EligibilityRule) -> Iterator[Reason]:
    post = match_key(standing.post)
    if not post:
        yield Reason("UNSTATED", "post", "chưa ghi nơi bố trí")
    elif standing.it_unit and match_key(standing.it_unit) not in post:
        words = f"cơ quan có {standing.it_unit} thì phải bố trí ở đó, không phải “{standing.post}”"
        yield Reason("POST", "post", words)
    elif not standing.it_unit and not any(match_key(place) in post for place in rule.places):
        yield Reason("POST", "post", f"“{standing.post}” không phải nơi bố trí chuyên trách CNTT")


def _letter(standing: Standing, on: date) -> Iterator[Reason]:
    if not standing.letter:
        yield Reason("LETTER", "letter", "chưa có văn bản phân công")
    elif len(standing.letter) > LONGEST_NUMBER:
        words = f"số, ký hiệu văn bản dài quá {LONGEST_NUMBER} ký tự"
        yield Reason("LETTER", "letter", words)
    elif standing.letter_date is None:
        yield Reason("LETTER_DATE", "letter_date", "thiếu hoặc không đọc được ngày văn bản")
    elif standing.letter_date > on:
        words = f"văn bản ngày {padded_date(standing.letter_date)}, sau ngày {padded_date(on)}"
        yield Reason("LETTER_DATE", "letter_date", words)


def _among(said: str, allowed: Sequence[str]) -> bool:
    return match_key(said) in {match_key(one) for one in allowed}
