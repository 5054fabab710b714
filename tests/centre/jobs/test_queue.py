"""Background work: leased, resumed after a dead worker, cancelled, never done twice at once."""

from datetime import UTC, datetime, timedelta

import pytest
from sittings import who

from centre.jobs import worker
from centre.jobs.models import Job
from centre.jobs.queue import LEASE, ask, cancel, step, take
from centre.jobs.worker import do
from centre.register.models import Entry
from centre.sittings.watch import Event
from courses.foundation.errors import CentreError, DeniedError

NOW = datetime(2026, 10, 30, 9, tzinfo=UTC)


def asked(sitting):
    return ask(who("van-thu"), "certify", sitting.code, NOW)


def test_a_job_is_done_as_whoever_asked_for_it(decided):
    asked(decided)
    job = take("w1", NOW)
    do(decided.centre, job, "w1")
    job.refresh_from_db()
    assert (job.state, job.steps) == ("done", 1)
    assert Entry.objects.count() == 1


def test_asking_twice_for_the_same_finds_the_first(decided):
    assert asked(decided).pk == asked(decided).pk


def test_who_may_not_do_it_may_not_ask_for_it(decided):
    with pytest.raises(DeniedError):
        ask(who("giao-vu"), "certify", decided.code, NOW)
    with pytest.raises(CentreError, match="không có việc nền"):
        ask(who("van-thu"), "xoa-het", decided.code, NOW)


def test_a_job_whose_worker_died_comes_before_one_that_nobody_has_begun(decided):
    first = asked(decided)
    take("dead", NOW)
    ask(who("giao-vu"), "report", decided.code, NOW)
    later = NOW + LEASE + timedelta(seconds=1)
    assert take("alive", NOW).kind == "report"  # the lease still runs
    assert take("alive", later).pk == first.pk


def test_a_worker_that_was_given_up_cannot_go_on(decided):
    asked(decided)
    job = take("slow", NOW)
    take("other", NOW + LEASE + timedelta(seconds=1))
    assert not step(job, "slow", "", NOW)


def test_a_cancelled_job_stops_after_its_step_and_keeps_what_was_done(decided):
    asked(decided)
    job = take("w1", NOW)
    assert cancel(who("van-thu"), job)
    do(decided.centre, job, "w1")
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert Entry.objects.count() == 1
    assert not cancel(who("van-thu"), job)


def test_a_job_that_cannot_be_done_says_why(decided):
    job = Job.objects.create(
        kind="report", argument="khong-co", actor="giao-vu", asked_at=NOW, state="queued"
    )
    do(decided.centre, take("w1", NOW), "w1")
    job.refresh_from_db()
    assert job.state == "failed"
    assert "không có kỳ" in job.note


def test_a_worker_takes_papers_whose_time_is_over_and_one_broken_sitting_stops_no_other(
    decided, monkeypatch, capsys
):
    opened, taken, event = [], [], Event("time over", "CIO26-001", "KT-A")

    def open_or_fail(_centre, code):
        opened.append(code)
        if code == "hong":
            raise CentreError("thư mục kỳ bị hỏng")
        return code

    monkeypatch.setattr(worker, "sittings_due", lambda _now: ["hong", decided.code])
    monkeypatch.setattr(worker, "open_sitting", open_or_fail)
    monkeypatch.setattr(worker, "end_papers", lambda *told: taken.append(told[0]) or [event])
    looks = iter([False, False, True])
    monkeypatch.setattr(worker, "IDLE", 0)
    worker.work(decided.centre, print, lambda: next(looks))
    assert opened == ["hong", decided.code] * 2
    assert taken == [decided.code] * 2
    out = capsys.readouterr().out
    assert "time over" in out
    assert out.count("end of papers") == 1
