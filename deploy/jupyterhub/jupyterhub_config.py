"""JupyterHub behind the portal's sign-in, each trainee a container of their own.

The environment tells: CIO_PORTAL (address of the portal), CIO_OIDC_CLIENT, CIO_OIDC_SECRET.
"""

import os

portal = os.environ["CIO_PORTAL"].rstrip("/")

c = get_config()  # noqa: F821 - JupyterHub's own

# One origin: the Hub's proxy sends what is not the Hub's to the portal.
c.JupyterHub.bind_url = "http://127.0.0.1:8000/jupyter/"
c.Proxy.extra_routes = {"/": portal}

c.JupyterHub.authenticator_class = "generic-oauth"
c.GenericOAuthenticator.client_id = os.environ["CIO_OIDC_CLIENT"]
c.GenericOAuthenticator.client_secret = os.environ["CIO_OIDC_SECRET"]
c.GenericOAuthenticator.authorize_url = f"{portal}/identity/o/authorize"
c.GenericOAuthenticator.token_url = f"{portal}/identity/o/api/token"
c.GenericOAuthenticator.userdata_url = f"{portal}/identity/o/api/userinfo"
c.GenericOAuthenticator.oauth_callback_url = f"{portal}/jupyter/hub/oauth_callback"
c.GenericOAuthenticator.scope = ["openid", "profile"]
c.GenericOAuthenticator.username_claim = "preferred_username"
c.GenericOAuthenticator.enable_pkce = True
c.GenericOAuthenticator.auto_login = True
c.GenericOAuthenticator.allow_all = True  # whoever may sign in at the portal

# A container a trainee: nobody reads another's files, whatever code runs in it.
c.JupyterHub.spawner_class = "dockerspawner.DockerSpawner"
c.DockerSpawner.image = "cio-lessons"
c.DockerSpawner.remove = True
c.DockerSpawner.network_name = "cio-lessons"
c.DockerSpawner.volumes = {"cio-lessons-{username}": "/home/jovyan/learning"}
c.Spawner.mem_limit = "1G"
c.Spawner.cpu_limit = 1.0
c.Spawner.default_url = "/voila/tree"
