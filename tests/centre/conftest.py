"""The ``cio`` command as its users meet it."""

import sys

import pytest

from centre.cli import main


@pytest.fixture
def cio(monkeypatch, capsys):
    """Run the command in this process, by one of the staff; exit status, stdout and stderr."""

    def run(*arguments, by="giao-vu"):
        monkeypatch.setattr("centre.accounts.users.machine_account", lambda: by)
        monkeypatch.setattr(sys, "argv", ["cio", *map(str, arguments)])
        try:
            main()
            status = 0
        except SystemExit as ended:
            status = ended.code or 0
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run
