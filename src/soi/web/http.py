"""Yêu cầu đã đăng nhập: the request as views see it, with the actor and the clock."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from soi.base.actor import Actor

if TYPE_CHECKING:
    from soi.access.models import User


class SignedInRequest(HttpRequest):
    """Request of somebody signed in: ``actor`` and ``now`` are set by the middleware."""

    actor: Actor
    now: dt.datetime
    user: User
    htmx: HtmxDetails


def way_back(request: HttpRequest, otherwise: str) -> str:
    """Đường quay lại: the page of this site that the form names in ``next``; ``otherwise`` for anything else."""
    target = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    # Anything but a path would be taken for the name of a view.
    return target if ours and target.startswith("/") else otherwise
