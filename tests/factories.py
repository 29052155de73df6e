"""Một tổ chức giả định nhỏ, built through the actions as an installation would. All names are invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone

from soi.access import actions as access
from soi.access.enums import Duty
from soi.access.models import User
from soi.access.queries import actor_of
from soi.base.actor import Actor, system_actor
from soi.org import actions as org
from soi.org import staffing
from soi.org.enums import Classification, PostRole
from soi.org.models import Organization, Person, Post

FOUNDED = dt.date(2015, 1, 1)
PASSWORD = "mot-mat-khau-dai-1945"


@dataclass
class Region:
    """Quân khu Thử Nghiệm and what stands below it; people by sign-in name."""

    now: dt.datetime
    bodies: dict[str, Organization] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    def actor(self, username: str, *, today: dt.date | None = None) -> Actor:
        """The actor that signs in under this name, with the rights of ``today``."""
        return actor_of(self.users[username], today=today or timezone.localdate(self.now))

    @property
    def system(self) -> Actor:
        return system_actor("Cài đặt", today=timezone.localdate(self.now))


# key, name, classification, parent
BODIES = [
    ("region", "Đảng ủy Quân khu Thử Nghiệm", Classification.PARTY_COMMITTEE, None),
    ("command", "Bộ Tư lệnh Quân khu Thử Nghiệm", Classification.COMMAND, "region"),
    ("division", "Đảng ủy Sư đoàn 901", Classification.PARTY_COMMITTEE, "region"),
    ("regiment", "Đảng ủy Trung đoàn 91", Classification.PARTY_COMMITTEE, "division"),
    ("battalion", "Đảng bộ Tiểu đoàn 1", Classification.UNIT, "regiment"),
    ("cell", "Chi bộ Đại đội 2", Classification.PARTY_CELL, "battalion"),
    ("brigade", "Đảng ủy Lữ đoàn 902", Classification.PARTY_COMMITTEE, "region"),
]

# sign-in name, full name, body, post, role, duty, whole part of the tree
PEOPLE = [
    ("secretary", "Lê Văn Thử", "region", "Bí thư Đảng ủy Quân khu", PostRole.HEAD, Duty.SECRETARY, True),
    ("clerk", "Đỗ Thị Mẫu", "region", "Trưởng ban Thư ký", PostRole.STAFF, Duty.CLERK, True),
    (
        "inspector",
        "Ngô Văn Kiểm",
        "region",
        "Chủ nhiệm Ủy ban Kiểm tra",
        PostRole.MEMBER,
        Duty.INSPECTOR,
        True,
    ),
    ("press", "Vũ Thị Báo", "region", "Trưởng phòng Tuyên huấn", PostRole.STAFF, Duty.PRESS, False),
    ("admin", "Trịnh Văn Máy", "region", "Quản trị mạng", PostRole.STAFF, Duty.ADMINISTRATOR, True),
    ("commander", "Bùi Văn Lệnh", "command", "Tư lệnh", PostRole.HEAD, Duty.MEMBER, False),
    ("division", "Phan Văn Sư", "division", "Bí thư Đảng ủy Sư đoàn", PostRole.HEAD, Duty.SECRETARY, True),
    ("divisionclerk", "Hồ Thị Văn", "division", "Trợ lý văn phòng Sư đoàn", PostRole.STAFF, Duty.CLERK, True),
    (
        "regiment",
        "Mai Văn Trung",
        "regiment",
        "Bí thư Đảng ủy Trung đoàn",
        PostRole.HEAD,
        Duty.SECRETARY,
        True,
    ),
    ("member", "Đinh Văn Viên", "cell", "Đảng viên Chi bộ Đại đội 2", PostRole.MEMBER, Duty.MEMBER, False),
    ("brigade", "Cao Văn Lữ", "brigade", "Bí thư Đảng ủy Lữ đoàn", PostRole.HEAD, Duty.SECRETARY, True),
    ("brigadeclerk", "Lý Thị Đoàn", "brigade", "Trợ lý văn phòng Lữ đoàn", PostRole.STAFF, Duty.CLERK, True),
]


def build_region(now: dt.datetime) -> Region:
    """Seven bodies in five levels, twelve people in their posts, each with an account."""
    region = Region(now)
    for key, name, classification, parent in BODIES:
        region.bodies[key] = org.found_organization(
            actor=region.system,
            name=name,
            classification=classification,
            parent=region.bodies[parent] if parent else None,
            on=FOUNDED,
            now=now,
        )
    for username, name, body, label, role, duty, whole_tree in PEOPLE:
        add_official(region, username, name, body, label, role=role, duty=duty, whole_tree=whole_tree)
    return region


def add_official(
    region: Region,
    username: str,
    name: str,
    body: str,
    label: str,
    *,
    role: PostRole = PostRole.MEMBER,
    duty: Duty = Duty.MEMBER,
    whole_tree: bool = False,
    start: dt.date = FOUNDED,
) -> Person:
    """A person in a new post with a duty and an account; kept under ``username`` everywhere."""
    organization, now = region.bodies[body], region.now
    post = staffing.add_post(
        actor=region.system, organization=organization, label=label, role=role, start=FOUNDED, now=now
    )
    access.give_duty(actor=region.system, post=post, duty=duty, whole_tree=whole_tree, now=now)
    person = staffing.add_person(actor=region.system, name=name, organization=organization, now=now)
    staffing.appoint(actor=region.system, person=person, post=post, start=start, now=now)
    region.posts[username], region.people[username] = post, person
    region.users[username] = access.open_account(
        actor=region.system, person=person, username=username, password=PASSWORD, now=now
    )
    return person
