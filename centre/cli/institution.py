"""``cio centre``, ``user``, ``demo``, ``serve``: the institution itself."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from centre.cli.common import now, the_actor, the_centre

if TYPE_CHECKING:
    from centre.accounts.permissions import Role

app = typer.Typer()
centre_app = typer.Typer(help="Trung tâm: thành lập, sao lưu, kiểm tra.", no_args_is_help=True)
user_app = typer.Typer(help="Người dùng và vai trò.", no_args_is_help=True)
app.add_typer(centre_app, name="centre")
app.add_typer(user_app, name="user")

Folder = Annotated[Path, typer.Argument(help="Thư mục trung tâm.")]


@centre_app.command()
def init(
    folder: Folder,
    settings: Annotated[Path, typer.Option(help="Tệp centre.toml.")],
    administrator: Annotated[str, typer.Option(help="Tên người quản trị đầu tiên.")] = "",
) -> None:
    """Lập trung tâm: cơ sở dữ liệu, khoá sổ nhật ký, người quản trị đầu tiên."""
    from centre.accounts.users import machine_account
    from centre.founding import found
    from centre.ledger.seal import the_seal
    from centre.register.trust import trust

    account = machine_account()
    centre, actor = found(folder, settings, administrator or account, account, now())
    typer.echo(f"{centre.settings.name}: đã lập ở {centre.folder}.")
    typer.echo(f"Quản trị: {actor.id}, làm việc bằng tài khoản máy “{account}”.")
    trust(centre.settings.name, the_seal(centre))
    typer.echo(f"Dấu vân tay của sổ, để công bố cho người kiểm tra: {the_seal(centre)}")


@centre_app.command()
def adopt(
    folder: Annotated[Path, typer.Argument(help="Thư mục kỳ thi của phiên bản trước.")],
) -> None:
    """Nhận một kỳ thi do phiên bản trước lập; giữ nguyên số hiệu chứng chỉ, nêu chỗ trùng."""
    from django.db import transaction

    from centre.adopt import adopt_sitting

    centre = the_centre()
    with transaction.atomic():
        adopted = adopt_sitting(the_actor(), centre, folder, now=now())
    for line in adopted.lines():
        typer.echo(line)
    if adopted.collisions:
        raise typer.Exit(1)


@centre_app.command()
def backup(
    target: Annotated[Path, typer.Argument(help="Tệp sao lưu (.tar), chưa có.")],
) -> None:
    """Sao lưu trung tâm thành một tệp nhất quán, rồi khôi phục thử để kiểm tra."""
    from centre.backup import back_up

    centre, actor = the_centre(), the_actor()
    made = back_up(actor, centre, target, now=now())
    typer.echo(f"{target}: {made.files} tệp, sổ nhật ký {made.lines} dòng, khôi phục thử tốt.")


@centre_app.command()
def restore(
    source: Annotated[Path, typer.Argument(help="Tệp sao lưu.")],
    folder: Annotated[Path, typer.Argument(help="Thư mục mới, chưa có trung tâm.")],
) -> None:
    """Khôi phục một trung tâm từ tệp sao lưu vào thư mục mới."""
    from centre.backup import restore as unpack

    centre = unpack(source, folder)
    typer.echo(f"{centre.settings.name}: đã khôi phục vào {centre.folder}.")


@centre_app.command()
def upgrade() -> None:
    """Đưa cơ sở dữ liệu lên phiên bản này; hãy sao lưu trước."""
    from centre.cli.common import desk
    from centre.configuration import find_centre
    from centre.database import connect
    from centre.database import upgrade as migrate

    connect(find_centre(desk.folder))
    migrate()
    typer.echo("Cơ sở dữ liệu đã ở phiên bản này.")


@centre_app.command("check")
def check_centre() -> None:
    """Kiểm tra trung tâm: cơ sở dữ liệu, sổ nhật ký, bản gốc chứng chỉ, chứng chỉ cần xem lại."""
    from centre.inspection import inspect

    centre, actor = the_centre(), the_actor()
    findings = list(inspect(actor, centre))
    for finding in findings:
        typer.echo(finding)
    typer.echo(f"{len(findings)} điều cần xử lý.")
    if findings:
        raise typer.Exit(1)


@user_app.command("add")
def user_add(
    username: Annotated[str, typer.Argument(help="Tên người dùng.")],
    role: Annotated[list[str], typer.Option(help="Vai trò; có thể lặp lại.")],
    machine_account: Annotated[str, typer.Option(help="Tài khoản trên máy chủ, nếu có.")] = "",
    *,
    password: Annotated[bool, typer.Option("--password", help="Hỏi để đặt mật khẩu.")] = False,
) -> None:
    """Thêm một người dùng."""
    from django.db import transaction

    from centre.accounts.users import add_user

    roles = [_role(name) for name in role]
    chosen = _new_password() if password else None
    the_centre()
    actor = the_actor()
    with transaction.atomic():
        add_user(
            actor,
            username,
            roles,
            now=now(),
            machine_account=machine_account or None,
            password=chosen,
        )
    typer.echo(f"Đã thêm {username}: {', '.join(role)}.")


@user_app.command("role")
def user_role(
    username: Annotated[str, typer.Argument(help="Tên người dùng.")],
    role: Annotated[str, typer.Argument(help="Vai trò.")],
    *,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Thu vai trò.")] = False,
) -> None:
    """Trao hoặc thu một vai trò."""
    from django.db import transaction

    from centre.accounts.users import grant_role, withdraw_role

    chosen = _role(role)
    the_centre()
    actor = the_actor()
    with transaction.atomic():
        if withdraw:
            withdraw_role(actor, username, chosen, now=now())
            typer.echo(f"{username}: đã thu vai trò {role}.")
        elif grant_role(actor, username, chosen, now=now()):
            typer.echo(f"{username}: đã trao vai trò {role}.")
        else:
            typer.echo(f"{username} đã giữ vai trò {role}; không có gì thay đổi.")


@user_app.command("invite")
def user_invite(username: Annotated[str, typer.Argument(help="Tên người dùng.")]) -> None:
    """In liên kết dùng một lần để người dùng tự đặt mật khẩu."""
    from django.db import transaction

    from centre.accounts.invitations import invite
    from centre.portal.running import link
    from centre.portal.serving import configure

    configure(the_centre())
    actor = the_actor()
    with transaction.atomic():
        token = invite(actor, username, now=now())
    typer.echo(f"Đặt mật khẩu, dùng một lần, trong ba ngày: <địa chỉ cổng>{link(username, token)}")


@user_app.command("disarm")
def user_disarm(username: Annotated[str, typer.Argument(help="Tên người dùng.")]) -> None:
    """Gỡ lớp xác thực thứ hai của người đã mất cả điện thoại lẫn mã dự phòng."""
    from django.db import transaction

    from centre.accounts.invitations import drop_second_factor

    the_centre()
    actor = the_actor()
    with transaction.atomic():
        drop_second_factor(actor, username, now=now())
    typer.echo(f"{username}: đã gỡ lớp xác thực thứ hai; lần đăng nhập sau phải gắn lại nếu cần.")


def _role(name: str) -> Role:
    from centre.accounts.permissions import ROLE_NAMES, Role
    from courses.foundation.errors import CentreError

    known = {**{role.value: role for role in Role}, **{v: k for k, v in ROLE_NAMES.items()}}
    if name not in known:
        raise CentreError(f"không có vai trò {name}; có: {', '.join(role.value for role in Role)}")
    return known[name]


def _new_password() -> str:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from courses.foundation.errors import CentreError

    the_centre()
    chosen = getpass.getpass("Mật khẩu mới: ")
    if chosen != getpass.getpass("Nhập lại: "):
        raise CentreError("hai lần nhập khác nhau; không có gì thay đổi")
    try:
        validate_password(chosen)
    except ValidationError as error:
        raise CentreError(" ".join(error.messages)) from None
    return chosen


@app.command()
def demo(folder: Annotated[Path, typer.Argument(help="Nơi ghi kết quả.")]) -> None:
    """Chạy trọn quy trình của một trung tâm mô phỏng: hai kỳ thi trong một năm, tự chứng minh."""
    from centre.cli.demonstration import show
    from centre.cli.progress import Progress
    from centre.demo import run_demo

    show(run_demo(folder, Progress()))


Port = Annotated[int, typer.Option(min=0, max=65535, help="Cổng trên 127.0.0.1.")]


@app.command()
def portal(
    host: Annotated[str, typer.Option(help="Địa chỉ nghe.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Cổng.")] = 8000,
    workers: Annotated[int, typer.Option(help="Số tiến trình.")] = 2,
    threads: Annotated[int, typer.Option(help="Số luồng mỗi tiến trình.")] = 8,
) -> None:
    """Mở cổng của trung tâm cho trình duyệt; lần đầu in liên kết để quản trị đặt mật khẩu."""
    from centre.portal.running import first_link, run, slim
    from centre.portal.serving import configure

    slim()
    centre = the_centre()
    configure(centre)
    base = f"http://{host}:{port}"
    typer.echo(f"{centre.settings.name}: {base}/")
    if path := first_link(now()):
        typer.echo(f"Quản trị chưa có mật khẩu; đặt bằng liên kết dùng một lần: {base}{path}")
    typer.echo("Dừng: bấm Ctrl+C.")
    run(centre, f"{host}:{port}", workers, threads)


@app.command()
def serve(folder: Folder, port: Port = 8888) -> None:
    """Mở cổng làm việc, bài học và việc chạy nền trên máy này (chỉ 127.0.0.1). Dừng bằng Ctrl+C."""
    from centre.cli.demonstration import announce
    from centre.desk.service import serve as serve_centre

    serve_centre(folder, port, announce)


@app.command()
def rehearse(folder: Folder, port: Port = 8889) -> None:
    """Mở bài thi thử và bài học trong Jupyter cho người soạn, người chấm (chỉ 127.0.0.1)."""
    from centre.desk.serving import serve as serve_lessons

    serve_lessons(folder, port, announce=typer.echo)
