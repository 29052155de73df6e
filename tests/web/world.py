"""Một bộ hồ sơ để thử quyền: one record of every kind, all of the regiment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from soi.access.actions import delegate
from soi.access.models import Delegation, PostDuty, User
from soi.org.models import Membership, Organization, Post
from tests.factories import Region


@dataclass
class World:
    """Hồ sơ của trung đoàn."""

    region: Region
    body: Organization
    post: Post
    holding: Membership
    account: User
    duty: PostDuty
    delegation: Delegation


def build_world(region: Region) -> World:
    """Records that others may or may not see."""
    today = timezone.localdate(region.now)
    post = region.posts["regiment"]
    return World(
        region=region,
        body=region.bodies["regiment"],
        post=post,
        holding=post.memberships.get(end=None),
        account=region.users["regiment"],
        duty=PostDuty.objects.get(post=post),
        delegation=delegate(
            actor=region.actor("regiment", today=today),
            post=post,
            delegate=region.people["division"],
            start=today,
            end=today + dt.timedelta(days=10),
            reason="đi công tác",
            now=region.now,
        ),
    )
