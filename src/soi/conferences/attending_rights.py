"""Ai được điểm danh cho ai: the secretary and the chair for all, the staff of a site for their own site."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from soi.base.actor import Actor, Capability
from soi.base.errors import NotAllowed
from soi.conferences import permissions
from soi.conferences.enums import AttendanceRole
from soi.conferences.models import Attendance, AttendanceRoleHeld, Conference, Site
from soi.org.queries import in_scope

_LEADING = (AttendanceRole.CHAIR, AttendanceRole.SECRETARY)


@dataclass(frozen=True, slots=True)
class Reach:
    """Phạm vi điểm danh: of the whole conference, or of these sites; ``using`` is the right that gives it."""

    everybody: bool
    sites: frozenset[int]
    using: Capability | None = None

    def __bool__(self) -> bool:
        return self.everybody or bool(self.sites)

    def keeps(self, site_id: int | None) -> bool:
        """Whether the site is theirs."""
        return self.everybody or site_id in self.sites

    def marks(self, row: Attendance) -> bool:
        """Whether the person is theirs: who has no site yet may sign in at any."""
        site_id = seat_of(row)
        return self.keeps(site_id) or (bool(self.sites) and site_id is None)


def seat_of(row: Attendance) -> int | None:
    """Điểm cầu của người dự: where they sit, else where they are invited to."""
    if row.site_id is not None:
        return row.site_id
    invitation = getattr(row, "invitation", None)
    return invitation.site_id if invitation else None


def reach_of(actor: Actor, conference: Conference) -> Reach:
    """Người này điểm danh được cho ai ở hội nghị này. At most three queries."""
    if actor.is_system:
        return Reach(everybody=True, sites=frozenset())
    if in_scope(actor, Capability.RECORD, conference.organization_id):
        return Reach(everybody=True, sites=frozenset(), using=Capability.RECORD)
    if actor.person_id is None:
        return Reach(everybody=False, sites=frozenset())
    leads = AttendanceRoleHeld.objects.filter(
        attendance__conference=conference, attendance__person_id=actor.person_id, role__in=_LEADING
    )
    if leads.exists():
        return Reach(everybody=True, sites=frozenset())
    served = Site.objects.filter(
        Q(head_id=actor.person_id) | Q(technician_id=actor.person_id), conference=conference
    )
    return Reach(everybody=False, sites=frozenset(served.values_list("pk", flat=True)))


def check_keeps_attendance(actor: Actor, conference: Conference) -> Reach:
    """Vào trang điểm danh: whoever marks somebody."""
    reach = reach_of(actor, conference)
    if not reach:
        permissions.check_sees(actor, conference)
        raise NotAllowed(
            "Việc điểm danh do chủ trì, thư ký hội nghị và cán bộ phụ trách điểm cầu làm. "
            "Đồng chí xem phần điểm danh của mình ở trang hội nghị."
        )
    return reach


def check_leads_attendance(actor: Actor, conference: Conference) -> Reach:
    """Việc của chủ trì, thư ký: what changes who counts, not only who is there."""
    reach = check_keeps_attendance(actor, conference)
    if not reach.everybody:
        raise NotAllowed("Việc này do chủ trì hoặc thư ký hội nghị ghi. Hãy báo thư ký.")
    return reach


def check_marks(actor: Actor, row: Attendance) -> Reach:
    """Ghi cho một người: of one's own site, or not yet of any."""
    reach = check_keeps_attendance(actor, row.conference)
    if not reach.marks(row):
        raise NotAllowed(
            f"{row.person} thuộc điểm cầu khác. Nếu người này đang ở điểm cầu của đồng chí, "
            "hãy tìm tên rồi chuyển về điểm cầu này."
        )
    return reach


def check_keeps_site(actor: Actor, conference: Conference, site: Site | None) -> Reach:
    """Ghi tại một điểm cầu: the secretary at any, its own staff there."""
    reach = check_keeps_attendance(actor, conference)
    if not reach.keeps(site.pk if site else None):
        raise NotAllowed("Đồng chí chỉ điểm danh tại điểm cầu mình phụ trách.")
    return reach
