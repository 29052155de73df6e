"""Tiếp nhận văn bản: propose, mend, accept, drop, confirm.

Nothing reaches the register before ``confirm_draft``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import IntegrityError, transaction

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid
from soi.base.text import squash
from soi.conferences.models import Conference
from soi.documents.models import Source
from soi.history.actions import record
from soi.intake import confirming, permissions
from soi.intake.cards import AnyCard, CauseCard, ConferenceCard, PersonCard, card_of, problems
from soi.intake.drafting import DraftCard, draft_cards, rematched, text_day
from soi.intake.enums import DraftState, PersonChoice, ProposalKind, ProposalState
from soi.intake.extract import propose
from soi.intake.extract.model import Proposal as Reading
from soi.intake.fields import changed, to_json
from soi.intake.matching import Register, register_on
from soi.intake.models import Draft, Proposal
from soi.intake.permissions import DraftClosed
from soi.org.models import Organization
from soi.org.queries import in_scope

_RIGHT = Capability.RECORD


class AlreadyProposed(Conflict):
    """Văn bản đã có bản nhập: ``draft`` is the one to open."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("Văn bản này đã có bản nhập. Hãy mở bản nhập đó.")
        self.draft = draft


def propose_draft(*, actor: Actor, source: Source, organization: Organization, now: dt.datetime) -> Draft:
    """Đề xuất bản nhập cho một văn bản, on behalf of ``organization``. A discarded draft is proposed anew.

    Reading and matching happen before the transaction, which only stores the cards.
    """
    permissions.check_can_import(actor, organization, source)
    if not squash(source.text):
        raise Invalid("Văn bản này không có chữ đọc được nên không lập được bản nhập.")
    cards = _cards_for(actor, source, organization)
    try:
        with transaction.atomic():
            return _store(actor, source, organization, cards, now)
    except IntegrityError as error:  # two clerks at the same moment
        if (draft := Draft.objects.filter(source=source).first()) is None:
            raise
        raise AlreadyProposed(draft) from error


def _cards_for(actor: Actor, source: Source, organization: Organization) -> list[DraftCard]:
    reading = propose(source.text, name=source.original_name)
    day = text_day(reading, source.document_date or actor.today)
    register = _register(actor, organization, day, reading)
    cards = draft_cards(reading, register, document_date=source.document_date)
    return [_recordable(actor, register, card) for card in cards]


def _register(actor: Actor, home: Organization, day: dt.date, reading: Reading) -> Register:
    return register_on(
        actor,
        home,
        day,
        names=[mention.name for mention in reading.people],
        post_texts=[post.post for mention in reading.people for post in mention.posts],
    )


def _recordable(actor: Actor, register: Register, item: DraftCard) -> DraftCard:
    """A meeting of a body for which the clerk may not record stays with their own until chosen otherwise."""
    card = item.card
    if isinstance(card, ConferenceCard) and not in_scope(actor, _RIGHT, card.organization or 0):
        return replace(item, card=replace(card, organization=register.home, organization_guessed=True))
    return item


def _store(
    actor: Actor, source: Source, organization: Organization, cards: Sequence[DraftCard], now: dt.datetime
) -> Draft:
    draft = Draft.objects.select_for_update().filter(source=source).first()
    if draft is None:
        draft = Draft(source=source)
    elif draft.state != DraftState.DISCARDED:
        raise AlreadyProposed(draft)
    else:
        draft.proposals.all().delete()
        draft.version += 1
    draft.organization, draft.state = organization, DraftState.PROPOSED
    draft.created_at, draft.created_by = now, actor.label
    draft.decided_at, draft.decided_by, draft.reason = None, "", ""
    draft.save()
    Proposal.objects.bulk_create(_row(draft, order, item) for order, item in enumerate(cards, start=1))
    record(
        actor=actor, action="intake.propose_draft", subject=draft, now=now, using=_RIGHT,
        source=source, organization=organization, cards=len(cards),
    )  # fmt: skip
    return draft


def _row(draft: Draft, order: int, item: DraftCard) -> Proposal:
    first = item.evidence[0] if item.evidence else None
    return Proposal(
        draft=draft,
        kind=item.kind,
        order=order,
        data=to_json(item.card),
        proposed=to_json(item.card),
        start=first.start if first else None,
        end=first.end if first else None,
        evidence=[[span.start, span.end] for span in item.evidence[1:]],
    )


# --- one card ------------------------------------------------------------------------------------------


@transaction.atomic
def edit_card(
    *, actor: Actor, proposal: Proposal, fields: Mapping[str, Any], expected_version: int, now: dt.datetime
) -> Proposal:
    """Sửa một thẻ: the fields sent replace those kept; ``draft.version`` of the answer is the new one.

    ``Invalid`` names wrong fields; ``Conflict`` when somebody edited the draft after ``expected_version``.
    """
    draft, row = _open(actor, proposal)
    _check_version(draft, expected_version)
    before = card_of(row.kind, row.data)
    card = _settled(actor, draft, before, changed(before, fields), fields)
    permissions.check_references(actor, [card])
    _check_cause(draft, card)
    row.data, row.edited = to_json(card), True
    if problems(card) and row.state == ProposalState.ACCEPTED:
        row.state = ProposalState.PENDING
    row.save(update_fields=["data", "edited", "state"])
    if isinstance(before, ConferenceCard) and isinstance(card, ConferenceCard):
        _look_up_again(actor, draft, before, card)
    _bump(draft)
    record(
        actor=actor, action="intake.edit_card", subject=draft, now=now, using=_RIGHT,
        card=row.pk, before=to_json(before), after=row.data,
    )  # fmt: skip
    return row


def _settled(actor: Actor, draft: Draft, before: AnyCard, card: AnyCard, sent: Mapping[str, Any]) -> AnyCard:
    """Another person chosen: which of the posts he or she holds is asked anew, unless that was sent too."""
    if isinstance(card, ConferenceCard):
        return _vouched_for(card, sent)
    if not (isinstance(before, PersonCard) and isinstance(card, PersonCard)):
        return card
    if card.choice != PersonChoice.EXISTING:
        card = replace(card, person=None)
    if card.person == before.person or "posts" in sent:
        return card
    return rematched(card, _register_for(actor, draft, _meeting(draft), [card]))


def _vouched_for(card: ConferenceCard, sent: Mapping[str, Any]) -> ConferenceCard:
    """What the clerk has entered is no longer guessed."""
    if "date_start" in sent:
        card = replace(card, date_inferred=False)
    return replace(card, organization_guessed=False) if "organization" in sent else card


def _meeting(draft: Draft) -> ConferenceCard:
    row = draft.proposals.filter(kind=ProposalKind.CONFERENCE).first()
    card = card_of(row.kind, row.data) if row else None
    return card if isinstance(card, ConferenceCard) else ConferenceCard()


def _register_for(
    actor: Actor, draft: Draft, meeting: ConferenceCard, cards: Sequence[PersonCard]
) -> Register:
    texts = [line.text for card in cards for line in card.posts]
    day = meeting.date_start or actor.today
    register = register_on(actor, draft.organization, day, names=(), post_texts=texts)
    foreign = meeting.organization_guessed and meeting.organization_as_written
    return register.elsewhere() if foreign else register


def _look_up_again(actor: Actor, draft: Draft, before: ConferenceCard, card: ConferenceCard) -> None:
    """Another day, other holders: cards of people that nobody touched yet are matched anew."""
    if card.date_start is None or card.date_start == before.date_start:
        return
    untouched = draft.proposals.filter(
        kind=ProposalKind.PERSON, state=ProposalState.PENDING, edited=False
    )  # fmt: skip
    pairs = [
        (row, found) for row in untouched if isinstance(found := card_of(row.kind, row.data), PersonCard)
    ]
    register = _register_for(actor, draft, card, [found for _, found in pairs])
    for row, found in pairs:
        row.data = to_json(rematched(found, register))
        row.save(update_fields=["data"])


def _check_cause(draft: Draft, card: AnyCard) -> None:
    if isinstance(card, CauseCard) and card.finding is not None:
        findings = draft.proposals.filter(kind=ProposalKind.FINDING)
        if not findings.filter(pk=card.finding).exists():
            raise Invalid("Hãy chọn lại hạn chế có nguyên nhân này.", {"finding": "Chọn trong danh sách."})


@transaction.atomic
def accept_card(*, actor: Actor, proposal: Proposal, now: dt.datetime) -> Proposal:
    """Nhận một thẻ. Refused, with what is missing, while it is incomplete."""
    draft, row = _open(actor, proposal)
    card = card_of(row.kind, row.data)
    if missing := problems(card):
        raise Invalid(missing[0].sentence, {problem.field: problem.sentence for problem in missing})
    return _set_state(actor, draft, row, ProposalState.ACCEPTED, now)


@transaction.atomic
def drop_card(*, actor: Actor, proposal: Proposal, now: dt.datetime) -> Proposal:
    """Bỏ một thẻ: it stays on the page, and can be accepted again, until the draft is confirmed."""
    draft, row = _open(actor, proposal)
    return _set_state(actor, draft, row, ProposalState.DROPPED, now)


def _set_state(actor: Actor, draft: Draft, row: Proposal, state: ProposalState, now: dt.datetime) -> Proposal:
    # A key pressed twice is no second act.
    if row.state != state:
        row.state = state
        row.save(update_fields=["state"])
        action = f"intake.{'accept' if state == ProposalState.ACCEPTED else 'drop'}_card"
        record(actor=actor, action=action, subject=draft, now=now, using=_RIGHT, card=row.pk)
    return row


@transaction.atomic
def reset_card(*, actor: Actor, proposal: Proposal, expected_version: int, now: dt.datetime) -> Proposal:
    """Trả thẻ về như lúc đề xuất, to be looked at again."""
    draft, row = _open(actor, proposal)
    _check_version(draft, expected_version)
    before = row.data
    row.data, row.state, row.edited = row.proposed, ProposalState.PENDING, False
    row.save(update_fields=["data", "state", "edited"])
    _bump(draft)
    record(
        actor=actor, action="intake.reset_card", subject=draft, now=now, using=_RIGHT,
        card=row.pk, before=before,
    )  # fmt: skip
    return row


@dataclass(frozen=True, slots=True)
class Tally:
    """Kết quả nhận cả loạt: how many were accepted, how many still lack something."""

    accepted: int
    left: int


@transaction.atomic
def accept_all_pending(
    *, actor: Actor, draft: Draft, now: dt.datetime, kind: ProposalKind | None = None
) -> Tally:
    """Nhận mọi thẻ chưa xem (of one kind); those that lack something stay for a look of their own."""
    draft = _locked(actor, draft)
    rows = draft.proposals.filter(state=ProposalState.PENDING, **({"kind": kind} if kind else {}))
    ready = [row.pk for row in rows if not problems(card_of(row.kind, row.data))]
    left = len(rows) - len(ready)
    if ready:
        draft.proposals.filter(pk__in=ready).update(state=ProposalState.ACCEPTED)
        record(actor=actor, action="intake.accept_cards", subject=draft, now=now, using=_RIGHT, cards=ready)
    return Tally(len(ready), left)


# --- the draft -----------------------------------------------------------------------------------------


@transaction.atomic
def discard_draft(*, actor: Actor, draft: Draft, reason: str, now: dt.datetime) -> Draft:
    """Bỏ bản nhập: nothing of it reaches the register; the text stays and can be proposed again."""
    if not squash(reason):
        raise Invalid("Hãy ghi lý do bỏ bản nhập.", {"reason": "Ví dụ: văn bản không nói về hội nghị nào."})
    draft = _locked(actor, draft)
    draft.reason = squash(reason)[:300]
    _close(actor, draft, DraftState.DISCARDED, None, now)
    record(
        actor=actor, action="intake.discard_draft", subject=draft, now=now, using=_RIGHT, reason=draft.reason
    )
    return draft


@transaction.atomic
def confirm_draft(*, actor: Actor, draft: Draft, now: dt.datetime) -> Conference:
    """Ghi vào sổ: everything accepted, or nothing at all. Refused while a card waits or lacks something."""
    draft = _locked(actor, draft)
    rows = list(draft.proposals.exclude(state=ProposalState.DROPPED).order_by("order", "pk"))
    cards = [card_of(row.kind, row.data) for row in rows]
    _check_ready(rows, cards)
    permissions.check_references(actor, cards)
    kept = confirming.accepted(draft, list(zip(rows, cards, strict=True)))
    conference = confirming.write(actor=actor, draft=draft, cards=kept, now=now)
    _close(actor, draft, DraftState.CONFIRMED, conference, now)
    record(
        actor=replace(actor, via="intake"), action="intake.confirm_draft", subject=draft, now=now,
        using=_RIGHT, conference=conference, source=draft.source, cards=[item.id for item in kept],
    )  # fmt: skip
    return conference


def _check_ready(rows: Sequence[Proposal], cards: Sequence[AnyCard]) -> None:
    pending = [row for row in rows if row.state == ProposalState.PENDING]
    lacking = [row for row, card in zip(rows, cards, strict=True) if problems(card)]
    first = next((row for row in rows if row in pending or row in lacking), None)
    if first is None:
        return
    counted = [f"{len(pending)} mục chưa xem"] if pending else []
    counted += [f"{len(lacking)} mục chưa đủ thông tin"] if lacking else []
    raise Conflict(
        f"Chưa ghi được vào sổ: còn {' và '.join(counted)}. "
        f"Mục đầu tiên: {first.get_kind_display()} «{_name_of(first)}»."
    )


def _name_of(row: Proposal) -> str:
    named = next((row.data[key] for key in ("title", "name", "statement", "number") if row.data.get(key)), "")
    return named if len(named) <= 60 else f"{named[:59]}…"


def _close(
    actor: Actor, draft: Draft, state: DraftState, conference: Conference | None, now: dt.datetime
) -> None:
    draft.state, draft.conference = state, conference
    draft.decided_at, draft.decided_by = now, actor.label
    draft.version += 1
    draft.save()


def _locked(actor: Actor, draft: Draft) -> Draft:
    """The draft as it is now, held for this transaction, still open and within the actor's right."""
    held = Draft.objects.select_for_update().get(pk=draft.pk)
    permissions.check_open(actor, held)
    return held


def _open(actor: Actor, proposal: Proposal) -> tuple[Draft, Proposal]:
    draft = _locked(actor, proposal.draft)
    return draft, Proposal.objects.get(pk=proposal.pk)


def _check_version(draft: Draft, expected: int) -> None:
    if draft.version != expected:
        raise Conflict("Có người vừa sửa bản nhập này. Hãy tải lại trang, xem lại rồi sửa.")


def _bump(draft: Draft) -> None:
    draft.version += 1
    draft.save(update_fields=["version"])


__all__ = [
    "AlreadyProposed",
    "DraftClosed",
    "Tally",
    "accept_all_pending",
    "accept_card",
    "confirm_draft",
    "discard_draft",
    "drop_card",
    "edit_card",
    "propose_draft",
    "reset_card",
]
