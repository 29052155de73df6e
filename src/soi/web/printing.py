"""In ra: forms as Word and Excel, composed from what the actor may see and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from soi.base.actor import Actor
from soi.conferences import queries as conferences
from soi.conferences.detail import ConferenceDetail, conference_detail
from soi.conferences.enums import AttendanceRole, Form
from soi.findings.enums import CauseKind as Kind
from soi.findings.enums import Outcome, RemedyState
from soi.forms.forms.conference_minutes.context import (
    Absence,
    ConclusionLine,
    MinutesContext,
    Opinion,
    Shortcoming,
    SiteLine,
)
from soi.forms.forms.findings_list.context import (
    Confirmation,
    FindingLine,
    FindingsContext,
    FindingSource,
    RemedyLine,
)
from soi.forms.parts import Cause, CauseKind, Letterhead, Participant, Responsible
from soi.forms.wording import upper_first
from soi.org import queries as org
from soi.org.enums import Classification
from soi.web.period_words import say

if TYPE_CHECKING:
    from soi.conferences.models import Attendance, Conclusion, Conference
    from soi.findings.models import Finding, Remedy
    from soi.org.models import Organization, Person

PARTY, STATE = "party-hd05-2026", "state-nd30-2020"
_STATE_BODIES = frozenset({Classification.PEOPLES_COMMITTEE, Classification.PEOPLES_COUNCIL})
_CAUSES = {Kind.EXTERNAL: CauseKind.EXTERNAL, Kind.OWN: CauseKind.OWN}
_LEADING = (AttendanceRole.CHAIR, AttendanceRole.SECRETARY, AttendanceRole.DIRECT)


def layout_of(organization: Organization) -> str:
    """Thể thức của tổ chức: the State's for people's committees and councils, else the Party's."""
    return STATE if organization.classification in _STATE_BODIES else PARTY


def letterhead(organization: Organization, *, date: dt.date) -> Letterhead:
    """Phần đầu: the body and the one directly above it, named as on that day."""
    above = org.superior(organization, on=date)
    return Letterhead(
        issuing_body=org.name_on(organization, date),
        superior_body=org.name_on(above, date) if above else "",
        date=date,
    )


# --- minutes -----------------------------------------------------------------------------------------


def minutes(actor: Actor, conference: Conference) -> MinutesContext:
    """Biên bản hội nghị, from the record as the actor may see it."""
    detail = conference_detail(actor, conference)
    chairs, secretaries = detail.chairs, detail.having_role(AttendanceRole.SECRETARY)
    superiors = detail.having_role(AttendanceRole.DIRECT)
    led = {row.pk for row in detail.having_role(*_LEADING)}
    return MinutesContext(
        letterhead=letterhead(conference.organization, date=conference.date_end),
        title=begins_with_conference(conference.title),
        day=conference.date_start,
        last_day=conference.date_end if conference.date_end != conference.date_start else None,
        venue=conference.place,
        form="" if conference.form == Form.UNKNOWN else Form(conference.form).label.lower(),
        period=period_words(conference.period),
        sites=tuple(SiteLine(name=site.name, is_main=site.is_main) for site in detail.sites),
        chair=_participant(chairs[0]) if chairs else None,
        secretary=_participant(secretaries[0]) if secretaries else None,
        superiors=_participants(superiors),
        present=_participants([*chairs, *secretaries, *(row for row in detail.present if row.pk not in led)]),
        absent=tuple(Absence(who=_participant(row), reason=row.reason) for row in detail.absent),
        strengths=tuple(finding.statement for finding in detail.strengths),
        shortcomings=tuple(_shortcoming(finding) for finding in detail.limitations),
        common_causes=tuple(Cause(text=cause.statement) for cause in detail.common_causes),
        opinions=_opinions(detail),
        conclusions=tuple(_conclusion(row) for row in detail.conclusions),
        cited_documents=tuple(_cited(row) for row in detail.cited_documents),
    )


def begins_with_conference(title: str) -> str:
    """Tên in sau chữ "Biên bản": begins with "Hội nghị"."""
    return title if title.lower().startswith("hội nghị") else f"Hội nghị {title[:1].lower()}{title[1:]}"


def period_words(key: str) -> str:
    """Kỳ như in ra: "Quý I/2021", "Nhiệm kỳ 2020-2025"; empty stays empty."""
    return upper_first(say(key))


def _participant(row: Attendance) -> Participant:
    posts = (row.posts,) if row.posts else ()
    return Participant(
        name=row.person.name, rank=row.rank, posts=posts, site=row.site.name if row.site else ""
    )


def _participants(rows: Iterable[Attendance]) -> tuple[Participant, ...]:
    once = {row.pk: row for row in rows}
    return tuple(_participant(row) for row in once.values())


def _opinions(detail: ConferenceDetail) -> tuple[Opinion, ...]:
    """Decisions on rating, commendation and discipline stand among what was said, as recorded."""
    return tuple(Opinion(speaker=row.get_kind_display(), text=row.statement) for row in detail.decisions)


def _shortcoming(finding: Finding) -> Shortcoming:
    return Shortcoming(
        text=finding.statement,
        kind=finding.get_kind_display(),
        area=finding.get_area_display(),
        causes=_causes(finding),
        responsible=_responsible(finding),
    )


def _conclusion(row: Conclusion) -> ConclusionLine:
    if row.remedy is None:
        return ConclusionLine(text=row.statement)
    return ConclusionLine(
        text=row.statement, accountable=str(row.remedy.accountable_post), due=row.remedy.due_on
    )


def _cited(row: object) -> str:
    parts = (getattr(row, name) for name in ("type", "number", "name", "issuer"))
    return " ".join(part for part in parts if part)


# --- the list of findings ----------------------------------------------------------------------------


def findings_list(
    actor: Actor, rows: Iterable[Finding], *, body: Organization, period: str, filters: Iterable[str]
) -> FindingsContext:
    """Danh mục: these findings (with their parts) as they stand today; ``filters`` are printed with them."""
    found = list(rows)
    posts = {remedy.accountable_post_id for finding in found for remedy in finding.remedies.all()}
    holders = org.holders_on(posts, actor.today)
    titles = dict(
        conferences.visible_to(actor)
        .filter(finding_links__finding__in=[finding.pk for finding in found])
        .values_list("finding_links__finding_id", "title")
    )
    return FindingsContext(
        letterhead=letterhead(body, date=actor.today),
        body=body.name,
        period=period,
        as_of=actor.today,
        findings=tuple(_line(finding, titles.get(finding.pk, ""), holders, actor.today) for finding in found),
        filters=tuple(filters),
    )


def _line(finding: Finding, title: str, holders: dict[int, list[Person]], today: dt.date) -> FindingLine:
    return FindingLine(
        code=str(finding.pk),
        text=finding.statement,
        kind=finding.get_kind_display(),
        state=finding.get_state_display(),
        area=finding.get_area_display(),
        source=FindingSource(title=title or finding.organization.name, day=finding.found_on),
        causes=_causes(finding),
        responsible=_responsible(finding),
        remedies=tuple(_remedy(finding, remedy, holders, today) for remedy in finding.remedies.all()),
        recurs=finding.recurrent,
        answers=tuple(
            f"{answer.person}, {answer.at:%d/%m/%Y}: {answer.text}" for answer in finding.answers.all()
        ),
    )


def _remedy(finding: Finding, remedy: Remedy, holders: dict[int, list[Person]], today: dt.date) -> RemedyLine:
    reports = list(remedy.progress.all())
    return RemedyLine(
        measure=remedy.statement,
        accountable_post=f"{remedy.accountable_post.label}, {remedy.accountable_post.organization}",
        accountable_person=", ".join(person.name for person in holders.get(remedy.accountable_post_id, [])),
        deliverable=remedy.deliverable,
        due=remedy.due_on,
        state=remedy.get_state_display(),
        result=_("%(percent)s%%: %(note)s") % {"percent": reports[-1].percent, "note": reports[-1].note}
        if reports
        else "",
        is_overdue=remedy.is_overdue(today),
        confirmation=_confirmation(finding, remedy),
    )


def _confirmation(finding: Finding, remedy: Remedy) -> Confirmation | None:
    if remedy.state != RemedyState.CONFIRMED:
        return None
    mended = [row for row in finding.verifications.all() if row.outcome == Outcome.MENDED]
    return Confirmation(by=mended[-1].verifier_label, day=mended[-1].on) if mended else None


def _causes(finding: Finding) -> tuple[Cause, ...]:
    return tuple(Cause(text=row.statement, kind=_CAUSES[Kind(row.kind)]) for row in finding.causes.all())


def _responsible(finding: Finding) -> Responsible:
    rows = list(finding.responsibilities.all())
    return Responsible(
        collectives=tuple(row.organization.name for row in rows if row.person is None),
        individuals=tuple(f"{row.post} – {row.person.name}" for row in rows if row.person is not None),
    )
