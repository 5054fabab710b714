"""A paper in a candidate's hands: what they are asked, what is saved, how it stands.

Answers are kept in the files of the candidate's folder alone, as the notebooks keep them; what
they are worth and whose they are, no browser says.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assessments.forms.form import pick
from assessments.handing_in.answers import answers_path
from assessments.handing_in.work import digest_of_work
from centre.database import the_centre
from centre.sittings.deliver import paused, work_folder
from centre.sittings.models import Delivery, ReceiptRecord
from centre.sittings.sitting import Sitting, frozen_form
from centre.sittings.take import handed_in
from courses.answer_sheet import AnswerSheet, read_sheet
from courses.foundation.dates import vietnam_time
from courses.foundation.errors import AnswerError, SittingError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from assessments.forms.form import Form, FormItem
    from centre.people.models import Enrolment
    from courses.answer_sheet import SavedAnswer, Sheet

SHORT = 16  # characters of a digest that a person compares


@dataclass(frozen=True)
class Paper:
    """One candidate's paper that was started."""

    sitting: Sitting
    delivery: Delivery

    @property
    def enrolment(self) -> Enrolment:
        """Whose it is."""
        return self.delivery.enrolment

    @property
    def candidate(self) -> str:
        """The candidate's number."""
        return self.enrolment.candidate

    @cached_property
    def form(self) -> Form:
        """The frozen form, with its keys: for this side alone."""
        return frozen_form(self.delivery.form.content_id)

    @cached_property
    def folder(self) -> Path:
        """Where the candidate's work lies."""
        return work_folder(self.sitting, self.candidate, self.delivery.form.code)

    def question(self, item: FormItem) -> Any:
        """What this candidate is asked."""
        return self.form.variant_for(item, self.candidate).question

    def sheets(self) -> dict[str, Sheet]:
        """What is saved, by competency; a damaged file is put aside first, and named ever after."""
        return {one: read_sheet(self._part(one).path) for one in self.form.competencies}

    def answers(self) -> dict[str, SavedAnswer]:
        """Every saved answer by item."""
        found = (sheet.answers.items() for sheet in self.sheets().values())
        return {id_: saved for pairs in found for id_, saved in pairs}

    def flags(self) -> set[str]:
        """The items marked to come back to."""
        return {id_ for sheet in self.sheets().values() for id_ in sheet.flags}

    def keep(self, item_id: str, value: Any, based_on: int, now: datetime) -> SavedAnswer:
        """Store one answer durably.

        Raises:
            AnswerError: when the paper cannot be written on now, the item is not of this paper,
                the answer was changed elsewhere, or nothing could be stored.
        """
        self.require_writable(now)
        return self._sheet(item_id).save(item_id, value, based_on, now)

    def put(self, item_id: str, value: Any, now: datetime) -> bool:
        """Store an answer whatever the time, for whoever may; whether it was another."""
        sheet = self._sheet(item_id, timed=False)
        stored = sheet.get(item_id)
        if stored is not None and stored.value == value:
            return False
        sheet.save(item_id, value, stored.revision if stored else 0, now)
        return True

    def flag(self, item_id: str, *, on: bool) -> None:
        """Mark an item to come back to, or no longer."""
        self._sheet(item_id).flag(item_id, on=on)

    def require_writable(self, now: datetime) -> None:
        """AnswerError, saying why, while nothing can be written on this paper."""
        if paused(self.enrolment) is not None:
            raise AnswerError("Phòng thi đang tạm dừng; chờ cán bộ coi thi cho tiếp tục.")
        if now > self.delivery.due_at:
            raise AnswerError("Đã hết giờ làm bài.")
        if handed_in(self.delivery) is not None:
            raise AnswerError("Bài đã nộp nên đang khoá; bấm “Làm tiếp” để sửa.")

    def _sheet(self, item_id: str, *, timed: bool = True) -> AnswerSheet:
        competency = next((i.competency for i in self.form.items if i.id == item_id), None)
        if competency is None:
            raise AnswerError("Câu này không thuộc bài thi đang mở.")
        return self._part(competency, timed=timed)

    def _part(self, competency: str, *, timed: bool = True) -> AnswerSheet:
        path = answers_path(self.folder, competency)
        due = self.delivery.due_at if timed else None
        return AnswerSheet(path, self.delivery.form.content_id, due)

    def standing(self, now: datetime) -> Standing:
        """How the paper stands now, by the records and by what is on the disk."""
        receipts = list(self.delivery.receipts.order_by("taken_at", "pk"))
        return Standing(
            delivery=self.delivery,
            stopped=paused(self.enrolment) is not None,
            receipts=receipts,
            locked=handed_in(self.delivery) is not None,
            changed=self._changed(receipts[-1]) if receipts else (),
            damaged=tuple(sorted(path.name for path in self.folder.glob("*.hong-*"))),
            now=now,
        )

    def _changed(self, last: ReceiptRecord) -> tuple[str, ...]:
        """The items written on since the last receipt; one unnamed when files alone differ."""
        if digest_of_work(self.folder) == last.sha256:
            return ()
        later = [id_ for id_, saved in self.answers().items() if saved.saved_at > last.taken_at]
        return tuple(later) or ("",)


@dataclass(frozen=True)
class Standing:
    """How a paper stands: ``locked`` by handing in, ``stopped`` with the room's clock."""

    delivery: Delivery
    stopped: bool
    receipts: list[ReceiptRecord]
    locked: bool
    changed: tuple[str, ...]
    damaged: tuple[str, ...]
    now: datetime

    @property
    def over(self) -> bool:
        """Whether the candidate's time has ended."""
        return not self.stopped and self.now > self.delivery.due_at

    @property
    def ended(self) -> bool:
        """Whether what was there when the time ended has been taken."""
        return bool(self.receipts) and self.receipts[-1].taken_at >= self.delivery.due_at

    @property
    def state(self) -> str:
        """One word: ``over``, ``stopped``, ``locked`` or ``open``."""
        for name in ("over", "stopped", "locked"):
            if getattr(self, name):
                return name
        return "open"

    @property
    def words(self) -> str:
        """What was taken, when, and what has changed since."""
        return " ".join(filter(None, (self._taken(), self._since(), self._broken())))

    def _taken(self) -> str:
        if not self.receipts:
            return "Chưa nộp bài."
        last = self.receipts[-1]
        verb = "Bài được thu khi hết giờ" if self.ended else "Đã nộp bài"
        return f"{verb} lúc {vietnam_time(last.taken_at)}, mã biên nhận {short(last.sha256)}."

    def _broken(self) -> str:
        if not self.damaged:
            return ""
        return (
            f"TỆP TRẢ LỜI HỎNG, đã cất riêng: {', '.join(self.damaged)}. Báo ngay cán bộ coi thi."
        )

    def _since(self) -> str:
        if self.over:
            waiting = "" if self.ended else "; những gì máy chủ đã nhận đang được thu"
            return f"Đã hết giờ, bài đã khoá{waiting}."
        if self.changed:
            count = len(self.changed)
            then = "bản mới được thu khi nộp lại hoặc khi hết giờ"
            return f"Từ lần nộp đó đã sửa {count} câu; {then}."
        if self.locked:
            return "Bài đang khoá, có thể làm tiếp cho đến khi hết giờ."
        return "Đang làm tiếp, chưa có gì khác với bản đã nộp." if self.receipts else ""


def own_form(sitting: Sitting, candidate: str, paper: str) -> Form:
    """The form of one paper that a candidate sits; SittingError when there is no such paper."""
    parallel = [code for code in sitting.digests if code.rpartition("-")[0] == paper]
    if not parallel:
        raise SittingError(f"kỳ thi này không có bài thi {paper}")
    forms = [frozen_form(sitting.digests[code]) for code in parallel]
    return forms[pick(forms[0].seed, candidate, paper, len(forms))]


def short(digest: str) -> str:
    """The beginning of a digest in groups, for a person to compare."""
    return " ".join(digest[at : at + 4] for at in range(0, SHORT, 4)).upper()


def enrolment_of(person: str | None, sitting_code: str) -> Enrolment:
    """A person's place at a sitting; SittingError when there is none, whichever is unknown."""
    from centre.people.models import Enrolment  # noqa: PLC0415 - a room beside this one

    found = Enrolment.objects.filter(sitting=sitting_code, person=person or "")
    enrolment = found.select_related("sitting").first()
    if enrolment is None:
        raise SittingError("anh/chị không có tên trong kỳ thi này; hỏi giáo vụ nếu chưa đúng")
    return enrolment


def the_paper(person: str | None, sitting_code: str, paper: str) -> Paper | None:
    """The paper of that person which was started, or None before its start.

    Raises:
        SittingError: when the person is not at that sitting.
    """
    found = Delivery.objects.filter(
        enrolment__person=person or "",
        enrolment__sitting=sitting_code,
        form__code__startswith=f"{paper}-",
    )
    delivery = found.select_related("enrolment__sitting", "form").first()
    if delivery is None:
        enrolment_of(person, sitting_code)
        return None
    return Paper(Sitting(the_centre(), delivery.enrolment.sitting), delivery)
