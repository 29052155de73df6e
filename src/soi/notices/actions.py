"""Đọc, đặt cách nhận, lập và thu hồi lịch: what a person does with their own notices."""

from __future__ import annotations

import datetime as dt
import secrets

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from soi.access.models import User
from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.history.actions import record
from soi.notices import posting, queries
from soi.notices.calendars import key_hash
from soi.notices.enums import MailMode
from soi.notices.models import CalendarFeed, Notice, Preference
from soi.org.models import Organization

# One person needs a few calendars, not hundreds of open doors.
MOST_FEEDS = 20


def mark_read(*, actor: Actor, notice: Notice, now: dt.datetime) -> None:
    """Đánh dấu đã đọc. Reading is no act on a record, so the history says nothing of it."""
    Notice.objects.filter(pk=notice.pk, person_id=_own(actor), read_at=None).update(read_at=now)


def mark_all_read(*, actor: Actor, now: dt.datetime) -> int:
    """Đánh dấu đã đọc tất cả, also what one may not see any more; returns how many."""
    return Notice.objects.filter(person_id=_own(actor), read_at=None).update(read_at=now)


@transaction.atomic
def save_preference(
    *,
    actor: Actor,
    mode: MailMode,
    quiet_from: dt.time,
    quiet_to: dt.time,
    email: str,
    now: dt.datetime,
) -> Preference:
    """Đặt cách nhận thư và địa chỉ; what waits to be mailed follows the new choice at once."""
    person, mode = _own(actor), MailMode(mode)
    email = _address(email)
    if mode != MailMode.NEVER and not email and queries.address_of(actor):
        raise Invalid(
            "Muốn bỏ địa chỉ thư, hãy chọn «Không gửi thư».",
            {"email": "Ghi địa chỉ, hoặc chọn không gửi thư."},
        )
    user = User.objects.select_for_update().get(person_id=person)
    moved, user.email = user.email != email, email
    user.save(update_fields=["email"])
    preference, _ = Preference.objects.update_or_create(
        person_id=person, defaults={"mode": mode, "quiet_from": quiet_from, "quiet_to": quiet_to}
    )
    waiting = Notice.objects.filter(person_id=person, mail=None, mail_at__isnull=False)
    waiting.update(mail_at=posting.mail_times([person], now).get(person))
    record(
        actor=actor, action="notices.set_preference", subject=user, now=now,
        # Not the address itself: the history keeps for ever what a person may want to take back.
        mode=mode, quiet_from=quiet_from, quiet_to=quiet_to, address_changed=moved,
    )  # fmt: skip
    return preference


@transaction.atomic
def make_feed(
    *, actor: Actor, organization: Organization | None, with_words: bool, now: dt.datetime
) -> tuple[CalendarFeed, str]:
    """Lập lịch, or renew it: the key of the one in force stops. Returns the key, which is shown this once."""
    person = _own(actor)
    if organization and not queries.bodies_for_feed(actor).filter(pk=organization.pk).exists():
        raise NotFound("Không tìm thấy tổ chức này, hoặc tổ chức nằm ngoài phạm vi đồng chí được đọc.")
    User.objects.select_for_update().get(person_id=person)
    in_force = CalendarFeed.objects.filter(person_id=person, withdrawn_at=None)
    in_force.filter(organization=organization).update(withdrawn_at=now)
    if in_force.count() >= MOST_FEEDS:
        raise Conflict(f"Đồng chí đang có {MOST_FEEDS} lịch. Hãy thu hồi lịch không dùng nữa rồi lập thêm.")
    key = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(
        person_id=person,
        organization=organization,
        key_hash=key_hash(key),
        with_words=with_words,
        made_at=now,
    )
    using = Capability.READ if organization else None
    record(
        actor=actor, action="notices.make_feed", subject=feed, now=now, using=using,
        organization=organization, with_words=with_words,
    )  # fmt: skip
    return feed, key


@transaction.atomic
def withdraw_feed(*, actor: Actor, feed: CalendarFeed, now: dt.datetime) -> None:
    """Thu hồi lịch: the address answers nothing from now on."""
    if feed.person_id != _own(actor):
        raise NotAllowed("Chỉ người lập lịch mới thu hồi được.")
    if not CalendarFeed.objects.filter(pk=feed.pk, withdrawn_at=None).update(withdrawn_at=now):
        raise Conflict("Lịch này đã được thu hồi.")
    record(actor=actor, action="notices.withdraw_feed", subject=feed, now=now, organization=feed.organization)


def _own(actor: Actor) -> int:
    if actor.person_id is None or actor.user_id is None:
        raise NotAllowed("Thông báo và lịch là của một người có tài khoản.")
    return actor.person_id


def _address(email: str) -> str:
    email = email.strip()
    if not email:
        return ""
    try:
        validate_email(email)
    except ValidationError as error:
        raise Invalid(
            "Địa chỉ thư điện tử chưa đúng dạng.", {"email": "Ví dụ: an.nguyen@donvi.vn"}
        ) from error
    if len(email) > 254 or not email.isascii():
        raise Invalid(
            "Địa chỉ thư điện tử chưa đúng dạng.", {"email": "Chỉ gồm chữ không dấu, tối đa 254 ký tự."}
        )
    return email
