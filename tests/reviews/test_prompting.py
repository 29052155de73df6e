"""Prompts: from the level directly above, unseen until sent, unchanged afterwards, withdrawn with a reason."""

from __future__ import annotations

import pytest

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.history.models import Event
from soi.reviews import prompting
from soi.reviews.enums import Exemption, Verdict
from soi.reviews.models import Prompt, Review
from tests.reviews.deciding import ASKED, Deciding


def last_event() -> Event:
    return Event.objects.select_related("payload").latest("pk")


def edit(deciding: Deciding, prompt: Prompt, text: str, version: int = 1, by: str = "clerk") -> Prompt:
    return prompting.edit_prompt(
        actor=deciding.actor(by), prompt=prompt, text=text, expected_version=version, now=deciding.now
    )


def withdraw(deciding: Deciding, prompt: Prompt, reason: str = "Gửi nhầm", by: str = "clerk") -> Prompt:
    return prompting.withdraw_prompt(actor=deciding.actor(by), prompt=prompt, reason=reason, now=deciding.now)


def test_several_texts_for_several_bodies_at_once(deciding: Deciding) -> None:
    brigade = deciding.played.review("brigade")
    prompts = deciding.prepare("Điều một", "  ", "Điều hai", reviews=[deciding.review, brigade])
    rows = Prompt.objects.order_by("review", "number").values_list("review", "number", "text", "sent_on")
    expected = [
        (review.pk, number, text, None)
        for review in sorted((deciding.review, brigade), key=lambda review: review.pk)
        for number, text in ((1, "Điều một"), (2, "Điều hai"))
    ]
    assert list(rows) == expected
    assert deciding.prepare("Điều ba")[0].number == 3, "numbers go on"

    before = Event.objects.count()
    assert deciding.send(prompts) == 4
    assert Event.objects.count() == before + 2, "one event for each review"
    assert set(Prompt.objects.exclude(number=3).values_list("sent_on", "sender_label")) == {
        (deciding.actor("clerk").today, deciding.actor("clerk").label)
    }
    with pytest.raises(Conflict):
        deciding.send(prompts)


def test_none_is_made_when_one_of_them_takes_no_prompt(deciding: Deciding) -> None:
    brigade = deciding.played.review("brigade")
    Review.objects.filter(pk=brigade.pk).update(exemption=Exemption.NEW)
    with pytest.raises(Conflict, match="chưa kiểm điểm"):
        deciding.prepare(reviews=[deciding.review, brigade])
    assert not Prompt.objects.exists()


@pytest.mark.parametrize("name", ["division", "divisionclerk", "regiment", "brigade", "inspector", "press"])
def test_only_the_level_directly_above_prompts(deciding: Deciding, name: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        deciding.prepare(by=name)
    prompts = deciding.prepare()
    with pytest.raises((NotAllowed, NotFound)):
        deciding.send(prompts, by=name)
    with pytest.raises((NotAllowed, NotFound)):
        edit(deciding, prompts[0], "Khác", by=name)
    with pytest.raises((NotAllowed, NotFound)):
        withdraw(deciding, prompts[0], by=name)


def test_a_right_over_the_whole_tree_above_does_not_make_two_levels_one(deciding: Deciding) -> None:
    regiment = deciding.played.review("regiment")
    with pytest.raises(NotAllowed, match="Đảng ủy Sư đoàn 901, cấp trên trực tiếp"):
        deciding.prepare(reviews=[regiment])
    assert deciding.prepare(by="division", reviews=[regiment])


def test_nobody_prompts_at_the_top(deciding: Deciding) -> None:
    with pytest.raises(NotAllowed, match="không có cấp trên"):
        deciding.prepare(by="secretary", reviews=[deciding.played.review("region")])


def test_a_leader_is_prompted_from_above_and_a_member_by_the_body(deciding: Deciding) -> None:
    leader, member = deciding.played.personal("division"), deciding.played.personal("divisionclerk")
    assert deciding.prepare(by="clerk", reviews=[leader])
    with pytest.raises(NotAllowed):
        deciding.prepare(by="divisionclerk", reviews=[leader])
    assert deciding.prepare(by="division", reviews=[member])
    with pytest.raises(NotAllowed, match="không tự"):
        deciding.prepare(by="divisionclerk", reviews=[member])


def test_an_unsent_prompt_is_edited_and_a_sent_one_is_not(deciding: Deciding) -> None:
    prompt = deciding.prepare()[0]
    assert edit(deciding, prompt, "Lời khác").version == 2
    with pytest.raises(Conflict, match="Lời khác") as refusal:
        edit(deciding, prompt, "Lời của tôi")
    assert "Lời của tôi" in refusal.value.sentence, "what was typed is not lost"
    deciding.send([prompt])
    with pytest.raises(Conflict, match="đã gửi"):
        edit(deciding, prompt, "Muộn", version=2)
    prompt.refresh_from_db()
    assert prompt.text == "Lời khác"


def test_a_sent_prompt_is_withdrawn_with_a_reason_only(deciding: Deciding) -> None:
    prompt = deciding.prompt()
    with pytest.raises(Invalid):
        withdraw(deciding, prompt, "  ")
    gone = withdraw(deciding, prompt)
    assert (gone.withdrawn_reason, gone.withdrawer_label) == ("Gửi nhầm", deciding.actor("clerk").label)
    assert last_event().action == "reviews.withdraw_prompt"
    with pytest.raises(Conflict):
        withdraw(deciding, prompt)
    with pytest.raises(Conflict):
        deciding.explain(prompt)


def test_an_unsent_prompt_is_simply_left_out_and_never_sent(deciding: Deciding) -> None:
    prompt = deciding.prepare()[0]
    assert withdraw(deciding, prompt, "").withdrawn_reason
    with pytest.raises(Conflict):
        deciding.send([prompt])


def test_empty_and_endless_texts_are_refused(deciding: Deciding) -> None:
    with pytest.raises(Invalid):
        deciding.prepare(" ", "\n")
    with pytest.raises(Invalid):
        deciding.prepare("x" * (prompting.LONGEST + 1))
    with pytest.raises(Invalid):
        prompting.prepare_prompts(actor=deciding.actor("clerk"), reviews=[], texts=[ASKED], now=deciding.now)


# --- explanations ------------------------------------------------------------------------------------


def test_a_prompt_that_was_not_sent_does_not_exist_for_who_would_explain_it(deciding: Deciding) -> None:
    with pytest.raises(NotFound):
        deciding.explain(deciding.prepare()[0])


@pytest.mark.parametrize("name", ["clerk", "secretary", "regiment", "brigade", "inspector"])
def test_only_the_author_explains(deciding: Deciding, name: str) -> None:
    prompt = deciding.prompt()
    with pytest.raises((NotAllowed, NotFound)):
        deciding.explain(prompt, by=name)


def test_a_person_explains_alone(deciding: Deciding) -> None:
    prompts = deciding.prepare(by="division", reviews=[deciding.played.personal("divisionclerk")])
    deciding.send(prompts, by="division")
    for name in ("division", "clerk"):
        with pytest.raises(NotAllowed, match="không ai viết thay"):
            deciding.explain(prompts[0], by=name)
    assert deciding.explain(prompts[0], by="divisionclerk").pk


def test_asked_again_another_one_follows_and_a_clear_one_ends_it(deciding: Deciding) -> None:
    prompt = deciding.prompt()
    first = deciding.explain(prompt, "Lần đầu")
    with pytest.raises(Invalid):
        deciding.judge(first, Verdict.AGAIN)
    deciding.judge(first, Verdict.AGAIN, "Chưa nêu ai chịu trách nhiệm")
    with pytest.raises(Conflict):
        deciding.judge(first)
    second = deciding.explain(prompt, "Lần hai")
    deciding.judge(second)
    assert list(prompt.explanations.values_list("text", "verdict")) == [
        ("Lần đầu", Verdict.AGAIN),
        ("Lần hai", Verdict.ACCEPTED),
    ]
    with pytest.raises(Conflict, match="rõ"):
        deciding.explain(prompt, "Lần ba")


def test_only_the_newest_explanation_is_judged(deciding: Deciding) -> None:
    prompt = deciding.prompt()
    old = deciding.explain(prompt, "Lần đầu")
    deciding.explain(prompt, "Lần hai, nói thêm")
    with pytest.raises(Conflict, match="mới hơn"):
        deciding.judge(old)
