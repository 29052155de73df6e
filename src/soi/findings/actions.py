"""Lập, sửa, bổ sung một nội dung, and the answer of the person it names.

What mends it stands in ``remedies``, what makes it come back in ``recurrence``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid
from soi.base.models import held_on
from soi.base.quarters import quarter_of
from soi.base.text import nfc
from soi.documents.models import Passage
from soi.findings import permissions, policies, recurrence
from soi.findings.enums import BodyRole, CauseKind, FindingKind, FindingState, ResponsibilityKind
from soi.findings.logic.keys import exact_words, plain_words
from soi.findings.models import Answer, Cause, Finding, FindingBody, Responsibility
from soi.findings.queries import history_of
from soi.history.actions import record
from soi.org.enums import WorkArea
from soi.org.models import Membership, Organization, Person, Post


@dataclass(frozen=True, slots=True)
class CauseEntry:
    """Một nguyên nhân được nhập."""

    kind: CauseKind
    statement: str
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class ConcernedEntry:
    """Một đơn vị liên quan được nhập; ``as_written`` is how the text calls it."""

    organization: Organization
    as_written: str = ""


@dataclass(frozen=True, slots=True)
class ResponsibilityEntry:
    """Một trách nhiệm được nhập. Without a person, who held the post on the day of the finding is taken."""

    kind: ResponsibilityKind
    organization: Organization
    post: Post | None = None
    person: Person | None = None


@transaction.atomic
def record_finding(
    *,
    actor: Actor,
    organization: Organization,
    kind: FindingKind,
    statement: str,
    area: WorkArea,
    found_on: dt.date,
    now: dt.datetime,
    concerned: Sequence[ConcernedEntry] = (),
    causes: Sequence[CauseEntry] = (),
    responsibilities: Sequence[ResponsibilityEntry] = (),
    passage: Passage | None = None,
    via: str = "",
) -> Finding:
    """Ghi một ưu điểm, hạn chế hoặc khuyết điểm, with all that the text says of it.

    A limitation or shortcoming is compared with earlier ones; what looks the same is proposed as come back.
    """
    actor = replace(actor, via=via) if via else actor
    permissions.check_can_record(actor, organization)
    statement = _stated(statement)
    _check_day(actor, organization, found_on)
    finding = Finding.objects.create(
        organization=organization,
        kind=FindingKind(kind),
        statement=statement,
        area=WorkArea(area),
        found_on=found_on,
        quarter=quarter_of(found_on),
        state=FindingState.NOTED if kind == FindingKind.STRENGTH else FindingState.OPEN,
        passage=passage,
        exact_key=exact_words(statement),
        search_key=plain_words(statement),
    )
    FindingBody.objects.create(finding=finding, organization=organization, role=BodyRole.OWNER)
    for body in concerned:
        _concern(actor, finding, body)
    for cause in causes:
        _add_cause(finding, cause)
    for entry in responsibilities:
        _hold_responsible(actor, finding, entry)
    links = recurrence.compare_with_earlier(actor, finding)
    record(
        actor=actor, action="findings.record_finding", subject=finding, now=now,
        using=Capability.RECORD,
        organization=organization, kind=finding.kind, area=finding.area, statement=statement,
        found_on=found_on, passage=passage.pk if passage else None,
        concerned=[body.organization for body in concerned], causes=[cause.statement for cause in causes],
        responsible=[str(entry.person or entry.post or entry.organization) for entry in responsibilities],
        looks_like=[link.earlier_id for link in links],
    )  # fmt: skip
    return finding


@transaction.atomic
def edit_finding(
    *,
    actor: Actor,
    finding: Finding,
    expected_version: int,
    now: dt.datetime,
    statement: str | None = None,
    area: WorkArea | None = None,
) -> Finding:
    """Sửa lời hoặc lĩnh vực. Body, kind and day never change.

    Raises Conflict where somebody saved another text since ``expected_version`` was shown; the sentence gives
    the refused text back, so that neither is lost.
    """
    permissions.check_can_change(actor, finding)
    current = fresh(finding)
    permissions.check_state(policies.edit_refusal(FindingState(current.state)))
    wording = _stated(current.statement if statement is None else statement)
    if current.version != expected_version:
        raise Conflict(_somebody_was_faster(current, wording))
    old_statement, old_area = current.statement, current.area
    current.statement, current.area = wording, WorkArea(area or current.area)
    current.exact_key, current.search_key = exact_words(wording), plain_words(wording)
    current.version = F("version") + 1
    current.save(update_fields=["statement", "area", "exact_key", "search_key", "version"])
    current.refresh_from_db(fields=["version"])
    record(
        actor=actor, action="findings.edit_finding", subject=current, now=now,
        using=Capability.RECORD,
        old_statement=old_statement, statement=wording, old_area=old_area, area=current.area,
    )  # fmt: skip
    return current


@transaction.atomic
def add_concerned(
    *, actor: Actor, finding: Finding, organization: Organization, now: dt.datetime, as_written: str = ""
) -> FindingBody:
    """Thêm đơn vị liên quan; from now on it sees the finding."""
    permissions.check_can_change(actor, finding)
    body = _concern(actor, finding, ConcernedEntry(organization, as_written))
    record(
        actor=actor, action="findings.add_concerned", subject=finding, now=now, using=Capability.RECORD,
        organization=organization, as_written=body.as_written,
    )  # fmt: skip
    return body


@transaction.atomic
def add_cause(
    *,
    actor: Actor,
    finding: Finding,
    kind: CauseKind,
    statement: str,
    now: dt.datetime,
    passage: Passage | None = None,
) -> Cause:
    """Thêm nguyên nhân."""
    permissions.check_can_change(actor, finding)
    cause = _add_cause(finding, CauseEntry(kind, statement, passage))
    record(
        actor=actor, action="findings.add_cause", subject=finding, now=now, using=Capability.RECORD,
        kind=cause.kind, statement=cause.statement,
    )  # fmt: skip
    return cause


@transaction.atomic
def add_responsibility(
    *,
    actor: Actor,
    finding: Finding,
    kind: ResponsibilityKind,
    organization: Organization,
    now: dt.datetime,
    post: Post | None = None,
    person: Person | None = None,
) -> Responsibility:
    """Xác định trách nhiệm của tập thể, or of a person by the post held on the day of the finding.

    The person named sees the finding from now on and may answer it.
    """
    permissions.check_can_change(actor, finding)
    row = _hold_responsible(actor, finding, ResponsibilityEntry(kind, organization, post, person))
    record(
        actor=actor, action="findings.add_responsibility", subject=finding, now=now, using=Capability.RECORD,
        kind=row.kind, organization=organization, post=row.post, person=row.person,
    )  # fmt: skip
    return row


@transaction.atomic
def answer(*, actor: Actor, finding: Finding, text: str, now: dt.datetime) -> Answer:
    """Ý kiến của người được nêu: stands beside the finding wherever it is shown; a later one is added."""
    person_id = permissions.check_can_answer(actor, finding)
    text = nfc(text)
    if not text:
        raise Invalid("Hãy ghi ý kiến của đồng chí.", {"text": "Chưa có nội dung."})
    row = Answer.objects.create(finding=finding, person_id=person_id, at=now, text=text)
    record(actor=actor, action="findings.answer", subject=finding, now=now, text=text)
    return row


def fresh(finding: Finding) -> Finding:
    """Bản mới nhất, locked until the transaction ends: of two acts at once, the second sees the first."""
    return Finding.objects.select_for_update(of=("self",)).select_related("organization").get(pk=finding.pk)


# --- parts shared by the verbs above -----------------------------------------------------------------


def _stated(statement: str) -> str:
    statement = nfc(statement)
    if not statement:
        raise Invalid("Hãy ghi nội dung đánh giá.", {"statement": "Chưa có nội dung."})
    return statement


def _check_day(actor: Actor, organization: Organization, found_on: dt.date) -> None:
    if found_on > actor.today:
        raise Invalid(
            f"Ngày nêu {found_on:%d/%m/%Y} chưa tới. "
            "Hãy ghi ngày hội nghị hoặc ngày kiểm tra đã nêu nội dung này.",
            {"found_on": "Chọn ngày không muộn hơn hôm nay."},
        )
    if not organization.exists_on(found_on):
        raise Invalid(
            f"{organization} không tồn tại vào ngày {found_on:%d/%m/%Y}. "
            "Hãy kiểm tra lại ngày nêu và tổ chức.",
            {"found_on": "Ngày nằm ngoài thời gian tổ chức tồn tại."},
        )


def _concern(actor: Actor, finding: Finding, body: ConcernedEntry) -> FindingBody:
    permissions.check_sees_body(actor, body.organization)
    if FindingBody.objects.filter(finding=finding, organization=body.organization).exists():
        raise Conflict(f"{body.organization} đã có trong nội dung này.")
    return FindingBody.objects.create(
        finding=finding, organization=body.organization, role=BodyRole.CONCERNED, as_written=body.as_written
    )


def _add_cause(finding: Finding, cause: CauseEntry) -> Cause:
    statement = nfc(cause.statement)
    if not statement:
        raise Invalid("Hãy ghi nguyên nhân.", {"statement": "Chưa có nội dung nguyên nhân."})
    return Cause.objects.create(
        finding=finding, kind=CauseKind(cause.kind), statement=statement, passage=cause.passage
    )


def _hold_responsible(actor: Actor, finding: Finding, entry: ResponsibilityEntry) -> Responsibility:
    permissions.check_sees_body(actor, entry.organization)
    if entry.kind == ResponsibilityKind.COLLECTIVE:
        post, person = None, None
    else:
        post = entry.post
        person = _holder(finding, entry)
    same = Responsibility.objects.filter(
        finding=finding, kind=entry.kind, organization=entry.organization, post=post, person=person
    )
    if same.exists():
        raise Conflict("Trách nhiệm này đã được ghi.")
    return Responsibility.objects.create(
        finding=finding, kind=entry.kind, organization=entry.organization, post=post, person=person
    )


def _holder(finding: Finding, entry: ResponsibilityEntry) -> Person:
    """The person in the post on the day of the finding; nobody answers for what another had in hand."""
    if entry.post is None:
        raise Invalid(
            "Hãy chọn chức vụ mà người đó giữ vào ngày nêu.", {"post": "Trách nhiệm cá nhân theo chức vụ."}
        )
    if entry.post.organization_id != entry.organization.pk:
        raise Invalid(
            f"{entry.post} không phải chức vụ của {entry.organization}.",
            {"post": "Chọn chức vụ của tổ chức này."},
        )
    day = finding.found_on
    held = Membership.objects.filter(held_on(day), post=entry.post).select_related("person").order_by("pk")
    people = [membership.person for membership in held]
    if entry.person is None and len(people) == 1:
        return people[0]
    if entry.person is not None and entry.person in people:
        return entry.person
    raise Invalid(_who_held(entry, people, day), {"person": "Người phải giữ chức vụ này vào ngày nêu."})


def _who_held(entry: ResponsibilityEntry, people: list[Person], day: dt.date) -> str:
    names = ", ".join(str(person) for person in people)
    if not people:
        return f"Ngày {day:%d/%m/%Y} chưa ghi ai giữ chức {entry.post}. Hãy bổ sung thời gian giữ chức trước."
    if entry.person is None:
        return f"Ngày {day:%d/%m/%Y} chức {entry.post} có nhiều người giữ: {names}. Hãy chọn một người."
    return (
        f"{entry.person} không giữ chức {entry.post} vào ngày {day:%d/%m/%Y}; "
        f"ngày đó chức này do {names} giữ."
    )


def _somebody_was_faster(current: Finding, wording: str) -> str:
    last = history_of(current).filter(action="findings.edit_finding").first()
    who = last.actor_label if last else "Người khác"
    at = f" lúc {timezone.localtime(last.at):%H:%M %d/%m/%Y}" if last else ""
    return (
        f"{who} đã sửa nội dung này{at}, sau khi đồng chí mở trang. Bản đã lưu: «{current.statement}». "
        f"Bản của đồng chí chưa lưu nhưng không mất: «{wording}». "
        "Hãy mở lại trang, đối chiếu hai bản rồi lưu."
    )
