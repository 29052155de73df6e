"""Nhận văn bản: take a file or pasted words in, keep it under its hash, read it.

The only code that writes sources and passages. Reading a file takes up to ten seconds: what reads here
is never called inside a transaction.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid
from soi.base.text import fold
from soi.documents import permissions, storage
from soi.documents.enums import Origin
from soi.documents.logic.evidence import evidence_type
from soi.documents.logic.filenames import clean_name
from soi.documents.models import Passage, Source
from soi.documents.queries import TEXTS
from soi.documents.reading import DEFAULT, ReadText, read_file
from soi.documents.reading.tidy import font_warnings, tidy
from soi.history.actions import record
from soi.org.models import Organization

_UNREAD = "application/octet-stream"

_RIGHT = Capability.RECORD


class AlreadyReceived(Conflict):
    """Đã nhận trước đó: ``source`` is the earlier one, which the actor may see."""

    def __init__(self, source: Source) -> None:
        day = timezone.localdate(source.received_at)
        super().__init__(
            f"Văn bản này đã được nhập ngày {day:%d/%m/%Y} với tên «{source.original_name}», "
            "không cần nhập lại."
        )
        self.source = source


@dataclass(frozen=True, slots=True)
class Received:
    """Kết quả nhận: the source, and sentences about what the reader found doubtful."""

    source: Source
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Parcel:
    """What is about to be stored."""

    data: bytes
    sha256: str
    name: str
    origin: Origin
    note: str = ""
    date: dt.date | None = None


def receive(
    *,
    actor: Actor,
    organization: Organization,
    data: bytes,
    filename: str,
    now: dt.datetime,
    origin: Origin = Origin.UPLOAD,
    origin_note: str = "",
    document_date: dt.date | None = None,
    read: bool = True,
) -> Received:
    """Nhận một tệp: needs the right to record for the body. ``read=False`` keeps it without its words.

    Raises ``AlreadyReceived`` for bytes that the body already has, ``Invalid`` for files that cannot be read.
    """
    permissions.check_can_receive(actor, organization)
    parcel = _Parcel(data, storage.digest(data), clean_name(filename), origin, origin_note, document_date)
    _check_new(organization, parcel.sha256)
    result = read_file(data, parcel.name) if read else ReadText("", _UNREAD)
    return Received(_store(actor, organization, parcel, result, now), result.warnings)


def receive_text(
    *,
    actor: Actor,
    organization: Organization,
    text: str,
    title: str,
    now: dt.datetime,
    origin_note: str = "",
    document_date: dt.date | None = None,
) -> Received:
    """Nhận chữ dán vào: kept as a text file named after ``title``."""
    permissions.check_can_receive(actor, organization)
    warnings = font_warnings(text)
    text = tidy(text, DEFAULT)
    if not text:
        raise Invalid("Chưa có chữ nào. Hãy dán nội dung văn bản vào ô.", {"text": "Chưa có nội dung."})
    data = text.encode()
    name = clean_name(f"{title.strip().replace('/', '-') or 'Văn bản dán'}.txt")
    parcel = _Parcel(data, storage.digest(data), name, Origin.PASTED, origin_note, document_date)
    _check_new(organization, parcel.sha256)
    return Received(_store(actor, organization, parcel, ReadText(text, "text/plain"), now), warnings)


def receive_evidence(
    *, actor: Actor, organization: Organization, data: bytes, filename: str, now: dt.datetime
) -> Source:
    """Minh chứng: kept as it came, never opened. One photograph may prove two things; it is kept once."""
    permissions.check_can_add_evidence(actor, organization)
    name = clean_name(filename)
    media_type = evidence_type(data, name)
    parcel = _Parcel(data, storage.digest(data), name, Origin.EVIDENCE)
    try:
        return _store(actor, organization, parcel, ReadText("", media_type), now)
    except AlreadyReceived as earlier:
        return earlier.source


def receive_paper(
    *, actor: Actor, organization: Organization, data: bytes, filename: str, now: dt.datetime
) -> Received:
    """Tài liệu hội nghị: read like any text, shown only by its conference. The same bytes are kept once."""
    permissions.check_can_receive(actor, organization)
    parcel = _Parcel(data, storage.digest(data), clean_name(filename), Origin.PAPER)
    result = read_file(data, parcel.name)
    try:
        return Received(_store(actor, organization, parcel, result, now), result.warnings)
    except AlreadyReceived as earlier:
        return Received(earlier.source, result.warnings)


def _check_new(organization: Organization, sha256: str) -> None:
    earlier = Source.objects.filter(organization=organization, sha256=sha256, origin__in=TEXTS).first()
    if earlier:
        raise AlreadyReceived(earlier)


def _store(
    actor: Actor, organization: Organization, parcel: _Parcel, result: ReadText, now: dt.datetime
) -> Source:
    # The file first: a row without its file would be a lost text, a file without a row is only litter.
    file = storage.keep(parcel.data, parcel.sha256)
    try:
        with transaction.atomic():
            return _write_row(actor, organization, parcel, result, file=file, now=now)
    except IntegrityError as error:  # two people sent the same bytes at the same moment
        same = Source.objects.filter(organization=organization, sha256=parcel.sha256, origin=parcel.origin)
        if (earlier := same.first()) is None:
            raise
        raise AlreadyReceived(earlier) from error


def _write_row(
    actor: Actor,
    organization: Organization,
    parcel: _Parcel,
    result: ReadText,
    *,
    file: str,
    now: dt.datetime,
) -> Source:
    source = Source.objects.create(
        organization=organization,
        file=file,
        original_name=parcel.name,
        sha256=parcel.sha256,
        size=len(parcel.data),
        media_type=result.media_type,
        origin=parcel.origin,
        origin_note=parcel.note,
        document_date=parcel.date,
        received_at=now,
        received_by=actor.label,
        text=result.text,
        search_key=fold(f"{parcel.name} {parcel.note} {result.text}"),
    )
    record(
        actor=actor, action="documents.receive", subject=source, now=now, using=_RIGHT,
        organization=organization, name=parcel.name, sha256=parcel.sha256, origin=parcel.origin, size=len(parcel.data),
    )  # fmt: skip
    return source


def passage(*, source: Source, start: int, end: int) -> Passage:
    """Đoạn trích [start, end) của văn bản. Belongs to the record it proves, which writes the history."""
    if not 0 <= start < end <= len(source.text):
        raise Invalid("Đoạn trích nằm ngoài văn bản. Hãy chọn lại đoạn chữ làm bằng chứng.")
    row, _ = Passage.objects.get_or_create(
        source=source, start=start, end=end, defaults={"text": source.text[start:end]}
    )
    return row
