"""``cio marking``, the lead's part: who may go on, what is marked anew, rubrics, the overview."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from centre.cli.common import Json, SittingCode, at_work, now, print_json
from centre.cli.marking import Code, Ground, Item, Marker, tell_moved

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from centre.marks.overview import Overview
    from grading.marking.monitor import Figure

app = typer.Typer()


@app.command("clear")
def marking_clear(marker: Marker, item: Item, sitting: SittingCode, ground: Ground) -> None:
    """Cho giám khảo bị dừng ở một câu chấm tiếp, sau khi trưởng ban chấm đã xem xét."""
    from django.db import transaction

    from centre.marks.lead import clear_marker

    actor, opened = at_work(sitting)
    with transaction.atomic():
        clear_marker(actor, opened, marker, item, ground, now=now())
    typer.echo(f"{marker} được chấm tiếp câu {item}.")


@app.command("order")
def marking_order(
    item: Item, code: Code, marker: Marker, sitting: SittingCode, ground: Ground
) -> None:
    """Phân công một người chưa chấm bài này chấm lượt nữa; mọi lượt trước được giữ nguyên."""
    from django.db import transaction

    from centre.marks.lead import order_anew

    actor, opened = at_work(sitting)
    with transaction.atomic():
        number = order_anew(actor, opened, item, code, marker, ground, now=now())
    typer.echo(f"Bài {code}, câu {item}: {marker} chấm lượt {number}.")


@app.command("settle")
def marking_settle(
    item: Item,
    code: Code,
    sitting: SittingCode,
    note: Annotated[str, typer.Option(help="Ý kiến của trưởng ban chấm.")],
    move: Annotated[bool, typer.Option(help="Chuyển cho giám khảo khác.")] = False,  # noqa: FBT002 - Typer's way
) -> None:
    """Trả bài mà giám khảo đã chuyển lên trưởng ban chấm, kèm ý kiến, hoặc giao người khác."""
    from django.db import transaction

    from centre.accounts.permissions import require
    from centre.marks.lead import handed_up, settle
    from courses.foundation.errors import SittingError

    actor, opened = at_work(sitting)
    require(actor, "script.settle")
    waiting = [
        one
        for one in handed_up(opened)
        if (one.allocation.item, one.allocation.code) == (item, code)
    ]
    if not waiting:
        raise SittingError(f"bài {code} câu {item} không chờ trưởng ban chấm")
    with transaction.atomic():
        moved = settle(actor, opened, waiting[0], note, move=move, now=now())
    if moved is not None:
        tell_moved(moved)
    else:
        typer.echo(f"Đã trả bài {code} cho {waiting[0].allocation.marker}.")


@app.command("rubric")
def marking_rubric(
    file: Annotated[Path, typer.Argument(help="Thang chấm đã sửa (.toml), đủ các tiêu chí.")],
    sitting: SittingCode,
    digest: Annotated[
        str, typer.Option("--apply", help="Áp dụng đúng bản xem trước mang mã băm này.")
    ] = "",
    ground: Annotated[str, typer.Option(help="Lý do sửa; cần khi áp dụng.")] = "",
    json: Json = False,  # noqa: FBT002 - Typer's way
) -> None:
    """Xem trước ai đổi điểm khi sửa thang chấm; kèm --apply thì tính lại cả lô."""
    from django.db import transaction

    from assessments.bank.rubric import read_rubric
    from centre.accounts.permissions import require
    from centre.marks.agreed import write_agreed
    from centre.marks.corrections import correct_rubric, preview

    actor, opened = at_work(sitting)
    require(actor, "rubric.correct")
    rubric = read_rubric(file.stem, file.parent)
    seen = preview(opened, rubric)
    if json:
        print_json({"digest": seen.digest, "changes": seen.records})
    else:
        _tell_changes(seen.records)
    if not digest:
        typer.echo(f"Chưa đổi gì. Áp dụng: --apply {seen.digest} --ground “…”", err=True)
        return
    with transaction.atomic():
        row = correct_rubric(actor, opened, rubric, digest, ground, now=now())
    written = write_agreed(opened)
    typer.echo(
        f"Thang chấm {row.item} bản {row.number}; {written} điểm đổi trong sổ điểm.", err=True
    )


def _tell_changes(records: Sequence[Mapping[str, str | None]]) -> None:
    for one in records:
        before = _stand(one["before"], one["points_before"])
        after = _stand(one["after"], one["points_after"])
        typer.echo(f"{one['candidate']}, bài {one['code']}: {before} → {after}")
    typer.echo(f"{len(records)} bài đổi kết quả.")


def _stand(state: str | None, points: str | None) -> str:
    from courses.foundation.numerals import vietnamese
    from grading.marking.agreement import STATE_NAMES

    name = STATE_NAMES[state or "open"]
    return name if points is None else f"{vietnamese(float(points))} điểm ({name})"


@app.command("overview")
def marking_overview(sitting: SittingCode) -> None:
    """Toàn cảnh chấm tự luận: tiến độ, thống nhất, độ nghiêm trôi, cặp giống nhau bất thường."""
    from centre.marks.overview import overview

    actor, opened = at_work(sitting)
    seen = overview(actor, opened)
    for lines in (_of_markers(seen), _of_figures(seen), _of_suspects(seen), _of_waiting(seen)):
        for line in lines:
            typer.echo(line)


def _of_markers(seen: Overview) -> Iterator[str]:
    from grading.marking.seeds import STANDING_NAMES

    for one in seen.markers:
        left = ", đã thôi chấm" if one.left else ""
        yield f"{one.marker}{left}: đã chấm {sum(len(q.done) for q in one.questions)}"
        for question in one.questions:
            waiting, handed = len(question.waiting), len(question.handed)
            yield (
                f"  {question.item}: {STANDING_NAMES[question.standing]}, chờ {waiting}, "
                f"chuyển trưởng ban {handed}"
            )
        for miss in one.missed:
            yield f"  {miss.item}, bài chuẩn {miss.code}: lệch quá mức ở {', '.join(miss.criteria)}"


def _of_figures(seen: Overview) -> Iterator[str]:
    from grading.marking.agreement import STATE_NAMES

    for item, states in seen.states.items():
        counts = ", ".join(f"{STATE_NAMES[state]} {count}" for state, count in states.items())
        yield f"{item}: {counts}"
    for figures in (*seen.by_item, *seen.by_pair):
        told = "; ".join(f"{one.formula}: {_value(one)}" for one in (figures.kappa, figures.icc))
        yield f"{figures.of} (n = {figures.n}): {told}"


def _value(figure: Figure) -> str:
    from courses.foundation.numerals import vietnamese

    return figure.why if figure.value is None else vietnamese(figure.value)


def _of_suspects(seen: Overview) -> Iterator[str]:
    from courses.foundation.numerals import vietnamese

    for drift in seen.drifts:
        if drift.suspect and drift.shift is not None:
            shift = vietnamese(100 * drift.shift, 1)
            yield f"Cần xem {drift.marker}: độ nghiêm đổi {shift} % số điểm, n = {drift.n}"
    for pair in seen.likenesses:
        if pair.suspect:
            same, together = pair.same, pair.together
            yield (
                f"Cần xem {pair.one} và {pair.other}: {same.count}/{same.n} bài trùng mọi mức, "
                f"{together.count}/{together.n} bài chấm cùng lúc"
            )


def _of_waiting(seen: Overview) -> Iterator[str]:
    for aside in seen.handed:
        row = aside.allocation
        yield f"{row.code}, câu {row.item}: {row.marker} chuyển trưởng ban: {aside.reason}"
    for item, code in seen.unplaced:
        yield f"{code}, câu {item}: chưa có đủ hai giám khảo"
    for item, code in seen.without_third:
        yield f"{code}, câu {item}: lệch điểm, chưa có giám khảo thứ ba"
    for (item, code), marker in seen.in_conflict:
        yield f"{code}, câu {item}: {marker} đã chấm và có xung đột lợi ích"
