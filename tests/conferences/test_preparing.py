"""Chuẩn bị: templates, the agenda and its clock, sites, questions from above, what is still missing."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.conferences import agenda, inviting, preparing
from soi.conferences.agenda import ItemFacts
from soi.conferences.enums import AttendanceRole, ConferenceKind, Form, ItemKind
from soi.conferences.logic.agenda import Slot, clock, fitted, planned, timed, total
from soi.conferences.logic.readiness import Counts, Gap, gaps
from soi.conferences.models import AgendaItem, Conference, FloorEvent
from soi.conferences.templates import TEMPLATES, template_for
from soi.history.models import Event
from tests.conferences.conftest import hold
from tests.factories import Region

DAY = dt.date(2021, 12, 20)


@pytest.fixture
def ahead(region: Region) -> Conference:
    return prepare(region)


def prepare(region: Region, body: str = "regiment", **facts: Any) -> Conference:
    given = {
        "template": "giao-ban", "date_start": DAY, "starts_at": dt.time(8), "ends_at": dt.time(10), **facts,
    }  # fmt: skip
    return preparing.prepare_conference(
        actor=region.actor("divisionclerk"), organization=region.bodies[body], now=region.now, **given
    )


def titles(conference: Conference) -> list[str]:
    """Numbers and first words, in reading order."""
    items = {item.pk: item for item in conference.agenda.all()}
    rows = timed(agenda.slots(items.values()), None)
    return [f"{row.number} {items[row.key].title[:12]}" for row in rows]


# --- templates -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", TEMPLATES)
def test_a_template_opens_concludes_and_fits_half_a_day(key: str) -> None:
    lines = [part for line in TEMPLATES[key].lines for part in (line.parts or (line,))]
    assert lines[0].kind == ItemKind.OPENING
    assert ItemKind.CONCLUSION in {line.kind for line in lines}
    assert all(line.title and line.minutes for line in lines)
    assert 60 <= sum(line.minutes for line in lines) <= 270
    # What is reported is discussed, and what is discussed is answered, before the chair concludes.
    kinds = [line.kind for line in lines]
    assert (
        kinds.index(ItemKind.REPORT)
        < kinds.index(ItemKind.DISCUSSION)
        < kinds.index(ItemKind.EXPLANATION)
        < kinds.index(ItemKind.CONCLUSION)
    )


def test_the_review_goes_by_the_collective_first_then_persons_then_the_ballot() -> None:
    names = [line.title for line in TEMPLATES["kiem-diem"].lines if line.parts]
    assert names == ["Kiểm điểm tập thể", "Kiểm điểm cá nhân", "Đánh giá, xếp loại chất lượng"]


@pytest.mark.parametrize("kind", [kind for kind in ConferenceKind if kind != ConferenceKind.NONE])
def test_every_kind_has_a_template(kind: ConferenceKind) -> None:
    assert template_for(kind).key in TEMPLATES


# --- a conference to come --------------------------------------------------------------------------------


def test_a_prepared_conference_has_its_record_and_its_agenda(ahead: Conference) -> None:
    assert (ahead.title, ahead.kind) == ("Hội nghị giao ban ngày 20/12/2021", ConferenceKind.BRIEFING_QUARTER)
    assert ahead.agenda.count() == len(TEMPLATES["giao-ban"].lines)
    actions = list(
        Event.objects.filter(subject_id=ahead.pk, action__startswith="conferences.")
        .order_by("pk")
        .values_list("action", flat=True)
    )
    assert actions == ["conferences.record", "conferences.lay_out_agenda"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"date_start": dt.date(2021, 11, 30)}, "date_start"),
        ({"template": "khac"}, "template"),
        ({"ends_at": dt.time(7, 59)}, "ends_at"),
    ],
)
def test_what_cannot_be_prepared(region: Region, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        prepare(region, **facts)
    assert field in refusal.value.fields
    assert not Conference.objects.exists()


def test_only_who_records_for_the_body_prepares(region: Region) -> None:
    for username, error in (("inspector", NotAllowed), ("brigadeclerk", NotFound)):
        with pytest.raises(error):
            preparing.prepare_conference(
                actor=region.actor(username), organization=region.bodies["regiment"], template="giao-ban",
                date_start=DAY, starts_at=dt.time(8), now=region.now,
            )  # fmt: skip


def test_parts_of_a_template_stand_under_their_heading(region: Region) -> None:
    review = prepare(region, template="kiem-diem", ends_at=None)
    assert [row for row in titles(review) if row.startswith("2")] == [
        "2 Kiểm điểm tậ", "2.1 Trình bày bá", "2.2 Nêu các vấn ", "2.3 Thảo luận, g", "2.4 Tiếp thu, gi",
    ]  # fmt: skip


def test_an_agenda_begun_by_hand_is_not_laid_over(region: Region, ahead: Conference) -> None:
    with pytest.raises(Conflict, match="đã có chương trình"):
        agenda.lay_out(
            actor=region.actor("divisionclerk"), conference=ahead, template=TEMPLATES["chung"], now=region.now
        )


# --- agenda ----------------------------------------------------------------------------------------------


def add(region: Region, conference: Conference, title: str, **facts: Any) -> AgendaItem:
    return agenda.add_item(
        actor=region.actor("divisionclerk"), conference=conference, facts=ItemFacts(title, **facts),
        now=region.now,
    )  # fmt: skip


@pytest.fixture
def empty(region: Region) -> Conference:
    return hold(region, "regiment", date_start=DAY)


def test_items_are_added_at_the_end_of_their_level(region: Region, empty: Conference) -> None:
    one = add(region, empty, "Một")
    add(region, empty, "Hai")
    add(region, empty, "Một a", parent=one)
    add(region, empty, "Một b", parent=one)
    assert titles(empty) == ["1 Một", "1.1 Một a", "1.2 Một b", "2 Hai"]


def test_an_agenda_has_two_levels(region: Region, empty: Conference) -> None:
    one = add(region, empty, "Một")
    part = add(region, empty, "Phần", parent=one)
    two = add(region, empty, "Hai")
    with pytest.raises(Invalid, match="hai cấp"):
        add(region, empty, "Sâu", parent=part)
    clerk = region.actor("divisionclerk")
    for item, parent in ((one, two), (two, two)):
        with pytest.raises(Invalid, match="hai cấp"):
            agenda.edit_item(actor=clerk, item=item, facts=ItemFacts("Một", parent=parent), now=region.now)
    other = add(region, hold(region, "regiment", date_start=DAY), "Của hội nghị khác")
    with pytest.raises(Invalid, match="hai cấp"):
        add(region, empty, "Lạc", parent=other)


def test_moving_changes_places_with_the_neighbour_only(region: Region, empty: Conference) -> None:
    clerk = region.actor("divisionclerk")
    one, _two, three = (add(region, empty, title) for title in ("Một", "Hai", "Ba"))
    agenda.move_item(actor=clerk, item=three, up=True, now=region.now)
    assert titles(empty) == ["1 Một", "2 Ba", "3 Hai"]
    agenda.move_item(actor=clerk, item=one, up=False, now=region.now)
    assert titles(empty) == ["1 Ba", "2 Một", "3 Hai"]
    with pytest.raises(Conflict):
        agenda.move_item(actor=clerk, item=three, up=True, now=region.now)


def test_removing_takes_the_parts_along_and_closes_the_gap(region: Region, empty: Conference) -> None:
    one = add(region, empty, "Một")
    add(region, empty, "Phần", parent=one)
    add(region, empty, "Hai")
    agenda.remove_item(actor=region.actor("divisionclerk"), item=one, now=region.now)
    assert titles(empty) == ["1 Hai"]
    assert empty.agenda.get().order == 1


def test_what_was_dealt_with_stays(region: Region, empty: Conference) -> None:
    one = add(region, empty, "Một")
    FloorEvent.objects.create(
        conference=empty, number=1, verb="start_item", at=region.now, actor_label="Thử", item=one
    )
    with pytest.raises(Conflict, match="đã bàn"):
        agenda.remove_item(actor=region.actor("divisionclerk"), item=one, now=region.now)


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"title": " "}, "title"), ({"minutes": 601}, "minutes"), ({"minutes": -1}, "minutes")],
)
def test_an_item_needs_words_and_bearable_minutes(
    region: Region, empty: Conference, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        add(region, empty, **{"title": "Một", **facts})
    assert field in refusal.value.fields


def test_who_only_reads_changes_nothing(region: Region, empty: Conference) -> None:
    item = add(region, empty, "Một")
    reader, outsider, now = region.actor("inspector"), region.actor("brigadeclerk"), region.now
    facts = ItemFacts("Khác")
    for actor, error in ((reader, NotAllowed), (outsider, NotFound)):
        for act in (
            lambda actor=actor: agenda.add_item(actor=actor, conference=empty, facts=facts, now=now),
            lambda actor=actor: agenda.edit_item(actor=actor, item=item, facts=facts, now=now),
            lambda actor=actor: agenda.move_item(actor=actor, item=item, up=True, now=now),
            lambda actor=actor: agenda.remove_item(actor=actor, item=item, now=now),
        ):
            with pytest.raises(error):
                act()
    with pytest.raises(NotFound):
        agenda.get_item(outsider, item.pk)
    assert titles(empty) == ["1 Một"]


def test_a_presenter_out_of_sight_cannot_be_named_by_number(region: Region, empty: Conference) -> None:
    with pytest.raises(Invalid, match="Không tìm thấy người này"):
        add(region, empty, "Một", presenter=region.people["brigade"])
    with pytest.raises(NotFound):
        add(region, empty, "Một", presenting_body=region.bodies["brigade"])


# --- the clock -------------------------------------------------------------------------------------------

SLOTS = [
    Slot(1, None, 1, 5),
    Slot(2, None, 2, 99),
    Slot(3, 2, 1, 20),
    Slot(4, 2, 2, 10),
    Slot(5, None, 3, 15),
]


def test_clock_times_follow_the_minutes_and_parts_lie_within_their_heading() -> None:
    rows = timed(SLOTS, dt.time(8))
    assert [(row.number, f"{row.starts:%H:%M}-{row.ends:%H:%M}") for row in rows] == [
        ("1", "08:00-08:05"), ("2", "08:05-08:35"), ("2.1", "08:05-08:25"), ("2.2", "08:25-08:35"),
        ("3", "08:35-08:50"),
    ]  # fmt: skip
    assert [(row.is_first, row.is_last) for row in rows] == [
        (True, False), (False, False), (True, False), (False, True), (False, True),
    ]  # fmt: skip


def test_the_sum_counts_parts_instead_of_their_heading() -> None:
    assert total(SLOTS) == 50
    assert total([]) == 0


def test_times_are_left_out_where_none_is_known_or_the_day_ends() -> None:
    assert all(row.starts is None for row in timed(SLOTS, None))
    assert clock(dt.time(23, 50), 9) == dt.time(23, 59)
    assert clock(dt.time(23, 50), 10) is None


@pytest.mark.parametrize("room", [8, 9, 20, 40, 104, 105, 300])
def test_a_template_is_shortened_to_the_time_there_is(room: int) -> None:
    usual = [5, 15, 10, 30, 15, 10, 15, 5]
    shares = fitted(usual, room)
    assert sum(shares) == min(room, 105)
    assert min(shares) >= 1
    assert max(shares) == shares[3]


def test_what_fits_or_cannot_be_shortened_stays_as_it_is() -> None:
    assert fitted([5, 15], None) == [5, 15]
    assert fitted([5, 15], 1) == [5, 15]
    assert fitted([1, 1, 1, 1, 10], 5) == [1, 1, 1, 1, 1]
    assert fitted([], 10) == []


def test_a_conference_of_forty_minutes_gets_an_agenda_of_forty_minutes(region: Region) -> None:
    conference = prepare(region, starts_at=dt.time(8), ends_at=dt.time(8, 40))
    assert total(agenda.slots(conference.agenda.all())) == 40


def test_planned_minutes_are_of_one_day() -> None:
    assert planned(dt.time(8), dt.time(9, 45)) == 105
    assert planned(dt.time(8), None) is None
    assert planned(dt.time(8), dt.time(17), days=2) is None


# --- sites -----------------------------------------------------------------------------------------------


def test_a_site_has_room_head_and_technician_and_one_is_main(region: Region, ahead: Conference) -> None:
    clerk, now = region.actor("divisionclerk"), region.now
    facts = preparing.SiteFacts(
        "",
        region.bodies["regiment"],
        "Phòng 2",
        region.people["regiment"],
        region.people["member"],
        is_main=True,
    )
    one = preparing.add_site(actor=clerk, conference=ahead, facts=facts, now=now)
    assert (one.name, one.room, one.head, one.is_main) == (
        "Đảng ủy Trung đoàn 91", "Phòng 2", region.people["regiment"], True,
    )  # fmt: skip
    two = preparing.add_site(
        actor=clerk, conference=ahead, facts=preparing.SiteFacts("Tiểu đoàn 1", is_main=True), now=now
    )
    assert [site.pk for site in ahead.sites.filter(is_main=True)] == [two.pk]
    preparing.remove_site(actor=clerk, site=two, now=now)
    assert [site.pk for site in ahead.sites.all()] == [one.pk]


def test_a_site_where_somebody_was_stays(region: Region, ahead: Conference) -> None:
    clerk, now = region.actor("divisionclerk"), region.now
    site = preparing.add_site(actor=clerk, conference=ahead, facts=preparing.SiteFacts("Nơi họp"), now=now)
    ahead.attendances.create(person=region.people["regiment"], site=site)
    with pytest.raises(Conflict, match="Đã có người dự"):
        preparing.remove_site(actor=clerk, site=site, now=now)


def test_a_site_needs_a_name_and_known_people(region: Region, ahead: Conference) -> None:
    clerk, now = region.actor("divisionclerk"), region.now
    for facts in (preparing.SiteFacts(" "), preparing.SiteFacts("Nơi", head=region.people["brigade"])):
        with pytest.raises(Invalid):
            preparing.add_site(actor=clerk, conference=ahead, facts=facts, now=now)
    with pytest.raises(NotAllowed):
        preparing.add_site(
            actor=region.actor("inspector"), conference=ahead, facts=preparing.SiteFacts("Nơi"), now=now
        )


# --- questions from above --------------------------------------------------------------------------------


def ask(region: Region, conference: Conference, username: str, body: str, text: str = "Làm rõ") -> Any:
    return preparing.ask(
        actor=region.actor(username), conference=conference, asked_by=region.bodies[body], text=text,
        now=region.now,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("username", "body"), [("divisionclerk", "division"), ("regiment", "region"), ("secretary", "region")]
)
def test_a_level_above_asks_or_the_own_clerk_enters_it(
    region: Region, ahead: Conference, username: str, body: str
) -> None:
    assert ask(region, ahead, username, body).asked_by == region.bodies[body]


def test_who_does_not_stand_above_asks_nothing(region: Region, ahead: Conference) -> None:
    with pytest.raises(Invalid, match="không phải cấp trên"):
        ask(region, ahead, "divisionclerk", "battalion")
    with pytest.raises(NotAllowed):
        ask(region, ahead, "inspector", "region")
    with pytest.raises(NotFound):
        ask(region, ahead, "brigade", "region")


def test_a_question_is_open_until_it_is_answered(region: Region, ahead: Conference) -> None:
    question = ask(region, ahead, "secretary", "region")
    clerk, now = region.actor("divisionclerk"), region.now
    assert Gap.UNANSWERED in preparing.prepared(clerk, ahead, []).gaps
    with pytest.raises(Invalid):
        preparing.answer_question(actor=clerk, question=question, answer=" ", now=now)
    with pytest.raises(NotAllowed):
        preparing.answer_question(actor=region.actor("inspector"), question=question, answer="Đã", now=now)
    preparing.answer_question(actor=clerk, question=question, answer="Đã sửa", now=now)
    assert Gap.UNANSWERED not in preparing.prepared(clerk, ahead, []).gaps
    assert question.answered_label == clerk.label


# --- what is still missing -------------------------------------------------------------------------------

READY = Counts(items=3, has_start=True, invited=5, has_chair=True, has_secretary=True)


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        ({"items": 0}, Gap.NO_AGENDA),
        ({"has_start": False}, Gap.NO_START),
        ({"minutes_over": 1}, Gap.OVERRUN),
        ({"reports_without_paper": 1}, Gap.NO_PAPER),
        ({"by_line": True, "sites": 1}, Gap.NO_SITE),
        ({"sites_without_staff": 1}, Gap.SITE_STAFF),
        ({"has_chair": False}, Gap.NO_CHAIR),
        ({"has_secretary": False}, Gap.NO_SECRETARY),
        ({"presenters_left_out": 1}, Gap.PRESENTER),
        ({"unsent": 1}, Gap.UNSENT),
        ({"waiting": 1}, Gap.NO_REPLY),
        ({"questions_open": 1}, Gap.UNANSWERED),
    ],
)
def test_each_gap_shows_by_itself(change: dict[str, Any], gap: Gap) -> None:
    assert gaps(READY) == []
    assert gaps(dataclasses.replace(READY, **change)) == [gap]


def test_nobody_invited_is_one_gap_not_three() -> None:
    empty = dataclasses.replace(READY, invited=0, has_chair=False, has_secretary=False)
    assert gaps(empty) == [Gap.NOBODY]


def test_the_gaps_close_one_by_one(region: Region) -> None:
    conference = prepare(region, ends_at=dt.time(9), form=Form.HYBRID)
    clerk, now = region.actor("divisionclerk"), region.now

    def found() -> set[Gap]:
        rows = list(inviting.of_conference(conference))
        return set(preparing.prepared(clerk, conference, rows).gaps)

    assert found() == {Gap.NO_PAPER, Gap.NO_SITE, Gap.NOBODY}
    late = ItemFacts("Nội dung thêm", minutes=25)
    agenda.add_item(actor=clerk, conference=conference, facts=late, now=now)
    assert Gap.OVERRUN in found()
    assert preparing.prepared(clerk, conference, []).minutes_over == 25
    for role, name in ((AttendanceRole.CHAIR, "regiment"), (AttendanceRole.SECRETARY, "member")):
        inviting.invite(actor=clerk, conference=conference, people=[region.people[name]], role=role, now=now)
    assert {Gap.NOBODY, Gap.NO_CHAIR, Gap.NO_SECRETARY}.isdisjoint(found())
    assert Gap.UNSENT in found()
    inviting.send(actor=clerk, conference=conference, now=now)
    assert Gap.UNSENT not in found()
    assert Gap.NO_REPLY in found()
    speaker = ItemFacts("Báo cáo của trung đoàn", minutes=5, presenter=region.people["division"])
    agenda.add_item(actor=clerk, conference=conference, facts=speaker, now=now)
    assert Gap.PRESENTER in found()
    person = [region.people["division"]]
    inviting.invite(actor=clerk, conference=conference, people=person, now=now)
    assert Gap.PRESENTER not in found()
