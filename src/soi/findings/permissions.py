"""Ai được làm gì với một nội dung: each check raises the sentence that the user will read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db.models import QuerySet

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, NotAllowed, NotFound, refusal_of
from soi.base.models import held_on, whether
from soi.findings import policies
from soi.findings.enums import FindingState, RemedyState, Verb
from soi.findings.models import Finding, RecurrenceLink, Remedy, Responsibility
from soi.findings.queries import OUT_OF_SIGHT, Stake, lenders_stake, own_stake, visible_to
from soi.org.models import Membership, Organization
from soi.org.queries import in_scope, reached, scope
from soi.org.queries import visible_to as bodies_visible_to


def check_sees(actor: Actor, finding: Finding) -> None:
    """A finding out of sight does not exist for the actor."""
    if not visible_to(actor).filter(pk=finding.pk).exists():
        raise NotFound(OUT_OF_SIGHT)


def check_sees_body(actor: Actor, organization: Organization) -> None:
    """A body that is named in a record must be one the actor knows of."""
    if not bodies_visible_to(actor).filter(pk=organization.pk).exists():
        raise NotFound("Không tìm thấy tổ chức này, hoặc tổ chức nằm ngoài phạm vi của đồng chí.")


def check_can_record(actor: Actor, organization: Organization) -> None:
    """Lập và sửa nội dung của một tổ chức: whoever keeps its records."""
    check_sees_body(actor, organization)
    if not in_scope(actor, Capability.RECORD, organization.pk):
        raise NotAllowed(
            f"Đồng chí không được giao lập hồ sơ của {organization}. Hãy đề nghị văn phòng của cấp đó."
        )


def check_can_change(actor: Actor, finding: Finding) -> None:
    """Sửa, bổ sung một nội dung đã có."""
    check_sees(actor, finding)
    _check_keeps(finding, reached(actor, Capability.RECORD, [finding.organization_id]))


def _check_keeps(finding: Finding, kept: set[int]) -> None:
    if finding.organization_id not in kept:
        raise NotAllowed(
            f"Chỉ người lập hồ sơ của {finding.organization} mới sửa và giao biện pháp cho nội dung này."
        )


def check_can_rearrange(actor: Actor, remedy: Remedy) -> None:
    """Chuyển biện pháp hoặc đổi thời hạn: whoever gives remedies here, but not who answers for this one."""
    check_can_change(actor, remedy.finding)
    # Who acts for the holder, with this post or another, is no outsider to it either.
    holds = Membership.objects.filter(held_on(actor.today), post=remedy.accountable_post_id)
    people = (actor.person_id or 0, *actor.lenders)
    if remedy.accountable_post_id in actor.post_ids or holds.filter(person_id__in=people).exists():
        raise NotAllowed(
            "Người chịu trách nhiệm chính không tự chuyển biện pháp và không tự đổi thời hạn. "
            "Hãy đề nghị cấp trên hoặc văn phòng của cấp giao biện pháp."
        )


def check_can_report(actor: Actor, remedy: Remedy) -> str:
    """Báo cáo biện pháp: the holder of the accountable post, or a recorder of that body on its behalf.

    Returns on whose behalf: the post where a recorder reports, the lender where a delegate does, empty for
    the holder.
    """
    check_sees(actor, remedy.finding)
    return _reports_for(actor, remedy, partial(reached, actor, Capability.RECORD))


def _reports_for(actor: Actor, remedy: Remedy, kept: Callable[[list[int]], set[int]]) -> str:
    if remedy.accountable_post_id in actor.post_ids:
        lenders = {
            grant.on_behalf_of for grant in actor.grants if grant.post_id == remedy.accountable_post_id
        }
        return "" if "" in lenders else ", ".join(sorted(lenders))
    post = remedy.accountable_post
    if post.organization_id in kept([post.organization_id]):
        return f"{post.label}, {post.organization}"
    raise NotAllowed(
        f"Chỉ {post.label} của {post.organization}, hoặc văn phòng của tổ chức đó ghi thay, "
        "mới báo cáo được biện pháp này."
    )


def check_can_verify(actor: Actor, finding: Finding) -> int:
    """Xác nhận, yêu cầu làm tiếp, mở lại: by somebody of this or a higher level who had no part in it.

    Returns the person who judges.
    """
    check_sees(actor, finding)
    return _judges(actor, finding)


def _judges(actor: Actor, finding: Finding) -> int:
    if actor.person_id is None:
        raise NotAllowed("Việc xác nhận khắc phục phải do một người có tên thực hiện, không do hệ thống.")
    judged = Finding.objects.filter(scope(actor, Capability.VERIFY, path="organization"), pk=finding.pk)
    stakes = _stakes_in(judged, own_stake(actor), lenders_stake(actor))
    if stakes is None:
        raise NotAllowed(
            f"Đồng chí không được giao xác nhận khắc phục cho {finding.organization}. "
            "Việc này do người kiểm tra hoặc cấp ủy có thẩm quyền làm."
        )
    _check_outsider(*stakes)
    return actor.person_id


def check_can_answer(actor: Actor, finding: Finding) -> int:
    """Ghi ý kiến: only the person whom the finding names, whatever post they hold today; returns who."""
    check_sees(actor, finding)
    named = Responsibility.objects.filter(finding=finding, person__isnull=False)
    if actor.person_id is None or not named.filter(person_id=actor.person_id).exists():
        raise NotAllowed("Chỉ người được nêu tên trong nội dung này mới ghi ý kiến của mình vào đây.")
    return actor.person_id


def check_can_decide_recurrence(actor: Actor, link: RecurrenceLink) -> None:
    """Công nhận lặp lại: like a verification, not by those whose own shortcoming it is."""
    check_sees(actor, link.finding)
    check_sees(actor, link.earlier)
    check_can_verify(actor, link.finding)


# --- why somebody is no outsider ---------------------------------------------------------------------


def _check_outsider(own: str, lenders: str) -> None:
    if own:
        raise NotAllowed(f"Đồng chí không xác nhận được nội dung này vì đồng chí {own}. {_SOMEBODY_ELSE}")
    if lenders:
        raise NotAllowed(
            "Đồng chí không xác nhận được nội dung này vì đang nhận ủy quyền "
            f"của người {lenders}. {_SOMEBODY_ELSE}"
        )


_SOMEBODY_ELSE = "Việc khắc phục phải do người khác xác nhận."
_REASONS = (
    "giữ chức vụ chịu trách nhiệm chính về biện pháp khắc phục trong thời gian thực hiện",
    "được xác định có trách nhiệm trong nội dung này",
    "đã báo cáo kết quả của biện pháp khắc phục",
)


def _stakes_in(judged: QuerySet[Finding], *stakes: Stake) -> list[str] | None:
    """For each stake the first reason that holds, or nothing; None where the finding is not to be judged."""
    asked = [(stake.is_accountable(), stake.is_responsible(), stake.has_reported()) for stake in stakes]
    row = judged.values_list(*(whether(one) for three in asked for one in three)).first()
    if row is None:
        return None
    holds = [row[at : at + len(_REASONS)] for at in range(0, len(row), len(_REASONS))]
    return [next((_REASONS[at] for at, held in enumerate(three) if held), "") for three in holds]


# --- for buttons: may it be done, and if not, the same sentence ----------------------------------------


@dataclass(frozen=True, slots=True)
class Offers:
    """Những việc với một mục: why not, by verb and by remedy; empty where the actor may do it now."""

    verbs: dict[Verb, str]
    edit: str
    reports: dict[int, str]


def offers(actor: Actor, finding: Finding) -> Offers:
    """Mọi nút trên trang một mục, in at most two queries, whatever the number of its remedies.

    The caller got ``finding`` with its parts from ``queries.get``, so it is in sight. The sentences are
    those of the checks above, which every action makes for itself again.
    """
    remedies = list(finding.remedies.all())
    bodies = {finding.organization_id, *(remedy.accountable_post.organization_id for remedy in remedies)}
    kept = reached(actor, Capability.RECORD, bodies)
    change, state = refusal_of(partial(_check_keeps, finding, kept)), FindingState(finding.state)
    judging = {verb: policies.refusal(state, verb) for verb in (Verb.VERIFY_MENDED, Verb.REOPEN)}
    # Asked only where the state allows to judge at all.
    judge = "" if all(judging.values()) else refusal_of(partial(_judges, actor, finding))
    return Offers(
        verbs={
            Verb.ADD_REMEDY: policies.refusal(state, Verb.ADD_REMEDY) or change,
            **{verb: refusal or judge for verb, refusal in judging.items()},
        },
        edit=policies.edit_refusal(state) or change,
        reports={
            remedy.pk: policies.remedy_refusal(RemedyState(remedy.state))
            or refusal_of(partial(_reports_for, actor, remedy, kept.intersection))
            for remedy in remedies
        },
    )


def check_state(sentence: str) -> None:
    """Raise what a policy answers, if it answers anything."""
    if sentence:
        raise Conflict(sentence)
