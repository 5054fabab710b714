"""Nothing rests in silence on a text that has ended, is to come, or was looked up long ago."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from courses.law import binding_in_force, lint_citations, lint_register, rewrites
from courses.sources import Register, citations

PATH = Path("ql1-99.md")
TURN = date(2026, 7, 1)
EVE = TURN - timedelta(days=1)


def source(number, **more):
    return {
        "number": number,
        "kind": "Nghị định",
        "title": "Việc giả định",
        "issuer": "Chính phủ",
        "certainty": "cao",
        "read_at": "bản giả định",
        "status_as_of": EVE,
        **more,
    }


REGISTER = Register.model_validate(
    {
        "sources": [
            source("1/2007/NĐ-CP", in_force_to=TURN, replaced_by=["2/2026/NĐ-CP"]),
            source("2/2026/NĐ-CP", in_force_from=TURN, articles=["Điều 90 khoản 2"]),
            source("3/2023/QH15", kind="Luật", amended_by=["4/2026/QH16"]),
            source("4/2026/QH16", kind="Luật", in_force_from=date(2026, 9, 1)),
            source("5/BTTTT-X", kind="Công văn"),
        ]
    }
)


def codes(text, on):
    return [fault.code for fault in lint_citations(PATH, text, REGISTER, on)]


def test_a_text_cited_as_live_fails_from_the_day_it_has_ended():
    assert codes("[@1/2007/NĐ-CP]", EVE) == []
    assert codes("[@1/2007/NĐ-CP]", TURN) == ["ENDED"]


def test_a_text_named_as_history_may_have_ended():
    assert codes("[@1/2007/NĐ-CP|cũ] [@1/2007/NĐ-CP|tình trạng]", TURN) == []


def test_a_text_that_is_to_come_must_be_cited_as_coming():
    assert codes("[@2/2026/NĐ-CP]", EVE) == ["PENDING"]
    assert codes("[@2/2026/NĐ-CP|sắp]", EVE) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[@2/2026/NĐ-CP, Điều 90 khoản 1]", []),
        ("[@2/2026/NĐ-CP, Điều 91]", ["ARTICLE"]),
        ("theo NĐ 2/2026/NĐ-CP", ["CITE"]),
        ("theo NĐ 9/2099/NĐ-CP", ["SOURCE"]),
        ("[@9/2099/NĐ-CP]", ["SOURCE"]),
    ],
)
def test_what_is_cited_stands_in_the_register_and_is_cited_by_id(text, found):
    assert codes(text, TURN) == found


@pytest.mark.parametrize(("age", "found"), [(90, []), (91, [False]), (180, [False]), (181, [True])])
def test_an_old_look_up_warns_and_an_older_one_fails(age, found):
    uses = {PATH: citations("[@2/2026/NĐ-CP]")}
    faults = lint_register(PATH, REGISTER, uses, EVE + timedelta(days=age))
    assert [fault.serious for fault in faults if fault.code == "STALE"] == found


def test_a_document_nobody_rests_on_may_age():
    uses = {PATH: citations("[@1/2007/NĐ-CP|cũ]")}
    assert list(lint_register(PATH, REGISTER, uses, date(2030, 1, 1))) == []


def test_an_entry_never_looked_up_fails_as_soon_as_it_is_cited():
    bare = source("6/2026/NĐ-CP", read_at="", status_as_of=None)
    register = Register.model_validate({"sources": [bare]})
    faults = lint_register(PATH, register, {PATH: citations("[@6/2026/NĐ-CP]")}, TURN)
    assert [(f.code, f.serious) for f in faults] == [("READ_AT", True), ("STALE", True)]


def test_each_change_lists_the_files_that_must_follow_it():
    other = Path("kt1-99.md")
    uses = {
        PATH: citations("[@1/2007/NĐ-CP] [@3/2023/QH15]"),
        other: citations("[@1/2007/NĐ-CP|cũ]"),
    }
    due, coming = rewrites(REGISTER, uses, TURN)
    assert (due.source.id, due.due, due.files) == ("1/2007/NĐ-CP", True, (PATH,))
    assert str(due).endswith("(NĐ 2/2026/NĐ-CP); phải viết lại: ql1-99.md")
    assert (coming.source.id, coming.due, coming.day) == ("3/2023/QH15", False, date(2026, 9, 1))


def test_only_what_lays_down_duties_and_holds_on_the_day_counts_as_law_in_force():
    assert not binding_in_force("[@5/BTTTT-X] [@1/2007/NĐ-CP]", REGISTER, TURN)
    assert binding_in_force("[@2/2026/NĐ-CP]", REGISTER, TURN)
    assert not binding_in_force("[@2/2026/NĐ-CP|sắp]", REGISTER, TURN)
