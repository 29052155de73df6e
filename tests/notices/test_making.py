"""Từ lịch sử thành thông báo: who is told of what, once, in the order of commits, never the author."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from soi.access.actions import delegate
from soi.briefings import actions as briefings
from soi.directives import actions as directives
from soi.directives import carrying_out
from soi.findings import actions as findings
from soi.findings import remedies
from soi.findings.enums import ResponsibilityKind
from soi.history.actions import record, seal_pending
from soi.history.models import Event
from soi.notices import queries
from soi.notices.making import make_notices, tell
from soi.notices.models import Mark, Notice
from soi.notices.rules import BY_ACTION, RULES
from soi.org import staffing
from soi.org.models import Person
from soi.work import progress, tasks
from soi.work.enums import Result
from tests.factories import build_region
from tests.notices.story import Story

# --- work ---------------------------------------------------------------------------------------------


def test_a_task_tells_the_holder_of_the_accountable_post(story: Story) -> None:
    task = story.task()
    story.tell()
    assert story.told() == {("regiment", "task_assigned")}
    notice = Notice.objects.get()
    assert (notice.record_kind, notice.record_id) == ("task", task.pk)
    assert notice.by.startswith("Hồ Thị Văn")
    assert (notice.event_id, notice.day, notice.read_at) == (Event.objects.latest("pk").pk, None, None)


def test_the_author_is_never_told_of_their_own_act(story: Story) -> None:
    story.task("division", by="division")
    story.tell()
    assert story.told() == set()
    # Positive control: the same task from somebody else is told.
    story.task("division", by="divisionclerk")
    story.tell()
    assert story.told() == {("division", "task_assigned")}


def test_what_comes_from_an_old_paper_is_no_news(story: Story) -> None:
    past = story.today - dt.timedelta(days=100)
    story.task(historic=True, created_on=past, start_on=past, due_on=story.today - dt.timedelta(days=50))
    story.tell()
    assert story.told() == set()


def test_contributors_are_told_by_post_or_by_head_and_clerks(story: Story) -> None:
    region = story.region
    entries = [
        tasks.ContributorEntry(region.bodies["brigade"]),
        tasks.ContributorEntry(region.bodies["cell"], region.posts["member"]),
    ]
    story.task(by="clerk", assigned_by=region.bodies["region"], contributors=entries)
    story.tell()
    assert story.told() == {
        ("regiment", "task_assigned"), ("brigade", "task_help"), ("brigadeclerk", "task_help"),
        ("member", "task_help"),
    }  # fmt: skip


def test_who_may_assess_is_told_and_not_the_whole_tree_above(story: Story) -> None:
    task = story.task()
    progress.report_done(
        actor=story.actor("regiment"), task=task, note="Đã xong", result=Result.ACHIEVED, now=story.now
    )
    story.tell()
    assert story.told(kind="task_reported") == {
        ("division", "task_reported"),
        ("divisionclerk", "task_reported"),
    }


def test_the_holder_hears_of_return_and_assessment(story: Story) -> None:
    task = story.task()
    done = {"note": "Đã xong", "result": Result.ACHIEVED}
    task = progress.report_done(actor=story.actor("regiment"), task=task, now=story.now, **done)
    task = progress.return_task(
        actor=story.actor("division"), task=task, note="Còn thiếu biên bản", now=story.now
    )
    task = progress.report_done(actor=story.actor("regiment"), task=task, now=story.now, **done)
    progress.assess_task(
        actor=story.actor("division"), task=task, result=Result.ACHIEVED, note="Đạt", now=story.now
    )
    story.tell()
    mine = {kind for who, kind in story.told() if who == "regiment"}
    assert mine == {"task_assigned", "task_returned", "task_assessed"}


def test_a_request_goes_up_and_its_answer_comes_down(story: Story) -> None:
    task = story.task()
    for request in ("", "Đề nghị cấp thêm kinh phí"):
        report = progress.report_progress(
            actor=story.actor("regiment"),
            task=task,
            percent=40,
            note="Đang làm",
            request=request,
            now=story.now,
        )
    story.tell()
    assert story.told(kind="task_request") == {
        ("division", "task_request"),
        ("divisionclerk", "task_request"),
    }
    assert (
        Notice.objects.filter(kind="task_request").count() == 2
    )  # the report without a request tells nobody
    progress.answer_request(actor=story.actor("division"), report=report, text="Đồng ý", now=story.now)
    story.tell()
    assert story.told(kind="task_answered") == {("regiment", "task_answered")}


def test_reminders_new_dates_new_owners_and_cancelling(story: Story) -> None:
    task, clerk = story.task(), story.actor("divisionclerk")
    story.tell()
    Notice.objects.all().delete()
    tasks.remind(actor=clerk, tasks=[task], now=story.now)
    later = story.today + dt.timedelta(days=60)
    task = tasks.change_due(actor=clerk, task=task, due_on=later, reason="Chờ kinh phí", now=story.now)
    task = tasks.hand_over_task(
        actor=clerk, task=task, accountable_post=story.region.posts["division"], now=story.now
    )
    story.tell()
    assert story.told() >= {
        ("division", "task_handed_over"), ("regiment", "task_taken_away"),
        ("division", "task_due_changed"),
    }  # fmt: skip
    tasks.cancel_task(actor=clerk, task=task, reason="Không còn phù hợp", now=story.now)
    story.tell()
    assert ("division", "task_cancelled") in story.told()


def test_the_person_follows_from_the_day_not_from_the_event(story: Story) -> None:
    """Who takes the post over before the notice is made is told; who left is not."""
    region = story.region
    story.task()
    holding = region.posts["regiment"].memberships.get()
    staffing.end_membership(
        actor=region.system, membership=holding, on=story.today - dt.timedelta(days=1), now=story.now
    )
    staffing.appoint(
        actor=region.system, person=region.people["member"], post=region.posts["regiment"],
        start=story.today, now=story.now,
    )  # fmt: skip
    story.tell()
    assert story.told() == {("member", "task_assigned")}


def test_whoever_acts_for_the_holder_is_told_too(story: Story) -> None:
    region = story.region
    delegate(
        actor=story.actor("regiment"), post=region.posts["regiment"], delegate=region.people["member"],
        start=story.today, end=story.today + dt.timedelta(days=5), reason="Đi công tác", now=story.now,
    )  # fmt: skip
    story.task()
    story.tell()
    assert story.told() == {("regiment", "task_assigned"), ("member", "task_assigned")}


# --- directives ----------------------------------------------------------------------------------------


def test_a_directive_tells_head_and_clerks_of_each_addressee(story: Story) -> None:
    directive = story.directive("division", "brigade")
    story.tell()
    every = {("division",), ("divisionclerk",), ("brigade",), ("brigadeclerk",)}
    assert story.told() == {(who, "directive_issued") for (who,) in every}
    addressee = directive.addressees.get(organization=story.region.bodies["division"])
    carrying_out.remind(actor=story.actor("clerk"), addressees=[addressee], now=story.now)
    story.tell()
    assert story.told(kind="directive_reminded") == {
        ("division", "directive_reminded"), ("divisionclerk", "directive_reminded"),
    }  # fmt: skip


def test_who_is_added_later_is_told_then_and_the_others_not_again(story: Story) -> None:
    directive = story.directive("division", issued_on=story.today - dt.timedelta(days=9))
    story.tell()
    Notice.objects.all().delete()
    directives.add_addressees(
        actor=story.actor("clerk"), directive=directive, organizations=[story.region.bodies["brigade"]],
        subtrees=(), now=story.now,
    )  # fmt: skip
    story.tell()
    assert {who for who, _ in story.told()} == {"brigade", "brigadeclerk"}


# --- findings ------------------------------------------------------------------------------------------


def test_who_is_named_is_told_wherever_the_naming_comes_from(story: Story) -> None:
    region = story.region
    entry = findings.ResponsibilityEntry(
        kind=ResponsibilityKind.HEAD, organization=region.bodies["regiment"], post=region.posts["regiment"]
    )
    finding = story.finding(responsibilities=[entry])
    findings.add_responsibility(
        actor=story.actor("divisionclerk"), finding=finding, kind=ResponsibilityKind.INDIVIDUAL,
        organization=region.bodies["division"], post=region.posts["division"], now=story.now,
    )  # fmt: skip
    story.tell()
    assert story.told() == {("regiment", "finding_names_me"), ("division", "finding_names_me")}
    assert Notice.objects.count() == 2  # the second event names the second person only


def test_a_remedy_from_giving_to_reopening(story: Story) -> None:
    finding = story.finding()
    remedy = story.remedy(finding)
    story.tell()
    assert story.told() == {("regiment", "remedy_assigned")}
    remedies.report_done(actor=story.actor("regiment"), remedy=remedy, note="Đã xong", now=story.now)
    story.tell()
    # The regiment's own secretary answers for it; the division is the nearest level with an outsider.
    assert story.told(kind="finding_to_verify") == {("division", "finding_to_verify")}
    inspector = story.actor("inspector")
    finding.refresh_from_db()
    remedies.return_for_more(actor=inspector, finding=finding, note="Còn thiếu", now=story.now)
    story.tell()
    assert story.told(kind="finding_returned") == {("regiment", "finding_returned")}
    remedy.refresh_from_db()
    remedies.report_done(actor=story.actor("regiment"), remedy=remedy, note="Đã xong", now=story.now)
    remedies.verify_mended(actor=inspector, finding=finding, note="Đã kiểm tra", now=story.now)
    remedies.reopen(actor=inspector, finding=finding, reason="Tái diễn", again=[remedy], now=story.now)
    story.tell()
    mine = {kind for who, kind in story.told() if who == "regiment"}
    assert mine == {"remedy_assigned", "finding_returned", "finding_mended", "finding_reopened"}


# --- briefings -----------------------------------------------------------------------------------------


def test_a_round_tells_the_units_below_and_each_reminder_its_own(story: Story) -> None:
    region = story.region
    round_ = briefings.open_round(
        actor=story.actor("clerk"), organization=region.bodies["region"], quarter="2021-Q4",
        due_on=story.today + dt.timedelta(days=20), now=story.now,
    )  # fmt: skip
    story.tell()
    units = {
        "command": {"commander"},
        "division": {"division", "divisionclerk"},
        "brigade": {"brigade", "brigadeclerk"},
    }
    everybody = {who for each in units.values() for who in each}
    assert story.told() == {(who, "briefing_opened") for who in everybody}
    briefings.remind(
        actor=story.actor("clerk"), round_=round_, now=story.now, organizations=[region.bodies["brigade"]]
    )
    story.tell()
    assert {who for who, _ in story.told(kind="briefing_reminded")} == units["brigade"]
    # A subordinate reads nothing of the level above, and sees all the same that it asks for reports.
    assert {notice.kind for notice in queries.inbox(story.actor("brigade"))} == {
        "briefing_opened", "briefing_reminded",
    }  # fmt: skip


# --- the order of commits, and once --------------------------------------------------------------------


def test_telling_twice_tells_once(story: Story) -> None:
    story.task()
    story.tell()
    before = list(Notice.objects.values())
    assert make_notices(now=story.now) == 0
    tell(list(Event.objects.all()), story.now)
    assert list(Notice.objects.values()) == before


def test_nobody_is_told_before_the_event_is_sealed(story: Story) -> None:
    """The order of seals is the order of commits; an event without its place there waits."""
    story.task()
    assert make_notices(now=story.now) == 0
    story.tell()
    assert story.told() == {("regiment", "task_assigned")}


def test_old_history_is_not_told_when_notices_begin(story: Story) -> None:
    story.task()
    seal_pending()
    Mark.objects.all().delete()
    assert make_notices(now=story.now + dt.timedelta(days=30)) == 0
    assert story.told() == set()
    # And what happens from then on is told.
    story.task(by="division")
    story.tell()
    assert ("regiment", "task_assigned") in story.told()


def test_an_event_of_an_unknown_shape_blocks_nobody(
    story: Story, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    odd = story.finding()
    with transaction.atomic():
        record(
            actor=story.actor("clerk"), action="findings.add_responsibility", subject=odd, now=story.now,
            person="không phải số",
        )  # fmt: skip
        record(actor=story.actor("clerk"), action="work.assign", subject=odd, now=story.now)
    task = story.task()
    story.tell()
    assert Notice.objects.filter(record_kind="task", record_id=task.pk).exists()


def test_an_erased_payload_tells_what_the_record_still_says(story: Story) -> None:
    story.task()
    seal_pending()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM history_payload")
    make_notices(now=story.now)
    assert story.told() == {("regiment", "task_assigned")}


def test_every_rule_names_a_known_kind_and_the_table_is_read_by_action() -> None:
    assert sum(len(rules) for rules in BY_ACTION.values()) == len(RULES)
    assert all("." in rule.action for rule in RULES)


def test_the_number_of_statements_does_not_grow_with_the_events(story: Story) -> None:
    def cost(number: int) -> int:
        for _ in range(number):
            story.task()
        seal_pending()
        with CaptureQueriesContext(connection) as asked:
            make_notices(now=story.now)
        return len(asked)

    first = cost(1)
    assert cost(20) == first
    assert Notice.objects.count() == 21


# --- two workers, and a transaction that commits late ---------------------------------------------------

postgres_only = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time"
)


def in_thread(do: Any) -> threading.Thread:
    def run() -> None:
        try:
            do()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
@postgres_only
def test_two_workers_at_once_tell_everything_once(now: dt.datetime) -> None:
    story = Story(build_region(now), now)
    for _ in range(60):
        story.task()
    seal_pending()
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        make_notices(now=now, at_once=7)

    for thread in [in_thread(work) for _ in range(2)]:
        thread.join(timeout=60)
    assert Notice.objects.filter(kind="task_assigned").count() == 60
    assert Mark.objects.get(name="history").number == Event.objects.count()


@pytest.mark.django_db(transaction=True)
@postgres_only
def test_an_event_that_commits_late_is_told(now: dt.datetime) -> None:
    """It takes its number first and is seen last: a cursor over event numbers would lose it."""
    story = Story(build_region(now), now)
    story.tell()
    begun, overtaken = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            story.task(statement="Chậm: " + "lập danh sách 12 đầu việc và báo cáo trước ngày 15 hằng tháng")
            begun.set()
            overtaken.wait(timeout=30)

    thread = in_thread(slow)
    assert begun.wait(timeout=30)
    story.task()
    story.tell()
    assert Notice.objects.count() == 1
    overtaken.set()
    thread.join(timeout=30)
    first, second = Event.objects.filter(action="work.assign").order_by("pk")
    assert Notice.objects.get().event_id == second.pk
    story.tell()
    assert set(Notice.objects.values_list("event_id", flat=True)) == {first.pk, second.pk}


# --- the rights of the moment ---------------------------------------------------------------------------


def test_a_notice_is_hidden_as_soon_as_the_right_ends(story: Story) -> None:
    """A5: the notice was made while the post was held; shown it is only with the rights of now."""
    region = story.region
    story.task()
    story.tell()
    assert queries.inbox(story.actor("regiment")).count() == 1
    assert queries.unread_count(story.actor("regiment")) == 1
    holding = region.posts["regiment"].memberships.get()
    staffing.end_membership(
        actor=region.system, membership=holding, on=story.today - dt.timedelta(days=1), now=story.now
    )
    gone = story.actor("regiment")
    assert list(queries.inbox(gone)) == []
    assert queries.unread_count(gone) == 0
    assert queries.with_records(gone, list(Notice.objects.all())) == []


def test_nobody_sees_anothers_notices(story: Story) -> None:
    story.task()
    story.tell()
    for key in ("secretary", "division", "admin", "brigade"):
        assert list(queries.inbox(story.actor(key))) == []
    assert Person.objects.get(notices__isnull=False) == story.region.people["regiment"]
