"""Bảng quyền (A1): every URL, every kind of actor, every method, against expectations written by hand.

The table below is written without looking at ``soi.web.access_table``; a new URL without a line here fails.
Objects belong to the regiment, inside the division. "Let in" means the view itself answered: a page, a form
with errors (422), a conflict (409) or a redirect other than to the sign-in page.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from soi.access.enums import Duty
from soi.org.enums import PostRole
from soi.org.staffing import end_membership
from soi.web.access_table import ACCESS
from tests.factories import Region, add_official, build_region
from tests.web.world import World, build_world

# Everybody who signs in, and who may read, record, verify or manage in the regiment.
ACTORS = [
    "member",  # đảng viên chi bộ trong trung đoàn
    "commander",  # thành viên của tổ chức khác
    "regiment",  # bí thư của chính tổ chức
    "division",  # bí thư cấp trên trực tiếp
    "brigade",  # bí thư nhánh khác
    "divisionclerk",  # văn phòng trong nhánh
    "brigadeclerk",  # văn phòng nhánh khác
    "clerk",  # văn phòng cấp trên
    "secretary",  # cấp trên
    "inspector",  # kiểm tra trong phạm vi
    "otherinspector",  # kiểm tra ngoài phạm vi
    "press",  # tuyên huấn
    "admin",  # quản trị hệ thống
    "former",  # người đã thôi giữ chức
]
SIGNED_IN = frozenset(ACTORS)
ANYONE = SIGNED_IN | {"anonymous"}
NOBODY: frozenset[str] = frozenset()
RECORDERS = frozenset({"regiment", "division", "divisionclerk", "clerk", "secretary"})
READERS = RECORDERS | {"inspector"}
# The regiment's secretary answers for the remedies and so never confirms them.
VERIFIERS = frozenset({"division", "secretary", "inspector"})
# Of work that the regiment gave: whoever leads, records or inspects there, and does not do it himself.
JUDGES = READERS - {"regiment"}
# Who records or reads somewhere, be it in another branch.
ALL_RECORDERS = RECORDERS | {"brigade", "brigadeclerk"}
CONTENT = SIGNED_IN - {"admin", "former"}
ADMINS = frozenset({"admin"})


@dataclass(frozen=True)
class Expect:
    """Một dòng: who is let in by GET and by POST; ``args`` makes the address, ``data`` is what POST sends."""

    get: frozenset[str] = NOBODY
    post: frozenset[str] = NOBODY
    args: Callable[[World], list[Any]] = field(default=lambda _world: [])
    data: dict[str, str] = field(default_factory=dict)


def table() -> dict[str, Expect]:
    """Kỳ vọng viết tay."""

    def regiment(world: World) -> list[Any]:
        return [world.body.pk]

    def finding(world: World) -> list[Any]:
        return [world.finding.pk]

    def directive(world: World) -> list[Any]:
        return [world.directive.pk]

    def task(world: World) -> list[Any]:
        return [world.work.task.pk]

    def draft(world: World) -> list[Any]:
        return [world.draft.pk]

    def conference(world: World) -> list[Any]:
        return [world.conference.pk]

    return {
        "account_login": Expect(ANYONE, ANYONE),
        "account_inactive": Expect(ANYONE),
        # Signing out leads to the sign-in page, which this test reads as "not let in".
        "account_logout": Expect(SIGNED_IN),
        # Without a half-finished sign-in it leads back: to the sign-in page, or to where one was.
        "mfa_authenticate": Expect(SIGNED_IN, SIGNED_IN),
        "account_reauthenticate": Expect(SIGNED_IN, SIGNED_IN),
        "mfa_reauthenticate": Expect(SIGNED_IN, SIGNED_IN),
        "account_change_password": Expect(SIGNED_IN, SIGNED_IN),
        "mfa_index": Expect(SIGNED_IN),
        "mfa_activate_totp": Expect(SIGNED_IN, SIGNED_IN),
        # Nobody here has a second factor to take off or codes to see.
        "mfa_deactivate_totp": Expect(),
        "mfa_view_recovery_codes": Expect(),
        "mfa_generate_recovery_codes": Expect(SIGNED_IN, SIGNED_IN),
        "usersessions_list": Expect(SIGNED_IN, SIGNED_IN),
        "set_language": Expect(post=ANYONE),
        "health": Expect(ANYONE),
        "account": Expect(SIGNED_IN),
        "delegation_list": Expect(SIGNED_IN),
        "delegation_new": Expect(SIGNED_IN, SIGNED_IN),
        "delegation_ending": Expect(post=frozenset({"regiment"}), args=lambda world: [world.delegation.pk]),
        # notices and calendars are one's own; whoever has a calendar's key needs nothing else
        "notice_list": Expect(SIGNED_IN),
        "notice_count": Expect(SIGNED_IN),
        "notices_reading": Expect(post=SIGNED_IN),
        "notice_open": Expect(frozenset({"regiment"}), args=lambda world: [world.notice.pk]),
        "notice_reading": Expect(post=frozenset({"regiment"}), args=lambda world: [world.notice.pk]),
        "notice_settings": Expect(SIGNED_IN, SIGNED_IN),
        "feed_new": Expect(post=SIGNED_IN),
        "feed_withdrawal": Expect(post=frozenset({"regiment"}), args=lambda world: [world.feed.pk]),
        "calendar_feed": Expect(ANYONE, args=lambda world: [world.calendar_key]),
        "my_work": Expect(SIGNED_IN),
        "my_record": Expect(SIGNED_IN),
        # boards: whoever reads somewhere has one; the regiment's is for its readers
        "board": Expect(CONTENT),
        "board_of": Expect(READERS, args=regiment),
        "board_waiting": Expect(READERS, args=regiment),
        # the register: readers of the regiment, and the one who answers for it
        "finding_list": Expect(CONTENT),
        "findings_docx": Expect(CONTENT),
        "findings_xlsx": Expect(CONTENT),
        "finding_new": Expect(ALL_RECORDERS, ALL_RECORDERS),
        "finding_detail": Expect(READERS, args=finding),
        "finding_history": Expect(READERS, args=finding),
        "finding_edit": Expect(RECORDERS, RECORDERS, finding),
        "finding_answer": Expect(frozenset({"regiment"}), frozenset({"regiment"}), finding),
        "finding_cause": Expect(RECORDERS, RECORDERS, finding),
        "finding_responsibility": Expect(RECORDERS, RECORDERS, finding),
        "finding_evidence": Expect(READERS, args=lambda world: [world.finding.pk, world.evidence.pk]),
        "finding_verification": Expect(VERIFIERS, VERIFIERS, lambda world: [world.reported.pk]),
        "finding_reopening": Expect(VERIFIERS, VERIFIERS, lambda world: [world.mended.pk]),
        "remedy_new": Expect(RECORDERS, RECORDERS, finding),
        "remedy_progress": Expect(RECORDERS, RECORDERS, lambda world: [world.remedy.pk]),
        "remedy_report_done": Expect(
            post=RECORDERS, args=lambda world: [world.remedy.pk], data={"note": "Đã ban hành lịch"}
        ),
        # Who answers for a remedy gives himself neither time nor a successor.
        "remedy_change": Expect(
            RECORDERS - {"regiment"}, RECORDERS - {"regiment"}, lambda world: [world.remedy.pk]
        ),
        "remedy_programme": Expect(RECORDERS, RECORDERS, lambda world: [world.remedy.pk]),
        # Not by the one who answers for the finding, no more than its verification.
        "recurrence_decision": Expect(
            post=VERIFIERS, args=lambda world: [world.link.pk], data={"decision": "confirm"}
        ),
        "minutes_docx": Expect(READERS, args=conference),
        # a paper of the regiment to its battalion: readers see it, recorders act for either
        "directive_list": Expect(SIGNED_IN),
        "directive_new": Expect(ALL_RECORDERS, ALL_RECORDERS),
        "directive_detail": Expect(READERS, args=directive),
        "acknowledgements_xlsx": Expect(READERS, args=directive),
        "directive_branch": Expect(
            READERS, args=lambda world: [world.directive.pk, world.region.bodies["battalion"].pk]
        ),
        "directive_history": Expect(READERS, args=directive),
        "directive_file": Expect(READERS, args=directive),
        "directive_edit": Expect(RECORDERS, RECORDERS, directive),
        "directive_points": Expect(RECORDERS, RECORDERS, directive),
        "directive_addressees": Expect(RECORDERS, RECORDERS, directive),
        "directive_ending": Expect(RECORDERS, RECORDERS, directive),
        "directive_reminder": Expect(post=RECORDERS, args=directive),
        "addressee_detail": Expect(READERS, args=lambda world: [world.addressee.pk]),
        "addressee_acknowledgement": Expect(post=RECORDERS, args=lambda world: [world.addressee.pk]),
        "addressee_dissemination": Expect(RECORDERS, RECORDERS, lambda world: [world.addressee.pk]),
        "addressee_elaboration": Expect(RECORDERS, RECORDERS, lambda world: [world.addressee.pk]),
        "addressee_evidence": Expect(READERS, args=lambda world: [world.addressee.pk, world.evidence.pk]),
        # the quarterly briefing of the regiment; only the level above returns its report and reminds
        "briefing_list": Expect(CONTENT),
        "briefing_round_new": Expect(
            RECORDERS, RECORDERS, lambda world: [world.body.pk, world.report.quarter]
        ),
        "briefing_composing": Expect(
            post=RECORDERS, args=lambda world: [world.body.pk, world.report.quarter]
        ),
        "briefing_reminder": Expect(post=RECORDERS - {"regiment"}, args=lambda world: [world.round.pk]),
        "briefing_detail": Expect(READERS, args=lambda world: [world.report.pk]),
        "briefing_docx": Expect(READERS, args=lambda world: [world.report.pk]),
        "briefing_recomposing": Expect(post=RECORDERS, args=lambda world: [world.report.pk]),
        "briefing_sending": Expect(post=RECORDERS, args=lambda world: [world.report.pk]),
        "briefing_return": Expect(
            RECORDERS - {"regiment"}, RECORDERS - {"regiment"}, lambda world: [world.sent_report.pk]
        ),
        "briefing_paper": Expect(RECORDERS, RECORDERS, lambda world: [world.sent_report.pk]),
        "briefing_line_new": Expect(RECORDERS, RECORDERS, lambda world: [world.report.pk]),
        "briefing_line": Expect(READERS, args=lambda world: [world.line.pk]),
        "briefing_line_edit": Expect(RECORDERS, RECORDERS, lambda world: [world.line.pk]),
        "briefing_line_deed": Expect(
            post=RECORDERS, args=lambda world: [world.line.pk], data={"deed": "drop"}
        ),
        # work of the regiment: given by it, so that its secretary changes it, but never judges his own
        "task_list": Expect(SIGNED_IN),
        "tasks_xlsx": Expect(SIGNED_IN),
        "task_new": Expect(ALL_RECORDERS, ALL_RECORDERS),
        "task_choices": Expect(ALL_RECORDERS, args=lambda _world: ["chuc-vu"]),
        # Without a task chosen it says so.
        "task_bulk": Expect(ALL_RECORDERS, ALL_RECORDERS),
        "bulk_undo": Expect(post=frozenset({"divisionclerk"}), args=lambda world: [world.work.bulk.pk]),
        "task_detail": Expect(READERS, args=task),
        "task_history": Expect(READERS, args=task),
        "task_evidence": Expect(READERS, args=lambda world: [world.work.task.pk, world.evidence.pk]),
        "task_edit": Expect(RECORDERS, RECORDERS, task),
        "task_progress": Expect(RECORDERS, RECORDERS, task),
        "task_done": Expect(RECORDERS, RECORDERS, task),
        "task_handing": Expect(RECORDERS, RECORDERS, task),
        "task_due": Expect(RECORDERS, RECORDERS, task),
        "task_cancel": Expect(RECORDERS, RECORDERS, task),
        "task_assessment": Expect(JUDGES, JUDGES, lambda world: [world.work.reported.pk]),
        "task_request_answer": Expect(JUDGES, JUDGES, lambda world: [world.work.request.pk]),
        "programme_list": Expect(SIGNED_IN),
        "programme_new": Expect(ALL_RECORDERS, ALL_RECORDERS),
        "programme_detail": Expect(READERS, args=lambda world: [world.work.programme.pk]),
        "programme_xlsx": Expect(READERS, args=lambda world: [world.work.programme.pk]),
        "handover_list": Expect(SIGNED_IN),
        "handover_new": Expect(
            post=RECORDERS, args=lambda world: [world.work.left_post.pk, world.work.left_by.pk]
        ),
        "handover_detail": Expect(READERS, args=lambda world: [world.work.handover.pk]),
        "handover_signing": Expect(post=RECORDERS, args=lambda world: [world.work.handover.pk]),
        # texts, drafts, conferences
        "draft_list": Expect(ALL_RECORDERS),
        "draft_new": Expect(ALL_RECORDERS, ALL_RECORDERS),
        "draft_choices": Expect(ALL_RECORDERS, args=lambda _world: ["to-chuc"]),
        "draft_detail": Expect(RECORDERS, args=draft),
        "proposal_edit": Expect(
            post=RECORDERS, args=lambda world: [world.draft.pk, world.proposal.pk], data={"decision": "drop"}
        ),
        "draft_accept_rest": Expect(post=RECORDERS, args=draft, data={"kind": "finding"}),
        "draft_confirmation": Expect(post=RECORDERS, args=draft),
        "draft_discarding": Expect(post=RECORDERS, args=draft, data={"reason": "nhầm"}),
        "draft_reading": Expect(post=RECORDERS, args=draft),
        # sheets of tasks, of the regiment
        "sheet_list": Expect(ALL_RECORDERS),
        "sheet_template": Expect(ALL_RECORDERS),
        "sheet_new": Expect(ALL_RECORDERS, ALL_RECORDERS),
        "sheet_detail": Expect(RECORDERS, args=lambda world: [world.sheet.pk]),
        "sheet_errors": Expect(RECORDERS, args=lambda world: [world.sheet.pk]),
        "sheet_confirmation": Expect(post=RECORDERS, args=lambda world: [world.sheet.pk]),
        "sheet_writing": Expect(post=RECORDERS, args=lambda world: [world.sheet.pk]),
        "sheet_discarding": Expect(post=RECORDERS, args=lambda world: [world.sheet.pk]),
        "source_text": Expect(READERS, args=lambda world: [world.source.pk]),
        "source_file": Expect(READERS, args=lambda world: [world.source.pk]),
        "conference_list": Expect(SIGNED_IN),
        "conference_new": Expect(ALL_RECORDERS, ALL_RECORDERS),
        "conference_detail": Expect(READERS, args=conference),
        "conference_edit": Expect(RECORDERS, RECORDERS, conference),
        "conference_attendance": Expect(RECORDERS, RECORDERS, conference),
        "conference_conclusion": Expect(RECORDERS, RECORDERS, conference),
        "conclusion_task": Expect(RECORDERS, RECORDERS, lambda world: [world.conclusion.pk]),
        "organization_home": Expect(SIGNED_IN),
        # The chain above one's own body is known to a member by name; its content is not.
        "organization_detail": Expect(READERS | {"member"}, args=regiment),
        "organization_branch": Expect(READERS | {"member"}, args=regiment),
        "organization_new": Expect(RECORDERS, RECORDERS, regiment),
        "organization_reorganize": Expect(RECORDERS, RECORDERS, lambda world: [world.body.pk, "doi-ten"]),
        "post_new": Expect(RECORDERS, RECORDERS, regiment),
        "appointment_new": Expect(RECORDERS, RECORDERS, lambda world: [world.post.pk]),
        "membership_end": Expect(RECORDERS, RECORDERS, lambda world: [world.holding.pk]),
        "person_list": Expect(SIGNED_IN - {"admin", "former"}),
        # Who leads the bodies above one's own is no secret.
        "person_detail": Expect(READERS | {"member"}, args=lambda world: [world.holding.person_id]),
        "rank_new": Expect(RECORDERS, RECORDERS, lambda world: [world.holding.person_id]),
        "account_list": Expect(ADMINS),
        "account_new": Expect(ADMINS, ADMINS),
        "account_lock": Expect(post=ADMINS, args=lambda world: [world.account.pk], data={"active": "0"}),
        "account_password": Expect(ADMINS, ADMINS, lambda world: [world.account.pk]),
        "account_second_factor": Expect(post=ADMINS, args=lambda world: [world.account.pk]),
        "duty_list": Expect(ADMINS),
        "duty_new": Expect(ADMINS, ADMINS),
        "duty_removal": Expect(post=ADMINS, args=lambda world: [world.duty.pk]),
    }


TABLE = table()


def all_names() -> set[str]:
    """Tên của mọi địa chỉ mà bộ định tuyến biết."""
    found: set[str] = set()

    def walk(patterns: list[URLPattern | URLResolver]) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns)
            else:
                found.add(pattern.name or repr(pattern))

    walk(get_resolver().url_patterns)
    return found


@pytest.fixture
def world(db: Any) -> World:
    """The region with today's rights, a former secretary, an inspector elsewhere, and records in the regiment.

    Building it costs as much as fifty requests, so each test walks all actors over one world.
    """
    region = build_region(timezone.now())
    _add_more_people(region)
    return build_world(region)


def _add_more_people(region: Region) -> None:
    now = region.now
    add_official(
        region, "otherinspector", "Tạ Văn Soát", "brigade", "Chủ nhiệm Kiểm tra Lữ đoàn",
        duty=Duty.INSPECTOR, whole_tree=True,
    )  # fmt: skip
    add_official(
        region, "former", "Âu Văn Cựu", "regiment", "Phó Bí thư Trung đoàn",
        role=PostRole.DEPUTY, duty=Duty.SECRETARY, whole_tree=True,
    )  # fmt: skip
    holding = region.posts["former"].memberships.get()
    yesterday = timezone.localdate(now) - dt.timedelta(days=1)
    end_membership(actor=region.system, membership=holding, on=yesterday, now=now)


def test_every_url_has_its_row_and_its_expectation() -> None:
    assert all_names() == set(ACCESS) == set(TABLE)


def test_every_url_lets_somebody_in() -> None:
    never = {name for name, row in TABLE.items() if not (row.get or row.post)}
    assert never == {"mfa_deactivate_totp", "mfa_view_recovery_codes"}


def test_who_is_let_in(world: World) -> None:
    assert [fault for username in ["anonymous", *ACTORS] for fault in _wrong_doors(world, username)] == []


def _wrong_doors(world: World, username: str) -> Iterator[str]:
    for name, row in TABLE.items():
        url = reverse(name, args=row.args(world))
        for method, allowed in (("GET", row.get), ("POST", row.post)):
            answer = _ask(world.region, username, method, url, row.data)
            if _is_let_in(answer) != (username in allowed):
                expected = "expected" if username in allowed else "not expected"
                yield f"{username}: {method} {name} {answer}, {expected}"


def test_methods_that_no_row_declares(world: World) -> None:
    wrong = []
    for name, row in TABLE.items():
        url = reverse(name, args=row.args(world))
        undeclared = {"PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}
        undeclared |= set() if row.post or name.startswith(("mfa_", "account_logout")) else {"POST"}
        undeclared |= set() if row.get or name.startswith("mfa_") else {"GET"}
        wrong += [
            f"{method} {name}"
            for method in sorted(undeclared)
            if _ask(world.region, "secretary", method, url, {})[0] != 405
        ]
    assert wrong == []


def test_out_of_scope_answers_like_missing(world: World) -> None:
    """Không để lộ: the page for another branch's record and for no record at all are the same bytes."""
    client = _client(world.region, "brigade")
    different = []
    for name, row in TABLE.items():
        args = row.args(world)
        if not args or not isinstance(args[0], int) or "brigade" in row.get or not row.get:
            continue
        there, missing = reverse(name, args=args), reverse(name, args=[987654321, *args[1:]])
        one, two = client.get(there), client.get(missing)
        if (one.status_code, _body(one)) != (two.status_code, _body(two)):
            different.append(name)
    assert different == []


SEARCHES = [
    "/chi-dao/", "/cong-viec/", "/cong-viec/chuong-trinh/", "/cong-viec/chon/chuc-vu/", "/cong-viec/chon/chuong-trinh/",
    "/so-theo-doi/", "/hoi-nghi/", "/nhap-van-ban/chon/to-chuc/", "/nhap-van-ban/chon/nguoi/",
]  # fmt: skip


def test_no_word_of_a_record_reaches_who_may_not_see_it(world: World) -> None:
    """Không lộ nội dung (A2): the regiment's records say CANARY; pages, files and searches of others never do."""
    urls = [reverse(name, args=row.args(world)) for name, row in TABLE.items() if row.get]
    urls += [f"{path}?q=canary" for path in SEARCHES]
    leaks = {
        (username, url)
        for username in ["anonymous", *ACTORS]
        for url in urls
        if _says_canary(world.region, username, url)
    }
    assert {leak for leak in leaks if leak[0] not in READERS} == set()
    # Positive control: there is something that could leak.
    shown = {reverse(name) for name in ("finding_list", "findings_docx", "findings_xlsx")}
    shown.add(reverse("conference_detail", args=[world.conference.pk]))
    shown |= {reverse(name, args=[world.directive.pk]) for name in ("directive_detail", "directive_file")}
    shown |= {reverse("task_list"), reverse("programme_list")}
    shown |= {reverse(name, args=[world.work.task.pk]) for name in ("task_detail", "task_history")}
    shown |= {reverse("programme_detail", args=[world.work.programme.pk])}
    shown |= {reverse("tasks_xlsx"), reverse("programme_xlsx", args=[world.work.programme.pk])}
    shown.add(reverse("acknowledgements_xlsx", args=[world.directive.pk]))
    shown |= {reverse("handover_detail", args=[world.work.handover.pk])}
    shown |= {reverse(name, args=[world.report.pk]) for name in ("briefing_detail", "briefing_docx")}
    assert {(username, url) for username in READERS for url in shown} <= leaks
    kept = {reverse(name, args=[world.sheet.pk]) for name in ("sheet_detail", "sheet_errors")}
    assert {(username, url) for username in RECORDERS for url in kept} <= leaks


def _says_canary(region: Region, username: str, url: str) -> bool:
    with transaction.atomic():
        response = _client(region, username).get(url)
        content, headers = _read(response), str(response.headers)
        transaction.set_rollback(True)
    # A search page may repeat what was typed, in lower case here.
    return "CANARY" in _words(content) + headers


def _read(response: Any) -> bytes:
    """The whole answer; reading a streamed file to its end also closes it."""
    return b"".join(response.streaming_content) if response.streaming else bytes(response.content)


def _words(content: bytes) -> str:
    """Text of a page or of every part of a Word or Excel file."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def _body(response: Any) -> bytes:
    text: bytes = response.content
    # The page shows its own address nowhere else than in the language form.
    return text.replace(response.request["PATH_INFO"].encode(), b"")


def _client(region: Region, username: str) -> Client:
    client = Client()
    if username != "anonymous":
        client.force_login(region.users[username])
    return client


def _ask(region: Region, username: str, method: str, url: str, data: dict[str, str]) -> tuple[int, str]:
    """One request; whatever it changes is rolled back."""
    cache.clear()
    with transaction.atomic():
        client = _client(region, username)
        send = getattr(client, method.lower())
        response = send(url, data) if method in {"GET", "POST"} else client.generic(method, url)
        _read(response)
        answer = response.status_code, response.headers.get("Location", "")
        transaction.set_rollback(True)
    return answer


def _is_let_in(answer: tuple[int, str]) -> bool:
    status, location = answer
    assert status < 500
    return status not in {401, 403, 404, 405} and not location.startswith(reverse("account_login"))
