"""From two texts to one answer: the general in April, the same general in November, and who came after him."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from soi.conferences.models import Conference
from soi.intake import actions
from soi.intake.models import Draft, Proposal
from soi.org.models import Person
from soi.org.queries import posts_of, rank_of
from tests.factories import Region
from tests.intake.conftest import card, propose
from tests.intake.texts import APRIL, NOVEMBER

IN_APRIL, IN_NOVEMBER = dt.date(2021, 4, 7), dt.date(2021, 11, 22)
GENERAL, SUCCESSOR = "Lý Quang Thử", "Hoàng Đức Mẫu"
CLERK = "centreclerk"


def choose(region: Region, draft: Draft, name: str, did: dict[str, str], **fields: Any) -> Proposal:
    """What the clerk picks for a person: an action for each post that begins with these words."""
    row = card(draft, "person", name)
    lines = [
        {
            **line,
            "action": next(
                (act for words, act in did.items() if line["text"].startswith(words)), line["action"]
            ),
        }
        for line in row.data["posts"]
    ]
    version = Draft.objects.get(pk=draft.pk).version
    return actions.edit_card(
        actor=region.actor(CLERK), proposal=row, fields={**fields, "posts": lines}, expected_version=version,
        now=region.now,
    )  # fmt: skip


def finish(region: Region, draft: Draft) -> Conference:
    clerk = region.actor(CLERK)
    assert actions.accept_all_pending(actor=clerk, draft=draft, now=region.now).left == 0
    return actions.confirm_draft(actor=clerk, draft=draft, now=region.now)


def import_april(region: Region, **fields: Any) -> Conference:
    draft = propose(region, APRIL, CLERK)
    did = {"Bí thư": "handover", "Chính ủy": "record"}
    choose(region, draft, GENERAL, did, record_rank=True, **fields)
    return finish(region, draft)


def import_november(region: Region, commissar: str, **fields: Any) -> Conference:
    draft = propose(region, NOVEMBER, CLERK)
    centre = choose(region, draft, GENERAL, {"Phó Chủ nhiệm": "record_new"}, **fields)
    assert centre.data["posts"][0]["organization"] == region.bodies["centre"].pk
    choose(region, draft, SUCCESSOR, {"Bí thư": "handover", "Chính ủy": commissar}, choice="new")
    return finish(region, draft)


def held(name: str, day: dt.date) -> set[str]:
    person = Person.objects.get(name=name)
    return {f"{row.post.label}, {row.post.organization}" for row in posts_of(person, on=day)}


IN_THE_REGION = {
    "Bí thư Đảng ủy Quân khu, Đảng ủy Quân khu Thử Nghiệm",
    "Chính ủy, Bộ Tư lệnh Quân khu Thử Nghiệm",
}
ABOVE = {"Phó Chủ nhiệm Tổng cục Thử Nghiệm, Đảng ủy Tổng cục Thử Nghiệm"}


def check_answers(region: Region) -> None:
    assert held(GENERAL, IN_APRIL) == IN_THE_REGION
    assert held(GENERAL, IN_NOVEMBER) == ABOVE
    assert held(SUCCESSOR, IN_APRIL) == set()
    assert held(SUCCESSOR, IN_NOVEMBER) == IN_THE_REGION
    assert held(GENERAL, IN_NOVEMBER - dt.timedelta(days=1)) == IN_THE_REGION
    assert region.posts["secretary"].label in "".join(held("Lê Văn Thử", IN_APRIL - dt.timedelta(days=1)))
    assert held("Lê Văn Thử", IN_APRIL) == set()
    assert Person.objects.filter(name=GENERAL).count() == 1


def test_who_was_he_on_that_date(army: Region) -> None:
    april = import_april(army, choice="new")
    draft = propose(army, NOVEMBER + "\n(bản chép lại)", CLERK)
    recognised = card(draft, "person", GENERAL).data
    assert (recognised["choice"], recognised["person"]) == ("existing", Person.objects.get(name=GENERAL).pk)
    actions.discard_draft(actor=army.actor(CLERK), draft=draft, reason="Chỉ để xem", now=army.now)
    november = import_november(army, "handover")
    check_answers(army)
    assert rank_of(Person.objects.get(name=GENERAL), on=IN_NOVEMBER) == "Trung tướng"
    assert (april.organization, november.organization) == (army.bodies["command"], army.bodies["region"])
    for conference, chair in [(april, GENERAL), (november, SUCCESSOR)]:
        rows = conference.attendances.filter(roles__role="chair")
        assert [row.person.name for row in rows] == [chair]


def test_the_order_in_which_the_texts_arrive_does_not_matter(army: Region) -> None:
    import_november(army, "record", choice="new")
    import_april(army)
    check_answers(army)


@pytest.mark.parametrize("again", [APRIL + "\n(bản chép lại)", APRIL.replace("Lý Quang", "Lý  Quang")])
def test_the_same_meeting_told_again_is_pointed_out(army: Region, again: str) -> None:
    from soi.intake.confirm_page import confirm_page

    first = import_april(army, choice="new")
    page = confirm_page(army.actor(CLERK), propose(army, again, CLERK))
    (caution,) = [one for one in page.general_cautions if one.code == "same_conference"]
    assert caution.conference == first.pk
