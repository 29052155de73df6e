"""Ai được làm gì với một nhiệm vụ: each check raises the sentence that the user will read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.db.models import Value

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, NotAllowed, NotFound, refusal_of
from soi.base.models import held_on, whether
from soi.org.models import Membership, Organization, Post
from soi.org.queries import reached
from soi.org.queries import visible_to as bodies_visible_to
from soi.work import policies
from soi.work.enums import TaskState, Verb
from soi.work.models import Handover, ProgressReport, Task
from soi.work.queries import OUT_OF_SIGHT, judged_by, lenders_stake, own_stake, visible_to

_RECORD = Capability.RECORD


def check_sees(actor: Actor, task: Task) -> None:
    """A task out of sight does not exist for the actor."""
    if not visible_to(actor).filter(pk=task.pk).exists():
        raise NotFound(OUT_OF_SIGHT)


def check_sees_bodies(actor: Actor, organizations: Sequence[Organization]) -> None:
    """A body that is named in a record must be one the actor knows of."""
    asked = {organization.pk for organization in organizations}
    if asked and bodies_visible_to(actor).filter(pk__in=asked).count() != len(asked):
        raise NotFound("Không tìm thấy tổ chức này, hoặc tổ chức nằm ngoài phạm vi của đồng chí.")


def check_can_keep(actor: Actor, organization: Organization) -> None:
    """Lập hồ sơ công việc của một tổ chức (a programme)."""
    _check_keeps(actor, [organization])


def check_can_assign(actor: Actor, post: Post, assigned_by: Organization) -> None:
    """Giao việc: whoever keeps the records of the level that gives and of the body that takes."""
    _check_keeps(actor, [assigned_by, post.organization])


def _check_keeps(actor: Actor, organizations: Sequence[Organization]) -> None:
    kept = reached(actor, _RECORD, [organization.pk for organization in organizations])
    for organization in organizations:
        if organization.pk not in kept:
            check_sees_bodies(actor, [organization])
            raise NotAllowed(
                f"Đồng chí không được giao lập hồ sơ công việc của {organization}. "
                "Hãy đề nghị văn phòng của cấp đó."
            )


def check_can_change(actor: Actor, *tasks: Task) -> None:
    """Sửa, chuyển, đổi hạn, nhắc, hủy: only whoever keeps the records of the level that gave the task."""
    kept = reached(actor, _RECORD, [task.assigned_by_id for task in tasks])
    for task in tasks:
        if task.assigned_by_id not in kept:
            check_sees(actor, task)
            raise NotAllowed(_only_the_giver(task))


def check_can_move(actor: Actor, verb: Verb, *tasks: Task) -> None:
    """Một việc của cấp giao: as ``check_can_change``; and who answers for a task does not take it off himself."""
    check_can_change(actor, *tasks)
    if verb in policies.NOT_BY_THE_OWNER and (mine := _answered_for(actor, tasks)):
        named = next(task for task in tasks if task.accountable_post_id in mine)
        raise NotAllowed((f"«{named}»: " if len(tasks) > 1 else "") + policies.NOT_BY_HIMSELF)


def _answered_for(actor: Actor, tasks: Sequence[Task]) -> set[int]:
    """The accountable posts that the actor holds, by delegation too, or that those hold who lend to the actor."""
    posts = {task.accountable_post_id for task in tasks}
    held = Membership.objects.filter(held_on(actor.today), post__in=posts, person_id__in=actor.lenders)
    lent = set(held.values_list("post_id", flat=True)) if actor.lenders else set()
    return (posts & actor.post_ids) | lent


def _only_the_giver(task: Task) -> str:
    return (
        f"Chỉ người lập hồ sơ của {task.assigned_by}, nơi giao nhiệm vụ, mới thay đổi được nhiệm vụ này. "
        "Hãy đề nghị cấp giao."
    )


def check_can_report(actor: Actor, task: Task) -> str:
    """Báo cáo: the holder of the accountable post, or a recorder of that body on its behalf.

    Returns on whose behalf: the post where a recorder reports, the lender where a delegate does, empty for
    the holder.
    """
    if task.accountable_post_id in actor.post_ids:
        return _lender_of(actor, task.accountable_post_id)
    if reached(actor, _RECORD, [task.organization_id]):
        return f"{task.accountable_post.label}, {task.organization}"
    check_sees(actor, task)
    raise NotAllowed(_only_the_owner(task))


def _lender_of(actor: Actor, post_id: int) -> str:
    lenders = {grant.on_behalf_of for grant in actor.grants if grant.post_id == post_id}
    return "" if "" in lenders else ", ".join(sorted(lenders))


def _only_the_owner(task: Task) -> str:
    return (
        f"Chỉ {task.accountable_post.label} của {task.organization}, hoặc văn phòng của tổ chức đó ghi thay, "
        "mới báo cáo được nhiệm vụ này."
    )


def check_can_assess(actor: Actor, task: Task) -> int:
    """Đánh giá, yêu cầu làm tiếp: somebody of the level that gave the task who had no part in doing it.

    Returns the person who judges.
    """
    if actor.person_id is None:
        raise NotAllowed("Việc đánh giá kết quả phải do một người có tên thực hiện, không do hệ thống.")
    stakes = [own_stake(actor), *([lenders_stake(actor)] if actor.lenders else [])]
    asked = [whether(one) for stake in stakes for one in (stake.is_accountable(), stake.has_reported())]
    row = (
        Task.objects.filter(judged_by(actor, path="assigned_by"), pk=task.pk)
        .values_list(*asked, Value(value=True))
        .first()
    )
    if row is None:
        check_sees(actor, task)
        raise NotAllowed(
            f"Đồng chí không được giao đánh giá nhiệm vụ do {task.assigned_by} giao. "
            "Việc này do người lãnh đạo, văn phòng hoặc kiểm tra của cấp giao làm."
        )
    _check_outsider(row[:2], row[2:-1])
    return actor.person_id


_REASONS = (
    "giữ chức vụ chịu trách nhiệm chính trong thời gian thực hiện",
    "đã báo cáo nhiệm vụ này là xong",
)
_SOMEBODY_ELSE = "Kết quả phải do người khác của cấp giao đánh giá."


def _check_outsider(own: Sequence[bool], lenders: Sequence[bool]) -> None:
    if any(own):
        raise NotAllowed(f"Đồng chí không đánh giá được vì đồng chí {_reason(own)}. {_SOMEBODY_ELSE}")
    if any(lenders):
        raise NotAllowed(
            f"Đồng chí không đánh giá được vì đang nhận ủy quyền của người {_reason(lenders)}. "
            f"{_SOMEBODY_ELSE}"
        )


def _reason(holds: Sequence[bool]) -> str:
    return next(reason for reason, held in zip(_REASONS, holds, strict=True) if held)


def check_can_answer(actor: Actor, report: ProgressReport) -> int:
    """Trả lời đề nghị: the level that gave the task, and not the one who asked; returns who answers."""
    if actor.person_id is None:
        raise NotAllowed("Trả lời đề nghị phải do một người có tên thực hiện, không do hệ thống.")
    task = report.task
    if not Task.objects.filter(judged_by(actor, path="assigned_by"), pk=task.pk).exists():
        check_sees(actor, task)
        raise NotAllowed(f"Chỉ {task.assigned_by}, nơi giao nhiệm vụ, mới trả lời đề nghị này.")
    if report.reported_by_id == actor.person_id:
        raise NotAllowed("Đồng chí là người nêu đề nghị này, nên để người khác của cấp giao trả lời.")
    return actor.person_id


# --- handing over --------------------------------------------------------------------------------------


def check_can_prepare(actor: Actor, post: Post) -> None:
    """Lập biên bản bàn giao: a recorder of the body, or whoever holds the post now."""
    if post.pk not in actor.post_ids and not reached(actor, _RECORD, [post.organization_id]):
        check_sees_bodies(actor, [post.organization])
        raise NotAllowed(
            f"Chỉ văn phòng của {post.organization} hoặc người giữ chức {post.label} "
            "mới lập được biên bản bàn giao này."
        )


def check_can_sign_out(actor: Actor, handover: Handover) -> str:
    """Ký bên giao: the person who gives, or a recorder of the body on their behalf; returns on whose."""
    if actor.person_id is not None and actor.person_id == handover.outgoing_id:
        return ""
    post = handover.post
    # Whoever takes over does not sign for the giver as well.
    takes = post.pk in actor.post_ids
    if not takes and reached(actor, _RECORD, [post.organization_id]):
        return str(handover.outgoing)
    raise NotAllowed(
        f"Chỉ {handover.outgoing}, người bàn giao, hoặc văn phòng của {post.organization} ký thay, mới ký được."
    )


# --- for buttons: may it be done, and if not, the same sentence ----------------------------------------


@dataclass(frozen=True, slots=True)
class MoveOffer:
    """Nút bấm: a verb and why not; an empty refusal means that the actor may do it now."""

    verb: Verb
    label: str
    refusal: str


_BY_GIVER = (Verb.EDIT, Verb.HAND_OVER, Verb.CHANGE_DUE, Verb.REMIND, Verb.CANCEL)
_BY_OWNER = (Verb.REPORT_PROGRESS, Verb.REPORT_DONE)


def moves_for(actor: Actor, task: Task) -> list[MoveOffer]:
    """Các việc với nhiệm vụ này, in the order of the verbs; state first, then person. At most two queries.

    The caller got ``task`` from ``queries.get``, so it is in sight. The sentences are those of the checks
    above, which every action makes for itself again.
    """
    state = TaskState(task.state)
    by_state = {verb: policies.refusal(state, verb) for verb in Verb}
    by_state[Verb.ASSESS] = policies.assess_refusal(state, overdue=task.is_overdue(actor.today))
    if all(by_state.values()):
        return [MoveOffer(verb, str(verb.label), by_state[verb]) for verb in Verb]
    kept = reached(actor, _RECORD, [task.assigned_by_id, task.organization_id])
    change = "" if task.assigned_by_id in kept else _only_the_giver(task)
    move = change or (policies.NOT_BY_HIMSELF if _answered_for(actor, [task]) else "")
    owns = task.accountable_post_id in actor.post_ids or task.organization_id in kept
    report = "" if owns else _only_the_owner(task)
    judging = not (by_state[Verb.ASSESS] and by_state[Verb.RETURN])
    judge = refusal_of(partial(check_can_assess, actor, task)) if judging else ""
    by_person = dict.fromkeys(_BY_GIVER, change) | dict.fromkeys(policies.NOT_BY_THE_OWNER, move)
    by_person |= dict.fromkeys(_BY_OWNER, report)
    return [
        MoveOffer(verb, str(verb.label), by_state[verb] or by_person.get(verb, judge)) for verb in Verb
    ]  # fmt: skip


def answer_refusal(actor: Actor, report: ProgressReport) -> str:
    """Vì sao không trả lời được đề nghị này; empty when the actor may."""
    if not report.request:
        return "Báo cáo này không nêu đề nghị nào."
    if hasattr(report, "answer"):
        return "Đề nghị này đã được trả lời."
    return refusal_of(partial(check_can_answer, actor, report))


def sign_out_refusal(actor: Actor, handover: Handover) -> str:
    """Vì sao không ký giao được; empty when the actor may."""
    if handover.signed_out_at:
        return "Bên giao đã ký."
    return refusal_of(partial(check_can_sign_out, actor, handover))


def assign_refusal(actor: Actor, organization: Organization) -> str:
    """Vì sao không giao việc hay lập chương trình thay tổ chức này được; empty when the actor may."""
    return refusal_of(partial(check_can_keep, actor, organization))


def check_state(sentence: str) -> None:
    """Raise what a policy answers, if it answers anything."""
    if sentence:
        raise Conflict(sentence)
