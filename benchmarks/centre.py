"""What the centre's own work costs as it grows: checking the ledger, entering people."""

from __future__ import annotations

import getpass
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

import cohort_data
from centre.accounts.permissions import Role
from centre.accounts.users import actor_of, add_user, the_user
from centre.database import disconnect
from centre.founding import found
from centre.ledger.acts import record_many
from centre.ledger.check import check
from centre.ledger.checkpoint import checkpoint
from centre.people.enrol import enrol
from centre.people.models import Agency, Person
from centre.sittings.prepare import prepare
from centre.sittings.settings import read_settings
from cohort_data.rosters.schema import Trainee

if TYPE_CHECKING:
    from centre.accounts.actors import Actor
    from centre.configuration import Centre

SAMPLE = Path(cohort_data.__file__).parent / "sample"
LINES, _BATCH = 100_000, 2_000
PEOPLE = (200, 2_000, 20_000)
_FOUNDED = datetime(2026, 1, 5, 1, tzinfo=UTC)


def centre_table(folder: Path) -> str:
    """Measure in centres made under ``folder``; processor seconds of this process."""
    lines = ["| Việc của trung tâm | số lượng | giây bộ xử lý |", "|---|---:|---:|"]
    lines.append(f"| kiểm tra sổ nhật ký (dòng) | {LINES} | {ledger_checked(folder):.1f} |")
    for count in PEOPLE:
        seconds = people_entered(folder / f"people-{count}", count)
        lines.append(f"| nhập danh sách (người) | {count} | {seconds:.1f} |")
    return "\n".join(lines) + "\n"


def ledger_checked(folder: Path, lines: int = LINES) -> float:
    """Processor seconds to recompute a ledger of ``lines`` lines, each of which covers a row."""
    centre, actor = _centre(folder / "ledger")
    for begin in range(0, lines, _BATCH):
        named = [f"Cơ quan giả định {number}" for number in range(begin, begin + _BATCH)]
        rows = {name: [Agency(name=name, kind="địa phương")] for name in named}
        with transaction.atomic():
            record_many(actor, "agency.entered", rows, _FOUNDED)
    checkpoint(centre)
    started = time.process_time()
    findings = check(centre)
    seconds = time.process_time() - started
    disconnect()
    if findings:
        raise SystemExit(f"sổ vừa ghi không khớp: {findings[0]}")
    return seconds


def people_entered(folder: Path, count: int) -> float:
    """Processor seconds to enter a roster of ``count`` people who are new to the centre."""
    centre, officer = _centre(folder)
    settings = read_settings(SAMPLE / "sitting.toml")
    with transaction.atomic():
        sitting = prepare(officer, centre, settings, now=settings.opens - timedelta(days=7))
    people = [invented(number) for number in range(1, count + 1)]
    begin = time.process_time()
    with transaction.atomic():
        enrol(officer, sitting, people, now=settings.opens - timedelta(days=7))
    seconds = time.process_time() - begin
    entered = Person.objects.count()
    disconnect()
    if entered != count:
        raise SystemExit(f"chỉ nhập được {entered} trong {count} người")
    return seconds


def _centre(folder: Path) -> tuple[Centre, Actor]:
    """A centre with an officer, who may enter people."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    stated = SAMPLE / "centre.toml"
    centre, administrator = found(folder, stated, "quan-tri", getpass.getuser(), _FOUNDED)
    with transaction.atomic():
        add_user(administrator, "giao-vu", [Role.OFFICER], now=_FOUNDED)
    return centre, actor_of(the_user("giao-vu"))


def invented(number: int) -> Trainee:
    """Somebody new to the centre."""
    letters = "".join(chr(97 + int(digit)) for digit in f"{number:05}")
    return Trainee(
        id=f"CIO26-{number:05}",
        full_name=f"Nguyễn Văn {letters.capitalize()}",
        birth_date=datetime(1980, 9, 5, tzinfo=UTC).date(),
        position="Giám đốc Trung tâm Chuyển đổi số",
        agency=f"Sở Khoa học và Công nghệ giả định {number % 63}",
        agency_type="địa phương",
        attempt=None,
    )
