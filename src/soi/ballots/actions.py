"""Điều hành bỏ phiếu: draft, tellers, open, close, publish, annul. See ``casting`` and ``counting`` for the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from soi.ballots import changing, counting, envelopes, keys, permissions, policies, unlocking
from soi.ballots.enums import Denominator, Majority, Mode, PollState, QuestionKind, Verb
from soi.ballots.models import SMALL_BODY, KeyShare, Option, Poll, Question, RollEntry, Teller
from soi.ballots.queries import content_hash
from soi.base.actor import Actor
from soi.base.errors import Conflict, Invalid, NotFound
from soi.base.text import nfc, squash
from soi.history.actions import record
from soi.org.models import Organization, Person
from soi.org.queries import people_visible_to

YES_NO = ("Đồng ý", "Không đồng ý")
_MOST_QUESTIONS = 200


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """Câu hỏi đang soạn. Levels: best first. An election: the candidates, and how many are to be elected."""

    kind: str
    text: str
    options: tuple[str, ...] = ()
    seats: int | None = None


# --- drafting ----------------------------------------------------------------------------------------------


@transaction.atomic
def draft_poll(
    *,
    actor: Actor,
    organization: Organization,
    title: str,
    mode: str,
    questions: Sequence[NewQuestion],
    denominator: str,
    majority: str,
    now: dt.datetime,
    earlier: Poll | None = None,
    min_body_for_numbers: int = SMALL_BODY,
) -> Poll:
    """Soạn một cuộc bỏ phiếu; ``earlier``: the round before it, of the same body."""
    right = permissions.check_can_draft(actor, organization)
    _check_rule(title, mode, denominator, majority, min_body_for_numbers)
    if earlier is not None and earlier.organization_id != organization.pk:
        raise Invalid("Vòng trước phải là cuộc bỏ phiếu của chính tổ chức này.", {"earlier": "Chọn lại."})
    poll = Poll.objects.create(
        organization=organization, title=title, mode=mode, denominator=denominator, majority=majority,
        min_body_for_numbers=min_body_for_numbers, earlier=earlier,
        round=earlier.round + 1 if earlier else 1,
    )  # fmt: skip
    _write_questions(poll, questions)
    record(
        actor=actor, action="ballots.draft", subject=poll, now=now, using=right, organization=organization,
        title=title, mode=mode, denominator=denominator, majority=majority, questions=_told(questions),
    )  # fmt: skip
    return poll


@transaction.atomic
def edit_poll(
    *,
    actor: Actor,
    poll: Poll,
    expected_version: int,
    title: str,
    mode: str,
    questions: Sequence[NewQuestion],
    denominator: str,
    majority: str,
    now: dt.datetime,
    min_body_for_numbers: int = SMALL_BODY,
) -> Poll:
    """Sửa khi đang soạn: all of it, questions too. ``Conflict`` when somebody saved meanwhile."""
    right = permissions.check_can_conduct(actor, poll)
    current = changing.fresh(poll)
    policies.next_state(current.state, Verb.EDIT)
    if current.version != expected_version:
        raise Conflict("Có người vừa sửa cuộc bỏ phiếu này. Hãy tải lại trang, xem lại rồi sửa.")
    _check_rule(title, mode, denominator, majority, min_body_for_numbers)
    current.title, current.mode = title, mode
    current.denominator, current.majority = denominator, majority
    current.min_body_for_numbers = min_body_for_numbers
    Option.objects.filter(question__poll=current).delete()
    Question.objects.filter(poll=current).delete()
    _write_questions(current, questions)
    changing.save(current, "title", "mode", "denominator", "majority", "min_body_for_numbers")
    record(
        actor=actor, action="ballots.edit", subject=current, now=now, using=right, title=title, mode=mode,
        denominator=denominator, majority=majority, questions=_told(questions),
    )  # fmt: skip
    return current


def _check_rule(title: str, mode: str, denominator: str, majority: str, least: int) -> None:
    fields = {}
    if not squash(title):
        fields["title"] = "Hãy ghi tên cuộc bỏ phiếu."
    if mode not in Mode.values:
        fields["mode"] = "Hãy chọn hình thức bỏ phiếu."
    if denominator not in Denominator.values:
        fields["denominator"] = "Hãy chọn căn cứ tính."
    if majority not in Majority.values:
        fields["majority"] = "Hãy chọn đa số phải đạt."
    if not 1 <= least <= 100:
        fields["min_body_for_numbers"] = "Ghi số từ 1 đến 100."
    if fields:
        raise Invalid(" ".join(fields.values()), fields)


def _write_questions(poll: Poll, questions: Sequence[NewQuestion]) -> None:
    if not 1 <= len(questions) <= _MOST_QUESTIONS:
        raise Invalid(
            f"Cuộc bỏ phiếu cần từ 1 đến {_MOST_QUESTIONS} câu hỏi.",
            {"questions": "Hãy ghi ít nhất một câu."},
        )
    for number, asked in enumerate(questions, start=1):
        options = _options_of(number, asked)
        row = Question.objects.create(
            poll=poll, number=number, kind=asked.kind, text=asked.text,
            seats=asked.seats if asked.kind == QuestionKind.ELECT else None,
        )  # fmt: skip
        Option.objects.bulk_create(
            Option(question=row, number=place, label=label) for place, label in enumerate(options, start=1)
        )


def _options_of(number: int, asked: NewQuestion) -> list[str]:
    if asked.kind not in QuestionKind.values or not nfc(asked.text):
        raise Invalid(f"Câu {number}: hãy chọn loại và ghi nội dung.", {"questions": "Chưa đủ."})
    options = [squash(label) for label in asked.options]
    if asked.kind == QuestionKind.YES_NO and not options:
        options = list(YES_NO)
    fewest = 1 if asked.kind == QuestionKind.ELECT else 2
    if not fewest <= len(options) <= envelopes.MOST_OPTIONS or not all(options):
        raise Invalid(f"Câu {number}: hãy ghi các phương án, từ {fewest} đến {envelopes.MOST_OPTIONS}.")
    if len(set(options)) != len(options):
        raise Invalid(f"Câu {number} có hai phương án trùng nhau. Người trùng tên thì ghi thêm chức vụ.")
    if asked.kind == QuestionKind.ELECT and not 1 <= (asked.seats or 0) <= len(options):
        raise Invalid(f"Câu {number}: số lượng bầu phải từ 1 đến {len(options)}.", {"seats": "Ghi lại."})
    return options


def _told(questions: Sequence[NewQuestion]) -> list[dict[str, object]]:
    return [
        {"kind": asked.kind, "text": asked.text, "options": list(asked.options), "seats": asked.seats}
        for asked in questions
    ]


@transaction.atomic
def name_tellers(
    *, actor: Actor, poll: Poll, people: Sequence[Person], head: Person, now: dt.datetime
) -> list[Teller]:
    """Cử ban kiểm phiếu, instead of those named before; ``head`` is one of them."""
    right = permissions.check_can_conduct(actor, poll)
    current = changing.fresh(poll)
    policies.next_state(current.state, Verb.EDIT)
    asked = {person.pk: person for person in people}
    if len(asked) < policies.TELLERS or head.pk not in asked:
        raise Invalid(
            "Ban kiểm phiếu cần ít nhất hai người, trong đó có một trưởng ban.",
            {"people": "Chọn thêm người."},
        )
    if people_visible_to(actor).filter(pk__in=asked).count() != len(asked):
        raise NotFound("Không tìm thấy người này. Hãy chọn lại từ danh sách.")
    Teller.objects.filter(poll=current).delete()
    tellers = [
        Teller.objects.create(poll=current, person=one, is_head=pk == head.pk) for pk, one in asked.items()
    ]
    record(
        actor=actor, action="ballots.name_tellers", subject=current, now=now, using=right,
        tellers=list(asked.values()), head=head,
    )  # fmt: skip
    return tellers


# --- opening -----------------------------------------------------------------------------------------------


def open_poll(
    *,
    actor: Actor,
    poll: Poll,
    roll: Sequence[int],
    summoned: int,
    present: int,
    now: dt.datetime,
    passphrases: Mapping[int, str] | None = None,
) -> Poll:
    """Mở bỏ phiếu: from here on questions, roll, rule and key are frozen, and their hash stands in the history.

    ``roll``: numbers of the people who may vote. ``passphrases``: of a secret ballot, by number of teller, from
    every teller; all type them at the opening and keep them to themselves.
    """
    permissions.check_can_conduct(actor, poll)
    policies.next_state(Poll.objects.values_list("state", flat=True).get(pk=poll.pk), Verb.OPEN)
    _check_numbers(roll, summoned, present)
    tellers = _tellers(poll)
    lock = _Lock()
    if poll.mode == Mode.SECRET:
        unlocking.check_passphrases(tellers, passphrases or {})
        # Slow on purpose, so before the transaction.
        lock = _new_lock(passphrases or {})
    return _open(actor, poll, _Frozen(set(roll), summoned, present, lock), now)


@dataclass(frozen=True, slots=True)
class _Lock:
    """Khóa của hòm phiếu kín; of other polls empty."""

    public: str = ""
    shares: tuple[keys.Share, ...] = ()


@dataclass(frozen=True, slots=True)
class _Frozen:
    """Những gì chốt khi mở."""

    roll: set[int]
    summoned: int
    present: int
    lock: _Lock


def _new_lock(passphrases: Mapping[int, str]) -> _Lock:
    public, private = keys.new_pair()
    return _Lock(public, tuple(keys.split(private, passphrases)))


def _check_numbers(roll: Sequence[int], summoned: int, present: int) -> None:
    if not roll:
        raise Invalid("Danh sách được bỏ phiếu đang trống. Hãy chọn người hoặc điểm danh trước khi mở.")
    if len(set(roll)) != len(roll):
        raise Invalid("Có người đứng hai lần trong danh sách được bỏ phiếu.")
    if not len(roll) <= present <= summoned:
        raise Invalid(
            f"Số liệu không khớp: {len(roll)} người được bỏ phiếu, {present} người có mặt, "
            f"{summoned} người được triệu tập. Số sau không được nhỏ hơn số trước."
        )


def _tellers(poll: Poll) -> dict[int, str]:
    tellers = {row.pk: row.person.name for row in Teller.objects.filter(poll=poll).select_related("person")}
    if poll.mode in policies.WITH_TELLERS and len(tellers) < policies.TELLERS:
        raise Conflict("Hãy cử ban kiểm phiếu, ít nhất hai người, trước khi mở bỏ phiếu.")
    return tellers


@transaction.atomic
def _open(actor: Actor, poll: Poll, frozen: _Frozen, now: dt.datetime) -> Poll:
    right = permissions.check_can_conduct(actor, poll)
    current = changing.fresh(poll)
    current.state = policies.next_state(current.state, Verb.OPEN)
    if current.version != poll.version or {one.teller for one in frozen.lock.shares} - set(_tellers(current)):
        raise Conflict("Có người vừa sửa cuộc bỏ phiếu này. Hãy tải lại trang, xem lại rồi mở.")
    _write_roll(current, frozen.roll)
    _write_lock(current, frozen.lock)
    current.summoned, current.present, current.opened_at = frozen.summoned, frozen.present, now
    current.frozen_hash = content_hash(current)
    changing.save(current, "state", "summoned", "present", "opened_at", "public_key", "frozen_hash")
    record(
        actor=actor, action="ballots.open", subject=current, now=now, using=right,
        frozen_hash=current.frozen_hash, roll=len(frozen.roll), summoned=frozen.summoned,
        present=frozen.present,
    )  # fmt: skip
    return current


def _write_lock(poll: Poll, lock: _Lock) -> None:
    poll.public_key = lock.public
    KeyShare.objects.bulk_create(
        KeyShare(poll=poll, teller_id=one.teller, other_id=one.other, salt=one.salt, sealed=one.sealed)
        for one in lock.shares
    )


def _write_roll(poll: Poll, roll: set[int]) -> None:
    """In the order of a shuffle: the place of a row says nothing, not even who was invited first."""
    if Person.objects.filter(pk__in=roll).count() != len(roll):
        raise NotFound("Trong danh sách có người không tìm thấy. Hãy lập lại danh sách.")
    people = list(roll)
    counting.shuffle(people)
    RollEntry.objects.bulk_create(RollEntry(poll=poll, person_id=person) for person in people)


# --- closing, publishing, annulling ---------------------------------------------------------------------------


@transaction.atomic
def close_poll(*, actor: Actor, poll: Poll, now: dt.datetime) -> Poll:
    """Đóng bỏ phiếu: waits for the ballots on their way; none comes after."""
    right = permissions.check_can_conduct(actor, poll)
    current = changing.fresh(poll)
    current.state, current.closed_at = policies.next_state(current.state, Verb.CLOSE), now
    changing.save(current, "state", "closed_at")
    record(actor=actor, action="ballots.close", subject=current, now=now, using=right)
    return current


@transaction.atomic
def publish_poll(*, actor: Actor, poll: Poll, now: dt.datetime) -> Poll:
    """Công bố kết quả."""
    right = permissions.check_can_conduct(actor, poll)
    current = changing.fresh(poll)
    current.state, current.published_at = policies.next_state(current.state, Verb.PUBLISH), now
    changing.check_as_frozen(current)
    changing.save(current, "state", "published_at")
    record(
        actor=actor, action="ballots.publish", subject=current, now=now, using=right,
        frozen_hash=current.frozen_hash,
    )  # fmt: skip
    return current


@transaction.atomic
def annul_poll(*, actor: Actor, poll: Poll, reason: str, now: dt.datetime) -> Poll:
    """Hủy cuộc bỏ phiếu, with a reason; an unopened box is destroyed unread, with its key."""
    right = permissions.check_can_conduct(actor, poll)
    if not nfc(reason):
        raise Invalid("Hãy ghi lý do hủy cuộc bỏ phiếu.", {"reason": "Chưa ghi lý do."})
    current = changing.fresh(poll)
    before = PollState(current.state)
    current.state, current.annul_reason = policies.next_state(before, Verb.ANNUL), reason
    changing.save(current, "state", "annul_reason")
    if before in {PollState.OPEN, PollState.CLOSED} and current.mode == Mode.SECRET:
        counting.destroy(current, now)
    record(
        actor=actor, action="ballots.annul", subject=current, now=now, using=right, reason=nfc(reason),
        state_before=before.value,
    )  # fmt: skip
    return current
