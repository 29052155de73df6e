"""Trang một mục: its parts, what the viewer can do now, and why not where a button is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from soi.base.actor import Actor
from soi.conferences import queries as conferences
from soi.documents import queries as documents
from soi.findings import permissions, queries
from soi.findings.enums import BodyRole, FindingKind, FindingState, LinkState, RemedyState, Verb
from soi.org.queries import holders_on
from soi.web.parts import Act

if TYPE_CHECKING:
    from soi.documents.models import Passage
    from soi.findings.models import Finding, RecurrenceLink, Remedy, RemedyChange, RemedyProgress

# How many letters of the source stand before and after the quoted words.
AROUND = 160


@dataclass(frozen=True, slots=True)
class RemedyBox:
    """Một biện pháp, with who holds the post today and how far it is."""

    remedy: Remedy
    holders: str
    percent: int
    reports: list[RemedyProgress]
    overdue_days: int
    may_report: bool
    refusal: str
    changes: list[RemedyChange]
    may_rearrange: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """Đoạn trích trong văn bản: the words, and a little of what stands around them."""

    before: str
    words: str
    after: str
    source_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Lặp lại: earlier and later findings, and what somebody still has to decide."""

    earlier: list[RecurrenceLink]
    later: list[RecurrenceLink]
    to_decide: list[RecurrenceLink]
    years: str


def build(actor: Actor, finding: Finding) -> dict[str, Any]:
    """Everything the template shows; the caller got ``finding`` with its parts from ``queries.get``."""
    is_strength = finding.kind == FindingKind.STRENGTH
    offers = permissions.offers(actor, finding)
    refusals = offers.verbs
    boxes = remedy_boxes(actor, finding, offers.reports, may_give=not offers.edit)
    acts = _acts(finding, refusals, boxes, answer=_answer_label(actor, finding))
    links = chain(actor, finding)
    deciding = _may_decide(actor, links)
    return {
        "finding": finding,
        "age": age_words(((finding.mended_on or actor.today) - finding.found_on).days),
        "overdue": any(box.overdue_days for box in boxes),
        "conference": conferences.visible_to(actor).filter(finding_links__finding=finding).first(),
        "quote": quote(finding.passage) if finding.passage else None,
        "may_open_source": _may_open_source(actor, finding.passage),
        "concerned": [row for row in finding.bodies.all() if row.role == BodyRole.CONCERNED],
        "boxes": boxes,
        "main": acts[0] if acts else None,
        "others": acts[1:],
        "why_not": _why_not(finding, refusals),
        "may_edit": not (offers.edit if is_strength else refusals[Verb.ADD_REMEDY]),
        "chain": links,
        "deciding": deciding,
        "waiting_links": [
            link.earlier if link.finding_id == finding.pk else link.finding
            for link in links.to_decide
            if link.pk not in deciding
        ],
        "is_strength": is_strength,
    }


def remedy_boxes(
    actor: Actor, finding: Finding, refusals: dict[int, str], *, may_give: bool
) -> list[RemedyBox]:
    """Các biện pháp of a finding, in the order they are due. ``refusals``: why not to report, by remedy."""
    remedies = list(finding.remedies.all())
    holders = holders_on([remedy.accountable_post_id for remedy in remedies], actor.today)
    boxes = []
    for remedy in remedies:
        reports = list(remedy.progress.all())
        refusal = refusals[remedy.pk]
        late = (actor.today - remedy.due_on).days if remedy.is_overdue(actor.today) else 0
        names = ", ".join(person.name for person in holders.get(remedy.accountable_post_id, []))
        percent = reports[-1].percent if reports else 0
        boxes.append(
            RemedyBox(
                remedy=remedy,
                holders=names,
                percent=percent if remedy.state == RemedyState.ACTIVE else 100,
                reports=reports,
                overdue_days=late,
                may_report=not refusal,
                refusal=refusal,
                changes=list(remedy.changes.all()),
                may_rearrange=may_give
                and remedy.state == RemedyState.ACTIVE
                and remedy.accountable_post_id not in actor.post_ids,
            )
        )
    return boxes


def _acts(finding: Finding, refusals: dict[Verb, str], boxes: list[RemedyBox], *, answer: str) -> list[Act]:
    """Việc làm được, the most pressing first: that one is the main button."""
    found = []
    if not refusals[Verb.VERIFY_MENDED]:
        found.append(
            Act(reverse("finding_verification", args=[finding.pk]), _("Kiểm tra, xác nhận"), "check")
        )
    found += [
        Act(reverse("remedy_progress", args=[box.remedy.pk]), _("Báo cáo kết quả"), "edit")
        for box in boxes
        if box.may_report
    ][:1]
    if not refusals[Verb.ADD_REMEDY]:
        label = _("Thêm biện pháp") if boxes else _("Giao biện pháp")
        found.append(Act(reverse("remedy_new", args=[finding.pk]), label, "plus"))
    if answer:
        found.append(Act(reverse("finding_answer", args=[finding.pk]), answer, "quote"))
    if not refusals[Verb.REOPEN]:
        found.append(Act(reverse("finding_reopening", args=[finding.pk]), _("Mở lại"), "recurring"))
    return found


def _answer_label(actor: Actor, finding: Finding) -> str:
    """Chữ trên nút ghi ý kiến; empty for those whom the finding does not name."""
    named = any(row.person_id and row.person_id == actor.person_id for row in finding.responsibilities.all())
    if not named:
        return ""
    answered = any(row.person_id == actor.person_id for row in finding.answers.all())
    return _("Ghi thêm ý kiến") if answered else _("Ghi ý kiến của tôi")


def _why_not(finding: Finding, refusals: dict[Verb, str]) -> str:
    """Vì sao thiếu nút: only the reason that matters in this state."""
    wanted = {FindingState.REPORTED: Verb.VERIFY_MENDED, FindingState.OPEN: Verb.ADD_REMEDY}
    verb = wanted.get(FindingState(finding.state))
    return refusals[verb] if verb else ""


def chain(actor: Actor, finding: Finding) -> Chain:
    """Chuỗi lặp lại that the actor may see."""
    links = queries.links_of(actor, finding)
    confirmed = [link for link in links if link.state == LinkState.CONFIRMED]
    earlier = [link for link in confirmed if link.finding_id == finding.pk]
    years = sorted({link.earlier.found_on.year for link in earlier})
    return Chain(
        earlier=sorted(earlier, key=lambda link: link.earlier.found_on),
        later=[link for link in confirmed if link.earlier_id == finding.pk],
        to_decide=[link for link in links if link.state == LinkState.PROPOSED],
        years=", ".join(map(str, years)),
    )


def _may_decide(actor: Actor, links: Chain) -> set[int]:
    """Những đề nghị mà người xem được quyết định."""
    if not links.to_decide:
        return set()
    mine = queries.recurrence_to_decide(actor).filter(pk__in=[link.pk for link in links.to_decide])
    return set(mine.values_list("pk", flat=True))


def _may_open_source(actor: Actor, passage: Passage | None) -> bool:
    """Whoever sees a finding sees the words quoted; the whole text only with the right to read it."""
    return passage is not None and documents.visible_to(actor).filter(pk=passage.source_id).exists()


def quote(passage: Passage) -> Quote:
    """Đoạn trích with some of the text around it, cut between words."""
    text = passage.source.text
    before = text[max(0, passage.start - AROUND) : passage.start].rpartition("\n")[2]
    after = text[passage.end : passage.end + AROUND].partition("\n")[0]
    if len(before) == AROUND:
        before = f"…{before.partition(' ')[2]}"
    if len(after) == AROUND:
        after = f"{after.rpartition(' ')[0]}…"
    return Quote(before, passage.text, after, passage.source_id, passage.source.original_name)


def age_words(days: int) -> str:
    """Tuổi của mục: "9 ngày", "4 tháng", "2 năm 3 tháng"."""
    if days < 60:
        return ngettext("%(days)s ngày", "%(days)s ngày", max(days, 0)) % {"days": max(days, 0)}
    months = days * 12 // 365
    if months < 12:
        return ngettext("%(months)s tháng", "%(months)s tháng", months) % {"months": months}
    years, rest = divmod(months, 12)
    if not rest:
        return ngettext("%(years)s năm", "%(years)s năm", years) % {"years": years}
    return _("%(years)s năm %(months)s tháng") % {"years": years, "months": rest}
