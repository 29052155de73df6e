"""Ý kiến: typed as it is made or by the secretary, about a paragraph of a paper or a finding; marked, not deleted."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from soi.base.actor import Actor
from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.base.text import nfc
from soi.conferences import floor_rights as rights
from soi.conferences import floor_steps as steps
from soi.conferences import papers, speaking
from soi.conferences.enums import ContributionKind, Secrecy
from soi.conferences.floor import public_title
from soi.conferences.logic.verbs import FloorVerb as Verb
from soi.conferences.models import Conference, Contribution, Paper
from soi.findings import queries as findings
from soi.findings.models import Finding
from soi.history.actions import record

LONGEST = 4_000


@transaction.atomic
def add_contribution(
    *,
    actor: Actor,
    conference: Conference,
    kind: str,
    text: str,
    now: dt.datetime,
    person: int | None = None,
    site: int | None = None,
    paper: int | None = None,
    paragraph: int | None = None,
    finding: int | None = None,
    of_speaker: bool = False,
) -> Contribution:
    """Nêu ý kiến: one's own, or typed for who made it. The event says what kind and about what, not the words.

    ``of_speaker``: made by whoever has the floor, as the secretary types along.
    """
    reach = rights.check_takes_part(actor, conference)
    floor = steps.begin(conference, Verb.CONTRIBUTE)
    _check_words(kind, text)
    if of_speaker:
        person, site = _speaker(conference)
    speaker, place = speaking.for_whom(actor, reach, conference, person, site)
    about = _paper(actor, conference, paper, paragraph)
    row = Contribution.objects.create(
        conference=conference, item_id=floor.item_id, person=speaker, site=place, kind=kind,
        text=nfc(text).strip(), paper=about, paragraph=paragraph, finding=_finding(actor, finding), at=now,
        entered_label=actor.label,
    )  # fmt: skip
    steps.append(
        floor, Verb.CONTRIBUTE, actor=actor, now=now, about=(row.person_id, row.site_id),
        facts={
            **steps.who(conference, speaker, place), "contribution": row.pk, "kind": kind,
            "paper": public_title(about) if about else "", "paragraph": paragraph,
            "restricted": about is not None and about.secrecy != Secrecy.ALL,
            "by": speaking.typed_by(actor, speaker),
        },
    )  # fmt: skip
    return row


def _speaker(conference: Conference) -> tuple[int | None, int | None]:
    speech = steps.open_speech(conference.pk)
    if speech is None:
        raise Invalid(
            "Hiện không có ai phát biểu. Hãy chọn người nói.", {"person": "Hiện không có ai phát biểu."}
        )
    return speech.person_id, speech.site_id


def _check_words(kind: str, text: str) -> None:
    if kind not in ContributionKind.values:
        raise Invalid("Hãy chọn loại ý kiến.", {"kind": "Chọn một loại."})
    if not text.strip():
        raise Invalid("Hãy ghi nội dung ý kiến.", {"text": "Chưa có nội dung."})
    if len(text) > LONGEST:
        raise Invalid(f"Ý kiến dài quá {LONGEST} chữ cái. Hãy tách thành nhiều ý.", {"text": "Dài quá."})


def _paper(actor: Actor, conference: Conference, paper: int | None, paragraph: int | None) -> Paper | None:
    """A paper of this conference that the actor may read, and a paragraph that it has."""
    if paper is None:
        if paragraph is not None:
            raise Invalid("Hãy chọn tài liệu mà ý kiến nói đến.", {"paper": "Chọn tài liệu."})
        return None
    row = papers.readable(actor).filter(conference=conference, pk=paper).select_related("source").first()
    if row is None:
        raise NotFound("Không tìm thấy tài liệu này trong hội nghị.")
    if paragraph is not None and not 1 <= paragraph <= len(papers_paragraphs(row)):
        raise Invalid("Tài liệu không có đoạn này. Hãy chọn lại đoạn.", {"paragraph": "Chọn lại đoạn."})
    return row


def papers_paragraphs(paper: Paper) -> list[str]:
    """Các đoạn, numbered from 1 as the page of the paper numbers them: lines that are not empty."""
    return [line for line in paper.source.text.split("\n") if line.strip()]


def _finding(actor: Actor, finding: int | None) -> Finding | None:
    if finding is None:
        return None
    row = findings.visible_to(actor).filter(pk=finding).first()
    if row is None:
        raise NotFound(findings.OUT_OF_SIGHT)
    return row


@transaction.atomic
def withdraw_contribution(
    *, actor: Actor, conference: Conference, contribution: int, now: dt.datetime
) -> Contribution:
    """Rút ý kiến: whose it is, or the secretary. It stays in the record, marked."""
    reach = rights.check_takes_part(actor, conference)
    floor = steps.begin(conference, Verb.WITHDRAW_CONTRIBUTION)
    rows = Contribution.objects.select_related("person", "site")
    row = rows.filter(conference=conference, pk=contribution).first()
    if row is None:
        raise NotFound("Không tìm thấy ý kiến này.")
    own = row.person_id is not None and row.person_id == actor.person_id
    of_site = row.person_id is None and row.site_id is not None and reach.keeps(row.site_id)
    if not (own or of_site or reach.everybody):
        raise NotAllowed("Đồng chí chỉ rút được ý kiến của mình.")
    if row.withdrawn:
        raise Conflict("Ý kiến này đã được rút.")
    row.withdrawn = True
    row.save(update_fields=["withdrawn"])
    record(
        actor=actor, action="conferences.withdraw_contribution", subject=conference, now=now,
        contribution=row.pk, person=row.person, site=row.site,
    )  # fmt: skip
    facts = {**steps.who(conference, row.person, row.site), "contribution": row.pk}
    facts["by"] = speaking.typed_by(actor, row.person)
    steps.append(
        floor, Verb.WITHDRAW_CONTRIBUTION, actor=actor, now=now, facts=facts, about=(row.person_id, row.site_id),
    )  # fmt: skip
    return row
