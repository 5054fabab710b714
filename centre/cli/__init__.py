"""The ``cio`` command: verbs named after the rooms, from roster to verified certificate.

Messages for people go to stderr, results to stdout; ``--json`` prints results for scripts.
Exit status: 0 done, 1 an error that is explained, 2 a wrong command line; ``verify`` has its
own (0 valid, 3 not the original, 4 revoked, 5 unknown, 6 could not be checked, 7 replaced,
8 under examination).
Nothing heavy is imported before a command is chosen.
"""

from __future__ import annotations

import errno
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from centre.cli import (
    answer_keys,
    appeals,
    audit,
    cases,
    certificates,
    content,
    data,
    decisions,
    institution,
    jobs,
    marking,
    marking_lead,
    people,
    plans,
    reports,
    sheets,
    sittings,
    standards,
    submissions,
    tasks,
)
from centre.cli.common import desk, tell_what_waits
from centre.cli.usage import Commands
from courses.foundation.errors import CioError

marking.marking_app.add_typer(marking_lead.app)
marking.marking_app.add_typer(answer_keys.app, name="key")
app = typer.Typer(
    cls=Commands,
    help="Đào tạo, sát hạch và cấp chứng chỉ Giám đốc CNTT trong cơ quan nhà nước.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for part in (
    content.app,
    plans.app,
    institution.app,
    people.app,
    sittings.app,
    submissions.app,
    marking.app,
    standards.app,
    cases.app,
    decisions.app,
    sheets.app,
    appeals.app,
    reports.app,
    data.app,
    certificates.app,
    tasks.app,
    audit.app,
    jobs.app,
):
    app.add_typer(part)


@app.callback()
def choose(
    context: typer.Context,
    centre: Annotated[
        Path | None, typer.Option(help="Thư mục trung tâm; mặc định tìm từ thư mục hiện tại.")
    ] = None,
    as_user: Annotated[
        str, typer.Option("--as", help="Làm với tên người dùng này (hỏi mật khẩu).")
    ] = "",
) -> None:
    """Take what stands before the verb."""
    desk.folder, desk.username, desk.actor = centre, as_user, None
    context.call_on_close(tell_what_waits)


def main() -> None:
    """Run the command; an explained error is one message on stderr and exit status 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # Vietnamese, whatever the locale
    try:
        app()
    except CioError as error:
        _fail(str(error))
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _fail(f"{where}{_SYSTEM.get(error.errno or 0, 'lỗi hệ thống')} (mã {error.errno})")
    except Exception as error:
        if "django.db" not in sys.modules or not _of_database(error):
            raise
        why = type(error).__name__
        _fail(f"cơ sở dữ liệu của trung tâm không đọc hoặc ghi được ({why}); hãy chạy lại")


def _of_database(error: Exception) -> bool:
    from django.db import DatabaseError

    return isinstance(error, DatabaseError)


# What a system says in English, as users meet it.
_SYSTEM = {
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.EACCES: "không có quyền đọc hoặc ghi ở đây",
    errno.EPERM: "không có quyền đọc hoặc ghi ở đây",
    errno.ENOTDIR: "không phải thư mục",
    errno.EISDIR: "là thư mục, cần một tệp",
    errno.EEXIST: "đã có tệp mang tên này",
    errno.ELOOP: "các liên kết trỏ vòng vào nhau",
    errno.ENAMETOOLONG: "tên tệp quá dài",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
}


def _fail(message: str) -> NoReturn:
    typer.echo(f"Lỗi {message}", err=True)
    sys.exit(1)
