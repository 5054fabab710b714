"""What tests of documents share: an office that opens them."""

import shutil
import subprocess

import pytest


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """Convert files by a LibreOffice of our own, whose settings are Vietnamese."""
    if shutil.which("soffice") is None:
        pytest.skip("chưa cài LibreOffice")
    home = tmp_path_factory.mktemp("office")
    settings = home / "user" / "registrymodifications.xcu"
    settings.parent.mkdir()
    settings.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items '
        'xmlns:oor="http://openoffice.org/2001/registry"><item '
        'oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" '
        'oor:op="fuse"><value>vi-VN</value></prop></item></oor:items>',
        encoding="utf-8",
    )

    def convert(paths, to):
        out = tmp_path_factory.mktemp("doi")
        subprocess.run(
            ["soffice", f"-env:UserInstallation={home.as_uri()}", "--headless",
             "--convert-to", to, "--outdir", str(out), *map(str, paths)],
            check=True, capture_output=True, timeout=280,
        )  # fmt: skip
        return out

    return convert
