"""Nội dung hội nghị: who attended, what was concluded, cited and decided. The only code that writes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid
from soi.base.text import squash
from soi.conferences import permissions
from soi.conferences.enums import AttendanceRole, Presence
from soi.conferences.models import (
    Attendance,
    AttendanceRoleHeld,
    CitedDocument,
    CommonCause,
    Conclusion,
    Conference,
    Decision,
    Site,
)
from soi.documents.models import Passage
from soi.history.actions import record
from soi.org.enums import WorkArea
from soi.org.models import Person
from soi.org.queries import post_labels, rank_of

_RIGHT = Capability.RECORD


@transaction.atomic
def record_attendance(
    *,
    actor: Actor,
    conference: Conference,
    person: Person,
    roles: Collection[AttendanceRole],
    now: dt.datetime,
    rank: str | None = None,
    posts: str | None = None,
    presence: Presence = Presence.PRESENT,
    reason: str = "",
    site: Site | None = None,
    passage: Passage | None = None,
) -> Attendance:
    """Ghi người dự. ``rank`` and ``posts`` as the text says; None takes what was held on that day."""
    permissions.check_can_edit(actor, conference)
    permissions.check_knows(actor, person)
    if conference.attendances.filter(person=person).exists():
        raise Conflict(f"{person} đã có trong thành phần dự hội nghị này.")
    if site is not None and site.conference_id != conference.pk:
        raise Invalid("Điểm cầu không thuộc hội nghị này.", {"site": "Chọn lại điểm cầu."})
    day = conference.date_start
    row = Attendance.objects.create(
        conference=conference,
        person=person,
        rank=rank_of(person, on=day) if rank is None else rank,
        posts=", ".join(post_labels(person.pk, on=day)) if posts is None else posts,
        presence=presence,
        reason=reason,
        site=site,
        order=conference.attendances.count() + 1,
        passage=passage,
    )
    kept = [role for role in AttendanceRole if role in roles] or [AttendanceRole.ATTEND]
    AttendanceRoleHeld.objects.bulk_create([AttendanceRoleHeld(attendance=row, role=role) for role in kept])
    record(
        actor=actor, action="conferences.record_attendance", subject=conference, now=now, using=_RIGHT,
        person=person, roles=kept, rank=row.rank, posts=row.posts, presence=presence,
    )  # fmt: skip
    return row


@dataclass(frozen=True, slots=True)
class NewConclusion:
    """Một kết luận sắp ghi."""

    statement: str
    area: WorkArea = WorkArea.GENERAL
    period: str = ""
    passage: Passage | None = None


@transaction.atomic
def add_conclusions(
    *, actor: Actor, conference: Conference, conclusions: Sequence[NewConclusion], now: dt.datetime
) -> list[Conclusion]:
    """Ghi các kết luận, phương hướng, numbered on from those already there."""
    permissions.check_can_edit(actor, conference)
    for item in conclusions:
        _say(item.statement, "Hãy ghi nội dung kết luận.")
    last: int = conference.conclusions.aggregate(last=Max("number"))["last"] or 0
    rows = Conclusion.objects.bulk_create(
        Conclusion(
            conference=conference,
            number=number,
            statement=item.statement,
            area=item.area,
            period=item.period,
            passage=item.passage,
        )
        for number, item in enumerate(conclusions, start=last + 1)
    )
    record(
        actor=actor, action="conferences.add_conclusions", subject=conference, now=now, using=_RIGHT,
        conclusions=[row.statement for row in rows],
    )  # fmt: skip
    return rows


@transaction.atomic
def add_common_cause(
    *, actor: Actor, conference: Conference, statement: str, now: dt.datetime, passage: Passage | None = None
) -> CommonCause:
    """Ghi nguyên nhân chung, not tied to one shortcoming."""
    permissions.check_can_edit(actor, conference)
    _say(statement, "Hãy ghi nguyên nhân.")
    row = CommonCause.objects.create(conference=conference, statement=statement, passage=passage)
    record(
        actor=actor,
        action="conferences.add_common_cause",
        subject=conference,
        now=now,
        using=_RIGHT,
        statement=statement,
    )
    return row


@transaction.atomic
def add_cited_document(
    *,
    actor: Actor,
    conference: Conference,
    type: str,  # noqa: A002  (the word of the form: loại văn bản)
    now: dt.datetime,
    number: str = "",
    name: str = "",
    issuer: str = "",
    date: dt.date | None = None,
    passage: Passage | None = None,
) -> CitedDocument:
    """Ghi văn bản được viện dẫn: by number or, without one, by name."""
    permissions.check_can_edit(actor, conference)
    if not squash(number) and not squash(name):
        raise Invalid("Hãy ghi số, ký hiệu hoặc tên văn bản.", {"number": "Cần số hoặc tên."})
    row = CitedDocument.objects.create(
        conference=conference, type=type, number=number, name=name, issuer=issuer, date=date, passage=passage
    )
    record(
        actor=actor, action="conferences.add_cited_document", subject=conference, now=now, using=_RIGHT,
        type=type, number=number, name=name, issuer=issuer, date=date,
    )  # fmt: skip
    return row


@transaction.atomic
def add_decision(
    *,
    actor: Actor,
    conference: Conference,
    kind: str,
    statement: str,
    now: dt.datetime,
    passage: Passage | None = None,
) -> Decision:
    """Ghi xếp loại, khen thưởng, kỷ luật as said at the conference. ``kind``: see ``Decision``."""
    permissions.check_can_edit(actor, conference)
    _say(statement, "Hãy ghi nội dung xếp loại, khen thưởng hoặc kỷ luật.")
    if kind not in dict(Decision._meta.get_field("kind").flatchoices):
        raise Invalid("Hãy chọn xếp loại, khen thưởng hay kỷ luật.", {"kind": "Chọn một loại."})
    row = Decision.objects.create(conference=conference, kind=kind, statement=statement, passage=passage)
    record(
        actor=actor, action="conferences.add_decision", subject=conference, now=now, using=_RIGHT,
        kind=kind, statement=statement,
    )  # fmt: skip
    return row


def _say(statement: str, sentence: str) -> None:
    if not squash(statement):
        raise Invalid(sentence, {"statement": sentence})
