"""Biên bản: read, composed from what happened, edited, commented, signed, taken along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from soi.conferences import archive as archives
from soi.conferences import minuting, queries
from soi.conferences.logic import protocol
from soi.forms import pdf, registry
from soi.web import minutes_page, minutes_printing
from soi.web.forms import minutes as forms
from soi.web.forms.fields import SoiForm, submit
from soi.web.http import SignedInRequest, attachment
from soi.web.views.downloads import DOCX

if TYPE_CHECKING:
    from soi.conferences.models import Conference, Minutes, MinutesComment


def minutes(request: SignedInRequest, pk: int) -> HttpResponse:
    """Trang biên bản; before there is one, where it comes from and who writes it."""
    conference = queries.get(request.actor, pk)
    return _page(request, conference, minuting.find(request.actor, conference))


def _page(
    request: SignedInRequest,
    conference: Conference,
    found: Minutes | None,
    *,
    comment_form: SoiForm | None = None,
    circulation_form: SoiForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"conference": conference, "minutes": found}
    if found is None:
        context["may_compose"] = minuting.may_write(request.actor, conference)
        return render(request, "minutes/none.html", context, status=status)
    shown = minutes_page.build(
        request.actor, conference, found,
        number=request.GET.get("ban", ""), against=request.GET.get("so-voi", ""),
    )  # fmt: skip
    sections = protocol.read(shown.shown.sections)
    context |= {
        "shown": shown,
        "has_pdf": pdf.is_available(),
        "comment_form": comment_form or forms.MinutesCommentForm(sections=sections),
        "circulation_form": circulation_form
        or forms.CirculationForm(initial={"until": found.comments_until}),
        "may_archive": archives.may_archive(request.actor, conference),
    }
    return render(request, "minutes/detail.html", context, status=status)


def minutes_composing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Soạn từ diễn biến, the first time or anew."""
    conference = queries.get(request.actor, pk)
    minuting.compose_minutes(actor=request.actor, conference=conference, now=request.now)
    messages.success(request, _("Đã soạn biên bản từ diễn biến. Hãy đọc lại và sửa chỗ cần nói rõ."))
    return redirect("minutes", pk)


def minutes_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sửa lời văn; each saving is a version of its own."""
    conference, found = _found(request, pk)
    minuting.check_can_write(request.actor, conference)
    latest = minuting.latest(found)
    sections = protocol.read(latest.sections)
    form = forms.MinutesTextForm(request.POST or None, sections=sections, initial={"version": latest.number})

    def act(data: dict[str, Any]) -> Minutes:
        return minuting.edit_minutes(
            actor=request.actor, minutes=found, texts=form.texts, expected_version=data["version"],
            note=data["note"], now=request.now,
        )  # fmt: skip

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã ghi bản mới. Bản trước vẫn còn để so sánh."))
        return redirect("minutes", pk)
    return render(request, "minutes/edit.html", {"conference": conference, "form": form}, status=status)


def minutes_circulation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Gửi lấy ý kiến."""
    conference, found = _found(request, pk)
    minuting.check_can_write(request.actor, conference)
    form = forms.CirculationForm(request.POST)

    def act(data: dict[str, Any]) -> Minutes:
        return minuting.circulate(actor=request.actor, minutes=found, until=data["until"], now=request.now)

    done, status = submit(form, act)
    if done:
        messages.success(request, _("Đã gửi những người dự hội nghị góp ý."))
        return redirect("minutes", pk)
    return _page(request, conference, found, circulation_form=form, status=status)


def minutes_comment(request: SignedInRequest, pk: int) -> HttpResponse:
    """Góp ý."""
    conference, found = _found(request, pk)
    sections = protocol.read(minuting.latest(found).sections)
    form = forms.MinutesCommentForm(request.POST, sections=sections)

    def act(data: dict[str, Any]) -> MinutesComment:
        return minuting.comment(
            actor=request.actor, minutes=found, text=data["text"], section=data["section"], now=request.now
        )

    done, status = submit(form, act)
    if done:
        messages.success(request, _("Đã gửi góp ý. Thư ký sẽ trả lời ngay bên cạnh."))
        return redirect("minutes", pk)
    return _page(request, conference, found, comment_form=form, status=status)


def minutes_comment_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Trả lời một góp ý."""
    comment = minuting.get_comment(request.actor, pk)
    form = forms.CommentAnswerForm(request.POST or None)

    def act(data: dict[str, Any]) -> MinutesComment:
        return minuting.answer_comment(
            actor=request.actor, comment=comment, taken=data["taken"], answer=data["answer"], now=request.now
        )

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã trả lời góp ý."))
        return redirect("minutes", comment.minutes.conference_id)
    context = {"conference": comment.minutes.conference, "form": form, "comment": comment}
    return render(request, "minutes/answer.html", context, status=status)


def minutes_signing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thông qua."""
    _conference, found = _found(request, pk)
    done = minuting.sign(actor=request.actor, minutes=found, now=request.now)
    if done.frozen_hash:
        messages.success(request, _("Biên bản đã được chủ trì và thư ký thông qua, từ nay không thay đổi."))
    else:
        messages.success(request, _("Đã ghi nhận. Biên bản chốt khi người kia cũng thông qua."))
    return redirect("minutes", pk)


# --- taken along -----------------------------------------------------------------------------------------


def minutes_word(request: SignedInRequest, pk: int) -> HttpResponse:
    """Biên bản, Word."""
    conference, found = _found(request, pk)
    return attachment(
        minutes_printing.word(conference, found, created=request.now), _name(conference, "docx"), DOCX
    )


def minutes_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """Biên bản, PDF: by LibreOffice where it is installed, else the sentence that says so."""
    conference, found = _found(request, pk)
    word = minutes_printing.word(conference, found, created=request.now)
    return attachment(pdf.from_word(word), _name(conference, "pdf"), "application/pdf")


def conference_archive(request: SignedInRequest, pk: int) -> HttpResponse:
    """Toàn bộ hồ sơ hội nghị in one file with a manifest."""
    conference = queries.get(request.actor, pk)
    data = minutes_printing.archive(request.actor, conference, now=request.now)
    name = f"ho-so-hoi-nghi-{conference.date_start.isoformat()}-{registry.slug(conference.title)}.zip"
    return attachment(data, name, "application/zip")


def _name(conference: Conference, extension: str) -> str:
    return registry.file_name(
        "approved_minutes", day=conference.date_start, subject=conference.title, extension=extension
    )


def _found(request: SignedInRequest, pk: int) -> tuple[Conference, Minutes]:
    conference = queries.get(request.actor, pk)
    return conference, minuting.get(request.actor, conference)
