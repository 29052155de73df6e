"""Ai được làm gì với một cuộc bỏ phiếu: each check raises the sentence that the user will read."""

from __future__ import annotations

from soi.ballots.enums import Mode
from soi.ballots.models import Poll, RollEntry, Teller
from soi.ballots.queries import OUT_OF_SIGHT, visible_to
from soi.base.actor import Actor, Capability
from soi.base.errors import NotAllowed, NotFound
from soi.org.models import Organization
from soi.org.permissions import check_sees as check_sees_body
from soi.org.queries import reached

_CONDUCTING = (Capability.RECORD, Capability.DIRECT)


def check_sees(actor: Actor, poll: Poll) -> None:
    """A poll out of sight does not exist for the actor."""
    if not visible_to(actor).filter(pk=poll.pk).exists():
        raise NotFound(OUT_OF_SIGHT)


def conducting_right(actor: Actor, organization_id: int) -> Capability | None:
    """Quyền điều hành bỏ phiếu của một tổ chức: by which capability; None where there is none."""
    held = (right for right in _CONDUCTING if reached(actor, right, [organization_id]))
    return next(held, None)


def check_can_draft(actor: Actor, organization: Organization) -> Capability:
    """Lập cuộc bỏ phiếu: who records or leads for the body; returns by which right."""
    if right := conducting_right(actor, organization.pk):
        return right
    check_sees_body(actor, organization)
    raise NotAllowed(
        f"Đồng chí không có quyền lập cuộc bỏ phiếu của {organization}. Hãy đề nghị thư ký của cấp đó."
    )


def can_conduct(actor: Actor, poll: Poll) -> bool:
    """Whether to show what prepares, opens, closes, publishes and annuls."""
    return conducting_right(actor, poll.organization_id) is not None


def check_can_conduct(actor: Actor, poll: Poll) -> Capability:
    """Điều hành bỏ phiếu (soạn, mở, đóng, công bố, hủy); returns by which right."""
    if right := conducting_right(actor, poll.organization_id):
        return right
    check_sees(actor, poll)
    raise NotAllowed(
        f"Chỉ thư ký hoặc người lãnh đạo của {poll.organization} mới điều hành được cuộc bỏ phiếu này."
    )


def can_count(actor: Actor, poll: Poll) -> bool:
    """Whether to show what counts it: its tellers; votes by name also whoever conducts."""
    if poll.mode == Mode.OPEN and can_conduct(actor, poll):
        return True
    return actor.person_id is not None and Teller.objects.filter(poll=poll, person=actor.person_id).exists()


def check_can_count(actor: Actor, poll: Poll) -> None:
    """Kiểm phiếu."""
    if can_count(actor, poll):
        return
    check_sees(actor, poll)
    raise NotAllowed("Chỉ người trong ban kiểm phiếu mới kiểm được cuộc bỏ phiếu này.")


def voter_of(actor: Actor) -> int:
    """Người bỏ phiếu: a person of flesh and blood, by their own account."""
    if actor.person_id is None:
        raise NotAllowed("Phiếu phải do chính người có tên trong danh sách bỏ, không do hệ thống.")
    return actor.person_id


def check_on_roll(actor: Actor, poll: Poll) -> None:
    """Có tên trong danh sách; asked only when a ballot was not taken."""
    if not RollEntry.objects.filter(poll=poll, person=actor.person_id).exists():
        raise NotAllowed(
            "Đồng chí không có tên trong danh sách bỏ phiếu đã chốt khi mở. "
            "Nếu danh sách sai, hãy báo ban kiểm phiếu."
        )
