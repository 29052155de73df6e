"""Nhập văn bản: bring texts in, look at what was read in them, confirm or discard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from soi.conferences.detail import conference_detail
from soi.documents import actions as documents
from soi.documents.reading import DEFAULT
from soi.intake import actions, queries
from soi.intake.cards import card_of
from soi.intake.enums import DraftState, ProposalKind
from soi.web import draft_page
from soi.web.forms.fields import SoiForm
from soi.web.forms.intake import DiscardForm, UploadForm, card_fields, edits
from soi.web.http import SignedInRequest
from soi.web.register_choices import SEARCHES

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict

    from soi.conferences.models import Conference
    from soi.documents.models import Source
    from soi.intake.models import Draft, Proposal
    from soi.org.models import Organization

PAGE_SIZE = 25


# --- bringing texts in -----------------------------------------------------------------------------------


def draft_list(request: SignedInRequest) -> HttpResponse:
    """Bản nhập: those that wait first, then what became of the others."""
    settled = queries.listing(request.actor).exclude(state=DraftState.PROPOSED).select_related("conference")
    page = Paginator(settled.order_by("-decided_at", "-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request, "intake/list.html", {"waiting": list(queries.waiting(request.actor)), "page": page}
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """Kết quả của một văn bản: its draft, or the sentence why not, and what is there already."""

    name: str
    draft: Draft | None = None
    source: Source | None = None
    sentence: str = ""
    status: int = 200


def draft_new(request: SignedInRequest) -> HttpResponse:
    """Văn bản mới: files or pasted words, each with its own outcome."""
    form = UploadForm(request.POST or None, request.FILES or None, actor=request.actor)
    if request.method != "POST":
        return render(request, "intake/new.html", {"form": form})
    if not form.is_valid():
        return render(request, "intake/new.html", {"form": form}, status=422)
    outcomes = [_take(request, name, bring) for name, bring in _parcels(request, form)]
    status = max(outcome.status for outcome in outcomes)
    if status == 200:
        return _to_drafts(request, outcomes)
    return render(request, "intake/new.html", {"form": form, "outcomes": outcomes}, status=status)


def _parcels(request: SignedInRequest, form: SoiForm) -> Iterator[tuple[str, Any]]:
    """Each text with the call that receives it; nothing is read before the call."""
    data = form.cleaned_data
    common = {
        "actor": request.actor,
        "organization": data["organization"],
        "origin_note": data["origin_note"],
        "document_date": data["document_date"],
        "now": request.now,
    }
    for file in data["documents"]:
        yield (
            str(file.name),
            lambda file=file: documents.receive(data=_bytes(file), filename=file.name, **common),
        )
    if data["text"]:
        title = data["title"]
        yield (
            title or _("Nội dung dán vào"),
            lambda: documents.receive_text(text=data["text"], title=title, **common),
        )


def _bytes(file: UploadedFile[bytes]) -> bytes:
    """One byte more than allowed is enough for the reader to refuse."""
    data: bytes = file.read(DEFAULT.file_bytes + 1)
    return data


def _take(request: SignedInRequest, name: str, bring: Any) -> Outcome:
    try:
        received = bring()
    except documents.AlreadyReceived as earlier:
        return _again(request, name, earlier.source, earlier)
    except Invalid as refusal:
        return Outcome(name, sentence=refusal.sentence, status=refusal.status)
    for warning in received.warnings:
        messages.warning(request, f"{received.source}: {warning}")
    return _read(request, received.source)


def _again(request: SignedInRequest, name: str, source: Source, refusal: Conflict) -> Outcome:
    """Văn bản đã có: its draft is opened; where reading it stopped halfway, it is read now."""
    draft = queries.visible_to(request.actor).filter(source=source).first()
    if draft is None:
        return _read(request, source)
    return Outcome(name, draft, source, refusal.sentence, refusal.status)


def _read(request: SignedInRequest, source: Source) -> Outcome:
    try:
        draft = _propose(request, source, source.organization)
    except actions.AlreadyProposed as refusal:
        return Outcome(str(source), refusal.draft, source, refusal.sentence, refusal.status)
    except Invalid as refusal:
        return Outcome(str(source), None, source, refusal.sentence, refusal.status)
    return Outcome(str(source), draft, source)


def _propose(request: SignedInRequest, source: Source, organization: Organization) -> Draft:
    return actions.propose_draft(
        actor=request.actor, source=source, organization=organization, now=request.now
    )


def _to_drafts(request: SignedInRequest, outcomes: list[Outcome]) -> HttpResponse:
    first = outcomes[0].draft
    if len(outcomes) == 1 and first:
        return redirect("draft_detail", first.pk)
    messages.success(request, _("Đã đọc %d văn bản, chờ đồng chí xác nhận.") % len(outcomes))
    return redirect("draft_list")


# --- the confirm page ------------------------------------------------------------------------------------


def draft_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Trang xác nhận: the text and the cards side by side."""
    draft = queries.get(request.actor, pk)
    if draft.state != DraftState.PROPOSED:
        return render(request, "intake/settled.html", {"draft": draft})
    return _shown(request, draft)


def _shown(
    request: SignedInRequest, draft: Draft, *, refusal: Refusal | None = None, form: SoiForm | None = None
) -> HttpResponse:
    page = draft_page.build(request.actor, draft)
    context = {
        "shown": page,
        "draft": draft,
        "choices": draft_page.choices(),
        "refusal": refusal.sentence if refusal else "",
        "form": form or DiscardForm(),
    }
    return render(request, "intake/confirm.html", context, status=refusal.status if refusal else 200)


def proposal_edit(request: SignedInRequest, pk: int, card: int) -> HttpResponse:
    """Một thẻ: accept, drop, save what was mended, or put it back as it was read."""
    proposal = _card(request, pk, card)
    try:
        edited = _decide(request, proposal)
    except Invalid as refusal:
        return _answer(request, proposal, refusal=refusal)
    if request.htmx:
        return _answer(request, proposal, edited=edited)
    return redirect(f"{reverse('draft_detail', args=[pk])}#{draft_page.anchor(card)}")


def _decide(request: SignedInRequest, proposal: Proposal) -> bool:
    """Does what the button said; whether fields changed. What was mended is kept even if the rest is refused."""
    decision, version = request.POST.get("decision", "save"), _version(request.POST)
    who: Any = {"actor": request.actor, "now": request.now}
    if decision == "drop":
        actions.drop_card(proposal=proposal, **who)
        return False
    if decision == "reset":
        actions.reset_card(proposal=proposal, expected_version=version, **who)
        return True
    fields = edits(card_of(proposal.kind, proposal.data), card_fields(request.POST))
    if fields:
        actions.edit_card(proposal=proposal, fields=fields, expected_version=version, **who)
    if decision == "accept":
        actions.accept_card(proposal=proposal, **who)
    return bool(fields)


def _version(sent: QueryDict) -> int:
    """The version of the draft that the clerk has before the eyes; the page keeps the latest beside the cards."""
    number = sent.get("latest") or sent.get("version", "")
    return int(number) if number.isdecimal() else 0


def _answer(
    request: SignedInRequest, proposal: Proposal, *, edited: bool = False, refusal: Invalid | None = None
) -> HttpResponse:
    draft = queries.get(request.actor, proposal.draft_id)
    page = draft_page.build(request.actor, draft)
    if refusal:
        page = draft_page.with_refusal(page, proposal.pk, refusal, request.POST)
    context = {"shown": page, "draft": draft, "choices": draft_page.choices()}
    status = refusal.status if refusal else 200
    if not request.htmx:
        return render(request, "intake/confirm.html", context | {"form": DiscardForm()}, status=status)
    others = page.touched_by(proposal.pk) if edited else ()
    own = {"card": page.card(proposal.pk), "group": page.group_of(proposal.pk), "others": others}
    return render(request, "intake/_card_answer.html", context | own, status=status)


def draft_accept_rest(request: SignedInRequest, pk: int) -> HttpResponse:
    """Nhận phần còn lại, of one kind or of all; what is doubtful stays to be looked at one by one."""
    draft, kind = queries.get(request.actor, pk), request.POST.get("kind", "")
    tally = actions.accept_all_pending(
        actor=request.actor,
        draft=draft,
        kind=ProposalKind(kind) if kind in ProposalKind.values else None,
        now=request.now,
    )
    done = _("Đã nhận %d đề xuất.") % tally.accepted
    left = _("Còn %d đề xuất chưa đủ thông tin, cần xem từng cái.") % tally.left if tally.left else ""
    messages.info(request, f"{done} {left}".strip())
    return redirect("draft_detail", pk)


def draft_choices(request: SignedInRequest, what: str) -> HttpResponse:
    """Lựa chọn trong sổ: bodies, posts or people by a few letters of the name."""
    query, search = request.GET.get("q", ""), SEARCHES.get(what)
    if search is None:
        raise NotFound(_("Không có danh sách này."))
    found = search(request.actor, query) if query.strip() else []
    return render(request, "intake/_choices.html", {"found": found, "query": query})


# --- the end of a draft ----------------------------------------------------------------------------------


def draft_confirmation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Xác nhận: everything accepted is written, or nothing."""
    draft = queries.get(request.actor, pk)
    try:
        conference = actions.confirm_draft(actor=request.actor, draft=draft, now=request.now)
    except actions.DraftClosed:
        return render(request, "intake/settled.html", {"draft": draft, "late": True}, status=409)
    except (Conflict, Invalid, NotAllowed) as refusal:
        return _shown(request, draft, refusal=refusal)
    messages.success(request, _written(request, conference))
    return redirect("conference_detail", conference.pk)


def _written(request: SignedInRequest, conference: Conference) -> SafeString:
    """Đã ghi những gì: each number leads to what it counts."""
    detail = conference_detail(request.actor, conference)
    counted = [
        (len(detail.attendances), _("người dự"), "nguoi-du"),
        (len(detail.limitations), _("hạn chế, khuyết điểm"), "han-che"),
        (len(detail.strengths), _("ưu điểm"), "uu-diem"),
        (len(detail.conclusions), _("kết luận"), "ket-luan"),
        (len(detail.common_causes), _("nguyên nhân chung"), "nguyen-nhan"),
        (len(detail.decisions), _("mục xếp loại, khen thưởng"), "xep-loai"),
        (len(detail.cited_documents), _("văn bản viện dẫn"), "van-ban"),
    ]
    parts = [(place, number, words) for number, words, place in counted if number]
    listed = format_html_join("", ', <a href="#{}">{} {}</a>', parts)
    return format_html("{}{}.", _("Đã ghi vào sổ 1 hội nghị"), listed)


def draft_discarding(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bỏ bản đọc, with the reason; the text itself stays."""
    draft, form = queries.get(request.actor, pk), DiscardForm(request.POST)
    try:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        actions.discard_draft(actor=request.actor, draft=draft, reason=reason, now=request.now)
    except actions.DraftClosed:
        return render(request, "intake/settled.html", {"draft": draft, "late": True}, status=409)
    except Invalid as refusal:
        return _shown(request, draft, refusal=refusal, form=form)
    messages.success(request, _("Đã bỏ bản đọc. Văn bản vẫn còn; nhập lại tệp đó để đọc lần nữa."))
    return redirect("draft_list")


def draft_reading(request: SignedInRequest, pk: int) -> HttpResponse:
    """Đọc lại văn bản của một bản đọc đã bỏ."""
    draft = queries.get(request.actor, pk)
    again = _propose(request, draft.source, draft.organization)
    return redirect("draft_detail", again.pk)


def _card(request: SignedInRequest, draft: int, card: int) -> Proposal:
    proposal = queries.get_card(request.actor, card)
    if proposal.draft_id != draft:
        raise NotFound(_("Không tìm thấy đề xuất này."))
    return proposal
