"""Điểm danh: the list of the staff, one person, the roll call, codes and QR, one's own attendance, the sheets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from soi.base.errors import Invalid, NotFound
from soi.conferences import absences, attending, codes, correcting, queries
from soi.conferences import attendance_lines as lists
from soi.conferences import attending_rights as rights
from soi.conferences.attendance_lines import Standing
from soi.conferences.enums import Evidence, Form, NotCounted, Way
from soi.org import directory
from soi.org.queries import search_people
from soi.web import attending_page as pages
from soi.web import room_page
from soi.web.attending_page import Asked
from soi.web.forms.attending import CorrectionForm
from soi.web.forms.fields import submit
from soi.web.http import SignedInRequest, way_back

if TYPE_CHECKING:
    from soi.conferences.attending_rights import Reach
    from soi.conferences.models import Attendance, Conference, Site

# So many people are offered for one search.
MOST_FOUND = 20


def attendance_board(request: SignedInRequest, pk: int) -> HttpResponse:
    """Danh sách điểm danh, for the phone of who stands at the door: a tap says "here"."""
    conference, reach = _kept(request, pk)
    context = pages.board(conference, reach, Asked.read(request.GET), request.now)
    name = "attending/_people.html" if request.htmx else "attending/board.html"
    return render(request, name, context)


def attendance_person(request: SignedInRequest, pk: int, row: int) -> HttpResponse:
    """Một người: intervals, and what is done more rarely than a tap."""
    conference, reach = _kept(request, pk)
    line = pages.person(conference, reach, row, request.now)
    context = {
        "conference": conference,
        "line": line,
        "reach": reach,
        "sites": [site for site in lists.sites_of(conference) if reach.keeps(site.pk)],
        "cases": NotCounted.choices,
        "corrections": correcting.corrections_of(conference).filter(attendance=row),
        "correctable": {span.pk for span in line.spans if reach.keeps(span.site_id)},
        "notes": [one for found, one in pages.contested(conference, reach, [line]) if found == row],
        "back": way_back(request, reverse("attendance_board", args=[pk])),
    }
    return render(request, "attending/person.html", context)


# --- taps --------------------------------------------------------------------------------------------


def attendance_arrival(request: SignedInRequest, pk: int, row: int) -> HttpResponse:
    """Ghi có mặt."""

    def act(conference: Conference, attendance: Attendance) -> None:
        reach = rights.check_keeps_attendance(request.actor, conference)
        way = Way.ONLINE if request.POST.get("way") == Way.ONLINE else Way.IN_PERSON
        attending.check_in(
            actor=request.actor, attendance=attendance, site=_site_for(conference, attendance, reach), way=way,
            evidence=Evidence.STAFF, now=request.now,
        )  # fmt: skip

    return _tap(request, pk, row, act)


def attendance_leaving(request: SignedInRequest, pk: int, row: int) -> HttpResponse:
    """Ghi đã về."""
    return _tap(
        request, pk, row,
        lambda _conference, one: attending.check_out(actor=request.actor, attendance=one, now=request.now),
    )  # fmt: skip


def attendance_undoing(request: SignedInRequest, pk: int, row: int) -> HttpResponse:
    """Hoàn tác lần ghi gần nhất."""
    return _tap(
        request, pk, row,
        lambda _conference, one: attending.undo(actor=request.actor, attendance=one, now=request.now),
    )  # fmt: skip


def attendance_move(request: SignedInRequest, pk: int, row: int) -> HttpResponse:
    """Chuyển về một điểm cầu và ghi có mặt ở đó."""

    def act(conference: Conference, attendance: Attendance) -> None:
        rights.check_keeps_attendance(request.actor, conference)
        attending.move_site(
            actor=request.actor,
            attendance=attendance,
            site=_posted_site(request, conference),
            now=request.now,
        )

    return _tap(request, pk, row, act)


def attendance_absence(request: SignedInRequest, pk: int, row: int) -> HttpResponse:
    """Ghi vắng có lý do, or take it back (without a reason sent)."""

    def act(_conference: Conference, one: Attendance) -> None:
        if "withdrawn" in request.POST:
            absences.withdraw_absence(actor=request.actor, attendance=one, now=request.now)
        else:
            reason = request.POST.get("reason", "")
            absences.note_absence(actor=request.actor, attendance=one, reason=reason, now=request.now)

    return _tap(request, pk, row, act)


def attendance_counting(request: SignedInRequest, pk: int, row: int) -> HttpResponse:
    """Ghi trường hợp khi tính đủ số."""
    ground = request.POST.get("ground", "")
    case = NotCounted(ground) if ground in NotCounted.values else None
    return _tap(
        request, pk, row,
        lambda _conference, one: absences.set_counting(
            actor=request.actor, attendance=one, ground=case, now=request.now
        ),
    )  # fmt: skip


def _tap(
    request: SignedInRequest, pk: int, row: int, act: Callable[[Conference, Attendance], Any]
) -> HttpResponse:
    """One deed on one person; answered with the row as it stands now, or without htmx by going back."""
    conference = queries.get(request.actor, pk)
    act(conference, lists.row_of(conference, row))
    if not request.htmx:
        return redirect(way_back(request, reverse("attendance_board", args=[pk])))
    reach, asked = rights.reach_of(request.actor, conference), Asked.read(request.GET)
    everybody = lists.lines(conference, request.now)
    mine = lists.within(everybody, reach, asked.site_id)
    site = next((one for one in lists.sites_of(conference) if one.pk == asked.site_id), None)
    context = {
        "conference": conference,
        "site": site,
        # So many that the row names the site: what ``_line.html`` asks.
        "sites": reach.everybody,
        **pages.addresses(conference, asked),
        "line": next(line for line in everybody if line.row.pk == row),
        "tabs": pages.tabs_of(conference, mine, asked),
        "reach": reach,
        **pages.counts(conference, mine, request.now),
    }
    return render(request, "attending/_tapped.html", context)


def _site_for(conference: Conference, row: Attendance, reach: Reach) -> Site | None:
    """Where a tap puts them: their own site, else the one that the staff keeps, else the main one."""
    sites = lists.sites_of(conference)
    seat = rights.seat_of(row)
    for site in sites:
        if site.pk == seat:
            return site
    kept = [site for site in sites if reach.keeps(site.pk)]
    return kept[0] if kept else None


def _posted_site(request: SignedInRequest, conference: Conference) -> Site:
    number = request.POST.get("site", "")
    if not number.isdecimal():
        raise Invalid(_("Hãy chọn điểm cầu."), {"site": _("Chọn một điểm cầu.")})
    return lists.site_of(conference, int(number[:9]))


def attendance_correction(request: SignedInRequest, pk: int, row: int, span: int) -> HttpResponse:
    """Sửa giờ có mặt, with a reason; what stood before stays to be read."""
    conference, reach = _kept(request, pk)
    line = pages.person(conference, reach, row, request.now)
    found = next((one for one in line.spans if one.pk == span), None)
    if found is None:
        raise NotFound(_("Không tìm thấy khoảng có mặt này. Có thể người khác vừa hoàn tác."))
    rights.check_keeps_site(request.actor, conference, found.site)
    several = conference.date_start != conference.date_end
    form = CorrectionForm(request.POST or None, span=found, several_days=several)

    def act(given: dict[str, Any]) -> Any:
        came, left = form.times()
        return correcting.correct_time(
            actor=request.actor, attendance=line.row, span=span, came=came, left=left, reason=given["reason"],
            now=request.now,
        )  # fmt: skip

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã sửa giờ có mặt. Giờ ghi trước vẫn còn trong lịch sử."))
        return redirect("attendance_person", pk, row)
    context = {
        "conference": conference, "line": line, "span": found, "form": form,
        "decisions": correcting.decisions_of(conference),
    }  # fmt: skip
    return render(request, "attending/correction.html", context, status=status)


# --- a whole site at once ----------------------------------------------------------------------------


def attendance_roll_call(request: SignedInRequest, pk: int) -> HttpResponse:
    """Điểm danh gọi tên: one tick a name, one button."""
    conference, reach = _kept(request, pk)
    sites = [site for site in lists.sites_of(conference) if reach.keeps(site.pk)]
    asked = Asked.read(request.POST if request.method == "POST" else request.GET)
    site = next((one for one in sites if one.pk == asked.site_id), sites[0] if sites else None)
    if request.method == "POST":
        came, left = attending.roll_call(
            actor=request.actor, conference=conference, site=site, now=request.now,
            there=_numbers(request, "there"), seen_present=_numbers(request, "seen"),
        )  # fmt: skip
        messages.success(
            request,
            _("Đã điểm danh: %(came)s người vừa đến, %(left)s người đã về.") % {"came": came, "left": left},
        )
        return redirect(Asked("co-mat", site.pk if site else None, "").url(conference))
    seat = site.pk if site else None
    here = [line for line in lists.lines(conference, request.now) if rights.seat_of(line.row) == seat]
    context = {
        "conference": conference,
        "site": site,
        "sites": sites if len(sites) > 1 else [],
        "lines": here,
        "present": sum(line.standing is Standing.PRESENT for line in here),
    }
    return render(request, "attending/roll_call.html", context)


def _numbers(request: SignedInRequest, name: str) -> list[int]:
    return [int(value) for value in request.POST.getlist(name) if value.isdecimal() and len(value) < 10]


# --- somebody in the place of somebody ----------------------------------------------------------------


def attendance_replacement(request: SignedInRequest, pk: int, row: int) -> HttpResponse:
    """Ghi người dự thay: look for the person, then one button."""
    conference = queries.get(request.actor, pk)
    rights.check_leads_attendance(request.actor, conference)
    attendance = lists.row_of(conference, row)
    known = queries.people_known_to(request.actor)
    if request.method == "POST":
        number = request.POST.get("person", "")
        person = known.filter(pk=int(number[:18])).first() if number.isdecimal() else None
        if person is None:
            raise Invalid(_("Hãy tìm tên rồi chọn người dự thay."), {"person": _("Chọn một người.")})
        absences.replace(actor=request.actor, attendance=attendance, person=person, now=request.now)
        messages.success(request, _("Đã ghi %(person)s dự thay.") % {"person": person})
        return redirect("attendance_person", pk, row)
    query = request.GET.get("q", "")
    others = known.exclude(pk=attendance.person_id)
    found = directory.with_posts(search_people(others, query), on=conference.date_start)[:MOST_FOUND]
    context = {
        "conference": conference,
        "row": attendance,
        "query": query,
        "found": list(found) if query.strip() else [],
    }
    name = "attending/_found.html" if request.htmx else "attending/replacement.html"
    return render(request, name, context)


# --- codes -------------------------------------------------------------------------------------------


def site_code(request: SignedInRequest, pk: int, site: int) -> HttpResponse:
    """Mã của một điểm cầu, large enough for the wall of a hall."""
    conference, row = _kept_site(request, pk, site)
    reach = rights.reach_of(request.actor, conference)
    sites = [one for one in lists.sites_of(conference) if reach.keeps(one.pk)]
    context = {"conference": conference, "site": row, "sites": sites if len(sites) > 1 else []}
    return render(request, "attending/code.html", context)


def site_code_svg(request: SignedInRequest, pk: int, site: int) -> HttpResponse:
    """Mã QR: an image of its own, so that the page needs no script and no style."""
    conference, row = _kept_site(request, pk, site)
    if not row.code:
        raise NotFound(_("Điểm cầu này chưa có mã điểm danh."))
    address = request.build_absolute_uri(reverse("attendance_code", args=[conference.pk, row.code]))
    response = HttpResponse(pages.qr(address), content_type="image/svg+xml")
    response.headers["Cache-Control"] = "no-store"
    # Opened by itself, the image runs nothing and loads nothing.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def site_code_renewal(request: SignedInRequest, pk: int, site: int) -> HttpResponse:
    """Tạo mã mới."""
    conference, row = _kept_site(request, pk, site)
    had = row.code
    codes.renew_code(actor=request.actor, site=row, now=request.now)
    messages.success(
        request, _("Đã tạo mã mới. Mã cũ không dùng được nữa.") if had else _("Đã tạo mã điểm danh.")
    )
    return redirect("site_code", conference.pk, row.pk)


def site_code_withdrawal(request: SignedInRequest, pk: int, site: int) -> HttpResponse:
    """Thôi dùng mã."""
    conference, row = _kept_site(request, pk, site)
    codes.withdraw_code(actor=request.actor, site=row, now=request.now)
    messages.success(request, _("Đã thôi dùng mã của điểm cầu này."))
    return redirect("site_code", conference.pk, row.pk)


def attendance_code(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Quét mã: says where one is, and asks to confirm; nothing is written by looking."""
    conference = queries.get(request.actor, pk)
    codes.my_row(request.actor, conference)
    site = codes.site_of_code(request.actor, conference, code)
    line = pages.mine(conference, request.actor.person_id, request.now)
    context = {
        "conference": conference, "site": site, "code": site.code, "line": line,
        "online": conference.form in (Form.ONLINE, Form.HYBRID, Form.UNKNOWN),
    }  # fmt: skip
    return render(request, "attending/signing.html", context)


def attendance_signing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tự điểm danh, with the code scanned or typed."""
    conference = queries.get(request.actor, pk)
    way = Way.ONLINE if request.POST.get("way") == Way.ONLINE else Way.IN_PERSON
    span = codes.check_in_by_code(
        actor=request.actor,
        conference=conference,
        code=request.POST.get("code", ""),
        way=way,
        now=request.now,
    )
    messages.success(request, _("Đã ghi đồng chí có mặt tại %(site)s.") % {"site": span.site})
    return redirect("attendance_mine", pk)


# --- one's own ----------------------------------------------------------------------------------------


def attendance_mine(request: SignedInRequest, pk: int) -> HttpResponse:
    """Điểm danh của tôi: what is recorded of me, and where to say that it is wrong."""
    conference = queries.get(request.actor, pk)
    line = pages.mine(conference, request.actor.person_id, request.now)
    if line is None:
        raise NotFound(_("Đồng chí không có trong danh sách dự hội nghị này."))
    corrections = correcting.corrections_of(conference).filter(attendance=line.row)
    door = room_page.door(request.actor, conference)
    context = {"conference": conference, "line": line, "corrections": corrections, "door": door}
    return render(request, "attending/mine.html", context)


def attendance_contest(request: SignedInRequest, pk: int) -> HttpResponse:
    """Báo thư ký một điều chưa đúng trong điểm danh của mình."""
    conference = queries.get(request.actor, pk)
    absences.contest(
        actor=request.actor, conference=conference, note=request.POST.get("note", ""), now=request.now
    )
    messages.success(request, _("Đã báo thư ký hội nghị."))
    return redirect("attendance_mine", pk)


def _kept(request: SignedInRequest, pk: int) -> tuple[Conference, Reach]:
    conference = queries.get(request.actor, pk)
    return conference, rights.check_keeps_attendance(request.actor, conference)


def _kept_site(request: SignedInRequest, pk: int, site: int) -> tuple[Conference, Site]:
    conference = queries.get(request.actor, pk)
    row = lists.site_of(conference, site)
    rights.check_keeps_site(request.actor, conference, row)
    return conference, row
