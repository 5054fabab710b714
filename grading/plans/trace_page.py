"""The chain of a plan as a page by itself: a graph, the same in words, and the table beside it."""

from __future__ import annotations

import textwrap
from html import escape
from typing import TYPE_CHECKING

from courses.plans.tracing import HEADINGS, graph, rows, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from courses.plans.plan import FiveYearPlan
    from courses.plans.tracing import Node

_WIDTH, _GAP, _LINE, _SPACE = 220, 70, 17, 14
_LETTERS = 32  # of a line in a box
_TITLES = ("III. Mục tiêu, VI. Lộ trình", "IV. Nội dung", "VII. Kinh phí", "VIII. Dự án")
_INK, _BAD = "#173f7a", "#9b1c1c"

_PAGE = """<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 "Times New Roman", "Liberation Serif", serif; color: #1d2330;
  max-width: 76rem; margin: 0 auto; padding: 1rem; }}
.wide {{ overflow-x: auto; }}
svg {{ max-width: none; height: auto; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ border: 1px solid #8a94a3; padding: .3rem .5rem; text-align: left; vertical-align: top; }}
.bad {{ color: #9b1c1c; font-weight: 700; }}
@media print {{
  @page {{ size: A4 landscape; margin: 15mm; }}
  svg {{ max-width: 100%; }}
  .wide {{ overflow: visible; }}
  tr {{ break-inside: avoid; }}
}}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{verdict}</p>
<h2 id="do-thi">Đồ thị</h2>
<div class="wide" role="region" aria-labelledby="do-thi" tabindex="0">{svg}</div>
<h2 id="bang">Bảng</h2>
<div class="wide" role="region" aria-labelledby="bang" tabindex="0"><table>
<thead><tr>{head}</tr></thead>
<tbody>{body}</tbody>
</table></div>
<h2>Bằng lời</h2>
<ul>{words}</ul>
</body>
</html>
"""


def trace_page(plan: FiveYearPlan) -> str:
    """A page of HTML that needs no other file."""
    found = rows(plan)
    broken = sum(row[-1] != "–" for row in found)
    verdict = f"{broken} mục tiêu còn thiếu mắt xích." if broken else "Mọi mục tiêu truy được đủ."
    return _PAGE.format(
        title=escape(f"Truy vết mục tiêu III → IV, VI, VII, VIII: {plan.frame.unit}"),
        verdict=verdict,
        svg=trace_graph(plan),
        head="".join(f'<th scope="col">{escape(one)}</th>' for one in HEADINGS),
        body="".join(map(_line, found)),
        words="".join(f"<li>{escape(line)}</li>" for line in told(plan)),
    )


def _line(row: tuple[str, ...]) -> str:
    goal, *cells, missing = row
    last = f'<td class="bad">{escape(missing)}</td>' if missing != "–" else "<td>–</td>"
    middle = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr><th scope="row">{escape(goal)}</th>{middle}{last}</tr>'


def trace_graph(plan: FiveYearPlan) -> str:
    """The graph as SVG, with its text alternative; what is missing is said in words and dashed."""
    drawn = graph(plan)
    places: dict[tuple[str, str], tuple[int, int, int]] = {}
    boxes: list[str] = []
    bottom = 0
    for at, (title, column) in enumerate(zip(_TITLES, drawn.columns, strict=True)):
        x, y = at * (_WIDTH + _GAP) + 10, 24
        boxes.append(f'<text x="{x}" y="{y - 8}" font-weight="bold">{title}</text>')
        for node in column:
            lines = tuple(_wrapped(node))
            height = _LINE * len(lines) + 10
            places[node.section, node.code] = x, y, height
            boxes.append(_box(x, y, height, lines, broken=bool(node.missing)))
            y += height + _SPACE
        bottom = max(bottom, y)
    width = len(_TITLES) * (_WIDTH + _GAP) - _GAP + 20
    edges = "".join(_edge(places[a], places[b]) for a, b in drawn.links)
    alternative = escape(" ".join(told(plan)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t d" '
        f'viewBox="0 0 {width} {bottom}" width="{width}" height="{bottom}" font-size="13" '
        f'font-family="Times New Roman, Liberation Serif, serif">'
        f'<title id="t">Đồ thị truy vết</title><desc id="d">{alternative}</desc>'
        f"{edges}{''.join(boxes)}</svg>"
    )


def _wrapped(node: Node) -> Iterator[str]:
    for line in node.lines:
        yield from textwrap.wrap(line, _LETTERS)
    if node.missing:
        yield f"THIẾU: {node.missing}"


def _box(x: int, y: int, height: int, lines: tuple[str, ...], *, broken: bool) -> str:
    look = f'stroke="{_BAD}" stroke-width="3" stroke-dasharray="6 3"' if broken else _SOUND
    texts = "".join(
        f'<text x="{x + 8}" y="{y + 4 + _LINE * n}"{_mark(line)}>{escape(line)}</text>'
        for n, line in enumerate(lines, start=1)
    )
    return f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{height}" fill="#fff" {look}/>{texts}'


_SOUND = f'stroke="{_INK}" stroke-width="1.2"'


def _mark(line: str) -> str:
    return f' fill="{_BAD}" font-weight="bold"' if line.startswith("THIẾU") else ""


def _edge(start: tuple[int, int, int], end: tuple[int, int, int]) -> str:
    (x, y, height), (x2, y2, height2) = start, end
    begin, finish, half = x + _WIDTH, x2, _GAP // 2
    a, b = y + height // 2, y2 + height2 // 2
    curve = f"M{begin} {a} C{begin + half} {a} {finish - half} {b} {finish} {b}"
    return f'<path d="{curve}" fill="none" stroke="#8a94a3" stroke-width="1.4"/>'
