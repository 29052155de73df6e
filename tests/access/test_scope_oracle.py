"""A4: random posts, duties, delegations and reorganisations; the SQL scope equals a slow model, each day."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from dataclasses import dataclass, replace

import pytest
from django.db import transaction

from soi.access import actions as access
from soi.access.enums import CAPABILITIES, Duty
from soi.access.models import Delegation, User
from soi.access.queries import actor_of
from soi.base.actor import Capability
from soi.base.errors import Refusal
from soi.org import staffing
from soi.org.enums import PostRole
from soi.org.models import Organization, Person, Post
from soi.org.queries import scope
from tests.org.oracle import DAYS, FIRST
from tests.org.story import NOW, SYSTEM, Story

SEED = 1930
STORIES = 8
NEVER = dt.date.max
REORGANISATIONS = ["found", "move", "merge one", "split", "abolish"]
STEPS = [*REORGANISATIONS, *["post"] * 2, *["appoint"] * 4, *["delegate"] * 3, "end post", "end lent"]


@dataclass(frozen=True)
class Held:
    """Somebody's post over days; for a delegation, ``lender`` is who lent it."""

    person: int
    post: int
    start: dt.date
    end: dt.date
    lender: int = 0

    def on(self, day: dt.date) -> bool:
        return self.start <= day < self.end


class RightsStory(Story):
    """People, posts, duties and delegations on top of the tree, kept in plain lists as well."""

    def __init__(self, dice: random.Random) -> None:
        super().__init__()
        self.dice = dice
        self.posts: list[Post] = []
        self.post_end: dict[int, dt.date] = {}
        self.duties: set[tuple[int, Duty, int, bool]] = set()
        self.held: list[Held] = []
        self.lent: list[Held] = []
        self.delegations: list[Delegation] = []
        self.users = [self._account(name) for name in ("một", "hai", "ba", "bốn", "năm")]

    def _account(self, name: str) -> User:
        person = Person.objects.create(name=f"Lê Văn {name}", sort_key="", search_key="")
        return User.objects.create(username=f"user{person.pk}", person=person, date_joined=NOW)

    def step(self) -> None:
        verb = self.dice.choice(STEPS)
        if verb in REORGANISATIONS:
            picks = [self.dice.randrange(30) for _ in range(3)]
            self.do((verb, picks[0], picks[1], picks[2], self.dice.choice([0, 1, 1, 2])))
            return
        if (verb == "delegate" and not self.held) or (verb == "end lent" and not self.delegations):
            return
        try:
            with transaction.atomic():
                getattr(self, f"do_{verb.replace(' ', '_')}")(self.dice.choice(DAYS))
        except Refusal:
            return
        self.accepted[verb] += 1

    def do_post(self, _: dt.date) -> None:
        body, part = self.dice.choice(self.bodies), self.dice.choice(self.bodies)
        duty, whole = self.dice.choice(list(Duty)), self.dice.random() < 0.6
        post = staffing.add_post(
            actor=SYSTEM,
            organization=body,
            label="Chức vụ",
            role=PostRole.MEMBER,
            start=FIRST,
            now=NOW,
            seats=2,
        )
        access.give_duty(actor=SYSTEM, post=post, duty=duty, organization=part, whole_tree=whole, now=NOW)
        self.posts.append(post)
        self.post_end[post.pk] = post.end or NEVER
        self.duties.add((post.pk, duty, part.pk, whole))

    def do_appoint(self, on: dt.date) -> None:
        user, post = self.dice.choice(self.users), self.dice.choice(self.posts)
        end = self.dice.choice([None, None, on + dt.timedelta(days=self.dice.randint(1, 5))])
        staffing.appoint(actor=SYSTEM, person=user.person, post=post, start=on, end=end, now=NOW)
        self.held.append(Held(user.person_id, post.pk, on, end or NEVER))

    def do_end_post(self, on: dt.date) -> None:
        post = self.dice.choice(self.posts)
        staffing.end_post(actor=SYSTEM, post=post, on=on, now=NOW)
        self.post_end[post.pk] = on

    def do_delegate(self, on: dt.date) -> None:
        held = self.dice.choice([held for held in self.held if held.on(on)] or self.held)
        lender = self.user_of(held.person)
        delegate = self.dice.choice([user for user in self.users if user != lender])
        post = next(post for post in self.posts if post.pk == held.post)
        end = on + dt.timedelta(days=self.dice.randint(1, 6))
        row = access.delegate(
            actor=actor_of(lender, today=on),
            post=post,
            delegate=delegate.person,
            start=on,
            end=end,
            reason="đi công tác",
            now=NOW,
        )
        self.delegations.append(row)
        self.lent.append(Held(delegate.person_id, post.pk, on, end, lender=lender.person_id))

    def do_end_lent(self, on: dt.date) -> None:
        place = self.dice.randrange(len(self.delegations))
        row = self.delegations[place]
        access.end_delegation(
            actor=actor_of(self.user_of(row.delegator_id), today=on), delegation=row, now=NOW
        )
        self.lent[place] = replace(self.lent[place], end=self.lent[place].start)

    def user_of(self, person: int) -> User:
        return next(user for user in self.users if user.person_id == person)

    # --- the slow answer ------------------------------------------------------------------------------

    def reach(self, user: User, capability: Capability, day: dt.date) -> set[int]:
        own = {held.post for held in self.held if held.person == user.person_id and self.holds(held, day)}
        lent = {
            loan.post
            for loan in self.lent
            if loan.person == user.person_id
            and self.holds(loan, day)
            and any(h.person == loan.lender and h.post == loan.post and self.holds(h, day) for h in self.held)
        }
        reached: set[int] = set()
        for post, duty, part, whole in self.duties:
            given = capability in CAPABILITIES[duty]
            if given and (post in own or (post in lent and capability != Capability.DIRECT)):
                reached |= self.oracle.below(part, day) if whole else {part}
        return reached

    def holds(self, held: Held, day: dt.date) -> bool:
        return held.on(day) and day < min(self.post_end[held.post], self.body_end(held.post, day))

    def body_end(self, post: int, day: dt.date) -> dt.date:
        body = next(one.organization_id for one in self.posts if one.pk == post)
        gone = [other for other in DAYS if self.oracle.heirs[other][body]]
        return min(gone, default=NEVER)


@pytest.mark.django_db
def test_the_scope_equals_a_slow_model() -> None:
    dice, seen = random.Random(SEED), Counter[str]()  # noqa: S311 (no secret)
    for _ in range(STORIES):
        story = RightsStory(dice)
        for _ in range(6):
            story.do_post(FIRST)
        for _ in range(50):
            story.step()
        for day in dice.sample(DAYS, 8):
            for user in story.users:
                actor = actor_of(user, today=day)
                for capability in Capability:
                    expected = story.reach(user, capability, day)
                    reach = scope(actor, capability, path="pk")
                    found = set(Organization.objects.filter(reach).values_list("pk", flat=True))
                    assert found == expected, (SEED, story.accepted, user.person, capability, day)
                    assert actor.may(capability) is bool(expected)
                    seen["compared"] += 1
                    seen["reaching"] += bool(expected)
                    seen["lent"] += bool(actor.on_behalf_of(capability))
        seen.update(story.accepted)
    assert seen["compared"] > 2000
    assert min(seen["reaching"], seen["lent"], *(seen[verb] for verb in STEPS)) >= 5, seen
