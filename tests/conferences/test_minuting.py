"""Biên bản: composed, edited with its versions, commented, signed by two, frozen; each rule refused by its sentence."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.conferences import actions, archive, floor, minutes, minuting
from soi.conferences.enums import AttendanceRole, ConferenceKind, MinutesState
from soi.conferences.minutes_table import TABLE, MinutesVerb, next_state
from soi.conferences.models import AgendaItem, Conference, Minutes, MinutesVersion
from soi.history.models import Event
from tests.factories import Region

TODAY = dt.date(2021, 11, 22)


@pytest.fixture
def conference(region: Region) -> Conference:
    """Held by the region: its secretary in the chair, its clerk writes, the division's secretary attends."""
    clerk = region.actor("clerk")
    held = actions.record_conference(
        actor=clerk, organization=region.bodies["region"], kind=ConferenceKind.BRIEFING_QUARTER,
        title="Hội nghị giao ban quý III", date_start=TODAY, now=region.now,
    )  # fmt: skip
    for key, role in (
        ("secretary", AttendanceRole.CHAIR), ("clerk", AttendanceRole.SECRETARY), ("division", AttendanceRole.ATTEND)
    ):  # fmt: skip
        minutes.record_attendance(
            actor=clerk, conference=held, person=region.people[key], roles=[role], now=region.now
        )
    minutes.add_conclusions(
        actor=clerk, conference=held, conclusions=[minutes.NewConclusion("Kiểm tra sổ trực")], now=region.now
    )
    return held


@pytest.fixture
def written(region: Region, conference: Conference) -> Minutes:
    return minuting.compose_minutes(actor=region.actor("clerk"), conference=conference, now=region.now)


def text_of(found: Minutes) -> str:
    sections = minuting.latest(found).sections
    return "\n".join(one["text"] for section in sections for one in section["paragraphs"])


def out(region: Region, found: Minutes, until: dt.date) -> Minutes:
    return minuting.circulate(actor=region.actor("clerk"), minutes=found, until=until, now=region.now)


def test_every_state_answers_every_verb() -> None:
    assert set(TABLE) == {(state, verb) for state in MinutesState for verb in MinutesVerb}
    for verb in MinutesVerb:
        with pytest.raises(Conflict, match="không thay đổi được nữa"):
            next_state(MinutesState.APPROVED, verb)


def test_it_is_composed_from_what_happened(region: Region, conference: Conference) -> None:
    clerk = region.actor("clerk")
    item = AgendaItem.objects.create(conference=conference, order=1, title="Báo cáo quý III")
    floor.open_session(actor=clerk, conference=conference, now=region.now)
    floor.start_item(actor=clerk, conference=conference, item=item.pk, now=region.now)
    floor.close_session(actor=clerk, conference=conference, now=region.now + dt.timedelta(hours=1))
    found = minuting.compose_minutes(actor=clerk, conference=conference, now=region.now)
    text, sections = text_of(found), minuting.latest(found).sections
    local = timezone.localtime(region.now)
    assert f"{local.hour} giờ {local.minute:02d} ngày {local:%d/%m/%Y}" in text
    for words in (
        "Chủ trì: ", region.people["secretary"].name, "1. Báo cáo quý III.", "1. Kiểm tra sổ trực.",
        "Hội nghị kết thúc lúc",
    ):  # fmt: skip
        assert words in text
    assert [one["events"] for one in sections[0]["paragraphs"]] == [[1]]


def test_each_saving_is_a_version_and_nothing_is_lost(region: Region, written: Minutes) -> None:
    clerk, before = region.actor("clerk"), minuting.latest(written)
    key = before.sections[0]["key"]
    after = minuting.edit_minutes(
        actor=clerk, minutes=written, texts={key: "Hội nghị khai mạc đúng giờ."}, expected_version=1,
        note="Nói gọn", now=region.now,
    )  # fmt: skip
    assert [one.number for one in after.versions.all()] == [1, 2]
    assert MinutesVersion.objects.get(number=1).sections == before.sections
    assert text_of(after).startswith("Hội nghị khai mạc đúng giờ.")
    with pytest.raises(Conflict, match="Có người vừa sửa biên bản"):
        minuting.edit_minutes(
            actor=clerk, minutes=written, texts={key: "Bản cũ."}, expected_version=1, now=region.now
        )
    with pytest.raises(Invalid, match="Chưa có gì thay đổi"):
        minuting.edit_minutes(
            actor=clerk, minutes=written, texts={key: "Hội nghị khai mạc đúng giờ."}, expected_version=2,
            now=region.now,
        )  # fmt: skip
    keys = [section["key"] for section in minuting.latest(after).sections]
    with pytest.raises(Invalid, match="không thể để trống"):
        minuting.edit_minutes(
            actor=clerk, minutes=written, texts=dict.fromkeys(keys, " "), expected_version=2, now=region.now
        )


def test_who_reads_and_who_writes(region: Region, conference: Conference, written: Minutes) -> None:
    chair, guest = region.actor("secretary"), region.actor("division")
    assert minuting.get(chair, conference) == written
    # A draft is not there for those who only attended, and nobody but its writers changes it.
    with pytest.raises(NotFound, match="chưa có biên bản để đọc"):
        minuting.get(guest, conference)
    out(region, written, TODAY + dt.timedelta(days=30))
    assert minuting.get(guest, conference) == written
    with pytest.raises(NotAllowed, match="thư ký hội nghị hoặc văn thư"):
        minuting.compose_minutes(actor=guest, conference=conference, now=region.now)
    with pytest.raises(NotFound, match="Không tìm thấy hội nghị"):
        minuting.get(region.actor("brigade"), conference)


def test_comments_until_the_day_and_each_is_answered(region: Region, written: Minutes) -> None:
    guest, clerk = region.actor("division", today=TODAY), region.actor("clerk", today=TODAY)
    with pytest.raises(Invalid, match="từ hôm nay trở đi"):
        minuting.circulate(actor=clerk, minutes=written, until=TODAY - dt.timedelta(days=1), now=region.now)
    minuting.circulate(actor=clerk, minutes=written, until=TODAY, now=region.now)
    row = minuting.comment(actor=guest, minutes=written, text="Ghi rõ thời hạn", now=region.now)
    late = region.actor("division", today=TODAY + dt.timedelta(days=1))
    with pytest.raises(Conflict, match="Đã hết hạn góp ý ngày 22/11/2021"):
        minuting.comment(actor=late, minutes=written, text="Muộn", now=region.now)
    with pytest.raises(Invalid, match="Hãy ghi nội dung góp ý"):
        minuting.comment(actor=guest, minutes=written, text="  ", now=region.now)
    with pytest.raises(NotAllowed, match="Chỉ người dự hội nghị"):
        minuting.comment(
            actor=region.actor("inspector", today=TODAY), minutes=written, text="a", now=region.now
        )
    with pytest.raises(Invalid, match="phải ghi rõ lý do"):
        minuting.answer_comment(actor=clerk, comment=row, taken=False, answer="", now=region.now)
    with pytest.raises(Conflict, match="Còn 1 góp ý chưa trả lời"):
        minuting.sign(actor=region.actor("secretary", today=TODAY), minutes=written, now=region.now)
    done = minuting.answer_comment(
        actor=clerk, comment=row, taken=False, answer="Đã ghi ở mục V", now=region.now
    )
    assert (done.taken, done.answer) == (False, "Đã ghi ở mục V")


def test_two_people_sign_and_then_nothing_moves(
    region: Region, conference: Conference, written: Minutes
) -> None:
    clerk, chair = region.actor("clerk"), region.actor("secretary")
    with pytest.raises(NotAllowed, match="do chủ trì và thư ký"):
        minuting.sign(actor=region.actor("deputy") if "deputy" in region.people else region.system,
                      minutes=written, now=region.now)  # fmt: skip
    half = minuting.sign(actor=chair, minutes=written, now=region.now)
    assert (half.state, half.frozen_hash) == (MinutesState.DRAFT, "")
    with pytest.raises(Conflict, match="Còn chờ người kia"):
        minuting.sign(actor=chair, minutes=written, now=region.now)
    # Other words: the signature falls.
    key = minuting.latest(written).sections[0]["key"]
    reworded = minuting.edit_minutes(
        actor=clerk, minutes=written, texts={key: "Sửa lại."}, expected_version=1, now=region.now
    )
    assert reworded.chair_at is None
    minuting.sign(actor=clerk, minutes=written, now=region.now)
    done = minuting.sign(actor=chair, minutes=written, now=region.now)
    assert done.state == MinutesState.APPROVED
    assert done.frozen_hash == minuting.mark_of(done, minuting.latest(done))
    signed = Event.objects.filter(action="conferences.sign_minutes").latest("pk")
    assert signed.payload.facts["sha256"] == done.frozen_hash
    with pytest.raises(Conflict, match="không thay đổi được nữa"):
        minuting.edit_minutes(actor=clerk, minutes=done, texts={key: "x"}, expected_version=2, now=region.now)


def test_the_database_refuses_too(region: Region, written: Minutes) -> None:
    version = minuting.latest(written)
    for change in (
        lambda: MinutesVersion.objects.filter(pk=version.pk).update(sections=[]),
        lambda: MinutesVersion.objects.filter(pk=version.pk).delete(),
        lambda: Minutes.objects.filter(pk=written.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    for person in ("clerk", "secretary"):
        minuting.sign(actor=region.actor(person), minutes=written, now=region.now)
    with pytest.raises(DatabaseError), transaction.atomic():
        Minutes.objects.filter(pk=written.pk).update(frozen_hash="0" * 64)


def test_the_archive_proves_itself(region: Region, conference: Conference, written: Minutes) -> None:
    clerk = region.actor("clerk")
    data = archive.archive(actor=clerk, conference=conference, files={"bien-ban.docx": b"PK"}, now=region.now)
    assert archive.intact(data) == []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        told = json.loads(package.read("record.json"))
        assert set(package.namelist()) == {"manifest.json", "record.json", "bien-ban.docx"}
    assert told["conference"]["title"] == "Hội nghị giao ban quý III"
    assert {row["person"] for row in told["attendances"]} == {
        region.people[key].name for key in ("secretary", "clerk", "division")
    }
    assert len(told["minutes"]) == 1
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"sua" if name == "bien-ban.docx" else old.read(name))
        new.writestr("la.txt", b"la")
    assert archive.intact(changed.getvalue()) == ["bien-ban.docx", "la.txt"]
    with pytest.raises(NotAllowed, match="Chỉ văn thư"):
        archive.archive(actor=region.actor("inspector"), conference=conference, files={}, now=region.now)


@pytest.mark.django_db(transaction=True)
def test_the_archive_is_made_without_a_transaction_around_it(conference: Conference, region: Region) -> None:
    """As a request comes: nothing else has begun a transaction."""
    data = archive.archive(actor=region.actor("clerk"), conference=conference, files={}, now=region.now)
    assert archive.intact(data) == []
    assert Event.objects.filter(action="conferences.archive").count() == 1
