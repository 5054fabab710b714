"""The Hub's configuration, where JupyterHub is installed."""

import runpy
from pathlib import Path

import pytest
from traitlets.config import Config

CONFIG = Path(__file__).parents[3] / "deploy" / "jupyterhub" / "jupyterhub_config.py"


def test_the_hubs_configuration_names_settings_that_there_are(monkeypatch):
    app = pytest.importorskip("jupyterhub.app", reason="cần JupyterHub (thử cấu hình lớp lớn)")
    monkeypatch.setenv("CIO_PORTAL", "https://cong.example.vn")
    monkeypatch.setenv("CIO_OIDC_CLIENT", "hub")
    monkeypatch.setenv("CIO_OIDC_SECRET", "bi-mat")
    config = Config()
    runpy.run_path(str(CONFIG), {"get_config": lambda: config})
    assert set(config.JupyterHub) <= set(app.JupyterHub.class_trait_names())
