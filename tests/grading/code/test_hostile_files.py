"""Links, pipes and folders in folders: refused alone, and the others are marked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from code_course import FULL, RIGHT, answered, points, released, run, submit


@pytest.mark.parametrize("link", [Path.symlink_to, Path.hardlink_to])
def test_a_link_in_a_submission_is_refused(course, link):
    folder = submit(course, "an", answered(released(course), RIGHT))
    submit(course, "binh", answered(released(course), RIGHT))
    link(folder / "data.csv", course.folder / "gradebook.db")
    outcomes = run(course)
    assert outcomes["an"].reason.startswith("data.csv: ")
    assert "liên kết" in outcomes["an"].reason
    assert points(course, "binh") == FULL


def nest(folder):
    for _ in range(60):
        folder = folder / "d"
    folder.mkdir(parents=True)
    (folder / "x.csv").write_text("1")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda folder: os.mkfifo(folder / "timestamp.txt"), "không phải tệp thường"),
        (lambda folder: (folder / "timestamp.txt").write_text("hôm qua"), "thời điểm nộp"),
        (lambda folder: (folder / "timestamp.txt").write_bytes(b"\xff"), "thời điểm nộp"),
        (lambda folder: (folder / "timestamp.txt").write_text("1" * 5000), "thời điểm nộp"),
        (nest, "thư mục lồng nhau"),
    ],
    ids=["a pipe", "no time", "no text", "a number without end", "folders in folders"],
)
def test_a_submission_that_would_stop_its_reader_fails_alone_and_says_so(course, spoil, reason):
    spoil(submit(course, "an", answered(released(course), RIGHT)))
    submit(course, "binh", answered(released(course), RIGHT))
    outcomes = run(course)
    assert (outcomes["an"].state, reason in outcomes["an"].reason) == ("failed", True)
    assert points(course, "binh") == FULL


def test_a_link_in_place_of_the_whole_submission_is_refused(course):
    submit(course, "binh", answered(released(course), RIGHT))
    (course.folder / "submitted" / "an").mkdir()
    (course.folder / "submitted" / "an" / "bai1").symlink_to(
        course.folder / "submitted" / "binh" / "bai1"
    )
    assert run(course)["an"].state == "failed"
