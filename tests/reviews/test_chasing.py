"""Nhắc: many at once, once a day, nobody who has finished, one event that tells whom."""

from __future__ import annotations

import datetime as dt

import pytest

from soi.base.errors import Conflict, NotAllowed
from soi.history.actions import seal_pending
from soi.history.models import Event
from soi.notices.making import make_notices
from soi.notices.models import Notice
from soi.reviews import chasing, listing
from soi.reviews.enums import Exemption
from soi.reviews.models import Review
from tests.factories import Region
from tests.reviews.cycle import Played, open_year
from tests.reviews.deciding import Deciding

TOMORROW = dt.date(2021, 12, 2)


@pytest.fixture
def year(region: Region) -> Played:
    return open_year(region)


def remind(year: Played, *rows: Review, by: str = "clerk", today: dt.date | None = None) -> int:
    actor = year.actor(by, today=today) if today else year.actor(by)
    return chasing.remind(actor=actor, cycle=year.cycle, reviews=rows, note=" Gửi   sớm ", now=year.now)


def test_many_are_reminded_by_one_event(year: Played) -> None:
    assert remind(year, year.review("division"), year.review("brigade"), year.personal("member")) == 3
    event = Event.objects.get(action="reviews.remind")
    assert {row["label"] for row in event.payload.facts["bodies"]} == {
        "Đảng ủy Sư đoàn 901",
        "Đảng ủy Lữ đoàn 902",
    }
    assert [row["label"] for row in event.payload.facts["people"]] == ["Đinh Văn Viên"]
    assert event.payload.facts["note"] == "Gửi sớm"


def test_nobody_is_reminded_twice_on_one_day(year: Played) -> None:
    remind(year, year.review("division"))
    with pytest.raises(Conflict, match="đã được nhắc hôm nay"):
        remind(year, year.review("division"))
    assert remind(year, year.review("division"), year.review("brigade")) == 1
    assert remind(year, year.review("division"), today=TOMORROW) == 1


def test_who_has_finished_or_is_exempt_is_left_in_peace(deciding: Deciding) -> None:
    deciding.ready()
    deciding.finalize()
    year = deciding.played
    listing.exempt(
        actor=year.actor("clerk"), reviews=[year.personal("press")], reason=Exemption.AWAY, now=year.now
    )
    with pytest.raises(Conflict, match="Không còn nơi nào"):
        remind(year, year.review("division"), year.personal("press"))


@pytest.mark.parametrize(
    ("by", "body"), [("division", "division"), ("inspector", "division"), ("member", "cell")]
)
def test_nobody_chases_their_own_body_or_without_the_right(year: Played, by: str, body: str) -> None:
    with pytest.raises(NotAllowed):
        remind(year, year.review(body), by=by)
    assert not Event.objects.filter(action="reviews.remind").exists()


def _told(kind: str) -> set[str]:
    seal_pending()
    make_notices(now=dt.datetime(2021, 12, 1, 2, 0, tzinfo=dt.UTC))
    return set(Notice.objects.filter(kind=kind).values_list("person__name", flat=True))


def test_the_opening_is_told_to_everybody_in_the_list_but_its_author(region: Region) -> None:
    year = open_year(region)
    assert _told("review_opened") == {person.name for person in region.people.values()} - {"Đỗ Thị Mẫu"}
    assert year.cycle.pk


def test_a_reminder_is_told_to_the_office_and_the_person_reminded(year: Played) -> None:
    remind(year, year.review("division"), year.personal("member"))
    assert _told("review_reminded") == {"Phan Văn Sư", "Hồ Thị Văn", "Đinh Văn Viên"}
