"""Lớp giữa: who acts and when, who may knock, and how a refusal becomes a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation

from soi.access.queries import actor_of
from soi.base.actor import Actor, Capability
from soi.base.errors import Refusal
from soi.web import errors
from soi.web.access_table import ACCESS, Door
from soi.web.http import SignedInRequest

GetResponse = Callable[[HttpRequest], HttpResponse]
# Posts that give power over other people's records; their holders need a second factor.
POWERFUL = frozenset(
    {
        Capability.RECORD,
        Capability.VERIFY,
        Capability.DIRECT,
        Capability.MANAGE_ORGANIZATION,
        Capability.MANAGE_ACCOUNTS,
    }
)
_SECRET_DOORS = frozenset(
    {
        "account_change_password",
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_reauthenticate",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "set_language",
    }
)


class LanguageMiddleware:
    """Ngôn ngữ: Vietnamese unless the reader chose another; what the browser asks for is not considered."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response


class SessionLimitMiddleware:
    """Hạn của phiên: signed out after 30 idle minutes and after 12 hours in any case."""

    # Written at most this often, so that reading pages does not write the database each time.
    GRAIN = 120

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and self._is_over(request):
            logout(request)
        return self.get_response(request)

    def _is_over(self, request: HttpRequest) -> bool:
        now = timezone.now().timestamp()
        started = request.session.setdefault("started", now)
        seen = request.session.get("seen", now)
        idle, age = now - seen, now - started
        if idle > settings.SESSION_IDLE_SECONDS or age > settings.SESSION_COOKIE_AGE:
            return True
        if "seen" not in request.session or idle >= self.GRAIN or idle < 0:
            request.session["seen"] = now
        return False


class ActorMiddleware:
    """Người thực hiện và đồng hồ: rights are worked out anew for each request, from the posts held today."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        request.now = now  # type: ignore[attr-defined]
        request.actor = self._actor(request, now)  # type: ignore[attr-defined]
        return self.get_response(request)

    @staticmethod
    def _actor(request: HttpRequest, now: dt.datetime) -> Actor | None:
        user = request.user
        if not user.is_authenticated:
            return None
        return actor_of(user, today=timezone.localdate(now))


class AccessMiddleware:
    """Bảng quyền: a URL without a row, a method not declared or a knock not admitted is refused here."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "actor", None) is not None:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        row = ACCESS.get(name)
        if row is None:
            return errors.page(request, 404)
        if request.method not in row.methods:
            return HttpResponseNotAllowed(sorted(row.methods))
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        if row.door is Door.SIGNED_IN and actor is None:
            return errors.sign_in_first(request)
        if not row.admits(actor):
            return errors.page(request, 403)
        return _own_secrets_first(cast(SignedInRequest, request), name) if actor else None


def _own_secrets_first(request: SignedInRequest, name: str) -> HttpResponseBase | None:
    """A password of one's own, then a second factor, before any record is shown."""
    if name in _SECRET_DOORS:
        return None
    if request.user.password_is_temporary:
        return redirect("account_change_password")
    return _second_factor_first(request)


def _second_factor_first(request: SignedInRequest) -> HttpResponseBase | None:
    if not settings.SECOND_FACTOR:
        return None
    if not any(request.actor.may(capability) for capability in POWERFUL):
        return None
    from allauth.mfa.utils import is_mfa_enabled

    return None if is_mfa_enabled(request.user) else redirect("mfa_activate_totp")


class RefusalMiddleware:
    """Từ chối thành trang: the domain's sentence, as a page or as a fragment for htmx, with its status."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return errors.page(request, exception.status, exception.sentence)
        return None
