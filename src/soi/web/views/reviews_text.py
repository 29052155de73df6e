"""Bản kiểm điểm: the page of one review, the draft composed from records, the editor, what changed, Word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from soi.base.errors import Invalid, NotFound, Refusal
from soi.forms import registry
from soi.reviews import composing, editions, permissions, queries, reading, writing
from soi.reviews.enums import ReviewKind, Verb
from soi.web import (
    briefing_figure,
    printing,
    review_comments,
    review_page,
    review_panels,
    review_printing,
    review_text_page,
)
from soi.web.http import SignedInRequest, attachment
from soi.web.views.downloads import DOCX

if TYPE_CHECKING:
    from soi.reviews.models import Paragraph, Review


def review_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Một bản kiểm điểm, read like a paper; ``?lan=`` an earlier edition as it was finalized."""
    review = queries.get(request.actor, pk)
    shown = review_page.build(request.actor, review, edition=_number(request, "lan"))
    panels = review_panels.build(request.actor, review, edition=shown.edition)
    context = {
        "shown": shown,
        "review": review,
        "panels": panels,
        "comments": review_comments.panel(request.actor, review),
    }
    return render(request, "reviews/detail.html", context)


def review_composing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Soạn dự thảo từ hồ sơ, or bring it up to date."""
    review = queries.get(request.actor, pk)
    done = composing.compose_draft(actor=request.actor, review=review, now=request.now)
    _tell_composing(request, done)
    return redirect("review_writing", pk)


def _tell_composing(request: SignedInRequest, done: composing.Composed) -> None:
    if done.is_new:
        words = _("Đã soạn %(number)s đoạn từ hồ sơ. Mỗi con số mở ra đúng hồ sơ đã đếm.")
        messages.success(request, words % {"number": done.added})
    elif not done.changed:
        messages.info(request, _("Đã đối chiếu với hồ sơ hôm nay: không đoạn nào thay đổi."))
    else:
        words = _(
            "Đã soạn lại: %(added)s đoạn mới, %(updated)s đoạn cập nhật, %(gone)s đoạn không còn căn cứ, "
            "%(differing)s đoạn đã sửa cần đồng chí chọn."
        )
        facts = {
            "added": done.added, "updated": done.updated, "gone": done.gone, "differing": done.differing,
        }  # fmt: skip
        messages.success(request, words % facts)


# --- the editor --------------------------------------------------------------------------------------


def review_writing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Soạn: sections beside, one paragraph open at a time; ``?doan=`` the one open without a script."""
    review = queries.get(request.actor, pk)
    permissions.check_can_write(request.actor, review)
    permissions.check_state(review, Verb.WRITE)
    context = {
        "review": review,
        "shown": review_text_page.build(review, opened=_number(request, "doan")),
        "leaf": _("Soạn"),
    }
    return render(request, "reviews/writing.html", context)


def review_paragraph(request: SignedInRequest, pk: int) -> HttpResponse:
    """Một đoạn: shown as read, or open (``?sua=1``); POST writes it, from a script or from a form."""
    paragraph = _writable(request, pk)
    if request.method == "POST":
        return _save(request, paragraph)
    if _by_script(request):
        return JsonResponse(_as_it_stands(request, paragraph))
    opened = bool(request.GET.get("sua"))
    return render(request, "reviews/_paragraph.html", _paragraph_context(paragraph, opened=opened))


def _save(request: SignedInRequest, paragraph: Paragraph) -> HttpResponse:
    try:
        saved = writing.edit_paragraph(
            actor=request.actor,
            paragraph=paragraph,
            text=request.POST.get("text", ""),
            expected_version=_version(request),
            now=request.now,
        )
    except Refusal as refused:
        if _by_script(request):
            return JsonResponse({"state": "refused", "sentence": refused.sentence}, status=refused.status)
        raise
    if _by_script(request):
        return JsonResponse(_answer(request, saved))
    _tell_saving(request, saved)
    return redirect(_paragraph_url(saved.paragraph))


def _answer(request: SignedInRequest, saved: writing.Saved) -> dict[str, Any]:
    """What the script needs to go on: the text as it stands, and what the next words are based on."""
    state = "aside" if saved.aside else "joined" if saved.joined else "saved"
    return {
        "state": "dropped" if saved.paragraph.dropped else state,
        "mine": saved.mine,
        "at": f"{timezone.localtime(request.now):%H:%M:%S}",
        **_as_it_stands(request, saved.paragraph),
    }


def _as_it_stands(request: SignedInRequest, current: Paragraph) -> dict[str, Any]:
    context = _paragraph_context(current, opened=True)
    return {
        "text": current.text,
        "version": current.version,
        "who": current.editor_label,
        "waiting": bool(context["row"].asides),
        "notes": render_to_string("reviews/_paragraph_notes.html", context, request=request),
    }


def _by_script(request: SignedInRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _tell_saving(request: SignedInRequest, saved: writing.Saved) -> None:
    if saved.aside:
        words = _("Có người vừa sửa đúng chỗ đồng chí sửa. Cả hai lời văn đều được giữ; hãy chọn ở đoạn đó.")
        messages.warning(request, words)
    elif saved.joined:
        messages.success(request, _("Đã lưu, và đã ghép với lời người khác vừa sửa trong đoạn này."))
    else:
        messages.success(request, _("Đã lưu."))


def review_paragraph_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thêm đoạn của mình."""
    review = queries.get(request.actor, pk)
    paragraph = writing.add_paragraph(
        actor=request.actor,
        review=review,
        section=_whole(request.POST.get("section", "")),
        text=request.POST.get("text", ""),
        now=request.now,
    )
    return redirect(_paragraph_url(paragraph))


def review_paragraph_deed(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bỏ, lấy lại, chuyển chỗ, chọn giữa hai lời văn."""
    paragraph = reading.get_paragraph(request.actor, pk)
    actor, now, deed = request.actor, request.now, request.POST.get("deed", "")
    if deed == "drop":
        writing.drop_paragraph(actor=actor, paragraph=paragraph, now=now)
    elif deed == "restore":
        writing.restore_paragraph(actor=actor, paragraph=paragraph, now=now)
    elif deed in ("up", "down"):
        writing.move_paragraph(actor=actor, paragraph=paragraph, up=deed == "up", now=now)
    elif deed in ("take", "keep"):
        writing.decide_paragraph(actor=actor, paragraph=paragraph, take_new=deed == "take", now=now)
    elif deed in ("mine", "theirs"):
        _settle(request, paragraph, take=deed == "mine")
    else:
        raise Invalid(_("Việc này không có. Hãy tải lại trang rồi thử lại."))
    return redirect(_paragraph_url(paragraph))


def _settle(request: SignedInRequest, paragraph: Paragraph, *, take: bool) -> None:
    wording = reading.get_wording(paragraph, _whole(request.POST.get("wording", "")))
    writing.settle_wording(
        actor=request.actor, wording=wording, take=take, expected_version=_version(request), now=request.now
    )


# --- what was counted, what changed, what was copied -------------------------------------------------


def review_figure(request: SignedInRequest, pk: int) -> HttpResponse:
    """Căn cứ của một con số: the very records that were counted when the sentence was composed."""
    paragraph = reading.get_paragraph(request.actor, pk)
    address = reverse("review_figure", args=[pk])
    figure = briefing_figure.build(request.actor, paragraph, request.GET, address=address)
    context = {"shown": figure, "paragraph": paragraph, "review": paragraph.review, "leaf": _("Căn cứ")}
    return render(request, "reviews/figure.html", context)


def review_wordings(request: SignedInRequest, pk: int) -> HttpResponse:
    """Các lời văn đoạn này đã có, each with what it changed."""
    paragraph = reading.get_paragraph(request.actor, pk)
    reading.check_at_home(request.actor, paragraph.review)
    context = {
        "paragraph": paragraph,
        "review": paragraph.review,
        "rows": review_text_page.wordings(paragraph),
        "leaf": _("Các lời văn"),
    }
    return render(request, "reviews/wordings.html", context)


def review_compare(request: SignedInRequest, pk: int) -> HttpResponse:
    """So hai lần: what went and what came, word by word."""
    review = _readable(request, pk)
    shown = review_text_page.compare(request.actor, review, _number(request, "tu"), _number(request, "den"))
    return render(request, "reviews/compare.html", {"review": review, "shown": shown, "leaf": _("So sánh")})


def review_copies(request: SignedInRequest, pk: int) -> HttpResponse:
    """Câu giống bản kỳ trước hoặc bản của nơi khác."""
    review = _readable(request, pk)
    context = {
        "review": review,
        "rows": review_text_page.copies(request.actor, review),
        "leaf": _("Câu trùng"),
    }
    return render(request, "reviews/copies.html", context)


# --- Word --------------------------------------------------------------------------------------------


def review_docx(request: SignedInRequest, pk: int) -> HttpResponse:
    """Báo cáo kiểm điểm tập thể, Word; ``?lan=`` an earlier edition."""
    review = _readable(request, pk)
    if review.kind != ReviewKind.COLLECTIVE:
        raise NotFound(_("Mẫu này chỉ có cho kiểm điểm tập thể."))
    numbers = editions.editions_for(request.actor, review)
    asked = _number(request, "lan")
    edition = asked if asked in numbers else max(numbers)
    # Printed by its layout: in Vietnamese, whatever language its reader has chosen for the pages.
    with translation.override(settings.LANGUAGE_CODE):
        context = review_printing.context_of(review, edition, today=request.actor.today)
    layout = printing.layout_of(review.organization)
    data = registry.render("collective_review", context, created=request.now, layout_id=layout)
    subject = f"{review.cycle.period} {review.organization}"
    name = registry.file_name("collective_review", day=context.letterhead.date, subject=subject)
    return attachment(data, name, DOCX)


# --- parts shared by the views above -----------------------------------------------------------------


def _readable(request: SignedInRequest, pk: int) -> Review:
    review = queries.get(request.actor, pk)
    reading.check_may_read(request.actor, review)
    return review


def _writable(request: SignedInRequest, pk: int) -> Paragraph:
    paragraph = reading.get_paragraph(request.actor, pk)
    permissions.check_can_write(request.actor, paragraph.review)
    return paragraph


def _paragraph_context(paragraph: Paragraph, *, opened: bool) -> dict[str, Any]:
    asides = reading.asides_of(paragraph.review).get(paragraph.pk, [])
    row = review_page.row_of(paragraph, asides)
    return {"row": row, "paragraph": paragraph, "opened": opened, "may_write": True}


def _version(request: SignedInRequest) -> int:
    return _whole(request.POST.get("version", ""))


def _number(request: SignedInRequest, name: str) -> int:
    return _whole(request.GET.get(name, ""))


def _whole(given: str) -> int:
    """Nonsense counts as nothing."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def _paragraph_url(paragraph: Paragraph) -> str:
    return f"{reverse('review_writing', args=[paragraph.review_id])}#doan-{paragraph.pk}"
