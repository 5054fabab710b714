"""Who may do what: one table of action × role × own or any. What is not in it is denied."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from courses.foundation.errors import CioError, DeniedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from centre.accounts.actors import Actor


class Role(StrEnum):
    """What a user is at the centre."""

    ADMINISTRATOR = "administrator"
    OFFICER = "officer"
    INVIGILATOR = "invigilator"
    MARKER = "marker"
    LEAD = "lead"
    BOARD = "board"
    REGISTRAR = "registrar"
    AUDITOR = "auditor"
    TRAINEE = "trainee"


ROLE_NAMES = {
    Role.ADMINISTRATOR: "quản trị",
    Role.OFFICER: "giáo vụ",
    Role.INVIGILATOR: "cán bộ coi thi",
    Role.MARKER: "giám khảo",
    Role.LEAD: "trưởng ban chấm",
    Role.BOARD: "thành viên hội đồng",
    Role.REGISTRAR: "cán bộ cấp chứng chỉ",
    Role.AUDITOR: "kiểm toán",
    Role.TRAINEE: "học viên",
}


class Scope(StrEnum):
    """Whose affairs: only one's own, or anybody's."""

    OWN = "own"
    ANY = "any"


_A, _O, _I = Role.ADMINISTRATOR, Role.OFFICER, Role.INVIGILATOR
_M, _L, _B = Role.MARKER, Role.LEAD, Role.BOARD
_R, _U, _T = Role.REGISTRAR, Role.AUDITOR, Role.TRAINEE


def _any(*roles: Role) -> dict[Role, Scope]:
    return dict.fromkeys(roles, Scope.ANY)


_OWN = {_T: Scope.OWN}

PERMISSIONS: Mapping[str, Mapping[Role, Scope]] = {
    # accounts
    "user.add": _any(_A),
    "user.grant": _any(_A),
    "user.withdraw": _any(_A),
    "user.invite": _any(_A, _O),
    "user.disarm": _any(_A),
    "user.admit": _any(_A, _O),
    "centre.backup": _any(_A),
    # people
    "enrol": _any(_O),
    "earlier.enter": _any(_O),
    "letter.enter": _any(_O),
    "attendance.enter": _any(_O),
    "agency.enter": _any(_O),
    "person.correct": _any(_O),
    "person.export": _any(_O) | _OWN,
    "person.erase": _any(_O),
    # sittings
    "sitting.prepare": _any(_O),
    "sitting.adopt": _any(_A),
    "paper.deliver": _any(_O, _I) | _OWN,
    "paper.take": _any(_O, _I) | _OWN,
    "paper.reopen": _OWN,
    "paper.recover": _any(_O, _I),
    "time.extend": _any(_O, _I),
    "room.assign": _any(_O, _I),
    "room.pause": _any(_O, _I),
    "room.resume": _any(_O, _I),
    "incident.enter": _any(_O, _I),
    # marks
    "marking.allocate": _any(_O, _L),
    "marking.oversee": _any(_L, _U),
    "marker.withdraw": _any(_O, _L),
    "marker.clear": _any(_L),
    "conflict.declare": _any(_O, _L) | {_M: Scope.OWN},
    "script.mark": _any(_O, _L) | {_M: Scope.OWN},
    "script.draft": {_M: Scope.OWN, _L: Scope.OWN},
    "script.set_aside": {_M: Scope.OWN, _L: Scope.OWN},
    "script.recuse": {_M: Scope.OWN, _L: Scope.OWN},
    "script.settle": _any(_L),
    "script.order": _any(_L),
    "rubric.correct": _any(_L),
    "answer_key.propose": _any(_O, _L),
    "answer_key.review": _any(_L, _B),
    "answer.rule": _any(_M, _L),
    # standards
    "standard.open": _any(_O),
    "standard.rate": _any(_O) | {_M: Scope.OWN, _L: Scope.OWN, _B: Scope.OWN},
    "standard.close": _any(_O, _B),
    "standard.set": _any(_B),
    # decisions
    "case.open": _any(_O, _B),
    "case.close": _any(_B),
    "decide": _any(_O),
    "decide.preview": _any(_O, _B),
    "sheet.draw": _any(_O),
    "sheet.sign": _any(_B),
    "sheet.return": _any(_B),
    "sheet.recuse": _any(_B),
    "sitting.annul": _any(_B),
    "appeal.file": _any(_O) | _OWN,
    "appeal.answer": _any(_B),
    # register
    "key.enrol": _any(_A, _R),
    "certificate.issue": _any(_R),
    "certificate.reissue": _any(_R),
    "certificate.revoke": _any(_R),
    "certificate.suspend": _any(_O, _R),
    "certificate.confirm": _any(_R),
    "task.acknowledge": _any(_O, _R),
    # reading, and what follows from the records
    "paper.sit": _OWN,
    "sitting.watch": _any(_O, _I),
    "papers.grade": _any(_O, _L),
    "report.write": _any(_O, _B),
    "report.candidate": _any(_O, _B) | _OWN,
    "report.agency": _any(_O, _B),
    "report.items": _any(_O, _L),
    "report.technical": _any(_O, _U),
    "report.hand_out": _any(_O, _B, _L, _U) | _OWN,
    "data.export": _any(_O),
    "answer_key.read": _any(_O, _L, _B, _U),
    "decision.read": _any(_O, _B, _R, _U),
    "ledger.read": _any(_A, _U),
    "own.read": _OWN,
    "people.read": _any(_O, _R),
    "sitting.read": _any(_O, _I, _L, _B, _R),
    "results.read": _any(_O, _B, _R),
    "register.read": _any(_O, _R, _U),
}


def permitted(actor: Actor, action: str, owner: str | None = None) -> bool:
    """Whether the table lets ``actor`` do ``action`` to what is ``owner``'s, a user or a person."""
    scopes = {PERMISSIONS.get(action, {}).get(role) for role in actor.roles}
    own = owner is not None and owner in (actor.id, actor.person)
    return Scope.ANY in scopes or (Scope.OWN in scopes and own)


def require(actor: Actor, action: str, owner: str | None = None) -> None:
    """Raise DeniedError, naming who may, unless the table permits it."""
    if permitted(actor, action, owner):
        return
    may = ", ".join(ROLE_NAMES[role] for role in PERMISSIONS.get(action, {}))
    raise DeniedError(f"{actor.id} không có quyền làm việc này ({action}); cần vai trò: {may}")


def ask(actor: Actor, action: str, owner: Callable[[], str | None]) -> None:
    """The same where whose it is has to be looked up first.

    What cannot be found is nobody's: whoever may not do this to anybody's learns no more of it
    than of what is another's.

    Raises:
        DeniedError: unless the table permits it.
        CioError: as ``owner`` raises it, to whoever may do this to anybody's.
    """
    try:
        whose = owner()
    except CioError:
        require(actor, action)
        raise
    require(actor, action, whose)
