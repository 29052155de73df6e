"""Mở đợt, soạn, gửi, trả lại, nhắc, đưa vào hội nghị. The lines of a report are written by ``lines``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid, NotFound
from soi.base.ordering import STEP
from soi.base.quarters import days_of, is_quarter
from soi.base.text import nfc
from soi.briefings import permissions
from soi.briefings.composing import compose
from soi.briefings.enums import LineChange, ReportState, Verb
from soi.briefings.logic.merging import Merge, Old, Patch, merge
from soi.briefings.logic.sentences import Sentence
from soi.briefings.logic.wording import quarter as in_words
from soi.briefings.models import BriefingPaper, BriefingReport, BriefingRound, ReportLine, Sending
from soi.briefings.queries import lines_of, mark_of, overview
from soi.conferences.enums import ConferenceKind
from soi.conferences.models import Conference
from soi.history.actions import record
from soi.org.models import Organization
from soi.org.queries import superior

# --- the round ---------------------------------------------------------------------------------------


@transaction.atomic
def open_round(
    *, actor: Actor, organization: Organization, quarter: str, due_on: dt.date | None, now: dt.datetime
) -> BriefingRound:
    """Mở đợt giao ban quý: those directly below owe their report by ``due_on``.

    Opened again, it moves the day for everybody; the earlier day stays in the history.
    """
    permissions.check_can_open(actor, organization)
    _check_quarter(quarter)
    day = _check_due(quarter, due_on)
    _take_turn(organization)
    round_ = (
        BriefingRound.objects.select_for_update().filter(organization=organization, quarter=quarter).first()
    )
    if round_ is not None:
        return _move_due(actor, round_, day, now)
    round_ = BriefingRound.objects.create(
        organization=organization, quarter=quarter, due_on=day, opened_on=actor.today,
        opener_label=actor.label,
    )  # fmt: skip
    record(
        actor=actor, action="briefings.open_round", subject=round_, now=now, using=Capability.RECORD,
        organization=organization, quarter=quarter, due_on=day,
    )  # fmt: skip
    return round_


def _move_due(actor: Actor, round_: BriefingRound, day: dt.date, now: dt.datetime) -> BriefingRound:
    before = round_.due_on
    if before == day:
        raise Conflict(f"Đợt giao ban này đã mở, hạn gửi báo cáo là {day:%d/%m/%Y}.")
    round_.due_on = day
    round_.save(update_fields=["due_on"])
    record(
        actor=actor, action="briefings.move_due", subject=round_, now=now, using=Capability.RECORD,
        organization=round_.organization, quarter=round_.quarter, old_due_on=before, due_on=day,
    )  # fmt: skip
    return round_


def _check_quarter(quarter: str) -> None:
    if not is_quarter(quarter):
        raise Invalid("Hãy chọn quý giao ban.", {"quarter": "Chọn một quý trong danh sách."})


def _check_due(quarter: str, due_on: dt.date | None) -> dt.date:
    if due_on is None:
        raise Invalid("Hãy chọn hạn gửi báo cáo.", {"due_on": "Chọn ngày các đơn vị phải gửi xong."})
    if due_on < days_of(quarter).start:
        raise Invalid(
            f"Hạn gửi {due_on:%d/%m/%Y} trước khi {in_words(quarter)} bắt đầu.",
            {"due_on": "Chọn ngày trong quý hoặc sau quý đó."},
        )
    return due_on


@transaction.atomic
def remind(
    *,
    actor: Actor,
    round_: BriefingRound,
    now: dt.datetime,
    organizations: Sequence[Organization] = (),
    note: str = "",
) -> int:
    """Nhắc đơn vị chưa gửi: all that are missing, or the named ones of them. One event for each body."""
    permissions.check_can_open(actor, round_.organization)
    owing = [row.organization for row in overview(actor, round_.organization, round_.quarter).missing]
    chosen = [body for body in owing if not organizations or body in organizations]
    if not chosen:
        raise Conflict("Các đơn vị được chọn đều đã gửi báo cáo, không còn ai phải nhắc.")
    for body in chosen:
        record(
            actor=actor, action="briefings.remind", subject=round_, now=now, using=Capability.RECORD,
            organization=body, quarter=round_.quarter, due_on=round_.due_on, note=nfc(note),
        )  # fmt: skip
    return len(chosen)


# --- composing ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Composed:
    """Kết quả soạn: the report, and what composing again did to its lines."""

    report: BriefingReport
    is_new: bool
    added: int = 0
    updated: int = 0
    differing: int = 0
    gone: int = 0

    @property
    def changed(self) -> int:
        return self.added + self.updated + self.differing + self.gone


@transaction.atomic
def compose_report(*, actor: Actor, organization: Organization, quarter: str, now: dt.datetime) -> Composed:
    """Soạn báo cáo quý từ hồ sơ; again, it takes the records as they stand now and keeps every edited line."""
    permissions.check_can_write(actor, organization)
    _check_quarter(quarter)
    _check_begun(actor, organization, quarter)
    _take_turn(organization)
    report = _report_of(organization, quarter)
    if report is not None:
        permissions.check_state(report, Verb.WRITE)
    sentences = compose(actor, organization, quarter)
    if report is None:
        return _first(actor, organization, quarter, sentences, now)
    return _again(actor, report, sentences, now)


def _check_begun(actor: Actor, organization: Organization, quarter: str) -> None:
    days = days_of(quarter)
    if actor.today < days.start:
        raise Invalid(
            f"{in_words(quarter).capitalize()} chưa bắt đầu nên chưa có gì để báo cáo.",
            {"quarter": "Chọn quý này hoặc quý trước."},
        )
    if organization.end is not None and organization.end <= days.start:
        raise Invalid(f"{organization} đã chấm dứt trước {in_words(quarter)}, không còn phải báo cáo.")


def _take_turn(organization: Organization) -> None:
    """Of two who begin the same at once the second waits here, and finds what the first has made."""
    Organization.objects.select_for_update(of=("self",), no_key=True).get(pk=organization.pk)


def _report_of(organization: Organization, quarter: str) -> BriefingReport | None:
    rows = BriefingReport.objects.select_for_update(of=("self",)).select_related("organization")
    return rows.filter(organization=organization, quarter=quarter).first()


def _first(
    actor: Actor, organization: Organization, quarter: str, sentences: list[Sentence], now: dt.datetime
) -> Composed:
    report = BriefingReport.objects.create(
        organization=organization, quarter=quarter, as_of=actor.today, composed_at=now,
        composer_label=actor.label,
    )  # fmt: skip
    ReportLine.objects.bulk_create(
        _line(report, sentence, number * STEP) for number, sentence in enumerate(sentences, start=1)
    )
    _record_composing(actor, report, now, lines=len(sentences))
    return Composed(report, is_new=True, added=len(sentences))


def _again(actor: Actor, report: BriefingReport, sentences: list[Sentence], now: dt.datetime) -> Composed:
    lines = {line.key: line for line in lines_of(report) if line.key}
    plan = merge([_old(line) for line in lines.values()], sentences)
    report.as_of, report.composed_at, report.composer_label = actor.today, now, actor.label
    report.save(update_fields=["as_of", "composed_at", "composer_label"])
    touched = [line for patch in plan.patches if (line := _patch(lines[patch.key], patch))]
    ReportLine.objects.bulk_update(touched, _PATCHED)
    ReportLine.objects.bulk_create(_added(report, plan, lines))
    done = Composed(
        report, is_new=False, added=len(plan.added), updated=plan.count("updated"),
        differing=plan.count("differs"), gone=plan.count("gone"),
    )  # fmt: skip
    _record_composing(
        actor, report, now, lines=len(sentences), added=done.added, updated=done.updated,
        differing=done.differing, gone=done.gone,
    )  # fmt: skip
    return done


def _record_composing(actor: Actor, report: BriefingReport, now: dt.datetime, **facts: int) -> None:
    record(
        actor=actor, action="briefings.compose", subject=report, now=now, using=Capability.RECORD,
        organization=report.organization, quarter=report.quarter, as_of=report.as_of, **facts,
    )  # fmt: skip


_PATCHED = ["change", "composed", "text", "basis", "other_text", "other_basis", "dropped", "version"]


def _old(line: ReportLine) -> Old:
    figures = tuple(figure["words"] for figure in line.basis)
    return Old(line.key, line.composed, line.text, line.dropped, line.change, figures)


def _patch(line: ReportLine, patch: Patch) -> ReportLine | None:
    """The line as it is from now on; None where nothing of it changes."""
    before = [getattr(line, name) for name in _PATCHED]
    line.change = patch.change
    line.other_text, line.other_basis = patch.other_text, list(patch.other_basis)
    line.composed = line.composed if patch.composed is None else patch.composed
    line.basis = line.basis if patch.basis is None else list(patch.basis)
    line.dropped = line.dropped if patch.dropped is None else patch.dropped
    if patch.text is not None and patch.text != line.text:
        line.text = patch.text
        line.version += 1
    return line if [getattr(line, name) for name in _PATCHED] != before else None


def _line(report: BriefingReport, sentence: Sentence, order: int, change: str = "") -> ReportLine:
    return ReportLine(
        report=report, edition=report.edition, section=sentence.section, order=order, key=sentence.key,
        composed=nfc(sentence.text), text=nfc(sentence.text), basis=list(sentence.basis), change=change,
    )  # fmt: skip


def _added(report: BriefingReport, plan: Merge, lines: dict[str, ReportLine]) -> list[ReportLine]:
    """New sentences, each right behind the one it follows in the composition."""
    orders = {key: line.order for key, line in lines.items()}
    rows = []
    for sentence, before in plan.added:
        orders[sentence.key] = orders.get(before, 0) + 1
        rows.append(_line(report, sentence, orders[sentence.key], LineChange.NEW))
    return rows


# --- up and back -------------------------------------------------------------------------------------


@transaction.atomic
def send_report(*, actor: Actor, report: BriefingReport, now: dt.datetime) -> BriefingReport:
    """Gửi lên cấp trên (or, at the top, settle): from now on no line of it changes."""
    permissions.check_can_send(actor, report)
    current = fresh(report)
    permissions.check_state(current, Verb.SEND)
    lines = lines_of(current)
    _check_ready(lines)
    sending = Sending.objects.create(
        report=current, edition=current.edition, at=now, on=actor.today, sender_label=actor.label,
        sha256=mark_of(lines),
    )  # fmt: skip
    current.state, current.sent_on = ReportState.SENT, actor.today
    current.save(update_fields=["state", "sent_on"])
    above = superior(current.organization, on=actor.today)
    record(
        actor=actor, action="briefings.send", subject=current, now=now, using=Capability.RECORD,
        organization=current.organization, superior=above, quarter=current.quarter,
        edition=current.edition, sha256=sending.sha256,
    )  # fmt: skip
    return current


def _check_ready(lines: list[ReportLine]) -> None:
    kept = [line for line in lines if not line.dropped]
    if not kept:
        raise Invalid("Báo cáo không còn câu nào. Hãy soạn lại từ hồ sơ hoặc viết ít nhất một câu.")
    undecided = [line for line in kept if line.change in (LineChange.DIFFERS, LineChange.GONE)]
    if undecided:
        raise Conflict(
            f"Còn {len(undecided)} câu đã sửa mà số liệu trong hồ sơ nay đã khác. "
            "Hãy chọn giữ câu đã sửa hay dùng câu mới, rồi gửi."
        )


@transaction.atomic
def return_report(*, actor: Actor, report: BriefingReport, reason: str, now: dt.datetime) -> BriefingReport:
    """Trả lại để bổ sung: what was sent stays as it was; its lines go on in a new edition."""
    above = permissions.check_can_return(actor, report)
    current = fresh(report)
    permissions.check_state(current, Verb.RETURN)
    reason = nfc(reason)
    if not reason:
        raise Invalid("Hãy ghi lý do trả lại.", {"reason": "Đơn vị cần biết phải bổ sung gì."})
    Sending.objects.filter(report=current, edition=current.edition).update(
        returned_on=actor.today, returner_label=actor.label, reason=reason
    )
    lines = lines_of(current)
    current.state, current.sent_on, current.edition = ReportState.RETURNED, None, current.edition + 1
    current.save(update_fields=["state", "sent_on", "edition"])
    ReportLine.objects.bulk_create(_copied(current, line) for line in lines)
    record(
        actor=actor, action="briefings.return", subject=current, now=now, using=Capability.RECORD,
        organization=current.organization, superior=above, quarter=current.quarter,
        edition=current.edition - 1, reason=reason,
    )  # fmt: skip
    return current


def _copied(report: BriefingReport, line: ReportLine) -> ReportLine:
    line.pk, line.edition, line.version, line.change = None, report.edition, 1, LineChange.NONE
    line._state.adding = True
    line.other_text, line.other_basis = "", []
    return line


@transaction.atomic
def take_to_conference(
    *, actor: Actor, report: BriefingReport, conference: Conference, now: dt.datetime
) -> BriefingPaper:
    """Đưa báo cáo vào hội nghị giao ban quý as its paper."""
    permissions.check_can_take(actor, report, conference)
    current = fresh(report)
    permissions.check_state(current, Verb.TAKE)
    _check_fits(actor, current, conference)
    if BriefingPaper.objects.filter(report=current, conference=conference).exists():
        raise Conflict("Báo cáo này đã có trong tài liệu của hội nghị.")
    paper = BriefingPaper.objects.create(
        report=current, conference=conference, edition=current.edition, added_on=actor.today,
        adder_label=actor.label,
    )  # fmt: skip
    record(
        actor=actor, action="briefings.take_to_conference", subject=current, now=now,
        using=Capability.RECORD, organization=current.organization, conference=conference,
        quarter=current.quarter,
    )  # fmt: skip
    return paper


def _check_fits(actor: Actor, report: BriefingReport, conference: Conference) -> None:
    if conference.kind != ConferenceKind.BRIEFING_QUARTER:
        raise Invalid(
            "Chỉ hội nghị giao ban quý mới nhận báo cáo giao ban.",
            {"conference": "Chọn hội nghị giao ban quý."},
        )
    above = superior(report.organization, on=actor.today)
    if conference.organization_id not in {report.organization_id, above.pk if above else 0}:
        raise NotFound("Không tìm thấy hội nghị giao ban nào như vậy của đơn vị hoặc của cấp trên trực tiếp.")


def fresh(report: BriefingReport) -> BriefingReport:
    """Bản mới nhất, locked until the transaction ends: of two acts at once, the second sees the first."""
    rows = BriefingReport.objects.select_for_update(of=("self",)).select_related("organization")
    return rows.get(pk=report.pk)
