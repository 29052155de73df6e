"""Biện pháp và việc khắc phục: give, report, confirm by another, return, reopen; only here written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Min

from soi.base.actor import Actor, Capability
from soi.base.errors import Invalid, NotFound
from soi.base.text import nfc
from soi.documents.models import Source
from soi.documents.permissions import evidence_allowed
from soi.findings import permissions, policies
from soi.findings.actions import fresh
from soi.findings.enums import FindingState, Outcome, RemedyState, Verb
from soi.findings.models import Finding, Remedy, RemedyProgress, Verification
from soi.history.actions import record
from soi.org.models import Post
from soi.work.logic.vagueness import what_lacks

_VERDICTS = {
    Outcome.MENDED: Verb.VERIFY_MENDED,
    Outcome.RETURNED: Verb.RETURN_FOR_MORE,
    Outcome.REOPENED: Verb.REOPEN,
}


@transaction.atomic
def add_remedy(
    *,
    actor: Actor,
    finding: Finding,
    statement: str,
    accountable_post: Post | None,
    deliverable: str,
    due_on: dt.date | None,
    now: dt.datetime,
    created_on: dt.date | None = None,
    historic: bool = False,
) -> Remedy:
    """Giao biện pháp khắc phục: one accountable post, a deliverable and a date, or it does not exist.

    ``historic``: taken from an old paper, so both dates may lie in the past. Raises Invalid, with a better
    wording where the remedy only exhorts.
    """
    permissions.check_can_change(actor, finding)
    current = fresh(finding)
    state = policies.next_state(FindingState(current.state), Verb.ADD_REMEDY, active_remedies=1)
    lack = what_lacks(statement, deliverable, has_post=accountable_post is not None, due_on=due_on)
    if lack or accountable_post is None or due_on is None:
        raise Invalid(lack.sentence, lack.fields) if lack else AssertionError("a lack without a sentence")
    given_on = (created_on or actor.today) if historic else actor.today
    _check_days(actor, current, given_on, due_on, historic=historic)
    check_post(actor, accountable_post, given_on)
    remedy = Remedy.objects.create(
        finding=current,
        statement=statement,
        accountable_post=accountable_post,
        deliverable=deliverable,
        due_on=due_on,
        created_on=given_on,
    )
    settle(current, state)
    record(
        actor=actor, action="findings.add_remedy", subject=remedy, now=now,
        using=Capability.RECORD,
        finding=current, statement=remedy.statement, accountable_post=accountable_post,
        organization=accountable_post.organization, deliverable=remedy.deliverable, due_on=due_on,
        created_on=given_on, historic=historic,
    )  # fmt: skip
    return remedy


@transaction.atomic
def report_progress(
    *,
    actor: Actor,
    remedy: Remedy,
    percent: int,
    note: str,
    now: dt.datetime,
    evidence: Source | None = None,
    on: dt.date | None = None,
) -> RemedyProgress:
    """Báo cáo tiến độ. 100 percent does not yet say "done": that is ``report_done``."""
    behalf = permissions.check_can_report(actor, remedy)
    finding, current = _locked(remedy)
    policies.next_state(FindingState(finding.state), Verb.REPORT_PROGRESS, active_remedies=1)
    permissions.check_state(policies.remedy_refusal(RemedyState(current.state)))
    if not 0 <= percent <= 100:
        raise Invalid("Tiến độ là số phần trăm từ 0 đến 100.", {"percent": "Ghi số từ 0 đến 100."})
    progress = _write_progress(
        actor, current, percent=percent, note=note, evidence=evidence, on=on, behalf=behalf
    )
    record(
        actor=actor, action="findings.report_progress", subject=current, now=now,
        finding=finding, on_behalf=behalf, percent=percent, note=progress.note, on=progress.on,
        evidence=evidence,
    )  # fmt: skip
    return progress


@transaction.atomic
def report_done(
    *,
    actor: Actor,
    remedy: Remedy,
    note: str,
    now: dt.datetime,
    evidence: Source | None = None,
    on: dt.date | None = None,
) -> Remedy:
    """Báo cáo đã làm xong; when it was the last one, the finding waits for somebody else to confirm."""
    behalf = permissions.check_can_report(actor, remedy)
    finding, current = _locked(remedy)
    permissions.check_state(policies.remedy_refusal(RemedyState(current.state)))
    others = Remedy.objects.filter(finding=finding, state=RemedyState.ACTIVE).exclude(pk=current.pk).count()
    state = policies.next_state(FindingState(finding.state), Verb.REPORT_DONE, active_remedies=others)
    progress = _write_progress(
        actor, current, percent=100, note=note, evidence=evidence, on=on, behalf=behalf
    )
    current.state, current.reported_on = RemedyState.REPORTED, progress.on
    current.save(update_fields=["state", "reported_on"])
    settle(finding, state)
    record(
        actor=actor, action="findings.report_done", subject=current, now=now,
        finding=finding, on_behalf=behalf, note=progress.note, on=progress.on, evidence=evidence, state=state,
    )  # fmt: skip
    return current


@transaction.atomic
def return_for_more(
    *, actor: Actor, finding: Finding, note: str, now: dt.datetime, evidence: Source | None = None
) -> Finding:
    """Chưa đạt, làm tiếp: every remedy that was reported done is active again."""
    verifier, current, state = _judged(actor, finding, Verb.RETURN_FOR_MORE, active_remedies=1)
    verification = _verify(
        actor, verifier, current, Outcome.RETURNED, note=note, evidence=evidence, what="còn thiếu gì"
    )
    _set_remedies(current, RemedyState.REPORTED, RemedyState.ACTIVE)
    settle(current, state)
    _record_verdict(actor, current, verification, now)
    return current


@transaction.atomic
def verify_mended(
    *, actor: Actor, finding: Finding, note: str, now: dt.datetime, evidence: Source | None = None
) -> Finding:
    """Xác nhận đã khắc phục: the only way to close a finding, and only by somebody who had no part in it."""
    verifier, current, state = _judged(actor, finding, Verb.VERIFY_MENDED, active_remedies=0)
    verification = _verify(
        actor, verifier, current, Outcome.MENDED, note=note, evidence=evidence, what="đã kiểm tra thế nào"
    )
    _set_remedies(current, RemedyState.REPORTED, RemedyState.CONFIRMED)
    current.mended_on = verification.on
    settle(current, state)
    _record_verdict(actor, current, verification, now)
    return current


@transaction.atomic
def reopen(
    *, actor: Actor, finding: Finding, reason: str, now: dt.datetime, again: Sequence[Remedy] = ()
) -> Finding:
    """Mở lại nội dung đã khắc phục: the remedies ``again`` are done once more; without, it needs new ones."""
    verifier, current, state = _judged(actor, finding, Verb.REOPEN, active_remedies=len(again))
    chosen = Remedy.objects.filter(finding=current, pk__in=[remedy.pk for remedy in again])
    if chosen.count() != len(set(again)):
        raise NotFound("Có biện pháp được chọn không thuộc nội dung này.")
    verification = _verify(
        actor, verifier, current, Outcome.REOPENED, note=reason, evidence=None, what="lý do mở lại"
    )
    chosen.update(state=RemedyState.ACTIVE, reported_on=None)
    current.mended_on = None
    settle(current, state)
    _record_verdict(actor, current, verification, now, again)
    return current


# --- parts shared by the verbs above -----------------------------------------------------------------


def _locked(remedy: Remedy) -> tuple[Finding, Remedy]:
    finding = fresh(remedy.finding)
    return finding, Remedy.objects.select_related("accountable_post__organization").get(pk=remedy.pk)


def _judged(
    actor: Actor, finding: Finding, verb: Verb, *, active_remedies: int
) -> tuple[int, Finding, FindingState]:
    verifier = permissions.check_can_verify(actor, finding)
    current = fresh(finding)
    return (
        verifier,
        current,
        policies.next_state(FindingState(current.state), verb, active_remedies=active_remedies),
    )


def settle(finding: Finding, state: str) -> None:
    """Write the state, the day of mending, and the earliest day due among remedies not yet confirmed."""
    left = Remedy.objects.filter(finding=finding).exclude(state=RemedyState.CONFIRMED)
    finding.state = state
    finding.due_on = left.aggregate(first=Min("due_on"))["first"]
    finding.save(update_fields=["state", "due_on", "mended_on"])


def _set_remedies(finding: Finding, old: RemedyState, new: RemedyState) -> None:
    values = {"state": new} | ({"reported_on": None} if new == RemedyState.ACTIVE else {})
    Remedy.objects.filter(finding=finding, state=old).update(**values)


def _check_days(
    actor: Actor, finding: Finding, given_on: dt.date, due_on: dt.date, *, historic: bool
) -> None:
    if not finding.found_on <= given_on <= actor.today:
        raise Invalid(
            f"Ngày giao biện pháp phải từ ngày nêu {finding.found_on:%d/%m/%Y} đến hôm nay.",
            {"created_on": "Chọn ngày khác."},
        )
    if due_on < given_on:
        raise Invalid(
            f"Thời hạn {due_on:%d/%m/%Y} đã qua. Hãy chọn từ ngày {given_on:%d/%m/%Y} trở đi"
            + (", ngày giao biện pháp." if historic else "."),
            {"due_on": "Chọn ngày khác."},
        )


def check_post(actor: Actor, post: Post, day: dt.date) -> None:
    """A remedy is given to a post that exists on that day, in a body that the actor knows of."""
    permissions.check_sees_body(actor, post.organization)
    if day not in post.period:
        raise Invalid(
            f"Chức vụ {post} không có vào ngày {day:%d/%m/%Y}. Hãy giao cho một chức vụ đang có.",
            {"accountable_post": "Chọn chức vụ khác."},
        )


def _write_progress(
    actor: Actor,
    remedy: Remedy,
    *,
    percent: int,
    note: str,
    evidence: Source | None,
    on: dt.date | None,
    behalf: str,
) -> RemedyProgress:
    day = on or actor.today
    if not remedy.created_on <= day <= actor.today:
        raise Invalid(
            f"Ngày báo cáo phải từ ngày giao {remedy.created_on:%d/%m/%Y} đến hôm nay.",
            {"on": "Chọn ngày khác."},
        )
    return RemedyProgress.objects.create(
        remedy=remedy,
        on=day,
        percent=percent,
        note=noted(note, "kết quả, khó khăn"),
        evidence=evidence_allowed(actor, evidence),
        reported_by_id=actor.person_id,
        reporter_label=f"{actor.label} (ghi thay {behalf})" if behalf else actor.label,
    )


def _verify(
    actor: Actor,
    verifier: int,
    finding: Finding,
    outcome: Outcome,
    *,
    note: str,
    evidence: Source | None,
    what: str,
) -> Verification:
    lent = actor.on_behalf_of(Capability.VERIFY)
    return Verification.objects.create(
        finding=finding,
        outcome=outcome,
        on=actor.today,
        note=noted(note, what),
        evidence=evidence_allowed(actor, evidence),
        verifier_id=verifier,
        verifier_label=f"{actor.label} (thay mặt {lent})" if lent else actor.label,
    )


def _record_verdict(
    actor: Actor,
    finding: Finding,
    verification: Verification,
    now: dt.datetime,
    again: Sequence[Remedy] = (),
) -> None:
    record(
        actor=actor, action=f"findings.{_VERDICTS[Outcome(verification.outcome)].value}", subject=finding,
        now=now, using=Capability.VERIFY,
        note=verification.note, on=verification.on, evidence=verification.evidence, state=finding.state,
        again=list(again),
    )  # fmt: skip


def noted(note: str, what: str, *, field: str = "note") -> str:
    """Lời ghi, which may not be empty."""
    note = nfc(note)
    if not note:
        raise Invalid(f"Hãy ghi {what}.", {field: f"Chưa ghi {what}."})
    return note
