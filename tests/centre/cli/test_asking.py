"""Whoever may not do something is told the same whether or not it is there to be done."""

import pytest
from sittings import CODE, DECIDED_ON, act, ids

from centre.decisions.appeals import file_appeal
from centre.decisions.models import BoardSheet, Decision
from centre.people.models import Person
from centre.register.models import Entry

WHY = ("--ground", "Văn bản giả định")
AT = ("--sitting", CODE)
# What a command is asked about, and its words around that.
VERBS = {
    "person correct": ("person", WHY),
    "person export": ("person", ()),
    "person erase": ("person", WHY),
    "person attend": ("person", ("--kind", "drill", "--what", "x", "--held-on", "01/10/2026")),
    "revoke": ("serial", ("--ground", "gian-lan", "--detail", "x")),
    "reissue": ("serial", WHY),
    "sheet show": ("sheet", ()),
    "approve": ("sheet", ("--digest", "0" * 8)),
    "appeal file": ("candidate", ("--text", "x", *AT)),
    "appeal answer": ("appeal", ("--answer", "x", "--accepted")),
    "replay": ("candidate", AT),
    "case open": ("candidate", ("--reason", "x", *AT)),
    "accommodate": ("candidate", ("--minutes", 5, *WHY, *AT)),
}
UNKNOWN = {
    "person": "P999999",
    "serial": "CIO-2026-99999",
    "sheet": 9999,
    "appeal": "PK-2026-99999",
    "candidate": "CIO26-999",
}


@pytest.fixture
def there(certified):
    """Of each kind of thing one that is there."""
    who = ids(certified)["all right"]
    decision = Decision.objects.get(enrolment__candidate=who)
    appeal = act(file_appeal, "giao-vu", decision, "Đề nghị xem lại", now=DECIDED_ON)
    return {
        "person": Person.objects.order_by("pk").first().pk,
        "serial": Entry.objects.get().pk,
        "sheet": BoardSheet.objects.get().pk,
        "appeal": appeal.number,
        "candidate": who,
    }


def test_what_is_there_and_what_is_not_are_refused_alike(cio, certified, there):
    for verb, (kind, words) in VERBS.items():
        said = [
            cio("--centre", certified.centre.folder, *verb.split(), name, *words, by="GK1")
            for name in (there[kind], UNKNOWN[kind])
        ]
        assert said[0] == said[1], verb
        assert (said[0][0], "không có quyền" in said[0][2]) == (1, True), verb
