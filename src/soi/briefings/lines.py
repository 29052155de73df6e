"""Từng câu của báo cáo: reword, add, drop, put back, move, decide between two wordings. Only while not sent."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max

from soi.base import ordering
from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid
from soi.base.text import nfc
from soi.briefings import permissions
from soi.briefings.actions import fresh
from soi.briefings.enums import LineChange, Section, Verb
from soi.briefings.models import LONGEST_LINE, BriefingReport, ReportLine
from soi.history.actions import record


@transaction.atomic
def edit_line(
    *, actor: Actor, line: ReportLine, text: str, expected_version: int, now: dt.datetime
) -> ReportLine:
    """Sửa lời một câu. Its figures still open what they were counted from.

    Raises Conflict where somebody saved other words since ``expected_version`` was shown; the sentence gives
    the refused words back, so that neither is lost.
    """
    report, current = _writable(actor, line)
    wording = _stated(text)
    if current.version != expected_version:
        raise Conflict(_somebody_was_faster(current, wording))
    old = current.text
    if wording == old:
        return current
    current.text = wording
    _save(actor, current, now, "text")
    _record(actor, "edit_line", report, current, now, old_text=old, text=wording)
    return current


@transaction.atomic
def add_line(
    *,
    actor: Actor,
    report: BriefingReport,
    section: int,
    text: str,
    now: dt.datetime,
    after: ReportLine | None = None,
) -> ReportLine:
    """Thêm câu của mình, at the end of the section or right after another line of it."""
    permissions.check_can_change(actor, report)
    current = fresh(report)
    permissions.check_state(current, Verb.WRITE)
    if section not in Section.values:
        raise Invalid("Hãy chọn phần của báo cáo.", {"section": "Chọn một phần trong danh sách."})
    wording = _stated(text)
    of_section = ReportLine.objects.filter(report=current, edition=current.edition, section=section)
    last = of_section.aggregate(last=Max("order"))["last"] or 0
    line = ReportLine.objects.create(
        report=current, edition=current.edition, section=section, order=last + ordering.STEP, text=wording,
        edited_at=now, editor_label=actor.label,
    )  # fmt: skip
    if after is not None:
        ordering.place_after(_of_section(line), line, after.pk)
    _record(actor, "add_line", current, line, now, text=wording)
    return line


@transaction.atomic
def drop_line(*, actor: Actor, line: ReportLine, now: dt.datetime) -> ReportLine:
    """Bỏ một câu khỏi báo cáo; it can be put back until the report is sent."""
    report, current = _writable(actor, line)
    if current.dropped:
        raise Conflict("Câu này đã được bỏ rồi.")
    # Whoever drops a line has decided about it; composing again will not bring it back.
    current.dropped, current.change = True, LineChange.NONE
    _save(actor, current, now, "dropped", "change")
    _record(actor, "drop_line", report, current, now, text=current.text)
    return current


@transaction.atomic
def restore_line(*, actor: Actor, line: ReportLine, now: dt.datetime) -> ReportLine:
    """Lấy lại câu đã bỏ."""
    report, current = _writable(actor, line)
    if not current.dropped:
        raise Conflict("Câu này đang có trong báo cáo.")
    current.dropped, current.change = False, LineChange.NONE
    _save(actor, current, now, "dropped", "change")
    _record(actor, "restore_line", report, current, now, text=current.text)
    return current


@transaction.atomic
def move_line(*, actor: Actor, line: ReportLine, up: bool, now: dt.datetime) -> ReportLine:
    """Chuyển câu lên hoặc xuống một bậc trong phần của nó; at the end it stays where it is."""
    report, current = _writable(actor, line)
    place = ordering.move(_of_section(current), current.pk, up=up)
    if place is None:
        return current
    _record(actor, "move_line", report, current, now, text=current.text, place=place)
    return current


@transaction.atomic
def decide_line(*, actor: Actor, line: ReportLine, take_new: bool, now: dt.datetime) -> ReportLine:
    """Quyết định khi số liệu đã khác: take the sentence that the records now give, or keep one's own."""
    report, current = _writable(actor, line)
    if current.change not in (LineChange.DIFFERS, LineChange.GONE):
        raise Conflict("Câu này không còn gì phải chọn. Hãy tải lại trang.")
    old = current.text
    if take_new and current.change == LineChange.GONE:
        current.dropped = True
    elif take_new:
        current.text = current.composed = current.other_text
        current.basis = current.other_basis
    elif current.change == LineChange.DIFFERS:
        # Decided against these records: composing again asks only when they change once more.
        current.composed = current.other_text
    current.change, current.other_text, current.other_basis = LineChange.NONE, "", []
    _save(actor, current, now, "text", "composed", "basis", "change", "other_text", "other_basis", "dropped")
    _record(actor, "decide_line", report, current, now, take_new=take_new, old_text=old, text=current.text)
    return current


# --- parts shared by the verbs above -----------------------------------------------------------------


def _writable(actor: Actor, line: ReportLine) -> tuple[BriefingReport, ReportLine]:
    permissions.check_can_change(actor, line.report)
    report = fresh(line.report)
    permissions.check_state(report, Verb.WRITE)
    current = ReportLine.objects.select_for_update().get(pk=line.pk)
    if current.edition != report.edition:
        raise Conflict("Câu này thuộc bản đã gửi nên không đổi nữa. Hãy mở bản đang sửa của báo cáo.")
    current.report = report
    return report, current


def _stated(text: str) -> str:
    wording = nfc(text)
    if not wording:
        raise Invalid("Hãy ghi nội dung câu, hoặc bấm bỏ câu.", {"text": "Chưa có nội dung."})
    if len(wording) > LONGEST_LINE:
        raise Invalid(
            f"Câu dài {len(wording)} ký tự, chỉ nhận tối đa {LONGEST_LINE}. Hãy tách thành nhiều câu.",
            {"text": f"Tối đa {LONGEST_LINE} ký tự."},
        )
    return wording


def _save(actor: Actor, line: ReportLine, now: dt.datetime, *names: str) -> None:
    line.version += 1
    line.edited_at, line.editor_label = now, actor.label
    line.save(update_fields=[*names, "version", "edited_at", "editor_label"])


def _of_section(line: ReportLine) -> list[ReportLine]:
    return list(ReportLine.objects.filter(report=line.report_id, edition=line.edition, section=line.section))


def _record(
    actor: Actor, verb: str, report: BriefingReport, line: ReportLine, now: dt.datetime, **facts: object
) -> None:
    record(
        actor=actor, action=f"briefings.{verb}", subject=report, now=now, using=Capability.RECORD,
        organization=report.organization, quarter=report.quarter, line=line.pk, section=line.section, **facts,
    )  # fmt: skip


def _somebody_was_faster(current: ReportLine, wording: str) -> str:
    who = current.editor_label or "Lần soạn mới từ hồ sơ"
    return (
        f"{who} đã đổi câu này sau khi đồng chí mở trang. Câu đang có: «{current.text}». "
        f"Câu của đồng chí chưa lưu nhưng không mất: «{wording}». "
        "Hãy đối chiếu hai câu rồi lưu."
    )
