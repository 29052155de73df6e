"""Thông báo: the inbox, how one is told, and calendars by a secret address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from soi.notices import actions, calendars, queries
from soi.notices.enums import NoticeKind, RecordKind
from soi.web import notice_links as links
from soi.web.forms import notices as forms
from soi.web.forms.fields import submit
from soi.web.http import SignedInRequest, way_back

if TYPE_CHECKING:
    from soi.notices.models import CalendarFeed, Notice, Preference

PAGE_SIZE = 25
MAILS_SHOWN = 10
# Nothing may keep a calendar but the device that asked for it; and no other site learns the address.
_FEED_HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Disposition": 'inline; filename="soi.ics"',
}
_ALERTS = (NoticeKind.OVERDUE, NoticeKind.LONG_OVERDUE)


@dataclass(frozen=True, slots=True)
class Shown:
    """Một dòng của hộp thông báo, with the words of the record as it is now."""

    notice: Notice
    title: str
    body: str
    is_alert: bool


def notice_list(request: SignedInRequest) -> HttpResponse:
    """Hộp thông báo: unread first."""
    actor = request.actor
    unread_only, kind = request.GET.get("unread") == "1", request.GET.get("kind", "")
    rows = queries.inbox(actor, unread_only=unread_only, record_kind=kind)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_shown(notice, record) for notice, record in queries.with_records(actor, list(page))],
        "unread": queries.unread_count(actor),
        "wanted": {"unread": unread_only, "kind": kind},
        "is_filtered": unread_only or kind in RecordKind.values,
        "kinds": RecordKind.choices,
    }
    return render(request, "notices/list.html", context)


def _shown(notice: Notice, record: Any) -> Shown:
    title, body = links.title_of(notice.record_kind, record), links.body_of(notice.record_kind, record)
    return Shown(notice, title, str(body), notice.kind in _ALERTS)


def notice_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mở thông báo: to the record, with the rights of now. That it was read is the only thing written."""
    notice = queries.get(request.actor, pk)
    record = queries.record_of(request.actor, notice)
    actions.mark_read(actor=request.actor, notice=notice, now=request.now)
    return redirect(links.page_of(notice, record))


def notice_reading(request: SignedInRequest, pk: int) -> HttpResponse:
    """Đánh dấu một thông báo đã đọc."""
    notice = queries.get(request.actor, pk)
    actions.mark_read(actor=request.actor, notice=notice, now=request.now)
    return _back(request)


def notices_reading(request: SignedInRequest) -> HttpResponse:
    """Đánh dấu tất cả đã đọc."""
    if actions.mark_all_read(actor=request.actor, now=request.now):
        messages.success(request, _("Đã đánh dấu tất cả là đã đọc."))
    return _back(request)


def _back(request: SignedInRequest) -> HttpResponse:
    return redirect(way_back(request, reverse("notice_list")))


def notice_count(request: SignedInRequest) -> JsonResponse:
    """Số chưa đọc, for the bell: asked by the page after it is shown, so that no page waits for it."""
    count = queries.unread_count(request.actor)
    shown = f"{queries.MOST_COUNTED - 1}+" if count >= queries.MOST_COUNTED else str(count or "")
    return JsonResponse({"unread": count, "shown": shown})


# --- how one is told -------------------------------------------------------------------------------------


def notice_settings(request: SignedInRequest) -> HttpResponse:
    """Cách nhận thông báo: mail, hours of rest, calendars."""
    if request.method != "POST":
        return _settings_page(request)
    form = forms.PreferenceForm(request.POST)

    def act(data: dict[str, Any]) -> Preference:
        return actions.save_preference(actor=request.actor, now=request.now, **data)

    done, status = submit(form, act)
    if done:
        messages.success(request, _("Đã ghi cách nhận thông báo."))
        return redirect("notice_settings")
    return _settings_page(request, form=form, status=status)


def feed_new(request: SignedInRequest) -> HttpResponse:
    """Lập lịch, or renew the one there is; its address is shown on this answer and never again."""
    form = forms.FeedForm(request.POST, actor=request.actor)

    def act(data: dict[str, Any]) -> tuple[CalendarFeed, str]:
        return actions.make_feed(actor=request.actor, now=request.now, **data)

    done, status = submit(form, act)
    if not done:
        return _settings_page(request, feed_form=form, status=status)
    path = reverse("calendar_feed", args=[done[1]])
    address = settings.PUBLIC_URL + path if settings.PUBLIC_URL else request.build_absolute_uri(path)
    # The scheme by which a device opens its own calendar application.
    opener = f"webcal://{address.partition('://')[2]}"
    return _settings_page(request, made=done[0], address=address, opener=opener)


def feed_withdrawal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thu hồi lịch."""
    feed = queries.get_feed(request.actor, pk)
    actions.withdraw_feed(actor=request.actor, feed=feed, now=request.now)
    messages.success(request, _("Đã thu hồi lịch. Địa chỉ cũ không còn dùng được."))
    return redirect("notice_settings")


def _settings_page(request: SignedInRequest, *, status: int = 200, **given: Any) -> HttpResponse:
    actor = request.actor
    context = {
        "form": given.pop("form", None) or forms.PreferenceForm(initial=_chosen(request)),
        "feed_form": given.pop("feed_form", None) or forms.FeedForm(actor=actor),
        "mail_is_set_up": settings.MAIL_IS_SET_UP,
        "feeds": queries.feeds_of(actor),
        "mails": queries.mails_of(actor)[:MAILS_SHOWN],
        **given,
    }
    return render(request, "notices/settings.html", context, status=status)


def _chosen(request: SignedInRequest) -> dict[str, Any]:
    preference = queries.preference_of(request.actor.person_id or 0)
    chosen = {name: getattr(preference, name) for name in ("mode", "quiet_from", "quiet_to")}
    return {"email": queries.address_of(request.actor), **chosen}


# --- the calendar: no sign-in, the key is the right -----------------------------------------------------


def calendar_feed(request: HttpRequest, key: str) -> HttpResponse:
    """Lịch .ics: what the owner of the key may see at this moment; an unknown key is a missing page."""
    now = timezone.now()
    content = calendars.read(
        key, now=now, today=timezone.localdate(now), link=links.address_of_entry, host=links.own_host()
    )
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=_FEED_HEADERS)
