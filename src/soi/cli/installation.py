"""Cài đặt lần đầu: the body at the top, one post that manages it, one account."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from soi.access import actions as access
from soi.access.enums import Duty
from soi.base.actor import system_actor
from soi.base.errors import Conflict
from soi.org import actions as org
from soi.org import staffing
from soi.org.enums import Classification, PostRole
from soi.org.models import Organization


@transaction.atomic
def install(*, organization: str, name: str, username: str, password: str) -> None:
    """Lập tổ chức đứng đầu và người quản trị; raises ``Conflict`` when there is an organisation already."""
    if Organization.objects.exists():
        raise Conflict("Hệ thống đã có tổ chức. Hãy đăng nhập bằng tài khoản quản trị để thêm.")
    now = timezone.now()
    today = timezone.localdate(now)
    actor = system_actor("Cài đặt", today=today)
    body = org.found_organization(
        actor=actor,
        name=organization,
        classification=Classification.PARTY_COMMITTEE,
        parent=None,
        on=today,
        now=now,
    )
    post = staffing.add_post(
        actor=actor, organization=body, label="Quản trị hệ thống", role=PostRole.STAFF, start=today, now=now
    )
    for duty in (Duty.ADMINISTRATOR, Duty.ORGANIZER):
        access.give_duty(actor=actor, post=post, duty=duty, now=now)
    person = staffing.add_person(actor=actor, name=name, organization=body, now=now)
    staffing.appoint(actor=actor, person=person, post=post, start=today, now=now)
    access.open_account(actor=actor, person=person, username=username, password=password, now=now)
