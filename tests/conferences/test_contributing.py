"""Contributions: by whom, about what they may see; withdrawn ones are marked; the event holds no words."""

from __future__ import annotations

import pytest

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.conferences import contributing, speaking
from soi.conferences.enums import ContributionKind
from soi.conferences.logic.sentences import sentence
from soi.conferences.logic.verbs import FloorVerb as Verb
from soi.conferences.models import Contribution
from soi.history.models import Event
from tests.conferences.conftest import find
from tests.conferences.hall import Hall

TEXT = "CANARY sinh hoạt chi bộ chưa đều"


def say(hall: Hall, who: str, **more: object) -> Contribution:
    given: dict[str, object] = {"kind": ContributionKind.SHORTCOMING, "text": TEXT, **more}
    return contributing.add_contribution(
        actor=hall.actor(who), conference=hall.conference, now=hall.later(), **given
    )  # type: ignore[arg-type]


def withdraw(hall: Hall, who: str, row: Contribution) -> Contribution:
    return contributing.withdraw_contribution(
        actor=hall.actor(who), conference=hall.conference, contribution=row.pk, now=hall.later()
    )


def test_a_delegate_types_what_he_says(open_hall: Hall) -> None:
    hall, row = open_hall, say(open_hall, "brigade", text=f"  {TEXT}  ")
    assert (row.person_id, row.site_id, row.text) == (hall.person("brigade"), hall.sites["brigade"].pk, TEXT)
    assert (hall.last.verb, hall.last.facts["contribution"]) == (Verb.CONTRIBUTE, row.pk)
    assert sentence(hall.last.verb, hall.last.facts) == (
        "Đồng chí Đại tá Cao Văn Lữ nêu hạn chế, khuyết điểm."
    )


def test_no_event_holds_the_words(open_hall: Hall) -> None:
    row = say(open_hall, "brigade", paper=open_hall.papers["members"].pk, paragraph=2)
    withdraw(open_hall, "brigade", row)
    told = " ".join(str(event.facts) for event in open_hall.events)
    assert "CANARY" not in told
    assert "Tài liệu members" not in told
    assert open_hall.events[-2].facts["restricted"] is True


def test_the_secretary_types_for_others_and_is_named(open_hall: Hall) -> None:
    hall = open_hall
    row = say(hall, "press", person=hall.person("brigade"))
    assert (row.person_id, row.entered_label) == (hall.person("brigade"), "Vũ Thị Báo")
    assert hall.last.facts["by"] == "Vũ Thị Báo"
    with pytest.raises(NotAllowed):
        say(hall, "member", person=hall.person("brigade"))


def test_along_with_the_speaker(open_hall: Hall) -> None:
    hall = open_hall
    with pytest.raises(Invalid, match="không có ai phát biểu"):
        say(hall, "press", of_speaker=True)
    speaking.give_floor(
        actor=hall.actor("commander"),
        conference=hall.conference,
        site=hall.sites["brigade"].pk,
        now=hall.later(),
    )
    row = say(hall, "press", of_speaker=True)
    assert (row.person_id, row.site_id) == (None, hall.sites["brigade"].pk)


def test_of_a_paragraph_that_the_paper_has(open_hall: Hall) -> None:
    paper = open_hall.papers["draft"].pk
    assert say(open_hall, "brigade", paper=paper, paragraph=3).paragraph == 3
    assert sentence(open_hall.last.verb, open_hall.last.facts).endswith("về đoạn 3 của «Tài liệu draft».")
    for missing in (0, 4):
        with pytest.raises(Invalid, match="đoạn"):
            say(open_hall, "brigade", paper=paper, paragraph=missing)
    with pytest.raises(Invalid, match="tài liệu"):
        say(open_hall, "brigade", paragraph=1)


def test_a_paper_one_may_not_read_is_not_found(open_hall: Hall) -> None:
    with pytest.raises(NotFound, match="tài liệu"):
        say(open_hall, "brigade", paper=open_hall.papers["chair"].pk)
    assert say(open_hall, "commander", paper=open_hall.papers["chair"].pk).paper_id


def test_a_finding_one_may_not_see_is_not_found(open_hall: Hall) -> None:
    hall = open_hall
    finding = find(hall.region, "division", "Công tác kiểm tra chưa thường xuyên")
    assert say(hall, "division", finding=finding.pk).finding_id == finding.pk
    with pytest.raises(NotFound):
        say(hall, "brigade", finding=finding.pk)


@pytest.mark.parametrize(("kind", "text"), [("song", TEXT), ("cause", "   "), ("cause", "a" * 4001)])
def test_what_is_missing_or_wrong(open_hall: Hall, kind: str, text: str) -> None:
    with pytest.raises(Invalid):
        say(open_hall, "brigade", kind=kind, text=text)
    assert open_hall.floor.number == 1


def test_nobody_contributes_before_the_opening(hall: Hall) -> None:
    with pytest.raises(Conflict, match="chưa khai mạc"):
        say(hall, "brigade")


def test_withdrawn_is_marked_and_stays(open_hall: Hall) -> None:
    hall, row = open_hall, say(open_hall, "brigade")
    with pytest.raises(NotAllowed, match="của mình"):
        withdraw(hall, "member", row)
    withdraw(hall, "brigade", row)
    row.refresh_from_db()
    assert (row.withdrawn, row.text) == (True, TEXT)
    assert Event.objects.filter(action="conferences.withdraw_contribution").count() == 1
    with pytest.raises(Conflict, match="đã được rút"):
        withdraw(hall, "press", row)


def test_the_site_withdraws_what_it_said_itself(open_hall: Hall) -> None:
    hall = open_hall
    row = say(hall, "divisionclerk", site=hall.sites["division"].pk)
    with pytest.raises(NotAllowed):
        withdraw(hall, "brigade", row)
    assert withdraw(hall, "division", row).withdrawn
