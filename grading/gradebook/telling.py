"""What a run of ``cio grade`` tells its operator, in Vietnamese or English."""

from __future__ import annotations

import logging
import os
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grading.code.preflight import Preflight
    from grading.gradebook.outcome import Outcome
    from grading.gradebook.remarks import Language, Remark

NOTHING_FOUND = 5  # exit status when there was nothing to grade
_SLOWEST = 3  # submissions named in the summary
_WORTH_NAMING = 1.0  # seconds from which a submission is called slow

_WORDS: dict[str, tuple[str, str]] = {
    "failed": (
        "Không chấm được {who}: {what}",
        "Not graded: {who}: {what}",
    ),
    "stands": (" (điểm đã có giữ nguyên)", " (the marks it has stand)"),
    "review": ("Cần xem {who}: {what}", "To be looked at: {who}: {what}"),
    "stopped": ("Chạm giới hạn: {who}, {what}", "Limit reached: {who}, {what}"),
    "kernel": ("Chạy bằng nhân Jupyter: {who}, {what}", "Run in a Jupyter kernel: {who}, {what}"),
    "altered": ("tệp bài thi bị sửa ({what})", "the paper itself was changed ({what})"),
    "unsafe": ("chạy không có hộp cát (--unsafe)", "run without a sandbox (--unsafe)"),
    "slow": ("Chậm nhất: {who}: {what} giây", "Slowest: {who}: {what} s"),
    "who": ("{student}, bài {assignment}", "{student}, assignment {assignment}"),
    "summary": (
        "Đã chấm {graded}, không đổi {unchanged}, không chấm được {failed}.",
        "Graded {graded}, unchanged {unchanged}, not graded {failed}.",
    ),
    "people": (
        "Cần người xem: {to_review} bài; chạm giới hạn chạy: {stopped} bài.",
        "For a person to look at: {to_review}; limits reached: {stopped}.",
    ),
    "nothing": (
        "Không có bài nộp nào để chấm: xem lại mã bài, mã học viên và thư mục bài nộp.",
        "Nothing to grade: check the assignment, the student and the submitted folder.",
    ),
    "solution-loses": (
        "lời giải của người ra đề chỉ được {solution} trên {most} điểm",
        "the examiner's own solution gets {solution} of {most} points",
    ),
    "blank-passes": (
        "bài để trống được {blank} điểm",
        "the notebook as released gets {blank} points",
    ),
    "stopped-solution": (
        "lời giải của người ra đề chạm giới hạn chạy",
        "the examiner's own solution runs into a limit",
    ),
    "tampering-solution": (
        "lời giải của người ra đề mang dấu hiệu can thiệp",
        "the examiner's own solution looks like tampering",
    ),
    "inside": (
        "chỉ chấm theo cách của nbgrader: {inside}",
        "graded nbgrader's way alone: {inside}",
    ),
    "untried": (
        "không còn sổ gốc {name} trong source/ nên không thử được",
        "the source of {name} is not in source/: it could not be tried",
    ),
    "checked": (
        "Đã thử {tests} ô kiểm tra: {split} ô được phán xét cả bên ngoài, {found} ô cần xem lại.",
        "Tried {tests} tests: {split} are judged outside too, {found} need attention.",
    ),
}


def chosen_language(option: str, environment: Mapping[str, str] = os.environ) -> Language:
    """The language asked for, else that of the locale, else Vietnamese."""
    names = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    asked = option or next((name for name in names if name), "")
    return "en" if asked.lower().startswith("en") else "vi"


def _say(key: str, language: Language, /, **parts: object) -> str:
    return _WORDS[key][language == "en"].format(**parts)


class PrintableFormatter(logging.Formatter):
    """Log records as a terminal may have them."""

    def format(self, record: logging.LogRecord) -> str:
        """The record, without what would steer the terminal."""
        return printable(super().format(record))


def printable(text: str) -> str:
    """Text as a terminal may have it: a file's name may hold escape codes or half a character."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "replace").decode()
                   for c in text)  # fmt: skip


def as_event(outcome: Outcome, language: Language) -> dict[str, Any]:
    """An outcome as JSON data: each remark has its stable ``code``, and a ``message``."""
    told = {**asdict(outcome), "reason": _reason(outcome, language)}
    del told["english"]
    return {
        "event": "submission",
        **told,
        "review": [_remark(remark, language) for remark in outcome.review],
        "stopped": [_remark(remark, language) for remark in outcome.stopped],
    }


def _reason(outcome: Outcome, language: Language) -> str:
    return outcome.english if language == "en" else outcome.reason


def _remark(remark: Remark, language: Language) -> dict[str, Any]:
    return {**asdict(remark), "message": remark.words(language)}


def summary(outcomes: list[Outcome], seconds: float) -> dict[str, Any]:
    """Counts of a whole run."""
    states = Counter(outcome.state for outcome in outcomes)
    return {
        "graded": states["graded"],
        "unchanged": states["unchanged"],
        "failed": states["failed"],
        "to_review": sum(bool(outcome.review or outcome.altered) for outcome in outcomes),
        "stopped": sum(bool(outcome.stopped) for outcome in outcomes),
        "tiers": dict(Counter(outcome.tier for outcome in outcomes)),
        "seconds": round(seconds, 3),
        "slowest": [[o.student, o.assignment, round(o.seconds, 3)] for o in _slowest(outcomes)],
    }


def _slowest(outcomes: Iterable[Outcome]) -> list[Outcome]:
    slow = [outcome for outcome in outcomes if outcome.seconds >= _WORTH_NAMING]
    return sorted(slow, key=lambda outcome: -outcome.seconds)[:_SLOWEST]


def report(outcomes: list[Outcome], seconds: float, language: Language) -> list[str]:
    """Lines for the operator: what a person must see, and the counts."""
    lines = [line for outcome in outcomes for line in _lines(outcome, language)]
    for outcome in _slowest(outcomes):
        took = f"{outcome.seconds:.1f}".replace(".", "," if language == "vi" else ".")
        lines.append(_say("slow", language, who=_who(outcome, language), what=took))
    counts = summary(outcomes, seconds)
    lines.append(_say("summary", language, **counts))
    if counts["to_review"] or counts["stopped"]:
        lines.append(_say("people", language, **counts))
    return [printable(line) for line in lines]


def nothing_found(language: Language) -> str:
    """What is said when there was nothing to grade."""
    return _say("nothing", language)


def _who(outcome: Outcome, language: Language) -> str:
    return _say("who", language, student=outcome.student, assignment=outcome.assignment)


def _lines(outcome: Outcome, language: Language) -> list[str]:
    who = _who(outcome, language)
    if outcome.state == "failed":
        stands = _say("stands", language) if outcome.kept else ""
        return [_say("failed", language, who=who, what=_reason(outcome, language) + stands)]
    told = [("review", remark.line(language)) for remark in outcome.review]
    if outcome.altered:
        told.insert(0, ("review", _say("altered", language, what=", ".join(outcome.altered))))
    if outcome.tier == "unsafe":
        told.append(("review", _say("unsafe", language)))
    told += [("stopped", remark.line(language)) for remark in outcome.stopped]
    told += [("kernel", why) for why in outcome.kernels]
    return [_say(key, language, who=who, what=what) for key, what in told]


def told_preflight(done: Preflight, language: Language) -> list[str]:
    """Lines on each test that a person should look at before anybody is graded by it."""
    lines = [_say("untried", language, name=name) for name in done.untried]
    for test in done.tests:
        keys = [key if key in _WORDS else f"{key}-solution" for key in test.findings]
        if "stopped" in test.findings:
            keys[test.findings.index("stopped")] = "stopped-solution"
        keys += ["inside"] if test.inside else []
        where, parts = f"{test.notebook}, {test.cell}", asdict(test)
        lines += [f"{where}: {_say(key, language, **parts)}" for key in keys]
    found = sum(bool(test.findings) for test in done.tests)
    split = sum(not test.inside for test in done.tests)
    counts = _say("checked", language, tests=len(done.tests), split=split, found=found)
    return [printable(line) for line in (*lines, counts)]
