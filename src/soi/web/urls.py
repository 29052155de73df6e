"""Địa chỉ trang. Each name has its row in ``access_table.ACCESS``; a test compares the two."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as sessions
from django.urls import include, path

from soi.web.urls_conferences import conference_paths
from soi.web.urls_reviews import review_paths
from soi.web.views import (
    accounts,
    boards,
    briefings,
    bulk,
    carrying_out,
    conferences,
    directives,
    downloads,
    findings,
    intake,
    minutes,
    my_work,
    notices,
    organizations,
    people,
    programmes,
    remedies,
    sheets,
    shell,
    sources,
    task_moves,
    tasks,
    work_downloads,
)

handler400 = "soi.web.errors.bad_request"
handler403 = "soi.web.errors.forbidden"
handler404 = "soi.web.errors.not_found"
handler429 = "soi.web.errors.too_many"
handler500 = "soi.web.errors.server_error"

_account = [
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-nhap/tai-khoan-dang-khoa/", account.account_inactive, name="account_inactive"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("xac-thuc/", mfa.authenticate, name="mfa_authenticate"),
    path("tai-khoan/nhap-lai-mat-khau/", account.reauthenticate, name="account_reauthenticate"),
    path("tai-khoan/nhap-lai-ma/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("tai-khoan/mat-khau/", account.password_change, name="account_change_password"),
    path("tai-khoan/xac-thuc/", mfa.index, name="mfa_index"),
    path("tai-khoan/xac-thuc/ung-dung/", totp.activate_totp, name="mfa_activate_totp"),
    path("tai-khoan/xac-thuc/ung-dung/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("tai-khoan/xac-thuc/ma-du-phong/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "tai-khoan/xac-thuc/ma-du-phong/tao/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("tai-khoan/phien/", sessions.list_usersessions, name="usersessions_list"),
]

_own = [
    path("tai-khoan/", accounts.account, name="account"),
    path("uy-quyen/", accounts.delegation_list, name="delegation_list"),
    path("uy-quyen/moi/", accounts.delegation_new, name="delegation_new"),
    path("uy-quyen/<int:pk>/cham-dut/", accounts.delegation_ending, name="delegation_ending"),
]

_notices = [
    path("thong-bao/", notices.notice_list, name="notice_list"),
    path("thong-bao/da-doc/", notices.notices_reading, name="notices_reading"),
    path("thong-bao/so-chua-doc/", notices.notice_count, name="notice_count"),
    path("thong-bao/cai-dat/", notices.notice_settings, name="notice_settings"),
    path("thong-bao/lich/moi/", notices.feed_new, name="feed_new"),
    path("thong-bao/lich/<int:pk>/thu-hoi/", notices.feed_withdrawal, name="feed_withdrawal"),
    path("thong-bao/<int:pk>/", notices.notice_open, name="notice_open"),
    path("thong-bao/<int:pk>/da-doc/", notices.notice_reading, name="notice_reading"),
    path("lich/<slug:key>.ics", notices.calendar_feed, name="calendar_feed"),
]

_organizations = [
    path("to-chuc/", organizations.home, name="organization_home"),
    path("to-chuc/<int:pk>/", organizations.detail, name="organization_detail"),
    path("to-chuc/<int:pk>/nhanh/", organizations.branch, name="organization_branch"),
    path("to-chuc/<int:pk>/them/", organizations.new, name="organization_new"),
    path("to-chuc/<int:pk>/sap-xep/<slug:way>/", organizations.reorganize, name="organization_reorganize"),
    path("to-chuc/<int:pk>/chuc-vu/", people.post_new, name="post_new"),
    path("chuc-vu/<int:pk>/bo-nhiem/", people.appointment_new, name="appointment_new"),
    path("giu-chuc/<int:pk>/thoi/", people.membership_end, name="membership_end"),
    path("con-nguoi/", people.person_list, name="person_list"),
    path("con-nguoi/<int:pk>/", people.person_detail, name="person_detail"),
    path("con-nguoi/<int:pk>/cap-bac/", people.rank_new, name="rank_new"),
]

_administration = [
    path("quan-tri/", accounts.account_list, name="account_list"),
    path("quan-tri/tai-khoan/moi/", accounts.account_new, name="account_new"),
    path("quan-tri/tai-khoan/<int:pk>/khoa/", accounts.account_lock, name="account_lock"),
    path("quan-tri/tai-khoan/<int:pk>/mat-khau/", accounts.account_password, name="account_password"),
    path(
        "quan-tri/tai-khoan/<int:pk>/xac-thuc/", accounts.account_second_factor, name="account_second_factor"
    ),
    path("quan-tri/nhiem-vu/", accounts.duty_list, name="duty_list"),
    path("quan-tri/nhiem-vu/moi/", accounts.duty_new, name="duty_new"),
    path("quan-tri/nhiem-vu/<int:pk>/thoi/", accounts.duty_removal, name="duty_removal"),
]

_register = [
    path("so-theo-doi/", findings.finding_list, name="finding_list"),
    path("so-theo-doi/danh-muc.docx", downloads.findings_docx, name="findings_docx"),
    path("so-theo-doi/danh-muc.xlsx", downloads.findings_xlsx, name="findings_xlsx"),
    path("so-theo-doi/moi/", findings.finding_new, name="finding_new"),
    path("so-theo-doi/<int:pk>/", findings.finding_detail, name="finding_detail"),
    path("so-theo-doi/<int:pk>/lich-su/", findings.finding_history, name="finding_history"),
    path("so-theo-doi/<int:pk>/sua/", findings.finding_edit, name="finding_edit"),
    path("so-theo-doi/<int:pk>/y-kien/", findings.finding_answer, name="finding_answer"),
    path("so-theo-doi/<int:pk>/nguyen-nhan/", findings.finding_cause, name="finding_cause"),
    path("so-theo-doi/<int:pk>/trach-nhiem/", findings.finding_responsibility, name="finding_responsibility"),
    path("so-theo-doi/<int:pk>/bien-phap/", remedies.remedy_new, name="remedy_new"),
    path("so-theo-doi/<int:pk>/xac-nhan/", remedies.finding_verification, name="finding_verification"),
    path("so-theo-doi/<int:pk>/mo-lai/", remedies.finding_reopening, name="finding_reopening"),
    path("so-theo-doi/<int:pk>/minh-chung/<int:source>/", remedies.finding_evidence, name="finding_evidence"),
    path("bien-phap/<int:pk>/tien-do/", remedies.remedy_progress, name="remedy_progress"),
    path("bien-phap/<int:pk>/bao-cao-xong/", remedies.remedy_report_done, name="remedy_report_done"),
    path("bien-phap/<int:pk>/dieu-chinh/", remedies.remedy_change, name="remedy_change"),
    path("bien-phap/<int:pk>/chuong-trinh/", remedies.remedy_programme, name="remedy_programme"),
    path("lap-lai/<int:pk>/", findings.recurrence_decision, name="recurrence_decision"),
    path("hoi-nghi/<int:pk>/bien-ban.docx", downloads.minutes_docx, name="minutes_docx"),
    path("ho-so-cua-toi/", my_work.my_record, name="my_record"),
]

_directives = [
    path("chi-dao/", directives.directive_list, name="directive_list"),
    path("chi-dao/moi/", directives.directive_new, name="directive_new"),
    path("chi-dao/<int:pk>/", directives.directive_detail, name="directive_detail"),
    path("chi-dao/<int:pk>/nhanh/<int:org>/", directives.directive_branch, name="directive_branch"),
    path("chi-dao/<int:pk>/lich-su/", directives.directive_history, name="directive_history"),
    path(
        "chi-dao/<int:pk>/theo-doi.xlsx",
        work_downloads.acknowledgements_xlsx,
        name="acknowledgements_xlsx",
    ),
    path("chi-dao/<int:pk>/tep", directives.directive_file, name="directive_file"),
    path("chi-dao/<int:pk>/sua/", directives.directive_edit, name="directive_edit"),
    path("chi-dao/<int:pk>/diem/", directives.directive_points, name="directive_points"),
    path("chi-dao/<int:pk>/noi-nhan/", directives.directive_addressees, name="directive_addressees"),
    path("chi-dao/<int:pk>/het-hieu-luc/", directives.directive_ending, name="directive_ending"),
    path("chi-dao/<int:pk>/nhac/", directives.directive_reminder, name="directive_reminder"),
    path("chi-dao/noi-nhan/<int:pk>/", carrying_out.addressee_detail, name="addressee_detail"),
    path(
        "chi-dao/noi-nhan/<int:pk>/xac-nhan/",
        carrying_out.addressee_acknowledgement,
        name="addressee_acknowledgement",
    ),
    path(
        "chi-dao/noi-nhan/<int:pk>/quan-triet/",
        carrying_out.addressee_dissemination,
        name="addressee_dissemination",
    ),
    path(
        "chi-dao/noi-nhan/<int:pk>/cu-the-hoa/",
        carrying_out.addressee_elaboration,
        name="addressee_elaboration",
    ),
    path(
        "chi-dao/noi-nhan/<int:pk>/minh-chung/<int:source>/",
        carrying_out.addressee_evidence,
        name="addressee_evidence",
    ),
]

_intake = [
    path("nhap-van-ban/", intake.draft_list, name="draft_list"),
    path("nhap-van-ban/moi/", intake.draft_new, name="draft_new"),
    path("nhap-van-ban/chon/<slug:what>/", intake.draft_choices, name="draft_choices"),
    path("nhap-van-ban/<int:pk>/", intake.draft_detail, name="draft_detail"),
    path("nhap-van-ban/<int:pk>/de-xuat/<int:card>/", intake.proposal_edit, name="proposal_edit"),
    path("nhap-van-ban/<int:pk>/nhan-het/", intake.draft_accept_rest, name="draft_accept_rest"),
    path("nhap-van-ban/<int:pk>/xac-nhan/", intake.draft_confirmation, name="draft_confirmation"),
    path("nhap-van-ban/<int:pk>/bo/", intake.draft_discarding, name="draft_discarding"),
    path("nhap-van-ban/<int:pk>/doc-lai/", intake.draft_reading, name="draft_reading"),
    path("van-ban/<int:pk>/", sources.source_text, name="source_text"),
    path("van-ban/<int:pk>/tep", sources.source_file, name="source_file"),
    path("hoi-nghi/", conferences.conference_list, name="conference_list"),
    path("hoi-nghi/moi/", conferences.conference_new, name="conference_new"),
    path("hoi-nghi/<int:pk>/", conferences.conference_detail, name="conference_detail"),
    path("hoi-nghi/<int:pk>/sua/", conferences.conference_edit, name="conference_edit"),
    path("hoi-nghi/<int:pk>/nguoi-du/", conferences.conference_attendance, name="conference_attendance"),
    path("hoi-nghi/<int:pk>/ket-luan/", conferences.conference_conclusion, name="conference_conclusion"),
    path("hoi-nghi/<int:pk>/bien-ban/", minutes.minutes, name="minutes"),
    path("hoi-nghi/<int:pk>/bien-ban/soan/", minutes.minutes_composing, name="minutes_composing"),
    path("hoi-nghi/<int:pk>/bien-ban/sua/", minutes.minutes_edit, name="minutes_edit"),
    path("hoi-nghi/<int:pk>/bien-ban/lay-y-kien/", minutes.minutes_circulation, name="minutes_circulation"),
    path("hoi-nghi/<int:pk>/bien-ban/gop-y/", minutes.minutes_comment, name="minutes_comment"),
    path("hoi-nghi/<int:pk>/bien-ban/thong-qua/", minutes.minutes_signing, name="minutes_signing"),
    path("hoi-nghi/<int:pk>/bien-ban/van-ban.docx", minutes.minutes_word, name="minutes_word"),
    path("hoi-nghi/<int:pk>/bien-ban/van-ban.pdf", minutes.minutes_pdf, name="minutes_pdf"),
    path("hoi-nghi/<int:pk>/ho-so.zip", minutes.conference_archive, name="conference_archive"),
    path("bien-ban/gop-y/<int:pk>/", minutes.minutes_comment_answer, name="minutes_comment_answer"),
    path("ket-luan/<int:pk>/giao-viec/", conferences.conclusion_task, name="conclusion_task"),
]

_work = [
    path("cong-viec/", tasks.task_list_page, name="task_list"),
    path("cong-viec/danh-sach.xlsx", work_downloads.tasks_xlsx, name="tasks_xlsx"),
    path("cong-viec/moi/", tasks.task_new, name="task_new"),
    path("cong-viec/chon/<slug:what>/", tasks.task_choices_page, name="task_choices"),
    path("cong-viec/hang-loat/", bulk.task_bulk, name="task_bulk"),
    path("cong-viec/hang-loat/<int:pk>/hoan-tac/", bulk.bulk_undo, name="bulk_undo"),
    path("cong-viec/chuong-trinh/", programmes.programme_list, name="programme_list"),
    path("cong-viec/chuong-trinh/moi/", programmes.programme_new, name="programme_new"),
    path("cong-viec/chuong-trinh/<int:pk>/", programmes.programme_detail, name="programme_detail"),
    path("cong-viec/chuong-trinh/<int:pk>/bang.xlsx", work_downloads.programme_xlsx, name="programme_xlsx"),
    path("cong-viec/ban-giao/", programmes.handover_list, name="handover_list"),
    path("cong-viec/ban-giao/moi/<int:post>/<int:person>/", programmes.handover_new, name="handover_new"),
    path("cong-viec/ban-giao/<int:pk>/", programmes.handover_detail, name="handover_detail"),
    path("cong-viec/ban-giao/<int:pk>/ky/", programmes.handover_signing, name="handover_signing"),
    path("cong-viec/de-nghi/<int:pk>/", task_moves.task_request_answer, name="task_request_answer"),
    path("cong-viec/<int:pk>/", tasks.task_detail, name="task_detail"),
    path("cong-viec/<int:pk>/lich-su/", tasks.task_history, name="task_history"),
    path("cong-viec/<int:pk>/minh-chung/<int:source>/", tasks.task_evidence, name="task_evidence"),
    path("cong-viec/<int:pk>/sua/", task_moves.task_edit, name="task_edit"),
    path("cong-viec/<int:pk>/tien-do/", task_moves.task_progress, name="task_progress"),
    path("cong-viec/<int:pk>/bao-cao-xong/", task_moves.task_done, name="task_done"),
    path("cong-viec/<int:pk>/danh-gia/", task_moves.task_assessment, name="task_assessment"),
    path("cong-viec/<int:pk>/chuyen/", task_moves.task_handing, name="task_handing"),
    path("cong-viec/<int:pk>/han/", task_moves.task_due, name="task_due"),
    path("cong-viec/<int:pk>/huy/", task_moves.task_cancel, name="task_cancel"),
]

_boards = [
    path("bang-dieu-hanh/", boards.board, name="board"),
    path("bang-dieu-hanh/<int:pk>/", boards.board_of, name="board_of"),
    path("bang-dieu-hanh/<int:pk>/chua-xac-nhan/", boards.board_waiting, name="board_waiting"),
]

_briefings = [
    path("giao-ban/", briefings.briefing_list, name="briefing_list"),
    path(
        "giao-ban/don-vi/<int:pk>/<slug:quarter>/dot/",
        briefings.briefing_round_new,
        name="briefing_round_new",
    ),
    path(
        "giao-ban/don-vi/<int:pk>/<slug:quarter>/soan/",
        briefings.briefing_composing,
        name="briefing_composing",
    ),
    path("giao-ban/dot/<int:pk>/nhac/", briefings.briefing_reminder, name="briefing_reminder"),
    path("giao-ban/<int:pk>/", briefings.briefing_detail, name="briefing_detail"),
    path("giao-ban/<int:pk>/bao-cao.docx", briefings.briefing_docx, name="briefing_docx"),
    path("giao-ban/<int:pk>/soan-lai/", briefings.briefing_recomposing, name="briefing_recomposing"),
    path("giao-ban/<int:pk>/gui/", briefings.briefing_sending, name="briefing_sending"),
    path("giao-ban/<int:pk>/tra-lai/", briefings.briefing_return, name="briefing_return"),
    path("giao-ban/<int:pk>/hoi-nghi/", briefings.briefing_paper, name="briefing_paper"),
    path("giao-ban/<int:pk>/cau-moi/", briefings.briefing_line_new, name="briefing_line_new"),
    path("giao-ban/cau/<int:pk>/", briefings.briefing_line, name="briefing_line"),
    path("giao-ban/cau/<int:pk>/sua/", briefings.briefing_line_edit, name="briefing_line_edit"),
    path("giao-ban/cau/<int:pk>/viec/", briefings.briefing_line_deed, name="briefing_line_deed"),
]

_sheets = [
    path("nhap-bang/", sheets.sheet_list, name="sheet_list"),
    path("nhap-bang/mau.xlsx", sheets.sheet_template, name="sheet_template"),
    path("nhap-bang/moi/", sheets.sheet_new, name="sheet_new"),
    path("nhap-bang/<int:pk>/", sheets.sheet_detail, name="sheet_detail"),
    path("nhap-bang/<int:pk>/can-sua.xlsx", sheets.sheet_errors, name="sheet_errors"),
    path("nhap-bang/<int:pk>/ghi/", sheets.sheet_confirmation, name="sheet_confirmation"),
    path("nhap-bang/<int:pk>/ghi-tiep/", sheets.sheet_writing, name="sheet_writing"),
    path("nhap-bang/<int:pk>/bo/", sheets.sheet_discarding, name="sheet_discarding"),
]

urlpatterns = [
    path("", my_work.my_work, name="my_work"),
    path("", include(_account)),
    path("", include(_own)),
    path("", include(_notices)),
    path("", include(_organizations)),
    path("", include(_administration)),
    path("", include(_register)),
    path("", include(_briefings)),
    path("", include(_directives)),
    path("", include(conference_paths)),
    path("", include(review_paths)),
    path("", include(_work)),
    path("", include(_intake)),
    path("", include(_sheets)),
    path("", include(_boards)),
    path("ngon-ngu/", shell.set_language, name="set_language"),
    path("khoe/", shell.health, name="health"),
]
