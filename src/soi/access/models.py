"""Tài khoản và quyền: users, what a post lets its holder do, and delegation for a period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from soi.access.enums import Duty
from soi.base.fields import NFCCharField
from soi.base.models import Dated, PersonView, ends_after_start
from soi.org.models import Organization, Person, Post

if TYPE_CHECKING:
    _Manager = BaseUserManager["User"]
else:
    _Manager = BaseUserManager


class UserManager(_Manager):
    """Finds accounts by sign-in name, whatever its letter case."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=(username or "").strip().lower())


class User(AbstractBaseUser):
    """Tài khoản: how one person signs in. Rights come from posts, never from the account."""

    username = models.CharField("tên đăng nhập", max_length=60, unique=True)
    email = models.EmailField("thư điện tử", blank=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="user", verbose_name="người")
    is_active = models.BooleanField("đang hoạt động", default=True)
    # Set by an administrator, who knows it: the person chooses another before anything else.
    password_is_temporary = models.BooleanField("mật khẩu tạm", default=False)
    date_joined = models.DateTimeField("ngày cấp")

    person_view = PersonView(
        shown="Tài khoản của tôi", answered="Tài khoản của tôi: đổi mật khẩu, đóng phiên"
    )

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = "tài khoản"
        constraints = [
            models.CheckConstraint(
                condition=Q(username__regex=r"^[a-z0-9][a-z0-9._-]{2,59}$"), name="user_plain_username"
            )
        ]

    def __str__(self) -> str:
        return self.username

    def has_perm(self, _perm: str, _obj: Any = None) -> bool:
        """Django's own permissions are not used: always no."""
        return False

    def has_module_perms(self, _app_label: str) -> bool:
        """Django's own permissions are not used: always no."""
        return False


class PostDuty(models.Model):
    """Nhiệm vụ của chức vụ: what the post lets its holder do, in which part of the tree."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="duties")
    duty = models.CharField("nhiệm vụ", max_length=20, choices=Duty.choices)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    whole_tree = models.BooleanField("cả các cấp dưới", default=True)

    class Meta:
        verbose_name = "nhiệm vụ của chức vụ"
        constraints = [models.UniqueConstraint(fields=["post", "duty", "organization"], name="postduty_once")]

    def __str__(self) -> str:
        return f"{self.get_duty_display()} ({self.post_id})"


class Delegation(Dated):
    """Ủy quyền: the holder of a post lets somebody else act for the post over a period."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations")
    delegator = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations_given")
    delegate = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations_received")
    reason = NFCCharField("lý do", max_length=300)
    # Ending takes effect at once, also on the first day, which a period of days could not say.
    ended_at = models.DateTimeField("chấm dứt lúc", null=True, blank=True)

    person_view = PersonView(
        shown="Ủy quyền: đã giao và được giao", answered="người giao chấm dứt bất cứ lúc nào"
    )

    class Meta:
        ordering = ["-start", "-pk"]
        verbose_name = "ủy quyền"
        constraints = [
            ends_after_start("delegation"),
            models.CheckConstraint(condition=Q(end__isnull=False), name="delegation_has_an_end"),
            models.CheckConstraint(condition=~Q(delegator=F("delegate")), name="delegation_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.delegator_id} → {self.delegate_id}"
