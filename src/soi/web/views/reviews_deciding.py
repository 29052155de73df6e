"""Gợi ý và giải trình, mục chuyển sang, biện pháp, chốt, duyệt, trả lại, đính chính."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from soi.base.errors import Invalid
from soi.reviews import (
    carrying,
    explaining,
    finalizing,
    measuring,
    permissions,
    prompted,
    prompting,
    queries,
)
from soi.reviews.enums import Mended, Verb
from soi.reviews.logic.carried import mended_of
from soi.reviews.measuring import MeasureEntry
from soi.web import review_panels, task_choices
from soi.web.forms import reviews_deciding as forms
from soi.web.forms.fields import SoiForm, submit
from soi.web.http import SignedInRequest

if TYPE_CHECKING:
    from soi.reviews.models import Explanation, Prompt, Review


# --- prompts -----------------------------------------------------------------------------------------


def review_prompts(request: SignedInRequest, pk: int) -> HttpResponse:
    """Gợi ý của một đợt: write for several at once; what is prepared and not yet sent; ``?ban=`` ticked already."""
    cycle = queries.get_cycle(request.actor, pk)
    offered = list(prompted.promptable(request.actor, cycle))
    form = forms.PromptsForm(
        request.POST or None, offered=offered, initial={"reviews": request.GET.getlist("ban")}
    )

    def act(data: dict[str, Any]) -> list[Prompt]:
        return prompting.prepare_prompts(
            actor=request.actor, reviews=data["reviews"], texts=form.texts(), now=request.now
        )

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(
            request, _("Đã lập %(number)s gợi ý. Xem lại rồi bấm «Gửi».") % {"number": len(done)}
        )
        return redirect(f"{reverse('review_prompts', args=[pk])}#cho-gui")
    context = {
        "cycle": cycle,
        "form": form,
        "offered": offered,
        "prepared": list(prompted.prepared(request.actor, cycle)),
    }
    return render(request, "reviews/prompts.html", context, status=status)


def review_prompts_sending(request: SignedInRequest, pk: int) -> HttpResponse:
    """Gửi các gợi ý đã chọn."""
    cycle = queries.get_cycle(request.actor, pk)
    ticked = set(request.POST.getlist("prompt"))
    chosen = [row for row in prompted.prepared(request.actor, cycle) if str(row.pk) in ticked]
    if not chosen:
        raise Invalid(_("Hãy chọn ít nhất một gợi ý chưa gửi."))
    number = prompting.send_prompts(actor=request.actor, prompts=chosen, now=request.now)
    messages.success(
        request, ngettext("Đã gửi %(number)s gợi ý.", "Đã gửi %(number)s gợi ý.", number) % {"number": number}
    )
    return redirect("review_prompts", pk)


def review_prompt_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sửa gợi ý chưa gửi."""
    prompt = prompted.get_prompt(request.actor, pk)
    permissions.check_can_prompt(request.actor, prompt.review)
    form = forms.PromptForm(request.POST or None, initial={"text": prompt.text, "version": prompt.version})

    def act(data: dict[str, Any]) -> Prompt:
        return prompting.edit_prompt(
            actor=request.actor, prompt=prompt, text=data["text"], expected_version=data["version"],
            now=request.now,
        )  # fmt: skip

    back = reverse("review_prompts", args=[prompt.review.cycle_id])
    return _answered(
        request, prompt.review, form, act, title=_("Sửa gợi ý"), button=_("Ghi gợi ý"), back=back
    )


def review_prompt_withdrawal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Rút gợi ý, with the reason; one not yet sent is left out without."""
    prompt = prompted.get_prompt(request.actor, pk)
    permissions.check_can_prompt(request.actor, prompt.review)
    form = forms.WithdrawalForm(request.POST or None)
    if prompt.sent_on is None:
        form.fields["reason"].required = False

    def act(data: dict[str, Any]) -> Prompt:
        return prompting.withdraw_prompt(
            actor=request.actor, prompt=prompt, reason=data["reason"], now=request.now
        )

    return _answered(
        request, prompt.review, form, act, title=_("Rút gợi ý"), button=_("Rút gợi ý"), prompt=prompt
    )


def review_explanation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Giải trình một gợi ý."""
    prompt = prompted.get_prompt(request.actor, pk)
    permissions.check_can_write(request.actor, prompt.review)
    permissions.check_state(prompt.review, Verb.EXPLAIN)
    form = forms.ExplanationForm(request.POST or None)

    def act(data: dict[str, Any]) -> Explanation:
        return explaining.explain(actor=request.actor, prompt=prompt, text=data["text"], now=request.now)

    return _answered(
        request, prompt.review, form, act, title=_("Giải trình"), button=_("Gửi giải trình"), prompt=prompt
    )


def review_judgement(request: SignedInRequest, pk: int) -> HttpResponse:
    """Xem xét một giải trình."""
    explanation = prompted.get_explanation(request.actor, pk)
    prompt = explanation.prompt
    permissions.check_can_prompt(request.actor, prompt.review)
    form = forms.JudgementForm(request.POST or None)

    def act(data: dict[str, Any]) -> Explanation:
        return explaining.judge(
            actor=request.actor, explanation=explanation, verdict=data["verdict"], reason=data["reason"],
            now=request.now,
        )  # fmt: skip

    return _answered(
        request,
        prompt.review,
        form,
        act,
        title=_("Xem xét giải trình"),
        button=_("Ghi ý kiến"),
        prompt=prompt,
    )


# --- what is carried, measures -----------------------------------------------------------------------


def review_carried(request: SignedInRequest, pk: int) -> HttpResponse:
    """Trả lời một mục chuyển sang."""
    carried = prompted.get_carried(request.actor, pk)
    _check_writable(request, carried.review)
    mended = Mended(mended_of(carried.finding.state))
    form = forms.CarriedForm(
        request.POST or None, mended=mended == Mended.FIXED,
        initial={"answer": carried.answer, "why_not": carried.why_not, "version": carried.version},
    )  # fmt: skip

    def act(data: dict[str, Any]) -> object:
        return carrying.answer_carried(
            actor=request.actor, carried=carried, answer=data["answer"], why_not=data.get("why_not", ""),
            expected_version=data["version"], now=request.now,
        )  # fmt: skip

    return _answered(
        request, carried.review, form, act, title=_("Kết quả khắc phục kỳ trước"), button=_("Ghi kết quả"),
        carried=carried, mended=mended, badge=review_panels.MENDED_BADGES[mended], anchor="chuyen-sang",
    )  # fmt: skip


def review_measure_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thêm biện pháp."""
    review = queries.get(request.actor, pk)
    _check_writable(request, review)
    form = _measure_form(request, {"version": 0})

    def act(data: dict[str, Any]) -> object:
        return measuring.add_measure(actor=request.actor, review=review, entry=_entry(data), now=request.now)

    return _answered(
        request, review, form, act, title=_("Thêm biện pháp"), button=_("Ghi biện pháp"), anchor="bien-phap"
    )


def review_measure_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sửa biện pháp."""
    measure = prompted.get_measure(request.actor, pk)
    _check_writable(request, measure.review)
    columns = ("statement", "deliverable", "area", "due_on", "version")
    initial = {name: getattr(measure, name) for name in columns}
    form = _measure_form(request, {**initial, "accountable_post": measure.accountable_post_id})

    def act(data: dict[str, Any]) -> object:
        return measuring.edit_measure(
            actor=request.actor, measure=measure, entry=_entry(data), expected_version=data["version"],
            now=request.now,
        )  # fmt: skip

    return _answered(
        request, measure.review, form, act, title=_("Sửa biện pháp"), button=_("Ghi biện pháp"),
        anchor="bien-phap",
    )  # fmt: skip


def review_measure_drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bỏ biện pháp."""
    measure = prompted.get_measure(request.actor, pk)
    measuring.drop_measure(actor=request.actor, measure=measure, now=request.now)
    messages.success(request, _("Đã bỏ biện pháp."))
    return redirect(_page(measure.review, "bien-phap"))


def _measure_form(request: SignedInRequest, initial: dict[str, Any]) -> forms.MeasureForm:
    form = forms.MeasureForm(request.POST or None, initial=initial)
    chosen = form["accountable_post"].value()
    task_choices.offer(
        form.fields["accountable_post"], request.actor, "chuc-vu", chosen=chosen, empty=_("Chọn chức vụ")
    )
    return form


def _entry(data: dict[str, Any]) -> MeasureEntry:
    names = ("statement", "deliverable", "accountable_post", "area", "due_on")
    return MeasureEntry(**{name: data[name] for name in names})


# --- finalizing and deciding -------------------------------------------------------------------------


def review_finalizing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Chốt."""
    review = queries.get(request.actor, pk)
    finalizing.finalize(actor=request.actor, review=review, now=request.now)
    messages.success(request, _("Đã chốt. Từ đây bản kiểm điểm được giữ nguyên văn."))
    return redirect("review_detail", pk)


def review_decision(request: SignedInRequest, pk: int) -> HttpResponse:
    """Duyệt hoặc trả lại: what was carried, explained and promised, on one page with the decision."""
    review = queries.get(request.actor, pk)
    permissions.check_can_decide(request.actor, review)
    permissions.check_state(review, Verb.APPROVE)
    form = forms.DecisionForm(request.POST or None)

    def act(data: dict[str, Any]) -> object:
        if data["decision"] == "approve":
            return finalizing.approve(actor=request.actor, review=review, now=request.now)
        return finalizing.return_review(
            actor=request.actor, review=review, reason=data["reason"], now=request.now
        )

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        approved = form.cleaned_data["decision"] == "approve"
        words = (
            _("Đã duyệt.") if approved else _("Đã trả lại. Nơi lập sửa trên bản mới; bản đã chốt vẫn còn.")
        )
        messages.success(request, words)
        return redirect("review_detail", pk)
    context = {
        "review": review,
        "form": form,
        "panels": review_panels.build(request.actor, review, edition=review.edition),
        "leaf": _("Xem xét"),
    }
    return render(request, "reviews/decision.html", context, status=status)


def review_correction(request: SignedInRequest, pk: int) -> HttpResponse:
    """Đính chính bản đã chốt: a new edition with the reason."""
    review = queries.get(request.actor, pk)
    permissions.check_can_write(request.actor, review)
    permissions.check_state(review, Verb.CORRECT)
    form = forms.CorrectionForm(request.POST or None)

    def act(data: dict[str, Any]) -> object:
        return finalizing.correct(actor=request.actor, review=review, reason=data["reason"], now=request.now)

    return _answered(request, review, form, act, title=_("Đính chính"), button=_("Mở bản đính chính"))


# --- parts shared by the views above -----------------------------------------------------------------


def _check_writable(request: SignedInRequest, review: Review) -> None:
    permissions.check_can_write(request.actor, review)
    permissions.check_state(review, Verb.WRITE)


def _page(review: Review, anchor: str) -> str:
    return f"{reverse('review_detail', args=[review.pk])}#{anchor}"


def _answered(
    request: SignedInRequest,
    review: Review,
    form: SoiForm,
    act: Any,
    *,
    title: str,
    button: str,
    anchor: str = "goi-y",
    back: str = "",
    **about: Any,
) -> HttpResponse:
    """One form about one part of a review: shown, or written and back to that part."""
    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    back = back or _page(review, anchor)
    if done:
        messages.success(request, _("Đã ghi."))
        return redirect(back)
    context = {
        "review": review, "form": form, "leaf": title, "button": button, "back": back, **about,
    }  # fmt: skip
    return render(request, "reviews/act.html", context, status=status)
