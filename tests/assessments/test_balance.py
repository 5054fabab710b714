"""The balance of a competency's items is counted: arithmetic, one document, law, kinds."""

from datetime import date

import pytest
from shipped import BANK as SHIPPED

from assessments.bank.balance import lint_balance
from assessments.bank.bank import Bank

ON = date(2026, 11, 27)
BY_KIND = {item.exercise.kind: item for item in SHIPPED.items.values()}
LAW, GUIDE = "[@224/2026/NĐ-CP]", "[@491/BTTTT-ƯDCNTT]"


def words(kinds, texts, status="live"):
    """What is told of a bank with one item a kind, each citing the text beside it."""
    items = {
        f"KT1-{n}": BY_KIND[kind].model_copy(
            update={"id": f"KT1-{n}", "competency": "KT1", "points": 1, "status": status}
        )
        for n, kind in enumerate(kinds)
    }
    faults = list(lint_balance(Bank(items, {}), dict(zip(items, texts, strict=True)), ON))
    assert all(not fault.serious for fault in faults)
    return " | ".join(fault.text for fault in faults)


EVEN = ("numeric", "single", "multiple", "decisions", "essay", "ordering", "matching")
TEXTS = (LAW, "", GUIDE, "", LAW, "", "")


def test_a_balanced_competency_is_told_nothing():
    assert words(EVEN, TEXTS) == ""


@pytest.mark.parametrize(
    ("kinds", "texts", "told"),
    [
        (("numeric", "table", *EVEN[2:]), TEXTS, ""),
        (("numeric", "table", "numeric", *EVEN[3:]), TEXTS, "43% số điểm là phép tính"),
        (EVEN, (LAW, LAW, LAW, "", "", "", ""), "3/7 câu dựa vào 224/2026/NĐ-CP"),
        (EVEN, (GUIDE, "", "", "", "", "", "[@64/2007/NĐ-CP|cũ]"), "không câu nào dựa vào"),
        (("single", *EVEN[1:4], "single", *EVEN[5:]), TEXTS, "không có câu viết"),
        ((*EVEN[:3], "single", *EVEN[4:]), TEXTS, "không có câu quyết định"),
    ],
)
def test_what_is_out_of_balance_is_told(kinds, texts, told):
    assert told in words(kinds, texts)


def test_the_mandate_stands_behind_every_item_and_is_not_counted():
    mandate = "[@55/BTTTT-ƯDCNTT]"
    assert words(EVEN, [f"{mandate} {text}" for text in TEXTS]) == ""


def test_items_that_are_not_live_do_not_count():
    assert words(("numeric",), ("",), status="draft") == ""
