"""Nhập bảng: take a sheet in and try it, discard it, begin to write it. Rows are written by ``writing``."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid
from soi.base.quarters import is_quarter, is_year
from soi.base.text import squash
from soi.documents.logic.filenames import clean_name
from soi.documents.reading import CellValue, read_sheets
from soi.history.actions import record
from soi.intake.sheets import permissions, queries
from soi.intake.sheets.enums import Fate, SheetState
from soi.intake.sheets.logic.fates import Setting
from soi.intake.sheets.logic.headings import Table, find_table
from soi.intake.sheets.logic.planning import PlannedRow, plan, read_rows, rows_of
from soi.intake.sheets.models import Sheet, SheetRow
from soi.intake.sheets.register import known_tasks, places_for
from soi.org.models import Organization
from soi.work.models import Programme
from soi.work.programmes import add_programme

_RIGHT = Capability.RECORD
_ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Trial:
    """What is about to be stored: for whom, the table, and the fate of each of its rows."""

    organization: Organization
    programme: Programme | None
    title: str
    period: str
    table: Table
    rows: list[PlannedRow]
    file_name: str
    sha256: str


def take_sheet(
    *,
    actor: Actor,
    organization: Organization,
    data: bytes,
    filename: str,
    now: dt.datetime,
    programme: Programme | None = None,
    title: str = "",
    period: str = "",
) -> Sheet:
    """Nhận bảng và thử: every row's fate is worked out, and nothing is written to the programme.

    The tasks go into ``programme``, else into the one named by ``title`` and ``period``, made at confirmation
    where there is none. Reading takes seconds and happens before the transaction. ``Invalid`` for files that
    cannot be read or hold no table of tasks.
    """
    permissions.check_can_take(actor, organization)
    programme, title, period = _programme(organization, programme, squash(title), period)
    table = find_table(read_sheets(data))
    found = rows_of(table)
    if not found:
        raise Invalid(
            "Bảng chưa có dòng nhiệm vụ nào dưới dòng tiêu đề (dòng ví dụ không tính). Hãy điền rồi tải lên lại.",
            {"file": "Bảng chưa có nhiệm vụ nào."},
        )
    read = read_rows(found, places_for(actor, organization))
    number = programme.pk if programme else None
    known = known_tasks(organization, [row.values for _, _, row in read], programme=number)
    rows = plan(read, known, Setting(number, period, actor.today, actor.post_ids))
    digest = hashlib.sha256(data).hexdigest()
    trial = _Trial(organization, programme, title, period, table, rows, clean_name(filename), digest)
    return _store(actor, trial, now)


def _programme(
    organization: Organization, programme: Programme | None, title: str, period: str
) -> tuple[Programme | None, str, str]:
    """The programme, where it is there already; and its title and period."""
    if programme is not None:
        if programme.organization_id != organization.pk:
            raise Invalid(
                f"Chương trình «{programme}» không phải của {organization}.",
                {"programme": "Chọn chương trình của cấp giao."},
            )
        return programme, programme.title, programme.period
    if not title:
        sentence = "Hãy chọn chương trình đã có, hoặc ghi tên chương trình mới."
        raise Invalid(sentence, {"title": sentence})
    if len(title) > 300:
        raise Invalid("Tên chương trình dài quá 300 ký tự.", {"title": "Hãy rút gọn."})
    if not (is_quarter(period) or is_year(period)):
        raise Invalid("Hãy chọn kỳ là một năm hoặc một quý.", {"period": "Chọn kỳ của chương trình mới."})
    same = Programme.objects.filter(organization=organization, title=title, period=period).first()
    return same, title, period


@transaction.atomic
def _store(actor: Actor, trial: _Trial, now: dt.datetime) -> Sheet:
    sheet = Sheet.objects.create(
        organization=trial.organization,
        programme=trial.programme,
        title=trial.title,
        period=trial.period,
        file_name=trial.file_name,
        sha256=trial.sha256,
        sheet_name=trial.table.sheet,
        heading_row=trial.table.heading_row,
        columns=dict(trial.table.columns),
        ignored=list(trial.table.ignored),
        total=len(trial.rows),
        wrong=sum(row.fate == Fate.ERROR for row in trial.rows),
        created_at=now,
        created_by=actor.label,
    )
    SheetRow.objects.bulk_create(
        (_stored_row(sheet, row, actor.today) for row in trial.rows), batch_size=_ROWS_AT_ONCE
    )
    record(
        actor=actor, action="intake.try_sheet", subject=sheet, now=now, using=_RIGHT,
        organization=sheet.organization, programme=sheet.programme, title=sheet.title, period=sheet.period,
        name=sheet.file_name, sha256=sheet.sha256, rows=len(trial.rows),
    )  # fmt: skip
    return sheet


def _stored_row(sheet: Sheet, row: PlannedRow, today: dt.date) -> SheetRow:
    due = row.values.due
    return SheetRow(
        sheet=sheet,
        number=row.number,
        fate=row.fate,
        cells=plain_cells(row.cells),
        values=row.values.to_json(),
        changed=list(row.changed),
        mistakes=dict(row.mistakes),
        past=due is not None and due < today,
        task_id=row.task,
    )


def plain_cells(cells: Mapping[str, CellValue]) -> dict[str, Any]:
    """Ô để lưu: a day as {"day": "2021-11-22"}; empty cells are left out."""
    return {
        key: {"day": cell.isoformat()} if isinstance(cell, dt.date) else cell
        for key, cell in cells.items()
        if cell is not None
    }


@transaction.atomic
def discard_sheet(*, actor: Actor, sheet: Sheet, now: dt.datetime) -> None:
    """Bỏ bảng: nothing was written, nothing is kept but the note that it was there."""
    current = _locked(sheet)
    permissions.check_waiting(actor, current)
    current.rows.all().delete()
    current.state, current.ended_at = SheetState.DISCARDED, now
    current.save(update_fields=["state", "ended_at"])
    record(
        actor=actor, action="intake.discard_sheet", subject=current, now=now, using=_RIGHT,
        organization=current.organization, name=current.file_name,
    )  # fmt: skip


@transaction.atomic
def start_writing(*, actor: Actor, sheet: Sheet, leave_out_errors: bool, now: dt.datetime) -> Sheet:
    """Xác nhận: from now on the rows are written, some at a time. Makes the programme where it is new.

    Rows with mistakes are left out only where the clerk says so: ``Invalid`` otherwise.
    """
    current = _locked(sheet)
    permissions.check_waiting(actor, current)
    permissions.check_can_take(actor, current.organization)
    counted = queries.tally(current)
    if not counted.to_write:
        raise Conflict("Không có dòng nào mới hoặc đổi, nên không có gì để ghi.")
    if counted.error and not leave_out_errors:
        raise Invalid(
            f"Bảng còn {counted.error} dòng có lỗi. Hãy sửa trong bảng rồi tải lên lại, "
            "hoặc đánh dấu đồng ý bỏ qua các dòng đó."
        )
    if current.programme is None:
        current.programme = _made_programme(actor, current, now)
    current.state, current.started_at, current.started_by = SheetState.WRITING, now, actor.label
    current.save(update_fields=["programme", "state", "started_at", "started_by"])
    record(
        actor=actor, action="intake.write_sheet", subject=current, now=now, using=_RIGHT,
        organization=current.organization, programme=current.programme, name=current.file_name,
        new=counted.new, changed=counted.changed, left_out=counted.error,
    )  # fmt: skip
    return current


def _made_programme(actor: Actor, sheet: Sheet, now: dt.datetime) -> Programme:
    """Somebody may have made it since the trial."""
    same = Programme.objects.filter(
        organization=sheet.organization, title=sheet.title, period=sheet.period
    ).first()
    return same or add_programme(
        actor=actor, organization=sheet.organization, title=sheet.title, period=sheet.period, now=now
    )


def _locked(sheet: Sheet) -> Sheet:
    return (
        Sheet.objects.select_for_update(of=("self",))
        .select_related("organization", "programme")
        .get(pk=sheet.pk)
    )
