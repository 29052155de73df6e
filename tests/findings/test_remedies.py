"""The whole life of a shortcoming, and every refusal on the way."""

from __future__ import annotations

import datetime as dt

import pytest

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.documents.enums import Origin
from soi.documents.models import Source
from soi.findings import remedies
from soi.findings.enums import FindingKind, FindingState, Outcome, RemedyState
from soi.findings.models import Finding, Remedy, RemedyProgress, Verification
from soi.history.models import Event
from tests.findings.story import DUE_ON, FOUND_ON, Story


def last_event() -> Event:
    return Event.objects.select_related("payload").latest("pk")


def events() -> int:
    return Event.objects.count()


# --- the whole life ----------------------------------------------------------------------------------


def test_from_found_to_mended_and_back(story: Story, finding: Finding, now: dt.datetime) -> None:
    assert (finding.state, finding.due_on, finding.quarter) == (FindingState.OPEN, None, "2021-Q4")

    first = story.give(finding)
    second = story.give(finding, to="divisionclerk", due_on=dt.date(2021, 12, 15))
    finding.refresh_from_db()
    assert (finding.state, finding.due_on) == (FindingState.IN_REMEDY, dt.date(2021, 12, 15))

    remedies.report_progress(
        actor=story.actor("division"), remedy=first, percent=100, note="Gần xong, chờ ký", now=now
    )
    first.refresh_from_db()
    assert first.state == RemedyState.ACTIVE, "a hundred percent is not yet a report of completion"

    story.report(first)
    finding.refresh_from_db()
    assert finding.state == FindingState.IN_REMEDY
    story.report(second, by="divisionclerk")
    finding.refresh_from_db()
    assert finding.state == FindingState.REPORTED

    remedies.return_for_more(
        actor=story.actor("inspector"), finding=finding, note="Bảng phân công còn thiếu hậu cần", now=now
    )
    finding.refresh_from_db()
    assert finding.state == FindingState.IN_REMEDY
    assert set(finding.remedies.values_list("state", "reported_on")) == {(RemedyState.ACTIVE, None)}

    story.report(first)
    story.report(second, by="divisionclerk")
    mended = story.verify(finding)
    assert (mended.state, mended.mended_on, mended.due_on) == (
        FindingState.MENDED,
        dt.date(2021, 12, 1),
        None,
    )
    assert set(finding.remedies.values_list("state", flat=True)) == {RemedyState.CONFIRMED}

    again = remedies.reopen(
        actor=story.actor("inspector"),
        finding=finding,
        reason="Tái diễn ở Tiểu đoàn 1",
        now=now,
        again=[first],
    )
    assert (again.state, again.mended_on, again.due_on) == (FindingState.IN_REMEDY, None, DUE_ON)
    assert list(finding.verifications.values_list("outcome", flat=True)) == [
        Outcome.RETURNED,
        Outcome.MENDED,
        Outcome.REOPENED,
    ]
    story.report(first)
    assert story.verify(finding).state == FindingState.MENDED


def test_reopened_without_a_remedy_it_needs_a_new_one(
    story: Story, finding: Finding, now: dt.datetime
) -> None:
    story.mended(finding)
    again = remedies.reopen(actor=story.actor("secretary"), finding=finding, reason="Tái diễn", now=now)
    assert (again.state, again.due_on) == (FindingState.OPEN, None)
    story.report(story.give(finding, due_on=dt.date(2022, 3, 1)))
    assert story.verify(finding).state == FindingState.MENDED


def test_a_remedy_of_another_finding_cannot_be_taken_up_again(
    story: Story, finding: Finding, now: dt.datetime
) -> None:
    story.mended(finding)
    other = story.give(story.record("Quản lý vũ khí còn sơ hở"))
    with pytest.raises(NotFound):
        remedies.reopen(
            actor=story.actor("inspector"), finding=finding, reason="Tái diễn", now=now, again=[other]
        )
    finding.refresh_from_db()
    assert finding.state == FindingState.MENDED


# --- one event for each act, by the right person --------------------------------------------------------


def test_each_act_leaves_exactly_one_event(story: Story, finding: Finding, now: dt.datetime) -> None:
    acts = [
        ("clerk", "findings.add_remedy", lambda: story.give(finding)),
        (
            "division",
            "findings.report_progress",
            lambda: remedies.report_progress(
                actor=story.actor("division"),
                remedy=Remedy.objects.get(),
                percent=50,
                note="Đang soạn",
                now=now,
            ),
        ),
        ("division", "findings.report_done", lambda: story.report(Remedy.objects.get())),
        (
            "inspector",
            "findings.return_for_more",
            lambda: remedies.return_for_more(
                actor=story.actor("inspector"), finding=finding, note="Thiếu", now=now
            ),
        ),
        ("division", "findings.report_done", lambda: story.report(Remedy.objects.get())),
        ("inspector", "findings.verify_mended", lambda: story.verify(finding)),
        (
            "secretary",
            "findings.reopen",
            lambda: remedies.reopen(
                actor=story.actor("secretary"), finding=finding, reason="Tái diễn", now=now
            ),
        ),
    ]
    for who, action, act in acts:
        before = events()
        act()
        assert events() == before + 1, action
        event = last_event()
        assert (event.action, event.person_id, event.at) == (action, story.region.people[who].pk, now)
        assert event.payload.facts


def test_a_refused_act_leaves_nothing(story: Story, reported: Finding) -> None:
    before = (events(), Verification.objects.count())
    with pytest.raises(NotAllowed):
        story.verify(reported, by="division")
    with pytest.raises(Invalid):
        story.verify(reported, note="  ")
    assert (events(), Verification.objects.count()) == before


# --- giving a remedy -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"accountable_post": None}, "accountable_post"),
        ({"due_on": None}, "due_on"),
        ({"deliverable": " "}, "deliverable"),
        ({"statement": ""}, "statement"),
        ({"statement": "Tăng cường công tác quản lý", "deliverable": "Nền nếp"}, "statement"),
        ({"deliverable": "Có chuyển biến"}, "deliverable"),
        ({"due_on": dt.date(2021, 11, 30)}, "due_on"),
        ({"due_on": dt.date(2021, 10, 1), "created_on": dt.date(2021, 11, 1), "historic": True}, "due_on"),
        ({"created_on": FOUND_ON - dt.timedelta(days=1), "historic": True}, "created_on"),
        ({"created_on": dt.date(2021, 12, 2), "historic": True}, "created_on"),
    ],
)
def test_a_vague_or_impossible_remedy_does_not_exist(
    story: Story, finding: Finding, given: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        story.give(finding, **given)
    assert field in refused.value.fields
    assert not Remedy.objects.exists()


def test_due_today_is_early_enough(story: Story, finding: Finding, today: dt.date) -> None:
    assert story.give(finding, due_on=today).due_on == today


def test_an_old_paper_may_name_a_day_that_has_passed(story: Story, finding: Finding) -> None:
    day = dt.date(2021, 11, 10)
    remedy = story.give(finding, due_on=day, created_on=FOUND_ON, historic=True)
    assert (remedy.due_on, remedy.created_on) == (day, FOUND_ON)
    assert remedy.is_overdue(dt.date(2021, 12, 1))


def test_without_historic_the_day_given_is_today(story: Story, finding: Finding, today: dt.date) -> None:
    assert story.give(finding, created_on=FOUND_ON).created_on == today


def test_strengths_and_mended_findings_take_no_remedy(story: Story, finding: Finding) -> None:
    with pytest.raises(Conflict, match="ưu điểm"):
        story.give(story.record("Hoàn thành tốt nhiệm vụ huấn luyện", kind=FindingKind.STRENGTH))
    story.mended(finding)
    with pytest.raises(Conflict, match="đã được xác nhận"):
        story.give(finding)


def test_a_post_that_is_gone_or_out_of_sight_cannot_be_accountable(story: Story, finding: Finding) -> None:
    post = story.region.posts["division"]
    post.end = dt.date(2021, 11, 1)
    post.save(update_fields=["end"])
    with pytest.raises(Invalid, match="không có vào ngày"):
        story.give(finding)
    with pytest.raises(NotFound):
        story.give(finding, by="divisionclerk", to="brigade")


# --- reporting -----------------------------------------------------------------------------------------


def test_a_recorder_reports_on_behalf_and_that_is_written_down(
    story: Story, remedy: Remedy, now: dt.datetime
) -> None:
    progress = remedies.report_progress(
        actor=story.actor("divisionclerk"), remedy=remedy, percent=30, note="Đang soạn", now=now
    )
    assert "ghi thay Bí thư Đảng ủy Sư đoàn" in progress.reporter_label
    assert progress.reported_by == story.region.people["divisionclerk"]
    assert "Bí thư Đảng ủy Sư đoàn" in last_event().payload.facts["on_behalf"]
    own = remedies.report_progress(
        actor=story.actor("division"), remedy=remedy, percent=40, note="Đang soạn", now=now
    )
    assert own.reporter_label == "Phan Văn Sư"


@pytest.mark.parametrize("who", ["inspector", "press"])
def test_others_do_not_report(story: Story, remedy: Remedy, who: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        story.report(remedy, by=who)
    assert not RemedyProgress.objects.exists()


@pytest.mark.parametrize("percent", [-1, 101])
def test_percent_has_bounds(story: Story, remedy: Remedy, now: dt.datetime, percent: int) -> None:
    with pytest.raises(Invalid):
        remedies.report_progress(
            actor=story.actor("division"), remedy=remedy, percent=percent, note="x", now=now
        )


@pytest.mark.parametrize("day", [dt.date(2021, 11, 30), dt.date(2021, 12, 2)])
def test_reports_are_dated_between_the_order_and_today(
    story: Story, remedy: Remedy, now: dt.datetime, day: dt.date
) -> None:
    with pytest.raises(Invalid):
        remedies.report_done(actor=story.actor("division"), remedy=remedy, note="Xong", now=now, on=day)


def test_what_is_reported_done_is_not_reported_again(story: Story, remedy: Remedy, now: dt.datetime) -> None:
    story.report(remedy)
    with pytest.raises(Conflict):
        story.report(remedy)
    with pytest.raises(Conflict):
        remedies.report_progress(actor=story.actor("division"), remedy=remedy, percent=10, note="x", now=now)


def test_nobody_opens_a_file_by_naming_it_as_evidence(story: Story, remedy: Remedy, now: dt.datetime) -> None:
    def paper(body: str) -> Source:
        return Source.objects.create(
            organization=story.region.bodies[body],
            original_name="a.pdf",
            sha256=body.ljust(64, "0"),
            size=1,
            media_type="application/pdf",
            origin=Origin.EVIDENCE,
            received_at=now,
        )

    actor = story.actor("division")
    with pytest.raises(NotFound):
        remedies.report_done(actor=actor, remedy=remedy, note="Xong", now=now, evidence=paper("brigade"))
    remedies.report_done(actor=actor, remedy=remedy, note="Xong", now=now, evidence=paper("division"))
    assert RemedyProgress.objects.get().evidence is not None


# --- judging too early ---------------------------------------------------------------------------------


def test_nothing_is_confirmed_before_everything_is_reported(story: Story, finding: Finding) -> None:
    with pytest.raises(Conflict, match="chưa có biện pháp"):
        story.verify(finding)
    first, _ = story.give(finding), story.give(finding, to="divisionclerk")
    story.report(first)
    with pytest.raises(Conflict, match="Chưa báo cáo xong"):
        story.verify(finding)


def test_a_further_remedy_takes_a_reported_finding_back_to_work(story: Story, reported: Finding) -> None:
    story.give(reported, to="divisionclerk")
    with pytest.raises(Conflict, match="Chưa báo cáo xong"):
        story.verify(reported)


def test_a_stale_page_cannot_confirm_what_was_returned_meanwhile(
    story: Story, reported: Finding, now: dt.datetime
) -> None:
    remedies.return_for_more(actor=story.actor("secretary"), finding=reported, note="Thiếu", now=now)
    assert reported.state == FindingState.REPORTED, "the object in hand is the old one"
    with pytest.raises(Conflict):
        story.verify(reported)
