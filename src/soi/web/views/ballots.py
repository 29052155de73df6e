"""Lá phiếu và kiểm phiếu: the ballot of one voter, the tellers' count, and the record they sign."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from soi.ballots import casting, counting, paper, permissions, policies, queries
from soi.ballots.enums import Mode, Verb
from soi.base.errors import Conflict, Invalid
from soi.documents import actions as documents
from soi.forms import registry
from soi.web import poll_printing, printing
from soi.web.forms import polls as forms
from soi.web.forms.fields import submit
from soi.web.forms.picks import key
from soi.web.http import SignedInRequest, attachment
from soi.web.views.downloads import DOCX

if TYPE_CHECKING:
    from soi.ballots.models import Poll
    from soi.documents.models import Source

_FIELD = re.compile(r"q(\d{1,4})")


# --- the voter ----------------------------------------------------------------------------------------


def poll_voting(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lá phiếu: shown on GET, looked over, then cast. Casting reads the poll and does the one act, no more."""
    if request.method != "POST":
        ballot = queries.ballot_for(request.actor, queries.get(request.actor, pk))
        context = {"ballot": ballot, "lines": _marked(ballot, {}), "room": _room(request)}
        return render(request, "polls/ballot.html", context)
    answers = _answers(request.POST)
    if request.POST.get("step") == "cast":
        return _cast(request, pk, answers)
    # Without JavaScript the ballot is looked over on a page of its own; nothing is kept of it.
    ballot = queries.ballot_for(request.actor, queries.get(request.actor, pk))
    step = "polls/ballot.html" if request.POST.get("step") == "back" else "polls/review.html"
    context = {"ballot": ballot, "lines": _marked(ballot, answers), "room": _room(request)}
    return render(request, step, context)


def _cast(request: SignedInRequest, pk: int, answers: dict[int, list[int]]) -> HttpResponse:
    poll = queries.at_the_box(request.actor, pk)
    try:
        done = casting.cast(actor=request.actor, poll=poll, answers=answers, now=request.now)
    except Invalid as refusal:
        if request.htmx:
            return _told(request, refusal.status, poll, refusal=refusal.sentence)
        ballot = queries.ballot_for(request.actor, queries.get(request.actor, pk))
        context = {
            "ballot": ballot, "lines": _marked(ballot, answers), "refusal": refusal.sentence,
            "room": _room(request),
        }  # fmt: skip
        return render(request, "polls/ballot.html", context, status=refusal.status)
    except Conflict as refusal:
        again = refusal.sentence == casting.DONE_ALREADY
        return _told(request, refusal.status, poll, refusal=refusal.sentence, again=again)
    return _told(request, 200, poll, receipt=done.receipt)


def _told(request: SignedInRequest, status: int, poll: Poll, **found: Any) -> HttpResponse:
    """Đã ghi nhận hay chưa. The page that is open shows the words alone; without JavaScript they are a page.

    Everybody votes in the same minute: the menu and what else stands around the words would cost more than the vote.
    """
    template = "polls/_cast.html" if request.htmx else "polls/cast.html"
    return render(request, template, {"poll": poll, "room": _room(request), **found}, status=status)


def _room(request: SignedInRequest) -> int | None:
    """The conference whose room the voter came from, as the link there says: the way back costs no query."""
    return key(request.GET.get("phong"))


def _answers(posted: QueryDict) -> dict[int, list[int]]:
    """The fields q1, q2, …: numbers of options; what is no number becomes one that no ballot has."""
    fields = ((_FIELD.fullmatch(name), name) for name in posted)
    return {
        int(match[1]): [
            int(mark) if mark.isdecimal() and len(mark) < 5 else 0 for mark in posted.getlist(name) if mark
        ]
        for match, name in fields
        if match
    }


def _marked(ballot: queries.Ballot, answers: Mapping[int, list[int]]) -> list[dict[str, Any]]:
    """Các câu trên phiếu, each option with whether it is marked."""
    return [
        {
            "line": line,
            "many": policies.most_marks(line.kind, line.seats) > 1,
            "most": policies.most_marks(line.kind, line.seats),
            "options": [
                {"number": number, "label": label, "marked": number in answers.get(line.number, ())}
                for number, label in line.options
            ],
            "chosen": [label for number, label in line.options if number in answers.get(line.number, ())],
        }
        for line in ballot.lines
    ]


# --- the tellers --------------------------------------------------------------------------------------


def poll_counting(request: SignedInRequest, pk: int) -> HttpResponse:
    """Kiểm phiếu: two tellers type their passphrases; of votes by name nothing is needed."""
    poll = _to_count(request, pk)
    if poll.mode == Mode.PAPER:
        return redirect("poll_paper", pk)
    tellers = list(poll.tellers.all()) if poll.mode == Mode.SECRET else []
    data = request.POST if request.method == "POST" else None
    form = forms.PassphraseForm(data, tellers=tellers)

    def act(_given: dict[str, Any]) -> Poll:
        words = form.passphrases() if tellers else None
        return counting.count_poll(actor=request.actor, poll=poll, now=request.now, passphrases=words)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã kiểm phiếu xong."))
        return redirect("poll_detail", pk)
    cast, roll = queries.turnout(poll)
    context = {
        "poll": poll, "form": form, "tellers": tellers, "cast": cast, "roll": roll,
        "back": reverse("poll_detail", args=[pk]),
    }  # fmt: skip
    return render(request, "polls/counting.html", context, status=status)


def poll_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """Nhập số đếm phiếu giấy: my numbers alone; the other teller's are never shown."""
    poll = _to_count(request, pk)
    mine = paper.entry_of(request.actor, poll)
    form = forms.PaperForm(
        request.POST or None, request.FILES or None, questions=poll.questions.all(),
        initial=forms.paper_initial(mine),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> paper.Entered:
        scan = _scan(request, poll, given["scan"])
        return paper.enter_paper_count(
            actor=request.actor, poll=poll, sheet=form.sheet(), now=request.now, scan=scan
        )

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(
            request,
            _("Số đếm của hai người trùng nhau. Đã kiểm phiếu xong.")
            if done.agreed
            else _("Đã ghi số đếm của đồng chí. Chờ người thứ hai nhập."),
        )
        return redirect("poll_detail", pk)
    context = {"poll": poll, "form": form, "mine": mine, "back": reverse("poll_detail", args=[pk])}
    return render(request, "polls/paper.html", context, status=status)


def _to_count(request: SignedInRequest, pk: int) -> Poll:
    poll = queries.get(request.actor, pk)
    permissions.check_can_count(request.actor, poll)
    policies.next_state(poll.state, Verb.COUNT)
    return poll


def _scan(request: SignedInRequest, poll: Poll, file: UploadedFile[Any] | None) -> Source | None:
    if file is None:
        return None
    return documents.receive_evidence(
        actor=request.actor, organization=poll.organization, data=file.read(), filename=file.name or "",
        now=request.now,
    )  # fmt: skip


def poll_record_docx(request: SignedInRequest, pk: int) -> HttpResponse:
    """Biên bản kiểm phiếu, Word: for the tellers to print and sign."""
    poll = queries.get(request.actor, pk)
    with translation.override(settings.LANGUAGE_CODE):
        context = poll_printing.record(request.actor, poll)
    layout = printing.layout_of(poll.organization)
    data = registry.render("counting_record", context, created=request.now, layout_id=layout)
    day = timezone.localdate(poll.counted_at or request.now)
    return attachment(data, registry.file_name("counting_record", day=day, subject=poll.title), DOCX)
