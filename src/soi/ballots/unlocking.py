"""Mở khóa hòm phiếu: two tellers with their passphrases; a brake against guessing; what to do when it stays shut."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from contextlib import suppress

from django.core.cache import cache
from django.db import transaction

from soi.ballots import keys
from soi.ballots.models import KeyShare, Poll, Teller
from soi.base.actor import Actor
from soi.base.errors import Conflict, Invalid
from soi.base.text import squash
from soi.history.actions import record

TRIES = 5
BRAKE_SECONDS = 15 * 60
_RECOVERY = (
    "Nếu ban kiểm phiếu có từ ba người, hai người khác cùng nhau vẫn mở được hòm. Nếu không còn đủ hai người nhớ "
    "mật khẩu thì không ai mở được hòm phiếu: hãy hủy cuộc bỏ phiếu và bỏ phiếu lại."
)
_LOST = (
    "Khóa của hòm phiếu không còn hoặc không khớp, nên không ai mở được hòm. "
    "Hãy hủy cuộc bỏ phiếu, nêu rõ lý do, và bỏ phiếu lại."
)


def check_passphrases(tellers: Mapping[int, str], passphrases: Mapping[int, str]) -> None:
    """Mật khẩu khi mở: one from each teller, long enough, no two alike. ``tellers``: names by number."""
    given = {pk: squash(passphrases.get(pk, "")) for pk in tellers}
    faults = {
        str(pk): f"Mật khẩu của {tellers[pk]} cần ít nhất {keys.SHORTEST} ký tự."
        for pk, words in given.items()
        if len(words) < keys.SHORTEST
    }
    if faults:
        raise Invalid(
            "Mỗi người trong ban kiểm phiếu đặt một mật khẩu mở hòm phiếu, ít nhất "
            f"{keys.SHORTEST} ký tự, và tự giữ lấy.",
            faults,
        )
    if len(set(given.values())) != len(given):
        raise Invalid(
            "Hai người kiểm phiếu đặt mật khẩu giống nhau. Mỗi người hãy đặt mật khẩu của riêng mình."
        )


def private_key(actor: Actor, poll: Poll, passphrases: Mapping[int, str] | None, now: dt.datetime) -> bytes:
    """Khóa riêng, in memory only, joined from the halves of two tellers."""
    tellers = _two_tellers(poll, passphrases or {})
    rows = KeyShare.objects.filter(poll=poll, teller__in=tellers, other__in=tellers)
    shares = [keys.Share(row.teller_id, row.other_id, bytes(row.salt), bytes(row.sealed)) for row in rows]
    if len(shares) != len(tellers):
        raise Conflict(_LOST)
    _take_tries(tellers)
    try:
        private = keys.join(shares, {pk: (passphrases or {})[pk] for pk in tellers})
    except keys.WrongPassphrase as wrong:
        raise _refused(actor, poll, tellers, wrong.teller, now) from None
    cache.delete_many([tries_of(pk) for pk in tellers])
    if not keys.fits(poll.public_key, private):
        raise Conflict(_LOST)
    return private


def _two_tellers(poll: Poll, passphrases: Mapping[int, str]) -> dict[int, Teller]:
    given = [pk for pk, words in passphrases.items() if squash(words)]
    found = {
        teller.pk: teller
        for teller in Teller.objects.filter(poll=poll, pk__in=given).select_related("person")
    }
    if len(found) != len(given) or len(found) != 2:
        raise Invalid("Cần đúng hai người trong ban kiểm phiếu cùng nhập mật khẩu mở hòm phiếu.")
    return found


def _take_tries(tellers: Mapping[int, Teller]) -> None:
    """Each try is counted before it is made, so that many at once get no more than one after the other."""
    over = [pk for pk in tellers if _changed_by(1, pk) > TRIES]
    if over:
        _give_back(set(tellers) - set(over))
        raise Conflict(
            f"Mật khẩu của {tellers[over[0]].person} đã sai {TRIES} lần. Hãy chờ 15 phút rồi thử lại. {_RECOVERY}"
        )


def _give_back(tellers: Iterable[int]) -> None:
    for pk in tellers:
        _changed_by(-1, pk)


def _changed_by(number: int, teller: int) -> int:
    cache.add(tries_of(teller), 0, BRAKE_SECONDS)
    with suppress(ValueError):  # it ran out just now
        return int(cache.incr(tries_of(teller), number))
    return 0


def tries_of(teller: int) -> str:
    """Khóa đếm số lần thử trong bộ nhớ đệm."""
    return f"ballots:tries:{teller}"


@transaction.atomic
def _refused(
    actor: Actor, poll: Poll, tellers: Mapping[int, Teller], wrong: int, now: dt.datetime
) -> Invalid:
    """The other teller's try is given back; the wrong one stands in the history."""
    _give_back(set(tellers) - {wrong})
    person = tellers[wrong].person
    left = max(TRIES - int(cache.get(tries_of(wrong)) or TRIES), 0)
    record(actor=actor, action="ballots.wrong_passphrase", subject=poll, now=now, teller=person)
    sentence = f"Mật khẩu mở hòm phiếu của {person} không đúng; còn {left} lần thử. {_RECOVERY}"
    return Invalid(sentence, {str(wrong): "Mật khẩu không đúng."})
