"""Mời họp: whom, sending, replies and substitutes; what those invited write ahead. The only code that writes it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Q, QuerySet

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.base.models import held_on
from soi.base.text import squash
from soi.conferences import papers, permissions, queries
from soi.conferences.enums import AttendanceRole, FloorState, Presence, Reply
from soi.conferences.models import (
    AgendaItem,
    Attendance,
    AttendanceRoleHeld,
    Conference,
    Invitation,
    Paper,
    PriorOpinion,
    Site,
)
from soi.history.actions import record
from soi.org.enums import PostRole
from soi.org.models import Membership, Organization, Person, RankHolding

_RIGHT = Capability.RECORD
_LEADING = (PostRole.HEAD, PostRole.DEPUTY, PostRole.MEMBER)


# --- reading ---------------------------------------------------------------------------------------------


def of_conference(conference: Conference) -> QuerySet[Invitation]:
    """Giấy mời của hội nghị, in the order of the record. The caller has checked that it may be seen."""
    rows = Invitation.objects.filter(attendance__conference=conference)
    rows = rows.select_related("attendance__person", "site", "replacement")
    return rows.prefetch_related("attendance__roles").order_by("attendance__order", "pk")


def mine(actor: Actor, conference: Conference) -> Invitation | None:
    """Giấy mời của tôi, once it was sent."""
    rows = of_conference(conference).exclude(sent_at=None)
    return rows.filter(attendance__person_id=actor.person_id or 0).first()


def waiting_for(actor: Actor) -> QuerySet[Invitation]:
    """Giấy mời chờ tôi trả lời, the nearest first; not those of conferences that are over."""
    rows = Invitation.objects.filter(
        reply=Reply.WAITING, sent_at__isnull=False, attendance__person_id=actor.person_id or 0,
        attendance__presence=Presence.INVITED, attendance__conference__date_end__gte=actor.today,
    )  # fmt: skip
    rows = rows.select_related("attendance__conference__organization")
    return rows.order_by("attendance__conference__date_start", "pk")


def held_today(actor: Actor) -> QuerySet[Invitation]:
    """Hội nghị hôm nay tôi dự, until its session is closed: the way into the room."""
    rows = Invitation.objects.filter(
        reply__in=(Reply.COMING, Reply.ONLINE), attendance__person_id=actor.person_id or 0,
        attendance__conference__date_start__lte=actor.today, attendance__conference__date_end__gte=actor.today,
    )  # fmt: skip
    rows = rows.exclude(attendance__conference__floor__state=FloorState.CLOSED)
    rows = rows.select_related("attendance__conference__organization", "site")
    return rows.order_by("attendance__conference__starts_at", "pk")


def get(actor: Actor, pk: int) -> Invitation:
    """Một giấy mời, for those who prepare its conference; NotFound when that is out of sight."""
    rows = Invitation.objects.filter(pk=pk, attendance__conference__in=queries.visible_to(actor).values("pk"))
    found = rows.select_related("attendance__conference__organization", "attendance__person", "site").first()
    if found is None or not permissions.can_edit(actor, found.attendance.conference):
        raise NotFound("Không tìm thấy giấy mời này.")
    return found


def leaders_of(organization: Organization, *, on: dt.date) -> QuerySet[Person]:
    """Lãnh đạo của một tổ chức vào ngày đó: head, deputies, members; not its staff."""
    return _holding(Q(post__organization=organization, post__role__in=_LEADING), on)


def heads_of(organizations: Iterable[Organization], *, on: dt.date) -> QuerySet[Person]:
    """Người đứng đầu các tổ chức vào ngày đó."""
    return _holding(Q(post__organization__in=list(organizations), post__role=PostRole.HEAD), on)


def _holding(which: Q, on: dt.date) -> QuerySet[Person]:
    held = Membership.objects.filter(which, held_on(on), held_on(on, "post__"))
    return Person.objects.filter(pk__in=held.values("person_id")).order_by("pk")


def substitutes_for(invitation: Invitation) -> QuerySet[Person]:
    """Có thể cử thay: whoever holds a post in a body of the person invited and is not invited too."""
    conference, person = invitation.attendance.conference, invitation.attendance.person_id
    day = conference.date_start
    own = Membership.objects.filter(held_on(day), person_id=person).values("post__organization_id")
    rows = _holding(Q(post__organization_id__in=own), day).exclude(pk=person)
    return rows.exclude(Q(attendances__conference=conference) & ~Q(pk=invitation.replacement_id or 0))


def opinions_for(actor: Actor, conference: Conference) -> QuerySet[PriorOpinion]:
    """Ý kiến gửi trước: all for chair, secretary and clerk; for everybody else their own."""
    rows = conference.prior_opinions.select_related("person", "item", "paper")
    return rows if permissions.can_lead(actor, conference) else rows.filter(person_id=actor.person_id or 0)


# --- whom ------------------------------------------------------------------------------------------------


@transaction.atomic
def invite(
    *,
    actor: Actor,
    conference: Conference,
    people: Collection[Person],
    now: dt.datetime,
    is_entitled: bool = True,
    site: Site | None = None,
    role: AttendanceRole = AttendanceRole.ATTEND,
) -> list[Invitation]:
    """Chọn người mời; who stands on the list already stays as he is. Nothing is sent yet.

    Without a ``site`` named, who heads or serves one sits there.
    """
    permissions.check_can_edit(actor, conference)
    _check_ahead(actor, conference)
    _check_site(conference, site)
    here = set(conference.attendances.values_list("person_id", flat=True))
    wanted = [person for person in dict.fromkeys(people) if person.pk not in here]
    if not wanted:
        raise Conflict("Không có ai để thêm: những người này đã ở trong danh sách mời.")
    for person in _not_known(actor, wanted):
        permissions.check_knows(actor, person)
    rows = _attendances(conference, wanted, len(here))
    own = {} if site else _own_sites(conference)
    seats = [(row, site or own.get(row.person_id)) for row in rows]
    AttendanceRoleHeld.objects.bulk_create([AttendanceRoleHeld(attendance=row, role=role) for row in rows])
    made = Invitation.objects.bulk_create(
        [Invitation(attendance=row, site=seat, is_entitled=is_entitled) for row, seat in seats]
    )
    record(
        actor=actor, action="conferences.invite", subject=conference, now=now, using=_RIGHT,
        people=wanted, is_entitled=is_entitled, role=role,
    )  # fmt: skip
    return made


@transaction.atomic
def change_invitation(
    *,
    actor: Actor,
    invitation: Invitation,
    is_entitled: bool,
    role: AttendanceRole,
    site: Site | None,
    now: dt.datetime,
) -> Invitation:
    """Sửa vai trò, điểm cầu, chính thức hay khách mời."""
    attendance = invitation.attendance
    permissions.check_can_edit(actor, attendance.conference)
    _check_site(attendance.conference, site)
    invitation.is_entitled, invitation.site = is_entitled, site
    invitation.save(update_fields=["is_entitled", "site"])
    # The role led by; what else he does at the conference (presenting, speaking) stays.
    attendance.roles.filter(
        role__in=[*permissions.LEADING, AttendanceRole.DIRECT, AttendanceRole.ATTEND]
    ).delete()
    AttendanceRoleHeld.objects.get_or_create(attendance=attendance, role=role)
    record(
        actor=actor, action="conferences.change_invitation", subject=attendance.conference, now=now,
        using=_RIGHT, person=attendance.person, is_entitled=is_entitled, role=role, site=site,
    )  # fmt: skip
    return invitation


@transaction.atomic
def withdraw_invitation(*, actor: Actor, invitation: Invitation, now: dt.datetime) -> None:
    """Bỏ khỏi danh sách mời; whoever was marked present or absent stays in the record."""
    attendance = invitation.attendance
    conference, person = attendance.conference, attendance.person
    permissions.check_can_edit(actor, conference)
    if attendance.presence != Presence.INVITED or attendance.corrections.exists():
        raise Conflict(f"{person} đã được điểm danh nên không bỏ khỏi danh sách được.")
    attendance.delete()
    record(
        actor=actor, action="conferences.withdraw_invitation", subject=conference, now=now, using=_RIGHT,
        person=person,
    )  # fmt: skip


# --- sending and replying --------------------------------------------------------------------------------


@transaction.atomic
def send(*, actor: Actor, conference: Conference, now: dt.datetime) -> int:
    """Gửi mọi giấy mời chưa gửi: inbox, mail and calendar follow from the event."""
    permissions.check_can_edit(actor, conference)
    _check_ahead(actor, conference)
    if conference.starts_at is None:
        raise Invalid("Hãy ghi giờ khai mạc trước khi gửi giấy mời.", {"starts_at": "Chưa có giờ khai mạc."})
    rows = Invitation.objects.select_for_update(of=("self",)).filter(
        attendance__conference=conference, sent_at=None
    )
    unsent = list(rows.select_related("attendance__person"))
    if not unsent:
        raise Conflict("Không còn giấy mời nào chưa gửi.")
    Invitation.objects.filter(pk__in=[one.pk for one in unsent]).update(sent_at=now)
    record(
        actor=actor, action="conferences.send_invitations", subject=conference, now=now, using=_RIGHT,
        people=[one.attendance.person for one in unsent],
    )  # fmt: skip
    return len(unsent)


@transaction.atomic
def remind(*, actor: Actor, conference: Conference, now: dt.datetime) -> int:
    """Nhắc những người chưa trả lời."""
    permissions.check_can_edit(actor, conference)
    _check_ahead(actor, conference)
    rows = of_conference(conference).exclude(sent_at=None).filter(reply=Reply.WAITING)
    people = [one.attendance.person for one in rows]
    if not people:
        raise Conflict("Mọi người được mời đều đã trả lời.")
    record(
        actor=actor, action="conferences.remind_invited", subject=conference, now=now, using=_RIGHT,
        people=people,
    )  # fmt: skip
    return len(people)


@transaction.atomic
def answer(
    *,
    actor: Actor,
    invitation: Invitation,
    reply: Reply,
    now: dt.datetime,
    reason: str = "",
    replacement: Person | None = None,
) -> Invitation:
    """Trả lời giấy mời: one's own, or entered by the clerk for whoever told him; may be changed until the day."""
    current = Invitation.objects.select_for_update(of=("self",)).select_related(
        "attendance__conference__organization", "attendance__person"
    ).get(pk=invitation.pk)  # fmt: skip
    conference, person = current.attendance.conference, current.attendance.person
    _check_may_answer(actor, current)
    _check_ahead(actor, conference)
    reason = squash(reason)
    _check_answer(current, reply, reason, replacement)
    earlier, current.replacement = current.replacement, replacement if reply == Reply.REPLACED else None
    if earlier is not None and earlier != current.replacement:
        _drop_substitute(conference, earlier)
    current.reply, current.replied_at = reply, now
    current.reason = reason if reply in {Reply.ABSENT, Reply.REPLACED} else ""
    current.save(update_fields=["reply", "replied_at", "reason", "replacement"])
    if current.replacement is not None and current.replacement != earlier:
        _let_substitute_in(current, now)
    record(
        actor=actor, action="conferences.answer_invitation", subject=conference, now=now, person=person,
        reply=reply, reason=current.reason, replacement=current.replacement,
        own=actor.person_id == person.pk,
    )  # fmt: skip
    return current


def _check_may_answer(actor: Actor, invitation: Invitation) -> None:
    attendance = invitation.attendance
    if invitation.sent_at is None:
        raise Conflict("Giấy mời này chưa gửi.")
    if attendance.presence != Presence.INVITED:
        raise Conflict("Đã điểm danh; cần sửa, hãy báo thư ký hội nghị.")
    if attendance.person_id != actor.person_id and not permissions.can_edit(actor, attendance.conference):
        permissions.check_sees(actor, attendance.conference)
        raise NotAllowed("Chỉ người được mời hoặc văn thư của hội nghị mới ghi được trả lời.")


def _check_answer(invitation: Invitation, reply: Reply, reason: str, replacement: Person | None) -> None:
    if reply == Reply.WAITING:
        raise Invalid("Hãy chọn một câu trả lời.", {"reply": "Chưa chọn."})
    if reply == Reply.ABSENT and not reason:
        raise Invalid("Hãy ghi lý do xin vắng.", {"reason": "Chưa có lý do."})
    if reply == Reply.REPLACED:
        if replacement is None:
            raise Invalid("Hãy chọn người dự thay.", {"replacement": "Chưa chọn."})
        if not substitutes_for(invitation).filter(pk=replacement.pk).exists():
            raise Invalid(
                "Không cử được người này. Hãy chọn người cùng tổ chức, chưa được mời.",
                {"replacement": "Chọn lại."},
            )


def _let_substitute_in(invitation: Invitation, now: dt.datetime) -> None:
    """Người dự thay is invited at once, as a guest: he neither counts for the quorum nor votes."""
    attendance, person = invitation.attendance, invitation.replacement
    if person is None or attendance.conference.attendances.filter(person=person).exists():
        return
    row = _attendances(attendance.conference, [person], attendance.conference.attendances.count())[0]
    AttendanceRoleHeld.objects.create(attendance=row, role=AttendanceRole.ATTEND)
    Invitation.objects.create(attendance=row, site=invitation.site, is_entitled=False, sent_at=now)


def _drop_substitute(conference: Conference, person: Person) -> None:
    """Who had not answered yet is no longer invited; who had, stays, and is told apart by the clerk."""
    rows = conference.attendances.filter(person=person, presence=Presence.INVITED)
    rows.filter(invitation__reply=Reply.WAITING, invitation__is_entitled=False).delete()


# --- written ahead ---------------------------------------------------------------------------------------


@transaction.atomic
def send_opinion(
    *,
    actor: Actor,
    conference: Conference,
    text: str,
    now: dt.datetime,
    item: AgendaItem | None = None,
    paper: Paper | None = None,
) -> PriorOpinion:
    """Gửi ý kiến trước bằng văn bản, by one who is invited; on an item, on a paper that he may read, or on all."""
    permissions.check_sees(actor, conference)
    if actor.person_id is None or mine(actor, conference) is None:
        raise NotAllowed("Chỉ người được mời dự mới gửi ý kiến trước được.")
    _check_ahead(actor, conference)
    if not squash(text):
        raise Invalid("Hãy ghi ý kiến.", {"text": "Chưa có ý kiến."})
    if item is not None and item.conference_id != conference.pk:
        raise Invalid("Nội dung không thuộc hội nghị này.", {"item": "Chọn lại."})
    if paper is not None and not papers.papers_for(actor, conference).filter(pk=paper.pk).exists():
        raise NotFound("Không tìm thấy tài liệu này.")
    row = PriorOpinion.objects.create(
        conference=conference, item=item, paper=paper, person_id=actor.person_id, text=text, at=now
    )
    # What it says is for the chair and the secretary, not for all who read the history.
    record(actor=actor, action="conferences.send_opinion", subject=conference, now=now, opinion=row.pk)
    return row


# --- shared ----------------------------------------------------------------------------------------------


def _check_ahead(actor: Actor, conference: Conference) -> None:
    if conference.date_end < actor.today:
        raise Conflict("Hội nghị đã họp xong. Ghi người dự ở hồ sơ hội nghị.")


def _check_site(conference: Conference, site: Site | None) -> None:
    if site is not None and site.conference_id != conference.pk:
        raise Invalid("Điểm cầu không thuộc hội nghị này.", {"site": "Chọn lại điểm cầu."})


def _not_known(actor: Actor, people: list[Person]) -> list[Person]:
    known = queries.people_known_to(actor).filter(pk__in=[person.pk for person in people])
    seen = set(known.values_list("pk", flat=True))
    return [person for person in people if person.pk not in seen]


def _own_sites(conference: Conference) -> dict[int, Site]:
    """Điểm cầu của người phụ trách, của cán bộ kỹ thuật."""
    sites = list(conference.sites.order_by("pk"))
    return {person: site for site in sites for person in (site.technician_id, site.head_id) if person}


def _attendances(conference: Conference, people: list[Person], after: int) -> list[Attendance]:
    """With the rank and posts of that day: two queries, however many are invited."""
    keys, day = [person.pk for person in people], conference.date_start
    posts: defaultdict[int, list[str]] = defaultdict(list)
    held = Membership.objects.filter(held_on(day), person_id__in=keys).order_by("pk")
    for person, label in held.values_list("person_id", "post__label"):
        posts[person].append(label)
    ranks = dict(
        RankHolding.objects.filter(held_on(day), person_id__in=keys).values_list("person_id", "rank")
    )
    return Attendance.objects.bulk_create(
        [
            Attendance(
                conference=conference, person=person, presence=Presence.INVITED, order=after + at,
                rank=ranks.get(person.pk, ""), posts=", ".join(posts[person.pk]),
            )
            for at, person in enumerate(people, start=1)
        ]
    )  # fmt: skip
