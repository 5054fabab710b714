"""Sentences drawn from the figures: what they say, and no more than they can carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grading.reports.figures import FUNNEL_LEVELS
from grading.reports.model import Paragraph, Percent
from grading.reports.tables import outside
from grading.reports.wording import percent, rate_text

if TYPE_CHECKING:
    from grading.reports.cohort import CohortReport
    from grading.reports.figures import AreaResult

_WIDE = 0.2  # an interval this wide is worth a warning


def findings(report: CohortReport) -> tuple[Paragraph, ...]:
    """What the figures show, a sentence or two each."""
    texts = (_overall(report), *_areas(report), *_competencies(report))
    return (*(Paragraph(text, "item") for text in texts), _agencies(report))


def proposals(report: CohortReport) -> tuple[Paragraph, ...]:
    """What is asked for, only as far as the figures call for it."""
    pending = report.first.pending + report.again.pending
    texts = []
    if pending:
        texts.append(
            "Hoàn tất việc xem xét, chấm hoặc tổ chức thi bổ sung đối với người chưa có kết luận, "
            "trừ trường hợp kết quả không hợp lệ, trước khi báo cáo tiếp theo cập nhật tỷ lệ đạt."
        )
    lowest = _lowest(report)
    if lowest:
        texts.append(
            f"Đơn vị đào tạo rà soát bài học và câu hỏi của lĩnh vực {lowest.name} trước khoá sau; "
            "việc rà soát nhằm kiểm tra cả nội dung đào tạo lẫn chất lượng câu hỏi."
        )
    texts.append(
        "Không dùng số liệu của báo cáo này để xếp hạng cơ quan hoặc để đánh giá cá nhân; kết quả "
        "của từng người được thông báo riêng cho người đó."
    )
    return tuple(Paragraph(text, "item") for text in texts)


def _overall(report: CohortReport) -> str:
    rate = report.first.rate
    if rate.interval is None:
        return f"Tỷ lệ đạt của người thi lần đầu: {rate_text(rate)}."
    text = f"Người thi lần đầu đã có kết luận: đạt {rate_text(rate)}."
    low, high = rate.interval
    if high - low > _WIDE:
        text += (
            f" Khoảng tin cậy rộng hơn {round(_WIDE * 100)} điểm phần trăm, nên con số này chưa đủ "
            "căn cứ để so sánh với đợt khác."
        )
    return text


def _areas(report: CohortReport) -> list[str]:
    lowest = _lowest(report)
    if lowest is None or lowest.first.interval is None:
        return []
    others = [a for a in report.areas if a.first.interval and a.code != lowest.code]
    apart = all(a.first.interval and lowest.first.interval[1] < a.first.interval[0] for a in others)
    text = f"Lĩnh vực có tỷ lệ đạt thấp nhất là {lowest.name}: {rate_text(lowest.first)}."
    if others and not apart:
        text += (
            " Khoảng tin cậy chồng lên khoảng của lĩnh vực khác, nên chưa đủ căn cứ kết luận rằng "
            "lĩnh vực này thực sự khó hơn."
        )
    return [text]


def _lowest(report: CohortReport) -> AreaResult | None:
    """The area of the lowest rate; none when fewer than two rates, or all alike, are printed."""
    rated = [area for area in report.areas if area.first.share is not None]
    if len({area.first.share for area in rated}) < 2:  # noqa: PLR2004 — lowest of at least two
        return None
    return min(rated, key=lambda area: area.first.share or 0.0)


def _competencies(report: CohortReport) -> list[str]:
    known = [(row.total.value, row) for row in report.competencies if row.total.value is not None]
    if len(known) < 2:  # noqa: PLR2004 — lowest of at least two
        return []
    value, row = min(known, key=lambda pair: pair[0])
    return [
        (
            f"Năng lực có điểm trung bình thấp nhất là {row.code} – {row.name} "
            f"({percent(value)}, n = {row.total.n}). Điểm trung bình giữa các năng lực còn phụ "
            "thuộc độ khó của câu hỏi, nên chỉ dùng để gợi ý nội dung cần rà soát."
        )
    ]


def _agencies(report: CohortReport) -> Paragraph:
    funnel = report.funnel
    if not funnel.told or funnel.centre.share is None:
        return Paragraph(
            "Số người của từng cơ quan hoặc nhóm cơ quan chưa cho phép nêu tỷ lệ đạt riêng; báo "
            "cáo không nhận xét về cơ quan nào.",
            "item",
        )
    beyond = [at for p in funnel.told if isinstance(at := outside(p, funnel.centre), Percent)]
    far = beyond.count(Percent.of(max(FUNNEL_LEVELS)))
    numbers = (len(funnel.told), len(beyond), far)
    return Paragraph(_beyond(*numbers), "item", derived=numbers)


def _beyond(points: int, beyond: int, far: int) -> str:
    count = f"{points} cơ quan hoặc nhóm cơ quan được in"
    if not beyond:
        return (
            f"Cả {count} đều nằm trong giới hạn 95 %: chênh lệch giữa các cơ quan có thể chỉ do "
            "ngẫu nhiên."
        )
    text = (
        f"Trong {count}, {beyond} nằm ngoài giới hạn 95 %; {far or 'không nhóm nào'} nằm ngoài "
        "giới hạn 99,8 %. Chỉ do ngẫu nhiên, trung bình cứ 20 điểm có một điểm nằm ngoài giới "
        "hạn 95 %, nên chưa kết luận về cơ quan nào."
    )
    return f"{text} Điểm nằm ngoài giới hạn 99,8 % cần được tìm hiểu nguyên nhân." if far else text
