"""A wrong command line is explained in Vietnamese, and nothing is done."""

import pytest
from typer.testing import CliRunner

from centre.cli import app

WRONG = {
    "verfy": "không có lệnh verfy; dùng được: verify, certify. Cách dùng: cio --help",
    "centre inti": "không có lệnh inti; dùng được: init. Cách dùng: cio centre --help",
    "verify": "thiếu file. Cách dùng: cio verify --help",
    "grade a b c": "thừa c. Cách dùng: cio grade --help",
    "grade --wrokers 3": "không có tuỳ chọn --wrokers; dùng được: --workers. "
    "Cách dùng: cio grade --help",
    "grade --workers": "--workers cần một giá trị. Cách dùng: cio --help",
    "grade --workers x": "--workers có giá trị không dùng được. Cách dùng: cio grade --help",
    "grade --force=1": "--force không nhận giá trị. Cách dùng: cio --help",
}


@pytest.mark.parametrize(("line", "said"), WRONG.items())
def test_what_is_wrong_with_a_command_line_is_said_in_vietnamese(line, said):
    done = CliRunner().invoke(app, line.split(), prog_name="cio")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr == f"Lỗi dòng lệnh: {said}\n"


def test_a_group_without_a_command_shows_its_help():
    done = CliRunner().invoke(app, ["centre"])
    assert "init" in done.output
    assert "Lỗi" not in done.output
