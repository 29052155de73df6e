"""Many findings at once, written straight into the tables: for counting and for measuring, not for the rules."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

from soi.base.quarters import quarter_of
from soi.findings.enums import BodyRole, FindingKind, FindingState, Outcome, RemedyState
from soi.findings.logic.keys import exact_words, plain_words
from soi.findings.models import Finding, FindingBody, Remedy, RemedyProgress, Verification
from soi.org.enums import WorkArea
from soi.org.models import Organization, Person, Post

MATTERS = [
    "Quản lý đất quốc phòng",
    "Chấp hành kỷ luật",
    "Sinh hoạt chi bộ",
    "Tuyên truyền",
    "Huấn luyện",
    "Giao nhiệm vụ",
]
LACKS = ["chưa nghiêm", "còn chậm", "chưa rõ người chịu trách nhiệm", "còn sơ hở", "chưa đạt 100% chỉ tiêu"]
FIRST_DAY = dt.date(2018, 2, 1)


def crowd(
    number: int,
    *,
    bodies: Sequence[Organization],
    posts: Sequence[Post],
    verifier: Person,
    seed: int,
    today: dt.date,
) -> list[Finding]:
    """``number`` findings over four years in every state, most of them with a remedy; the same for one seed."""
    dice = random.Random(seed)  # noqa: S311  (reproducible, not secret)
    days = (today - FIRST_DAY).days
    findings = [
        _finding(dice, bodies, FIRST_DAY + dt.timedelta(days=dice.randint(0, days))) for _ in range(number)
    ]
    wanted = [finding.state for finding in findings]
    for finding in findings:
        if finding.state == FindingState.MENDED:
            finding.state = FindingState.REPORTED
    Finding.objects.bulk_create(findings, batch_size=500)
    FindingBody.objects.bulk_create(
        [FindingBody(finding=f, organization=f.organization, role=BodyRole.OWNER) for f in findings]
        + [
            FindingBody(finding=f, organization=other, role=BodyRole.CONCERNED)
            for f in findings
            if (other := dice.choice(bodies)) != f.organization and dice.random() < 0.2
        ],
        batch_size=500,
    )
    remedies = [_remedy(dice, f, posts) for f in findings if f.state not in ("noted", "open")]
    Remedy.objects.bulk_create(remedies, batch_size=500)
    RemedyProgress.objects.bulk_create(
        [
            RemedyProgress(remedy=r, on=r.created_on, percent=30, note="Đang làm", reporter_label="x")
            for r in remedies
        ],
        batch_size=500,
    )
    _mend([f for f, state in zip(findings, wanted, strict=True) if state == FindingState.MENDED], verifier)
    return findings


def _finding(dice: random.Random, bodies: Sequence[Organization], day: dt.date) -> Finding:
    statement = f"{dice.choice(MATTERS)} ở một số đơn vị {dice.choice(LACKS)}"
    kind = dice.choice([FindingKind.LIMITATION, FindingKind.SHORTCOMING, FindingKind.STRENGTH])
    states = ["open", "in_remedy", "reported", "mended", "mended"]
    state = "noted" if kind == FindingKind.STRENGTH else dice.choice(states)
    return Finding(
        organization=dice.choice(bodies),
        kind=kind,
        statement=statement,
        area=dice.choice(WorkArea.values),
        found_on=day,
        quarter=quarter_of(day),
        state=state,
        due_on=day + dt.timedelta(days=60) if state in ("in_remedy", "reported") else None,
        recurrent=dice.random() < 0.1,
        exact_key=exact_words(statement),
        search_key=plain_words(statement),
    )


def _remedy(dice: random.Random, finding: Finding, posts: Sequence[Post]) -> Remedy:
    return Remedy(
        finding=finding,
        statement="Lập bảng phân công",
        accountable_post=dice.choice(posts),
        deliverable="Bảng phân công",
        created_on=finding.found_on,
        due_on=finding.found_on + dt.timedelta(days=60),
        state=RemedyState.ACTIVE if finding.state == FindingState.IN_REMEDY else RemedyState.REPORTED,
    )


def _mend(findings: list[Finding], verifier: Person) -> None:
    numbers = [finding.pk for finding in findings]
    Verification.objects.bulk_create(
        [
            Verification(
                finding=finding,
                outcome=Outcome.MENDED,
                on=finding.found_on,
                note="x",
                verifier=verifier,
                verifier_label="x",
            )
            for finding in findings
        ],
        batch_size=500,
    )
    for start in range(0, len(numbers), 500):
        some = numbers[start : start + 500]
        Remedy.objects.filter(finding__in=some).update(state=RemedyState.CONFIRMED)
        Finding.objects.filter(pk__in=some).update(state=FindingState.MENDED, mended_on=dt.date(2021, 12, 1))
