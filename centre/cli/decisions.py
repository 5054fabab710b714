"""``cio decide``, ``replay``: decisions made, tried out, recomputed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from centre.cli.common import (
    Candidate,
    Json,
    SittingCode,
    at_work,
    now,
    print_json,
    status_counts,
)
from courses.foundation.dates import VIETNAM

if TYPE_CHECKING:
    from centre.accounts.actors import Actor
    from centre.decisions.what_if import Change
    from centre.sittings.sitting import Sitting

app = typer.Typer()


@app.command()
def decide(
    sitting: SittingCode,
    *,
    policy: Annotated[
        str, typer.Option("--what-if", help="Thử chính sách khác (mã hoặc tệp); không ghi gì.")
    ] = "",
    keys: Annotated[
        list[str] | None,
        typer.Option(
            "--what-if-key",
            help="Thử đáp án khác, CÂU=ĐÁP_ÁN; CÂU=* là mọi người được trọn điểm. Không ghi gì.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Quyết định kết quả theo chính sách của kỳ thi; quyết định cũ luôn được giữ."""
    from django.db import transaction

    from centre.accounts.permissions import require
    from centre.decisions.decide import content_of, decide_all
    from centre.marks.agreed import write_agreed

    actor, opened = at_work(sitting)
    if policy or keys:
        _show_what_if(actor, opened, policy, keys or [], as_json=as_json)
        return
    require(actor, "decide")
    write_agreed(opened)
    with transaction.atomic():
        decided = decide_all(actor, opened, now=now())
    if as_json:
        print_json([content_of(decision) for decision in decided.standing])
        return
    statuses = Counter(decision.status for decision in decided.standing)
    typer.echo(f"{status_counts(statuses)}. Quyết định mới: {decided.new}.")


def _show_what_if(
    actor: Actor, sitting: Sitting, policy: str, keys: list[str], *, as_json: bool
) -> None:
    from centre.decisions.decide import changed_since
    from centre.decisions.what_if import the_policy, what_if
    from courses.foundation.errors import DecisionError

    corrected = dict(key.partition("=")[::2] for key in keys)
    if not all(corrected.values()):
        raise DecisionError("đáp án thử ghi theo dạng CÂU=ĐÁP_ÁN, ví dụ QL4-001=*")
    rule = the_policy(policy) if policy else None
    today = now().astimezone(VIETNAM).date()
    changes = what_if(actor, sitting, today, policy=rule, keys=corrected)
    if as_json:
        told = [{"before": c.before.record(), "after": c.after.record()} for c in changes]
        print_json(told)
        return
    for change in changes:
        _show_change(change)
    other = sum(change.status_changes for change in changes)
    typer.echo(f"{other} người đổi kết quả, {len(changes) - other} người đổi điểm hoặc lý do.")
    if waiting := changed_since(sitting):
        typer.echo(f"{len(waiting)} người có thay đổi chưa quyết định; đã tính trong hai vế.")
    typer.echo("Chỉ tính thử: không ghi gì.")


def _show_change(change: Change) -> None:
    from grading.certification.decision import STATUS_NAMES, percent

    words = [STATUS_NAMES[one.status] for one in (change.before, change.after)]
    arrow = " → ".join(dict.fromkeys(words))
    typer.echo(f"{change.candidate}: {arrow}")
    for before, after in zip(change.before.areas, change.after.areas, strict=False):
        if before != after:
            old, new = (f"{percent(a.share)} (cắt {percent(a.cut)})" for a in (before, after))
            typer.echo(f"  {after.name}: {old} → {new}")
    for reason in change.after.reasons:
        if reason not in change.before.reasons:
            typer.echo(f"  {reason.text}")


@app.command()
def replay(
    candidate: Candidate,
    sitting: SittingCode,
    revision: Annotated[int, typer.Option(help="Lần quyết định; 0 là mới nhất.")] = 0,
) -> None:
    """Tính lại một quyết định từ bằng chứng và chính sách đã khoá; phải đúng từng byte."""
    import json

    from centre.accounts.permissions import require
    from centre.decisions.answer_keys import keys_behind
    from centre.decisions.models import Decision
    from centre.decisions.replay import replay as recompute
    from courses.foundation.errors import DecisionError

    actor, opened = at_work(sitting)
    require(actor, "decision.read")
    enrolment = opened.enrolment(candidate)
    found = Decision.objects.filter(enrolment=enrolment).order_by("revision")
    kept = found.filter(revision=revision).first() if revision else found.last()
    if kept is None:
        raise DecisionError(f"không có quyết định đó về {candidate}")
    for one in keys_behind(json.loads(kept.evidence.content)):
        typer.echo(f"Theo đáp án đính chính của câu {one.item}: {one.key}")
    replayed = recompute(kept)
    typer.echo(f"Đang lưu:  {replayed.kept}\nTính lại:  {replayed.recomputed}")
    typer.echo("Trùng khớp từng byte." if replayed.same else "KHÔNG TRÙNG KHỚP.")
    if not replayed.same:
        raise typer.Exit(1)
