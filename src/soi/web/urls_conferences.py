"""Địa chỉ của hội nghị đang chuẩn bị, đang họp và của các cuộc bỏ phiếu; joined by ``urls``."""

from __future__ import annotations

from django.urls import path

from soi.web.views import (
    attendance_sheets,
    attending,
    ballots,
    calls,
    inviting,
    papers,
    polls,
    preparing,
    room,
    room_acts,
)

_floor = [
    path("hoi-nghi/<int:pk>/phien/khai-mac/", room_acts.floor_opening, name="floor_opening"),
    path("hoi-nghi/<int:pk>/phien/be-mac/", room_acts.floor_closing, name="floor_closing"),
    path("hoi-nghi/<int:pk>/phien/noi-dung/", room_acts.floor_item, name="floor_item"),
    path("hoi-nghi/<int:pk>/phien/nghi/", room_acts.floor_pause, name="floor_pause"),
    path("hoi-nghi/<int:pk>/phien/hop-tiep/", room_acts.floor_resume, name="floor_resume"),
    path("hoi-nghi/<int:pk>/phien/thu-tu/", room_acts.floor_rule, name="floor_rule"),
    path("hoi-nghi/<int:pk>/phien/dong-ho/", room_acts.floor_timer, name="floor_timer"),
    path("hoi-nghi/<int:pk>/phien/tai-lieu/", room_acts.floor_paper, name="floor_paper"),
    path("hoi-nghi/<int:pk>/phien/tai-lieu/trang/", room_acts.floor_page, name="floor_page"),
    path("hoi-nghi/<int:pk>/phien/tai-lieu/thoi/", room_acts.floor_paper_away, name="floor_paper_away"),
    path("hoi-nghi/<int:pk>/phien/dang-ky/", room_acts.floor_request, name="floor_request"),
    path(
        "hoi-nghi/<int:pk>/phien/dang-ky/<int:asked>/rut/",
        room_acts.floor_withdrawal,
        name="floor_withdrawal",
    ),
    path(
        "hoi-nghi/<int:pk>/phien/dang-ky/<int:asked>/khong-moi/",
        room_acts.floor_declining,
        name="floor_declining",
    ),
    path("hoi-nghi/<int:pk>/phien/moi/", room_acts.floor_giving, name="floor_giving"),
    path("hoi-nghi/<int:pk>/phien/phat-bieu-xong/", room_acts.floor_speech_end, name="floor_speech_end"),
    path("hoi-nghi/<int:pk>/phien/y-kien/", room_acts.contribution_new, name="contribution_new"),
    path(
        "hoi-nghi/<int:pk>/phien/y-kien/<int:contribution>/rut/",
        room_acts.contribution_withdrawal,
        name="contribution_withdrawal",
    ),
    path("hoi-nghi/<int:pk>/phien/bo-phieu/<int:poll>/", room_acts.floor_poll, name="floor_poll"),
    path(
        "hoi-nghi/<int:pk>/phien/bo-phieu/<int:poll>/dong/",
        room_acts.floor_poll_close,
        name="floor_poll_close",
    ),
    path(
        "hoi-nghi/<int:pk>/phien/bo-phieu/<int:poll>/cong-bo/",
        room_acts.floor_poll_publication,
        name="floor_poll_publication",
    ),
    path("hoi-nghi/<int:pk>/phien/cong-bo/", polls.polls_publication, name="polls_publication"),
]

_room = [
    path("hoi-nghi/<int:pk>/phong/", room.room_entry, name="room"),
    path("hoi-nghi/<int:pk>/phong/chu-toa/", room.room_chair, name="room_chair"),
    path("hoi-nghi/<int:pk>/phong/thu-ky/", room.room_secretary, name="room_secretary"),
    path("hoi-nghi/<int:pk>/phong/dai-bieu/", room.room_delegate, name="room_delegate"),
    path("hoi-nghi/<int:pk>/phong/diem-cau/", room.room_site, name="room_site"),
    path("hoi-nghi/<int:pk>/phong/kiem-phieu/", room.room_teller, name="room_teller"),
    path("hoi-nghi/<int:pk>/phong/man-hinh/", room.room_wall, name="room_wall"),
    path("hoi-nghi/<int:pk>/phong/cua-toi/<slug:audience>/", room.room_mine, name="room_mine"),
    path("hoi-nghi/<int:pk>/phong/tai-lieu/<int:paper>/", room.room_paper, name="room_paper"),
]

_calls = [
    path("hoi-nghi/<int:pk>/am-thanh/", calls.call_room, name="call_room"),
    path("hoi-nghi/<int:pk>/am-thanh/dong/", calls.call_closing, name="call_closing"),
    path("hoi-nghi/<int:pk>/am-thanh/vao/", calls.call_joining, name="call_joining"),
    path("hoi-nghi/<int:pk>/am-thanh/roi/", calls.call_leaving, name="call_leaving"),
    path("hoi-nghi/<int:pk>/am-thanh/nhip/", calls.call_pulse, name="call_pulse"),
    path("hoi-nghi/<int:pk>/am-thanh/tin-hieu/", calls.call_signal, name="call_signal"),
    path("hoi-nghi/<int:pk>/phien/diem-cau/<int:site>/duong-truyen/", calls.site_line, name="site_line"),
]

_preparing = [
    path("hoi-nghi/chuan-bi/", preparing.preparation_new, name="preparation_new"),
    path("hoi-nghi/<int:pk>/chuan-bi/", preparing.preparation, name="preparation"),
    path("hoi-nghi/<int:pk>/chuan-bi/chuong-trinh/", preparing.agenda_layout, name="agenda_layout"),
    path("hoi-nghi/<int:pk>/chuan-bi/noi-dung/", preparing.agenda_new, name="agenda_new"),
    path("hoi-nghi/noi-dung/<int:pk>/", preparing.agenda_edit, name="agenda_edit"),
    path("hoi-nghi/noi-dung/<int:pk>/chuyen/", preparing.agenda_moving, name="agenda_moving"),
    path("hoi-nghi/noi-dung/<int:pk>/bo/", preparing.agenda_removal, name="agenda_removal"),
    path("hoi-nghi/<int:pk>/chuan-bi/tai-lieu/", papers.paper_new, name="paper_new"),
    path("hoi-nghi/tai-lieu/<int:pk>/", papers.paper_text, name="paper_text"),
    path("hoi-nghi/tai-lieu/<int:pk>/tep", papers.paper_file, name="paper_file"),
    path("hoi-nghi/tai-lieu/<int:pk>/sua/", papers.paper_edit, name="paper_edit"),
    path("hoi-nghi/tai-lieu/<int:pk>/bo/", papers.paper_removal, name="paper_removal"),
    path("hoi-nghi/<int:pk>/chuan-bi/diem-cau/", preparing.preparation_site_new, name="preparation_site_new"),
    path("hoi-nghi/diem-cau/<int:pk>/sua/", preparing.preparation_site_edit, name="preparation_site_edit"),
    path(
        "hoi-nghi/diem-cau/<int:pk>/bo/", preparing.preparation_site_removal, name="preparation_site_removal"
    ),
    path("hoi-nghi/<int:pk>/chuan-bi/moi-hop/", inviting.invitation_choosing, name="invitation_choosing"),
    path(
        "hoi-nghi/<int:pk>/chuan-bi/gui-giay-moi/", inviting.invitations_sending, name="invitations_sending"
    ),
    path("hoi-nghi/<int:pk>/chuan-bi/nhac/", inviting.invitations_reminder, name="invitations_reminder"),
    path("hoi-nghi/giay-moi/<int:pk>/", inviting.invitation_edit, name="invitation_edit"),
    path("hoi-nghi/giay-moi/<int:pk>/tra-loi/", inviting.invitation_reply, name="invitation_reply"),
    path("hoi-nghi/giay-moi/<int:pk>/bo/", inviting.invitation_removal, name="invitation_removal"),
    path("hoi-nghi/<int:pk>/giay-moi/", inviting.invitation_mine, name="invitation_mine"),
    path("hoi-nghi/<int:pk>/giay-moi.ics", inviting.invitation_calendar, name="invitation_calendar"),
    path("hoi-nghi/<int:pk>/y-kien-truoc/", inviting.opinion_new, name="opinion_new"),
    path("hoi-nghi/<int:pk>/chuan-bi/goi-y/", preparing.question_new, name="question_new"),
    path("hoi-nghi/goi-y/<int:pk>/", preparing.question_answer, name="question_answer"),
]

_attending = [
    path("hoi-nghi/<int:pk>/diem-danh/", attending.attendance_board, name="attendance_board"),
    path("hoi-nghi/<int:pk>/diem-danh/goi-ten/", attending.attendance_roll_call, name="attendance_roll_call"),
    path("hoi-nghi/<int:pk>/diem-danh/cua-toi/", attending.attendance_mine, name="attendance_mine"),
    path("hoi-nghi/<int:pk>/diem-danh/cua-toi/bao/", attending.attendance_contest, name="attendance_contest"),
    path("hoi-nghi/<int:pk>/diem-danh/tu-ghi/", attending.attendance_signing, name="attendance_signing"),
    path("hoi-nghi/<int:pk>/diem-danh/phieu.docx", attendance_sheets.attendance_docx, name="attendance_docx"),
    path("hoi-nghi/<int:pk>/diem-danh/phieu.xlsx", attendance_sheets.attendance_xlsx, name="attendance_xlsx"),
    path("hoi-nghi/<int:pk>/diem-danh/ma/<int:site>/", attending.site_code, name="site_code"),
    path("hoi-nghi/<int:pk>/diem-danh/ma/<int:site>/qr.svg", attending.site_code_svg, name="site_code_svg"),
    path(
        "hoi-nghi/<int:pk>/diem-danh/ma/<int:site>/tao/",
        attending.site_code_renewal,
        name="site_code_renewal",
    ),
    path(
        "hoi-nghi/<int:pk>/diem-danh/ma/<int:site>/thoi/",
        attending.site_code_withdrawal,
        name="site_code_withdrawal",
    ),
    path(
        "hoi-nghi/<int:pk>/diem-danh/nguoi/<int:row>/", attending.attendance_person, name="attendance_person"
    ),
    *(
        path(f"hoi-nghi/<int:pk>/diem-danh/nguoi/<int:row>/{word}/", view, name=name)
        for word, view, name in (
            ("den", attending.attendance_arrival, "attendance_arrival"),
            ("ve", attending.attendance_leaving, "attendance_leaving"),
            ("chuyen", attending.attendance_move, "attendance_move"),
            ("hoan-tac", attending.attendance_undoing, "attendance_undoing"),
            ("vang", attending.attendance_absence, "attendance_absence"),
            ("du-thay", attending.attendance_replacement, "attendance_replacement"),
            ("tinh-du-so", attending.attendance_counting, "attendance_counting"),
        )
    ),
    path(
        "hoi-nghi/<int:pk>/diem-danh/nguoi/<int:row>/sua-gio/<int:span>/",
        attending.attendance_correction,
        name="attendance_correction",
    ),
    path("hoi-nghi/<int:pk>/diem-danh/<slug:code>/", attending.attendance_code, name="attendance_code"),
]

_polls = [
    path("bieu-quyet/", polls.poll_list, name="poll_list"),
    path("bieu-quyet/moi/", polls.poll_new, name="poll_new"),
    path("bieu-quyet/giai-thich/", polls.poll_explained, name="poll_explained"),
    path("bieu-quyet/<int:pk>/", polls.poll_detail, name="poll_detail"),
    path("bieu-quyet/<int:pk>/sua/", polls.poll_edit, name="poll_edit"),
    path("bieu-quyet/<int:pk>/ban-kiem-phieu/", polls.poll_tellers, name="poll_tellers"),
    path("bieu-quyet/<int:pk>/mo/", polls.poll_opening, name="poll_opening"),
    path("bieu-quyet/<int:pk>/dong/", polls.poll_closing, name="poll_closing"),
    path("bieu-quyet/<int:pk>/cong-bo/", polls.poll_publication, name="poll_publication"),
    path("bieu-quyet/<int:pk>/huy/", polls.poll_annulment, name="poll_annulment"),
    path("bieu-quyet/<int:pk>/phieu/", ballots.poll_voting, name="poll_voting"),
    path("bieu-quyet/<int:pk>/kiem-phieu/", ballots.poll_counting, name="poll_counting"),
    path("bieu-quyet/<int:pk>/so-dem/", ballots.poll_paper, name="poll_paper"),
    path("bieu-quyet/<int:pk>/bien-ban-kiem-phieu.docx", ballots.poll_record_docx, name="poll_record_docx"),
]

conference_paths = [*_floor, *_room, *_calls, *_preparing, *_attending, *_polls]
