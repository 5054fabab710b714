"""Identity numbers: read to find a person listed twice, then dropped.

The 12 digits of a căn cước công dân: three for the place of birth registration, one for sex
and century, two for the year of birth, six at random; there is no check digit (Nghị định
137/2015/NĐ-CP, Điều 13). A message never shows more than the last three digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from cohort_data.rosters.schema import Sex

CCCD_LENGTH = 12
CMND_LENGTH = 9
_SHOWN = 3
_SEPARATORS = re.compile(r"[\s.'’-]+")

# Codes of the 63 provinces that registered births up to 30/6/2025; numbers given out before the
# provinces were merged keep them. All begin with 0, hence the zeros that spreadsheets lose.
_PROVINCE_CODES = (
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 "
    "036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 "
    "074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096"
)
_PROVINCES = frozenset(_PROVINCE_CODES.split())


class IdentityNumberError(ValueError):
    """The number cannot be what it claims; the message shows its last three digits at most."""


@dataclass(frozen=True)
class Identity:
    """A number that may be compared; ``warning`` says what the office should still correct.

    The number stays out of ``repr``, so that it reaches no log and no traceback.
    """

    number: str = field(repr=False)
    kind: Literal["CCCD", "CMND"]
    warning: str | None = None


def read_identity(raw: str, sex: Sex | None, birth_date: date) -> Identity:
    """Read a CCCD (12 digits) or an old CMND (9 digits, with a warning).

    A number of 10 or 11 digits that does not begin with 0 may be a CCCD whose leading zeros a
    spreadsheet dropped. It is restored only when certain: padded to 12 digits it must begin
    with a province's code and agree with sex, century and year of birth on the same row. A
    mistyped number passes all of these in far fewer than one case in a hundred, and nothing but
    the search for duplicates depends on it. Anything else is refused.

    Args:
        raw: digits as typed; blanks, dots, hyphens and a leading apostrophe are dropped.
        sex: the sex on the same row, where it is told.
        birth_date: the date of birth on the same row.

    Raises:
        IdentityNumberError: when the number is malformed or contradicts sex or birth year.
    """
    digits = _SEPARATORS.sub("", raw)
    if not (digits.isascii() and digits.isdigit()):
        raise IdentityNumberError(
            "số căn cước có ký tự không phải chữ số; định dạng cột là Văn bản (Text) rồi nhập lại"
        )
    if len(digits) == CMND_LENGTH:
        return Identity(digits, "CMND", f"số {shown(digits)} là CMND 9 số; nên thay bằng số CCCD")
    if len(digits) == CCCD_LENGTH:
        _check(digits, sex, birth_date)
        return Identity(digits, "CCCD")
    return _restore(digits, sex, birth_date)


def shown(number: str) -> str:
    """Return the number as a message may show it: its last three digits alone."""
    return f"…{number[-_SHOWN:]}" if len(number) > 2 * _SHOWN else "…"


def contradiction(cccd: str, sex: Sex | None, birth_date: date) -> str | None:
    """Say what in a 12-digit number contradicts the row it stands in, or None.

    The fourth digit is 0 (male) or 1 (female) for births in 1900-1999, 2 or 3 for 2000-2099.
    """
    century, is_woman = divmod(int(cccd[3]), 2)
    if sex and is_woman != (sex == "nữ"):
        return "giới tính"
    if century != birth_date.year // 100 - 19 or int(cccd[4:6]) != birth_date.year % 100:
        return "năm sinh"
    return None


def _check(cccd: str, sex: Sex | None, birth_date: date) -> None:
    if cccd.startswith("000"):
        raise IdentityNumberError(f"số CCCD {shown(cccd)} có mã nơi sinh 000, không tồn tại")
    if what := contradiction(cccd, sex, birth_date):
        raise IdentityNumberError(
            f"số CCCD {shown(cccd)} không khớp {what} ghi trên cùng dòng; đối chiếu thẻ căn cước"
        )


def _restore(digits: str, sex: Sex | None, birth_date: date) -> Identity:
    padded = digits.zfill(CCCD_LENGTH)
    may_have_lost_zeros = CCCD_LENGTH - 2 <= len(digits) < CCCD_LENGTH and digits[0] != "0"
    certain = padded[:3] in _PROVINCES and contradiction(padded, sex, birth_date) is None
    if not (may_have_lost_zeros and certain):
        raise IdentityNumberError(
            f"số {shown(digits)} có {len(digits)} chữ số, phải là 12 (CCCD) hoặc 9 (CMND); có thể "
            "Excel đã bỏ số 0 ở đầu: định dạng cột là Văn bản (Text) rồi nhập lại"
        )
    return Identity(
        padded,
        "CCCD",
        f"số CCCD {shown(padded)} mất số 0 ở đầu, đã được hiểu là 12 số; nên định dạng cột là "
        "Văn bản (Text)",
    )
