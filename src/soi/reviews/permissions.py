"""Ai được làm gì với một bản kiểm điểm: each check raises the sentence that the user will read.

Two sides: the author (the people of the body; of a personal review the person alone), and the level directly
above, which prompts and decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, NotAllowed, NotFound
from soi.org.models import Organization
from soi.org.permissions import check_sees as check_sees_body
from soi.org.queries import subtree
from soi.reviews import policies
from soi.reviews.enums import CycleState, ReviewKind, ReviewState, Verb
from soi.reviews.list_queries import may_list
from soi.reviews.models import Cycle, Review
from soi.reviews.queries import OUT_OF_SIGHT, above_of, heirs, visible_to

_LEADING = (Capability.RECORD, Capability.DIRECT)
_PROMPTING = "gợi ý kiểm điểm và xem xét giải trình"
_DECIDING = "duyệt hoặc trả lại bản kiểm điểm này"


def check_sees(actor: Actor, review: Review) -> None:
    """A review out of sight does not exist for the actor."""
    if not visible_to(actor).filter(pk=review.pk).exists():
        raise NotFound(OUT_OF_SIGHT)


def check_can_write(actor: Actor, review: Review) -> None:
    """Soạn, sửa, giải trình, chốt, đính chính: the author's side."""
    if not is_author(actor, review):
        check_sees(actor, review)
        raise NotAllowed(_not_the_author(review))


def check_can_prompt(actor: Actor, review: Review) -> Organization:
    """Gợi ý, xem xét giải trình: the level directly above; returns that body."""
    return _check_above(actor, review, _PROMPTING)


def check_can_decide(actor: Actor, review: Review) -> Organization:
    """Duyệt, trả lại: the level directly above; returns that body."""
    return _check_above(actor, review, _DECIDING)


def check_state(review: Review, verb: Verb) -> None:
    """Raise what the policies answer, if they answer anything. ``review`` carries its cycle."""
    if sentence := state_refusal(review, verb):
        raise Conflict(sentence)


def state_refusal(review: Review, verb: Verb) -> str:
    """Vì sao chưa làm được việc này lúc này; empty where nothing but the person is left to ask."""
    return (
        policies.exempt_refusal(review.exemption, verb)
        or policies.closed_refusal(CycleState(review.cycle.state), verb)
        or policies.refusal(ReviewState(review.state), verb)
    )


# --- the two sides -----------------------------------------------------------------------------------


def is_author(actor: Actor, review: Review) -> bool:
    """Phía lập bản kiểm điểm. Nobody writes a person's review for them, the system neither."""
    if review.kind == ReviewKind.INDIVIDUAL:
        return actor.person_id is not None and actor.person_id == review.person_id
    return leads(actor, review.organization)


def leads(actor: Actor, organization: Organization) -> bool:
    """Giữ hồ sơ hoặc quyết định thay chính tổ chức này: a right over the tree above does not count.

    Of a body that is no more, those who lead what took it over.
    """
    if actor.is_system:
        return True
    own = {grant.organization_id for grant in actor.grants if grant.capability in _LEADING}
    return bool(own) and any(body.pk in own for body in heirs(organization, on=actor.today))


def is_above(actor: Actor, review: Review, above: Organization | None) -> bool:
    """Phía cấp trên trực tiếp; nobody decides on their own review."""
    own = review.person_id is not None and review.person_id == actor.person_id
    return above is not None and not own and leads(actor, above)


def _check_above(actor: Actor, review: Review, what: str) -> Organization:
    above = above_of(review, on=actor.today)
    if above is None or not is_above(actor, review, above):
        check_sees(actor, review)
        raise NotAllowed(_not_above(actor, review, above, what))
    return above


def _not_the_author(review: Review) -> str:
    if review.kind == ReviewKind.INDIVIDUAL:
        return f"Bản tự kiểm điểm là lời của {review.person}, không ai viết thay được."
    return (
        f"Đồng chí không được giao soạn bản kiểm điểm của {review.organization}. "
        "Việc này do văn phòng hoặc người đứng đầu của đơn vị đó làm."
    )


def _not_above(actor: Actor, review: Review, above: Organization | None, what: str) -> str:
    if above is None:
        return f"{review.organization} không có cấp trên trong hệ thống, nên không ai {what}."
    if review.person_id is not None and review.person_id == actor.person_id:
        return f"Đồng chí không tự {what} của mình. Việc này do người khác của {above} làm."
    return f"Chỉ {above}, cấp trên trực tiếp, mới {what}."


# --- what a page offers ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Offers:
    """Vì sao không làm được từng việc (empty: may do it now), and who decides."""

    write: str
    explain: str
    finalize: str
    correct: str
    prompt: str
    judge: str
    send_back: str
    approve: str
    above: Organization | None


def offers(actor: Actor, review: Review) -> Offers:
    """Những việc trang mời làm; state first, then person. The caller has checked that it is seen."""
    above = above_of(review, on=actor.today)
    author = "" if is_author(actor, review) else _not_the_author(review)
    superior = is_above(actor, review, above)

    def by_above(what: str) -> str:
        return "" if superior else _not_above(actor, review, above, what)

    def of(verb: Verb, person: str) -> str:
        return state_refusal(review, verb) or person

    prompting, deciding = by_above(_PROMPTING), by_above(_DECIDING)
    return Offers(
        write=of(Verb.WRITE, author), explain=of(Verb.EXPLAIN, author),
        finalize=of(Verb.FINALIZE, author), correct=of(Verb.CORRECT, author),
        prompt=of(Verb.PROMPT, prompting), judge=prompting,
        send_back=of(Verb.RETURN, deciding), approve=of(Verb.APPROVE, deciding), above=above,
    )  # fmt: skip


# --- comments -----------------------------------------------------------------------------------------


def check_can_ask(actor: Actor, review: Review) -> None:
    """Mở, gia hạn, đóng đợt góp ý, nhập góp ý bằng giấy: the office of the body where the review is."""
    if not leads(actor, review.organization):
        check_sees(actor, review)
        raise NotAllowed(
            f"Đồng chí không được giao lấy góp ý cho bản kiểm điểm của {review.organization}. "
            "Việc này do văn phòng hoặc người đứng đầu của đơn vị đó làm."
        )


def check_can_answer(actor: Actor, review: Review) -> None:
    """Trả lời góp ý: the author's side; of a personal review the person alone."""
    if not is_author(actor, review):
        check_sees(actor, review)
        raise NotAllowed(
            f"Góp ý cho {review.person} thì chính {review.person} trả lời."
            if review.kind == ReviewKind.INDIVIDUAL
            else f"Đồng chí không được giao trả lời góp ý cho bản kiểm điểm của {review.organization}."
        )


# --- the cycle and its list --------------------------------------------------------------------------


def check_can_open(actor: Actor, organization: Organization) -> None:
    """Mở đợt kiểm điểm: who keeps the records of the body or decides for it."""
    check_sees_body(actor, organization)
    if not leads(actor, organization):
        raise NotAllowed(
            f"Đồng chí không được giao mở đợt kiểm điểm của {organization}. "
            "Việc này do văn phòng hoặc người đứng đầu của cấp đó làm."
        )


def check_leads_cycle(actor: Actor, cycle: Cycle) -> None:
    """Đổi lịch, bổ sung danh sách, kết thúc đợt: the body that opened it."""
    if not leads(actor, cycle.organization):
        raise NotAllowed(
            f"Đợt kiểm điểm này do {cycle.organization} mở. "
            "Việc này do văn phòng hoặc người đứng đầu của cấp đó làm."
        )


def check_is_open(cycle: Cycle) -> None:
    """Raise where the cycle is closed: its list and its days do not change any more."""
    if cycle.state == CycleState.CLOSED:
        raise Conflict("Đợt kiểm điểm này đã kết thúc, nên danh sách và lịch không thay đổi nữa.")


def check_in_cycle(actor: Actor, cycle: Cycle, organization: Organization) -> None:
    """Chỉ tổ chức trong phần cây của đợt: as it stood on the list's day, or stands today."""
    inside = any(
        subtree(cycle.organization, on=day).filter(pk=organization.pk).exists()
        for day in (cycle.listed_on, actor.today)
    )
    if not inside:
        raise Conflict(f"{organization} không trực thuộc {cycle.organization}, nơi mở đợt này.")


def check_can_list(actor: Actor, reviews: Sequence[Review]) -> None:
    """Ghi và rút lý do chưa kiểm điểm, nhắc: the level above the body, and for a person their own body."""
    wanted = {row.pk for row in reviews}
    if visible_to(actor).filter(pk__in=wanted).count() != len(wanted):
        raise NotFound(OUT_OF_SIGHT)
    if Review.objects.filter(may_list(actor), pk__in=wanted).count() != len(wanted):
        raise NotAllowed(
            "Đồng chí không giữ danh sách này. Với tập thể, việc này do cấp trên làm; với cá nhân, "
            "do văn phòng hoặc người đứng đầu đơn vị và cấp trên làm; không ai tự làm cho mình."
        )
