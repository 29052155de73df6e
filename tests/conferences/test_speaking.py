"""Speaking: who may ask for whom, one at a time, out of turn is recorded, moving on ends a speech."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.conferences import floor, speaking
from soi.conferences.enums import Audience, FloorState, QueueRule, RequestState
from soi.conferences.logic.sentences import sentence
from soi.conferences.logic.verbs import FloorVerb as Verb
from soi.conferences.models import Speech, SpeechRequest
from soi.history.models import Event
from tests.conferences.hall import Hall, build_hall, invite
from tests.factories import Region


def ask(hall: Hall, who: str, **more: object) -> SpeechRequest:
    given = {"kind": "speak", "topic": "", **more}
    return speaking.ask_to_speak(actor=hall.actor(who), conference=hall.conference, now=hall.later(), **given)  # type: ignore[arg-type]


def give(hall: Hall, by: str = "commander", **whom: object) -> Speech:
    return speaking.give_floor(actor=hall.actor(by), conference=hall.conference, now=hall.later(), **whom)  # type: ignore[arg-type]


# --- asking -----------------------------------------------------------------------------------------


def test_a_delegate_asks_from_where_he_sits(open_hall: Hall) -> None:
    request = ask(open_hall, "regiment", topic="  quân   số ")
    assert (request.person_id, request.site_id) == (
        open_hall.person("regiment"),
        open_hall.sites["division"].pk,
    )
    assert request.topic == "quân số"
    assert open_hall.last.facts["who"] == "Thượng tá Mai Văn Trung"
    assert open_hall.last.facts["by"] == ""
    assert open_hall.last.audience == Audience.DELEGATE


def test_one_may_ask_before_the_opening(hall: Hall) -> None:
    assert ask(hall, "brigade").state == RequestState.WAITING
    assert hall.floor.state == FloorState.WAITING


def test_one_request_waits_at_a_time(open_hall: Hall) -> None:
    ask(open_hall, "brigade")
    with pytest.raises(Conflict, match="đang chờ"):
        ask(open_hall, "brigade", kind="answer")
    # The database says so as well.
    with pytest.raises(IntegrityError), transaction.atomic():
        SpeechRequest.objects.create(
            conference=open_hall.conference, person_id=open_hall.person("brigade"), asked_at=open_hall.now
        )


def test_the_technician_asks_for_his_site_and_for_its_people(open_hall: Hall) -> None:
    hall = open_hall
    request = ask(hall, "divisionclerk", site=hall.sites["division"].pk)
    assert (request.person_id, request.site_id) == (None, hall.sites["division"].pk)
    assert ask(hall, "divisionclerk", person=hall.person("member")).person_id == hall.person("member")
    assert hall.last.facts["by"] == "Hồ Thị Văn"
    with pytest.raises(NotAllowed, match="điểm cầu"):
        ask(hall, "divisionclerk", site=hall.sites["brigade"].pk)
    with pytest.raises(NotAllowed, match="thư ký"):
        ask(hall, "divisionclerk", person=hall.person("brigade"))


def test_a_site_waits_once(open_hall: Hall) -> None:
    ask(open_hall, "divisionclerk", site=open_hall.sites["division"].pk)
    with pytest.raises(Conflict):
        ask(open_hall, "division", site=open_hall.sites["division"].pk)


def test_a_delegate_asks_for_nobody_else(open_hall: Hall) -> None:
    with pytest.raises(NotAllowed, match="thư ký"):
        ask(open_hall, "member", person=open_hall.person("brigade"))
    assert ask(open_hall, "press", person=open_hall.person("brigade")).person_id == open_hall.person(
        "brigade"
    )


def test_who_does_not_attend_does_not_ask(open_hall: Hall) -> None:
    with pytest.raises(NotAllowed, match="người dự"):
        ask(open_hall, "inspector")
    with pytest.raises(NotFound):
        ask(open_hall, "brigadeclerk")
    # The clerk drives the floor, but has no seat to speak from.
    with pytest.raises(Invalid, match="danh sách dự"):
        ask(open_hall, "clerk")


def test_a_request_says_what_it_is(open_hall: Hall) -> None:
    with pytest.raises(Invalid, match="loại"):
        ask(open_hall, "brigade", kind="shout")
    with pytest.raises(Invalid, match="ngắn"):
        ask(open_hall, "brigade", topic="a" * 201)


# --- withdrawing and declining ----------------------------------------------------------------------


def test_withdrawn_by_who_asked_and_once(open_hall: Hall) -> None:
    hall, request = open_hall, ask(open_hall, "brigade")
    with pytest.raises(NotAllowed, match="của mình"):
        speaking.withdraw_request(
            actor=hall.actor("member"), conference=hall.conference, request=request.pk, now=hall.later()
        )
    speaking.withdraw_request(
        actor=hall.actor("brigade"), conference=hall.conference, request=request.pk, now=hall.later()
    )
    with pytest.raises(Conflict, match="đã rút"):
        speaking.withdraw_request(
            actor=hall.actor("brigade"), conference=hall.conference, request=request.pk, now=hall.later()
        )
    assert hall.last.verb == Verb.WITHDRAW


def test_declining_gives_a_reason_to_the_chair_alone(open_hall: Hall) -> None:
    hall, request = open_hall, ask(open_hall, "brigade", topic="khen thưởng")
    with pytest.raises(Invalid, match="lý do"):
        speaking.decline_request(
            actor=hall.actor("press"),
            conference=hall.conference,
            request=request.pk,
            reason=" ",
            now=hall.now,
        )
    speaking.decline_request(
        actor=hall.actor("press"), conference=hall.conference, request=request.pk, reason="Hết thời gian",
        now=hall.later(),
    )  # fmt: skip
    request.refresh_from_db()
    assert (request.state, hall.last.audience) == (RequestState.DECLINED, Audience.CHAIR)
    assert Event.objects.filter(action="conferences.decline_request").count() == 1


def test_a_request_of_another_conference_is_not_found(open_hall: Hall, region: Region) -> None:
    other = build_hall(region)
    request = ask(other, "brigade")
    with pytest.raises(NotFound):
        give(open_hall, request=request.pk)


# --- the floor --------------------------------------------------------------------------------------


def test_the_next_in_order_is_no_override(open_hall: Hall) -> None:
    hall, first = open_hall, ask(open_hall, "regiment")
    ask(hall, "brigade")
    speech = give(hall, request=first.pk)
    first.refresh_from_db()
    assert (first.state, hall.floor.state) == (RequestState.GIVEN, FloorState.SPEAKING)
    assert (speech.request_id, "passed" in hall.last.facts) == (first.pk, False)
    assert sentence(hall.last.verb, hall.last.facts) == (
        "Đồng chí Thượng tá Mai Văn Trung, Bí thư Đảng ủy Trung đoàn, phát biểu từ điểm cầu Sư đoàn 901."
    )


def test_out_of_turn_says_who_was_passed_over(open_hall: Hall) -> None:
    hall = open_hall
    ask(hall, "regiment")
    late = ask(hall, "brigade")
    give(hall, request=late.pk, reason="hỏi trực tiếp")
    assert hall.last.facts["passed"] == ["đồng chí Mai Văn Trung"]
    kept = Event.objects.get(action="conferences.give_floor_out_of_turn")
    assert kept.payload.facts["passed"] == ["đồng chí Mai Văn Trung"]
    assert kept.payload.facts["rule"] == QueueRule.ARRIVAL


def test_the_order_is_that_of_the_rule(open_hall: Hall) -> None:
    hall = open_hall
    floor.set_rule(
        actor=hall.actor("press"),
        conference=hall.conference,
        rule="sites_in_turn",
        speech_minutes=5,
        now=hall.now,
    )
    give(hall, person=hall.person("member"))
    ask(hall, "regiment")
    other_site = ask(hall, "brigade")
    give(hall, request=other_site.pk)
    assert "passed" not in hall.last.facts
    assert hall.floor.timer_seconds == 300


def test_who_never_asked_passes_over_all_who_wait(open_hall: Hall) -> None:
    hall = open_hall
    ask(hall, "regiment")
    ask(hall, "brigade")
    give(hall, person=hall.person("member"))
    assert hall.last.facts["passed"] == ["đồng chí Mai Văn Trung", "đồng chí Cao Văn Lữ"]


def test_calling_somebody_who_waits_answers_the_request(open_hall: Hall) -> None:
    hall, request = open_hall, ask(open_hall, "brigade", kind="answer", topic="quân số")
    speech = give(hall, person=hall.person("brigade"))
    assert (speech.request_id, speech.kind) == (request.pk, "answer")


def test_the_presenter_of_the_item_passes_over_nobody(open_hall: Hall) -> None:
    hall = open_hall
    floor.start_item(
        actor=hall.actor("press"), conference=hall.conference, item=hall.items["report"].pk, now=hall.later()
    )
    ask(hall, "regiment")
    give(hall, person=hall.person("division"))
    assert "passed" not in hall.last.facts


def test_the_next_speaker_ends_the_one_before_in_the_same_event(open_hall: Hall) -> None:
    hall = open_hall
    first = give(hall, person=hall.person("regiment"))
    before = hall.floor.number
    give(hall, site=hall.sites["brigade"].pk)
    first.refresh_from_db()
    assert (first.ended_at, hall.floor.number) == (hall.now, before + 1)
    assert (hall.last.facts["ended"]["who"], hall.last.facts["ended"]["seconds"]) == (
        "Thượng tá Mai Văn Trung",
        60,
    )
    assert Speech.objects.filter(ended_at=None).count() == 1


@pytest.mark.parametrize("move", ["item", "pause"])
def test_moving_on_ends_the_speech(open_hall: Hall, move: str) -> None:
    hall = open_hall
    give(hall, person=hall.person("regiment"))
    acting = {"actor": hall.actor("press"), "conference": hall.conference, "now": hall.later()}
    if move == "item":
        floor.start_item(item=hall.items["words"].pk, **acting)  # type: ignore[arg-type]
    else:
        floor.pause(**acting)  # type: ignore[arg-type]
    assert not Speech.objects.filter(ended_at=None).exists()
    assert hall.last.facts["ended"]["seconds"] == 60


def test_ended_by_the_speaker_or_the_chair_and_by_nobody_else(open_hall: Hall) -> None:
    hall = open_hall
    give(hall, person=hall.person("regiment"))
    with pytest.raises(NotAllowed, match="người đang phát biểu"):
        speaking.end_speech(actor=hall.actor("brigade"), conference=hall.conference, now=hall.later())
    speaking.end_speech(actor=hall.actor("regiment"), conference=hall.conference, now=hall.later())
    assert (hall.floor.state, hall.floor.timer_from) == (FloorState.ITEM, None)
    with pytest.raises(Conflict, match="không có ai"):
        speaking.end_speech(actor=hall.actor("press"), conference=hall.conference, now=hall.later())


def test_the_paper_is_still_on_show_after_a_speech(open_hall: Hall) -> None:
    hall = open_hall
    floor.present(
        actor=hall.actor("press"), conference=hall.conference, paper=hall.papers["draft"].pk, now=hall.later()
    )
    give(hall, person=hall.person("regiment"))
    speaking.end_speech(actor=hall.actor("press"), conference=hall.conference, now=hall.later())
    assert hall.floor.state == FloorState.PRESENTING


def test_only_who_is_on_the_list_is_called(open_hall: Hall) -> None:
    with pytest.raises(NotFound, match="danh sách dự"):
        give(open_hall, person=open_hall.person("brigadeclerk"))
    with pytest.raises(Invalid, match="Hãy chọn"):
        give(open_hall)
    with pytest.raises(NotAllowed):
        give(open_hall, by="brigade", person=open_hall.person("brigade"))
    assert open_hall.floor.number == 1


def test_an_uninvited_guest_added_to_the_list_may_speak(open_hall: Hall) -> None:
    invite(open_hall, "inspector", "main", rank="Đại tá", entitled=False)
    assert ask(open_hall, "inspector").site_id == open_hall.sites["main"].pk
