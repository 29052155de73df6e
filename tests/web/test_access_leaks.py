"""Không lộ (A2): what is out of sight answers like what is missing, and no word of it reaches anybody."""

import io
import zipfile

from django.db import transaction
from django.urls import reverse

from tests.factories import Region
from tests.web.doors import TABLE, body_of, client_of, read
from tests.web.kinds_of_actor import ACTORS, READERS, RECORDERS
from tests.web.world import World


def test_out_of_scope_answers_like_missing(world: World) -> None:
    """Không để lộ: the page for another branch's record and for no record at all are the same bytes."""
    client = client_of(world.region, "brigade")
    different = []
    for name, row in TABLE.items():
        args = row.args(world)
        if not args or not isinstance(args[0], int) or "brigade" in row.get or not row.get:
            continue
        there, missing = reverse(name, args=args), reverse(name, args=[987654321, *args[1:]])
        one, two = client.get(there), client.get(missing)
        if (one.status_code, body_of(one)) != (two.status_code, body_of(two)):
            different.append(name)
    assert different == []


SEARCHES = [
    "/chi-dao/", "/cong-viec/", "/cong-viec/chuong-trinh/", "/cong-viec/chon/chuc-vu/", "/cong-viec/chon/chuong-trinh/",
    "/so-theo-doi/", "/hoi-nghi/", "/nhap-van-ban/chon/to-chuc/", "/nhap-van-ban/chon/nguoi/", "/cong-viec/chon/nguoi/",
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
    # Who is asked for comments reads the draft, there and nowhere else.
    asked = ("member", reverse("comment_asked", args=TABLE["comment_asked"].args(world)))
    assert sorted(leak for leak in leaks if leak[0] not in READERS) == [asked]
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
        response = client_of(region, username).get(url)
        content, headers = read(response), str(response.headers)
        transaction.set_rollback(True)
    # A search page may repeat what was typed, in lower case here.
    return "CANARY" in _words(content) + headers


def _words(content: bytes) -> str:
    """Text of a page or of every part of a Word or Excel file."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
