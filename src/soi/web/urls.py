"""Địa chỉ trang. Each name has its row in ``access_table.ACCESS``; a test compares the two."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as sessions
from django.urls import include, path

from soi.web.views import my_work, shell

handler400 = "soi.web.errors.bad_request"
handler403 = "soi.web.errors.forbidden"
handler404 = "soi.web.errors.not_found"
handler500 = "soi.web.errors.server_error"

_account = [
    path("dang-nhap/", account.login, name="account_login"),
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

urlpatterns = [
    path("", my_work.my_work, name="my_work"),
    path("", include(_account)),
    path("ngon-ngu/", shell.set_language, name="set_language"),
    path("khoe/", shell.health, name="health"),
]
