"""The earlier version's register: keys, certificates with their serials, and the originals."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from centre.adopting.earlier import moment, required
from centre.register.models import Entry, Key, Revocation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from centre.adopting.earlier import Earlier
    from centre.decisions.models import Decision
    from centre.ledger.acts import Act
    from centre.people.models import Enrolment


@dataclass(frozen=True)
class TakingRegister:
    """One register taken over: whose enrolments and decisions it names, and where files go."""

    old: Earlier
    certificates: Path
    done: Act
    enrolled: Mapping[str, Enrolment]
    decided: Mapping[str, Decision]

    def take(self) -> list[str]:
        """Enter everything; serials that another certificate had taken before."""
        for row in self.old.tables["signing_key"]:
            if not Key.objects.filter(pk=row["fingerprint"]).exists():
                self._key(row)
        self.certificates.mkdir(exist_ok=True)
        rows = sorted(self.old.tables["register"], key=lambda one: str(one["serial"]))
        return [row["serial"] for row in rows if not self._enter(row)]

    def _key(self, row: dict[str, Any]) -> None:
        times = {"valid_from": required(row["valid_from"]), "valid_to": moment(row["valid_to"])}
        told = {k: row[k] for k in ("fingerprint", "purpose", "certificate_pem")}
        self.done.insert(Key(**told, **times, is_demo=bool(row["is_demo"])))

    def _enter(self, row: dict[str, Any]) -> bool:
        """Enter one certificate; whether its number was free."""
        taken = Entry.objects.filter(year=row["year"], entry_number=row["entry_number"]).exists()
        serial = f"{row['serial']}@{self.old.code}" if taken else row["serial"]
        enrolment = self.enrolled[row["trainee_id"]]
        entry = Entry(
            serial=serial,
            printed=row["serial"],
            year=row["year"],
            entry_number=None if taken else row["entry_number"],
            person=enrolment.person,
            decision=self.decided[row["decision_id"]],
            full_name=row["full_name"],
            birth_date=date.fromisoformat(row["birth_date"]),
            position=enrolment.position,
            agency=row["agency"],
            programme=row["programme"],
            issued_on=date.fromisoformat(row["issued_on"]),
            pdf_sha256=row["pdf_sha256"],
            verification_code=row["verification_code"],
            key_id=row["signing_key"],
        )
        self.done.insert(entry)
        if row["status"] == "revoked":
            told = {"reason": row["revocation_reason"], "ground": "phien-ban-truoc", "detail": ""}
            at = required(row["revoked_at"])
            self.done.insert(Revocation(entry=entry, revoked_at=at, **told))
        original = self.old.folder / "certificates" / f"{row['serial']}.pdf"
        if original.is_file():
            shutil.copyfile(original, self.certificates / f"{serial}.pdf")
        return not taken
