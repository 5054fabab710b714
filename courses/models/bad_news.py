"""Whether a warning reaches the one who decides, and what it costs when it does not.

A warning starts at the bottom and climbs ``levels`` superiors; each passes it on with the same
probability p, independently of the others, and a direct line catches it independently of them
all. Known early a fault costs little, unknown much. Probabilities lie in [0, 1], money is in
triệu đồng. p and the factors of conduct are illustrative, not measured.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from courses.foundation.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Line:
    """How news travels: levels to climb, chance that one passes it on, chance of a direct line.

    Raises:
        ContentError: unless there is a level and both chances are probabilities.
    """

    levels: int
    pass_on: float
    direct: float = 0.0

    def __post_init__(self) -> None:
        if self.levels < 1:
            raise ContentError("tin phải qua ít nhất một cấp", key="levels")
        for name in ("pass_on", "direct"):
            if not 0 <= getattr(self, name) <= 1:
                raise ContentError("xác suất phải từ 0 đến 1", key=name)

    @property
    def through_levels(self) -> float:
        """Chance that every level passes the warning on, p^n."""
        return self.pass_on**self.levels

    @property
    def arrives(self) -> float:
        """Chance that the warning arrives one way or the other, 1 − (1 − pⁿ)(1 − d)."""
        return 1 - (1 - self.through_levels) * (1 - self.direct)


@dataclass(frozen=True)
class Stakes:
    """What one fault costs, in triệu đồng, when it is known early and when it is not."""

    known: float
    unknown: float

    def expected(self, line: Line) -> float:
        """Expected cost of one fault, in triệu đồng."""
        return line.arrives * self.known + (1 - line.arrives) * self.unknown

    def worth_of_direct_line(self, line: Line) -> float:
        """How much the direct line of ``line`` saves on one fault, in triệu đồng."""
        return self.expected(replace(line, direct=0.0)) - self.expected(line)


@dataclass(frozen=True)
class Reaction:
    """What a leader does on hearing bad news, and what it does to those who watch.

    ``factor`` multiplies the reluctance 1 − p of every level: 2 after a scolding, ½ after
    public thanks. ``direct`` is the chance of a direct line that the reaction opens.
    """

    text: str
    factor: float
    direct: float = 0.0


@dataclass(frozen=True)
class Scene:
    """A moment in which bad news is brought, and the reactions to choose from."""

    title: str
    situation: str
    reactions: tuple[Reaction, ...]


def after(line: Line, reactions: Iterable[Reaction]) -> Line:
    """The line after the reactions, in their order; reluctance never exceeds certainty.

    A direct line once opened stays; the best one counts.
    """
    for reaction in reactions:
        reluctance = min(1.0, (1 - line.pass_on) * reaction.factor)
        line = replace(line, pass_on=1 - reluctance, direct=max(line.direct, reaction.direct))
    return line


OFFICE = Line(levels=3, pass_on=0.8)
"""The simulated office of the lesson KM1 before the leader has reacted to anything."""
FAULT = Stakes(known=300, unknown=2000)
"""What the simulated fault of the lesson costs, in triệu đồng."""
SCENES = (
    Scene(
        "Thứ Hai, giao ban",
        "Chuyên viên Thảo báo: bản sao lưu đêm thứ Bảy không chạy, em phát hiện muộn một ngày.",
        (
            Reaction("Hỏi trước mọi người vì sao để muộn một ngày mới biết", 2),
            Reaction("Cảm ơn Thảo trước mọi người, hỏi cần gì để chạy lại trong hôm nay", 0.5),
            Reaction("Ghi nhận, chuyển sang nội dung tiếp theo của giao ban", 1),
        ),
    ),
    Scene(
        "Thứ Ba, phòng riêng",
        "Trưởng phòng Hùng báo: số liệu anh/chị đã ký gửi UBND tỉnh sai hai xã.",
        (
            Reaction("Tự ký văn bản đính chính, nói rõ lỗi do mình ký chưa đối chiếu", 0.75),
            Reaction("Yêu cầu Hùng giải trình bằng văn bản trước khi tính việc đính chính", 1.5),
            Reaction("Để lần báo cáo sau điều chỉnh, tránh làm to chuyện", 1.25),
        ),
    ),
    Scene(
        "Thứ Năm, điện thoại",
        "Nhà thầu báo thẳng cho anh/chị một lỗi mà phòng chuyên môn biết từ hai tuần trước.",
        (
            Reaction("Gọi cả phòng lên phê bình vì để người ngoài báo trước", 2),
            Reaction("Hỏi riêng phòng điều gì làm họ chưa báo, rồi bỏ rào cản đó", 0.75),
            Reaction("Yêu cầu từ nay mọi báo cáo phải qua trưởng phòng duyệt", 1.25),
        ),
    ),
    Scene(
        "Thứ Sáu, cuối tuần",
        "Anh/chị có một giờ để đặt nếp cho tháng sau.",
        (
            Reaction(
                "Mở giờ tiếp trực tiếp hằng tuần, ai báo lỗi của mình trước thì không bị phạt",
                1,
                0.5,
            ),
            Reaction("Ban hành quy định xử lý nghiêm người báo cáo chậm", 1.25),
            Reaction("Giao ban thêm một lần mỗi tuần, trưởng phòng báo cáo lần lượt", 1),
        ),
    ),
)
"""The four scenes of the lesson: conduct moves p, and p is shown only at the end."""
