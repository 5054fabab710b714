"""What all commands share: options, the clock, the centre, who acts, how results are printed."""

from __future__ import annotations

import getpass
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from courses.foundation.dates import padded_date

if TYPE_CHECKING:
    from collections import Counter

    from centre.accounts.actors import Actor
    from centre.configuration import Centre
    from centre.decisions.appeals import AppealView
    from centre.sittings.sitting import Sitting

PASSWORD = "CIO_PASSWORD"  # noqa: S105 - the environment's name for it, for scripts

SittingCode = Annotated[str, typer.Option("--sitting", help="Mã kỳ sát hạch.")]
Candidate = Annotated[str, typer.Argument(help="Số báo danh.")]
Json = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON cho chương trình khác.")]


class Desk:
    """What the options before the verb say, which centre and who; and who it was that acted."""

    folder: Path | None = None
    username: str = ""
    actor: Actor | None = None


desk = Desk()


def now() -> datetime:
    """The server's time."""
    return datetime.now(UTC)


def the_centre() -> Centre:
    """Open the centre that this command is for."""
    from centre.configuration import find_centre
    from centre.database import open_centre

    return open_centre(find_centre(desk.folder).folder)


def the_actor() -> Actor:
    """Who acts: the user of this machine's account, or the one named by --as, with a password."""
    from centre.accounts.users import acting

    if not desk.username:
        desk.actor = acting()
    else:
        asked = f"Mật khẩu của {desk.username}: "
        password = os.environ.get(PASSWORD) or getpass.getpass(asked)
        desk.actor = acting(desk.username, password)
    return desk.actor


def tell_what_waits() -> None:
    """After each command of an officer, name what must not be overlooked."""
    if desk.actor is None:  # nobody has waited for what is imported now
        return
    from centre.accounts.permissions import permitted
    from centre.decisions.appeals import open_appeals
    from centre.register.tasks import open_tasks

    if permitted(desk.actor, "task.acknowledge") or permitted(desk.actor, "sheet.sign"):
        for task in open_tasks():
            typer.echo(f"CẦN XỬ LÝ {task}", err=True)
    if permitted(desk.actor, "appeal.file") or permitted(desk.actor, "appeal.answer"):
        for one in open_appeals(now()):
            if one.overdue:
                typer.echo(f"QUÁ HẠN {appeal_line(one)}", err=True)


def appeal_line(one: AppealView) -> str:
    """An appeal in one line: number, whose, where it stands, and how late."""
    words = {"waiting": "chờ trả lời", "pending": "đã chấp nhận, chờ quyết định mới có hiệu lực"}
    late = f", QUÁ HẠN {one.overdue} ngày" if one.overdue else ""
    deadline = padded_date(one.appeal.deadline)
    state = words.get(one.state, "đã xong")
    return f"Đơn {one.appeal.number}, {one.candidate}: {state}, hạn {deadline}{late}"


def at_work(code: str) -> tuple[Actor, Sitting]:
    """Open the centre and one of its sittings, for whoever acts."""
    from centre.sittings.sitting import open_sitting

    centre = the_centre()
    return the_actor(), open_sitting(centre, code)


def print_json(data: Any) -> None:
    """Print ``data`` on stdout as one line of JSON."""
    typer.echo(json.dumps(data, ensure_ascii=False, default=str))


def status_counts(statuses: Counter[str]) -> str:
    """Decisions by status, in words."""
    from grading.certification.decision import STATUS_NAMES, Status

    return ", ".join(f"{STATUS_NAMES[s]} {statuses[s]}" for s in Status if statuses[s])
