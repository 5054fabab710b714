"""A plan as the administrative document that its head signs, after Nghị định 30/2020/NĐ-CP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from courses.plans import tracing
from courses.plans.checks import WHOLE
from courses.sources import the_sources
from grading.documents.administrative import Basis, Document, Heading, Signer, Table, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from courses.plans.plan import FiveYearPlan
    from grading.documents.administrative import Block


def plan_document(plan: FiveYearPlan, *, parent: str, place: str, is_demo: bool) -> Document:
    """The plan: bases and free texts in the body, its tables in the annex.

    Args:
        plan: as it stands; nothing is mended on the way.
        parent: the line above the issuer, empty when it has none.
        place: địa danh.
        is_demo: says on every page that the data are simulated.
    """
    frame = plan.frame
    return Document(
        issuer_parent=parent,
        issuer=frame.unit,
        symbol="…/KH-…",
        place=place,
        day=frame.signed_on,
        kind="KẾ HOẠCH",
        subject=f"Ứng dụng công nghệ thông tin giai đoạn {frame.first} - {frame.last}",
        blocks=tuple(_body(plan)),
        signers=(Signer(("THỦ TRƯỞNG CƠ QUAN",), ""),),
        recipients=("Các đơn vị trực thuộc", "Lưu: VT"),
        annex=tuple(_annex(plan)),
        is_demo=is_demo,
        wide_annex=True,
    )


def _body(plan: FiveYearPlan) -> Iterator[Block]:
    register = the_sources().by_id
    for basis in plan.bases:
        source = register.get(basis.source)
        yield Basis(f"Căn cứ {source.full_name if source else basis.source};")
    yield Heading("NỘI DUNG KẾ HOẠCH")
    for passage in plan.passages:
        yield Text(passage.text, lead=f"{passage.section}. {passage.row}.")
    for refusal in plan.refusals:
        yield Text(refusal.reason, lead=f"Không đưa vào Kế hoạch: {refusal.proposal}.")


def _annex(plan: FiveYearPlan) -> Iterator[Block]:
    yield Heading("PHỤ LỤC")
    for title, headings, rows, widths in _tables(plan):
        yield Heading(title)
        texts = tuple(tuple(str(cell) for cell in row) for row in rows)
        yield Table(headings, texts, widths)


_Sheet = tuple[str, tuple[str, ...], "Iterable[tuple[object, ...]]", tuple[float, ...]]


def _tables(plan: FiveYearPlan) -> Iterator[_Sheet]:
    years = tuple(range(plan.frame.first, plan.frame.last + 1))
    yield (
        "II. Dự án đã thực hiện",
        ("Mã", "Tên", "Mục tiêu", "Mức đầu tư", "Nguồn vốn", "Thời gian", "Hiệu quả"),
        ((p.code, p.name, p.aim, p.investment, p.source, p.period, p.result) for p in plan.past),
        (1, 3, 3, 1.5, 2, 1.5, 3),
    )
    yield (
        "III. Mục tiêu",
        ("Mã", "Mục tiêu", "Gốc", "Đích", "Năm", "Nguồn đo", "Báo số"),
        (
            (g.code, g.measure, f"{g.base} %", f"{g.target} %", g.year, g.data_source, g.owner)
            for g in plan.goals
        ),
        (1, 4, 1.2, 1.2, 1.2, 3, 2.5),
    )
    yield (
        "IV. Nội dung",
        ("Mã", "Nội dung", "Phạm vi", "Dùng lại", "Xây mới"),
        ((c.code, c.name, ", ".join(c.reaches), c.reuses, c.builds) for c in plan.contents),
        (1, 4, 2.5, 3, 2),
    )
    yield (
        "VI. Lộ trình (%)",
        ("Mã", *map(str, years)),
        ((g.code, *(dict(g.path).get(year, "") for year in years)) for g in plan.goals),
        (1,) * (1 + len(years)),
    )
    yield from _money(plan)
    yield (
        "Truy vết III → IV, VI, VII, VIII",
        tracing.HEADINGS,
        tracing.rows(plan),
        (4, 2, 1.8, 1.2, 2, 1.5),
    )
    yield (
        "VIII. Danh mục dự án",
        ("Mã", "Tên dự án", "Mục tiêu", "Thời gian", "Kinh phí (tỷ đồng)"),
        (
            (p.code, p.name, ", ".join(p.goals), f"{p.start} - {p.end}", p.cost)
            for p in plan.projects
        ),
        (1, 4, 2, 2, 2),
    )
    yield (
        "IX. Hiệu quả",
        ("Mã", "Mục tiêu", "Số lượt một năm", "Giờ đỡ mỗi lượt", "Giờ đỡ một năm"),
        (
            (
                b.code,
                b.goal,
                f"{vietnamese(b.volume, 0)} {b.what}",
                b.hours,
                vietnamese(b.stated, 0),
            )
            for b in plan.benefits
        ),
        (1, 1.5, 3, 2, 2),
    )


def _money(plan: FiveYearPlan) -> Iterator[_Sheet]:
    """Section VII by each of its dimensions, with the sums as the plan states them."""
    said = plan.totals
    names = {content.code: content.name for content in plan.contents}
    yield (
        "VII. Kinh phí theo nội dung",
        ("Mã", "Nội dung", "Tỷ đồng"),
        [
            *((code, names.get(code, ""), amount) for code, amount in said.contents.items()),
            (WHOLE, "", said.whole),
        ],
        (1, 5, 1.5),
    )
    for title, sums in (("nguồn", said.sources), ("năm", said.years)):
        rows = [*sums.items(), (WHOLE, said.whole)]
        yield f"VII. Kinh phí theo {title}", (title.capitalize(), "Tỷ đồng"), rows, (3, 1)
