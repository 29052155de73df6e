"""Ghi thông báo vào hộp, and say when each is to be mailed: by what the person chose and whether mail is set up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.utils import timezone

from soi.access.models import User
from soi.notices.enums import MailMode
from soi.notices.logic.timing import Quiet, next_digest
from soi.notices.models import Notice, Preference

# Rows written in one statement.
_AT_ONCE = 1000


def post(notices: Sequence[Notice], now: dt.datetime) -> int:
    """Ghi các thông báo; one that is there already is left as it is. Returns how many were handed in."""
    when = mail_times({notice.person_id for notice in notices}, now)
    for notice in notices:
        notice.mail_at = when.get(notice.person_id)
    Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=_AT_ONCE)
    return len(notices)


def mail_times(people: Iterable[int], now: dt.datetime) -> dict[int, dt.datetime]:
    """Giờ gửi thư cho từng người; left out is who gets no mail: no address, no account, or not wanted."""
    if not settings.MAIL_IS_SET_UP:
        return {}
    asked = set(people)
    users = User.objects.filter(person_id__in=asked, is_active=True).exclude(email="")
    reached = set(users.order_by().values_list("person_id", flat=True))
    chosen = Preference.objects.in_bulk(reached)
    times = {person: mail_time(chosen.get(person) or Preference(person_id=person), now) for person in reached}
    return {person: at for person, at in times.items() if at is not None}


def mail_time(preference: Preference, now: dt.datetime) -> dt.datetime | None:
    """Giờ gửi thư theo cách nhận này; None where no mail is wanted."""
    local, quiet = timezone.localtime(now), quiet_of(preference)
    if preference.mode == MailMode.NEVER:
        return None
    return quiet.over(local) if preference.mode == MailMode.AT_ONCE else next_digest(local, quiet)


def quiet_of(preference: Preference) -> Quiet:
    """Giờ nghỉ của một người."""
    return Quiet(preference.quiet_from, preference.quiet_to)
