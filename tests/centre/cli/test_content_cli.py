"""``cio cite`` and ``cio lint``: what authors run when the law changes."""

from datetime import date

from typer.testing import CliRunner

from assessments.bank import lint as author_lint
from assessments.bank.bank import ITEMS
from assessments.bank.exchange.package import write_package
from assessments.bank.item import draw, read_item
from assessments.bank.lint import Findings
from centre.cli import app, content
from courses.law import Rewrite
from courses.lint import Fault
from courses.sources import the_sources

RUN = CliRunner()


def test_a_package_of_another_system_becomes_drafts_once_and_none_is_an_error(tmp_path):
    file, bank = tmp_path / "goi.zip", tmp_path / "bank"
    item = read_item(ITEMS / "kt1" / "kt1-19.md")
    file.write_bytes(write_package([draw(item, "x")])[0])
    command = ["bank", "import", str(file), "--bank", str(bank)]
    command += ["--outcome", "KT1.2", "--role", "Người soạn"]
    first, again = (RUN.invoke(app, command) for _ in range(2))
    assert "KT1-19 → KT1-19 (đang soạn)" in first.stdout
    assert "1 câu mới, 0 câu đã có, 0 điều không nhận được." in " ".join(first.stdout.split())
    assert "đã nhận trước đây thành KT1-19" in again.stdout
    assert (first.exit_code, again.exit_code) == (0, 0)
    file.write_bytes(write_package([])[0])
    assert RUN.invoke(app, command).exit_code != 0


def test_typed_numbers_in_a_file_are_turned_into_citations_once(tmp_path):
    path = tmp_path / "bai.md"
    path.write_text("Theo NĐ 224/2026/NĐ-CP, Điều 91.", encoding="utf-8")
    said = [RUN.invoke(app, ["cite", str(path)]).stdout.strip() for _ in range(2)]
    assert path.read_text(encoding="utf-8") == "Theo [@224/2026/NĐ-CP, Điều 91]."
    assert said == ["bai.md: đã đổi", "bai.md: không có gì để đổi"]


def lint(monkeypatch, faults, *arguments):
    """Run ``cio lint`` on these faults; the outcome and the day it looked at."""
    asked = []
    change = Rewrite(the_sources().by_id["45/2026/NĐ-CP"], date(2026, 7, 1), (), (), due=True)

    def look(_bank, _items, on):
        asked.append(on)
        return Findings(tuple(faults), (change,))

    monkeypatch.setattr(content, "the_bank", lambda _folder: None)
    monkeypatch.setattr(author_lint, "lint_all", look)
    return RUN.invoke(app, ["lint", *arguments]), asked[0]


def test_lint_looks_at_the_day_it_is_given_and_lists_what_must_be_rewritten(tmp_path, monkeypatch):
    fault = Fault(tmp_path / "ql1.md", "ENDED", "hết hiệu lực")
    outcome, day = lint(monkeypatch, [fault], "--on", "2026-10-24")
    assert day == date(2026, 10, 24)
    assert outcome.exit_code == 1
    assert "ql1.md [ENDED] hết hiệu lực" in outcome.stdout
    assert "NĐ 45/2026/NĐ-CP: thay đổi từ 01/7/2026; phải viết lại" in outcome.stdout
    assert "1 điều cần sửa, 0 điều nhắc." in outcome.stdout


def test_a_warning_is_told_and_does_not_fail(tmp_path, monkeypatch):
    fault = Fault(tmp_path / "sources.toml", "STALE", "tra đã 91 ngày", serious=False)
    outcome, _ = lint(monkeypatch, [fault])
    assert outcome.exit_code == 0
    assert "[STALE] nhắc: tra đã 91 ngày" in outcome.stdout
