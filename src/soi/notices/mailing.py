"""Gửi thư: waiting notices of a person become one message, with the rights of the moment it is sent.

A message is claimed before it is sent (its next try moves ahead in a transaction of its own) and marked after.
So two workers never send the same one, and a crash between the two resends at most one.
"""

from __future__ import annotations

import datetime as dt
import logging
import smtplib
from collections import defaultdict
from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation

from soi.access.models import User
from soi.access.queries import actor_of
from soi.base.locks import Alone, hold_alone
from soi.notices import queries
from soi.notices.enums import MailMode, MailState
from soi.notices.logic.timing import wait_before
from soi.notices.models import Mail, Notice, Preference
from soi.notices.posting import quiet_of
from soi.notices.wording import body_of, subject_of

logger = logging.getLogger(__name__)

Address = Callable[[int], str]

MOST_TRIES = 8
# What a mail server or the way to it may raise; a message of odd content raises ValueError before it leaves.
_FAULTS = (smtplib.SMTPException, OSError, ValueError)


def mail_notices(*, now: dt.datetime, address: Address, at_once: int = 200) -> int:
    """Lập thư và gửi những thư đã đến giờ; returns how many left. Nothing happens where no mail is set up.

    ``address`` gives the page of a notice by its number, or nothing where Soi does not know its own address.
    """
    if not settings.MAIL_IS_SET_UP:
        return 0
    gather(now=now)
    waiting = Mail.objects.filter(state=MailState.WAITING, next_at__lte=now).order_by("next_at", "pk")
    return sum(deliver(mail, now=now, address=address) for mail in waiting[:at_once])


def gather(*, now: dt.datetime, at_once: int = 5000) -> int:
    """Gom thông báo đã đến giờ gửi thành thư, one for each person; returns how many messages were made."""
    due = Notice.objects.filter(mail=None, mail_at__lte=now)
    if not due.exists():
        return 0
    with transaction.atomic():
        hold_alone(Alone.NOTICING)
        by_person: defaultdict[int, list[int]] = defaultdict(list)
        for pk, person in due.order_by("mail_at", "pk").values_list("pk", "person_id")[:at_once]:
            by_person[person].append(pk)
        for person, notices in by_person.items():
            mail = Mail.objects.create(person_id=person, made_at=now, next_at=now)
            Notice.objects.filter(pk__in=notices).update(mail=mail)
    return len(by_person)


def deliver(mail: Mail, *, now: dt.datetime, address: Address) -> bool:
    """Gửi một thư; whether it left. Its fate is written in any case, so that it never blocks the others."""
    if not _claimed(mail, now):
        return False
    message = _message(mail, now, address)
    if message is None:
        return False
    try:
        message.send()
    except _FAULTS as error:
        _failed(mail, error)
        return False
    Mail.objects.filter(pk=mail.pk).update(state=MailState.SENT, sent_at=now, fault="")
    return True


def _claimed(mail: Mail, now: dt.datetime) -> bool:
    """Only one worker gets it: whoever moves the number of tries from what both have read."""
    mine = Mail.objects.filter(pk=mail.pk, state=MailState.WAITING, tries=mail.tries, next_at__lte=now)
    return bool(mine.update(tries=F("tries") + 1, next_at=now + wait_before(mail.tries)))


def _failed(mail: Mail, error: Exception) -> None:
    fault = type(error).__name__
    # Neither the address nor what the server said goes into the log: it may repeat the address.
    logger.warning("mail %s was not taken (%s), try %s", mail.pk, fault, mail.tries + 1)
    given_up = mail.tries + 1 >= MOST_TRIES
    values = {"fault": fault} | ({"state": MailState.FAILED} if given_up else {})
    Mail.objects.filter(pk=mail.pk).update(**values)


def _message(mail: Mail, now: dt.datetime, address: Address) -> EmailMessage | None:
    """Nội dung thư, worked out now; None when nothing may be sent (any more), or not at this hour."""
    user = User.objects.filter(person_id=mail.person_id, is_active=True).select_related("person").first()
    preference = queries.preference_of(mail.person_id)
    if user is None or not user.email or preference.mode == MailMode.NEVER:
        _drop(mail)
        return None
    if _must_wait(mail, preference, now):
        return None
    actor = actor_of(user, today=timezone.localdate(now), via="mail")
    notices = list(queries.visible_to(actor).filter(mail=mail, read_at=None).order_by("at", "pk"))
    if not notices:
        _drop(mail)
        return None
    return _written(mail, user, notices, address)


def _must_wait(mail: Mail, preference: Preference, now: dt.datetime) -> bool:
    local = timezone.localtime(now)
    after = quiet_of(preference).over(local)
    if after > local:
        Mail.objects.filter(pk=mail.pk).update(next_at=after, tries=mail.tries)
    return after > local


def _drop(mail: Mail) -> None:
    Mail.objects.filter(pk=mail.pk).update(state=MailState.DROPPED)


def _written(mail: Mail, user: User, notices: list[Notice], address: Address) -> EmailMessage:
    with translation.override(settings.LANGUAGE_CODE):
        links = {notice.pk: link for notice in notices if (link := address(notice.pk))}
        subject, body = subject_of(notices), body_of(notices, links)
    # The same number at each try, so that a mailbox can tell a message sent twice.
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ") or "localhost"
    headers = {
        "Message-ID": f"<soi-{mail.pk}-{int(mail.made_at.timestamp())}@{host}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [user.email], headers=headers)
