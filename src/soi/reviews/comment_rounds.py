"""Đợt lấy góp ý: opened, prolonged, closed by the office of the body."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import QuerySet

from soi.access.models import User
from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid
from soi.base.text import nfc, squash
from soi.history.actions import record
from soi.org.models import Organization, Person
from soi.reviews import permissions, unsigned
from soi.reviews.commenting import fresh
from soi.reviews.enums import ReviewKind
from soi.reviews.models import Asked, CommentRound, Review, RoundKey

LONGEST_NAME = 300


@transaction.atomic
def open_round(
    *,
    actor: Actor,
    review: Review,
    request: str,
    due_on: dt.date | None,
    now: dt.datetime,
    bodies: Sequence[Organization] = (),
    people: Sequence[Person] = (),
    on_paper: Iterable[str] = (),
    mandatory: bool = True,
    anonymous: bool = False,
) -> CommentRound:
    """Mở đợt lấy góp ý: of bodies, of persons, and of places that answer on paper (by name).

    ``mandatory`` means nothing for a personal review: nobody can keep a person from finalizing their own words.
    """
    permissions.check_can_ask(actor, review)
    _check_still_written(review)
    asked = _asked(review, bodies, people, on_paper)
    if anonymous:
        _check_can_hide(asked)
    round_ = CommentRound(
        review=review, request=_request(request), opened_on=actor.today, due_on=_due(actor, due_on),
        mandatory=mandatory and review.kind == ReviewKind.COLLECTIVE, anonymous=anonymous,
        opener_label=actor.label,
    )  # fmt: skip
    key = unsigned.lock(round_) if anonymous else None
    round_.save()
    if key is not None:
        RoundKey.objects.create(round=round_, sealed=key)
    for one in asked:
        one.round = round_
    Asked.objects.bulk_create(asked)
    record(
        actor=actor, action="reviews.ask_comments", subject=round_, now=now, using=Capability.RECORD,
        organization=review.organization, review=review.pk, due_on=round_.due_on, anonymous=anonymous,
        organizations=list(bodies), people=list(people), names=[one.name for one in asked],
    )  # fmt: skip
    return round_


def _check_still_written(review: Review) -> None:
    if review.exemption:
        raise Conflict("Danh sách ghi là chưa kiểm điểm trong đợt này, nên không có gì để góp ý.")


def _request(text: str) -> str:
    words = nfc(text)
    if not words:
        raise Invalid(
            "Hãy ghi đề nghị góp ý về việc gì.", {"request": "Một, hai câu để nơi nhận biết cần góp ý gì."}
        )
    return words


def _due(actor: Actor, day: dt.date | None) -> dt.date:
    if day is None or day < actor.today:
        raise Invalid("Hạn góp ý phải từ hôm nay trở đi.", {"due_on": "Chọn ngày từ hôm nay trở đi."})
    return day


def _asked(
    review: Review, bodies: Sequence[Organization], people: Sequence[Person], on_paper: Iterable[str]
) -> list[Asked]:
    """Each once. A person without an account, too, answers on paper."""
    names = list(dict.fromkeys(filter(None, (squash(name)[:LONGEST_NAME] for name in on_paper))))
    signing_in = set(_with_account(people).values_list("person_id", flat=True))
    asked = [Asked(organization=body, name=str(body)) for body in dict.fromkeys(bodies)]
    asked += [
        Asked(person=person, name=str(person), on_paper=person.pk not in signing_in)
        for person in dict.fromkeys(people)
    ]
    asked += [Asked(name=name, on_paper=True) for name in names]
    if not asked:
        raise Invalid(
            "Chưa chọn nơi góp ý nào.",
            {"bodies": "Chọn ít nhất một đơn vị, một người hoặc ghi tên một nơi góp ý."},
        )
    _check_not_itself(review, asked)
    return asked


def _with_account(people: Sequence[Person]) -> QuerySet[User]:
    return User.objects.filter(person__in=people, is_active=True)


def _check_not_itself(review: Review, asked: Iterable[Asked]) -> None:
    if review.person_id is not None and any(one.person_id == review.person_id for one in asked):
        raise Invalid(
            "Không hỏi góp ý của chính người được kiểm điểm.",
            {"people": f"Bỏ {review.person} khỏi danh sách."},
        )
    if review.person_id is None and any(one.organization_id == review.organization_id for one in asked):
        raise Invalid(
            "Không hỏi góp ý của chính đơn vị được kiểm điểm.",
            {"bodies": f"Bỏ {review.organization}; hỏi từng người."},
        )


def _check_can_hide(asked: Sequence[Asked]) -> None:
    """Góp ý không ghi tên: persons who sign in themselves, and enough of them."""
    if any(one.person_id is None for one in asked):
        raise Invalid(
            "Góp ý không ghi tên chỉ hỏi từng người. Đơn vị và nơi góp ý bằng giấy hãy hỏi ở một đợt khác.",
            {"anonymous": "Bỏ các đơn vị và nơi góp ý bằng giấy, hoặc mở đợt ghi tên."},
        )
    number = sum(not one.on_paper for one in asked)
    if number < unsigned.FEWEST_ASKED or any(one.on_paper for one in asked):
        raise Invalid(
            f"Góp ý không ghi tên cần ít nhất {unsigned.FEWEST_ASKED} người có tài khoản, để không đoán được ai viết. "
            f"Ở đây có {number} người có tài khoản trong {len(asked)} người được chọn.",
            {"people": f"Chọn ít nhất {unsigned.FEWEST_ASKED} người, đều có tài khoản; hoặc mở đợt ghi tên."},
        )


@transaction.atomic
def extend_round(
    *, actor: Actor, round_: CommentRound, due_on: dt.date | None, now: dt.datetime
) -> CommentRound:
    """Gia hạn góp ý: only later."""
    permissions.check_can_ask(actor, round_.review)
    current = fresh(round_)
    day = _due(actor, due_on)
    if day <= current.due_on:
        raise Invalid(
            f"Hạn hiện nay là {current.due_on:%d/%m/%Y}.",
            {"due_on": "Gia hạn thì chọn ngày muộn hơn hạn hiện nay."},
        )
    before, current.due_on = current.due_on, day
    current.save(update_fields=["due_on"])
    record(
        actor=actor, action="reviews.extend_comments", subject=current, now=now, using=Capability.RECORD,
        organization=current.review.organization, review=current.review_id, old_due_on=before, due_on=day,
    )  # fmt: skip
    return current


@transaction.atomic
def close_round(*, actor: Actor, round_: CommentRound, now: dt.datetime) -> CommentRound:
    """Đóng đợt góp ý. What was sent without names is opened now, or never."""
    permissions.check_can_ask(actor, round_.review)
    current = fresh(round_)
    if current.anonymous:
        unsigned.check_may_open(actor, current)
    current.closed_on = actor.today
    current.save(update_fields=["closed_on"])
    if current.anonymous:
        unsigned.open_all(current, now)
    record(
        actor=actor, action="reviews.close_comments", subject=current, now=now, using=Capability.RECORD,
        organization=current.review.organization, review=current.review_id, anonymous=current.anonymous,
        arrived=current.arrived,
    )  # fmt: skip
    return current
