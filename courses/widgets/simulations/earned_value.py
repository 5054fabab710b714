"""The QL5 simulation: what the project has earned, and when it ends if events happen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from courses.foundation.numerals import vietnamese
from courses.models import critical_path as path
from courses.models import earned_value as model
from courses.widgets.controls import SliderBox, chart, table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DEADLINE = 34
_KEYS = ("Công việc", "Kế hoạch (tuần)", "Dự báo (tuần)", "Dự trữ còn (tuần)", "Đường găng")
_ALT = "Biểu đồ thanh: kế hoạch, dự báo và đường găng của từng công việc; số liệu ở bảng dưới."


def view() -> widgets.Widget:
    """Four controls; below them the figures of the week, the bars of the plan and their table."""
    done = SliderBox(label="Phần mềm đã nghiệm thu (%)", value=25, min=0, max=60, step=5)
    cost = SliderBox(label="AC đến tuần 16 (triệu đồng)", value=5000, min=4000, max=7000, step=100)
    late = SliderBox(label="Hạ tầng về chậm thêm (tuần)", value=0, min=0, max=10, step=1)
    change = SliderBox(label="Yêu cầu thay đổi: việc thêm (tuần)", value=0, min=0, max=6, step=1)
    controls, screen = (done, cost, late, change), widgets.VBox()

    def redraw(_: Any = None) -> None:
        happens = {"supplier_late": late.value, "change_weeks": change.value}
        project = model.scenario(software_done=done.value / 100, actual=cost.value, **happens)
        screen.children = _screen(project)

    for control in controls:
        control.observe(redraw, "value")
    redraw()
    return widgets.VBox([*controls, screen])


def _screen(project: tuple[path.Activity, ...]) -> list[widgets.Widget]:
    plan, now = path.baseline(model.PROJECT), path.schedule(project, model.TODAY)
    s, end = model.status(project, model.TODAY), path.end_week(project, model.TODAY)
    money = (s.budget, s.planned, s.earned, s.actual, s.forecast_at_trend)
    shares = (s.cpi, s.spi, s.to_complete())
    figures = [vietnamese(x, 0) for x in money] + [vietnamese(x, 3) for x in shares]
    heads = ("Cuối tuần", "BAC", "PV", "EV", "AC", "EAC theo đà", "CPI", "SPI", "TCPI")
    rescue = path.cheapest_crash(project, _DEADLINE, model.TODAY)
    title = f"Dự báo xong tuần {vietnamese(end, 1)}; hạn {_DEADLINE}. {_rescue(project, rescue)}"
    rows = [_row(a, plan.get(a.code), now[a.code]) for a in project]
    return [
        table(heads, [[model.TODAY, *figures]], "Giá trị thu được (triệu đồng; dữ liệu mô phỏng)"),
        chart(lambda axes: _draw(axes, project, plan, now), _ALT),
        table(_KEYS, rows, title),
    ]


def _rescue(project: tuple[path.Activity, ...], weeks: dict[str, int] | None) -> str:
    if weeks is None:
        return "Rút ngắn hết mức cũng không kịp hạn"
    price = sum(a.premium for a in path.crash(project, weeks))
    parts = [f"{code} {n} tuần" for code, n in weeks.items()] or ["không cần"]
    return f"Rút ngắn rẻ nhất để kịp: {', '.join(parts)} ({vietnamese(price, 0)} triệu đồng)"


def _row(activity: path.Activity, plan: path.Timing | None, now: path.Timing) -> tuple[str, ...]:
    cells = [
        f"{vietnamese(t.start, 1)}–{vietnamese(t.finish, 1)}" if t else "" for t in (plan, now)
    ]
    name = f"{activity.code}. {activity.name}"
    if activity.done == 1:
        return (name, cells[0], "đã xong", "", "")
    return (name, *cells, vietnamese(now.slack, 1), "có" if now.critical else "không")


def _draw(axes: Axes, project: Any, plan: Any, now: Any) -> None:
    # Okabe-Ito orange with hatching against sky blue, so that nothing depends on colour alone.
    for a in project:
        name, t, p = f"{a.code}. {a.name}", now[a.code], plan.get(a.code, path.Timing(0, 0, 0))
        axes.barh(name, p.finish - p.start, 0.8, p.start, facecolor="none", edgecolor="#555555")
        if a.done < 1:
            colour, hatch = ("#E69F00", "//") if t.critical else ("#56B4E9", "")
            bar = axes.barh(name, a.remaining, 0.4, t.start, color=colour, hatch=hatch, ec="k")
            axes.bar_label(bar, ["găng" if t.critical else ""], padding=2, fontsize=8)
    for week, line, text in ((model.TODAY, ":", "hôm nay"), (_DEADLINE, "--", "hạn")):
        axes.axvline(week, color="black", linestyle=line)
        axes.text(week, -0.5, f" {text}", fontsize=8)
    axes.set(xlim=(0, 46), xlabel="Tuần kể từ khởi công (khung: kế hoạch; thanh đặc: dự báo)")
    axes.invert_yaxis()
