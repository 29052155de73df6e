"""Ai được làm gì với báo cáo giao ban: each check raises the sentence that the user will read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, Value, When

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, NotAllowed, NotFound
from soi.briefings import policies
from soi.briefings.enums import ReportState, Verb
from soi.briefings.models import BriefingReport
from soi.briefings.queries import OUT_OF_SIGHT, visible_to
from soi.conferences import permissions as conferences
from soi.conferences.models import Conference
from soi.org.models import Organization
from soi.org.permissions import check_sees as check_sees_body
from soi.org.queries import scope, superior


def check_sees(actor: Actor, report: BriefingReport) -> None:
    """A report out of sight does not exist for the actor."""
    if not visible_to(actor).filter(pk=report.pk).exists():
        raise NotFound(OUT_OF_SIGHT)


def check_can_open(actor: Actor, organization: Organization) -> None:
    """Mở đợt giao ban, nhắc: who records or decides for the superior body."""
    check_sees_body(actor, organization)
    if not rights_over(actor, organization).leads:
        raise NotAllowed(
            f"Đồng chí không được giao tổ chức giao ban của {organization}. "
            "Việc này do văn phòng hoặc người đứng đầu của cấp đó làm."
        )


def check_can_write(actor: Actor, organization: Organization) -> None:
    """Soạn và sửa báo cáo: who keeps the records of the body."""
    check_sees_body(actor, organization)
    if not rights_over(actor, organization).records:
        raise NotAllowed(_no_writer(organization))


def check_can_change(actor: Actor, report: BriefingReport) -> None:
    """Sửa một báo cáo đã có."""
    check_sees(actor, report)
    check_can_write(actor, report.organization)


def check_can_send(actor: Actor, report: BriefingReport) -> None:
    """Gửi lên cấp trên: who records or decides for the body."""
    check_sees(actor, report)
    if not rights_over(actor, report.organization).leads:
        raise NotAllowed(_no_sender(report.organization))


def check_can_return(actor: Actor, report: BriefingReport) -> Organization:
    """Trả lại: only the level above, who received it; returns that body."""
    check_sees(actor, report)
    above = superior(report.organization, on=actor.today)
    if above is None or not rights_over(actor, above).leads:
        raise NotAllowed(_no_receiver(report.organization, above))
    return above


def check_can_take(actor: Actor, report: BriefingReport, conference: Conference) -> None:
    """Đưa vào hội nghị: who keeps the record of the conference."""
    check_sees(actor, report)
    conferences.check_can_edit(actor, conference)


# --- what a page offers ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rights:
    """Quyền với một tổ chức: keeps its records; keeps them or decides for it."""

    records: bool
    leads: bool


def rights_over(actor: Actor, organization: Organization) -> Rights:
    """Quyền của người này với tổ chức đó hôm nay."""
    return _rights(actor, [organization.pk])[organization.pk]


def _rights(actor: Actor, pks: list[int]) -> dict[int, Rights]:
    """In one query, whatever the number of bodies."""
    if actor.is_system:
        return {pk: Rights(records=True, leads=True) for pk in pks}
    record, direct = (scope(actor, right, path="pk") for right in (Capability.RECORD, Capability.DIRECT))
    keeps = Case(When(record, then=Value(True)), default=Value(False))
    found = dict(
        Organization.objects.filter(record | direct, pk__in=pks)
        .order_by()
        .annotate(keeps=keeps)
        .values_list("pk", "keeps")
    )
    return {pk: Rights(records=found.get(pk, False), leads=pk in found) for pk in pks}


@dataclass(frozen=True, slots=True)
class Offers:
    """Vì sao không làm được từng việc (empty: may do it now), and the body that received the report."""

    write: str
    send: str
    send_back: str
    take: str
    superior: Organization | None


def offers(actor: Actor, report: BriefingReport) -> Offers:
    """Những việc trang báo cáo mời làm; state first, then person. The caller has checked that it is seen."""
    body, state = report.organization, ReportState(report.state)
    above = superior(body, on=actor.today)
    rights = _rights(actor, [body.pk, *([above.pk] if above else [])])
    receives = above is not None and rights[above.pk].leads
    return Offers(
        write=policies.refusal(state, Verb.WRITE) or ("" if rights[body.pk].records else _no_writer(body)),
        send=policies.refusal(state, Verb.SEND) or ("" if rights[body.pk].leads else _no_sender(body)),
        send_back=policies.refusal(state, Verb.RETURN) or ("" if receives else _no_receiver(body, above)),
        take=policies.refusal(state, Verb.TAKE)
        or ("" if any(right.records for right in rights.values()) else _no_writer(body)),
        superior=above,
    )


def check_may_offer(actor: Actor, report: BriefingReport) -> None:
    """Đưa vào một hội nghị nào đó: who keeps the records of the body or of its superior."""
    if refused := offers(actor, report).take:
        raise NotAllowed(refused)


def check_state(report: BriefingReport, verb: Verb) -> None:
    """Raise what the policy answers, if it answers anything."""
    if sentence := policies.refusal(ReportState(report.state), verb):
        raise Conflict(sentence)


def _no_writer(body: Organization) -> str:
    return f"Đồng chí không được giao soạn báo cáo của {body}. Hãy đề nghị văn phòng của đơn vị đó soạn."


def _no_sender(body: Organization) -> str:
    return (
        f"Đồng chí không được giao gửi báo cáo của {body}. "
        "Việc này do văn phòng hoặc người đứng đầu của đơn vị đó làm."
    )


def _no_receiver(body: Organization, above: Organization | None) -> str:
    if above is None:
        return f"{body} không có cấp trên trong hệ thống, nên không ai trả lại báo cáo này."
    return f"Chỉ {above}, nơi nhận báo cáo, mới trả lại được báo cáo này."
