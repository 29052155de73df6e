"""Lịch: read back with the library; folding, stable numbers, no injection; and the rights of each reading."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from icalendar import Calendar

from soi.access.actions import set_account_active
from soi.base.actor import Actor
from soi.base.errors import Conflict, NotAllowed, NotFound
from soi.conferences import actions as conferences
from soi.conferences.enums import ConferenceKind, Form
from soi.directives import carrying_out
from soi.history.models import Payload
from soi.notices import actions, calendars, queries
from soi.notices.models import CalendarFeed
from soi.org import staffing
from soi.work import progress
from soi.work.enums import Result
from tests.notices.story import Story


def feed(story: Story, key: str = "regiment", body: str = "", *, with_words: bool = True) -> str:
    _, secret = actions.make_feed(
        actor=story.actor(key), organization=story.region.bodies[body] if body else None,
        with_words=with_words, now=story.now,
    )  # fmt: skip
    return secret


def read(story: Story, secret: str, *, days: int = 0) -> bytes:
    return calendars.read(
        secret, now=story.now, today=story.today + dt.timedelta(days=days),
        link=lambda entry: f"https://soi.example.vn/{entry.kind}/{entry.pk}", host="soi.example.vn",
    )  # fmt: skip


def events(content: bytes) -> list[Any]:
    return Calendar.from_ical(content).walk("VEVENT")


# --- what stands in it ------------------------------------------------------------------------------------


def test_everything_that_has_a_date(story: Story) -> None:
    story.task(days=20)
    story.remedy(story.finding(), days=10)
    directive = story.directive("regiment", days=5, study_by=story.today + dt.timedelta(days=6))
    conference = conferences.record_conference(
        actor=story.region.system, organization=story.region.bodies["regiment"],
        kind=ConferenceKind.BRIEFING_QUARTER, form=Form.IN_PERSON, title="Giao ban quý IV",
        date_start=story.today, now=story.now,
    )  # fmt: skip
    found = {str(event["SUMMARY"]): event for event in events(read(story, feed(story)))}
    assert [event["DTSTART"].dt for event in found.values()] == [
        story.today + dt.timedelta(days=number) for number in (0, 5, 6, 10, 20)
    ]
    assert set(found) == {
        "Giao ban quý IV",
        f"Xác nhận đã nhận: {directive}",
        f"Quán triệt: {directive}",
        "Biện pháp: CANARY rà soát, ban hành lịch sinh hoạt của 5 chi bộ và kiểm tra mỗi tháng một lần",
        "Nhiệm vụ: CANARY rà soát, ban hành lịch sinh hoạt của 5 chi bộ và kiểm tra mỗi tháng một lần",
    }
    assert f"conference-{conference.pk}@soi.example.vn" in {str(event["UID"]) for event in found.values()}
    # What is done leaves the calendar.
    addressee = directive.addressees.get()
    carrying_out.acknowledge(actor=story.actor("regiment"), addressee=addressee, now=story.now)
    assert len(events(read(story, feed(story)))) == 4


def test_it_is_a_calendar_as_the_standard_asks(story: Story) -> None:
    story.task(
        statement="Rà soát 5 chi bộ; lập danh sách, báo cáo\r\nEND:VEVENT\r\nBEGIN:VALARM " + "Đảng ủy " * 30
    )
    content = read(story, feed(story))
    lines = content.split(b"\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in lines)
    for line in lines:
        line.decode("utf-8")  # no letter was cut in two
    (event,) = events(content)
    assert b"DTSTART;VALUE=DATE:20211231" in content
    assert b"DTEND;VALUE=DATE:20220101" in content
    assert event["DTSTAMP"].dt == story.now
    assert "BEGIN:VALARM" not in [line.decode() for line in lines]
    assert content.count(b"BEGIN:VEVENT") == content.count(b"\r\nEND:VEVENT\r\n") == 1
    assert "END:VEVENT" in str(event["DESCRIPTION"])
    assert len(str(event["SUMMARY"])) <= 160


def test_numbers_stay_the_same_from_reading_to_reading(story: Story) -> None:
    story.task()
    story.directive("regiment", study_by=story.today + dt.timedelta(days=60))
    secret = feed(story)
    first, again = read(story, secret), read(story, secret)
    assert first == again
    uids = [str(event["UID"]) for event in events(first)]
    assert len(set(uids)) == len(uids) == 3


def test_unless_asked_for_no_word_of_a_record_stands_in_it(story: Story) -> None:
    story.task()
    story.remedy(story.finding())
    story.directive("regiment")
    content = read(story, feed(story, with_words=False))
    assert len(events(content)) == 3
    assert b"CANARY" not in content
    body = read(story, feed(story, "secretary", "regiment", with_words=False))
    assert b"CANARY" not in body
    assert "Trung đoàn" not in body.decode()
    # Positive control.
    assert b"CANARY" in read(story, feed(story))


def test_the_calendar_of_a_body_holds_the_work_of_that_body_only(story: Story) -> None:
    task = story.task("regiment")
    other = story.task("brigade", by="clerk", assigned_by=story.region.bodies["region"])
    uids = {str(event["UID"]) for event in events(read(story, feed(story, "secretary", "regiment")))}
    assert uids == {f"task-{task.pk}@soi.example.vn"}
    uids = {str(event["UID"]) for event in events(read(story, feed(story, "secretary", "brigade")))}
    assert uids == {f"task-{other.pk}@soi.example.vn"}


def test_what_is_done_and_what_is_long_past_is_left_out(story: Story) -> None:
    task = story.task()
    progress.report_done(
        actor=story.actor("regiment"), task=task, note="Xong", result=Result.ACHIEVED, now=story.now
    )
    past = story.today - dt.timedelta(days=200)
    story.task(historic=True, created_on=past, start_on=past, due_on=past + dt.timedelta(days=5))
    assert events(read(story, feed(story))) == []


# --- whose right it is ------------------------------------------------------------------------------------


def end_post(story: Story, key: str) -> None:
    staffing.end_membership(
        actor=story.region.system, membership=story.region.posts[key].memberships.get(),
        on=story.today - dt.timedelta(days=1), now=story.now,
    )  # fmt: skip


def test_after_the_post_has_ended_the_calendar_is_empty_or_gone(story: Story) -> None:
    story.task()
    mine, body = feed(story), feed(story, "division", "regiment")
    assert b"CANARY" in read(story, mine)
    assert b"CANARY" in read(story, body)
    end_post(story, "regiment")
    end_post(story, "division")
    assert events(read(story, mine)) == []
    with pytest.raises(NotFound):
        read(story, body)


def test_a_locked_account_has_no_calendar(story: Story) -> None:
    story.task()
    secret, account = feed(story), story.region.users["regiment"]
    set_account_active(actor=story.region.system, user=account, active=False, now=story.now)
    with pytest.raises(NotFound):
        read(story, secret)
    set_account_active(actor=story.region.system, user=account, active=True, now=story.now)
    assert len(events(read(story, secret))) == 1


def test_a_withdrawn_or_renewed_key_answers_nothing(story: Story) -> None:
    first = feed(story)
    second = feed(story)
    with pytest.raises(NotFound):
        read(story, first)
    assert read(story, second)
    kept = CalendarFeed.objects.get(withdrawn_at=None)
    actions.withdraw_feed(actor=story.actor("regiment"), feed=kept, now=story.now)
    with pytest.raises(NotFound):
        read(story, second)
    with pytest.raises(Conflict):
        actions.withdraw_feed(actor=story.actor("regiment"), feed=kept, now=story.now)


@pytest.mark.parametrize("key", ["", "x", "a" * 43, "'; DROP TABLE", "\x00", "ổ" * 20])
def test_a_key_that_never_was(story: Story, key: str) -> None:
    with pytest.raises(NotFound):
        read(story, key)


def test_the_key_is_kept_nowhere(story: Story) -> None:
    secret = feed(story)
    row = CalendarFeed.objects.get()
    assert len(secret) >= 43
    assert secret not in repr(vars(row))
    assert row.key_hash == calendars.key_hash(secret) != secret
    assert all(secret not in str(payload.facts) for payload in Payload.objects.all())


def test_only_a_body_that_one_may_read(story: Story) -> None:
    for key, body in [
        ("brigade", "regiment"),
        ("member", "regiment"),
        ("press", "division"),
        ("admin", "region"),
    ]:
        with pytest.raises(NotFound):
            feed(story, key, body)
    assert feed(story, "press", "region")
    assert feed(story, "member", "cell")


def test_nobody_withdraws_anothers_calendar(story: Story) -> None:
    feed(story)
    row = CalendarFeed.objects.get()
    with pytest.raises(NotAllowed):
        actions.withdraw_feed(actor=story.actor("secretary"), feed=row, now=story.now)
    with pytest.raises(NotFound):
        queries.get_feed(story.actor("secretary"), row.pk)
    assert list(queries.feeds_of(story.actor("regiment"))) == [row]


def test_the_system_has_no_calendar(story: Story, system: Actor) -> None:
    with pytest.raises(NotAllowed):
        actions.make_feed(actor=system, organization=None, with_words=True, now=story.now)


def test_not_without_end(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_FEEDS", 2)
    feed(story, "secretary", "regiment")
    feed(story, "secretary", "division")
    with pytest.raises(Conflict):
        feed(story, "secretary", "brigade")
    assert feed(story, "secretary", "division")  # renewing one takes no new place
