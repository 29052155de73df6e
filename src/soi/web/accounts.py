"""Đăng nhập: allauth's sign-in with Soi's rules: no self sign-up, Vietnamese sentences."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from soi.access import queries

if TYPE_CHECKING:
    from soi.access.models import User


class WithPerson(AuthenticationBackend):  # type: ignore[misc]
    """Tài khoản kèm người: every page asks whose account it is, so both are read at once."""

    def get_user(self, user_id: int) -> User | None:
        """The account of a session; None when it is gone or locked."""
        user = queries.account(user_id)
        return user if user and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are given by an administrator; nobody signs up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu không đúng."),
        "too_many_login_attempts": _("Đã thử quá nhiều lần. Hãy đợi ít phút rồi thử lại."),
        "rate_limited": _("Đã thử quá nhiều lần. Hãy đợi ít phút rồi thử lại."),
        "enter_current_password": _("Hãy nhập mật khẩu hiện nay."),
        "incorrect_password": _("Mật khẩu không đúng."),
        "account_inactive": _("Tài khoản đang bị khóa. Hãy liên hệ người quản trị."),
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Never: accounts come from an administrator."""
        return False

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """Sign-in names are lower case."""
        return str(super().clean_username(username.strip().lower(), shallow=shallow))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Letter case of the sign-in name does not matter."""
        if "username" in credentials:
            credentials["username"] = credentials["username"].strip().lower()
        return super().authenticate(request, **credentials)

    def set_password(self, user: Any, password: str) -> None:
        """A password that the person chose is no longer the administrator's."""
        user.password_is_temporary = False
        super().set_password(user, password)

    def get_password_change_redirect_url(self, _request: HttpRequest) -> str:
        """Back to one's own account."""
        return reverse("account")

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address of the connection; the server replaces it by a forwarded one only with SOI_BEHIND_PROXY."""
        return str(request.META.get("REMOTE_ADDR", ""))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second-factor secrets lie encrypted in the database, under a key made from the installation's own."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Mã không đúng. Hãy đợi mã mới hiện ra rồi nhập lại."),
    }

    def encrypt(self, text: str) -> str:
        """What is stored."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What the code is checked against."""
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> Fernet:
    digest = hashlib.sha256(b"soi.second-factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
