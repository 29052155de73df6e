"""Dữ liệu để đo: bodies, people and findings in bulk, straight into a throw-away database.

Only benchmarks write rows past the actions: what is measured is reading.
"""

from __future__ import annotations

import datetime as dt
import random

from django.utils import timezone

from soi.access import actions as access
from soi.access.enums import Duty
from soi.access.models import User
from soi.base.actor import Actor, system_actor
from soi.base.text import fold
from soi.conferences.enums import ConferenceKind, Form
from soi.conferences.models import Conference, ConferenceFinding
from soi.findings.enums import BodyRole, FindingKind, FindingState, RemedyState
from soi.findings.logic.keys import exact_words, plain_words
from soi.findings.models import Finding, FindingBody, Remedy, RemedyProgress
from soi.org import actions as org
from soi.org import staffing
from soi.org.enums import Classification, PostRole, WorkArea
from soi.org.models import Organization, Post

SEED = 20261122
BODIES_BELOW = 40
FOUNDED = dt.date(2015, 1, 1)
PASSWORD = "do-toc-do-mot-lan-2026"  # noqa: S105 (a database that is thrown away)
_SUBJECTS = [
    "Công tác quản lý vật tư",
    "Việc kiểm tra, giám sát",
    "Nền nếp sinh hoạt chi bộ",
    "Công tác giáo dục chính trị",
    "Việc chấp hành kỷ luật",
    "Công tác báo cáo",
]
_FAULTS = ["chưa chặt chẽ", "chưa thường xuyên", "còn chậm", "chất lượng thấp", "chưa gắn trách nhiệm"]


def build_bodies() -> tuple[User, list[Organization], list[Post]]:
    """A top body, forty below it on two levels, one head each, and a secretary who signs in."""
    today, now = timezone.localdate(), timezone.now()
    actor = system_actor("Đo tốc độ", today=today)
    top = _body(actor, "Đảng ủy Quân khu Đo", None, now)
    bodies, posts = [top], []
    for number in range(BODIES_BELOW):
        parent = top if number < 8 else bodies[1 + number % 8]
        bodies.append(_body(actor, f"Đảng ủy Đơn vị {number + 1}", parent, now))
    for number, body in enumerate(bodies):
        posts.append(_head(actor, body, f"Nguyễn Văn {chr(65 + number % 26)}{number}", now))
    user = User.objects.get(username="do1")
    return user, bodies, posts


def _body(actor: Actor, name: str, parent: Organization | None, now: dt.datetime) -> Organization:
    return org.found_organization(
        actor=actor,
        name=name,
        classification=Classification.PARTY_COMMITTEE,
        parent=parent,
        on=FOUNDED,
        now=now,
    )


def _head(actor: Actor, body: Organization, name: str, now: dt.datetime) -> Post:
    post = staffing.add_post(
        actor=actor, organization=body, label=f"Bí thư {body}", role=PostRole.HEAD, start=FOUNDED, now=now
    )
    access.give_duty(actor=actor, post=post, duty=Duty.SECRETARY, now=now)
    person = staffing.add_person(actor=actor, name=name, organization=body, now=now)
    staffing.appoint(actor=actor, person=person, post=post, start=FOUNDED, now=now)
    if not User.objects.exists():
        access.open_account(actor=actor, person=person, username="do1", password=PASSWORD, now=now)
    return post


def add_findings(count: int, bodies: list[Organization], posts: list[Post]) -> None:
    """``count`` findings over five years, two thirds with a remedy, forty to a conference."""
    draw = random.Random(SEED + count)  # noqa: S311 (repeatable figures, not secrets)
    today = timezone.localdate()
    findings = [_finding(draw, bodies, today) for _ in range(count)]
    Finding.objects.bulk_create(findings, batch_size=500)
    FindingBody.objects.bulk_create(
        [FindingBody(finding=row, organization=row.organization, role=BodyRole.OWNER) for row in findings],
        batch_size=500,
    )
    head_of = {post.organization_id: post for post in posts}
    remedies = [_remedy(row, head_of[row.organization_id]) for row in findings if row.due_on]
    Remedy.objects.bulk_create(remedies, batch_size=500)
    RemedyProgress.objects.bulk_create(
        [
            RemedyProgress(
                remedy=row, on=row.created_on, percent=40, note="Đang làm", reporter_label="Đo tốc độ"
            )
            for row in remedies[::3]
        ],
        batch_size=500,
    )
    _conferences(findings, bodies)


def _finding(draw: random.Random, bodies: list[Organization], today: dt.date) -> Finding:
    kind = draw.choice([FindingKind.STRENGTH, FindingKind.LIMITATION, FindingKind.SHORTCOMING])
    statement = (
        f"{draw.choice(_SUBJECTS)} ở một số đơn vị {draw.choice(_FAULTS)}, đợt {draw.randrange(10_000)}"
    )
    found_on = today - dt.timedelta(days=draw.randrange(30, 5 * 365))
    state = FindingState.NOTED if kind == FindingKind.STRENGTH else draw.choice(
        [FindingState.OPEN, FindingState.IN_REMEDY, FindingState.IN_REMEDY, FindingState.REPORTED]
    )  # fmt: skip
    has_remedy = state in {FindingState.IN_REMEDY, FindingState.REPORTED}
    return Finding(
        organization=draw.choice(bodies),
        kind=kind,
        statement=statement,
        area=draw.choice(WorkArea.values),
        found_on=found_on,
        quarter=f"{found_on.year}-Q{(found_on.month + 2) // 3}",
        state=state,
        due_on=found_on + dt.timedelta(days=draw.randrange(60, 900)) if has_remedy else None,
        recurrent=draw.random() < 0.1,
        exact_key=exact_words(statement),
        search_key=plain_words(statement),
    )


def _remedy(finding: Finding, post: Post) -> Remedy:
    assert finding.due_on is not None  # noqa: S101 (tells the type checker)
    return Remedy(
        finding=finding,
        statement="Rà soát, bổ sung quy chế và kiểm tra hằng tháng",
        accountable_post=post,
        deliverable="Quy chế sửa đổi",
        due_on=finding.due_on,
        created_on=finding.found_on,
        state=RemedyState.REPORTED if finding.state == FindingState.REPORTED else RemedyState.ACTIVE,
    )


def _conferences(findings: list[Finding], bodies: list[Organization]) -> None:
    groups = [findings[at : at + 40] for at in range(0, len(findings), 40)]
    conferences = [
        Conference(
            organization=bodies[number % len(bodies)],
            kind=ConferenceKind.BRIEFING_QUARTER,
            form=Form.ONLINE,
            title=f"Hội nghị giao ban lần {number + 1}",
            date_start=group[0].found_on,
            date_end=group[0].found_on,
            period=group[0].quarter,
            search_key=fold(f"Hội nghị giao ban lần {number + 1}"),
        )
        for number, group in enumerate(groups)
    ]
    Conference.objects.bulk_create(conferences, batch_size=500)
    ConferenceFinding.objects.bulk_create(
        [
            ConferenceFinding(conference=conference, finding=finding)
            for conference, group in zip(conferences, groups, strict=True)
            for finding in group
        ],
        batch_size=500,
    )
