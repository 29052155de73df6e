"""Lập hồ sơ hội nghị: the conference itself, its sites and its sources. The only code that writes them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid, NotFound
from soi.base.text import fold, squash
from soi.conferences import permissions
from soi.conferences.enums import ConferenceKind, Form
from soi.conferences.models import Conference, ConferenceFinding, ConferenceSource, Site
from soi.documents import queries as documents
from soi.documents.models import Source
from soi.findings import permissions as findings
from soi.findings.actions import record_finding
from soi.findings.models import Finding
from soi.history.actions import record
from soi.org.models import Organization

_RIGHT = Capability.RECORD


@transaction.atomic
def record_conference(
    *,
    actor: Actor,
    organization: Organization,
    kind: ConferenceKind,
    title: str,
    date_start: dt.date,
    now: dt.datetime,
    form: Form = Form.UNKNOWN,
    date_end: dt.date | None = None,
    period: str = "",
    place: str = "",
    starts_at: dt.time | None = None,
    ends_at: dt.time | None = None,
) -> Conference:
    """Lập hồ sơ một hội nghị, held or still to come.

    ``period`` is what it looks back on: "2021", "2021-Q1", "2020-2025".
    """
    permissions.check_can_record(actor, organization)
    date_end = date_end or date_start
    _check_facts(organization, title, date_start, date_end)
    _check_times(date_start, date_end, starts_at, ends_at)
    conference = Conference.objects.create(
        organization=organization, kind=kind, form=form, title=title, date_start=date_start,
        date_end=date_end, period=period, place=place, starts_at=starts_at, ends_at=ends_at,
        search_key=_search_key(organization, title, place),
    )  # fmt: skip
    record(
        actor=actor, action="conferences.record", subject=conference, now=now, using=_RIGHT,
        organization=organization, kind=kind, title=title, date_start=date_start, date_end=date_end,
    )  # fmt: skip
    return conference


@transaction.atomic
def edit_conference(
    *,
    actor: Actor,
    conference: Conference,
    expected_version: int,
    kind: ConferenceKind,
    form: Form,
    title: str,
    date_start: dt.date,
    date_end: dt.date,
    period: str,
    place: str,
    now: dt.datetime,
    starts_at: dt.time | None = None,
    ends_at: dt.time | None = None,
) -> Conference:
    """Sửa thông tin chung. ``Conflict`` when somebody saved after ``expected_version`` was read."""
    permissions.check_can_edit(actor, conference)
    _check_facts(conference.organization, title, date_start, date_end)
    _check_times(date_start, date_end, starts_at, ends_at)
    values = {
        "kind": kind, "form": form, "title": squash(title), "date_start": date_start, "date_end": date_end,
        "period": squash(period), "place": squash(place), "starts_at": starts_at, "ends_at": ends_at,
    }  # fmt: skip
    before = Conference.objects.get(pk=conference.pk)
    changed = {
        name: [getattr(before, name), new] for name, new in values.items() if getattr(before, name) != new
    }
    taken = Conference.objects.filter(pk=conference.pk, version=expected_version).update(
        **values, version=F("version") + 1, search_key=_search_key(conference.organization, title, place)
    )
    if not taken:
        raise Conflict("Có người vừa sửa hội nghị này. Hãy tải lại trang, xem lại rồi sửa.")
    record(actor=actor, action="conferences.edit", subject=conference, now=now, using=_RIGHT, changed=changed)
    conference.refresh_from_db()
    return conference


def _check_facts(organization: Organization, title: str, date_start: dt.date, date_end: dt.date) -> None:
    fields = {}
    if not squash(title):
        fields["title"] = "Hãy ghi tên hội nghị."
    if date_end < date_start:
        fields["date_end"] = "Ngày kết thúc phải từ ngày bắt đầu trở đi."
    if not organization.exists_on(date_start):
        fields["date_start"] = f"{organization} không tồn tại vào ngày {date_start:%d/%m/%Y}."
    if fields:
        raise Invalid(" ".join(fields.values()), fields)


def _check_times(
    date_start: dt.date, date_end: dt.date, starts_at: dt.time | None, ends_at: dt.time | None
) -> None:
    if ends_at and not starts_at:
        raise Invalid("Hãy ghi giờ khai mạc trước giờ kết thúc.", {"starts_at": "Chưa có giờ khai mạc."})
    if starts_at and ends_at and date_start == date_end and ends_at <= starts_at:
        raise Invalid("Giờ kết thúc phải sau giờ khai mạc.", {"ends_at": "Phải sau giờ khai mạc cùng ngày."})


def _search_key(organization: Organization, title: str, place: str) -> str:
    return fold(f"{title} {place} {organization.name} {organization.short_name}")


@transaction.atomic
def add_site(
    *, actor: Actor, conference: Conference, name: str, now: dt.datetime, is_main: bool = False
) -> Site:
    """Thêm điểm cầu; a conference has one main site."""
    permissions.check_can_edit(actor, conference)
    if not squash(name):
        raise Invalid("Hãy ghi tên điểm cầu.", {"name": "Chưa có tên."})
    if is_main and conference.sites.filter(is_main=True).exists():
        raise Conflict("Hội nghị đã có điểm cầu chính.")
    site = Site.objects.create(conference=conference, name=name, is_main=is_main)
    record(
        actor=actor,
        action="conferences.add_site",
        subject=conference,
        now=now,
        using=_RIGHT,
        site=site,
        is_main=is_main,
    )
    return site


@transaction.atomic
def attach_source(
    *,
    actor: Actor,
    conference: Conference,
    source: Source,
    now: dt.datetime,
    author: str = "",
    photographer: str = "",
    published: dt.date | None = None,
) -> ConferenceSource:
    """Gắn văn bản nói về hội nghị, with what a press item says of itself."""
    permissions.check_can_edit(actor, conference)
    if not documents.visible_to(actor).filter(pk=source.pk).exists():
        raise NotFound("Không tìm thấy văn bản này.")
    if conference.sources.filter(source=source).exists():
        raise Conflict("Văn bản này đã được gắn với hội nghị.")
    row = ConferenceSource.objects.create(
        conference=conference, source=source, author=author, photographer=photographer, published=published
    )
    record(
        actor=actor,
        action="conferences.attach_source",
        subject=conference,
        now=now,
        using=_RIGHT,
        source=source,
    )
    return row


@transaction.atomic
def attach_finding(
    *, actor: Actor, conference: Conference, finding: Finding, now: dt.datetime
) -> ConferenceFinding:
    """Gắn nội dung đánh giá mà hội nghị nêu; a finding belongs to the one conference that named it."""
    permissions.check_can_edit(actor, conference)
    findings.check_sees(actor, finding)
    if ConferenceFinding.objects.filter(finding=finding).exists():
        raise Conflict("Nội dung này đã thuộc một hội nghị.")
    row = ConferenceFinding.objects.create(conference=conference, finding=finding)
    record(
        actor=actor,
        action="conferences.attach_finding",
        subject=conference,
        now=now,
        using=_RIGHT,
        finding=finding,
    )
    return row


@transaction.atomic
def name_finding(*, actor: Actor, conference: Conference, now: dt.datetime, **finding: Any) -> Finding:
    """Ghi nội dung mà hội nghị nêu: recorded and attached, both or neither; fields as for ``record_finding``."""
    permissions.check_can_edit(actor, conference)
    row = record_finding(actor=actor, now=now, **finding)
    attach_finding(actor=actor, conference=conference, finding=row, now=now)
    return row
