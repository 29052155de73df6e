"""Địa chỉ trang. Each name has its row in ``access_table.ACCESS``; a test compares the two."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as sessions
from django.urls import include, path

from soi.web.views import (
    accounts,
    conferences,
    downloads,
    findings,
    intake,
    my_work,
    organizations,
    people,
    remedies,
    shell,
    sources,
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
    path("lap-lai/<int:pk>/", findings.recurrence_decision, name="recurrence_decision"),
    path("hoi-nghi/<int:pk>/bien-ban.docx", downloads.minutes_docx, name="minutes_docx"),
    path("ho-so-cua-toi/", my_work.my_record, name="my_record"),
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
]

urlpatterns = [
    path("", my_work.my_work, name="my_work"),
    path("", include(_account)),
    path("", include(_own)),
    path("", include(_organizations)),
    path("", include(_administration)),
    path("", include(_register)),
    path("", include(_intake)),
    path("ngon-ngu/", shell.set_language, name="set_language"),
    path("khoe/", shell.health, name="health"),
]
