"""The tidy frames of sittings, from the records: for whoever works with pandas or another tool."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import pandas as pd
from django.db import transaction

from centre.accounts.permissions import require
from centre.decisions.board import effective_decisions
from centre.decisions.decide import content_of
from centre.decisions.models import Decision
from centre.ledger.acts import act, door
from centre.ledger.seal import mac_key
from centre.register.holding import foreseen
from centre.reporting.log import Leaving, head, require_unchanged, rows_of
from centre.reporting.models import Publication
from centre.reporting.resitting import again_at, kept_before, who_sat
from centre.reporting.tidy_figures import tidy_facts, tidy_figures, tidy_scores
from courses.foundation.dates import VIETNAM
from courses.foundation.errors import CentreError, DisclosureError, SittingError
from grading.datapackage.coarsening import coarsen
from grading.datapackage.package import DESCRIPTOR, write_package
from grading.datapackage.schema import RESOURCES
from grading.disclosure.gate import refuse, rule
from grading.disclosure.people import Told
from grading.gradebook.scores import read_scores
from grading.reports.cohort_figures import resit_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from centre.accounts.actors import Actor
    from centre.sittings.sitting import Sitting
    from grading.disclosure.people import Figure, People

    Rows = Iterator[dict[str, Any]]


class Audience(StrEnum):
    """Who asks: the centre itself, or anybody outside it."""

    CENTRE = "centre"
    RESEARCH = "research"


_NOTICE = {
    Audience.CENTRE: "Dùng trong trung tâm. Người và cơ quan mang mã giả danh, nhưng mỗi cơ quan "
    "thường chỉ có một người: không chuyển ra ngoài.",
    Audience.RESEARCH: "Được chuyển ra ngoài. Không có cơ quan; loại cơ quan, tỉnh, mô hình và lần "
    "thi chỉ ghi khi có từ 10 người với kết quả khác nhau cùng như vậy. Mã người chỉ dùng trong "
    "một kỳ; điểm giữ từ kỳ trước để trống. Không tìm cách nhận ra ai.",
}


def export_tidy(
    actor: Actor, sittings: Sequence[Sitting], audience: Audience, folder: Path, *, now: datetime
) -> list[Path]:
    """Write the frames of some sittings for one audience, and record that they were made.

    A person's pseudonym is the same in every export for the centre, in every export of one
    sitting for outside, and another for the other audience.

    Raises:
        SittingError: when there is no sitting, or none with decisions in effect.
        DisclosureError: when a sitting is too small to be told of outside, or the package would
            tell somebody's result together with what is out.
    """
    require(actor, "data.export")
    frames = frames_of(sittings, audience)
    codes = sorted(sitting.code for sitting in sittings)
    title = f"Số liệu gọn các kỳ {', '.join(codes)}"
    name = f"{audience}-{'-'.join(codes)}".lower()
    leaving = _cleared(sittings, frames, audience, name, now)
    paths = write_package(folder, frames, name, title, _NOTICE[audience])
    digest = hashlib.sha256((folder / DESCRIPTOR).read_bytes()).hexdigest()
    last = Publication.objects.filter(name=name).order_by("pk").last()
    if last is None or last.model != digest:
        with transaction.atomic():
            record_export(actor, name, digest, leaving, now=now)
    return paths


def _cleared(
    sittings: Sequence[Sitting],
    frames: dict[str, pd.DataFrame],
    audience: Audience,
    name: str,
    now: datetime,
) -> Leaving:
    """What the log will keep of a package; one for outside is judged with all that is out."""
    leaving = Leaving("tidy", "")
    if audience is not Audience.RESEARCH:
        return leaving
    seen, persons, before = head(), frames["persons"], foreseen(now)
    facts: dict[str, People] = {}
    values: dict[str, dict[str, int]] = {}
    figures: list[Figure] = []
    for sitting in sittings:
        decided, scores = _in_effect(sitting), tidy_scores(sitting)
        told = resit_facts(tidy_facts(decided), kept_before(sitting.code, decided))
        here, again = persons[persons["sitting"] == sitting.code], again_at(sitting.code, decided)
        facts |= {fact: facts.get(fact, frozenset()) | who for fact, who in told.items()}
        values |= {fact: values.get(fact, {}) | of for fact, of in scores.items()}
        figures += tidy_figures(here, decided, told, scores, before, again)
    day = now.astimezone(VIETNAM).date()
    called = f"{name} (lần này)"
    proposed = Told(called, day, "tidy", tuple(figures), facts, withholdable=False, values=values)
    refuse(rule(before, proposed, roster=who_sat()))
    return replace(
        leaving, public=True, figures=tuple(figures), facts=facts, values=values, seen=seen
    )


@door("data.export")
def record_export(actor: Actor, name: str, sha256: str, leaving: Leaving, *, now: datetime) -> None:
    """Record that a package was written, by SHA-256 of its descriptor, which names the rest.

    Raises:
        DisclosureError: when something was published since ``leaving`` was judged.
    """
    require_unchanged(leaving)
    publication, figures = rows_of(name, replace(leaving, model=sha256), now)
    with act(actor, "data.exported", name, now) as done:
        done.insert(publication)
        done.insert(*figures)
        done.tell(sha256=sha256)


def frames_of(sittings: Sequence[Sitting], audience: Audience) -> dict[str, pd.DataFrame]:
    """Every frame by name, as ``grading.datapackage.schema`` describes them."""
    if not sittings:
        raise SittingError("chưa nêu kỳ nào để xuất; thêm --sitting MÃ")
    parts = [_frames(sitting, audience) for sitting in sittings]
    return {
        one.name: pd.concat([part[one.name] for part in parts], ignore_index=True)
        for one in RESOURCES
    }


def _frames(sitting: Sitting, audience: Audience) -> dict[str, pd.DataFrame]:
    name = _names(sitting, audience)
    people = {one.candidate: name("person", one.person_id) for one in sitting.enrolments()}
    decided = _in_effect(sitting)
    if not decided:
        raise SittingError(f"kỳ {sitting.code} chưa có quyết định nào có hiệu lực")
    rows = {
        "persons": _persons(sitting, decided, name),
        "items": _items(sitting),
        "scores": _scores(sitting, people),
        "areas": _areas(sitting, decided, name),
        "decisions": _decisions(sitting, decided, name),
    }
    frames = {
        one.name: pd.DataFrame(list(rows[one.name]), columns=one.columns) for one in RESOURCES
    }
    if audience is Audience.RESEARCH:
        # A score kept from another sitting would tell whose row there is whose here.
        frames["areas"]["share"] = frames["areas"]["share"].mask(
            frames["areas"]["outcome"] == "kept"
        )
        frames["persons"] = _hidden(sitting, frames)
        among = set(frames["persons"]["person"])
        frames["scores"] = frames["scores"][frames["scores"]["person"].isin(among)]
    return frames


def _hidden(sitting: Sitting, frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    statuses = frames["persons"].merge(frames["decisions"], on=["person", "sitting"])["status"]
    try:
        return coarsen(frames["persons"], statuses)
    except DisclosureError as error:
        raise DisclosureError(f"kỳ {sitting.code}: {error.message}") from None


def _names(sitting: Sitting, audience: Audience) -> Callable[[str, object], str]:
    """Pseudonyms: nobody without the centre's seal can make or undo them.

    Outside they are of one sitting: few sit again, and each of these would be a crowd of one.
    """
    keys = sitting.centre.keys
    key = mac_key(keys)
    if key is None:
        raise CentreError("thiếu khoá sổ nhật ký; khôi phục từ bản sao lưu", path=keys)
    where = f"{audience}/{sitting.code}" if audience is Audience.RESEARCH else str(audience)

    def name(kind: str, one: object) -> str:
        told = f"{where}/{kind}/{one}".encode()
        return f"{kind[0].upper()}-{hmac.digest(key, told, 'sha256').hex()[:12]}"

    return name


def _in_effect(sitting: Sitting) -> list[Decision]:
    """The last decision in effect on each candidate."""
    keys = effective_decisions(sitting)
    found = Decision.objects.filter(pk__in=keys).select_related("enrolment__agency")
    last = {one.enrolment_id: one for one in found.order_by("revision")}
    return list(last.values())


def _persons(sitting: Sitting, decided: list[Decision], name: Callable[..., str]) -> Rows:
    for one in decided:
        agency = one.enrolment.agency
        yield {
            "person": name("person", one.enrolment.person_id),
            "sitting": sitting.code,
            "attempt": content_of(one)["attempt"],
            "agency": name("agency", agency.pk),
            "agency_type": agency.kind or None,
            "province": agency.province or None,
            "unit_model": agency.unit_model or None,
        }


def _items(sitting: Sitting) -> Rows:
    for form in sitting.forms().values():
        for item in form.scored:
            yield {
                "sitting": sitting.code,
                "form": form.code,
                "item": item.id,
                "competency": item.competency,
                "depth": item.depth,
                "kind": item.variants[0].question.kind,
                "points": float(item.points),
                "minutes": float(item.minutes),
                "anchor": item.anchor,
                "marked_by_people": item.rubric is not None,
            }


def _scores(sitting: Sitting, people: dict[str, str]) -> Rows:
    counted = {(code, item.id) for code, form in sitting.forms().items() for item in form.scored}
    for row in read_scores(sitting.course).itertuples():
        if (str(row.assignment), str(row.cell)) in counted and str(row.student) in people:
            yield {
                "person": people[str(row.student)],
                "sitting": sitting.code,
                "form": row.assignment,
                "item": row.cell,
                "score": None if row.pending else row.score,
                "max_score": row.max_score,
                "pending": row.pending,
            }


def _areas(sitting: Sitting, decided: list[Decision], name: Callable[..., str]) -> Rows:
    for one in decided:
        for area in content_of(one)["areas"]:
            yield {
                "person": name("person", one.enrolment.person_id),
                "sitting": sitting.code,
                "area": area["code"],
                "outcome": area["outcome"],
                "share": None if area["share"] is None else float(area["share"]),
                "cut": float(area["cut"]),
                "sem": float(area["sem"]),
            }


def _decisions(sitting: Sitting, decided: list[Decision], name: Callable[..., str]) -> Rows:
    for one in decided:
        yield {
            "person": name("person", one.enrolment.person_id),
            "sitting": sitting.code,
            "status": one.status,
            "policy": sitting.policy.id,
            "revision": one.revision,
        }
