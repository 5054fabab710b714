"""The graph of a plan's chain shows what is there, names what is not, and says it in words too."""

import random
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from courses.models import traceability
from courses.plans.drafts import clean_plan
from courses.plans.families import the_families
from courses.plans.plan import chain
from courses.plans.tracing import graph, rows, told
from grading.plans.trace_page import trace_graph, trace_page

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def plan():
    return clean_plan(the_families()["bo-nganh-doc"], random.Random(5))  # noqa: S311 - no secret


def drawn(plan):
    return ET.fromstring(trace_graph(plan))  # noqa: S314 - our own


def test_every_row_of_the_plan_has_its_box_and_every_link_its_line(plan):
    found, picture = graph(plan), drawn(plan)
    names = [node.code for column in found.columns for node in column]
    assert len(picture.findall(f"{SVG}rect")) == len(names)
    assert len(picture.findall(f"{SVG}path")) == len(found.links) == len(set(found.links))
    boxes = {(node.section, node.code) for column in found.columns for node in column}
    assert {end for link in found.links for end in link} <= boxes


def test_what_is_missing_stands_in_graph_table_and_words_as_the_check_finds_it(plan):
    goal = plan.goals[0]
    lost = replace(plan, costs=tuple(c for c in plan.costs if c.content not in goal.contents))
    found = {one.target.code: one.missing for one in traceability.orphans(chain(lost))}
    assert "VII" in found[goal.code]
    texts = [one.text for one in drawn(lost).iter(f"{SVG}text")]
    assert sum(text.startswith("THIẾU: ") for text in texts) == len(found)
    assert [row[0].partition(".")[0] for row in rows(lost) if row[-1] != "–"] == list(found)
    assert sum("thiếu mục" in line for line in told(lost)) == len(found)
    assert f"{len(found)} mục tiêu còn thiếu mắt xích" in trace_page(lost)


def test_the_graph_has_a_text_alternative_and_hostile_names_stay_text(plan):
    name = "<script>alert(1)</script>"
    hostile = replace(plan, goals=(replace(plan.goals[0], measure=name), *plan.goals[1:]))
    picture = drawn(hostile)
    assert picture.get("role") == "img"
    assert name in picture.find(f"{SVG}desc").text
    assert "<script" not in trace_page(hostile)
