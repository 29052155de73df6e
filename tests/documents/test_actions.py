"""Receiving texts: once a body, under the hash, by who may, and never changed afterwards."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from soi.base.errors import Invalid, NotAllowed, NotFound
from soi.documents import actions, queries
from soi.documents.enums import Origin
from soi.documents.models import Passage, Source
from soi.history.models import Event
from tests.factories import Region

TEXT = "Hội nghị giao ban quý I.\nPhân công nhiệm vụ chưa cụ thể.\n"


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def take(
    region: Region, username: str = "clerk", body: str = "region", data: bytes = b"", **kwargs: Any
) -> Source:
    return actions.receive(
        actor=region.actor(username),
        organization=region.bodies[body],
        data=data or TEXT.encode(),
        filename="../giao ban.txt",
        now=region.now,
        **kwargs,
    ).source


def test_a_text_is_kept_whole_under_its_hash(region: Region) -> None:
    source = take(region, origin_note="cổng thông tin", document_date=dt.date(2021, 4, 7))
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    assert (source.sha256, source.size, source.original_name) == (digest, len(TEXT.encode()), "giao ban.txt")
    assert source.text.startswith("Hội nghị giao ban quý I.\nPhân công")
    stored = Path(default_storage.path(source.file.name))
    assert stored.read_bytes() == TEXT.encode()
    assert stored.name == digest
    assert stored.stat().st_mode & 0o077 == 0
    assert [path.name for path in stored.parent.iterdir()] == [digest]
    event = Event.objects.get(action="documents.receive")
    assert (event.subject_id, event.actor_label) == (source.pk, "Đỗ Thị Mẫu")


def test_the_same_bytes_in_the_same_body_name_the_earlier_text(region: Region) -> None:
    first = take(region)
    with pytest.raises(actions.AlreadyReceived, match=r"01/12/2021.*giao ban\.txt") as refusal:
        take(region)
    assert refusal.value.source == first
    assert refusal.value.status == 409
    assert Source.objects.count() == 1


def test_two_at_the_same_moment_leave_one(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    first = take(region)
    monkeypatch.setattr(actions, "_check_new", lambda *_: None)  # the other had not finished yet
    with pytest.raises(actions.AlreadyReceived) as refusal:
        take(region)
    assert refusal.value.source == first


def test_another_body_may_receive_the_same_bytes_and_shares_the_file(region: Region) -> None:
    one, two = take(region), take(region, "divisionclerk", "division")
    assert one.pk != two.pk
    assert one.file.name == two.file.name


def test_a_half_written_file_is_written_anew(region: Region) -> None:
    path = Path(default_storage.path(f"sources/{(d := hashlib.sha256(TEXT.encode()).hexdigest())[:2]}/{d}"))
    path.parent.mkdir(parents=True)
    path.write_bytes(b"half")
    take(region)
    assert path.read_bytes() == TEXT.encode()


def test_who_may_not_record_is_told_so_and_who_does_not_see_is_told_nothing(region: Region) -> None:
    with pytest.raises(NotAllowed, match="không có quyền nhập văn bản của Chi bộ Đại đội 2"):
        take(region, "member", "cell")
    with pytest.raises(NotFound):
        take(region, "divisionclerk", "brigade")
    assert Source.objects.count() == 0


def test_a_file_that_cannot_be_read_leaves_nothing(region: Region) -> None:
    with pytest.raises(Invalid):
        take(region, data=b"\x89PNG\r\n\x1a\n" + b"0" * 100)
    assert Source.objects.count() == 0


def test_pasted_words_are_tidied_and_kept(region: Region) -> None:
    clerk = region.actor("clerk")
    source = actions.receive_text(
        actor=clerk, organization=region.bodies["region"], text=" Dòng một\r\nDòng hai ",
        title="Giao ban 4/2021", now=region.now,
    ).source  # fmt: skip
    assert (source.text, source.origin) == ("Dòng một\nDòng hai", Origin.PASTED)
    assert source.original_name == "Giao ban 4-2021.txt"
    with pytest.raises(actions.AlreadyReceived):
        actions.receive_text(
            actor=clerk, organization=region.bodies["region"], text="Dòng một\nDòng hai", title="Lần nữa",
            now=region.now,
        )  # fmt: skip
    with pytest.raises(Invalid, match="Chưa có chữ nào"):
        actions.receive_text(
            actor=clerk, organization=region.bodies["region"], text=" \n ", title="", now=region.now
        )


def test_evidence_is_kept_once_and_not_read(region: Region) -> None:
    def add(username: str, body: str) -> Source:
        return actions.receive_evidence(
            actor=region.actor(username), organization=region.bodies[body], data=b"So lieu", filename="a.txt",
            now=region.now,
        )  # fmt: skip

    first = add("member", "cell")
    assert (first.origin, first.text) == (Origin.EVIDENCE, "")
    assert add("member", "cell") == first
    with pytest.raises(NotFound):
        add("member", "brigade")
    with pytest.raises(NotAllowed):
        add("member", "region")


def test_a_passage_is_the_words_between_and_is_made_once(region: Region) -> None:
    source = take(region)
    start = source.text.index("Phân công")
    made = actions.passage(source=source, start=start, end=start + 9)
    assert made.text == "Phân công"
    assert actions.passage(source=source, start=start, end=start + 9) == made
    assert list(queries.passages_of(source)) == [made]
    for bad in [(-1, 3), (5, 5), (0, len(source.text) + 1)]:
        with pytest.raises(Invalid):
            actions.passage(source=source, start=bad[0], end=bad[1])


@pytest.mark.parametrize(
    "change",
    [
        {"text": "đã sửa"},
        {"sha256": "0" * 64},
        {"file": "sources/xx/khac"},
        {"size": 1},
    ],
)
def test_the_database_refuses_to_change_a_source(region: Region, change: dict[str, object]) -> None:
    source = take(region)
    with pytest.raises(DatabaseError, match="kept as received"), transaction.atomic():
        Source.objects.filter(pk=source.pk).update(**change)
    Source.objects.filter(pk=source.pk).update(origin_note="bổ sung nơi lấy")


def test_the_database_refuses_to_delete_a_source_or_touch_a_passage(region: Region) -> None:
    source = take(region)
    made = actions.passage(source=source, start=0, end=8)
    statements = [
        ("DELETE FROM documents_passage WHERE id = %s", made.pk),
        ("UPDATE documents_passage SET start = 1 WHERE id = %s", made.pk),
        ("DELETE FROM documents_source WHERE id = %s", source.pk),
    ]
    for statement, pk in statements:
        with (
            pytest.raises(DatabaseError, match="kept as received"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, [pk])
    assert Passage.objects.get() == made
