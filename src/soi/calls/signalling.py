"""Tín hiệu giữa các trang: passed on to one page of one endpoint; who is inside and who may send is checked here."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.db import transaction

from soi.base import bell
from soi.base.actor import Actor
from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.calls import actions, logic, queries
from soi.calls.enums import SignalKind
from soi.calls.models import Endpoint, Signal
from soi.conferences.models import Conference

MOST_BYTES = 32 * 1024
KEPT_SECONDS = 60
# One page of one endpoint says so much in a minute at most, however badly the network behaves.
MOST_A_MINUTE = 600
_FIELDS: dict[str, dict[str, type]] = {
    SignalKind.OFFER: {"session": str, "sdp": str},
    SignalKind.ANSWER: {"session": str, "sdp": str},
    SignalKind.CANDIDATE: {"session": str, "candidates": list},
    SignalKind.BYE: {"session": str},
}


@transaction.atomic
def send(
    *,
    actor: Actor,
    conference: Conference,
    client: str,
    to: str,
    kind: str,
    body: Any,
    now: dt.datetime,
) -> Signal:
    """Gửi tín hiệu to the page ``to``; refused from strangers, to strangers, too long, and out of turn."""
    sender = actions.check_joined(actor, conference, client)
    text = _checked(kind, body)
    addressee = queries.endpoints_of(conference).exclude(client="").filter(client=to).first()
    if addressee is None or addressee.pk == sender.pk:
        raise NotFound("Điểm cầu này đã rời phòng.")
    if "sdp" in body and logic.sends(body["sdp"]) and sender.pk not in queries.publishers_of(conference):
        raise NotAllowed("Chủ trì chưa mời điểm cầu này phát.")
    _sweep(sender, now)
    signal = Signal.objects.create(
        conference=conference,
        sender=sender,
        sender_client=client,
        addressee=addressee,
        client=to,
        kind=kind,
        body=text,
        at=now,
    )
    bell.ring(f"signal:{conference.pk}", signal.pk)
    return signal


def _checked(kind: str, body: Any) -> str:
    """The body as text: exactly the fields of its kind, and not longer than anything honest is."""
    fields = _FIELDS.get(kind)
    if fields is None or not isinstance(body, dict) or set(body) != set(fields):
        raise Invalid("Tín hiệu không đúng dạng.")
    if not all(isinstance(body[name], form) for name, form in fields.items()):
        raise Invalid("Tín hiệu không đúng dạng.")
    text = json.dumps(body, ensure_ascii=False)
    if len(text.encode()) > MOST_BYTES:
        raise Invalid("Tín hiệu quá dài.")
    return text


def _sweep(sender: Endpoint, now: dt.datetime) -> None:
    Signal.objects.filter(at__lt=now - dt.timedelta(seconds=KEPT_SECONDS)).delete()
    if Signal.objects.filter(sender=sender).count() >= MOST_A_MINUTE:
        raise Conflict("Máy này gửi quá nhiều tín hiệu. Hãy rời phòng, đợi một phút rồi nối lại.")


def message(signal: Signal) -> dict[str, Any]:
    """Tín hiệu as the page reads it."""
    return {
        "id": signal.pk,
        "from": signal.sender_id,
        "client": signal.sender_client,
        "to": signal.client,
        "kind": signal.kind,
        "body": json.loads(signal.body),
    }


def envelope(pk: int) -> tuple[int, dict[str, Any]] | None:
    """Phong bì for the stream: the account whose page it is for, and what to send there."""
    signal = Signal.objects.select_related("addressee").filter(pk=pk).first()
    if signal is None or signal.addressee.user_id is None or signal.addressee.client != signal.client:
        return None
    return signal.addressee.user_id, message(signal)
