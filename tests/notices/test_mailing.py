"""Thư: neutral words, the rights of the moment of sending, hours of rest, no doubles, no mail that blocks others."""

from __future__ import annotations

import datetime as dt
import smtplib
import threading
from typing import Any

import pytest
from django.core import mail as outgoing
from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone

from soi.access.actions import set_account_active
from soi.base.errors import Invalid
from soi.notices import actions, mailing, queries
from soi.notices.deadlines import note_deadlines
from soi.notices.enums import MailMode, MailState
from soi.notices.mailing import gather, mail_notices
from soi.notices.models import Mail, Notice
from soi.org import staffing
from tests.factories import build_region
from tests.notices.story import Story

HOME = "https://soi.example.vn"


def address(pk: int) -> str:
    return f"{HOME}/thong-bao/{pk}/"


@pytest.fixture(autouse=True)
def _mail_is_set_up(settings: Any) -> None:
    settings.MAIL_IS_SET_UP = True
    settings.DEFAULT_FROM_EMAIL = "Soi <soi@example.vn>"


def wants(story: Story, key: str = "regiment", mode: MailMode = MailMode.AT_ONCE, **more: Any) -> None:
    facts: dict[str, Any] = {
        "quiet_from": dt.time(21), "quiet_to": dt.time(6), "email": f"{key}@example.vn",
    }  # fmt: skip
    actions.save_preference(actor=story.actor(key), mode=mode, now=story.now, **(facts | more))


def send(now: dt.datetime) -> int:
    return mail_notices(now=now, address=address)


def local(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime(2021, 12, day, hour, minute))  # noqa: DTZ001 (made aware here)


# --- what is in it --------------------------------------------------------------------------------------


def test_a_mail_says_that_something_happened_and_nothing_of_what(story: Story) -> None:
    wants(story)
    story.task()
    story.tell()
    assert send(story.now) == 1
    (sent,) = outgoing.outbox
    assert sent.to == ["regiment@example.vn"]
    assert sent.from_email == "Soi <soi@example.vn>"
    assert sent.subject == "Soi: có một việc mới cho đồng chí"
    assert "Đồng chí được giao nhiệm vụ (08:30 01/12/2021)" in sent.body
    assert address(Notice.objects.get().pk) in sent.body
    whole = sent.message().as_string() + sent.body + sent.subject
    for hidden in ("CANARY", "Hồ Thị Văn", "Trung đoàn", "Mai Văn Trung"):
        assert hidden not in whole


def test_no_line_of_a_header_comes_from_a_record_or_a_name(story: Story) -> None:
    """W8: what people typed reaches no header; a name with a line break neither."""
    wants(story)
    story.task(statement="Rà soát 5 chi bộ và báo cáo kết quả\r\nBcc: kẻ gian@example.vn")
    story.tell()
    Notice.objects.update(by="Kẻ gian\nBcc: x@example.vn")
    send(story.now)
    (sent,) = outgoing.outbox
    headers = dict(sent.message().items())
    assert sorted(headers) == [
        "Auto-Submitted", "Content-Transfer-Encoding", "Content-Type", "Date", "From", "MIME-Version",
        "Message-ID", "Subject", "To", "X-Auto-Response-Suppress",
    ]  # fmt: skip
    assert "Bcc" not in sent.body
    assert sent.recipients() == ["regiment@example.vn"]


@pytest.mark.parametrize(
    "email",
    ["a@b.vn\r\nBcc: c@d.vn", "a@b.vn, c@d.vn", "không phải địa chỉ", "a@b", "<a@b.vn>", "a@b.vn\x00", "@",
     "a" * 300 + "@b.vn"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(story: Story, email: str) -> None:
    with pytest.raises(Invalid) as refused:
        wants(story, email=email)
    assert "email" in refused.value.fields
    wants(story, email="  an.nguyen@donvi.vn ")
    assert queries.address_of(story.actor("regiment")) == "an.nguyen@donvi.vn"


def test_without_its_own_address_soi_says_where_to_look(story: Story) -> None:
    wants(story)
    story.task()
    story.tell()
    mail_notices(now=story.now, address=lambda _pk: "")
    assert "http" not in outgoing.outbox[0].body
    assert "Đăng nhập Soi, mở Thông báo" in outgoing.outbox[0].body


def test_what_is_late_is_named_by_its_kind(story: Story) -> None:
    wants(story)
    story.task(days=30)
    note_deadlines(now=story.now + dt.timedelta(days=31))
    send(story.now + dt.timedelta(days=31))
    assert "- Đã quá hạn: nhiệm vụ (08:30 01/01/2022)" in outgoing.outbox[0].body


def test_very_many_notices_are_one_mail_of_bearable_length(story: Story) -> None:
    wants(story)
    for _ in range(60):
        story.task()
    story.tell()
    assert send(story.now) == 1
    assert outgoing.outbox[0].body.count(HOME) == 40
    assert "… và 20 việc khác." in outgoing.outbox[0].body
    assert outgoing.outbox[0].subject == "Soi: có 60 việc mới cho đồng chí"


# --- when -------------------------------------------------------------------------------------------------


def test_by_default_one_mail_a_day_at_seven(story: Story) -> None:
    wants(story, mode=MailMode.DAILY)
    story.task()
    story.task()
    story.tell()
    assert send(story.now) == 0
    assert send(local(2, 6, 59)) == 0
    assert send(local(2, 7)) == 1
    assert outgoing.outbox[0].subject == "Soi: có 2 việc mới cho đồng chí"
    assert send(local(2, 7)) == 0


@pytest.mark.parametrize(("asked", "sent"), [((1, 20, 59), True), ((1, 21), False), ((2, 5, 59), False)])
def test_nothing_leaves_in_the_hours_of_rest(story: Story, asked: tuple[int, ...], sent: bool) -> None:
    wants(story)
    moment = local(*asked)
    story.task()
    story.tell(now=moment)
    assert send(moment) == int(sent)
    assert send(local(2, 6)) == int(not sent)
    assert len(outgoing.outbox) == 1


def test_hours_of_rest_set_after_the_notice_was_made_still_hold(story: Story) -> None:
    wants(story)
    story.task()
    story.tell()
    gather(now=story.now)
    wants(story, quiet_from=dt.time(8), quiet_to=dt.time(17))
    assert send(story.now) == 0
    assert Mail.objects.get().tries == 0  # waiting is no failed try
    assert send(local(1, 17)) == 1


def test_a_changed_choice_holds_for_what_waits(story: Story) -> None:
    wants(story, mode=MailMode.DAILY)
    story.task()
    story.tell()
    wants(story, mode=MailMode.AT_ONCE)
    assert send(story.now) == 1
    story.task()
    story.tell()
    wants(story, mode=MailMode.NEVER)
    assert send(local(9, 9)) == 0


def test_whoever_wants_no_mail_or_gave_no_address_gets_none(story: Story) -> None:
    story.task("regiment")
    wants(story, "division", MailMode.NEVER)
    story.task("division")
    story.tell()
    assert Notice.objects.count() == 2
    assert send(local(9, 9)) == 0
    assert outgoing.outbox == []
    # An address given later brings what comes from then on, not what was before.
    wants(story, "regiment")
    assert send(local(9, 10)) == 0


def test_without_a_mail_server_nothing_is_kept_for_later(story: Story, settings: Any) -> None:
    settings.MAIL_IS_SET_UP = False
    wants(story)
    story.task()
    story.tell()
    assert send(story.now) == 0
    settings.MAIL_IS_SET_UP = True
    assert send(local(9, 9)) == 0
    assert queries.unread_count(story.actor("regiment")) == 1


def test_what_was_read_meanwhile_is_not_mailed(story: Story) -> None:
    wants(story, mode=MailMode.DAILY)
    story.task()
    story.tell()
    actions.mark_all_read(actor=story.actor("regiment"), now=story.now)
    assert send(local(2, 7)) == 0
    assert Mail.objects.get().state == MailState.DROPPED


# --- rights at delivery (A5) ------------------------------------------------------------------------------


@pytest.mark.parametrize("already_gathered", [False, True])
def test_no_mail_leaves_after_the_post_has_ended(story: Story, *, already_gathered: bool) -> None:
    wants(story)
    story.task()
    story.tell()
    if already_gathered:
        gather(now=story.now)
    region = story.region
    staffing.end_membership(
        actor=region.system, membership=region.posts["regiment"].memberships.get(),
        on=story.today - dt.timedelta(days=1), now=story.now,
    )  # fmt: skip
    assert send(story.now) == 0
    assert send(local(9, 9)) == 0
    assert outgoing.outbox == []
    assert Mail.objects.get().state == MailState.DROPPED


def test_no_mail_to_a_locked_account(story: Story) -> None:
    wants(story)
    story.task()
    story.tell()
    set_account_active(
        actor=story.region.system, user=story.region.users["regiment"], active=False, now=story.now
    )
    assert send(local(9, 9)) == 0
    assert outgoing.outbox == []


# --- failures ---------------------------------------------------------------------------------------------


def fail_for(monkeypatch: pytest.MonkeyPatch, bad: str, error: Exception) -> list[str]:
    tried: list[str] = []
    real = EmailMessage.send

    def send_or_fail(self: EmailMessage, fail_silently: bool = False) -> int:
        tried.extend(self.to)
        if bad in self.to:
            raise error
        return real(self, fail_silently)

    monkeypatch.setattr(EmailMessage, "send", send_or_fail)
    return tried


@pytest.mark.parametrize(
    "error", [smtplib.SMTPRecipientsRefused({}), ConnectionRefusedError(), TimeoutError(), ValueError("odd")]
)
def test_a_mail_that_is_not_taken_blocks_nobody_and_is_tried_again_later(
    story: Story, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    tried = fail_for(monkeypatch, "regiment@example.vn", error)
    for key in ("regiment", "division"):
        wants(story, key)
        story.task(key)
    story.tell()
    assert send(story.now) == 1
    assert [message.to for message in outgoing.outbox] == [["division@example.vn"]]
    assert send(story.now) == 0
    assert tried.count("regiment@example.vn") == 1
    send(story.now + dt.timedelta(minutes=5))
    assert tried.count("regiment@example.vn") == 2
    assert "regiment@example.vn" not in caplog.text
    monkeypatch.undo()


def test_it_gives_up_after_some_days_and_says_so(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = fail_for(monkeypatch, "regiment@example.vn", smtplib.SMTPServerDisconnected("away"))
    wants(story, quiet_from=dt.time(0), quiet_to=dt.time(0))
    story.task()
    story.tell()
    for hour in range(24 * 7):
        send(story.now + dt.timedelta(hours=hour))
    mail = Mail.objects.get()
    assert (mail.state, mail.tries, len(tried)) == (MailState.FAILED, 8, 8)
    assert mail.fault == "SMTPServerDisconnected"


def test_a_crash_between_sending_and_marking_resends_once_under_the_same_number(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    wants(story)
    story.task()
    story.tell()
    real = EmailMessage.send

    def send_and_die(self: EmailMessage, fail_silently: bool = False) -> int:
        real(self, fail_silently)
        raise KeyboardInterrupt

    monkeypatch.setattr(EmailMessage, "send", send_and_die)
    with pytest.raises(KeyboardInterrupt):
        send(story.now)
    monkeypatch.undo()
    assert send(story.now) == 0  # claimed: not again at once
    assert send(story.now + dt.timedelta(minutes=5)) == 1
    assert send(story.now + dt.timedelta(days=3)) == 0
    numbers = {message.extra_headers["Message-ID"] for message in outgoing.outbox}
    assert len(outgoing.outbox) == 2
    assert len(numbers) == 1


def test_of_two_who_take_the_same_mail_one_sends_it(story: Story) -> None:
    wants(story)
    story.task()
    story.tell()
    gather(now=story.now)
    first, second = Mail.objects.get(), Mail.objects.get()
    assert mailing.deliver(first, now=story.now, address=address)
    assert not mailing.deliver(second, now=story.now, address=address)
    assert len(outgoing.outbox) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_two_workers_at_once_send_each_mail_once(now: dt.datetime) -> None:
    story = Story(build_region(now), now)
    keys = ["regiment", "division", "member", "brigade", "commander", "secretary"]
    for key in keys:
        wants(story, key)
        story.task(key, by="clerk", assigned_by=story.region.bodies["region"])
    story.tell()
    start = threading.Barrier(2)

    def work() -> None:
        try:
            start.wait()
            send(now)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    send(now)
    assert sorted(message.to[0] for message in outgoing.outbox) == sorted(f"{key}@example.vn" for key in keys)
