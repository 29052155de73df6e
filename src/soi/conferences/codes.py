"""Tự điểm danh bằng mã: the code of a site, made by its staff; typed or scanned by who is invited.

A code says "I am in this hall". It is no secret of state, but it is not to be guessed from home either: after
ten wrong tries in a quarter of an hour the person is asked to see the staff.
"""

from __future__ import annotations

import datetime as dt
import secrets
from contextlib import suppress

from django.core.cache import cache
from django.db import transaction

from soi.base.actor import Actor
from soi.base.errors import Conflict, NotAllowed, NotFound
from soi.conferences import attendance_bell, attending
from soi.conferences import attending_rights as rights
from soi.conferences.enums import Evidence, Way
from soi.conferences.logic.codes import new_code, tidy
from soi.conferences.models import Attendance, AttendanceSpan, Conference, Site
from soi.history.actions import record

TRIES = 10
WITHIN = dt.timedelta(minutes=15)

_UNKNOWN = "Mã này không đúng hoặc đã được đổi. Hãy nhìn lại mã ở điểm cầu, hoặc nhờ cán bộ điểm cầu ghi."
_TOO_MANY = "Đồng chí đã nhập sai mã nhiều lần. Hãy chờ 15 phút, hoặc nhờ cán bộ điểm cầu ghi có mặt."


@transaction.atomic
def renew_code(*, actor: Actor, site: Site, now: dt.datetime) -> Site:
    """Tạo mã điểm danh của điểm cầu, or a new one: the one before stops at once."""
    row = (
        Site.objects.select_for_update(of=("self",))
        .select_related("conference__organization")
        .get(pk=site.pk)
    )
    reach = rights.check_keeps_site(actor, row.conference, row)
    attending.check_open(row.conference)
    taken = Site.objects.filter(conference=row.conference).values_list("code", flat=True)
    row.code = new_code({*taken})
    row.save(update_fields=["code"])
    record(
        actor=actor, action="conferences.renew_code", subject=row.conference, now=now, using=reach.using, site=row
    )  # fmt: skip
    attendance_bell.ring(row.conference_id)
    return row


@transaction.atomic
def withdraw_code(*, actor: Actor, site: Site, now: dt.datetime) -> Site:
    """Thôi dùng mã: from now on only the staff of the site note who comes."""
    row = (
        Site.objects.select_for_update(of=("self",))
        .select_related("conference__organization")
        .get(pk=site.pk)
    )
    reach = rights.check_keeps_site(actor, row.conference, row)
    if not row.code:
        raise Conflict("Điểm cầu này chưa có mã điểm danh.")
    row.code = ""
    row.save(update_fields=["code"])
    record(
        actor=actor, action="conferences.withdraw_code", subject=row.conference, now=now, using=reach.using,
        site=row,
    )  # fmt: skip
    attendance_bell.ring(row.conference_id)
    return row


def site_of_code(actor: Actor, conference: Conference, typed: str) -> Site:
    """Điểm cầu của mã này. A wrong one counts against the person; after ten, right ones are not taken either."""
    key = f"attendance-code:{conference.pk}:{actor.person_id}"
    if cache.get(key, 0) >= TRIES:
        raise Conflict(_TOO_MANY)
    code = tidy(typed)
    sites = Site.objects.filter(conference=conference).exclude(code="")
    found = next((site for site in sites if secrets.compare_digest(site.code, code)), None)
    if found is None:
        cache.add(key, 0, WITHIN.total_seconds())
        # It may run out between the two: then the quarter of an hour is over.
        with suppress(ValueError):
            cache.incr(key)
        raise NotFound(_UNKNOWN)
    return found


def my_row(actor: Actor, conference: Conference) -> Attendance:
    """Dòng của chính mình in the list of those invited."""
    row = conference.attendances.filter(person_id=actor.person_id or 0).first()
    if row is None:
        raise NotAllowed(
            "Đồng chí không có trong danh sách mời của hội nghị này. Hãy nhờ thư ký hội nghị ghi thêm."
        )
    return row


@transaction.atomic
def check_in_by_code(
    *, actor: Actor, conference: Conference, code: str, now: dt.datetime, way: Way = Way.IN_PERSON
) -> AttendanceSpan:
    """Tự điểm danh, for oneself only. Scanning again at the same site changes nothing; at another, it moves."""
    row = attending.locked(my_row(actor, conference))
    attending.check_open(row.conference)
    if not row.conference.date_start <= actor.today <= row.conference.date_end:
        raise Conflict("Chỉ tự điểm danh được trong ngày họp.")
    site = site_of_code(actor, conference, code)
    current = attending.open_span(row)
    if current is not None and current.site_id == site.pk:
        return current
    span = attending.moved(actor, row, site, now, way=way, evidence=Evidence.CODE)
    action = "conferences.move_site" if current else "conferences.check_in"
    attending.told(actor, action, row, now, site=site, way=way, evidence=Evidence.CODE)
    return span
