"""Tiêu đề an toàn: the same as on every page, made by the same middleware."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from csp.middleware import CSPMiddleware
from django.http import HttpResponse
from django.http.request import HttpRequest
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware

Headers = list[tuple[bytes, bytes]]
_OWN = frozenset({"content-type", "content-length", "vary"})


@lru_cache(maxsize=1)
def common_headers() -> Headers:
    """What the middleware adds to an empty page; it does not depend on who asks."""
    request = HttpRequest()
    request.method, request.META = "GET", {"wsgi.url_scheme": "https"}
    request._get_scheme = lambda: "https"  # type: ignore[attr-defined]
    layers: list[Any] = [XFrameOptionsMiddleware, CSPMiddleware, SecurityMiddleware]

    def page(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    response = page(request)
    for layer in layers:
        response = layer(page).process_response(request, response)
    return [
        (name.lower().encode(), value.encode())
        for name, value in response.items()
        if name.lower() not in _OWN
    ]
