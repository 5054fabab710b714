"""Taking over a sitting that the earlier version kept in a folder with a database of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from assessments.forms.form import Form
from centre.adopting.earlier import Earlier, copy_course, moment, required
from centre.adopting.register import TakingRegister
from centre.decisions.evidence import gather
from centre.decisions.models import BoardSheet, Decision, IntegrityCase
from centre.ledger.acts import act, door
from centre.marks.models import Mark
from centre.people.enrol import agencies_of, last_number
from centre.people.models import EarlierResult, Enrolment, Person
from centre.sittings.frozen import freeze
from centre.sittings.models import Accommodation, Delivery, FormRecord, ReceiptRecord, SittingRecord
from centre.sittings.prepare import track_of
from centre.sittings.sitting import Sitting
from courses.foundation.dates import VIETNAM
from courses.foundation.digests import canonical, digest_of
from courses.foundation.errors import CentreError
from grading.certification.policy import policy_on

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from centre.accounts.actors import Actor
    from centre.configuration import Centre
    from centre.ledger.acts import Act
    from grading.certification.decision import Evidence


@dataclass
class Adopted:
    """What was taken over; ``collisions`` are serials that another certificate had already."""

    code: str
    counts: dict[str, int] = field(default_factory=dict)
    collisions: list[str] = field(default_factory=list)
    unreplayable: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """The same, a sentence a line."""
        told = ", ".join(f"{what} {count}" for what, count in self.counts.items())
        yield f"Đã nhận kỳ {self.code}: {told}."
        for serial in self.collisions:
            yield (
                f"TRÙNG SỐ HIỆU {serial}: một chứng chỉ khác đã mang số này; cả hai vẫn kiểm tra "
                "được bằng tệp gốc, hãy cấp lại một chứng chỉ với số mới (cio reissue)"
            )
        if self.unreplayable:
            yield (
                f"Không tính lại được {len(self.unreplayable)} quyết định cũ: phiên bản trước "
                "không giữ bằng chứng, và sổ điểm nay không còn đúng như khi quyết định"
            )


@door("sitting.adopt")
def adopt_sitting(actor: Actor, centre: Centre, folder: Path, *, now: datetime) -> Adopted:
    """Take over one sitting: people, forms, marks, decisions, certificates, and its course folder.

    Serials are kept. The earlier database goes along unchanged, as the ground of all this.

    Raises:
        CentreError: when the folder is no sitting of the earlier version, or there is a sitting
            of its code already.
        ContentError: when its settings or its bank cannot be read.
    """
    old = Earlier.read(folder)
    if SittingRecord.objects.filter(pk=old.code).exists():
        raise CentreError(f"đã có kỳ {old.code}", path=folder)
    copy_course(old, centre.sitting_folder(old.code))
    adopted = Adopted(old.code)
    with act(actor, "sitting.adopted", old.code, now) as done:
        taking = _Taking(actor, centre, old, done, adopted, now)
        taking.sitting()
        taking.people()
        taking.papers()
        taking.marks()
        taking.decisions()
        taking.register()
        done.tell(records=old.digest, **adopted.counts)
    return adopted


class _Taking:
    """One adoption, table by table."""

    def __init__(
        self,
        actor: Actor,
        centre: Centre,
        old: Earlier,
        done: Act,
        adopted: Adopted,
        now: datetime,
    ) -> None:
        self._actor, self._centre, self._old, self._done = actor, centre, old, done
        self._adopted, self._now = adopted, now
        self._enrolled: dict[str, Enrolment] = {}
        self._forms: dict[str, FormRecord] = {}
        self._decided: dict[str, Decision] = {}

    def sitting(self) -> None:
        """The sitting itself, with the policy in force on its day."""
        settings, (self._bank, blueprint) = self._old.settings(), self._old.bank()
        day = settings.closes.astimezone(VIETNAM).date()
        self._record = SittingRecord(
            code=settings.code,
            name=settings.name,
            track=track_of(self._done, self._centre, settings.track, blueprint.name),
            opens=settings.opens,
            closes=settings.closes,
            settings=freeze(self._done, "settings", settings, self._now),
            blueprint=freeze(self._done, "blueprint", blueprint, self._now),
            policy=freeze(self._done, "policy", policy_on(day, settings.track), self._now),
            prepared_at=self._now,
        )
        self._done.insert(self._record)

    def people(self) -> None:
        """Everyone as a person of their own: who is whom in other years a person decides."""
        rows = self._old.tables["trainee"]
        kinds = {row["agency"]: row["agency_type"] for row in rows}
        agencies = agencies_of(self._actor, kinds, self._now)
        following = last_number()
        for row in rows:
            following += 1
            person = Person(
                number=f"P{following:06}",
                full_name=row["full_name"],
                birth_date=date.fromisoformat(row["birth_date"]),
                entered_at=self._now,
            )
            self._enrolled[row["id"]] = Enrolment(
                sitting=self._record,
                person=person,
                candidate=row["id"],
                position=row["position"],
                agency=agencies[row["agency"]],
            )
            self._done.insert(person)
            self._done.insert(self._enrolled[row["id"]])
        self._count("người", len(rows))
        self._earlier_results({row["id"]: row["attempt"] for row in rows})

    def _earlier_results(self, attempts: dict[str, int]) -> None:
        passes = self._old.tables["prior_pass"]
        passed = {row["trainee_id"] for row in passes}
        sat = [one for one, count in attempts.items() if count > 1 and one not in passed]
        nothing = {"area": "", "passed_on": None, "share": ""}
        for row in [*passes, *({"trainee_id": one, **nothing} for one in sat)]:
            day = row["passed_on"]
            self._done.insert(
                EarlierResult(
                    person=self._enrolled[row["trainee_id"]].person,
                    track=self._record.track,
                    area=row["area"],
                    passed_on=date.fromisoformat(day) if day else None,
                    share=str(row["share"]),
                    attempts=attempts[row["trainee_id"]] - 1,
                    ground=f"Hồ sơ kỳ {self._old.code} của phiên bản trước",
                )
            )

    def papers(self) -> None:
        """Forms as frozen, their rubrics, and what was delivered and taken."""
        for row in self._old.tables["form"]:
            form = Form.model_validate(json.loads(row["content"]))
            if form.digest != row["digest"]:
                raise CentreError(f"đề {row['code']} không còn như khi khoá", path=self._old.folder)
            self._forms[row["code"]] = FormRecord(
                sitting=self._record,
                code=row["code"],
                content=freeze(self._done, "form", form, self._now),
                rubrics=canonical(self._rubrics(form)),
            )
            self._done.insert(self._forms[row["code"]])
        for row in self._old.tables["accommodation"]:
            given = {"minutes": row["minutes"], "ground": row["ground"], "given_at": self._now}
            self._done.insert(Accommodation(enrolment=self._enrolled[row["trainee_id"]], **given))
        for row in self._old.tables["delivery"]:
            self._deliver(row)
        self._count("bài đã giao", len(self._old.tables["delivery"]))

    def _rubrics(self, form: Form) -> dict[str, str]:
        return {
            item.id: freeze(self._done, "rubric", self._bank.rubrics[item.id], self._now).digest
            for item in form.items
            if item.rubric
        }

    def _deliver(self, row: dict[str, Any]) -> None:
        delivery = Delivery(
            enrolment=self._enrolled[row["trainee_id"]],
            form=self._forms[row["form"]],
            started_at=required(row["started_at"]),
            due_at=required(row["due_at"]),
        )
        self._done.insert(delivery)
        if (taken := moment(row["taken_at"])) is not None:
            late = taken > self._record.closes
            told = {"taken_at": taken, "sha256": row["sha256"], "late": late, "overtime": False}
            self._done.insert(ReceiptRecord(delivery=delivery, **told))

    def marks(self) -> None:
        """What markers said."""
        marking = self._old.settings().marking
        rounds = {name: at for at, name in enumerate((*marking.markers, marking.adjudicator), 1)}
        for row in self._old.tables["human_mark"]:
            if row["marker"] not in rounds:
                raise CentreError(f"kỳ cũ không khai giám khảo {row['marker']}")
            self._done.insert(
                Mark(
                    enrolment=self._enrolled[row["trainee_id"]],
                    item=row["item_id"],
                    marker=row["marker"],
                    round=rounds[row["marker"]],
                    revision=1,
                    levels=canonical(json.loads(row["levels"])),
                    marked_at=required(row["marked_at"]),
                )
            )
        self._count("kết quả chấm", len(self._old.tables["human_mark"]))

    def decisions(self) -> None:
        """Decisions as made, the board's resolutions, and cases."""
        for row in self._old.tables["integrity_case"]:
            self._case(row)
        sitting = Sitting(self._centre, self._record)
        evidence = {enrolment.candidate: found for enrolment, found in gather(sitting)}
        for row in self._old.tables["decision"]:
            self._decide(row, evidence[row["trainee_id"]])
        approved: dict[tuple[str, str], list[str]] = {}
        for row in self._old.tables["board_approval"]:
            key = (row["resolution"], row["approved_at"])
            approved.setdefault(key, []).append(row["decision_id"])
        for (resolution, at), ids in approved.items():
            listed = [self._decided[one] for one in sorted(ids)]
            self._done.insert(
                BoardSheet(
                    sitting=self._record,
                    resolution=resolution,
                    decisions=canonical([one.id for one in listed]),
                    digest=digest_of([[one.id, one.content] for one in listed]),
                    drawn_at=required(at),
                    effective_before=required(at),
                )
            )
        self._count("quyết định", len(self._decided))

    def _decide(self, row: dict[str, Any], evidence: Evidence) -> None:
        """Keep a decision with its evidence, where the gradebook still bears that out."""
        without = replace(evidence, integrity=None, upheld=None)
        texts = {digest_of(one.record()): one.text() for one in (evidence, without)}
        text = texts.get(row["evidence_digest"])
        if text is None:
            text = canonical({"digest": row["evidence_digest"], "kept": False})
            self._adopted.unreplayable.append(row["id"])
        decision = Decision(
            id=row["id"],
            enrolment=self._enrolled[row["trainee_id"]],
            revision=row["revision"],
            status=row["status"],
            content=canonical(json.loads(row["content"])),
            policy=self._record.policy,
            evidence=freeze(self._done, "evidence", text, self._now),
            decided_at=required(row["decided_at"]),
        )
        self._done.insert(decision)
        self._decided[row["id"]] = decision

    def _case(self, row: dict[str, Any]) -> None:
        """A case that was closed said no verdict: a person looks at it again."""
        closed = moment(row["closed_at"])
        self._done.insert(
            IntegrityCase(
                enrolment=self._enrolled[row["trainee_id"]],
                reason=row["reason"],
                opened_at=required(row["opened_at"]),
                closed_at=closed,
                upheld=False if closed else None,
                authority="phiên bản trước không ghi" if closed else "",
                conclusion="phiên bản trước chỉ ghi ở nhật ký" if closed else "",
            )
        )

    def register(self) -> None:
        """Keys and certificates."""
        folder = self._centre.certificates
        taking = TakingRegister(self._old, folder, self._done, self._enrolled, self._decided)
        self._adopted.collisions += taking.take()
        self._count("chứng chỉ", len(self._old.tables["register"]))

    def _count(self, what: str, number: int) -> None:
        self._adopted.counts[what] = number
