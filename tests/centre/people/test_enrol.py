"""Entering a roster: who is known, who is new, who may not sit again; what is kept stays."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sittings import CLOSES, DECIDED_ON, OPENS, act, form_of, ids, people

from centre.ledger.check import check
from centre.ledger.models import LedgerLine
from centre.people.enrol import NEW, compare, enrol
from centre.people.models import Enrolment, Person
from centre.people.privacy import correct
from centre.people.retakes import standings
from centre.sittings.deliver import deliver
from centre.sittings.prepare import prepare
from courses.foundation.errors import CentreError, SittingError


def later(sitting, days, paper="QL"):
    """Another sitting of the same track, ``days`` after the first."""
    moved = {"opens": OPENS + timedelta(days=days), "closes": CLOSES + timedelta(days=days)}
    stated = sitting.settings.model_copy(
        update={"code": f"ky-sau-{days}", "papers": (paper,), **moved}
    )
    return act(prepare, "giao-vu", sitting.centre, stated, now=OPENS)


def entered(sitting, trainees, **options):
    return act(enrol, "giao-vu", sitting, trainees, now=DECIDED_ON, **options)


def trainee_of(sitting, way):
    """The row of the roster of whoever handed in that way."""
    return next(one for one in people() if one.id == ids(sitting)[way])


def person_of(sitting, way):
    return sitting.enrolment(ids(sitting)[way]).person_id


def test_persons_get_numbers_of_the_centres_own_one_after_the_other(sitting):
    numbers = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    assert numbers == [f"P{number:06}" for number in range(1, 7)]
    entered(sitting, people(8))
    assert Person.objects.order_by("pk").last().pk == "P000008"


def test_entering_again_names_each_difference_and_resets_nothing(sitting):
    """What people have set since is not undone by an old list."""
    first = people()[0]
    person = sitting.enrolment(first.id).person
    act(correct, "giao-vu", person, "Văn bản giả định", full_name="Tên Đã Sửa", now=OPENS)
    lines = LedgerLine.objects.count()
    found = entered(sitting, [replace(first, position="Chức vụ khác"), *people()[1:5]])
    told = {(d.candidate, d.what, d.kept, d.given) for d in found.differences}
    assert told == {
        (first.id, "họ và tên", "Tên Đã Sửa", first.full_name),
        (first.id, "chức vụ", first.position, "Chức vụ khác"),
    }
    assert (len(found.unchanged), found.missing) == (4, [people()[5].id])
    person.refresh_from_db()
    assert person.full_name == "Tên Đã Sửa"
    assert LedgerLine.objects.count() == lines


def test_comparing_writes_nothing(sitting):
    lines = LedgerLine.objects.count()
    found = compare(sitting, people(8), {})
    assert (len(found.new), len(found.unchanged)) == (2, 6)
    assert LedgerLine.objects.count() == lines


def test_the_same_number_name_and_birth_date_is_the_same_person(decided):
    second = later(decided, 90)
    found = entered(second, [trainee_of(decided, "partial")])
    assert list(found.new.values()) == [person_of(decided, "partial")]
    assert Person.objects.count() == 6
    assert check(decided.centre) == []


def test_who_may_be_somebody_known_is_for_a_person_to_decide(decided):
    """Near-duplicates across the years: neither one person twice nor two as one."""
    second = later(decided, 90)
    alike = replace(trainee_of(decided, "partial"), id="CIO27-001")
    known = person_of(decided, "partial")
    with pytest.raises(
        CentreError, match=rf"CIO27-001: có thể là {known} \(cùng họ tên và ngày sinh\)"
    ):
        entered(second, [alike, replace(people(7)[6], id="CIO27-002")])
    assert not second.record.enrolments.exists()
    with pytest.raises(CentreError, match="không có người mang mã P999999"):
        entered(second, [alike], same={"CIO27-001": "P999999"})
    assert entered(second, [alike], same={"CIO27-001": known}).new == {"CIO27-001": known}
    third = later(decided, 91, "KM")
    entered(third, [alike], same={"CIO27-001": NEW})
    assert third.enrolment("CIO27-001").person_id == "P000007"


def test_a_row_tied_to_somebody_it_does_not_fit_is_shown(decided):
    """One wrong digit would give somebody another's attempts, passes and certificate."""
    second = later(decided, 90)
    alike = replace(trainee_of(decided, "partial"), id="CIO27-001")
    mistaken = decided.enrolment(ids(decided)["blank"]).person
    found = compare(second, [alike], {"CIO27-001": mistaken.pk})
    told = [(d.candidate, d.what, d.kept) for d in found.differences]
    assert ("CIO27-001", "họ và tên", mistaken.full_name) in told
    assert not compare(second, [alike], {"CIO27-001": person_of(decided, "partial")}).differences


def test_letters_that_a_name_may_be_typed_with_do_not_hide_a_duplicate(decided):
    second = later(decided, 90)
    one = trainee_of(decided, "partial")
    typed = replace(one, id="CIO27-001", full_name=one.full_name.upper())
    assert [d.candidate for d in compare(second, [typed], {}).doubts] == ["CIO27-001"]


def test_one_person_sits_once_in_a_sitting(sitting):
    alike = replace(people()[0], id="CIO26-900")
    found = entered(sitting, [alike], same={"CIO26-900": "P000001"})
    assert "đã có số báo danh khác" in found.refused["CIO26-900"]
    assert sitting.record.enrolments.count() == 6


def test_who_comes_too_early_is_named_and_left_aside_and_the_others_are_entered(decided):
    second = later(decided, 20)
    found = entered(second, [trainee_of(decided, "partial"), people(7)[6]])
    who = ids(decided)["partial"]
    assert list(found.refused) == [who]
    assert "được thi lại từ ngày" in found.refused[who]
    assert [one.candidate for one in second.enrolments()] == [people(7)[6].id]


def test_attempts_are_counted_from_the_centres_own_records(decided):
    """Nobody types how often somebody sat; the fourth of three is refused."""
    person = person_of(decided, "partial")
    for days, paper, expected in ((90, "QL", 1), (180, "KM", 2), (270, "KT", 3)):
        following = later(decided, days, paper)
        stand = standings("cio", [person], before=following.record)
        assert stand[person].attempts == expected
        found = entered(following, [trainee_of(decided, "partial")])
        if expected == 3:
            break
        candidate = ids(decided)["partial"]
        form, at = form_of(following, candidate, paper), following.record.opens
        act(deliver, "coi-thi", following, candidate, form, now=at)
    assert "đã dự thi 3 lần, tối đa 3 lần" in found.refused[ids(decided)["partial"]]


def begin(sitting, candidate, paper, at):
    """Start a paper for one candidate."""
    form = form_of(sitting, candidate, paper)
    return act(deliver, "coi-thi", sitting, candidate, form, now=at)


def test_of_two_sittings_that_overlap_the_one_begun_first_counts_for_the_other(sitting):
    """Each ended after the other opened, so that neither was an attempt for the other."""
    over = later(sitting, 0, "KM")
    entered(over, people())
    one, another, absent = (ids(sitting)[way] for way in ("all right", "partial", "blank"))
    begin(sitting, one, "QL", OPENS)
    begin(over, one, "KM", OPENS + timedelta(minutes=1))
    begin(over, another, "KM", OPENS)
    begin(sitting, another, "QL", OPENS + timedelta(minutes=1))

    def attempts(at):
        persons = {e.candidate: e.person_id for e in at.enrolments()}
        found = standings("cio", list(persons.values()), before=at.record)
        return [found[persons[who]].attempts if persons[who] in found else 0
                for who in (one, another, absent)]  # fmt: skip

    assert attempts(sitting) == [0, 1, 0]
    assert attempts(over) == [1, 0, 0]


def test_the_last_attempt_is_not_begun_twice_in_sittings_that_overlap(sitting):
    """All were entered while an attempt was left; the fourth of three is not handed out."""
    who = ids(sitting)["all right"]
    *first, last = (later(sitting, day, paper) for day, paper in enumerate(("QL", "KM", "KT")))
    for other in (*first, last):
        entered(other, people())
    begin(sitting, who, "CAP", OPENS)
    for other, paper in zip(first, ("QL", "KM"), strict=True):
        begin(other, who, paper, other.record.opens + timedelta(minutes=1))
    with pytest.raises(SittingError, match="đã dự thi 3 lần, tối đa 3 lần"):
        begin(last, who, "KT", last.record.opens)
    begin(sitting, who, "QL", OPENS + timedelta(minutes=2))  # begun before, and goes on


def test_who_was_entered_and_never_started_a_paper_has_not_sat(decided):
    following = later(decided, 90)
    entered(following, [trainee_of(decided, "partial")])
    person = person_of(decided, "partial")
    stand = standings("cio", [person], before=later(decided, 180, "KM").record)
    assert stand[person].attempts == 1


def test_what_was_passed_is_kept_with_its_day_and_an_invalid_result_keeps_nothing(decided):
    following = later(decided, 90)
    best = person_of(decided, "all right")
    kept = standings("cio", [best], before=following.record)[best].priors
    assert set(kept) == {"QL", "KM", "KT", "CAP"}
    assert {prior.passed_on for prior in kept.values()} == {CLOSES.date()}


def test_who_holds_a_certificate_that_stands_does_not_sit_again(certified):
    following = later(certified, 90)
    found = entered(following, [trainee_of(certified, "all right")])
    assert "đang có chứng chỉ" in found.refused[ids(certified)["all right"]]
    assert not Enrolment.objects.filter(sitting=following.record).exists()
