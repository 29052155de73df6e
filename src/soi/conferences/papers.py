"""Tài liệu hội nghị: who may read which, and how they are put before the conference.

A paper's file is kept apart from all other texts (``documents.Origin.PAPER``): the only way to it, to its
words and to its name leads through ``readable``. Its history names the paper by number for the same reason.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid, NotFound
from soi.base.text import squash
from soi.conferences import permissions, queries
from soi.conferences.enums import Secrecy
from soi.conferences.models import AgendaItem, Attendance, Conference, Contribution, Paper, PriorOpinion
from soi.documents.actions import Received, receive_paper
from soi.documents.models import Source
from soi.history.actions import record
from soi.org.queries import scope

_RIGHT = Capability.RECORD


def readable(actor: Actor) -> QuerySet[Paper]:
    """Tài liệu được đọc. Every page and every download of papers starts here."""
    if actor.is_system:
        return Paper.objects.all()
    part = Attendance.objects.filter(
        queries.let_in(), conference=OuterRef("conference"), person_id=actor.person_id or 0
    )
    leads = part.filter(roles__role__in=permissions.LEADING)
    member = part.filter(invitation__is_entitled=True)
    seen = queries.visible_to(actor).order_by().values("pk")
    return Paper.objects.filter(
        scope(actor, Capability.RECORD, path="conference__organization")
        | Q(Exists(leads))
        | Q(Exists(member), secrecy=Secrecy.MEMBERS)
        | Q(conference__in=seen, secrecy=Secrecy.ALL)
    )


def papers_for(actor: Actor, conference: Conference) -> QuerySet[Paper]:
    """Tài liệu của hội nghị mà người này được đọc, without their words."""
    rows = readable(actor).filter(conference=conference).select_related("source", "item")
    return rows.defer("source__text", "source__search_key")


def get(actor: Actor, pk: int) -> Paper:
    """Một tài liệu, with its words; NotFound for whoever may not read it."""
    rows = readable(actor).filter(pk=pk).select_related("source", "item", "conference__organization")
    paper = rows.first()
    if paper is None:
        raise NotFound("Không tìm thấy tài liệu này.")
    return paper


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """Một tài liệu như người soạn ghi."""

    title: str
    secrecy: Secrecy = Secrecy.ALL
    is_draft: bool = False
    item: AgendaItem | None = None


def add_paper(
    *,
    actor: Actor,
    conference: Conference,
    data: bytes,
    filename: str,
    facts: PaperFacts,
    now: dt.datetime,
) -> tuple[Paper, tuple[str, ...]]:
    """Thêm tài liệu: the file is read first, outside of any transaction; with what the reader found doubtful."""
    permissions.check_can_edit(actor, conference)
    _check(conference, facts)
    received: Received = receive_paper(
        actor=actor, organization=conference.organization, data=data, filename=filename, now=now
    )
    return _put(actor, conference, received.source, facts, now), received.warnings


@transaction.atomic
def _put(actor: Actor, conference: Conference, source: Source, facts: PaperFacts, now: dt.datetime) -> Paper:
    try:
        with transaction.atomic():
            paper = Paper.objects.create(
                conference=conference, source=source, title=facts.title, secrecy=facts.secrecy,
                is_draft=facts.is_draft, item=facts.item,
            )  # fmt: skip
    except IntegrityError:
        raise Conflict("Tệp này đã có trong tài liệu của hội nghị.") from None
    record(
        actor=actor, action="conferences.add_paper", subject=conference, now=now, using=_RIGHT,
        paper=paper.pk, secrecy=facts.secrecy, sha256=source.sha256,
    )  # fmt: skip
    return paper


@transaction.atomic
def edit_paper(*, actor: Actor, paper: Paper, facts: PaperFacts, now: dt.datetime) -> Paper:
    """Sửa tên, nơi đặt, ai được đọc; takes effect at the next request of everybody."""
    permissions.check_can_edit(actor, paper.conference)
    _check(paper.conference, facts)
    before = paper.secrecy
    paper.title, paper.secrecy = facts.title, facts.secrecy
    paper.is_draft, paper.item = facts.is_draft, facts.item
    paper.save(update_fields=["title", "secrecy", "is_draft", "item"])
    record(
        actor=actor, action="conferences.edit_paper", subject=paper.conference, now=now, using=_RIGHT,
        paper=paper.pk, secrecy=[before, paper.secrecy],
    )  # fmt: skip
    return paper


@transaction.atomic
def remove_paper(*, actor: Actor, paper: Paper, now: dt.datetime) -> None:
    """Bỏ tài liệu khỏi hội nghị; one that was spoken to stays, for the minutes refer to it."""
    permissions.check_can_edit(actor, paper.conference)
    spoken = (
        Contribution.objects.filter(paper=paper).exists() or PriorOpinion.objects.filter(paper=paper).exists()
    )
    if spoken:
        raise Conflict("Đã có ý kiến về tài liệu này nên không bỏ được. Có thể đổi người được đọc.")
    conference, pk = paper.conference, paper.pk
    paper.delete()
    record(
        actor=actor,
        action="conferences.remove_paper",
        subject=conference,
        now=now,
        using=_RIGHT,
        paper=pk,
    )


def _check(conference: Conference, facts: PaperFacts) -> None:
    if not squash(facts.title):
        raise Invalid("Hãy ghi tên tài liệu.", {"title": "Chưa có tên."})
    if facts.item is not None and facts.item.conference_id != conference.pk:
        raise Invalid("Nội dung không thuộc hội nghị này.", {"item": "Chọn lại nội dung."})
