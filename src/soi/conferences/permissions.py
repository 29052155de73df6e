"""Ai được lập và sửa hồ sơ hội nghị, and the sentence when not."""

from __future__ import annotations

from soi.base.actor import Actor, Capability
from soi.base.errors import Invalid, NotAllowed, NotFound
from soi.conferences import queries
from soi.conferences.enums import AttendanceRole
from soi.conferences.models import Conference
from soi.org import permissions as org_permissions
from soi.org.models import Organization, Person
from soi.org.queries import in_scope

LEADING = (AttendanceRole.CHAIR, AttendanceRole.SECRETARY)


def check_sees(actor: Actor, conference: Conference) -> None:
    """A conference outside what the actor may see does not exist for them."""
    if not queries.visible_to(actor).filter(pk=conference.pk).exists():
        raise NotFound("Không tìm thấy hội nghị này.")


def check_can_record(actor: Actor, organization: Organization) -> None:
    """Lập hồ sơ hội nghị: who records for the body that held it."""
    if in_scope(actor, Capability.RECORD, organization.pk):
        return
    org_permissions.check_sees(actor, organization)
    raise NotAllowed(
        f"Đồng chí không có quyền lập hồ sơ hội nghị của {organization}. Hãy chuyển cho văn thư của cấp đó."
    )


def can_edit(actor: Actor, conference: Conference) -> bool:
    """Whether to show what edits the record."""
    return in_scope(actor, Capability.RECORD, conference.organization_id)


def can_lead(actor: Actor, conference: Conference) -> bool:
    """Chủ trì, thư ký của hội nghị, and who keeps its record: they read everything put before it."""
    led = conference.attendances.filter(person_id=actor.person_id or 0, roles__role__in=LEADING)
    return can_edit(actor, conference) or led.filter(queries.let_in()).exists()


def check_can_edit(actor: Actor, conference: Conference) -> None:
    """Sửa hồ sơ hội nghị: who records for its body; who only reads it is told whom to ask."""
    if can_edit(actor, conference):
        return
    check_sees(actor, conference)
    raise NotAllowed(
        f"Đồng chí chỉ được xem hội nghị này. Cần sửa, hãy báo văn thư của {conference.organization}."
    )


def check_knows(actor: Actor, person: Person) -> None:
    """A person whom the actor may not see cannot be written into a record by number."""
    known = queries.people_known_to(actor).filter(pk=person.pk).exists()
    # Somebody just entered holds no post and attended nothing: nobody's yet, so nothing is given away.
    if not known and (person.memberships.exists() or person.attendances.exists()):
        raise Invalid(
            "Không tìm thấy người này. Hãy chọn lại từ danh sách.", {"person": "Chọn lại người dự."}
        )
