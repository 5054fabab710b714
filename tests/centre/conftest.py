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


@pytest.fixture
def at(cio):
    """Run a verb at one sitting, by one of the staff."""

    def run(sitting, *words, by="giao-vu"):
        folder = ("--centre", sitting.centre.folder)
        return cio(*folder, *words, "--sitting", sitting.code, by=by)

    return run


@pytest.fixture
def inside(cio):
    """Run a verb at the centre of a sitting, by one of the staff."""
    return lambda sitting, *words, by="giao-vu": cio(
        "--centre", sitting.centre.folder, *words, by=by
    )
