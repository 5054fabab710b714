"""What a user reads when something cannot be done: Vietnamese, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from django.db import DatabaseError
from django.shortcuts import render

from courses.foundation.errors import CioError, DeniedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

log = structlog.get_logger()


class ErrorMiddleware:
    """Turns an explained error of a door into a page that says it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; Django calls ``process_exception`` when a view fails."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for an explained error; None leaves the rest to Django."""
        if isinstance(error, DeniedError):
            return _page(request, 403, "Không có quyền", str(error))
        if isinstance(error, CioError):
            return _page(request, 409, "Chưa thực hiện được", str(error))
        if isinstance(error, DatabaseError):
            log.error("database", path=request.path, error=type(error).__name__)
            return _page(request, 503, "Hệ thống đang bận", "Xin thử lại sau ít phút.")
        return None


def _page(request: HttpRequest, status: int, title: str, message: str) -> HttpResponse:
    context = {"title": title, "message": message}
    return render(request, "portal/error.html", context, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from a page of ours, or whose page has grown too old."""
    log.warning("csrf", path=request.path, reason=reason)
    message = "Trang đã mở quá lâu hoặc trình duyệt chặn cookie. Tải lại trang rồi gửi lại."
    return _page(request, 403, "Chưa gửi được", message)


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's interface
    """What a library of ours refuses."""
    return _page(request, 403, "Không có quyền", "Không làm được việc này ở trang này.")


def too_many(request: HttpRequest) -> HttpResponse:
    """Asked too often."""
    return _page(request, 429, "Gửi quá nhiều lần", "Chờ ít phút rồi thử lại.")


def too_large(request: HttpRequest, largest: int) -> HttpResponse:
    """More was sent than this page takes."""
    message = f"Trang này nhận tối đa {largest / 1_000_000:.0f} MB. Kiểm tra lại tệp đã chọn."
    return _page(request, 413, "Tệp quá lớn", message)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's interface
    """No such page."""
    return _page(request, 404, "Không có trang này", "Kiểm tra lại địa chỉ, hoặc về trang đầu.")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's interface
    """A request that cannot be read."""
    return _page(request, 400, "Yêu cầu không đọc được", "Về trang đầu rồi làm lại.")


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of the program."""
    message = "Chương trình gặp lỗi; những gì đã báo là đã lưu vẫn còn. Xin báo quản trị."
    return _page(request, 500, "Có lỗi", message)
