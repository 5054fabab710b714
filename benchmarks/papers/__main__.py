"""``python -m benchmarks.papers``: write ``benchmarks/papers/results.md``, in about two minutes."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

from assessments.bank.bank import read_bank
from assessments.forms.blueprint import read_blueprint
from assessments.forms.drawing import FIRST, draw_forms
from benchmarks.papers.players import gained, guessed
from benchmarks.papers.reliability import CUTS, Found, World, drawn, measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assessments.bank.bank import Bank
    from assessments.bank.item import Item
    from assessments.forms.blueprint import Blueprint

RESULTS = Path(__file__).with_name("results.md")
_FORMS, _PEOPLE = 80, 1000
_NAIVE_DRAWS, _IN_A_ROW = 6, 6
_AUDITS = (4, 8, 10, 13)  # the last is what the paper has
_WORLDS = {
    "như trên": World(),
    "độ khó các câu gần nhau (SD 0,3)": replace(World(), items=0.3),
    "độ khó các câu xa nhau (SD 1,0)": replace(World(), items=1.0),
    "ý trong một câu gắn chặt (SD 1,0)": replace(World(), bound=1.0),
    "ý trong một câu rời nhau (SD 0,3)": replace(World(), bound=0.3),
}
_PAGE = """# Đề thi quyết định chắc đến đâu

Trang này do `python -m benchmarks.papers` viết ra; không sửa tay. Chưa có kỳ thi thật nào, nên
mọi số dưới đây là **mô phỏng**: năng lực thí sinh và độ khó câu hỏi là giả định, đề là đề thật
rút từ ngân hàng. Phần trả lời, chấm, độ tin cậy và nhất quán tính bằng mã riêng, không dùng mã
của hệ thống.

Giả định: năng lực (logit) quanh đúng điểm cắt, độ lệch chuẩn 1, tương quan giữa hai năng lực 0,8;
độ khó theo mức (hiểu −0,5; vận dụng 0; phân tích +0,5) cộng phần riêng của câu, SD 0,6; các ý của
một câu gắn với nhau, SD 0,7; người không biết thì đoán. Mỗi dòng: {forms} đề, {people} người mỗi
cặp đề.

## Độ tin cậy và nhất quán

{reliability}

- *Độ tin cậy*: tương quan điểm của hai đề ở hai kỳ khác nhau, cùng người làm. Mục tiêu 0,80.
- *Sai số chuẩn*: độ lệch chuẩn điểm của người có năng lực đúng điểm cắt, theo thang điểm.
- *Cùng kết luận*: hai đề cùng cho đạt hoặc cùng cho chưa đạt; “−1 SD”, “+1 SD” là người cách điểm
  cắt một độ lệch chuẩn, mục tiêu 0,90; “quanh điểm cắt” là cả nhóm có trung bình đúng điểm cắt.
  Với nhóm ấy, hai điểm tương quan 0,80 thì cùng kết luận 0,80 (1/2 + arcsin r / π); muốn 0,90
  phải có độ tin cậy 0,95, tức đề dài gấp gần năm lần.
- *Trái hẳn*: trong nhóm ấy, đề này cho đạt mà đề kia cho thấp hơn điểm cắt quá một sai số chuẩn,
  nên không vào diện xem xét lại.

## Nếu giả định khác đi

{worlds}

## Bài tổng hợp cần bao nhiêu câu soát

Một hồ sơ để viết và số câu soát; dòng cuối là đề thật, các dòng trên bỏ bớt câu soát.

{capstone}

## Người không biết gì

Phần điểm trông đợi trung bình (lớn nhất) của {draws} lần rút, mọi biến thể; bài tự luận tính vào
thang và không có điểm. “Theo từ ngữ, độ dài của câu khác” biết đáp án mọi câu của các năng lực khác
và học từ đó từ ngữ, độ dài nào hay đúng. Giới hạn ở ma trận đề: 0,20 mỗi đề.

{naive}

## Người thuộc đáp án cũ

Phần điểm hơn người đoán, ở từng kỳ trong {row} kỳ liền nhau (lớn nhất trong các đề của kỳ), nếu
thuộc lời mọi câu, mọi biến thể của **tất cả** đề đã dùng; trong ngoặc: nếu thuộc **một** đề đã
dùng, đề có lợi nhất. Lời nào từng đúng ở biến thể này, sai ở biến thể khác thì người thuộc tin
điều gặp nhiều hơn. Giới hạn ở ma trận đề: 0,10 mỗi đề, tính trước khi rút trên những biến thể khác.

{memory}

"""


def main() -> None:
    """Measure and write."""
    bank, blueprint = read_bank(), read_blueprint()
    forms = {plan.code: drawn(plan.code, blueprint, bank, _FORMS) for plan in blueprint.papers}
    text = _PAGE.format(
        forms=_FORMS,
        people=_PEOPLE,
        draws=_NAIVE_DRAWS,
        row=_IN_A_ROW,
        reliability=_reliability(forms, blueprint, bank),
        worlds=_worlds(forms, bank),
        capstone=_capstone(forms["CAP"], bank),
        naive=_naive(blueprint, bank),
        memory=_memory(blueprint, bank),
    )
    RESULTS.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _two(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def _three(value: float) -> str:
    return f"{value:.3f}".replace(".", ",")


def _figures(found: Found) -> list[str]:
    return [_three(found.reliability), _three(found.sem), *map(_two, (found.below, found.above))]


def _reliability(forms: dict[str, list[list[Item]]], blueprint: Blueprint, bank: Bank) -> str:
    rows = []
    for code, drawings in forms.items():
        found = measure(drawings, CUTS[code], bank.rubrics, _PEOPLE, World())
        shape = [code, str(len(drawings[0])), str(blueprint.paper(code).minutes)]
        whole = map(_two, (found.around, found.kappa, found.opposed))
        rows.append([*shape, *_figures(found), *whole])
    head = ["Bài", "câu", "phút", "độ tin cậy", "sai số chuẩn", "cùng kết luận, −1 SD", "+1 SD"]
    return _table([*head, "quanh điểm cắt", "kappa", "trái hẳn"], rows)


def _worlds(forms: dict[str, list[list[Item]]], bank: Bank) -> str:
    rows = []
    for name, world in _WORLDS.items():
        row = [name]
        for code, drawings in forms.items():
            found = measure(drawings[: _FORMS // 2], CUTS[code], bank.rubrics, _PEOPLE, world)
            worse = min(found.below, found.above)
            row.append(f"{_two(found.reliability)} · {_two(worse)}")
        rows.append(row)
    return _table(["độ tin cậy · cùng kết luận (bên thấp hơn)", *forms], rows)


def _capstone(forms: list[list[Item]], bank: Bank) -> str:
    rows = []
    for audits in _AUDITS:
        shorter = [_shortened(form, audits) for form in forms]
        found = measure(shorter, CUTS["CAP"], bank.rubrics, _PEOPLE, World())
        minutes = max(sum(item.minutes for item in form) for form in shorter)
        rows.append([str(audits), f"{minutes.normalize():f}", *_figures(found)])
    head = ["câu soát", "phút của người ra đề", "độ tin cậy", "sai số chuẩn", "−1 SD", "+1 SD"]
    return _table(head, rows)


def _shortened(form: list[Item], audits: int) -> list[Item]:
    """The essay of a form and so many of its audits."""
    kept = [item for item in form if item.rubric is None][:audits]
    return kept + [item for item in form if item.rubric]


def _naive(blueprint: Blueprint, bank: Bank) -> str:
    shares: dict[str, dict[str, list[float]]] = {}
    for plan in blueprint.papers:
        for draw in range(_NAIVE_DRAWS):
            for form in draw_forms(blueprint, plan.code, bank, f"đoán {draw}"):
                for name, share in guessed(form, bank).items():
                    shares.setdefault(name, {}).setdefault(plan.code, []).append(share)
    rows = [
        [name, *(f"{_two(fmean(found))} ({_two(max(found))})" for found in by_paper.values())]
        for name, by_paper in shares.items()
    ]
    return _table(["Người chơi", *(plan.code for plan in blueprint.papers)], rows)


def _memory(blueprint: Blueprint, bank: Bank) -> str:
    rows = [[plan.code, *_gains(blueprint, plan.code, bank)] for plan in blueprint.papers]
    return _table(["Bài", *(f"kỳ {number}" for number in range(2, _IN_A_ROW + 1))], rows)


def _gains(blueprint: Blueprint, code: str, bank: Bank) -> list[str]:
    history, earlier, gains = FIRST, [], []
    for sitting in range(_IN_A_ROW):
        forms = draw_forms(blueprint, code, bank, f"dự báo/{sitting}", history)
        if earlier:
            everything = max(gained(form, earlier) for form in forms)
            one = max(gained(form, [before]) for form in forms for before in earlier)
            gains.append(f"{_two(everything)} ({_two(one)})")
        earlier += forms
        history = history.after([frozenset(item.id for item in form.items) for form in forms])
    return gains


if __name__ == "__main__":
    main()
