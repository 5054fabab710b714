"""JupyterHub behind the portal's sign-in, each trainee a machine user of their own.

The environment tells: CIO_PORTAL (address of the portal), CIO_LEARNING (the centre's folder
``learning``), CIO_LESSONS (lessons as notebooks) and, where it is not 8000, CIO_HUB_PORT; the
two ports after that one are the Hub's own.
"""

import os
import sys
from pathlib import Path

import centre

sys.path.insert(0, str(Path(__file__).parent))
from portal_hub import OwnUserSpawner, PortalAuthenticator

c = get_config()  # noqa: F821 - JupyterHub's own
portal, port = os.environ["CIO_PORTAL"].rstrip("/"), int(os.environ.get("CIO_HUB_PORT", "8000"))
jupyter = Path(centre.__file__).parent / "desk" / "jupyter"

# One origin: the Hub's proxy sends what is not the Hub's to the portal.
c.JupyterHub.bind_url = f"http://127.0.0.1:{port}/jupyter/"
c.JupyterHub.hub_port = port + 1
c.JupyterHub.template_paths = [str(Path(__file__).with_name("templates"))]
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{port + 2}"
c.ConfigurableHTTPProxy.command = [
    sys.executable,
    str(Path(__file__).with_name("portal_proxy.py")),
]
c.Proxy.extra_routes = {"/": portal}

c.JupyterHub.authenticator_class = PortalAuthenticator
c.PortalAuthenticator.portal = portal
c.PortalAuthenticator.auto_login = True
c.PortalAuthenticator.allow_all = True  # whoever may sign in at the portal
c.PortalAuthenticator.auth_refresh_age = 2  # seconds until the portal is asked again
c.PortalAuthenticator.refresh_pre_spawn = True

c.JupyterHub.spawner_class = OwnUserSpawner
c.OwnUserSpawner.learning = os.environ["CIO_LEARNING"]
c.OwnUserSpawner.lessons = os.environ["CIO_LESSONS"]
c.OwnUserSpawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
c.OwnUserSpawner.mem_limit = os.environ.get("CIO_HUB_MEMORY", "2G")  # of one trainee
c.OwnUserSpawner.environment = {"JUPYTER_PATH": str(jupyter / "data")}
c.OwnUserSpawner.default_url = "/voila/tree"
# Seconds, on a machine where many start at once.
c.OwnUserSpawner.start_timeout = c.OwnUserSpawner.http_timeout = 180
c.OwnUserSpawner.args = [
    "--VoilaConfiguration.template=cio",
    "--VoilaConfiguration.theme=light",
    "--HTMLExporter.language_code=vi",
]
