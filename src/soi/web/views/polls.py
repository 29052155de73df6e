"""Bỏ phiếu: the list, one poll, preparing it, opening, closing, publishing. The ballot itself is in ``ballots``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from soi.ballots import actions, people, permissions, policies, queries
from soi.ballots.enums import Mode, PollState, Verb
from soi.base.actor import Capability
from soi.base.errors import Conflict, Invalid
from soi.conferences import deciding, floor_rights
from soi.conferences import queries as conferences
from soi.conferences.quorum import quorum
from soi.web import poll_page
from soi.web.forms import polls as forms
from soi.web.forms.fields import SoiForm, submit
from soi.web.forms.picks import key
from soi.web.http import SignedInRequest

if TYPE_CHECKING:
    from soi.ballots.models import Poll
    from soi.conferences.models import Conference

PAGE_SIZE = 25


def poll_list(request: SignedInRequest) -> HttpResponse:
    """Các cuộc bỏ phiếu được thấy, newest first."""
    page = Paginator(queries.listing(request.actor), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(poll, poll_page.BADGES[PollState(poll.state)]) for poll in page]
    may_draft = request.actor.may(Capability.RECORD) or request.actor.may(Capability.DIRECT)
    return render(request, "polls/list.html", {"page": page, "rows": rows, "may_draft": may_draft})


def poll_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Một cuộc bỏ phiếu."""
    poll = queries.get(request.actor, pk)
    return render(request, "polls/detail.html", poll_page.build(request.actor, poll))


def poll_explained(request: SignedInRequest) -> HttpResponse:
    """Phiếu kín bảo vệ điều gì, và không bảo vệ điều gì."""
    return render(request, "polls/explained.html")


# --- preparing ----------------------------------------------------------------------------------------


def poll_new(request: SignedInRequest) -> HttpResponse:
    """Lập cuộc bỏ phiếu, of a body, of a conference (``?hoi-nghi=``), or the next round of one (``?vong=``)."""
    actor = request.actor
    earlier = _asked_round(request)
    conference = _asked_conference(request, earlier)
    data = request.POST or None
    initial = _initial(request, earlier)
    form = forms.ConferencePollForm(
        data, items=conference.agenda.order_by("order"), initial=initial
    ) if conference else forms.NewPollForm(data, actor=actor, initial=initial)  # fmt: skip

    def act(given: dict[str, Any]) -> Poll:
        given = _content(form, given) | {"earlier": earlier}
        if conference:
            item = form.cleaned_data["item"]
            given["item"] = item.pk if item else None
            return deciding.new_poll(actor=actor, conference=conference, now=request.now, **given)
        return actions.draft_poll(actor=actor, now=request.now, **given)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã lập cuộc bỏ phiếu. Xem lại nội dung rồi mở bỏ phiếu."))
        return redirect("poll_detail", done.pk)
    context = {
        "form": form, "conference": conference, "earlier": earlier, "button": _("Lập cuộc bỏ phiếu"),
        "title": _("Lập vòng tiếp theo") if earlier else _("Lập cuộc bỏ phiếu"),
        "back": _way_back(conference, earlier),
    }  # fmt: skip
    return render(request, "polls/form.html", context, status=status)


def _way_back(conference: Conference | None, earlier: Poll | None) -> str:
    if earlier:
        return reverse("poll_detail", args=[earlier.pk])
    return reverse("room", args=[conference.pk]) if conference else reverse("poll_list")


def _asked_conference(request: SignedInRequest, earlier: Poll | None) -> Conference | None:
    """The one named, or that of the round before it."""
    wanted = key(request.POST.get("hoi-nghi") or request.GET.get("hoi-nghi"))
    if wanted is None:
        return deciding.conference_of(earlier) if earlier else None
    conference = conferences.get(request.actor, wanted)
    floor_rights.check_drives(request.actor, conference)
    return conference


def _asked_round(request: SignedInRequest) -> Poll | None:
    wanted = key(request.POST.get("vong") or request.GET.get("vong"))
    if wanted is None:
        return None
    poll = queries.get(request.actor, wanted)
    permissions.check_can_conduct(request.actor, poll)
    return poll


def _initial(request: SignedInRequest, earlier: Poll | None) -> dict[str, Any]:
    if earlier is None:
        return {"organization": request.GET.get("to-chuc") or poll_page.own_body(request.actor)}
    return poll_page.next_round(request.actor, earlier) | {"organization": earlier.organization_id}


def poll_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sửa khi đang soạn."""
    poll = _conducted(request, pk, Verb.EDIT)
    form = forms.PollForm(request.POST or None, initial=forms.initial_of(poll))

    def act(given: dict[str, Any]) -> Poll:
        version = given["version"] or 0
        return actions.edit_poll(
            actor=request.actor, poll=poll, expected_version=version, now=request.now, **_content(form, given)
        )

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã sửa cuộc bỏ phiếu."))
        return redirect("poll_detail", pk)
    context = {
        "form": form, "poll": poll, "title": _("Sửa cuộc bỏ phiếu"), "button": _("Ghi thay đổi"),
        "back": reverse("poll_detail", args=[pk]),
    }  # fmt: skip
    return render(request, "polls/form.html", context, status=status)


def _content(form: forms.PollForm, given: dict[str, Any]) -> dict[str, Any]:
    names = ("title", "mode", "denominator", "majority", "min_body_for_numbers", "organization")
    return {name: given[name] for name in names if name in given} | {"questions": form.questions()}


def poll_tellers(request: SignedInRequest, pk: int) -> HttpResponse:
    """Cử ban kiểm phiếu."""
    poll = _conducted(request, pk, Verb.EDIT)
    named = list(poll.tellers.all())
    head = next((teller.person_id for teller in named if teller.is_head), "")
    form = forms.TellersForm(
        request.POST or None,
        initial={"head": head, "people": [t.person_id for t in named if not t.is_head]},
    )
    form.offer(people.choosable(poll, request.actor))

    def act(given: dict[str, Any]) -> list[Any]:
        asked = [given["head"], *given["people"]]
        return actions.name_tellers(
            actor=request.actor, poll=poll, people=asked, head=given["head"], now=request.now
        )

    return _written(request, poll, form, act, template="polls/tellers.html", said=_("Đã cử ban kiểm phiếu."))


# --- opening, closing, publishing ---------------------------------------------------------------------


def poll_opening(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mở bỏ phiếu: what is frozen is shown; each teller types a passphrase of their own."""
    poll = _conducted(request, pk, Verb.OPEN)
    if poll_page.lacks_tellers(poll):
        raise Conflict(_("Hãy cử ban kiểm phiếu, ít nhất hai người, trước khi mở bỏ phiếu."))
    conference = deciding.conference_of(poll)
    tellers = list(poll.tellers.all()) if poll.mode == Mode.SECRET else []
    form, there = _opening_form(request, poll, conference, tellers)

    def act(given: dict[str, Any]) -> Poll:
        words = form.passphrases() if tellers else None
        if conference:
            return deciding.open_vote(
                actor=request.actor, conference=conference, poll=poll, now=request.now, passphrases=words
            )
        return actions.open_poll(
            actor=request.actor, poll=poll, roll=form.roll(), summoned=given["summoned"],
            present=given["present"], now=request.now, passphrases=words,
        )  # fmt: skip

    said = _("Đã mở bỏ phiếu. Nội dung và danh sách đã chốt.")
    context = poll_page.frozen(poll) | {"there": there, "conference": conference, "tellers": tellers}
    return _written(request, poll, form, act, template="polls/opening.html", said=said, context=context)


def _opening_form(
    request: SignedInRequest, poll: Poll, conference: Conference | None, tellers: list[Any]
) -> tuple[Any, Any]:
    """Of a conference the roll is who may vote and is there now; elsewhere it is chosen from the body."""
    data = request.POST or None
    if conference:
        there = quorum(conference, request.now)
        form: Any = forms.PassphraseForm(data, tellers=tellers, fresh=True)
        return form, {"quorum": there, "people": people.by_number(there.voters)}
    members = list(people.members(poll, request.actor))
    initial = {
        "members": [str(person.pk) for person in members], "summoned": len(members), "present": len(members)
    }  # fmt: skip
    form = forms.OpeningForm(data, tellers=tellers, fresh=True, initial=initial)
    form.fields["members"].choices = [(str(person.pk), str(person)) for person in members]
    others = people.choosable(poll, request.actor).exclude(pk__in=[person.pk for person in members])
    form.fields["others"].offer(others, chosen=form["others"].value() or ())
    return form, None


def poll_closing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Đóng bỏ phiếu; of a conference on its floor, where this poll is the one that is open there."""
    poll = queries.get(request.actor, pk)
    conference = deciding.conference_of(poll)
    if conference and deciding.is_on_floor(conference, poll):
        permissions.check_can_conduct(request.actor, poll)
        deciding.close_vote(actor=request.actor, conference=conference, now=request.now)
    else:
        actions.close_poll(actor=request.actor, poll=poll, now=request.now)
    messages.success(request, _("Đã đóng bỏ phiếu. Ban kiểm phiếu có thể kiểm phiếu."))
    return redirect("poll_detail", pk)


def poll_publication(request: SignedInRequest, pk: int) -> HttpResponse:
    """Công bố kết quả."""
    poll = queries.get(request.actor, pk)
    if conference := deciding.conference_of(poll):
        deciding.publish_votes(actor=request.actor, conference=conference, polls=[poll], now=request.now)
    else:
        actions.publish_poll(actor=request.actor, poll=poll, now=request.now)
    messages.success(request, _("Đã công bố kết quả."))
    return redirect("poll_detail", pk)


def polls_publication(request: SignedInRequest, pk: int) -> HttpResponse:
    """Công bố cùng lúc: the counted polls of a conference with a box each, announced by one act."""
    conference = conferences.get(request.actor, pk)
    floor_rights.check_drives(request.actor, conference)
    refusal = None
    if request.method == "POST":
        try:
            done = deciding.publish_votes(
                actor=request.actor, conference=conference, now=request.now,
                polls=deciding.polls_of(conference, _ticked(request)),
            )  # fmt: skip
        except Invalid as error:
            refusal = error
        else:
            messages.success(request, _("Đã công bố kết quả %d cuộc bỏ phiếu.") % len(done))
            return redirect("room", pk)
    context = {"conference": conference, "polls": deciding.counted(conference), "refusal": refusal}
    return render(request, "polls/publication.html", context, status=refusal.status if refusal else 200)


def _ticked(request: SignedInRequest) -> list[int]:
    numbers = (key(value) for value in request.POST.getlist("poll"))
    return [number for number in numbers if number is not None]


def poll_annulment(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hủy cuộc bỏ phiếu, with a reason."""
    poll = _conducted(request, pk, Verb.ANNUL)

    def act(given: dict[str, Any]) -> Poll:
        return actions.annul_poll(actor=request.actor, poll=poll, reason=given["reason"], now=request.now)

    form = forms.ReasonForm(request.POST or None)
    return _written(
        request, poll, form, act, template="polls/annulment.html", said=_("Đã hủy cuộc bỏ phiếu.")
    )


def _conducted(request: SignedInRequest, pk: int, verb: Verb) -> Poll:
    """The poll, where the actor conducts it and its state allows the verb."""
    poll = queries.get(request.actor, pk)
    permissions.check_can_conduct(request.actor, poll)
    policies.next_state(poll.state, verb)
    return poll


def _written(
    request: SignedInRequest, poll: Poll, form: SoiForm, act: Any, *, template: str, said: str,
    context: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, said)
        return redirect("poll_detail", poll.pk)
    shown = {"form": form, "poll": poll, "back": reverse("poll_detail", args=[poll.pk]), **(context or {})}
    return render(request, template, shown, status=status)
