"""Chương trình công tác: what a body sets itself for a period, and the paper from above that it answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid
from soi.base.quarters import is_quarter, is_year
from soi.base.text import squash
from soi.directives.carrying_out import record_elaboration
from soi.directives.enums import ElaborationKind
from soi.directives.models import Addressee
from soi.documents.models import Source
from soi.documents.permissions import evidence_allowed
from soi.history.actions import record
from soi.org.models import Organization
from soi.work import changing, permissions
from soi.work.models import Programme


def add_programme(
    *,
    actor: Actor,
    organization: Organization,
    title: str,
    period: str,
    now: dt.datetime,
    elaborates: Addressee | None = None,
    source: Source | None = None,
) -> Programme:
    """Lập chương trình, kế hoạch công tác for a year ("2021") or a quarter ("2021-Q4").

    ``elaborates``: the place of this body in a directive, which is thereby elaborated.
    """
    title = squash(title)
    with _once(organization, period, title), transaction.atomic():
        permissions.check_can_keep(actor, organization)
        _check(actor, organization, title, period, elaborates)
        programme = Programme.objects.create(
            organization=organization,
            title=title,
            period=period,
            elaborates=elaborates,
            source=evidence_allowed(actor, source),
            created_on=actor.today,
        )
        if elaborates is not None:
            record_elaboration(
                actor=actor, addressee=elaborates, kind=ElaborationKind.PROGRAMME, now=now, note=title
            )
        record(
            actor=actor, action="work.add_programme", subject=programme, now=now, using=Capability.RECORD,
            organization=organization, title=title, period=period, elaborates=elaborates, source=source,
        )  # fmt: skip
    return programme


def _check(
    actor: Actor, organization: Organization, title: str, period: str, elaborates: Addressee | None
) -> None:
    if not title:
        raise Invalid("Hãy ghi tên chương trình.", {"title": "Chưa có tên."})
    if not (is_quarter(period) or is_year(period)):
        raise Invalid("Hãy chọn kỳ là một năm hoặc một quý.", {"period": "Ví dụ: năm 2021, quý IV năm 2021."})
    if elaborates is not None and not _answers_for(actor, organization, elaborates.organization):
        raise Invalid(
            f"Văn bản được cụ thể hóa không gửi cho {organization}.", {"elaborates": "Chọn văn bản khác."}
        )


def _answers_for(actor: Actor, organization: Organization, addressed: Organization) -> bool:
    """The body itself, or one that has been merged into it: the heir carries its duty."""
    if addressed.pk == organization.pk:
        return True
    merged = not addressed.exists_on(actor.today)
    return merged and bool(changing.bodies_below(organization.pk, [addressed.pk], on=actor.today))


@contextmanager
def _once(organization: Organization, period: str, title: str) -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if Programme.objects.filter(organization=organization, period=period, title=title).exists():
            raise Conflict(
                f"{organization} đã có chương trình «{title}» của kỳ này. Hãy mở chương trình đó."
            ) from error
        raise
