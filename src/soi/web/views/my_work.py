"""Việc của tôi: what is due from me."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from soi.web.http import SignedInRequest


def my_work(request: SignedInRequest) -> HttpResponse:
    """Trang đầu sau khi đăng nhập."""
    return render(request, "my_work.html", {})
