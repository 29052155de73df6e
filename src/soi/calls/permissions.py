"""Ai mở phòng, ai nối, and the sentence when not."""

from __future__ import annotations

from soi.base.actor import Actor
from soi.base.errors import NotAllowed
from soi.calls import queries
from soi.calls.queries import Place
from soi.conferences.models import Conference
from soi.conferences.permissions import can_edit, check_sees


def can_run(actor: Actor, conference: Conference) -> bool:
    """Whether to show what opens and closes the room."""
    return actor.is_system or can_edit(actor, conference) or queries.runs(actor, conference)


def check_can_run(actor: Actor, conference: Conference) -> None:
    """Mở, đóng phòng: the chair, the secretary, or who records for the body."""
    check_sees(actor, conference)
    if not can_run(actor, conference):
        raise NotAllowed("Phòng âm thanh, hình ảnh do chủ trì hoặc thư ký hội nghị mở và đóng.")


def check_has_place(actor: Actor, conference: Conference) -> Place:
    """Nối: whoever answers for a site, leads the conference, or takes part from a place of their own."""
    check_sees(actor, conference)
    place = queries.place_of(actor, conference)
    if place is None:
        raise NotAllowed(
            "Đồng chí dự tại điểm cầu nên nghe và nói qua máy của điểm cầu. "
            "Nếu dự trực tuyến một mình, hãy báo thư ký ghi hình thức dự là trực tuyến."
        )
    return place
