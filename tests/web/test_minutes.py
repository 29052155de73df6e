"""Trang biên bản: from "compose" to "approved" by the pages alone; what changed is seen; who may not, is told why."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from soi.conferences import actions, archive, minutes, minuting
from soi.conferences.enums import AttendanceRole, ConferenceKind, MinutesState
from soi.conferences.models import Conference, Minutes
from tests.factories import Region, build_region


@pytest.fixture
def region(db: None) -> Region:
    return build_region(timezone.now())


@pytest.fixture
def conference(region: Region) -> Conference:
    clerk = region.actor("clerk")
    held = actions.record_conference(
        actor=clerk, organization=region.bodies["region"], kind=ConferenceKind.BRIEFING_QUARTER,
        title="Hội nghị giao ban quý III", date_start=timezone.localdate(region.now), now=region.now,
    )  # fmt: skip
    for key, role in (
        ("secretary", AttendanceRole.CHAIR), ("clerk", AttendanceRole.SECRETARY), ("division", AttendanceRole.ATTEND)
    ):  # fmt: skip
        minutes.record_attendance(
            actor=clerk, conference=held, person=region.people[key], roles=[role], now=region.now
        )
    return held


def sign_in(region: Region, username: str) -> Client:
    client = Client()
    client.force_login(region.users[username])
    return client


def url(name: str, conference: Conference) -> str:
    return reverse(name, args=[conference.pk])


def composed(region: Region, conference: Conference) -> Minutes:
    return minuting.compose_minutes(actor=region.actor("clerk"), conference=conference, now=region.now)


def test_the_whole_way_by_the_pages(region: Region, conference: Conference) -> None:
    clerk, chair, guest = (sign_in(region, key) for key in ("clerk", "secretary", "division"))
    assert "Soạn biên bản từ diễn biến" in clerk.get(url("minutes", conference)).content.decode()
    empty = guest.get(url("minutes", conference)).content.decode()
    assert "Biên bản chưa được gửi" in empty
    assert "Soạn biên bản từ diễn biến" not in empty
    assert clerk.post(url("minutes_composing", conference)).status_code == 302
    # Edit: the form holds the text, the page shows what changed.
    form = clerk.get(url("minutes_edit", conference)).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    data["muc_time"] = "Hội nghị khai mạc đúng giờ."
    assert clerk.post(url("minutes_edit", conference), data).status_code == 302
    compared = clerk.get(url("minutes", conference) + "?ban=2&so-voi=1").content.decode()
    assert "<ins>" in compared
    assert "<del>" in compared
    stale = clerk.post(url("minutes_edit", conference), {**data, "muc_time": "Bản của người khác."})
    assert stale.status_code == 409
    assert "Bản của người khác." in stale.content.decode()
    # Comments, from the guest to the answer.
    today = timezone.localdate()
    sent = clerk.post(url("minutes_circulation", conference), {"until": f"{today:%d/%m/%Y}"})
    assert sent.status_code == 302
    assert guest.post(url("minutes_comment", conference), {"text": "Ghi rõ thời hạn"}).status_code == 302
    refused = chair.post(url("minutes_signing", conference))
    assert refused.status_code == 409
    assert "Còn 1 góp ý chưa trả lời" in refused.content.decode()
    row = Minutes.objects.get().comments.get()
    answered = clerk.post(reverse("minutes_comment_answer", args=[row.pk]), {"taken": "1", "answer": ""})
    assert answered.status_code == 302
    assert chair.post(url("minutes_signing", conference)).status_code == 302
    assert clerk.post(url("minutes_signing", conference)).status_code == 302
    assert Minutes.objects.get().state == MinutesState.APPROVED
    shown = guest.get(url("minutes", conference)).content.decode()
    assert "văn bản còn nguyên" in shown
    assert "Tiếp thu" in shown
    assert "minutes_edit" not in shown
    assert clerk.get(url("minutes_edit", conference)).status_code == 200
    assert clerk.post(url("minutes_edit", conference), data).status_code == 409


def test_word_and_archive(region: Region, conference: Conference) -> None:
    composed(region, conference)
    clerk = sign_in(region, "clerk")
    word = clerk.get(url("minutes_word", conference))
    with zipfile.ZipFile(io.BytesIO(word.content)) as package:
        text = package.read("word/document.xml").decode()
    assert "Dự thảo biên bản, chưa được thông qua" in text
    whole = clerk.post(url("conference_archive", conference))
    assert archive.intact(whole.content) == []
    with zipfile.ZipFile(io.BytesIO(whole.content)) as package:
        assert {"bien-ban.docx", "ho-so.docx", "record.json", "manifest.json"} <= set(package.namelist())
    assert clerk.get(url("conference_archive", conference)).status_code == 405


def test_without_an_office_the_pdf_says_what_to_do(
    region: Region, conference: Conference, monkeypatch: pytest.MonkeyPatch
) -> None:
    composed(region, conference)
    monkeypatch.setattr("soi.forms.pdf.program", lambda: None)
    client = sign_in(region, "clerk")
    assert "Tải PDF" not in client.get(url("minutes", conference)).content.decode()
    answer = client.get(url("minutes_pdf", conference))
    assert answer.status_code == 422
    assert "Hãy tải tệp Word" in answer.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same(region: Region, conference: Conference, number: int) -> None:
    found = composed(region, conference)
    until = timezone.localdate() + dt.timedelta(days=9)
    minuting.circulate(actor=region.actor("clerk"), minutes=found, until=until, now=region.now)
    for at in range(number):
        minuting.comment(actor=region.actor("division"), minutes=found, text=f"Góp ý {at}", now=region.now)
        key = minuting.latest(found).sections[0]["key"]
        minuting.edit_minutes(
            actor=region.actor("clerk"), minutes=found, texts={key: f"Bản {at}."}, expected_version=at + 1,
            now=region.now,
        )  # fmt: skip
    client: Client = sign_in(region, "clerk")
    client.get(url("minutes", conference))
    with CaptureQueriesContext(connection) as asked:
        client.get(url("minutes", conference))
    assert len(asked) == 9
