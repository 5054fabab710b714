"""The lessons' server: Voilà renders of given lessons for whoever signed in at the portal.

It has no address for contents, terminals, uploads or new kernels: what is not there cannot be
left open. A page's kernel answers its own user alone, and only messages of widgets: no code.
Every other address is the portal's, so that both stand on one origin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tornado.web
from jupyter_server.base.handlers import FileFindHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.wsgi import WSGIContainer
from traitlets.config import Config
from voila.app import Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from centre.desk.identity import PortalIdentity
from centre.desk.kernels import OwnKernels
from centre.learning.progress import lay_out_lesson
from courses.foundation.errors import ContentError

if TYPE_CHECKING:
    import socket
    from concurrent.futures import Executor

    from centre.configuration import Centre

BASE = "/hoc/"
LARGEST = 25 * 1024 * 1024  # bytes of a request; the portal's own limits are narrower
_KERNEL = r"(?P<kernel_id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"

# Voilà's pages write scripts and styles into themselves; nothing comes from another origin.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'self'"
)


class _Own:
    """Lets nobody but its user come near a kernel; another's is as one there is not."""

    async def prepare(self: Any, **options: Any) -> Any:
        """Compare who asks with whose it is, before anything is done."""
        done = await super().prepare(**options)  # type: ignore[misc]
        kernel = self.path_kwargs.get("kernel_id", "")
        if self.current_user is None or self.kernel_manager.owner(kernel) != str(
            self.current_user.username
        ):
            raise tornado.web.HTTPError(404)
        return done


class _Kernel(_Own, KernelHandler):
    """What a page asks about its kernel."""


class _Channels(_Own, VoilaKernelWebsocketHandler):
    """What a page's widgets and its kernel say to each other."""


class _Shutdown(_Own, VoilaShutdownKernelHandler):
    """The end of a page's kernel."""


class _Lesson(TornadoVoilaHandler):
    """A lesson's page: its notebook lies in the user's own folder, wherever the address points."""

    async def get(self, path: str | None = None) -> None:
        """Lay the lesson out and render it."""
        desk: LessonDesk = self.settings["desk"]
        user = int(self.current_user.username)
        try:
            notebook = await IOLoop.current().run_in_executor(
                desk.executor, lay_out_lesson, desk.centre, user, str(path)
            )
        except ContentError as error:
            raise tornado.web.HTTPError(404) from error
        await super().get(f"{user}/{notebook.name}")


class _Static(MultiStaticFileHandler):
    """Scripts that every lesson opens with: asked for anew after an hour, not for each lesson."""

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002 - Tornado's interface
        """Let browsers keep the file."""
        self.set_header("Cache-Control", "private, max-age=3600")


class LessonDesk(Voila):
    """Voilà over the users' folders, behind the portal's sign-in, beside the portal."""

    name = "voila"
    centre: Centre
    portal: Any
    executor: Executor
    sockets: list[socket.socket]

    def init_settings(self) -> dict[str, Any]:
        """Voilà's settings, with the portal's own page to sign in."""
        PortalIdentity.executor = self.executor
        return {
            **super().init_settings(),
            "desk": self,
            "login_url": "/dang-nhap/",
            # A page of Voilà is megabytes of text, and so are the messages of its widgets.
            "compress_response": True,
            "websocket_compression_options": {},
            "headers": {"Content-Security-Policy": _POLICY, "Referrer-Policy": "same-origin"},
        }

    def init_handlers(self) -> list[Any]:
        """Every address there is: those of a lesson's page, and the portal."""
        page = {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        themes = {"path": self.labextensions_path, "no_cache_paths": ["/"]}
        portal = WSGIContainer(_trimmed(self.portal), self.executor)
        return [
            (rf"{BASE}bai/([a-z0-9-]{{1,64}})", _Lesson, page),
            (rf"{BASE}api/kernels/{_KERNEL}", _Kernel),
            (rf"{BASE}api/kernels/{_KERNEL}/channels", _Channels),
            (rf"{BASE}voila/api/shutdown/{_KERNEL}", _Shutdown),
            (rf"{BASE}voila/templates/(.*)", TemplateStaticFileHandler),
            (rf"{BASE}voila/static/(.*)", _Static, {"paths": self.static_paths}),
            (rf"{BASE}voila/labextensions/(.*)", FileFindHandler, themes),
            (r".*", tornado.web.FallbackHandler, {"fallback": portal}),
        ]

    def listen(self) -> None:
        """Serve on the sockets that were opened beforehand, until stopped."""
        server = HTTPServer(self.app, max_body_size=LARGEST)
        server.add_sockets(self.sockets)
        self.ioloop = IOLoop.current()
        self.ioloop.add_callback(self.kernel_manager.keep_warm)
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            pass
        finally:
            self.stop()


def _trimmed(application: Any) -> Any:
    """Django begins a cookie's value with a space, which Tornado takes for a forged header."""

    def answer(environ: dict[str, Any], start: Any) -> Any:
        def begin(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            return start(status, [(name, value.strip()) for name, value in headers], *error)

        return application(environ, begin)

    return answer


def desk_config() -> Config:
    """The lessons' settings: the house's template, no code over the channel, idle pages ended."""
    return Config(
        {
            "Application": {"log_level": "ERROR"},
            "KernelManager": {"transport_encryption": "auto"},
            "MappingKernelManager": {
                "cull_idle_timeout": 3600,
                "cull_interval": 300,
            },
            "HTMLExporter": {"language_code": "vi"},
            "VoilaConfiguration": {
                "template": "cio",
                "allow_template_override": "NO",
                "allow_theme_override": "NO",
                "theme": "light",
                "multi_kernel_manager_class": OwnKernels,
                "extension_denylist": ["@jupyter/nbgrader", "@jupyter-notebook/lab-extension"],
            },
        }
    )


def run(centre: Centre, portal: Any, sockets: list[socket.socket], executor: Executor) -> None:
    """Serve the lessons and the portal until interrupted or terminated."""
    folder = centre.folder / "learning"
    folder.mkdir(exist_ok=True)
    desk = LessonDesk(
        base_url=BASE,
        root_dir=str(folder),
        open_browser=False,
        identity_provider_class=PortalIdentity,
        config=desk_config(),
        tornado_settings={
            "mathjax_url": None,
            "mathjax_config": None,
            "ws_ping_timeout": 30_000,  # ms; Tornado wants no more than the interval
        },
    )
    desk.centre, desk.portal, desk.executor, desk.sockets = centre, portal, executor, sockets
    desk.initialize(argv=[])
    desk.start()
