"""Chuẩn bị hội nghị: set up ahead of its day, its sites, questions from above; and what is still missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import ProtectedError

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.base.text import squash
from soi.conferences import actions, agenda, papers, permissions, queries
from soi.conferences.enums import AttendanceRole, ConferenceKind, Form, ItemKind, Reply
from soi.conferences.logic import agenda as times
from soi.conferences.logic.readiness import Counts, Gap, gaps
from soi.conferences.models import AgendaItem, Conference, Invitation, Paper, PriorQuestion, Site
from soi.conferences.templates import TEMPLATES
from soi.history.actions import record
from soi.org import permissions as org_permissions
from soi.org.models import Organization, Person
from soi.org.queries import ancestors, in_scope

_RIGHT = Capability.RECORD


@transaction.atomic
def prepare_conference(
    *,
    actor: Actor,
    organization: Organization,
    template: str,
    date_start: dt.date,
    starts_at: dt.time,
    now: dt.datetime,
    title: str = "",
    kind: ConferenceKind | None = None,
    form: Form = Form.IN_PERSON,
    ends_at: dt.time | None = None,
    place: str = "",
    period: str = "",
) -> Conference:
    """Chuẩn bị một hội nghị sắp họp: its record and the agenda of the template, both or neither."""
    chosen = TEMPLATES.get(template)
    if chosen is None:
        raise Invalid("Hãy chọn một mẫu chương trình.", {"template": "Chọn một mẫu."})
    if date_start < actor.today:
        raise Invalid(
            "Ngày họp đã qua. Hội nghị đã họp thì lập hồ sơ, không chuẩn bị nữa.",
            {"date_start": "Phải từ hôm nay trở đi."},
        )
    conference = actions.record_conference(
        actor=actor, organization=organization, kind=kind or chosen.kind, form=form,
        title=squash(title) or f"{chosen.title} ngày {date_start:%d/%m/%Y}", date_start=date_start,
        starts_at=starts_at, ends_at=ends_at, place=place, period=period, now=now,
    )  # fmt: skip
    agenda.lay_out(actor=actor, conference=conference, template=chosen, now=now)
    return conference


# --- sites -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """Một điểm cầu như người soạn ghi."""

    name: str
    organization: Organization | None = None
    room: str = ""
    head: Person | None = None
    technician: Person | None = None
    is_main: bool = False


def get_site(actor: Actor, pk: int) -> Site:
    """Một điểm cầu; NotFound when its conference is out of sight."""
    rows = Site.objects.filter(pk=pk, conference__in=queries.visible_to(actor).values("pk"))
    site = rows.select_related("conference__organization", "organization", "head", "technician").first()
    if site is None:
        raise NotFound("Không tìm thấy điểm cầu này.")
    return site


@transaction.atomic
def add_site(*, actor: Actor, conference: Conference, facts: SiteFacts, now: dt.datetime) -> Site:
    """Thêm điểm cầu with its room, head and technician; a new main site takes the place of the former."""
    permissions.check_can_edit(actor, conference)
    site = Site(conference=conference)
    _write_site(actor, site, facts)
    record(
        actor=actor, action="conferences.add_site", subject=conference, now=now, using=_RIGHT, site=site,
        is_main=facts.is_main, room=site.room, head=site.head, technician=site.technician,
    )  # fmt: skip
    return site


@transaction.atomic
def edit_site(*, actor: Actor, site: Site, facts: SiteFacts, now: dt.datetime) -> Site:
    """Sửa điểm cầu."""
    permissions.check_can_edit(actor, site.conference)
    _write_site(actor, site, facts)
    record(
        actor=actor, action="conferences.edit_site", subject=site.conference, now=now, using=_RIGHT,
        site=site, is_main=facts.is_main, room=site.room, head=site.head, technician=site.technician,
    )  # fmt: skip
    return site


@transaction.atomic
def remove_site(*, actor: Actor, site: Site, now: dt.datetime) -> None:
    """Bỏ điểm cầu where nobody was yet."""
    conference, name = site.conference, site.name
    permissions.check_can_edit(actor, conference)
    try:
        site.delete()
    except ProtectedError:
        raise Conflict("Đã có người dự tại điểm cầu này nên không bỏ được.") from None
    record(
        actor=actor, action="conferences.remove_site", subject=conference, now=now, using=_RIGHT, name=name
    )


def _write_site(actor: Actor, site: Site, facts: SiteFacts) -> None:
    name = squash(facts.name) or str(facts.organization or "")
    if not name:
        raise Invalid("Hãy ghi tên điểm cầu hoặc chọn tổ chức.", {"name": "Chưa có tên."})
    _check_site(actor, site, facts)
    if facts.is_main:
        site.conference.sites.exclude(pk=site.pk).filter(is_main=True).update(is_main=False)
    site.name, site.organization, site.room = name, facts.organization, facts.room
    site.head, site.technician, site.is_main = facts.head, facts.technician, facts.is_main
    site.save()


def _check_site(actor: Actor, site: Site, facts: SiteFacts) -> None:
    if facts.organization is not None and facts.organization.pk != site.organization_id:
        org_permissions.check_sees(actor, facts.organization)
    for person in (facts.head, facts.technician):
        if person is not None and person.pk not in {site.head_id, site.technician_id}:
            permissions.check_knows(actor, person)


# --- questions from above --------------------------------------------------------------------------------


def bodies_above(conference: Conference) -> list[Organization]:
    """Các cấp trên có thể gợi ý, the nearest first."""
    return list(reversed(ancestors(conference.organization, on=conference.date_start)))


def may_ask(actor: Actor, conference: Conference) -> list[Organization]:
    """Cấp trên mà người này ghi gợi ý thay được: all for the own clerk, else those he writes or decides for."""
    above = bodies_above(conference)
    if permissions.can_edit(actor, conference):
        return above
    return [
        body
        for body in above
        if in_scope(actor, Capability.RECORD, body.pk) or in_scope(actor, Capability.DIRECT, body.pk)
    ]


@transaction.atomic
def ask(
    *, actor: Actor, conference: Conference, asked_by: Organization, text: str, now: dt.datetime
) -> PriorQuestion:
    """Ghi vấn đề cấp trên gợi ý; it must be answered before the conference ends."""
    permissions.check_sees(actor, conference)
    if asked_by not in bodies_above(conference):
        raise Invalid(
            f"{asked_by} không phải cấp trên của {conference.organization}.", {"asked_by": "Chọn cấp trên."}
        )
    if asked_by not in may_ask(actor, conference):
        raise NotAllowed(f"Đồng chí không ghi gợi ý thay {asked_by} được.")
    if not squash(text):
        raise Invalid("Hãy ghi nội dung gợi ý.", {"text": "Chưa có nội dung."})
    row = PriorQuestion.objects.create(conference=conference, asked_by=asked_by, text=text)
    record(
        actor=actor, action="conferences.ask_ahead", subject=conference, now=now, using=_RIGHT,
        asked_by=asked_by, statement=row.text, question=row.pk,
    )  # fmt: skip
    return row


def get_question(actor: Actor, pk: int) -> PriorQuestion:
    """Một gợi ý; NotFound when its conference is out of sight."""
    rows = PriorQuestion.objects.filter(pk=pk, conference__in=queries.visible_to(actor).values("pk"))
    question = rows.select_related("conference__organization", "asked_by").first()
    if question is None:
        raise NotFound("Không tìm thấy gợi ý này.")
    return question


@transaction.atomic
def answer_question(*, actor: Actor, question: PriorQuestion, answer: str, now: dt.datetime) -> PriorQuestion:
    """Ghi giải trình về một gợi ý; may be written anew."""
    permissions.check_can_edit(actor, question.conference)
    if not squash(answer):
        raise Invalid("Hãy ghi nội dung giải trình.", {"answer": "Chưa có nội dung."})
    question.answer, question.answered_label = answer, actor.label
    question.save(update_fields=["answer", "answered_label"])
    record(
        actor=actor, action="conferences.answer_ahead", subject=question.conference, now=now, using=_RIGHT,
        question=question.pk, statement=answer,
    )  # fmt: skip
    return question


# --- what is still missing -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Prepared:
    """Mọi phần đã chuẩn bị, as this actor may see them, and what is missing."""

    items: tuple[AgendaItem, ...]
    timed: tuple[times.Timed, ...]
    papers: tuple[Paper, ...]
    sites: tuple[Site, ...]
    invitations: tuple[Invitation, ...]
    questions: tuple[PriorQuestion, ...]
    minutes: int
    minutes_over: int
    gaps: tuple[Gap, ...]

    @property
    def presenters_left_out(self) -> list[Person]:
        """Người trình bày chưa được mời."""
        invited = {one.attendance.person_id for one in self.invitations}
        presenters = {item.presenter for item in self.items if item.presenter}
        return sorted((one for one in presenters if one.pk not in invited), key=lambda one: one.pk)


def prepared(actor: Actor, conference: Conference, invitations: Sequence[Invitation]) -> Prepared:
    """Các phần của việc chuẩn bị: four queries, whatever there is."""
    items = list(conference.agenda.select_related("presenter", "presenting_body"))
    slots = agenda.slots(items)
    minutes = times.total(slots)
    days = (conference.date_end - conference.date_start).days + 1
    planned = times.planned(conference.starts_at, conference.ends_at, days)
    parts = Prepared(
        items=tuple(items),
        timed=tuple(times.timed(slots, conference.starts_at)),
        papers=tuple(papers.papers_for(actor, conference)),
        sites=tuple(conference.sites.select_related("organization", "head", "technician")),
        invitations=tuple(invitations),
        questions=tuple(conference.prior_questions.select_related("asked_by")),
        minutes=minutes,
        minutes_over=max(0, minutes - planned) if planned is not None else 0,
        gaps=(),
    )
    return replace(parts, gaps=tuple(gaps(_counts(conference, parts))))


def _counts(conference: Conference, parts: Prepared) -> Counts:
    with_paper = {paper.item_id for paper in parts.papers}
    reports = [item for item in parts.items if item.kind == ItemKind.REPORT]
    roles = {held.role for one in parts.invitations for held in one.attendance.roles.all()}
    sent = [one for one in parts.invitations if one.sent_at]
    return Counts(
        items=len(parts.items),
        minutes_over=parts.minutes_over,
        has_start=conference.starts_at is not None,
        reports_without_paper=sum(item.pk not in with_paper for item in reports),
        by_line=conference.form in {Form.ONLINE, Form.HYBRID},
        sites=len(parts.sites),
        sites_without_staff=sum(not (site.head_id and site.technician_id) for site in parts.sites),
        invited=len(parts.invitations),
        has_chair=AttendanceRole.CHAIR in roles,
        has_secretary=AttendanceRole.SECRETARY in roles,
        presenters_left_out=len(parts.presenters_left_out),
        unsent=len(parts.invitations) - len(sent),
        waiting=sum(one.reply == Reply.WAITING for one in sent),
        questions_open=sum(not one.answer for one in parts.questions),
    )
