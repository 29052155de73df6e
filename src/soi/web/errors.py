"""Trang báo lỗi: 400, 403, 404, 405, 409, 422, 500, 503 in plain words, each saying what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


@dataclass(frozen=True, slots=True)
class Words:
    """Tiêu đề và câu giải thích của một trang lỗi."""

    title: str | Promise
    sentence: str | Promise


WORDS: dict[int, Words] = {
    400: Words(
        gettext_lazy("Yêu cầu không đọc được"),
        gettext_lazy("Hãy quay lại trang trước, tải lại trang rồi thử lần nữa."),
    ),
    403: Words(
        gettext_lazy("Chưa được phép"),
        gettext_lazy(
            "Chức vụ hiện nay của đồng chí không bao gồm việc này. Nếu cần, hãy đề nghị người quản lý."
        ),
    ),
    404: Words(
        gettext_lazy("Không tìm thấy"),
        gettext_lazy("Trang này không có, hoặc nằm ngoài phạm vi đồng chí được xem."),
    ),
    409: Words(
        gettext_lazy("Chưa thực hiện được"),
        gettext_lazy("Hồ sơ vừa được người khác thay đổi. Hãy mở lại hồ sơ rồi làm tiếp."),
    ),
    422: Words(
        gettext_lazy("Cần bổ sung"),
        gettext_lazy("Một số mục chưa đúng. Hãy quay lại và sửa."),
    ),
    429: Words(
        gettext_lazy("Quá nhiều lần thử"),
        gettext_lazy("Đã thử quá nhiều lần. Hãy đợi ít phút rồi thử lại."),
    ),
    500: Words(
        gettext_lazy("Hệ thống gặp lỗi"),
        gettext_lazy(
            "Việc vừa làm chưa được ghi. Lỗi đã được lưu lại để người quản trị xem. Hãy thử lại sau ít phút."
        ),
    ),
}


def page(request: HttpRequest, status: int, sentence: str = "") -> HttpResponse:
    """The error page, or for htmx a short message that the page shows on top."""
    words = WORDS.get(status, WORDS[500])
    context = {"status": status, "title": words.title, "sentence": sentence or words.sentence}
    if getattr(request, "htmx", False):
        return render(request, "errors/fragment.html", context, status=status)
    return render(request, "errors/page.html", context, status=status)


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back here afterwards; htmx is told to load the whole page."""
    target = reverse("account_login")
    if request.method == "GET":
        target = f"{target}?{urlencode({'next': request.get_full_path()})}"
    if getattr(request, "htmx", False):
        return HttpResponse(status=401, headers={"HX-Redirect": reverse("account_login")})
    return HttpResponseRedirect(target)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 400)


def too_many(request: HttpRequest) -> HttpResponse:
    """Where allauth counts tries and there were too many."""
    return page(request, 429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or sent from elsewhere."""
    return page(
        request,
        403,
        _("Trang này đã mở quá lâu hoặc được gửi từ nơi khác. Hãy tải lại trang rồi gửi lần nữa."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Last resort: no database, no session, no shell around it."""
    words = WORDS[500]
    return render(request, "errors/bare.html", {"title": words.title, "sentence": words.sentence}, status=500)
