"""Yêu cầu đã đăng nhập: the request as views see it, with the actor and the clock."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.http import HttpRequest
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
