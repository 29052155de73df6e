"""Reading conferences: scope, attendance, filters, and one price whatever the number of rows."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from soi.base.errors import NotFound
from soi.conferences import actions, minutes, queries
from soi.conferences.detail import conference_detail
from soi.conferences.enums import AttendanceRole, ConferenceKind, Presence
from soi.conferences.models import Conference
from soi.conferences.queries import ConferenceFilter
from soi.findings import remedies
from soi.findings.enums import FindingKind
from tests.conferences.conftest import find, hold
from tests.factories import Region


@pytest.fixture
def three(region: Region) -> dict[str, Conference]:
    return {
        "region": hold(region, "region", title="Giao ban quý I"),
        "division": hold(
            region, "division", title="Kiểm điểm Sư đoàn", kind=ConferenceKind.SELF_CRITICISM,
            date_start=dt.date(2020, 12, 30), place="Hòa Bình",
        ),
        "brigade": hold(region, "brigade", title="Rút kinh nghiệm", kind=ConferenceKind.LESSONS),
    }  # fmt: skip


def seen(region: Region, username: str, three: dict[str, Conference], **wanted: object) -> set[str]:
    rows = set(queries.listing(region.actor(username), ConferenceFilter(**wanted)))  # type: ignore[arg-type]
    return {key for key, row in three.items() if row in rows}


def test_each_sees_the_own_part_of_the_tree_and_what_was_attended(
    region: Region, three: dict[str, Conference]
) -> None:
    assert seen(region, "clerk", three) == {"region", "division", "brigade"}
    assert seen(region, "divisionclerk", three) == {"division"}
    assert seen(region, "admin", three) == set()
    minutes.record_attendance(
        actor=region.system, conference=three["brigade"], person=region.people["divisionclerk"], roles=[],
        now=region.now,
    )  # fmt: skip
    assert seen(region, "divisionclerk", three) == {"division", "brigade"}
    with pytest.raises(NotFound):
        queries.get(region.actor("divisionclerk"), three["region"].pk)


def test_the_filters(region: Region, three: dict[str, Conference]) -> None:
    assert seen(region, "clerk", three, kind=ConferenceKind.LESSONS) == {"brigade"}
    assert seen(region, "clerk", three, year=2020) == {"division"}
    assert seen(region, "clerk", three, organization=region.bodies["division"]) == {"division"}
    assert seen(region, "clerk", three, organization=region.bodies["region"]) == set(three)
    assert seen(region, "clerk", three, text="hoà bình") == {"division"}
    assert seen(region, "clerk", three, text="lu doan") == {"brigade"}
    assert queries.years(region.actor("clerk")) == [2021, 2020]


def fill(region: Region, conference: Conference, number: int) -> None:
    """``number`` of everything that hangs on a conference."""
    system, now = region.system, region.now
    people = list(region.people.values())
    for at in range(number):
        site = actions.add_site(actor=system, conference=conference, name=f"Điểm {at}", now=now)
        minutes.record_attendance(
            actor=system, conference=conference, person=people[at], now=now, site=site,
            roles=[AttendanceRole.CHAIR if at == 0 else AttendanceRole.ATTEND],
            presence=Presence.ABSENT if at == 1 else Presence.PRESENT,
        )  # fmt: skip
        for kind in (FindingKind.STRENGTH, FindingKind.LIMITATION):
            finding = find(region, "region", f"Nội dung {kind} số {at}", kind)
            actions.attach_finding(actor=system, conference=conference, finding=finding, now=now)
        remedies.add_remedy(
            actor=system, finding=finding, statement="Giao người", accountable_post=region.posts["division"],
            deliverable="Danh sách", due_on=dt.date(2022, 6, 30), now=now,
        )  # fmt: skip
        minutes.add_conclusions(
            actor=system, conference=conference, conclusions=[minutes.NewConclusion(f"Việc {at}")], now=now
        )
        minutes.add_cited_document(
            actor=system, conference=conference, type="kế hoạch", number=f"{at}-KH", now=now
        )


@pytest.mark.parametrize("number", [1, 3])
def test_the_detail_costs_the_same_for_one_and_for_three(
    region: Region, conference: Conference, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(region, conference, number)
    actor = region.actor("clerk")
    with django_assert_num_queries(4):
        detail = conference_detail(actor, queries.get(actor, conference.pk))
        for row in detail.attendances:
            str((row.person.name, row.site and row.site.name, [held.role for held in row.roles.all()]))
        for finding in (*detail.strengths, *detail.limitations):
            str((finding.organization.name, list(finding.causes.all()), list(finding.responsibilities.all())))
            str([remedy.accountable_post.organization.name for remedy in finding.remedies.all()])
        str([row.statement for row in detail.conclusions])
    assert (len(detail.strengths), len(detail.limitations), len(detail.conclusions)) == (number,) * 3
    assert [row.person.name for row in detail.chairs] == ["Lê Văn Thử"]
    assert len(detail.absent) == (1 if number > 1 else 0)
    assert detail.may_edit


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_one_query(
    region: Region, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for at in range(number):
        row = hold(region, title=f"Giao ban {at}")
        for kind in (FindingKind.STRENGTH, FindingKind.LIMITATION):
            finding = find(region, "region", f"{kind} {at}", kind)
            actions.attach_finding(actor=region.system, conference=row, finding=finding, now=region.now)
    actor = region.actor("clerk")
    with django_assert_num_queries(1):
        rows = [
            (row.organization.name, row.open_findings) for row in queries.listing(actor, ConferenceFilter())
        ]
    assert rows == [("Đảng ủy Quân khu Thử Nghiệm", 1)] * number


def test_a_guest_sees_the_conference_but_only_the_findings_in_sight(
    region: Region, conference: Conference
) -> None:
    own = find(region, "division", "Sư đoàn báo cáo chậm")
    others = find(region, "brigade", "Lữ đoàn thiếu kiểm tra")
    for finding in (own, others):
        actions.attach_finding(actor=region.system, conference=conference, finding=finding, now=region.now)
    minutes.record_attendance(
        actor=region.system, conference=conference, person=region.people["divisionclerk"], roles=[],
        now=region.now,
    )  # fmt: skip
    guest = region.actor("divisionclerk")
    detail = conference_detail(guest, queries.get(guest, conference.pk))
    assert [finding.statement for finding in detail.limitations] == ["Sư đoàn báo cáo chậm"]
    assert detail.sources == ()
    assert not detail.may_edit
    (listed,) = queries.listing(guest, ConferenceFilter())
    assert listed.open_findings == 1
    (attended,) = queries.attended_by(guest, region.people["divisionclerk"].pk)
    assert attended.conference == conference
