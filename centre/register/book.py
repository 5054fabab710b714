"""The register as verification asks it: it says only what the ledger bears out.

A row that the ledger does not bear out, a ledger that does not follow, a seal that is not
trusted on this machine or too old a checkpoint: each makes the register unable to answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError

from centre.ledger.check import replay_lines, row_digests
from centre.ledger.checkpoint import read_checkpoints
from centre.ledger.rows import place
from centre.ledger.seal import fingerprint
from centre.register.models import Entry, Key, Revocation, Suspension
from centre.register.trust import trusted
from courses.foundation.dates import VIETNAM, vietnam_time
from courses.foundation.errors import CioError
from grading.credentials.verification import Registered, RegisterError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from centre.configuration import Centre
    from centre.ledger.check import Replay
    from centre.ledger.checkpoint import Checkpoint
    from centre.ledger.rows import Row

_TABLES = ("entry", "revocation", "suspension", "key")


@dataclass(frozen=True)
class Book:
    """The open centre's register, asked at ``now``.

    ``known`` is what the ledger said a short while ago, for those who are asked often; without
    it the ledger is read anew.
    """

    centre: Centre
    now: datetime
    known: Replay | None = None

    @property
    def described(self) -> str:
        """Which register it is, whose, and as of when."""
        head = self._head
        issuer = self.centre.settings.issuer.name
        as_of = vietnam_time(head.signed_at)
        return f"Sổ của {self.centre.settings.name} ({issuer}), tính đến {as_of}"

    def certificates(self) -> Sequence[str]:
        """The signing certificates (PEM) it has trusted."""
        self._require_head()
        self._bear_out(Key)
        return [key.certificate_pem for key in Key.objects.order_by("pk")]

    def by_digest(self, sha256: str) -> Registered | None:
        """The certificate whose file has this SHA-256 (hex)."""
        return self._registered(bool, pdf_sha256=sha256)

    def by_serial(self, serial: str, has: Callable[[str], bool]) -> Registered | None:
        """The certificate of this serial whose verification code ``has`` accepts."""
        return self._registered(has, printed=serial, pk=serial)

    def knows(self, serials: Collection[str]) -> bool:
        """Whether any of these serials is registered."""
        return Entry.objects.filter(printed__in=list(serials)).exists()

    def _registered(self, has: Callable[[str], bool], **which: str) -> Registered | None:
        self._require_head()
        try:
            entry = Entry.objects.select_related("key").filter(**which).first()
        except DatabaseError:
            raise RegisterError("Sổ cấp hỏng, không đọc được.") from None
        if not has(entry.verification_code if entry else "") or entry is None:
            return None
        self._bear_out(Entry, pk=entry.pk)
        self._bear_out(Entry, supersedes_id=entry.pk)
        self._bear_out(Revocation, pk=entry.pk)
        self._bear_out(Suspension, entry_id=entry.pk)
        self._bear_out(Key, pk=entry.key_id)
        return _as_registered(entry)

    def _bear_out(self, model: type[Row], **which: Any) -> None:
        """Raise RegisterError unless rows are exactly as the ledger says."""
        states, prefix = self.replay.states, place(model, "")
        found = dict(row_digests(model, **which))
        for where, digest in found.items():
            if states.get(where, {}).get("#") != digest:
                raise RegisterError(
                    f"Sổ cấp không khớp sổ nhật ký ở {where}; không tin được sổ này."
                )
        expected = {w for w in states if w.startswith(prefix) and _meant(states[w], w, which)}
        if missing := expected - set(found):
            raise RegisterError(f"Sổ cấp mất dòng {min(missing)} mà sổ nhật ký có.")

    @cached_property
    def replay(self) -> Replay:
        """The ledger's lines, every one recomputed, with what they say of the register.

        Raises:
            RegisterError: when they are not as they were written.
        """
        if self.known is not None:
            return self.known
        try:
            replay = replay_lines(self.centre, _TABLES)
        except DatabaseError:
            raise RegisterError("Sổ nhật ký hỏng, không đọc được.") from None
        if replay.findings:
            raise RegisterError(f"Sổ nhật ký không nguyên vẹn ({replay.findings[0].place}).")
        return replay

    @cached_property
    def _head(self) -> Checkpoint:
        """The last signed head, by a seal that is trusted here, and not too old."""
        try:
            checkpoints = read_checkpoints(self.centre)
            believed = {one.fingerprint for one in trusted()}
        except CioError as error:
            raise RegisterError(f"Không đọc được mốc đã ký của sổ: {error.message}.") from None
        if not checkpoints:
            raise RegisterError("Sổ cấp chưa có mốc nào được ký.")
        head = max(checkpoints, key=lambda one: one.signed_at)
        seal = fingerprint(head.public_key)
        if seal not in believed:
            raise RegisterError(
                f"Sổ này chưa được tin trên máy này. Dấu vân tay của sổ: {seal}. So với dấu vân "
                "tay mà cơ quan cấp công bố, đúng thì chạy: cio trust add."
            )
        age = self.now - head.signed_at
        if age > timedelta(days=self.centre.settings.stale_after_days):
            raise RegisterError(f"Bản sổ này đã cũ {age.days} ngày; hỏi lại cơ quan cấp.")
        return head

    def _require_head(self) -> None:
        _ = self._head, self.replay


def _meant(state: dict[str, Any], where: str, which: dict[str, Any]) -> bool:
    """Whether a row that the ledger knows is among those asked for."""
    if "pk" in which:
        return where.partition("/")[2] == str(which["pk"])
    return all(state.get(name) == value for name, value in which.items())


def _as_registered(entry: Entry) -> Registered:
    revocation = Revocation.objects.filter(pk=entry.pk).first()
    successor = Entry.objects.filter(supersedes=entry).first()
    suspension = Suspension.objects.filter(entry=entry, ended_at=None).first()
    ended = revocation.revoked_at if revocation else None
    if revocation:
        standing: Any = "revoked"
    elif successor:
        standing = "replaced"
    elif suspension:
        standing, ended = "suspended", suspension.suspended_at
    else:
        standing = "valid"
    return Registered(
        serial=entry.printed,
        full_name=entry.full_name,
        programme=entry.programme,
        issued_on=entry.issued_on,
        register_number=f"{int(entry.printed.rpartition('-')[2])}/{entry.year}",
        verification_code=entry.verification_code,
        certificate_pem=entry.key.certificate_pem,
        is_demo=entry.key.is_demo,
        standing=standing,
        ended_on=ended.astimezone(VIETNAM).date() if ended else None,
        ended_why=revocation.reason if revocation else "",
        replaced_by=successor.serial if successor else "",
    )
