"""Góp ý ghi tên và bằng giấy: who is asked, what stands, the answer that its author reads."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.history.models import Event
from soi.reviews import comment_rounds, commented, commenting, finalizing
from soi.reviews.comments_left import commenting_left
from soi.reviews.enums import Exemption, Uptake
from soi.reviews.logic.envelopes import Item
from soi.reviews.models import Asked, Comment, CommentRound, Review
from tests.conftest import NOW, TODAY
from tests.factories import Region
from tests.reviews.comments import DUE, OFFICE, asked_body, asking, closed, paragraph, says
from tests.reviews.cycle import Played, open_year


@pytest.fixture
def year(region: Region) -> Played:
    return open_year(region)


@pytest.fixture
def review(year: Played) -> Review:
    return year.review("division")


@pytest.fixture
def round_(region: Region, review: Review) -> CommentRound:
    bodies = [region.bodies["regiment"], region.bodies["battalion"]]
    return asking(
        region.actor(OFFICE), review, bodies=bodies, people=[region.people["member"]],
        on_paper=["Ủy ban MTTQ phường Thử Nghiệm", " "],
    )  # fmt: skip


# --- asking -----------------------------------------------------------------------------------------


def test_a_round_asks_bodies_people_and_places_on_paper(round_: CommentRound) -> None:
    rows = {(str(one), one.on_paper) for one in round_.asked.all()}
    assert rows == {
        ("Đảng ủy Trung đoàn 91", False),
        ("Đảng bộ Tiểu đoàn 1", False),
        ("Đinh Văn Viên", False),
        ("Ủy ban MTTQ phường Thử Nghiệm", True),
    }
    assert Event.objects.filter(action="reviews.ask_comments").count() == 1


def test_a_person_without_an_account_answers_on_paper(region: Region, review: Review) -> None:
    region.users["member"].is_active = False
    region.users["member"].save()
    round_ = asking(region.actor(OFFICE), review, people=[region.people["member"]])
    assert round_.asked.get().on_paper


@pytest.mark.parametrize("name", ["clerk", "regiment", "brigadeclerk", "member", "inspector"])
def test_only_the_office_of_the_body_asks(region: Region, review: Review, name: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        asking(region.actor(name), review, bodies=[region.bodies["regiment"]])


def test_what_cannot_be_asked_is_said(region: Region, review: Review) -> None:
    office, regiment = region.actor(OFFICE), region.bodies["regiment"]
    for given in (
        {"request": " "}, {"due_on": None}, {"due_on": TODAY - dt.timedelta(days=1)}, {"bodies": []},
        {"bodies": [review.organization]},
    ):  # fmt: skip
        with pytest.raises(Invalid):
            asking(office, review, **{"bodies": [regiment], **given})
    Review.objects.filter(pk=review.pk).update(exemption=Exemption.NEW)
    with pytest.raises(Conflict, match="chưa kiểm điểm"):
        asking(office, Review.objects.get(pk=review.pk), bodies=[regiment])


def test_the_reviewed_person_is_not_asked_about_themselves(region: Region, year: Played) -> None:
    review = year.personal("division")
    with pytest.raises(Invalid, match="chính người được kiểm điểm"):
        asking(region.actor(OFFICE), review, people=[region.people["division"]])


def test_the_day_only_moves_on(region: Region, round_: CommentRound) -> None:
    office, later = region.actor(OFFICE), DUE + dt.timedelta(days=3)
    with pytest.raises(Invalid, match="Hạn hiện nay"):
        comment_rounds.extend_round(actor=office, round_=round_, due_on=DUE, now=NOW)
    assert comment_rounds.extend_round(actor=office, round_=round_, due_on=later, now=NOW).due_on == later
    with pytest.raises(DatabaseError), transaction.atomic():
        CommentRound.objects.filter(pk=round_.pk).update(due_on=TODAY)


# --- saying -----------------------------------------------------------------------------------------


def test_a_body_speaks_through_its_own_people_and_not_through_those_above(
    region: Region, round_: CommentRound
) -> None:
    says(region, "regiment", round_, "Cần nói rõ hơn trách nhiệm.")
    assert asked_body(round_, region, "regiment").answered_on == TODAY
    # The clerk of the region reaches the whole tree, and the member of the cell only themselves.
    with pytest.raises(NotFound):
        commented.get_asked(region.actor("clerk"), round_.pk)
    assert commented.get_asked(region.actor("member"), round_.pk).person == region.people["member"]
    with pytest.raises(NotAllowed):
        commenting.comment(
            actor=region.actor("member"),
            asked=asked_body(round_, region, "regiment"),
            items=[Item("x")],
            now=NOW,
        )


def test_who_is_asked_reads_the_draft_while_the_round_is_open_and_nobody_elses(
    region: Region, review: Review, round_: CommentRound
) -> None:
    shown = paragraph(review)
    paragraph(review, "Câu đã bỏ.", dropped=True, order=20)
    asked = commented.get_asked(region.actor("member"), round_.pk)
    assert commented.draft_for(asked) == [shown]
    with pytest.raises(NotFound):
        commented.get_asked(region.actor("brigade"), round_.pk)
    closed(region.actor(OFFICE), round_)
    asked = commented.get_asked(region.actor("member"), round_.pk)
    assert commented.draft_for(asked) == []


def test_several_comments_at_once_and_the_same_twice_stand_once(
    region: Region, review: Review, round_: CommentRound
) -> None:
    about = paragraph(review)
    for _ in range(2):
        says(region, "regiment", round_, "Nêu thêm số liệu.", "Bỏ từ «cơ bản».", about=about)
    says(region, "regiment", round_, "Cả bản còn dài.")
    assert Comment.objects.count() == 3
    assert Event.objects.filter(action="reviews.comment").count() == 2


def test_a_comment_on_what_was_not_shown_is_refused(
    region: Region, year: Played, round_: CommentRound
) -> None:
    foreign = paragraph(year.review("brigade"))
    with pytest.raises(Conflict, match="tải lại trang"):
        says(region, "regiment", round_, "Nội dung", about=foreign)
    for text in (" ", "x" * 4001):
        with pytest.raises(Invalid):
            says(region, "regiment", round_, text)
    assert not Comment.objects.exists()


def test_agreeing_is_an_answer_and_a_later_comment_takes_it_back(
    region: Region, round_: CommentRound
) -> None:
    actor = region.actor("member")
    asked = commented.get_asked(actor, round_.pk)
    for _ in range(2):
        commenting.nothing_to_say(actor=actor, asked=asked, now=NOW)
    assert Event.objects.filter(action="reviews.nothing_to_say").count() == 1
    says(region, "member", round_, "Tôi có thêm một ý.")
    asked.refresh_from_db()
    assert not asked.nothing_to_say
    with pytest.raises(Conflict, match="đã có góp ý"):
        commenting.nothing_to_say(actor=actor, asked=asked, now=NOW)


def test_paper_is_entered_by_the_office_with_its_day(region: Region, round_: CommentRound) -> None:
    paper = Asked.objects.select_related("round__review").get(round=round_, on_paper=True)
    office = region.actor(OFFICE)

    def enter(day: dt.date | None, *texts: str) -> list[Comment]:
        items = [Item(text) for text in texts]
        return commenting.enter_on_paper(actor=office, asked=paper, items=items, paper_on=day, now=NOW)

    for day in (None, TODAY + dt.timedelta(days=1)):
        with pytest.raises(Invalid, match="ngày trên giấy"):
            enter(day, "Gia đình gương mẫu.")
    [one] = enter(TODAY, "Giữ mối liên hệ với nơi cư trú chưa thường xuyên.")
    assert (one.author_label, one.enterer_label, one.paper_on) == (paper.name, office.label, TODAY)
    with pytest.raises((NotAllowed, NotFound)):
        commenting.enter_on_paper(
            actor=region.actor("regiment"), asked=paper, items=[Item("x")], paper_on=TODAY, now=NOW
        )


def test_a_closed_round_takes_nothing(region: Region, round_: CommentRound) -> None:
    closed(region.actor(OFFICE), round_)
    with pytest.raises(Conflict, match="đã đóng"):
        says(region, "regiment", round_, "Muộn")
    with pytest.raises(Conflict, match="đã đóng"):
        closed(region.actor(OFFICE), round_)


def test_what_was_said_cannot_be_changed_by_any_door(region: Region, round_: CommentRound) -> None:
    [one] = says(region, "regiment", round_, "Nguyên văn")
    for change in (
        lambda: Comment.objects.filter(pk=one.pk).update(text="Khác"),
        lambda: Comment.objects.filter(pk=one.pk).update(author_label="Khác"),
        lambda: Comment.objects.filter(pk=one.pk).delete(),
        lambda: CommentRound.objects.filter(pk=round_.pk).update(anonymous=True, public_key="ab"),
        lambda: Asked.objects.filter(pk=one.asked_id).delete(),
        lambda: Asked.objects.filter(pk=one.asked_id).update(person=region.people["member"]),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


# --- answering --------------------------------------------------------------------------------------


def test_each_comment_is_answered_and_its_author_reads_the_answer(
    region: Region, round_: CommentRound
) -> None:
    [one] = says(region, "regiment", round_, "Nói rõ ai chịu trách nhiệm.")
    office = region.actor(OFFICE)
    for uptake, reason in (("", ""), ("maybe", "x"), (Uptake.NOT_TAKEN, " "), (Uptake.PARTLY, "")):
        with pytest.raises(Invalid):
            commenting.answer(actor=office, comment=one, uptake=uptake, reason=reason, now=NOW)
    commenting.answer(actor=office, comment=one, uptake=Uptake.NOT_TAKEN, reason="Đã nêu ở phần V.", now=NOW)
    closed(office, round_)
    asked = commented.get_asked(region.actor("regiment"), round_.pk)
    [read] = commented.said_by(asked)
    assert (read.uptake, read.reason, read.answerer_label) == ("not_taken", "Đã nêu ở phần V.", office.label)
    for name in ("regiment", "member", "inspector"):
        with pytest.raises((NotAllowed, NotFound)):
            commenting.answer(actor=region.actor(name), comment=one, uptake=Uptake.TAKEN, reason="", now=NOW)


def test_answering_the_same_twice_is_once_and_otherwise_both_are_history(
    region: Region, round_: CommentRound
) -> None:
    [one] = says(region, "regiment", round_, "Bổ sung số liệu.")
    office = region.actor(OFFICE)
    for uptake in (Uptake.TAKEN, Uptake.TAKEN, Uptake.NOT_TAKEN):
        commenting.answer(actor=office, comment=one, uptake=uptake, reason="Vì vậy.", now=NOW)
    events = Event.objects.filter(action="reviews.answer_comment").order_by("pk")
    assert [event.payload.facts["uptake"] for event in events] == ["taken", "not_taken"]


# --- what is left -----------------------------------------------------------------------------------


def test_a_mandatory_round_holds_the_finalizing_until_it_is_answered(
    region: Region, review: Review, round_: CommentRound
) -> None:
    office = region.actor(OFFICE)
    assert commenting_left(review).open_rounds == (round_,)
    [one] = says(region, "regiment", round_, "Một ý")
    closed(office, round_)
    assert commenting_left(review).unanswered == 1
    commenting.answer(actor=office, comment=one, uptake=Uptake.TAKEN, reason="", now=NOW)
    assert not commenting_left(review)


def test_a_round_where_all_have_spoken_is_waited_for_no_longer(region: Region, review: Review) -> None:
    round_ = asking(region.actor(OFFICE), review, people=[region.people["member"]])
    actor = region.actor("member")
    asked = commented.get_asked(actor, round_.pk)
    assert commenting_left(review)
    commenting.nothing_to_say(actor=actor, asked=asked, now=NOW)
    assert not commenting_left(review)


def test_a_round_that_is_not_mandatory_holds_nothing(region: Region, review: Review) -> None:
    round_ = asking(region.actor(OFFICE), review, bodies=[region.bodies["regiment"]], mandatory=False)
    says(region, "regiment", round_, "Một ý")
    assert not commenting_left(review)


# --- who reads --------------------------------------------------------------------------------------


def test_comments_are_read_at_home_and_above_only_when_finalized(
    region: Region, review: Review, round_: CommentRound
) -> None:
    says(region, "regiment", round_, "Một ý")

    def reads(name: str) -> bool:
        return bool(commented.rounds_of(region.actor(name), review))

    assert all(reads(name) for name in (OFFICE, "division"))
    assert not any(
        reads(name) for name in ("clerk", "secretary", "inspector", "regiment", "member", "brigade")
    )
    office = region.actor(OFFICE)
    paragraph(review)
    commenting.answer(actor=office, comment=Comment.objects.get(), uptake=Uptake.TAKEN, reason="", now=NOW)
    closed(office, round_)
    finalizing.finalize(actor=office, review=review, now=NOW)
    assert all(reads(name) for name in ("clerk", "inspector"))
    assert not any(reads(name) for name in ("regiment", "member", "brigade"))


def test_what_waits_for_me_and_for_my_answer(region: Region, review: Review, round_: CommentRound) -> None:
    assert [one.round for one in commented.waiting_for(region.actor("regiment"))] == [round_]
    assert not commented.waiting_for(region.actor("brigade"))
    says(region, "regiment", round_, "Một ý")
    assert not commented.waiting_for(region.actor("regiment"))
    assert [one.pk for one in commented.to_answer(region.actor(OFFICE))] == [review.pk]
    assert not commented.to_answer(region.actor("clerk"))
    closed(region.actor(OFFICE), round_)
    assert not commented.waiting_for(region.actor("member"))


# --- about a person (P1 to P3) ----------------------------------------------------------------------


def test_a_person_sees_everything_said_about_them_and_answers_it_alone(region: Region, year: Played) -> None:
    review = year.personal("division")
    round_ = asking(
        region.actor(OFFICE), review, people=[region.people["regiment"]], on_paper=["Chi bộ nơi cư trú"]
    )
    assert not round_.mandatory
    says(region, "regiment", round_, "Nên đi cơ sở nhiều hơn.")
    paper = Asked.objects.select_related("round__review__organization").get(round=round_, on_paper=True)
    commenting.enter_on_paper(
        actor=region.actor(OFFICE), asked=paper, items=[Item("Gương mẫu.")], paper_on=TODAY, now=NOW
    )
    me = region.actor("division")
    mine = commented.about_me(me)
    assert {one.text for one in mine.signed} == {"Nên đi cơ sở nhiều hơn.", "Gương mẫu."}
    assert len(commented.about_me(region.actor(OFFICE))) == 0
    [one] = [comment for comment in mine.signed if comment.text.startswith("Nên")]
    for name in (OFFICE, "clerk", "secretary"):
        with pytest.raises((NotAllowed, NotFound)):
            commenting.answer(actor=region.actor(name), comment=one, uptake=Uptake.TAKEN, reason="", now=NOW)
    commenting.answer(actor=me, comment=one, uptake=Uptake.TAKEN, reason="", now=NOW)
    [read] = commented.said_by(commented.get_asked(region.actor("regiment"), round_.pk))
    assert read.uptake == Uptake.TAKEN
    assert not commenting_left(review)


def test_who_is_asked_about_a_person_never_reads_the_draft(region: Region, year: Played) -> None:
    review = year.personal("division")
    paragraph(review, "Lời riêng còn đang viết.")
    round_ = asking(region.actor(OFFICE), review, people=[region.people["regiment"]])
    asked = commented.get_asked(region.actor("regiment"), round_.pk)
    assert commented.draft_for(asked) == []
    # Finalized, it is shown; corrected, the new edition is a draft again.
    me = region.actor("division")
    finalizing.finalize(actor=me, review=review, now=NOW)
    shown = commented.draft_for(commented.get_asked(region.actor("regiment"), round_.pk))
    assert [one.text for one in shown] == ["Lời riêng còn đang viết."]
    finalizing.correct(actor=me, review=Review.objects.get(pk=review.pk), reason="Sai ngày.", now=NOW)
    assert commented.draft_for(commented.get_asked(region.actor("regiment"), round_.pk)) == []
