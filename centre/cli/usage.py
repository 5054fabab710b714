"""What is wrong with a command line, in Vietnamese: the library says it in English only."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from collections.abc import Iterator


_UsageError: Any = typer.BadParameter.__mro__[1]

# What the library says: what we say of its first group; its second is what comes near.
_WORDS = (
    (r"No such option: (\S+)(?: \(Possible options: (.*)\))?", "không có tuỳ chọn {}"),
    (r"No such command '(.*?)'\.(?: Did you mean (.*)\?)?", "không có lệnh {}"),
    (r"Missing command\.()()", "thiếu tên lệnh{}"),
    (r"Missing (?:argument|option|parameter) '?(.*?)'?\.(?: .*)?()", "thiếu {}"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)()", "thừa {}"),
    (r"Option '?(.*?)'? requires (?:an argument|\d+ arguments)\.()", "{} cần một giá trị"),
    (r"Option '?(.*?)'? does not take a value\.()", "{} không nhận giá trị"),
    (r"Invalid value for '?(.*?)'?: .* is not one of (.*)\.", "{} có giá trị không dùng được"),
    (r"Invalid value for '?(.*?)'?: .*()", "{} có giá trị không dùng được"),
)


def said(message: str) -> str:
    """The library's message in Vietnamese; as it stands when it is none of those known."""
    for pattern, words in _WORDS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            what, near = found.groups()
            close = f"; dùng được: {near.replace(chr(39), '')}" if near else ""
            return words.format(what) + close
    return message


@contextmanager
def _in_vietnamese() -> Iterator[None]:
    try:
        yield
    except _UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            raise
        where = error.ctx.command_path if error.ctx else "cio"
        message = f"Lỗi dòng lệnh: {said(error.format_message())}. Cách dùng: {where} --help"
        typer.echo(message, err=True)
        raise typer.Exit(error.exit_code) from None


class Commands(TyperGroup):
    """The commands, whose wrong use is explained as everything else is."""

    def make_context(self, *args: Any, **more: Any) -> Any:
        """As the library does, with its errors explained."""
        with _in_vietnamese():
            return super().make_context(*args, **more)

    def invoke(self, ctx: Any) -> Any:
        """As the library does, with its errors explained."""
        with _in_vietnamese():
            return super().invoke(ctx)
