"""The page on which the validation is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from benchmarks.validation.policy_errors import PEOPLE

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping, Sequence

    from benchmarks.validation.draws import Draw
    from benchmarks.validation.tally import Tallies, Tally

ATTACK = "## Tấn công vào mọi công bố"
_DECIMAL, _COMMA = re.compile(r"(\d)\.(\d)"), r"\1,\2"
_INTRODUCTION = """# Kiểm chứng phép đo

Trang này do `make validation` (`python -m benchmarks.validation`) viết ra; không sửa tay. Mọi
kỳ thi dưới đây là mô phỏng có số khởi tạo cố định, nên biết trước giá trị đúng. **Độ lệch** là
trung bình của (ước lượng − giá trị đúng), kèm sai số chuẩn của chính phép mô phỏng; **RMSE** là
sai số một lần ước lượng; **độ phủ** là tỷ lệ khoảng tin cậy 95 % chứa giá trị đúng. Độ phủ dưới
95 % quá hai sai số chuẩn được đánh dấu ▼: khoảng ấy hứa nhiều hơn nó có.

## Ước lượng và khoảng tin cậy
"""
_NOTES = """
Cách đọc:

- Alpha, KR-20 và alpha phân tầng là cận dưới của độ tin cậy khi các câu không tương đương; ở
  đây các câu cùng độ phân biệt nên độ lệch nhỏ. Điều đó không nói gì về đề có các ô phụ thuộc
  nhau.
- Giá trị đúng của quy đổi đề là quy đổi điểm thực theo tham số thật, hai nhóm cách nhau 0,3 độ
  lệch chuẩn. Tucker và bách phân vị giả định nhiều hơn Levine về hai nhóm, nên lệch khi nhóm
  khác nhau; Levine cũng lệch, ít hơn Tucker. Bách phân vị với nhóm tương đương thì không lệch.
- Khoảng của ICC(2,1) và ICC(2,k) chỉ gần đúng với 6 người chấm.
- Khoảng của điểm chuẩn Angoff dùng phân vị t; SE đứng một mình (± 1,96) phủ kém hơn với 10
  người.
- Khoảng của kappa là mẫu lớn, của Fleiss tính dưới giả thuyết kappa = 0: với 60 bài nó chỉ gần
  đúng.
- “năng lực từng người” có giá trị đúng là năng lực mô phỏng; 12 câu cho sai số lớn, và đó là
  thật.
"""


def simulated(tallies: Sequence[tuple[Draw, Tallies]], errors: Counter[str], sittings: int) -> str:
    """The page but for the attack."""
    tables = "\n".join(_table(draw, found) for draw, found in tallies)
    return f"{_INTRODUCTION}\n{tables}{_NOTES}\n{_policy(errors, sittings)}\n"


def _table(draw: Draw, found: Tallies) -> str:
    title, _, times = draw
    rows = "\n".join(_row(name, tally) for name, tally in found.items())
    return (
        f"### {title} ({_whole(times)} lần)\n\n"
        "| số liệu | giá trị đúng | độ lệch | RMSE | độ phủ 95 % |\n"
        f"| --- | --- | --- | --- | --- |\n{rows}\n"
    )


def _row(name: str, tally: Tally) -> str:
    truths = {round(truth, 3) for truth in tally.truths}
    truth = _number(truths.pop(), 3) if len(truths) == 1 else "thay đổi"
    bias, error = tally.bias
    return (
        f"| {_DECIMAL.sub(_COMMA, name)} | {truth} | {_number(bias, 4)} ± {_number(error, 4)} "
        f"| {_number(tally.rmse, 3)} | {_coverage(tally)} |"
    )


def _coverage(tally: Tally) -> str:
    if tally.coverage is None:
        return "–"
    share, error = tally.coverage
    mark = " ▼" if share + 2 * error < 0.95 else ""  # noqa: PLR2004 — nominal
    return f"{_number(100 * share, 1)} % ± {_number(100 * error, 1)}{mark}"


def _policy(errors: Counter[str], sittings: int) -> str:
    rows = []
    for kind, name in (("đủ", "đủ năng lực"), ("chưa đủ", "chưa đủ năng lực")):
        people = errors[f"{kind}|người"]
        for when in ("lần đầu", "sau thi lại"):
            cells = [
                _share(errors[f"{kind}|{when}|{s}"], people) for s in ("PASS", "REVIEW", "FAIL")
            ]
            rows.append(f"| {name} (n = {_whole(people)}) | {when} | {' | '.join(cells)} |")
    lines = "\n".join(rows)
    return f"""## Chính sách mặc định: đạt nhầm và trượt nhầm

{_whole(sittings)} kỳ thi, mỗi kỳ {PEOPLE} người, xét bằng chính `decide` và chính sách đang có
hiệu lực. Mỗi lĩnh vực 72 câu 0/1, bài tổng hợp có sai số chuẩn 5 % thang điểm, năng lực các
lĩnh vực tương quan 0,7. “Đủ năng lực” là điểm thực từ điểm cắt trở lên ở mọi lĩnh vực và từ
điểm sàn ở KT1. Người không đạt thi lại lĩnh vực chưa đạt, đề tương đương, tối đa ba lần, năng
lực không đổi (không học thêm: trường hợp xấu nhất cho đạt nhầm). “Xem xét” giữ nguyên, vì hội
đồng kết luận theo minh chứng mà mô phỏng không có; đạt nhầm nằm giữa cột Đạt và tổng hai cột
đầu.

| điểm thực | khi nào | Đạt | Xem xét | Chưa đạt |
| --- | --- | --- | --- | --- |
{lines}

Người đủ năng lực mà “Chưa đạt” là trượt nhầm; người chưa đủ mà “Đạt” là đạt nhầm. Thi lại giảm
trượt nhầm và tăng đạt nhầm: giữ điểm đạt từng lĩnh vực là lấy điểm tốt nhất của nhiều lần đo.
"""


def attacked(found: Mapping[int, str]) -> str:
    """What came of the attack on publication histories, by seed; nothing where nothing told."""
    broken = [f"{seed} ({names})" for seed, names in sorted(found.items()) if names]
    result = (
        f"bị lộ ở {len(broken)}: {', '.join(broken)}"
        if broken
        else "không lịch sử nào để lộ kết quả của ai"
    )
    return f"""{ATTACK}

{_whole(len(found))} lịch sử công bố ngẫu nhiên (số khởi tạo tới {_whole(max(found, default=0))})
của hai kỳ liền nhau, có người thi lại: báo cáo đợt trước và sau xem xét, báo cáo nửa năm và năm,
gói số liệu chuyển ra ngoài, sổ gốc. Mọi thứ đi qua chính phép xét của trung tâm. Người ngoài dùng
quy hoạch nguyên trên tất cả những gì đã in (viết riêng trong `tests/two_sittings_reader.py`,
không dùng mã của phép xét), tìm kết quả của từng cơ quan, từng cặp cơ quan, người thi lại và người
mới, cả kỳ và từng lĩnh vực; rồi từng cơ quan, biết kết quả của người mình, tìm trong báo cáo và sổ
gốc nhóm người khác mà tất cả hoặc không ai đạt: {result}.
"""


def _share(part: int, whole: int) -> str:
    return f"{_number(100 * part / whole, 1)} %"


def _number(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace(".", ",").replace("-", "−")


def _whole(value: int) -> str:
    return f"{value:,}".replace(",", ".")
