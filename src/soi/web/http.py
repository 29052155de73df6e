"""Yêu cầu đã đăng nhập: the request as views see it, with the actor and the clock."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from soi.base.actor import Actor
from soi.documents.logic.filenames import content_disposition

if TYPE_CHECKING:
    from soi.access.models import User


class SignedInRequest(HttpRequest):
    """Request of somebody signed in: ``actor`` and ``now`` are set by the middleware."""

    actor: Actor
    now: dt.datetime
    user: User
    htmx: HtmxDetails


def attachment(data: bytes, name: str, media_type: str) -> HttpResponse:
    """Tệp do Soi dựng, to be saved under this name."""
    return HttpResponse(
        data, content_type=media_type, headers={"Content-Disposition": content_disposition(name)}
    )


def way_back(request: HttpRequest, otherwise: str) -> str:
    """Đường quay lại: the page of this site that the form names in ``next``; ``otherwise`` for anything else."""
    target = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    # Anything but a path would be taken for the name of a view.
    return target if ours and target.startswith("/") else otherwise
