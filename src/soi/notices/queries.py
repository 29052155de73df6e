"""Đọc thông báo: the inbox with the rights of this moment, how one wants to be told, one's calendars."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, QuerySet, Value, When

from soi.access.models import User
from soi.base.actor import Actor, Capability
from soi.base.errors import NotFound
from soi.base.models import held_on
from soi.notices import records
from soi.notices.enums import RecordKind
from soi.notices.models import CalendarFeed, Mail, Notice, Preference
from soi.org.models import Organization
from soi.org.queries import scope

# So many unread ones are counted for the bell; beyond that it says "99+".
MOST_COUNTED = 100


def visible_to(actor: Actor) -> QuerySet[Notice]:
    """Thông báo được thấy: one's own, of records that one may still see at this moment."""
    return Notice.objects.filter(records.in_sight(actor), person_id=actor.person_id or 0)


def inbox(actor: Actor, *, unread_only: bool = False, record_kind: str = "") -> QuerySet[Notice]:
    """Hộp thông báo: unread first, then the newest."""
    rows = visible_to(actor)
    if unread_only:
        rows = rows.filter(read_at=None)
    if record_kind in RecordKind.values:
        rows = rows.filter(record_kind=record_kind)
    is_read = Case(When(read_at=None, then=Value(0)), default=Value(1))
    return rows.order_by(is_read, F("at").desc(), F("pk").desc())


def unread_count(actor: Actor) -> int:
    """Số thông báo chưa đọc, counted up to ``MOST_COUNTED``, in one query."""
    return visible_to(actor).filter(read_at=None).order_by()[:MOST_COUNTED].count()


def get(actor: Actor, pk: int) -> Notice:
    """Một thông báo; NotFound when it is somebody else's, or its record is out of sight by now."""
    notice = visible_to(actor).filter(pk=pk).first()
    if notice is None:
        raise NotFound("Không tìm thấy thông báo này, hoặc hồ sơ không còn trong phạm vi của đồng chí.")
    return notice


def with_records(actor: Actor, notices: list[Notice]) -> list[tuple[Notice, Any]]:
    """Kèm hồ sơ mà mỗi thông báo nói tới; what went out of sight meanwhile is left out."""
    found = records.load(actor, [(RecordKind(notice.record_kind), notice.record_id) for notice in notices])
    pairs = [(notice, found.get((RecordKind(notice.record_kind), notice.record_id))) for notice in notices]
    return [(notice, record) for notice, record in pairs if record is not None]


def record_of(actor: Actor, notice: Notice) -> Any:
    """Hồ sơ của một thông báo; NotFound when out of sight."""
    pairs = with_records(actor, [notice])
    if not pairs:
        raise NotFound("Hồ sơ này không còn trong phạm vi của đồng chí.")
    return pairs[0][1]


def preference_of(person_id: int) -> Preference:
    """Cách nhận của một người; the defaults where nothing was chosen (not stored then)."""
    return Preference.objects.filter(pk=person_id).first() or Preference(person_id=person_id)


def address_of(actor: Actor) -> str:
    """Địa chỉ thư của chính mình; nobody else's can be asked for."""
    return User.objects.filter(pk=actor.user_id or 0).values_list("email", flat=True).first() or ""


def mails_of(actor: Actor) -> QuerySet[Mail]:
    """Các thư gần đây gửi cho mình."""
    return Mail.objects.filter(person_id=actor.person_id or 0).order_by("-pk")


def feeds_of(actor: Actor) -> QuerySet[CalendarFeed]:
    """Các lịch đang dùng của mình."""
    rows = CalendarFeed.objects.filter(person_id=actor.person_id or 0, withdrawn_at=None)
    return rows.select_related("organization").order_by("organization__sort_key", "pk")


def get_feed(actor: Actor, pk: int) -> CalendarFeed:
    """Một lịch của mình còn dùng được."""
    feed = feeds_of(actor).filter(pk=pk).first()
    if feed is None:
        raise NotFound("Không tìm thấy lịch này, hoặc lịch đã được thu hồi.")
    return feed


def bodies_for_feed(actor: Actor) -> QuerySet[Organization]:
    """Tổ chức mà mình lập được lịch: those in the reading scope that exist today."""
    return Organization.objects.filter(scope(actor, Capability.READ, path="pk"), held_on(actor.today))
