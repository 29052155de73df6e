"""The sample as loaded once for this module: who held what, what was found, what waits for whom. Tests only read it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from soi.access.models import User
from soi.access.queries import actor_of
from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict
from soi.base.quarters import quarter_of
from soi.briefings.models import BriefingReport, BriefingRound
from soi.conferences.enums import FloorState
from soi.conferences.models import Attendance, Conclusion, Conference
from soi.directives.models import Addressee, Directive
from soi.findings.enums import FindingKind, FindingState, LinkState, RemedyState
from soi.findings.models import Answer, Cause, Finding, RecurrenceLink, Remedy, RemedyProgress, Verification
from soi.findings.queries import due_from, recurrence_to_decide, to_verify
from soi.history import queries as history
from soi.history.models import Event, Seal
from soi.intake.models import Draft, Proposal
from soi.intake.queries import waiting
from soi.org import closure, queries
from soi.org.enums import ReorganizationKind, WorkArea
from soi.org.models import Membership, Organization, Person, Post, Reorganization
from soi.sample import SampleResult, is_loaded, load
from soi.sample.days import workday
from soi.sample.signins import PASSWORD, SIGN_INS
from soi.work import queries as work
from soi.work import rollup
from soi.work.enums import Standing
from soi.work.models import Assessment, ProgressReport, RequestAnswer, Task

TODAY = dt.date(2026, 11, 22)


@dataclass
class Loaded:
    """What was loaded, and how it told of its progress."""

    result: SampleResult
    steps: list[tuple[str, int, int]] = field(default_factory=list)

    def actor(self, username: str) -> Actor:
        return actor_of(User.objects.get(username=username), today=TODAY)

    def body(self, short_name: str) -> Organization:
        return Organization.objects.get(short_name=short_name)


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: Any,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Loaded]:
    """One load for the whole module, in a transaction that is rolled back at its end."""
    folder = tmp_path_factory.mktemp("sample")
    before, settings.DATA_DIR = settings.DATA_DIR, folder
    steps: list[tuple[str, int, int]] = []
    with django_db_blocker.unblock(), transaction.atomic():
        result = load(today=TODAY, progress=lambda step, done, total: steps.append((step, done, total)))
        settings.DATA_DIR = before
        yield Loaded(result, steps)
        transaction.set_rollback(True)


# --- people and the tree ---


def test_the_tree_has_the_size_and_depth_that_were_promised(loaded: Loaded) -> None:
    region = loaded.body("Quân ủy Trung ương")
    living = queries.subtree(region, on=TODAY)
    deepest = Organization.objects.get(name="Chi bộ Đại đội 1, Tiểu đoàn 1, Trung đoàn 811")
    assert 45 <= living.count() <= 60
    assert [str(body) for body in queries.ancestors(deepest, on=TODAY)] == [
        "Quân ủy Trung ương (giả định)",
        "Đảng ủy Quân khu 10",
        "Đảng ủy Sư đoàn 981",
        "Đảng ủy Trung đoàn 811",
        "Đảng ủy Tiểu đoàn 1, Trung đoàn 811",
    ]
    assert 370 <= Person.objects.count() <= 430


def test_one_general_held_a_post_in_the_region_and_then_one_above(loaded: Loaded) -> None:
    secretary = Post.objects.get(label="Bí thư Đảng ủy Quân khu")
    earlier, later = secretary.memberships.order_by("start")
    spring, now = dt.date(2026, 4, 7), TODAY
    assert {m.post.label for m in queries.posts_of(earlier.person, on=spring)} == {
        "Bí thư Đảng ủy Quân khu",
        "Chính ủy Quân khu",
        "Ủy viên Ban Thường vụ Đảng ủy Quân khu",
    }
    assert {m.post.label for m in queries.posts_of(earlier.person, on=now)} == {
        "Phó Chủ nhiệm Tổng cục Chính trị",
        "Ủy viên Quân ủy Trung ương",
    }
    assert "Phó Chính ủy Quân khu" in {m.post.label for m in queries.posts_of(later.person, on=spring)}
    assert (queries.rank_of(later.person, on=spring), queries.rank_of(later.person, on=now)) == (
        "Thiếu tướng",
        "Trung tướng",
    )


def test_no_post_of_one_seat_has_two_holders_on_one_day(loaded: Loaded) -> None:
    for post in Post.objects.filter(seats=1).prefetch_related("memberships"):
        periods = [membership.period for membership in post.memberships.all()]
        for number, one in enumerate(periods):
            assert not any(one.overlaps(other) for other in periods[number + 1 :]), post


def test_posts_changed_hands_within_the_year(loaded: Loaded) -> None:
    year = (dt.date(2025, 11, 22), TODAY)
    taken_over = Membership.objects.filter(start__range=year, post__start__lt=year[0])
    assert taken_over.count() >= 20


def test_the_regiments_were_merged_and_the_older_state_still_answers(loaded: Loaded) -> None:
    merged, kept = Organization.objects.get(short_name="Trung đoàn 812"), loaded.body("Trung đoàn 813")
    battalion = loaded.body("Tiểu đoàn 4")
    day = merged.end
    assert day is not None
    assert dt.date(2026, 1, 1) < day < TODAY
    assert queries.superior(battalion, on=day - dt.timedelta(days=1)) == merged
    assert queries.superior(battalion, on=day) == kept
    assert list(queries.successors(merged)) == [kept]


def test_the_commune_was_formed_of_three_on_the_first_of_july_2025(loaded: Loaded) -> None:
    day = dt.date(2025, 7, 1)
    commune = Organization.objects.get(name="Đảng ủy xã Lâm Khê")
    old = Organization.objects.filter(
        name__in=[f"Đảng ủy xã {n}" for n in ("Đông Khê", "Phú Lâm Thượng", "Vạn Thủy")]
    )
    assert {body.end for body in old} == {day}
    assert len(old) == 3
    assert commune.start == day
    village = Organization.objects.get(name="Chi bộ thôn Bến Trăng")
    before = [str(body) for body in queries.ancestors(village, on=day - dt.timedelta(days=1))]
    assert before == ["Tỉnh ủy Thanh Giang (giả định)", "Huyện ủy Lâm Khê", "Đảng ủy xã Đông Khê"]
    assert queries.superior(village, on=day) == commune
    assert 12 <= queries.subtree(commune, on=TODAY).count() <= 15


def test_a_brigade_was_renamed_and_an_agency_moved(loaded: Loaded) -> None:
    brigade = loaded.body("Lữ đoàn 987")
    renamed = Reorganization.objects.get(kind=ReorganizationKind.RENAME).on
    assert queries.name_on(brigade, renamed - dt.timedelta(days=1)) == "Đảng ủy Lữ đoàn Công binh 987"
    assert str(brigade) == "Đảng ủy Lữ đoàn Công binh hỗn hợp 987"
    agency, moved = (
        loaded.body("Phòng Khoa học quân sự"),
        Reorganization.objects.get(kind=ReorganizationKind.MOVE).on,
    )
    places = [str(queries.superior(agency, on=moved + dt.timedelta(days=days))) for days in (-1, 0)]
    assert places == ["Bộ Tham mưu Quân khu 10", "Bộ Tư lệnh Quân khu 10"]


def test_the_closure_equals_the_one_worked_out_anew(loaded: Loaded) -> None:
    assert closure.differences() == []


# --- conferences and findings ---


def test_findings_fill_every_area_and_every_state(loaded: Loaded) -> None:
    assert 300 <= Finding.objects.count() <= 450
    assert set(Finding.objects.values_list("area", flat=True)) == set(WorkArea.values)
    wanting = Counter(Finding.objects.exclude(kind=FindingKind.STRENGTH).values_list("state", flat=True))
    assert min(wanting[state] for state in FindingState if state != FindingState.NOTED) >= 10
    assert set(Remedy.objects.values_list("state", flat=True)) == set(RemedyState.values)
    assert set(Finding.objects.values_list("kind", flat=True)) == set(FindingKind.values)


def test_some_remedies_are_overdue_and_none_lies_in_the_time_before_its_finding(loaded: Loaded) -> None:
    active = Remedy.objects.filter(state=RemedyState.ACTIVE)
    overdue = [remedy for remedy in active if remedy.is_overdue(TODAY)]
    assert 10 <= len(overdue) < active.count()
    assert all(
        remedy.finding.found_on <= remedy.created_on for remedy in Remedy.objects.select_related("finding")
    )


def test_shortcomings_come_back_and_some_links_wait_for_a_decision(loaded: Loaded) -> None:
    states = Counter(RecurrenceLink.objects.values_list("state", flat=True))
    assert min(states[state] for state in LinkState) >= 10
    years = {
        (link.earlier.found_on.year, link.finding.found_on.year)
        for link in RecurrenceLink.objects.filter(state=LinkState.CONFIRMED).select_related(
            "earlier", "finding"
        )
    }
    assert {(2024, 2025), (2025, 2026)} <= years


def test_two_years_of_conferences_end_before_today(loaded: Loaded) -> None:
    # One is prepared for the day of loading, or the working day after, and its room is not open yet.
    coming = Conference.objects.get(floor__state=FloorState.WAITING)
    assert coming.date_start == workday(TODAY)
    held = Conference.objects.exclude(pk=coming.pk).order_by("date_start")
    days = list(held.values_list("date_start", flat=True))
    assert len(days) >= 80
    assert (TODAY - days[0]).days > 700
    assert days[-1] < TODAY
    assert all(day.weekday() < 5 for day in days)
    held_after_the_end = [
        conference for conference in Conference.objects.select_related("organization")
        if not conference.organization.exists_on(conference.date_start)
    ]  # fmt: skip
    assert held_after_the_end == []


def test_nobody_confirmed_a_finding_they_answer_for(loaded: Loaded) -> None:
    for verification in Verification.objects.all():
        reported = RemedyProgress.objects.filter(remedy__finding=verification.finding_id)
        assert verification.verifier_id not in set(reported.values_list("reported_by_id", flat=True))


def test_what_was_said_before_the_merger_does_not_speak_of_it(loaded: Loaded) -> None:
    old = Organization.objects.filter(name__regex="(Đông Khê|Phú Lâm Thượng|Vạn Thủy|Huyện ủy Lâm Khê)$")
    said = [*Finding.objects.filter(organization__in=old).values_list("statement", flat=True)]
    said += Cause.objects.filter(finding__organization__in=old).values_list("statement", flat=True)
    assert len(said) > 10
    assert [text for text in said if "sáp nhập" in text or "xã cũ" in text] == []


def test_every_text_is_normal_vietnamese_without_gaps(loaded: Loaded) -> None:
    texts = [
        *Finding.objects.values_list("statement", flat=True),
        *Cause.objects.values_list("statement", flat=True),
        *Remedy.objects.values_list("statement", flat=True),
        *Remedy.objects.values_list("deliverable", flat=True),
        *RemedyProgress.objects.values_list("note", flat=True),
        *Verification.objects.values_list("note", flat=True),
        *Answer.objects.values_list("text", flat=True),
        *Conclusion.objects.values_list("statement", flat=True),
        *Conference.objects.values_list("title", flat=True),
        *Attendance.objects.values_list("posts", flat=True),
    ]
    for text in texts:
        assert text == unicodedata.normalize("NFC", text)
        assert not re.search(r"  |[{}]|\s[,.;]|,,", text), text
        assert text.strip(), "an empty text"


def test_history_is_in_the_order_of_time_sealed_and_sound(loaded: Loaded) -> None:
    times = list(Event.objects.order_by("pk").values_list("at", flat=True))
    assert times == sorted(times)
    assert Seal.objects.count() == len(times)
    assert history.verify() == []


def test_two_texts_wait_as_drafts_and_one_is_left_to_upload(loaded: Loaded) -> None:
    drafts = Draft.objects.select_related("organization", "source")
    assert {draft.organization.name for draft in drafts} == {"Đảng ủy Quân khu 10", "Đảng ủy xã Lâm Khê"}
    for draft in drafts:
        assert "{" not in draft.source.text
        people = Proposal.objects.filter(draft=draft, kind="person")
        assert people.count() >= 4
        assert all(card.data["choice"] == "existing" for card in people)
    text = loaded.result.to_upload.read_text(encoding="utf-8")
    assert "Sư đoàn 981" in text
    assert "{" not in text


# --- directives, work, briefings ---


def test_papers_of_three_levels_cascade(loaded: Loaded) -> None:
    lowest = Directive.objects.get(number="31-KH/ĐU")
    middle = lowest.elaborates.directive
    top = middle.elaborates.directive
    assert [paper.issuer.short_name for paper in (top, middle, lowest)] == [
        "Quân ủy Trung ương", "Đảng ủy Quân khu", "Sư đoàn 981",
    ]  # fmt: skip
    assert lowest.root == middle.root == top
    below = Addressee.objects.filter(directive__root=top)
    assert below.filter(acknowledged_on=None).exists() or below.filter(studied_on=None).exists()
    assert below.exclude(studied_on=None).count() >= 8


def test_five_quarters_of_tasks_in_every_standing(loaded: Loaded) -> None:
    tasks = Task.objects.all()
    assert {task.standing for task in tasks} == set(Standing.values) - {Standing.CANCELLED}
    assert len({quarter_of(task.due_on) for task in tasks}) >= 5
    assert len(set(tasks.values_list("area", flat=True))) >= 9
    late = tasks.filter(standing=Standing.LATE)
    assert {task.late_cause for task in late} == {"own", "external"}
    assert all(task.reported_on and task.reported_on > task.due_on for task in late)
    assert RequestAnswer.objects.exists()
    assert ProgressReport.objects.exclude(request="").filter(answer=None).exists()


def test_nobody_judged_a_task_that_was_his_own(loaded: Loaded) -> None:
    for verdict in Assessment.objects.filter(by="superior").select_related("task"):
        held = verdict.assessor.memberships.filter(post=verdict.task.accountable_post)
        assert not any(
            membership.period.start <= verdict.on and verdict.on in membership.period for membership in held
        )


def test_the_merged_regiment_leaves_work_to_its_heir(loaded: Loaded) -> None:
    merged = Organization.objects.get(name="Đảng ủy Trung đoàn 812")
    assert merged.end is not None
    events = Event.objects.filter(action="work.hand_over", at__date__gte=merged.end)
    assert events.exists()
    assert work.without_holder(loaded.actor("bithu")).exists()


def test_the_superior_finds_overdue_tasks_of_a_unit_below(loaded: Loaded) -> None:
    seen = work.visible_to(loaded.actor("captren"))
    assert seen.filter(state="active", due_on__lt=TODAY).count() >= 5
    assert (
        not work.visible_to(loaded.actor("quantri"))
        .exclude(accountable_post__label__contains="công nghệ")
        .exists()
    )


def test_briefings_of_four_quarters_with_somebody_missing_in_the_last(loaded: Loaded) -> None:
    region = loaded.body("Đảng ủy Quân khu")
    rounds = BriefingRound.objects.filter(organization=region).order_by("quarter")
    assert len(rounds) == 4
    sent = Counter(BriefingReport.objects.filter(state="sent").values_list("quarter", flat=True))
    assert sent[rounds[3].quarter] < max(sent.values())
    assert all(sent[each.quarter] >= 5 for each in rounds)


def test_conclusions_of_briefings_became_tasks(loaded: Loaded) -> None:
    given = Conclusion.objects.exclude(task=None).select_related("task", "conference")
    assert given.count() >= 4
    assert all(row.task.assigned_by_id == row.conference.organization_id for row in given)


def test_the_figures_equal_the_tasks(loaded: Loaded) -> None:
    rollup.fold(now=timezone.make_aware(dt.datetime.combine(TODAY, dt.time(9))))
    assert rollup.differences(today=TODAY) == []


# --- signing in ---


@pytest.mark.parametrize("username", [sign_in.username for sign_in in SIGN_INS])
def test_everybody_who_signs_in_finds_work(loaded: Loaded, username: str) -> None:
    actor = loaded.actor(username)
    assert actor.post_ids
    assert any(
        pile.exists()
        for pile in (due_from(actor), to_verify(actor), recurrence_to_decide(actor), waiting(actor))
    )


def test_each_sign_in_has_the_work_of_its_duty(loaded: Loaded) -> None:
    thanhvien = loaded.actor("thanhvien")
    assert due_from(thanhvien).filter(due_on__lt=thanhvien.today).exists()
    assert to_verify(loaded.actor("kiemtra")).count() >= 5
    assert to_verify(loaded.actor("bithu")).count() >= 2
    assert recurrence_to_decide(loaded.actor("captren")).count() >= 5
    assert waiting(loaded.actor("vanphong")).count() == 1
    assert waiting(loaded.actor("vanphongxa")).count() == 1
    assert loaded.actor("tuyenhuan").may(Capability.PUBLISH)


def test_the_administrator_manages_accounts_and_nothing_else(loaded: Loaded) -> None:
    assert {grant.capability for grant in loaded.actor("quantri").grants} == {Capability.MANAGE_ACCOUNTS}


def test_the_password_opens_the_accounts(loaded: Loaded) -> None:
    from soi.access.models import User

    assert len(PASSWORD) >= 12
    assert User.objects.get(username="bithu").check_password(loaded.result.password)


def test_progress_counts_up_to_the_end_of_each_step(loaded: Loaded) -> None:
    steps = list(dict.fromkeys(step for step, _, _ in loaded.steps))
    assert steps == [
        "Lập tổ chức, bổ nhiệm cán bộ",
        "Ghi hội nghị, chỉ đạo, công việc và việc khắc phục",
        "Đọc văn bản mẫu",
        "Niêm phong lịch sử",
    ]
    for step in steps:
        done, total = [(done, total) for name, done, total in loaded.steps if name == step][-1]
        assert done == total


def test_a_database_in_use_is_left_alone(loaded: Loaded) -> None:
    before = Organization.objects.count()
    with pytest.raises(Conflict, match="đã có tổ chức"):
        load(today=TODAY)
    assert is_loaded()
    assert Organization.objects.count() == before
