"""Trang cuộc bỏ phiếu: where it stands, the one thing to do now, and the result as this viewer may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from soi.ballots import outcome, paper, permissions, policies, queries, wording
from soi.ballots.enums import Mode, PollState, QuestionKind
from soi.ballots.outcome import PollResult, QuestionResult
from soi.base.actor import Actor, Capability
from soi.conferences import deciding
from soi.conferences import queries as conferences
from soi.web import room_page

if TYPE_CHECKING:
    from soi.ballots.models import Poll
    from soi.conferences.models import Conference

# How each state looks; the words stand beside the colour.
BADGES = {
    PollState.DRAFT: "",
    PollState.OPEN: "active",
    PollState.CLOSED: "waiting",
    PollState.COUNTED: "reported",
    PollState.PUBLISHED: "confirmed",
    PollState.ANNULLED: "cancelled",
}


@dataclass(frozen=True, slots=True)
class Act:
    """Một việc làm được ngay; ``question`` is asked first where the deed cannot be taken back."""

    url: str
    label: str
    icon: str
    question: str = ""

    @property
    def is_deed(self) -> bool:
        """Sent at once, without a page of its own."""
        return bool(self.question)


@dataclass(frozen=True, slots=True)
class Line:
    """Kết quả một câu như trình bày: ``share`` of each option, in percent, for its bar alone."""

    found: QuestionResult
    sentence: str
    good: bool
    options: tuple[tuple[Any, int], ...]


def build(actor: Actor, poll: Poll) -> dict[str, Any]:
    """Everything the template shows; the caller got ``poll`` from ``queries.get``."""
    ballot = queries.ballot_for(actor, poll)
    conference = conference_of(actor, poll)
    result = outcome.result(actor, poll)
    acts = acts_of(actor, poll, ballot, result)
    cast, roll = queries.turnout(poll)
    return {
        "poll": poll,
        "badge": BADGES[PollState(poll.state)],
        "ballot": ballot,
        "conference": conference,
        "door": room_page.door(actor, conference) if conference else None,
        "main": acts[0] if acts else None,
        "others": acts[1:],
        "waits_for": waits_for(actor, poll),
        "rule": wording.rule_of(poll),
        "cast": cast,
        "roll": roll,
        "shows_turnout": poll.mode != Mode.PAPER and poll.state != PollState.DRAFT,
        "tellers": list(poll.tellers.all()),
        "result": result,
        "lines": lines_of(result),
        "is_rating": is_rating(poll),
        "earlier": queries.visible_to(actor).filter(pk=poll.earlier_id or 0).first(),
        "receipts": queries.receipts_of(poll) if poll.state == PollState.PUBLISHED else [],
        "record_url": record_url(actor, poll),
    }


def conference_of(actor: Actor, poll: Poll) -> Conference | None:
    """Hội nghị của cuộc bỏ phiếu, where the viewer may open it."""
    found = deciding.conference_of(poll)
    return found if found and conferences.visible_to(actor).filter(pk=found.pk).exists() else None


def lines_of(result: PollResult | None) -> list[Line]:
    """Các câu đã có kết quả."""
    return [_line(found) for found in result.questions] if result else []


def _line(found: QuestionResult) -> Line:
    options = tuple((option, _percent(option.votes, found.base)) for option in found.options)
    return Line(found, wording.sentence(found), wording.is_good(found), options)


def _percent(votes: int | None, base: int | None) -> int:
    return min(100, 100 * votes // base) if votes and base else 0


def is_rating(poll: Poll) -> bool:
    """Whether every question rates a line on one scale: shown as one table."""
    asked = list(poll.questions.all())
    scales = {tuple(option.label for option in question.options.all()) for question in asked}
    return len(scales) == 1 and all(question.kind == QuestionKind.LEVELS for question in asked)


def record_url(actor: Actor, poll: Poll) -> str:
    """Biên bản kiểm phiếu, for the tellers once it is counted."""
    done = poll.state in {PollState.COUNTED, PollState.PUBLISHED}
    return reverse("poll_record_docx", args=[poll.pk]) if done and outcome.is_teller(actor, poll) else ""


# --- what can be done now --------------------------------------------------------------------------------


def acts_of(actor: Actor, poll: Poll, ballot: queries.Ballot, result: PollResult | None) -> list[Act]:
    """Việc làm được, the most pressing first: that one is the main button. One's own vote comes before all."""
    found = []
    if ballot.may_cast:
        found.append(Act(reverse("poll_voting", args=[poll.pk]), _("Bỏ phiếu"), "confirmed"))
    if poll.state == PollState.CLOSED and permissions.can_count(actor, poll):
        found.append(_count(poll))
    if permissions.can_conduct(actor, poll):
        found += _conducting(poll, result)
    return found


def _count(poll: Poll) -> Act:
    if poll.mode == Mode.PAPER:
        return Act(reverse("poll_paper", args=[poll.pk]), _("Nhập số đếm phiếu"), "edit")
    return Act(reverse("poll_counting", args=[poll.pk]), _("Kiểm phiếu"), "check")


def _conducting(poll: Poll, result: PollResult | None) -> list[Act]:
    cancel = Act(reverse("poll_annulment", args=[poll.pk]), _("Hủy cuộc bỏ phiếu"), "close")
    if poll.state == PollState.DRAFT:
        return [*_preparing(poll), cancel]
    if poll.state == PollState.OPEN:
        ask = _("Đóng bỏ phiếu? Sau khi đóng không ai bỏ phiếu được nữa.")
        return [Act(reverse("poll_closing", args=[poll.pk]), _("Đóng bỏ phiếu"), "lock", ask), cancel]
    if poll.state == PollState.COUNTED:
        ask = _("Công bố kết quả cho mọi người trong danh sách?")
        return [Act(reverse("poll_publication", args=[poll.pk]), _("Công bố kết quả"), "bell", ask), cancel]
    if poll.state == PollState.PUBLISHED and result and not all(map(_is_over, result.questions)):
        return [Act(f"{reverse('poll_new')}?vong={poll.pk}", _("Lập vòng tiếp theo"), "plus")]
    return [cancel] if poll.state == PollState.CLOSED else []


def _preparing(poll: Poll) -> list[Act]:
    opening = Act(reverse("poll_opening", args=[poll.pk]), _("Mở bỏ phiếu"), "check")
    tellers = Act(reverse("poll_tellers", args=[poll.pk]), _("Cử ban kiểm phiếu"), "people")
    edit = Act(reverse("poll_edit", args=[poll.pk]), _("Sửa nội dung"), "edit")
    return [tellers, edit] if lacks_tellers(poll) else [opening, edit, tellers]


def lacks_tellers(poll: Poll) -> bool:
    """Chưa đủ ban kiểm phiếu to open it."""
    return Mode(poll.mode) in policies.WITH_TELLERS and len(poll.tellers.all()) < policies.TELLERS


def waits_for(actor: Actor, poll: Poll) -> str:
    """Đang chờ ai: one sentence for whoever has nothing to do now."""
    if poll.state == PollState.CLOSED and poll.mode == Mode.PAPER:
        entered = paper.entered_by(poll)
        if entered:
            names = ", ".join(str(teller.person) for teller in entered)
            return _(
                "%(names)s đã nhập số đếm; chờ người thứ hai nhập. Hai bên trùng nhau thì có kết quả."
            ) % {"names": names}
        return _("Chờ hai người trong ban kiểm phiếu cùng nhập số đếm.")
    if poll.state == PollState.DRAFT and permissions.can_conduct(actor, poll):
        return ""
    return {
        PollState.DRAFT: _("Chờ thư ký mở bỏ phiếu."),
        PollState.OPEN: _("Đang bỏ phiếu. Kết quả chỉ có sau khi đóng và kiểm phiếu."),
        PollState.CLOSED: _("Đã đóng, chờ kiểm phiếu."),
        PollState.COUNTED: _("Đã kiểm phiếu, chờ công bố."),
    }.get(PollState(poll.state), "")


# --- before opening, and after ---------------------------------------------------------------------------


def frozen(poll: Poll) -> dict[str, Any]:
    """Điều sẽ được chốt: shown before it is opened, while it can still be mended."""
    return {
        "questions": list(poll.questions.all()),
        "is_rating": is_rating(poll),
        "rule": wording.rule_of(poll),
        "mode_sentence": queries.MODE_SENTENCES[Mode(poll.mode)],
    }


def next_round(actor: Actor, poll: Poll) -> dict[str, Any]:
    """Vòng sau: the same rule and form; of the questions only what this round left open."""
    names = ("title", "mode", "majority", "denominator", "min_body_for_numbers")
    found: dict[str, Any] = {name: getattr(poll, name) for name in names}
    result = outcome.result(actor, poll)
    left = [question for question in result.questions if not _is_over(question)] if result else []
    kind = poll.questions.all()[0].kind
    found["kind"] = kind
    if kind == QuestionKind.ELECT and left:
        return found | {"candidates": "\n".join(left[0].again), "seats": left[0].seats_left}
    texts = "\n".join(question.text for question in left)
    if kind == QuestionKind.LEVELS:
        levels = [option.label for option in poll.questions.all()[0].options.all()]
        return found | {"rated": texts, "levels": "\n".join(levels)}
    return found | {"statements": texts}


def _is_over(found: QuestionResult) -> bool:
    """Whether nothing of the question is left to a further round."""
    return wording.is_good(found) and not found.seats_left


def own_body(actor: Actor) -> int | None:
    """Tổ chức của mình: where a new poll is drafted unless another body is named."""
    rights = (Capability.RECORD, Capability.DIRECT)
    return next((grant.organization_id for grant in actor.grants if grant.capability in rights), None)
