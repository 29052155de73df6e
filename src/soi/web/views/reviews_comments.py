"""Góp ý: asking, what those asked see and send, what came on paper, closing, answering each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from soi.base.errors import Invalid, Refusal
from soi.documents import queries as documents
from soi.org import queries as org
from soi.reviews import comment_rounds, commented, commenting, permissions, queries, unsigned
from soi.reviews.logic.envelopes import Item
from soi.web import review_comments as pages
from soi.web import task_choices
from soi.web.forms import review_comments as forms
from soi.web.forms.fields import SoiForm, submit
from soi.web.http import SignedInRequest

if TYPE_CHECKING:
    from soi.reviews.models import Asked, Comment, CommentRound, Review, UnsignedComment

AGREE = "agree"


# --- the office -------------------------------------------------------------------------------------


def comment_round_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mở đợt lấy góp ý; those directly below are proposed, as the rule asks for their opinion."""
    review = queries.get(request.actor, pk)
    permissions.check_can_ask(request.actor, review)
    form = forms.RoundForm(request.POST or None, initial=_proposed(request, review))
    if review.person_id:
        del form.fields["mandatory"]
    for name, kind in (("bodies", "to-chuc"), ("people", "nguoi"), ("everyone_of", "to-chuc")):
        empty = _("Không") if name == "everyone_of" else ""
        task_choices.offer(form.fields[name], request.actor, kind, chosen=form[name].value(), empty=empty)

    def act(data: dict[str, Any]) -> CommentRound:
        whole = data.pop("everyone_of")
        more = commented.members_of(whole, on=request.actor.today) if whole else []
        people = [*data.pop("people"), *(one for one in more if one.pk != review.person_id)]
        return comment_rounds.open_round(
            actor=request.actor, review=review, people=people, now=request.now, **data
        )

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã gửi đề nghị góp ý."))
        return redirect("comment_round", done.pk)
    title = _("Lấy góp ý")
    return _form_page(
        request, review, form, status, title=title, button=_("Gửi đề nghị góp ý"), back=_review_url(review)
    )


def _proposed(request: SignedInRequest, review: Review) -> dict[str, Any]:
    if review.person_id:
        return {"request": _("Đề nghị nhận xét, góp ý về đồng chí %(who)s.") % {"who": review.person}}
    below = org.subordinates(review.organization, on=request.actor.today).order_by()
    return {
        "request": _("Đề nghị góp ý dự thảo báo cáo kiểm điểm."),
        "bodies": list(below.values_list("pk", flat=True)),
    }


def comment_round(request: SignedInRequest, pk: int) -> HttpResponse:
    """Một đợt: who was asked, what they said, the answers."""
    found = commented.get_round(request.actor, pk)
    shown = pages.panel(request.actor, found.review)
    context = {
        "review": found.review,
        "shown": next(one for one in shown.rounds if one.round.pk == pk),
        "may_ask": shown.may_ask,
        "may_answer": shown.may_answer,
        "uptakes": forms.AnswerForm().fields["uptake"].choices,  # type: ignore[attr-defined]
        "today": request.actor.today,
    }
    return render(request, "reviews/comment_round.html", context)


def comment_round_closing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Đóng đợt góp ý."""
    found = commented.get_round(request.actor, pk)
    done = comment_rounds.close_round(actor=request.actor, round_=found, now=request.now)
    if done.anonymous and done.arrived is None:
        words = _("Đã đóng. Chưa đủ 5 người góp ý nên không mở góp ý nào, để không đoán được ai viết.")
        messages.info(request, words)
    else:
        messages.success(request, _("Đã đóng đợt góp ý. Hãy trả lời từng góp ý."))
    return redirect("comment_round", pk)


def comment_round_extending(request: SignedInRequest, pk: int) -> HttpResponse:
    """Gia hạn."""
    found = commented.get_round(request.actor, pk)
    permissions.check_can_ask(request.actor, found.review)
    form = forms.ExtendForm(request.POST or None)

    def act(data: dict[str, Any]) -> CommentRound:
        return comment_rounds.extend_round(actor=request.actor, round_=found, now=request.now, **data)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    back = reverse("comment_round", args=[pk])
    if done:
        messages.success(request, _("Hạn góp ý là ngày %(day)s.") % {"day": f"{done.due_on:%d/%m/%Y}"})
        return redirect(back)
    note = _("Hạn hiện nay: %(day)s.") % {"day": f"{found.due_on:%d/%m/%Y}"}
    return _form_page(
        request,
        found.review,
        form,
        status,
        title=_("Gia hạn góp ý"),
        button=_("Gia hạn"),
        back=back,
        note=note,
    )


def comment_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """Nhập góp ý bằng giấy của một nơi."""
    asked = commented.get_paper(request.actor, pk)
    review = asked.round.review
    permissions.check_can_ask(request.actor, review)
    form = forms.PaperForm(request.POST or None)
    source = form.fields["source"]
    source.offer(  # type: ignore[attr-defined]
        documents.listing(request.actor).filter(organization=review.organization_id), empty=_("Không có")
    )

    def act(data: dict[str, Any]) -> bool:
        text = data.pop("text")
        items = [Item(text)] if text.strip() else []
        commenting.enter_on_paper(actor=request.actor, asked=asked, items=items, now=request.now, **data)
        return True

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    back = reverse("comment_round", args=[asked.round_id])
    if done:
        messages.success(request, _("Đã nhập góp ý của %(who)s.") % {"who": asked.name})
        return redirect(back)
    title = _("Nhập góp ý bằng giấy")
    return _form_page(
        request, review, form, status, title=title, button=_("Ghi góp ý"), back=back, note=asked.name
    )


def comment_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Trả lời một góp ý ghi tên."""
    found = commented.get_comment(request.actor, pk)
    return _answer(request, found, found.asked.round_id)


def unsigned_answer(request: SignedInRequest, pk: str) -> HttpResponse:
    """Trả lời một góp ý không ghi tên."""
    found = commented.get_unsigned(request.actor, pk)
    return _answer(request, found, found.round_id)


def _answer(request: SignedInRequest, comment: Comment | UnsignedComment, round_pk: int) -> HttpResponse:
    review = commented.round_of(comment).review
    permissions.check_can_answer(request.actor, review)
    initial = {"uptake": comment.uptake, "reason": comment.reason}
    form = forms.AnswerForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> Comment | UnsignedComment:
        return commenting.answer(actor=request.actor, comment=comment, now=request.now, **data)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    back = f"{reverse('comment_round', args=[round_pk])}#gop-y-{comment.pk}"
    if done:
        messages.success(request, _("Đã trả lời góp ý."))
        return redirect(back)
    return _form_page(
        request,
        review,
        form,
        status,
        title=_("Trả lời góp ý"),
        button=_("Ghi trả lời"),
        back=back,
        quoted=comment.text,
    )


# --- those asked ------------------------------------------------------------------------------------


def comment_asked(request: SignedInRequest, pk: int) -> HttpResponse:
    """Trang góp ý của nơi được hỏi, by the round; what was typed is never lost."""
    asked = commented.get_asked(request.actor, pk)
    status = 200
    if request.method == "POST":
        try:
            return _sent(request, asked)
        except Refusal as refused:
            if refused.status not in {409, 422}:
                raise
            status = refused.status
            messages.error(request, refused.sentence)
    shown = pages.asked_view(request.actor, asked, {name: str(text) for name, text in request.POST.items()})
    return render(
        request, "reviews/comment.html", {"shown": shown, "today": request.actor.today}, status=status
    )


def _sent(request: SignedInRequest, asked: Asked) -> HttpResponse:
    agrees = request.POST.get("deed") == AGREE
    items = pages.items_of((name, str(text)) for name, text in request.POST.items())
    if agrees and items:
        raise Invalid(_("Đã có chữ trong ô góp ý. Hãy bấm «Gửi góp ý», hoặc xóa chữ rồi bấm nhất trí."))
    if not agrees and not items:
        raise Invalid(_("Chưa có góp ý nào. Hãy ghi góp ý, hoặc bấm «Nhất trí, không có ý kiến thêm»."))
    if asked.round.anonymous:
        unsigned.send(actor=request.actor, asked=asked, items=items)
        words = _("Đã gửi. Góp ý nằm trong phong bì niêm phong đến khi đợt này đóng.")
    elif agrees:
        commenting.nothing_to_say(actor=request.actor, asked=asked, now=request.now)
        words = _("Đã ghi: nhất trí, không có ý kiến thêm.")
    else:
        commenting.comment(actor=request.actor, asked=asked, items=items, now=request.now)
        words = _("Đã gửi góp ý. Trả lời sẽ hiện ở trang này.")
    messages.success(request, words)
    return redirect("comment_asked", asked.round_id)


# --- parts shared by the views above ----------------------------------------------------------------


def _review_url(review: Review) -> str:
    return f"{reverse('review_detail', args=[review.pk])}#gop-y"


def _form_page(
    request: SignedInRequest, review: Review, form: SoiForm, status: int, **words: Any
) -> HttpResponse:
    context = {"form": form, "review": review, "leaf": words["title"], **words}
    return render(request, "reviews/comment_form.html", context, status=status)
