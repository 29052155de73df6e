"""Góp ý không ghi tên: a mark on the roll and one sealed envelope; opened all at once when the round is closed.

No event of the history, no time, no order: what is sent leaves the mark that the person has sent, and an envelope
that says nothing of whom. While the round is open nobody can read it, the office neither. At the closing
everything is opened in memory, mixed, and written with random keys in one transaction that also empties the box,
destroys the key and writes the roll anew, without its marks. There is no function that finds an author.

What this does not protect from, the page says: who runs the machine, has its secret file **and** a copy of the
database from while the round was open, could open an envelope and see beside whose mark it was written.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import secrets
from collections.abc import Sequence

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils.encoding import force_bytes
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from soi.ballots import keys
from soi.base.actor import Actor
from soi.base.errors import Conflict, Invalid, NotAllowed
from soi.base.rewriting import Anew, overwrite_deleted, rewrite
from soi.reviews import commented
from soi.reviews.commenting import checked, fresh
from soi.reviews.logic.envelopes import Item, packed, unpacked
from soi.reviews.models import Asked, CommentRound, RoundKey, SealedComment, UnsignedComment

FEWEST_ASKED = 10
FEWEST_SHOWN = 5
SENT = "Đồng chí đã gửi góp ý của đợt này. Góp ý không ghi tên chỉ gửi một lần."
_RANDOM = secrets.SystemRandom()
_LOG = logging.getLogger(__name__)


# --- sending ----------------------------------------------------------------------------------------


def send(*, actor: Actor, asked: Asked, items: Sequence[Item]) -> None:
    """Gửi góp ý không ghi tên, once; no items mean agreement, which looks the same from outside.

    There is no ``now``: no time is kept, and no event is recorded, for it would stand in order and with a name.
    """
    if asked.person_id is None or asked.person_id != actor.person_id:
        raise NotAllowed("Góp ý không ghi tên thì từng người được hỏi tự gửi.")
    content = _content(checked(asked, items) if items else [])
    with transaction.atomic():
        round_ = fresh(asked.round)
        if not round_.anonymous:
            raise Conflict("Đợt này góp ý ghi tên.")
        if Asked.objects.filter(pk=asked.pk, spent=False).update(spent=True) != 1:
            raise Conflict(SENT)
        [sealed] = keys.seal(round_.public_key, [content])
        SealedComment.objects.create(id=secrets.token_hex(16), round=round_, sealed=sealed)


def _content(items: Sequence[Item]) -> bytes:
    try:
        return packed(items)
    except ValueError as error:
        raise Invalid(
            "Góp ý dài quá. Góp ý không ghi tên gửi một lần, tất cả khoảng ba trang.",
            {"text": "Viết gọn lại rồi gửi; chưa có gì được gửi đi."},
        ) from error


# --- the key ----------------------------------------------------------------------------------------


def lock(round_: CommentRound) -> bytes:
    """Khóa đợt: the round gets its public half; the other half comes back, sealed under the installation's secret."""
    round_.public_key, private = keys.new_pair()
    return bytes(_boxes()[0].encrypt(private))


def _boxes() -> list[SecretBox]:
    secret = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [SecretBox(hashlib.sha256(b"soi.comments:" + force_bytes(one)).digest()) for one in secret]


def _private_key(round_: CommentRound) -> bytes:
    sealed = bytes(RoundKey.objects.get(round=round_).sealed)
    for box in _boxes():
        try:
            return box.decrypt(sealed)
        except CryptoError:
            continue
    raise Conflict(
        "Khóa bí mật của máy chủ đã đổi từ khi mở đợt, nên chưa mở được góp ý. Chưa có gì thay đổi: "
        "hãy báo người quản trị đặt lại khóa cũ."
    )


# --- opening ----------------------------------------------------------------------------------------


def check_may_open(actor: Actor, round_: CommentRound) -> None:
    """Only after the last day: who could close at will could close right behind one they watch."""
    if actor.today <= round_.due_on:
        raise Conflict(
            f"Đợt góp ý không ghi tên nhận góp ý đến hết ngày {round_.due_on:%d/%m/%Y}, đóng được từ ngày hôm sau."
        )


def open_all(round_: CommentRound, now: dt.datetime) -> None:
    """Mở góp ý của đợt vừa đóng; within the transaction that closes it. Fewer than five are destroyed unread."""
    private = _private_key(round_)
    sealed = SealedComment.objects.filter(round=round_).values_list("sealed", flat=True)
    try:
        letters = [unpacked(plain) for plain in keys.unseal(private, [bytes(one) for one in sealed])]
    except ValueError as error:
        raise Conflict(
            "Trong hòm có góp ý không thuộc đợt này. Chưa có gì thay đổi: hãy báo người quản trị."
        ) from error
    said = [letter for letter in letters if letter]
    if len(said) >= FEWEST_SHOWN:
        round_.arrived = len(said)
        _write(round_, [item for letter in said for item in letter])
    _forget(round_)
    round_.traces_since = now
    round_.save(update_fields=["arrived", "traces_since"])
    transaction.on_commit(forget, robust=True)


def _write(round_: CommentRound, items: list[Item]) -> None:
    _RANDOM.shuffle(items)
    UnsignedComment.objects.bulk_create(
        UnsignedComment(
            id=secrets.token_hex(16),
            round=round_,
            paragraph_id=one.paragraph,
            finding_id=one.finding,
            text=one.text,
        )
        for one in items
    )


def _forget(round_: CommentRound) -> None:
    """Hủy phong bì, chép lại danh sách không còn dấu, rồi hủy khóa, without which none of this can be done again."""
    overwrite_deleted()
    SealedComment.objects.filter(round=round_).delete()
    rows = [
        Asked(round=round_, person_id=person, name=name)
        for person, name in Asked.objects.filter(round=round_).values_list("person_id", "name")
    ]
    _RANDOM.shuffle(rows)
    Asked.objects.filter(round=round_).delete()
    Asked.objects.bulk_create(rows)
    RoundKey.objects.filter(round=round_).delete()


# --- after the commit -------------------------------------------------------------------------------

_ANEW = (
    Anew(SealedComment, "sealed", "bytea", "sealed || ''::bytea"),
    Anew(RoundKey, "sealed", "bytea", "sealed || ''::bytea"),
    Anew(Asked, "spent", "boolean", "CASE WHEN spent THEN true ELSE false END"),
)


def forget() -> bool:
    """Xóa dấu vết: rewrite the tables that rows were deleted from; False when the database was too busy.

    What is owed stays noted on the round until it is done.
    """
    try:
        owed = list(commented.with_traces().values_list("pk", flat=True))
        rewrite(_ANEW)
        CommentRound.objects.filter(pk__in=owed).update(traces_since=None)
    except DatabaseError:
        _LOG.warning(
            "the tables of the comments could not be rewritten; the housekeeping tries again", exc_info=True
        )
        return False
    return True


def forget_what_is_owed() -> bool:
    """Xóa nốt dấu vết: the housekeeping's part; True when nothing is owed any more."""
    return not commented.with_traces().exists() or forget()
