"""Giao ban: the quarter and its units, the report line by line, sent up, returned, taken to the conference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from soi.base.errors import Invalid, NotFound
from soi.base.quarters import is_quarter
from soi.briefings import actions, lines, permissions, queries
from soi.briefings.enums import ReportState, Verb
from soi.briefings.logic.wording import next_quarter
from soi.forms import registry
from soi.org import queries as org
from soi.web import briefing_figure, briefing_page, briefing_printing, printing
from soi.web.days import chosen_day
from soi.web.forms import briefings as forms
from soi.web.forms.fields import SoiForm, submit
from soi.web.http import SignedInRequest, attachment
from soi.web.period_words import shown
from soi.web.views.downloads import DOCX

if TYPE_CHECKING:
    from soi.briefings.models import BriefingPaper, BriefingReport, BriefingRound, ReportLine
    from soi.org.models import Organization


def briefing_list(request: SignedInRequest) -> HttpResponse:
    """Giao ban một quý: our report, and who below has sent and who has not, as of a day."""
    asked, day = briefing_page.read(request.actor, request.GET), chosen_day(request)
    context = {
        "asked": asked,
        "day": day,
        "today": request.actor.today,
        "shown": briefing_page.build_quarter(request.actor, asked, request.GET, day=day),
        "unit_badges": briefing_page.UNIT_BADGES,
        "report_badges": briefing_page.REPORT_BADGES,
    }
    return render(request, "briefings/list.html", context)


def briefing_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Một báo cáo, read like a paper; ``?lan=`` an earlier edition as it was sent."""
    report = queries.get(request.actor, pk)
    wanted = request.GET.get("lan", "")
    edition = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 5 else None
    shown_report = briefing_page.build_report(request.actor, report, edition=edition)
    context = {
        "shown": shown_report,
        "report": report,
        "badge_kind": briefing_page.REPORT_BADGES[ReportState(report.state)],
        "next_quarter": next_quarter(report.quarter),
    }
    return render(request, "briefings/detail.html", context)


def briefing_line(request: SignedInRequest, pk: int) -> HttpResponse:
    """Căn cứ của một con số: the very records that were counted when the sentence was written."""
    line = queries.get_line(request.actor, pk)
    address = reverse("briefing_line", args=[line.pk])
    figure = briefing_figure.build(request.actor, line, request.GET, address=address)
    context = {"shown": figure, "line": line, "report": line.report}
    return render(request, "briefings/figure.html", context)


# --- the round ---------------------------------------------------------------------------------------


def briefing_round_new(request: SignedInRequest, pk: int, quarter: str) -> HttpResponse:
    """Mở đợt giao ban của một tổ chức, or move its day."""
    body = _body(request, pk, quarter)
    permissions.check_can_open(request.actor, body)
    found = queries.overview(request.actor, body, quarter).round
    form = forms.RoundForm(request.POST or None, initial={"due_on": found.due_on if found else None})

    def act(data: dict[str, Any]) -> BriefingRound:
        return actions.open_round(
            actor=request.actor, organization=body, quarter=quarter, now=request.now, **data
        )

    back = _list_url(body, quarter)
    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Hạn gửi báo cáo là ngày %(day)s.") % {"day": f"{done.due_on:%d/%m/%Y}"})
        return redirect(back)
    context = {
        "form": form,
        "title": _("Đổi hạn gửi báo cáo") if found else _("Mở đợt giao ban"),
        "button": _("Ghi hạn mới") if found else _("Mở đợt"),
        "note": _("%(body)s, %(quarter)s. Các đơn vị trực thuộc thấy hạn này trên trang giao ban của mình.")
        % {"body": body, "quarter": shown(quarter)},
        "back": back,
    }
    return render(request, "briefings/form.html", context, status=status)


def briefing_reminder(request: SignedInRequest, pk: int) -> HttpResponse:
    """Nhắc các đơn vị chưa gửi."""
    found = queries.get_round(request.actor, pk)
    number = actions.remind(actor=request.actor, round_=found, now=request.now)
    messages.success(
        request,
        ngettext("Đã nhắc %(number)s đơn vị.", "Đã nhắc %(number)s đơn vị.", number) % {"number": number},
    )
    return redirect(_list_url(found.organization, found.quarter))


# --- composing, sending, returning -------------------------------------------------------------------


def briefing_composing(request: SignedInRequest, pk: int, quarter: str) -> HttpResponse:
    """Soạn báo cáo quý từ hồ sơ."""
    body = _body(request, pk, quarter)
    done = actions.compose_report(actor=request.actor, organization=body, quarter=quarter, now=request.now)
    _tell_composing(request, done)
    return redirect("briefing_detail", done.report.pk)


def briefing_recomposing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Soạn lại theo hồ sơ hiện nay; edited lines stay."""
    report = queries.get(request.actor, pk)
    done = actions.compose_report(
        actor=request.actor, organization=report.organization, quarter=report.quarter, now=request.now
    )
    _tell_composing(request, done)
    return redirect("briefing_detail", pk)


def _tell_composing(request: SignedInRequest, done: actions.Composed) -> None:
    if done.is_new:
        messages.success(
            request,
            _("Đã soạn %(number)s câu từ hồ sơ. Mỗi con số mở ra đúng hồ sơ đã đếm.")
            % {"number": done.added},
        )
    elif not done.changed:
        messages.info(request, _("Đã đối chiếu với hồ sơ hôm nay: không câu nào thay đổi."))
    else:
        words = _(
            "Đã soạn lại: %(added)s câu mới, %(updated)s câu cập nhật, %(gone)s câu không còn căn cứ, "
            "%(differing)s câu đã sửa cần đồng chí chọn."
        )
        facts = {
            "added": done.added, "updated": done.updated, "gone": done.gone, "differing": done.differing,
        }  # fmt: skip
        messages.success(request, words % facts)


def briefing_sending(request: SignedInRequest, pk: int) -> HttpResponse:
    """Gửi lên cấp trên."""
    report = queries.get(request.actor, pk)
    actions.send_report(actor=request.actor, report=report, now=request.now)
    messages.success(request, _("Đã gửi báo cáo. Văn bản được giữ nguyên từ đây."))
    return redirect("briefing_detail", pk)


def briefing_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """Trả lại để bổ sung."""
    report = queries.get(request.actor, pk)
    permissions.check_can_return(request.actor, report)
    permissions.check_state(report, Verb.RETURN)
    form = forms.ReturnForm(request.POST or None)

    def act(data: dict[str, Any]) -> BriefingReport:
        return actions.return_report(
            actor=request.actor, report=report, reason=data["reason"], now=request.now
        )

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã trả lại. Đơn vị sửa trên bản mới; bản đã gửi vẫn còn nguyên."))
        return redirect("briefing_detail", pk)
    return _form_page(request, report, form, status, title=_("Trả lại báo cáo"), button=_("Trả lại"))


def briefing_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """Đưa báo cáo đã gửi vào hội nghị giao ban."""
    report = queries.get(request.actor, pk)
    permissions.check_state(report, Verb.TAKE)
    permissions.check_may_offer(request.actor, report)
    offered = queries.conferences_for(request.actor, report)
    form = forms.PaperForm(request.POST or None, conferences=offered)

    def act(data: dict[str, Any]) -> BriefingPaper:
        return actions.take_to_conference(
            actor=request.actor, report=report, conference=data["conference"], now=request.now
        )

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Báo cáo đã nằm trong tài liệu của hội nghị."))
        return redirect("conference_detail", done.conference_id)
    note = _(
        "Chỉ hội nghị giao ban quý của đơn vị này và của cấp trên trực tiếp. "
        "Chưa có thì lập hồ sơ hội nghị trước."
    )
    return _form_page(
        request, report, form, status, title=_("Đưa vào hội nghị"), button=_("Đưa vào"), note=note
    )


# --- lines -------------------------------------------------------------------------------------------


def briefing_line_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thêm câu của mình."""
    report = _writable(request, queries.get(request.actor, pk))
    form = forms.NewLineForm(request.POST or None, initial={"section": request.GET.get("phan", "4")})

    def act(data: dict[str, Any]) -> ReportLine:
        return lines.add_line(actor=request.actor, report=report, now=request.now, **data)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        return redirect(_line_url(done))
    return _form_page(request, report, form, status, title=_("Thêm câu"), button=_("Thêm vào báo cáo"))


def briefing_line_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sửa lời một câu, in its place; what was typed is never lost."""
    line = queries.get_line(request.actor, pk)
    report = _writable(request, line.report)
    form = forms.LineForm(request.POST or None, initial={"version": line.version, "text": line.text})

    def act(data: dict[str, Any]) -> ReportLine:
        return lines.edit_line(
            actor=request.actor,
            line=line,
            text=data["text"],
            expected_version=data["version"],
            now=request.now,
        )

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done and not request.htmx:
        return redirect(_line_url(done))
    if done or (request.htmx and request.GET.get("thoi")):
        context = {"row": briefing_page.line_row(done or line), "may_write": True}
        return render(request, "briefings/_line.html", context)
    if request.htmx:
        # 409 is not put into the page by the browser: the form, with both wordings, is what helps here.
        status = 422 if status == 409 else status
        return render(request, "briefings/_line_form.html", {"form": form, "line": line}, status=status)
    return _form_page(request, report, form, status, title=_("Sửa câu"), button=_("Ghi câu này"))


def briefing_line_deed(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bỏ, lấy lại, chuyển chỗ, chọn giữa hai câu."""
    line = queries.get_line(request.actor, pk)
    actor, now = request.actor, request.now
    deed = request.POST.get("deed", "")
    if deed == "drop":
        lines.drop_line(actor=actor, line=line, now=now)
    elif deed == "restore":
        lines.restore_line(actor=actor, line=line, now=now)
    elif deed in ("up", "down"):
        lines.move_line(actor=actor, line=line, up=deed == "up", now=now)
    elif deed in ("take", "keep"):
        lines.decide_line(actor=actor, line=line, take_new=deed == "take", now=now)
    else:
        raise Invalid(_("Việc này không có. Hãy tải lại trang rồi thử lại."))
    return redirect(_line_url(line))


# --- Word --------------------------------------------------------------------------------------------


def briefing_docx(request: SignedInRequest, pk: int) -> HttpResponse:
    """Báo cáo giao ban, Word."""
    report = queries.get(request.actor, pk)
    layout = printing.layout_of(report.organization)
    # Printed by its layout: in Vietnamese, whatever language its reader has chosen for the pages.
    with translation.override(settings.LANGUAGE_CODE):
        context = briefing_printing.context_of(request.actor, report)
    data = registry.render("briefing_report", context, created=request.now, layout_id=layout)
    subject = f"{report.quarter} {report.organization}"
    name = registry.file_name("briefing_report", day=report.sent_on or report.as_of, subject=subject)
    return attachment(data, name, DOCX)


# --- parts shared by the views above -----------------------------------------------------------------


def _body(request: SignedInRequest, pk: int, quarter: str) -> Organization:
    body = org.visible_to(request.actor).filter(pk=pk).first()
    if body is None or not is_quarter(quarter) or quarter < "1900":
        raise NotFound(_("Không tìm thấy tổ chức hoặc quý này."))
    return body


def _writable(request: SignedInRequest, report: BriefingReport) -> BriefingReport:
    permissions.check_can_change(request.actor, report)
    permissions.check_state(report, Verb.WRITE)
    return report


def _list_url(body: Organization, quarter: str) -> str:
    return f"{reverse('briefing_list')}?dv={body.pk}&quy={quarter}"


def _line_url(line: ReportLine) -> str:
    return f"{reverse('briefing_detail', args=[line.report_id])}#cau-{line.pk}"


def _form_page(
    request: SignedInRequest, report: BriefingReport, form: SoiForm, status: int, **words: str
) -> HttpResponse:
    context = {
        "form": form,
        "report": report,
        "back": reverse("briefing_detail", args=[report.pk]),
        **words,
    }
    return render(request, "briefings/form.html", context, status=status)
