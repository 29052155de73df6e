"""Giấy mời: whom to invite, sending, reminding; the page on which one replies; opinions sent ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from soi.base.errors import NotFound
from soi.conferences import inviting, papers, queries
from soi.conferences.enums import AttendanceRole, Reply
from soi.documents.logic.filenames import content_disposition
from soi.notices import calendars
from soi.org import queries as org
from soi.web import preparing_page, task_choices
from soi.web.forms import preparing as forms
from soi.web.forms.fields import submit
from soi.web.forms.picks import key
from soi.web.http import SignedInRequest
from soi.web.notice_links import address_of_entry, own_host
from soi.web.views.preparing import Removal, editable, written

if TYPE_CHECKING:
    from soi.conferences.models import Conference, Invitation, PriorOpinion
    from soi.org.models import Person

_LED = {AttendanceRole.CHAIR, AttendanceRole.SECRETARY, AttendanceRole.DIRECT}


# --- for those who prepare -------------------------------------------------------------------------------


def invitation_choosing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Chọn người mời; nothing is sent yet."""
    conference = editable(request, pk)
    role = request.GET.get("vai", "")
    led = role in {"chair", "secretary"}
    named = [number for number in map(key, request.GET.getlist("nguoi")) if number]
    initial = {
        "organization": conference.organization_id,
        "whom": "people" if led or named else "leaders",
        "people": named,
        "role": role if led else AttendanceRole.ATTEND.value,
    }
    form = forms.InvitingForm(request.POST or None, sites=conference.sites.all(), initial=initial)
    for name, kind in (("organization", "to-chuc"), ("people", "nguoi")):
        task_choices.offer(form.fields[name], request.actor, kind, chosen=form[name].value())

    def act(data: dict[str, Any]) -> list[Invitation]:
        return inviting.invite(
            actor=request.actor, conference=conference, people=_wanted(conference, data),
            is_entitled=data["is_entitled"] == "yes", role=AttendanceRole(data["role"]), site=data["site"],
            now=request.now,
        )  # fmt: skip

    def told(made: list[Invitation]) -> str:
        return _("Đã thêm %(number)s người vào danh sách mời. Giấy mời chưa gửi.") % {"number": len(made)}

    words: dict[str, Any] = {"title": _("Chọn người mời"), "button": _("Đưa vào danh sách mời")}
    return written(request, conference, form, act, part="giay-moi", told=told, **words)


def _wanted(conference: Conference, data: dict[str, Any]) -> list[Person]:
    day, body = conference.date_start, data["organization"]
    if data["whom"] == "people":
        return list(data["people"])
    if data["whom"] == "heads":
        return list(inviting.heads_of(org.subordinates(body, on=day), on=day))
    return list(inviting.leaders_of(body, on=day))


def invitations_sending(request: SignedInRequest, pk: int) -> HttpResponse:
    """Gửi mọi giấy mời chưa gửi."""
    conference = queries.get(request.actor, pk)
    number = inviting.send(actor=request.actor, conference=conference, now=request.now)
    messages.success(request, _("Đã gửi %(number)s giấy mời.") % {"number": number})
    return _back(conference)


def invitations_reminder(request: SignedInRequest, pk: int) -> HttpResponse:
    """Nhắc những người chưa trả lời."""
    conference = queries.get(request.actor, pk)
    number = inviting.remind(actor=request.actor, conference=conference, now=request.now)
    messages.success(request, _("Đã nhắc %(number)s người.") % {"number": number})
    return _back(conference)


def invitation_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sửa vai trò, tư cách, điểm cầu của một người; hoặc bỏ khỏi danh sách."""
    invitation = inviting.get(request.actor, pk)
    conference = editable(request, invitation.attendance.conference_id)
    held = {one.role for one in invitation.attendance.roles.all()} & _LED
    initial = {
        "role": next(iter(sorted(held)), AttendanceRole.ATTEND.value),
        "is_entitled": "yes" if invitation.is_entitled else "no",
        "site": invitation.site_id,
    }
    form = forms.InvitationForm(request.POST or None, sites=conference.sites.all(), initial=initial)

    def act(data: dict[str, Any]) -> Invitation:
        return inviting.change_invitation(
            actor=request.actor, invitation=invitation, is_entitled=data["is_entitled"] == "yes",
            role=AttendanceRole(data["role"]), site=data["site"], now=request.now,
        )  # fmt: skip

    words: dict[str, Any] = {"title": str(invitation.attendance.person), "button": _("Ghi thay đổi")}
    removal = Removal(
        reverse("invitation_removal", args=[pk]), _("Bỏ khỏi danh sách mời"), _("Bỏ người này?")
    )
    replying = reverse("invitation_reply", args=[pk]) if invitation.sent_at else ""
    return written(
        request, conference, form, act, part="giay-moi", removal=removal, replying=replying, **words
    )


def invitation_removal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bỏ khỏi danh sách mời."""
    invitation = inviting.get(request.actor, pk)
    inviting.withdraw_invitation(actor=request.actor, invitation=invitation, now=request.now)
    messages.success(request, _("Đã bỏ khỏi danh sách mời."))
    return _back(invitation.attendance.conference)


def invitation_reply(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ghi trả lời thay: whoever answered by telephone."""
    invitation = inviting.get(request.actor, pk)
    conference = invitation.attendance.conference
    form, done, status = _answered(request, invitation)
    if done:
        messages.success(request, _("Đã ghi trả lời của %(who)s.") % {"who": invitation.attendance.person})
        return _back(conference)
    context = _reply_context(request, conference, invitation, form) | {"is_own": False}
    return render(request, "preparing/invitation.html", context, status=status)


# --- for those invited -----------------------------------------------------------------------------------


def invitation_mine(request: SignedInRequest, pk: int) -> HttpResponse:
    """Giấy mời của tôi: when, where, what about; and the reply in one press."""
    conference = queries.get(request.actor, pk)
    invitation = inviting.mine(request.actor, conference)
    if invitation is None:
        raise NotFound(_("Đồng chí không có giấy mời dự hội nghị này."))
    form, done, status = _answered(request, invitation)
    if done:
        messages.success(request, _("Đã ghi trả lời: %(reply)s.") % {"reply": done.get_reply_display()})
        return redirect("invitation_mine", pk)
    context = _reply_context(request, conference, invitation, form) | {"is_own": True}
    return render(request, "preparing/invitation.html", context, status=status)


def _answered(
    request: SignedInRequest, invitation: Invitation
) -> tuple[forms.ReplyForm, Invitation | None, int]:
    people = inviting.substitutes_for(invitation)
    form = forms.ReplyForm(request.POST or None, people=people, initial={"reason": invitation.reason})

    def act(data: dict[str, Any]) -> Invitation:
        data["reply"] = Reply(data["reply"])
        return inviting.answer(actor=request.actor, invitation=invitation, now=request.now, **data)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    return form, done, status


def _reply_context(
    request: SignedInRequest, conference: Conference, invitation: Invitation, form: forms.ReplyForm
) -> dict[str, Any]:
    items = list(conference.agenda.select_related("presenter", "presenting_body"))
    known = list(papers.papers_for(request.actor, conference))
    return {
        "conference": conference,
        "invitation": invitation,
        "form": form,
        "asked": request.POST.get("reply", ""),
        "may_answer": preparing_page.can_still_answer(conference, invitation, request.actor.today),
        "rows": preparing_page.programme(conference, items, known),
        "loose_papers": [paper for paper in known if paper.item_id is None],
        "opinions": inviting.opinions_for(request.actor, conference).filter(
            person_id=request.actor.person_id or 0
        ),
    }


def invitation_calendar(request: SignedInRequest, pk: int) -> HttpResponse:
    """Giấy mời cho lịch (.ics): the same entry as in the feed."""
    conference = queries.get(request.actor, pk)
    content = calendars.invitation(
        request.actor, conference, now=request.now, link=address_of_entry, host=own_host()
    )
    headers = {
        "Content-Disposition": content_disposition("giay-moi.ics"),
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def opinion_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Gửi ý kiến trước bằng văn bản."""
    conference = queries.get(request.actor, pk)
    if inviting.mine(request.actor, conference) is None:
        raise NotFound(_("Đồng chí không có giấy mời dự hội nghị này."))
    known = papers.papers_for(request.actor, conference)
    form = forms.OpinionForm(
        request.POST or None, items=conference.agenda.all(), papers=known,
        initial={"paper": request.GET.get("tai-lieu", ""), "item": request.GET.get("noi-dung", "")},
    )  # fmt: skip

    def act(data: dict[str, Any]) -> PriorOpinion:
        return inviting.send_opinion(actor=request.actor, conference=conference, now=request.now, **data)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã gửi ý kiến tới chủ trì và thư ký hội nghị."))
        return redirect("invitation_mine", pk)
    context = {
        "form": form,
        "conference": conference,
        "title": _("Gửi ý kiến trước"),
        "button": _("Gửi ý kiến"),
        "back": reverse("invitation_mine", args=[pk]),
    }
    return render(request, "preparing/form.html", context, status=status)


def _back(conference: Conference) -> HttpResponse:
    return redirect(f"{reverse('preparation', args=[conference.pk])}#giay-moi")
