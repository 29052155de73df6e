"""Thế giới mẫu: the records made so far, by the keys of the blueprint, and who acts on a day."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field, replace

from soi.access.models import User
from soi.access.queries import actor_of
from soi.base.actor import Actor, system_actor
from soi.org import staffing
from soi.org.models import Membership, Organization, Person, Post
from soi.org.queries import holders
from soi.sample import days
from soi.sample.names import Namer

VIA = "sample"
LABEL = "Dữ liệu mẫu (giả định)"


@dataclass
class World:
    """Mọi thứ đã lập: bodies by "div981", posts by "div981.secretary", people by the post they began with."""

    today: dt.date
    rng: random.Random
    namer: Namer
    # Chances of what was added to the sample later: the older stories stay as they were.
    chance: random.Random
    bodies: dict[str, Organization] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    since: dict[str, dt.date] = field(default_factory=dict)
    # Rights and holders are worked out once; whoever changes posts, on the day itself, calls ``forget``.
    _actors: dict[int, Actor] = field(default_factory=dict, repr=False)
    _holding: dict[str, list[Person]] = field(default_factory=dict, repr=False)
    _changed_on: dt.date = dt.date.min

    @property
    def opening(self) -> dt.date:
        """The first day of the sample."""
        return days.opening(self.today)

    def system(self, now: dt.datetime) -> Actor:
        """Người nạp dữ liệu: allowed everywhere, and named in the history for what it is."""
        return system_actor(LABEL, today=now.date(), via=VIA)

    def actor(self, person: Person, now: dt.datetime) -> Actor:
        """Chính người đó: with the rights of the posts held on that day, account or not."""
        if person.pk not in self._actors:
            user = self.users.get(str(person.pk)) or User(username="khong-tai-khoan", person=person)
            self._actors[person.pk] = actor_of(user, today=now.date(), via=VIA)
        return replace(self._actors[person.pk], today=now.date())

    def forget(self, on: dt.date) -> None:
        """Quyền tính lại: posts or the tree have changed on that day."""
        self._changed_on = on
        self._actors.clear()
        self._holding.clear()

    def holder(self, post: str, on: dt.date) -> Person | None:
        """Ai giữ chức (the first where several do)."""
        return next(iter(self.holding(post, on)), None)

    def holding(self, post: str, on: dt.date) -> list[Person]:
        """Những người giữ chức, the longest in it first."""
        if post not in self.posts:
            return []
        if on < self._changed_on:
            return self._held(post, on)
        if post not in self._holding:
            self._holding[post] = self._held(post, on)
        return self._holding[post]

    def _held(self, post: str, on: dt.date) -> list[Person]:
        return [row.person for row in holders(self.posts[post], on=on).order_by("start", "pk")]

    def exists(self, body: str, on: dt.date) -> bool:
        """Whether that body of the blueprint stood on that day."""
        return body in self.bodies and self.bodies[body].exists_on(on)

    # --- people -------------------------------------------------------------------------------------------

    def appoint(self, who: str, post: str, start: dt.date, now: dt.datetime, basis: str = "") -> None:
        """Bổ nhiệm; whoever stands in the way of a single seat hands over."""
        staffing.appoint(
            actor=self.system(now),
            person=self.people[who],
            post=self.posts[post],
            start=start,
            now=now,
            replace=True,
            basis=basis,
        )

    def leave(self, who: str, post: str, on: dt.date, now: dt.datetime) -> None:
        """Thôi giữ chức, where it is still held."""
        for holding in self._holdings(who, post, on):
            staffing.end_membership(actor=self.system(now), membership=holding, on=on, now=now)

    def promote(self, who: str, rank: str, start: dt.date, now: dt.datetime) -> None:
        """Thăng cấp bậc; the body that speaks for it is the one the person began in."""
        staffing.set_rank(
            actor=self.system(now),
            person=self.people[who],
            rank=rank,
            start=start,
            organization=self.bodies[who.partition(".")[0]],
            now=now,
        )

    def _holdings(self, who: str, post: str, on: dt.date) -> list[Membership]:
        return list(
            holders(self.posts[post], on=on)
            .filter(person=self.people[who])
            .select_related("post__organization")
        )
