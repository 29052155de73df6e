"""Trang Thông báo: the inbox, the bell, the settings, the calendar door; with the rights of the moment."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from soi.access.actions import set_account_active
from soi.findings import actions as findings
from soi.findings.enums import ResponsibilityKind
from soi.notices import queries
from soi.notices.models import CalendarFeed, Mail, Notice, Preference
from soi.org import staffing
from tests.factories import PASSWORD, Region, build_region
from tests.notices.story import Story


@pytest.fixture
def story(db: Any) -> Story:
    """The region as of today: pages ask the real clock."""
    now = timezone.now()
    story = Story(build_region(now), now)
    story.tell()
    return story


def sign_in(region: Region, username: str) -> Client:
    client = Client()
    client.force_login(region.users[username])
    return client


def end_post(story: Story, key: str) -> None:
    staffing.end_membership(
        actor=story.region.system, membership=story.region.posts[key].memberships.get(),
        on=story.today - dt.timedelta(days=1), now=story.now,
    )  # fmt: skip


# --- the inbox -------------------------------------------------------------------------------------------


def test_an_empty_inbox_says_what_will_stand_here(story: Story) -> None:
    page = sign_in(story.region, "regiment").get(reverse("notice_list"))
    assert "Chưa có thông báo nào" in page.text
    assert reverse("notice_settings") in page.text


def test_each_line_says_what_happened_to_which_record_and_who_did_it(story: Story) -> None:
    remedy = story.remedy(story.finding())
    story.tell()
    page = sign_in(story.region, "regiment").get(reverse("notice_list"))
    assert "Đồng chí được giao biện pháp khắc phục" in page.text
    assert str(remedy) in page.text
    assert "Hồ Thị Văn" in page.text
    assert "1 thông báo chưa đọc" in page.text


def test_opening_leads_to_the_record_and_marks_it_read(story: Story) -> None:
    remedy = story.remedy(story.finding())
    story.tell()
    client, notice = sign_in(story.region, "regiment"), Notice.objects.get()
    opened = client.get(reverse("notice_open", args=[notice.pk]))
    assert opened.headers["Location"] == reverse("finding_detail", args=[remedy.finding_id])
    notice.refresh_from_db()
    assert notice.read_at is not None
    first = notice.read_at
    client.get(reverse("notice_open", args=[notice.pk]))
    notice.refresh_from_db()
    assert notice.read_at == first
    assert "Đánh dấu tất cả đã đọc" not in client.get(reverse("notice_list")).text


@pytest.mark.parametrize("kind", ["task", "remedy", "finding", "directive", "addressee"])
def test_every_kind_of_record_is_shown_and_opens(story: Story, kind: str) -> None:
    _everything(story)
    client = sign_in(story.region, "regiment")
    page = client.get(reverse("notice_list"), {"kind": kind})
    assert "CANARY" in page.text
    notice = Notice.objects.filter(record_kind=kind, person=story.region.people["regiment"]).first()
    assert notice is not None
    assert client.get(reverse("notice_open", args=[notice.pk]), follow=True).status_code == 200


def _everything(story: Story) -> None:
    from soi.directives import carrying_out

    story.task()
    finding = story.finding()
    story.remedy(finding)
    findings.add_responsibility(
        actor=story.actor("divisionclerk"), finding=finding, kind=ResponsibilityKind.HEAD,
        organization=story.region.bodies["regiment"], post=story.region.posts["regiment"], now=story.now,
    )  # fmt: skip
    directive = story.directive("regiment")
    carrying_out.remind(actor=story.actor("clerk"), addressees=[directive.addressees.get()], now=story.now)
    story.tell()


def test_unread_first_then_the_newest(story: Story) -> None:
    for _ in range(3):
        story.task()
    story.tell()
    first, second, third = Notice.objects.order_by("pk")
    Notice.objects.filter(pk=third.pk).update(read_at=story.now)
    page = sign_in(story.region, "regiment").get(reverse("notice_list"))
    shown = [int(pk) for pk in re.findall(r'class="todo-title" href="/thong-bao/(\d+)/"', page.text)]
    assert shown == [second.pk, first.pk, third.pk]
    only = sign_in(story.region, "regiment").get(reverse("notice_list"), {"unread": "1"})
    assert f"/thong-bao/{third.pk}/" not in only.text


def test_marking_one_and_all(story: Story) -> None:
    for _ in range(3):
        story.task()
    story.tell()
    client = sign_in(story.region, "regiment")
    notice = Notice.objects.order_by("pk")[0]
    back = f"{reverse('notice_list')}?page=1"
    answer = client.post(reverse("notice_reading", args=[notice.pk]), {"next": back})
    assert answer.headers["Location"] == back
    assert Notice.objects.filter(read_at=None).count() == 2
    client.post(reverse("notices_reading"))
    assert not Notice.objects.filter(read_at=None).exists()


def test_the_way_back_leads_nowhere_else(story: Story) -> None:
    story.task()
    story.tell()
    client = sign_in(story.region, "regiment")
    answer = client.post(
        reverse("notice_reading", args=[Notice.objects.get().pk]), {"next": "https://elsewhere.example/"}
    )
    assert answer.headers["Location"] == reverse("notice_list")


def test_marking_all_read_is_only_for_oneself(story: Story) -> None:
    story.task("regiment")
    story.task("division")
    story.tell()
    sign_in(story.region, "division").post(reverse("notices_reading"))
    assert [notice.person for notice in Notice.objects.filter(read_at=None)] == [
        story.region.people["regiment"]
    ]


def test_pages_of_25_and_odd_page_numbers(story: Story) -> None:
    for _ in range(26):
        story.task()
    story.tell()
    client = sign_in(story.region, "regiment")
    assert client.get(reverse("notice_list")).text.count("todo-item ") == 25
    for page in ("2", "99999999999999999999", "-1", "abc", "%00", ""):
        assert client.get(f"{reverse('notice_list')}?page={page}").status_code == 200


@pytest.mark.parametrize(
    "query", ["kind=nothing", "kind=%00", "kind=task&kind=remedy", "unread=9", "kind=%ff"]
)
def test_odd_filters_are_no_error(story: Story, query: str) -> None:
    story.task()
    story.tell()
    answer = sign_in(story.region, "regiment").get(f"{reverse('notice_list')}?{query}")
    assert answer.status_code == 200


@pytest.mark.parametrize("number", ["987654321", "99999999999999999999999"])
def test_a_notice_that_never_was(story: Story, number: str) -> None:
    assert sign_in(story.region, "regiment").get(f"/thong-bao/{number}/").status_code == 404


def test_an_ended_post_hides_everything_at_once(story: Story) -> None:
    """A5 at the inbox: page, bell and link, with the words still in the record."""
    _everything(story)
    client = sign_in(story.region, "regiment")
    numbers = list(Notice.objects.filter(person=story.region.people["regiment"]).values_list("pk", flat=True))
    assert "CANARY" in client.get(reverse("notice_list")).text
    end_post(story, "regiment")
    page = client.get(reverse("notice_list"))
    # The finding names the person: that, and nothing else, everybody keeps seeing (no hidden file on anybody).
    assert page.text.count("todo-item ") == 2
    assert client.get(reverse("notice_count")).json()["unread"] == 2
    seen = [pk for pk in numbers if client.get(reverse("notice_open", args=[pk])).status_code == 302]
    assert {Notice.objects.get(pk=pk).record_kind for pk in seen} == {"finding", "remedy"}


def test_the_inbox_costs_the_same_for_one_and_for_many(story: Story) -> None:
    def cost() -> int:
        client = sign_in(story.region, "regiment")
        client.get(reverse("notice_list"))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("notice_list")).status_code == 200
        return len(asked)

    story.task()
    story.tell()
    one = cost()
    for _ in range(2):
        story.task()
    story.tell()
    assert cost() == one == 7
    _everything(story)
    assert cost() <= 12


# --- the bell --------------------------------------------------------------------------------------------


def test_the_bell_counts_and_no_page_waits_for_it(story: Story) -> None:
    story.task()
    story.task()
    story.tell()
    client = sign_in(story.region, "regiment")
    page = client.get(reverse("my_work"))
    assert f'data-count="{reverse("notice_count")}"' in page.text
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(reverse("notice_count"))
    assert answer.json() == {"unread": 2, "shown": "2"}
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(asked) == 4  # session, account, rights, and one for the number
    assert sign_in(story.region, "division").get(reverse("notice_count")).json() == {"unread": 0, "shown": ""}


def test_very_many_unread_are_counted_up_to_a_hundred(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_COUNTED", 3)
    for _ in range(5):
        story.task()
    story.tell()
    answer = sign_in(story.region, "regiment").get(reverse("notice_count"))
    assert answer.json() == {"unread": 3, "shown": "2+"}


def test_the_sign_in_page_has_no_bell(story: Story) -> None:
    assert "data-bell" not in Client().get(reverse("account_login")).text


# --- how one is told -------------------------------------------------------------------------------------

CHOICE = {"mode": "at_once", "email": "an@example.vn", "quiet_from": "22:00", "quiet_to": "05:30"}


def test_settings_are_kept_and_say_when_no_mail_is_set_up(story: Story, settings: Any) -> None:
    client = sign_in(story.region, "regiment")
    page = client.get(reverse("notice_settings"))
    assert "chưa cài đặt gửi thư" in page.text
    assert 'value="21:00"' in page.text
    assert client.post(reverse("notice_settings"), CHOICE).status_code == 302
    kept = Preference.objects.get()
    assert (kept.mode, kept.quiet_from, kept.quiet_to) == ("at_once", dt.time(22), dt.time(5, 30))
    settings.MAIL_IS_SET_UP = True
    page = client.get(reverse("notice_settings"))
    assert "chưa cài đặt gửi thư" not in page.text
    assert 'value="an@example.vn"' in page.text
    # Nobody else's page shows the address.
    for other in ("secretary", "admin", "division"):
        assert "an@example.vn" not in sign_in(story.region, other).get(reverse("notice_settings")).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "không phải"}, {"email": "a@b.vn\nBcc: x@y.vn"}, {"mode": "hourly"}, {"mode": ""},
        {"quiet_from": "25:00"}, {"quiet_to": "đêm"}, {"quiet_from": ""}, {"email": "a\x00@b.vn"},
    ],
)  # fmt: skip
def test_what_cannot_be_kept_comes_back_with_a_sentence(story: Story, wrong: dict[str, str]) -> None:
    client = sign_in(story.region, "regiment")
    answer = client.post(reverse("notice_settings"), CHOICE | wrong)
    assert answer.status_code == 422
    assert "field-error" in answer.text or "has-error" in answer.text
    assert not Preference.objects.exists()


def test_a_person_with_an_address_still_signs_in(story: Story) -> None:
    """The address is for notices only: the sign-in neither asks for nor verifies it."""
    sign_in(story.region, "regiment").post(reverse("notice_settings"), CHOICE)
    client = Client()
    answer = client.post(reverse("account_login"), {"login": "regiment", "password": PASSWORD})
    assert answer.headers["Location"] == reverse("my_work")
    assert client.get(reverse("mfa_activate_totp"), follow=True).status_code == 200
    page = client.get(reverse("mfa_activate_totp"), follow=True).text
    assert "email" not in page.lower() or "verif" not in page.lower()


def test_recent_mails_are_shown_to_their_reader(story: Story) -> None:
    Mail.objects.create(
        person=story.region.people["regiment"],
        made_at=story.now,
        next_at=story.now,
        state="sent",
        sent_at=story.now,
    )
    assert "Đã gửi" in sign_in(story.region, "regiment").get(reverse("notice_settings")).text
    assert "Đã gửi" not in sign_in(story.region, "division").get(reverse("notice_settings")).text


# --- the calendar ----------------------------------------------------------------------------------------


def make_feed(client: Client, **data: str) -> str:
    answer = client.post(reverse("feed_new"), data)
    assert answer.status_code == 200
    found = re.search(r'value="(http[^"]+\.ics)"', answer.text)
    assert found
    return found.group(1).replace("http://testserver", "")


def test_a_calendar_is_made_shown_once_read_without_signing_in_and_withdrawn(story: Story) -> None:
    story.task()
    client = sign_in(story.region, "regiment")
    path = make_feed(client, with_words="on")
    assert path not in client.get(reverse("notice_settings")).text
    read = Client().get(path)
    assert read.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert read.headers["Cache-Control"] == "private, no-store"
    assert b"CANARY" in read.content
    assert not read.cookies
    assert Client().head(path).status_code == 200
    client.post(reverse("feed_withdrawal", args=[CalendarFeed.objects.get().pk]))
    assert Client().get(path).status_code == 404
    assert client.post(reverse("feed_withdrawal", args=[CalendarFeed.objects.get().pk])).status_code == 404


def test_the_calendar_follows_the_rights_of_its_owner(story: Story) -> None:
    story.task()
    mine = make_feed(sign_in(story.region, "regiment"), with_words="on")
    body = story.region.bodies["regiment"]
    of_body = make_feed(sign_in(story.region, "division"), organization=str(body.pk), with_words="on")
    assert b"CANARY" in Client().get(mine).content
    assert b"CANARY" in Client().get(of_body).content
    end_post(story, "regiment")
    end_post(story, "division")
    assert b"CANARY" not in Client().get(mine).content
    assert Client().get(of_body).status_code == 404
    set_account_active(
        actor=story.region.system, user=story.region.users["regiment"], active=False, now=story.now
    )
    assert Client().get(mine).status_code == 404


def test_a_wrong_key_answers_like_a_missing_page(story: Story) -> None:
    real = make_feed(sign_in(story.region, "regiment"))
    wrong = Client().get("/lich/khong-co-lich-nay.ics")
    assert wrong.status_code == 404
    assert "CANARY" not in wrong.text
    sign_in(story.region, "regiment").post(reverse("feed_new"))
    renewed = Client().get(real)
    assert renewed.status_code == 404
    assert renewed.text.replace(real, "") == wrong.text.replace("/lich/khong-co-lich-nay.ics", "")


def test_a_calendar_of_a_body_out_of_reach_is_not_offered(story: Story) -> None:
    client, body = sign_in(story.region, "brigade"), story.region.bodies["regiment"]
    assert "Trung đoàn 91" not in client.get(reverse("notice_settings")).text
    answer = client.post(reverse("feed_new"), {"organization": str(body.pk)})
    assert answer.status_code == 422
    assert not CalendarFeed.objects.exists()
