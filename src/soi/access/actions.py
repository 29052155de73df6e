"""Cấp tài khoản, giao quyền, ủy quyền. The only code that writes accounts and rights."""

from __future__ import annotations

import datetime as dt
import re

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from soi.access.enums import Duty
from soi.access.models import Delegation, PostDuty, User
from soi.access.queries import bodies_reached
from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid, NotAllowed
from soi.base.models import held_on
from soi.history.actions import record
from soi.org.models import Membership, Organization, Person, Post
from soi.org.queries import in_scope, scope

_RIGHT = Capability.MANAGE_ACCOUNTS
_USERNAME = re.compile(r"^[a-z0-9][a-z0-9._-]{2,59}$")
LONGEST_DELEGATION = dt.timedelta(days=366)


@transaction.atomic
def open_account(*, actor: Actor, person: Person, username: str, password: str, now: dt.datetime) -> User:
    """Cấp tài khoản cho một người, with a first password that the person changes."""
    _check_manages_accounts(actor, person)
    username = username.strip().lower()
    if not _USERNAME.match(username):
        raise Invalid(
            "Tên đăng nhập chỉ gồm chữ thường không dấu, số, dấu chấm, gạch nối; từ 3 ký tự.",
            {"username": "Ví dụ: nguyenvanan hoặc an.nguyen"},
        )
    if User.objects.filter(username=username).exists():
        raise Conflict(f"Tên đăng nhập {username} đã có người dùng. Hãy chọn tên khác.")
    if User.objects.filter(person=person).exists():
        raise Conflict(f"{person} đã có tài khoản.")
    user = User(username=username, person=person, date_joined=now, password_is_temporary=not actor.is_system)
    _set_password(user, password)
    user.save()
    record(
        actor=actor, action="access.open_account", subject=user, now=now, using=_RIGHT,
        person=person, username=username,
    )  # fmt: skip
    return user


@transaction.atomic
def reset_password(*, actor: Actor, user: User, password: str, now: dt.datetime) -> None:
    """Đặt lại mật khẩu: a new first password; every open session of the account ends."""
    _check_manages_accounts(actor, user.person)
    _set_password(user, password)
    user.password_is_temporary = not actor.is_system
    user.save(update_fields=["password", "password_is_temporary"])
    record(actor=actor, action="access.reset_password", subject=user, now=now, using=_RIGHT)


@transaction.atomic
def reset_second_factor(*, actor: Actor, user: User, now: dt.datetime) -> None:
    """Gỡ xác thực lần hai của người mất điện thoại; where it is required, the next sign-in sets it up anew."""
    _check_manages_accounts(actor, user.person)
    if user.pk == actor.user_id:
        raise Conflict("Hãy tắt xác thực lần hai của chính mình ở trang Tài khoản và bảo mật.")
    removed, _ = Authenticator.objects.filter(user=user).delete()
    if not removed:
        raise Conflict(f"Tài khoản {user} chưa bật xác thực lần hai.")
    record(actor=actor, action="access.reset_second_factor", subject=user, now=now, using=_RIGHT)


@transaction.atomic
def set_account_active(*, actor: Actor, user: User, active: bool, now: dt.datetime) -> None:
    """Khóa hoặc mở lại tài khoản; a locked account is signed out at its next request."""
    _check_manages_accounts(actor, user.person)
    if user.pk == actor.user_id:
        raise Conflict("Đồng chí không thể tự khóa tài khoản của mình.")
    user.is_active = active
    user.save(update_fields=["is_active"])
    record(
        actor=actor, action="access.set_account_active", subject=user, now=now, using=_RIGHT, active=active
    )


@transaction.atomic
def give_duty(
    *,
    actor: Actor,
    post: Post,
    duty: Duty,
    now: dt.datetime,
    organization: Organization | None = None,
    whole_tree: bool = True,
) -> PostDuty:
    """Giao nhiệm vụ cho chức vụ, over its own body and below unless another part of the tree is named."""
    part = organization or post.organization
    _check_may_give(actor, post, part.pk)
    row, _ = PostDuty.objects.update_or_create(
        post=post, duty=duty, organization=part, defaults={"whole_tree": whole_tree}
    )
    record(
        actor=actor, action="access.give_duty", subject=row, now=now, using=_RIGHT,
        post=post, duty=duty, organization=part, whole_tree=whole_tree,
    )  # fmt: skip
    return row


@transaction.atomic
def take_duty(*, actor: Actor, row: PostDuty, now: dt.datetime) -> None:
    """Thôi giao nhiệm vụ; who holds the post loses the right at the next request."""
    _check_may_give(actor, row.post, row.organization_id)
    record(
        actor=actor, action="access.take_duty", subject=row, now=now, using=_RIGHT,
        post=row.post, duty=row.duty, organization=row.organization,
    )  # fmt: skip
    row.delete()


@transaction.atomic
def delegate(
    *,
    actor: Actor,
    post: Post,
    delegate: Person,
    start: dt.date,
    end: dt.date,
    reason: str,
    now: dt.datetime,
) -> Delegation:
    """Ủy quyền: let somebody act for a post I hold, from ``start`` up to, not including, ``end``."""
    holds = Membership.objects.filter(
        held_on(actor.today), held_on(actor.today, "post__"), person_id=actor.person_id or 0, post=post
    ).first()
    if holds is None:
        raise NotAllowed("Chỉ người đang giữ chức mới ủy quyền được công việc của chức đó.")
    if delegate.pk == actor.person_id:
        raise Invalid("Không thể ủy quyền cho chính mình.", {"delegate": "Chọn người khác."})
    if not start < end <= start + LONGEST_DELEGATION:
        raise Invalid(
            "Thời hạn ủy quyền phải kết thúc sau ngày bắt đầu và không quá một năm.",
            {"end": "Chọn ngày khác."},
        )
    if not reason.strip():
        raise Invalid("Hãy ghi lý do ủy quyền.", {"reason": "Ví dụ: đi công tác, nghỉ phép."})
    row = Delegation.objects.create(
        post=post, delegator_id=holds.person_id, delegate=delegate, start=start, end=end, reason=reason
    )
    record(
        actor=actor, action="access.delegate", subject=row, now=now,
        post=post, delegate=delegate, start=start, end=end, reason=reason,
    )  # fmt: skip
    return row


@transaction.atomic
def end_delegation(*, actor: Actor, delegation: Delegation, now: dt.datetime) -> None:
    """Chấm dứt ủy quyền ngay; the delegate loses the rights at the next request."""
    if delegation.delegator_id != actor.person_id:
        raise NotAllowed("Chỉ người đã ủy quyền mới chấm dứt được.")
    if delegation.ended_at or (delegation.end is not None and delegation.end <= actor.today):
        raise Conflict("Ủy quyền này đã hết hạn.")
    delegation.ended_at = now
    delegation.save(update_fields=["ended_at"])
    record(actor=actor, action="access.end_delegation", subject=delegation, now=now)


def _set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), {"password": " ".join(error.messages)}) from error
    user.set_password(password)


def _check_may_give(actor: Actor, post: Post, part_id: int) -> None:
    """Both the post and the part of the tree stand in the administrator's own part; never one's own post."""
    if actor.is_system:
        return
    if not all(in_scope(actor, _RIGHT, body) for body in {post.organization_id, part_id}):
        raise NotAllowed("Chỉ người quản trị hệ thống của cấp này mới giao và thôi giao được nhiệm vụ.")
    if post.pk in actor.post_ids:
        raise NotAllowed(
            "Không ai tự giao hay tự bỏ nhiệm vụ của chức vụ mình đang giữ. Hãy nhờ người quản trị khác."
        )


def _check_manages_accounts(actor: Actor, person: Person) -> None:
    """Whoever sets a password can sign in with it; so every right of that person must lie in one's part."""
    if actor.is_system:
        return
    bodies = bodies_reached(person, today=actor.today)
    reach = Organization.objects.filter(scope(actor, _RIGHT, path="pk"), pk__in=bodies)
    if not bodies or reach.count() < len(bodies):
        raise NotAllowed(
            "Chỉ người quản trị hệ thống của cấp bao trùm mọi chức vụ của người này mới cấp và khóa được "
            "tài khoản của họ."
        )
