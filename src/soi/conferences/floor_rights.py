"""Ai điều hành phiên họp, ai được xin phát biểu, and the sentence when not.

Who keeps the attendance of everybody (chair, secretary, who records for the body) also drives the floor: one
rule, asked of ``attending_rights``.
"""

from __future__ import annotations

from soi.base.actor import Actor
from soi.base.errors import NotAllowed
from soi.conferences import permissions
from soi.conferences.attending_rights import Reach, reach_of
from soi.conferences.models import Attendance, Conference
from soi.conferences.queries import let_in

_DRIVERS_ONLY = "Việc này do chủ trì hoặc thư ký hội nghị làm. Hãy đề nghị thư ký."
_ATTENDEES_ONLY = (
    "Chỉ người dự hội nghị mới đăng ký phát biểu và nêu ý kiến được. "
    "Nếu đồng chí dự họp, hãy đề nghị thư ký ghi tên vào danh sách."
)


def drives(actor: Actor, conference: Conference) -> bool:
    """Có điều hành được không: chair, secretary, whoever records for the body."""
    return reach_of(actor, conference).everybody


def check_drives(actor: Actor, conference: Conference) -> None:
    """Điều hành phiên họp; who has nothing to do with the conference does not learn that it exists."""
    if not drives(actor, conference):
        refuse(actor, conference, _DRIVERS_ONLY)


def check_takes_part(actor: Actor, conference: Conference) -> Reach:
    """Tham gia phiên họp: who drives it, serves a site or attends; returns for whom they may act."""
    reach = reach_of(actor, conference)
    if not reach and not attends(conference, actor.person_id):
        refuse(actor, conference, _ATTENDEES_ONLY)
    return reach


def attends(conference: Conference, person_id: int | None) -> bool:
    """Có trong danh sách dự (and, where only invited, the invitation was sent)."""
    if person_id is None:
        return False
    return Attendance.objects.filter(let_in(), conference=conference, person_id=person_id).exists()


def refuse(actor: Actor, conference: Conference, sentence: str) -> None:
    """Out of sight is not found; in sight the sentence says whom to ask."""
    permissions.check_sees(actor, conference)
    raise NotAllowed(sentence)
