"""Recording a conference: by whom, with what, and what is refused in words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.conferences import actions
from soi.conferences.enums import ConferenceKind, Form
from soi.conferences.models import Conference, ConferenceFinding
from soi.documents import actions as documents
from soi.findings.enums import FindingKind
from soi.history.models import Event
from tests.conferences.conftest import DAY, find, hold
from tests.factories import Region


def record(region: Region, username: str, body: str, **facts: Any) -> Conference:
    given = {"kind": ConferenceKind.SELF_CRITICISM, "title": "Kiểm điểm", "date_start": DAY, **facts}
    return actions.record_conference(
        actor=region.actor(username), organization=region.bodies[body], now=region.now, **given
    )


def test_a_clerk_records_for_the_own_part_of_the_tree_with_one_event(region: Region) -> None:
    conference = record(region, "clerk", "division", title="  Kiểm điểm   năm 2021 ")
    conference.refresh_from_db()
    assert (conference.title, conference.date_end, conference.form) == (
        "Kiểm điểm năm 2021",
        DAY,
        Form.UNKNOWN,
    )
    event = Event.objects.get(action__startswith="conferences.")
    assert (event.action, event.subject_id, event.actor_label) == (
        "conferences.record", conference.pk, "Đỗ Thị Mẫu",
    )  # fmt: skip


def test_who_only_reads_or_stands_elsewhere_cannot_record(region: Region) -> None:
    with pytest.raises(NotAllowed, match="văn thư"):
        record(region, "inspector", "division")
    with pytest.raises(NotFound):
        record(region, "divisionclerk", "brigade")
    assert not Conference.objects.exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": "  "}, "title"),
        ({"date_end": dt.date(2021, 4, 6)}, "date_end"),
        ({"date_start": dt.date(2014, 12, 31)}, "date_start"),
    ],
)
def test_what_cannot_be_is_refused_by_field(region: Region, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        record(region, "clerk", "region", **facts)
    assert list(refusal.value.fields) == [field]


def edit(region: Region, conference: Conference, username: str = "clerk", **facts: Any) -> Conference:
    given = {
        "expected_version": conference.version, "kind": ConferenceKind.BRIEFING_QUARTER, "form": Form.HYBRID,
        "title": conference.title, "date_start": DAY, "date_end": DAY, "period": "2021-Q1", "place": "Hội trường",
        **facts,
    }  # fmt: skip
    return actions.edit_conference(
        actor=region.actor(username), conference=conference, now=region.now, **given
    )


def test_of_two_editors_the_slower_is_told(region: Region, conference: Conference) -> None:
    first, second = Conference.objects.get(), Conference.objects.get()
    assert edit(region, first, place="Hội trường A").version == 2
    with pytest.raises(Conflict, match="tải lại trang"):
        edit(region, second, place="Hội trường B")
    assert Conference.objects.get().place == "Hội trường A"
    facts = Event.objects.get(action="conferences.edit").payload.facts
    assert facts["changed"]["place"] == ["", "Hội trường A"]


def test_an_edit_is_found_by_its_new_words(region: Region, conference: Conference) -> None:
    edit(region, conference, title="Rút kinh nghiệm diễn tập")
    assert "rut kinh nghiem dien tap" in Conference.objects.get().search_key


def test_a_reader_may_not_edit(region: Region, conference: Conference) -> None:
    with pytest.raises(NotAllowed, match="chỉ được xem"):
        edit(region, conference, "inspector")
    with pytest.raises(NotFound):
        edit(region, conference, "divisionclerk")


def test_a_conference_has_one_main_site(region: Region, conference: Conference) -> None:
    def add(name: str, *, is_main: bool) -> None:
        actions.add_site(
            actor=region.actor("clerk"), conference=conference, name=name, is_main=is_main, now=region.now
        )

    add("Sở chỉ huy", is_main=True)
    add("Sư đoàn 901", is_main=False)
    with pytest.raises(Conflict, match="điểm cầu chính"):
        add("Lữ đoàn 902", is_main=True)
    with pytest.raises(Invalid):
        add(" ", is_main=False)
    assert [site.name for site in conference.sites.all()] == ["Sở chỉ huy", "Sư đoàn 901"]


def test_a_source_is_attached_once_and_only_if_seen(region: Region, conference: Conference) -> None:
    def text(body: str) -> Any:
        return documents.receive_text(
            actor=region.system,
            organization=region.bodies[body],
            text=f"Tin {body}",
            title="Tin",
            now=region.now,
        ).source

    own, others = text("division"), text("brigade")
    division = hold(region, "division")
    clerk = region.actor("divisionclerk")
    actions.attach_source(
        actor=clerk, conference=division, source=own, author="Phóng Viên", published=DAY, now=region.now
    )
    with pytest.raises(Conflict):
        actions.attach_source(actor=clerk, conference=division, source=own, now=region.now)
    with pytest.raises(NotFound):
        actions.attach_source(actor=clerk, conference=division, source=others, now=region.now)


def test_a_finding_belongs_to_the_one_conference_that_named_it(
    region: Region, conference: Conference
) -> None:
    finding = find(region, "region", "Giao việc chưa rõ người", FindingKind.SHORTCOMING)
    actions.attach_finding(
        actor=region.actor("clerk"), conference=conference, finding=finding, now=region.now
    )
    with pytest.raises(Conflict, match="đã thuộc một hội nghị"):
        actions.attach_finding(
            actor=region.system, conference=hold(region, title="Khác"), finding=finding, now=region.now
        )
    assert ConferenceFinding.objects.get().conference == conference
