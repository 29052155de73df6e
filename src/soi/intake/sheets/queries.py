"""Đọc các lần nhập bảng: those of the bodies one records for."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from soi.base.actor import Actor, Capability
from soi.base.errors import NotFound
from soi.base.models import held_on
from soi.intake.sheets.enums import Fate, SheetState
from soi.intake.sheets.models import Sheet, SheetRow
from soi.org import queries as org
from soi.org.models import Organization, Post
from soi.work import queries as work
from soi.work.models import Programme, Task
from soi.work.queries import OPEN_STATES


def visible_to(actor: Actor) -> QuerySet[Sheet]:
    """Bảng được thấy: only by who records for the body. A trial is nobody's record yet."""
    return Sheet.objects.filter(org.scope(actor, Capability.RECORD, path="organization"))


def get(actor: Actor, pk: int) -> Sheet:
    """One sheet; ``NotFound`` also when it is outside the scope."""
    sheet = visible_to(actor).select_related("organization", "programme").filter(pk=pk).first()
    if sheet is None:
        raise NotFound("Không tìm thấy bảng nhập này.")
    return sheet


def listing(actor: Actor) -> QuerySet[Sheet]:
    """Các lần nhập chưa bỏ, newest first."""
    return visible_to(actor).exclude(state=SheetState.DISCARDED).select_related("organization")


@dataclass(frozen=True, slots=True)
class Tally:
    """Số dòng theo số phận; ``past`` of those to be written have their date behind them."""

    total: int
    error: int
    new: int
    changed: int
    same: int
    past: int
    written: int

    @property
    def to_write(self) -> int:
        """New and changed rows, written already or not."""
        return self.new + self.changed

    @property
    def left(self) -> int:
        """Rows still to be written."""
        return self.to_write - self.written


def tally(sheet: Sheet) -> Tally:
    """Đếm các dòng, in one query."""

    def counted(**condition: object) -> Count:
        return Count("pk", filter=Q(**condition))

    return Tally(
        **sheet.rows.aggregate(
            total=Count("pk"),
            error=counted(fate=Fate.ERROR),
            new=counted(fate=Fate.NEW),
            changed=counted(fate=Fate.CHANGED),
            same=counted(fate=Fate.SAME),
            past=counted(past=True, fate__in=[Fate.NEW, Fate.CHANGED]),
            written=counted(written=True),
        )
    )


def rows_of(sheet: Sheet, *, fate: Fate | None = None, past: bool = False) -> QuerySet[SheetRow]:
    """Các dòng, mistakes first, then in the order of the sheet."""
    rows = sheet.rows.order_by("fate", "number")
    if past:
        return rows.filter(past=True, fate__in=[Fate.NEW, Fate.CHANGED])
    return rows if fate is None else rows.filter(fate=fate)


def gone(actor: Actor, sheet: Sheet) -> QuerySet[Task]:
    """Có trong chương trình mà không có trong bảng: open tasks that no row is about. Nothing is done to them."""
    if sheet.programme_id is None:
        return Task.objects.none()
    named = SheetRow.objects.filter(sheet=sheet, task=OuterRef("pk"))
    return (
        work.visible_to(actor)
        .filter(~Exists(named), programme=sheet.programme_id, state__in=OPEN_STATES)
        .select_related("organization", "accountable_post")
    )


# --- the template -----------------------------------------------------------------------------------------

# Longer lists help nobody in a drop-down; what is not in it can still be typed.
_MOST_POSTS, _MOST_BODIES = 5_000, 2_000


@dataclass(frozen=True, slots=True)
class Choices:
    """Danh sách cho bảng mẫu: names of bodies, and posts with their bodies; the body's own first."""

    bodies: tuple[str, ...]
    posts: tuple[tuple[str, str], ...]


def choices_for(actor: Actor, home: Organization) -> Choices:
    """Những gì có thể chọn trong bảng mẫu của ``home``: of the bodies for which the actor records."""
    recorded = org.scope(actor, Capability.RECORD, path="pk")
    bodies = Organization.objects.filter(recorded, org.existing_on(actor.today)).exclude(pk=home.pk)
    posts = Post.objects.filter(
        org.scope(actor, Capability.RECORD, path="organization"), held_on(actor.today)
    )
    fields = ("label", "organization__name")
    own = posts.filter(organization=home).order_by("pk")
    others = posts.exclude(organization=home).order_by("organization__sort_key", "pk")
    return Choices(
        (home.name, *bodies.order_by("sort_key").values_list("name", flat=True)[:_MOST_BODIES]),
        (*own.values_list(*fields), *others.values_list(*fields)[:_MOST_POSTS]),
    )


def bodies_to_import_for(actor: Actor) -> QuerySet[Organization]:
    """Tổ chức mà người này nhập thay được."""
    return org.visible_to(actor).filter(
        org.scope(actor, Capability.RECORD, path="pk"), org.existing_on(actor.today)
    )


def programmes_to_fill(actor: Actor) -> QuerySet[Programme]:
    """Chương trình mà người này thêm nhiệm vụ vào được."""
    recorded = org.scope(actor, Capability.RECORD, path="organization")
    return work.programmes_visible_to(actor).filter(recorded)
