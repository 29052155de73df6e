"""Biên bản: composed from what happened, edited with visible changes, circulated, signed by two, frozen.

The only code that writes minutes. Chair and secretary are those whom the record of the conference names; who
records for the body may do the secretary's work, but a signature is always of one of the two named.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping

from django.db import transaction

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.base.text import nfc
from soi.conferences import minutes_facts, permissions
from soi.conferences.enums import AttendanceRole, MinutesState
from soi.conferences.logic import protocol
from soi.conferences.minutes_table import MinutesVerb, next_state
from soi.conferences.models import (
    Attendance,
    AttendanceRoleHeld,
    Conference,
    Minutes,
    MinutesComment,
    MinutesVersion,
)
from soi.conferences.queries import visible_to
from soi.history.actions import record
from soi.org.queries import in_scope

_RIGHT = Capability.RECORD
_SIGNED = {AttendanceRole.CHAIR: "chủ trì", AttendanceRole.SECRETARY: "thư ký"}


# --- who ------------------------------------------------------------------------------------------------


def holds(actor: Actor, conference: Conference, role: AttendanceRole) -> bool:
    """Người này giữ vai trò đó ở hội nghị."""
    rows = AttendanceRoleHeld.objects.filter(attendance__conference=conference, role=role)
    return rows.filter(attendance__person_id=actor.person_id or 0).exists()


def may_write(actor: Actor, conference: Conference) -> bool:
    """Soạn, sửa biên bản: the secretary, or who records for the body."""
    return in_scope(actor, _RIGHT, conference.organization_id) or holds(
        actor, conference, AttendanceRole.SECRETARY
    )


def check_can_write(actor: Actor, conference: Conference) -> None:
    """Or the sentence that says whose work it is."""
    if may_write(actor, conference):
        return
    permissions.check_sees(actor, conference)
    raise NotAllowed("Biên bản do thư ký hội nghị hoặc văn thư của đơn vị soạn. Đồng chí có thể gửi góp ý.")


def find(actor: Actor, conference: Conference) -> Minutes | None:
    """Biên bản mà người này được đọc: a draft is read by those who write it and by the chair only."""
    permissions.check_sees(actor, conference)
    minutes = Minutes.objects.filter(conference=conference).select_related("chair", "secretary").first()
    if minutes is None:
        return None
    minutes.conference = conference
    if minutes.state != MinutesState.DRAFT:
        return minutes
    inside = may_write(actor, conference) or holds(actor, conference, AttendanceRole.CHAIR)
    return minutes if inside else None


def get(actor: Actor, conference: Conference) -> Minutes:
    """Như trên; ``NotFound`` where there is none to read."""
    minutes = find(actor, conference)
    if minutes is None:
        raise NotFound("Hội nghị này chưa có biên bản để đọc.")
    return minutes


def get_comment(actor: Actor, pk: int) -> MinutesComment:
    """Một góp ý, of minutes that one may read."""
    found = MinutesComment.objects.filter(pk=pk, minutes__conference__in=visible_to(actor).values("pk"))
    comment = found.select_related("minutes__conference__organization", "person").first()
    if comment is None:
        raise NotFound("Không tìm thấy góp ý này.")
    check_can_write(actor, comment.minutes.conference)
    return comment


def name_in(conference: Conference, role: AttendanceRole) -> str:
    """Người giữ vai trò đó, with the rank of that day; the first where there are several, empty where none."""
    row = (
        Attendance.objects.filter(conference=conference, roles__role=role)
        .select_related("person")
        .order_by("order", "pk")
        .first()
    )
    return f"{row.rank} {row.person.name}".strip() if row else ""


# --- composing and editing --------------------------------------------------------------------------------


@transaction.atomic
def compose_minutes(*, actor: Actor, conference: Conference, now: dt.datetime) -> Minutes:
    """Soạn biên bản từ diễn biến: a first version, or a new one that leaves the earlier ones to be compared."""
    check_can_write(actor, conference)
    minutes, _new = Minutes.objects.get_or_create(conference=conference)
    minutes = Minutes.objects.select_for_update().get(pk=minutes.pk)
    next_state(MinutesState(minutes.state), MinutesVerb.EDIT)
    sections = protocol.compose(minutes_facts.gather(conference))
    _write_version(actor, minutes, sections, "Soạn từ diễn biến hội nghị", now)
    record(
        actor=actor, action="conferences.compose_minutes", subject=conference, now=now, using=_RIGHT,
        version=minutes.version,
    )  # fmt: skip
    return minutes


@transaction.atomic
def edit_minutes(
    *,
    actor: Actor,
    minutes: Minutes,
    texts: Mapping[str, str],
    expected_version: int,
    now: dt.datetime,
    note: str = "",
) -> Minutes:
    """Sửa: ``texts`` by section, a line a paragraph. ``Conflict`` when somebody saved in between.

    Earlier versions stay; a signature given to other words falls.
    """
    minutes = _locked(actor, minutes, MinutesVerb.EDIT)
    check_can_write(actor, minutes.conference)
    if minutes.version != expected_version:
        raise Conflict(
            "Có người vừa sửa biên bản. Hãy mở bản mới nhất, so sánh rồi ghi lại phần của đồng chí."
        )
    before = latest(minutes)
    given = {key: nfc(text) for key, text in texts.items()}
    after = protocol.rewritten(protocol.read(before.sections), given)
    if not any(section.paragraphs for section in after):
        raise Invalid("Biên bản không thể để trống.", {"texts": "Hãy ghi nội dung."})
    if protocol.stored(after) == before.sections:
        raise Invalid("Chưa có gì thay đổi so với bản hiện nay.", {"texts": "Hãy sửa rồi ghi."})
    _write_version(actor, minutes, after, nfc(note), now)
    record(
        actor=actor, action="conferences.edit_minutes", subject=minutes.conference, now=now, using=_RIGHT,
        version=minutes.version, note=nfc(note),
    )  # fmt: skip
    return minutes


def latest(minutes: Minutes) -> MinutesVersion:
    """Bản mới nhất."""
    found = minutes.versions.order_by("-number").first()
    if found is None:
        raise NotFound("Biên bản chưa có bản nào.")
    return found


def _write_version(
    actor: Actor, minutes: Minutes, sections: tuple[protocol.Section, ...], note: str, now: dt.datetime
) -> None:
    number = minutes.versions.count() + 1
    MinutesVersion.objects.create(
        minutes=minutes, number=number, sections=protocol.stored(sections), at=now,
        author_label=actor.label, note=note,
    )  # fmt: skip
    minutes.version = number
    minutes.chair = minutes.secretary = minutes.chair_at = minutes.secretary_at = None
    minutes.save()


# --- comments -----------------------------------------------------------------------------------------------


@transaction.atomic
def circulate(*, actor: Actor, minutes: Minutes, until: dt.date, now: dt.datetime) -> Minutes:
    """Gửi lấy ý kiến những người đã dự, to the end of the day ``until``; again with another day."""
    minutes = _locked(actor, minutes, MinutesVerb.CIRCULATE)
    check_can_write(actor, minutes.conference)
    if until < actor.today:
        raise Invalid("Hạn góp ý phải từ hôm nay trở đi.", {"until": "Chọn ngày khác."})
    minutes.state = next_state(MinutesState(minutes.state), MinutesVerb.CIRCULATE)
    minutes.comments_until = until
    minutes.save(update_fields=["state", "comments_until"])
    record(
        actor=actor, action="conferences.circulate_minutes", subject=minutes.conference, now=now,
        using=_RIGHT, until=until, version=minutes.version,
    )  # fmt: skip
    return minutes


@transaction.atomic
def comment(
    *, actor: Actor, minutes: Minutes, text: str, now: dt.datetime, section: str = ""
) -> MinutesComment:
    """Góp ý vào biên bản: whoever attended, until the day set."""
    minutes = _locked(actor, minutes, MinutesVerb.COMMENT)
    person = actor.person_id or 0
    if not Attendance.objects.filter(conference=minutes.conference, person_id=person).exists():
        raise NotAllowed("Chỉ người dự hội nghị góp ý vào biên bản của hội nghị đó.")
    if minutes.comments_until and actor.today > minutes.comments_until:
        raise Conflict(f"Đã hết hạn góp ý ngày {minutes.comments_until:%d/%m/%Y}. Hãy báo thư ký hội nghị.")
    text = nfc(text).strip()
    if not text:
        raise Invalid("Hãy ghi nội dung góp ý.", {"text": "Chưa ghi góp ý."})
    row = MinutesComment.objects.create(
        minutes=minutes, person_id=person, section=section[:40], text=text, at=now
    )
    record(
        actor=actor, action="conferences.comment_minutes", subject=minutes.conference, now=now, text=text,
        section=row.section,
    )  # fmt: skip
    return row


@transaction.atomic
def answer_comment(
    *, actor: Actor, comment: MinutesComment, taken: bool, answer: str, now: dt.datetime
) -> MinutesComment:
    """Tiếp thu hay không: a comment not taken in gets its reason."""
    minutes = _locked(actor, comment.minutes, MinutesVerb.ANSWER)
    check_can_write(actor, minutes.conference)
    answer = nfc(answer).strip()
    if not taken and not answer:
        raise Invalid("Không tiếp thu thì phải ghi rõ lý do.", {"answer": "Hãy ghi lý do."})
    comment.taken, comment.answer = taken, answer
    comment.save(update_fields=["taken", "answer"])
    record(
        actor=actor, action="conferences.answer_minutes_comment", subject=minutes.conference, now=now,
        using=_RIGHT, comment=comment.text, taken=taken, answer=answer,
    )  # fmt: skip
    return comment


# --- approval -----------------------------------------------------------------------------------------------


@transaction.atomic
def sign(*, actor: Actor, minutes: Minutes, now: dt.datetime) -> Minutes:
    """Thông qua: the chair and the secretary, two people; the second signature freezes it under its hash."""
    minutes = _locked(actor, minutes, MinutesVerb.SIGN)
    role = _role_to_sign(actor, minutes)
    if minutes.state == MinutesState.CIRCULATED:
        _check_comments_done(actor, minutes)
    if role == AttendanceRole.CHAIR:
        minutes.chair_id, minutes.chair_at = actor.person_id, now
    else:
        minutes.secretary_id, minutes.secretary_at = actor.person_id, now
    if minutes.chair_id and minutes.secretary_id:
        minutes.state = next_state(MinutesState(minutes.state), MinutesVerb.FREEZE)
        minutes.frozen_hash = mark_of(minutes, latest(minutes))
    minutes.save()
    record(
        actor=actor, action="conferences.sign_minutes", subject=minutes.conference, now=now,
        role=_SIGNED[role], version=minutes.version, sha256=minutes.frozen_hash,
    )  # fmt: skip
    return minutes


def _role_to_sign(actor: Actor, minutes: Minutes) -> AttendanceRole:
    if _has_signed(actor, minutes):
        raise Conflict("Đồng chí đã thông qua biên bản này. Còn chờ người kia.")
    role = signature_due(actor, minutes)
    if role is not None:
        return role
    raise NotAllowed(
        "Biên bản do chủ trì và thư ký của hội nghị thông qua. "
        "Nếu đồng chí là một trong hai người, hãy ghi đúng vai trò ở danh sách người dự."
    )


def signature_due(actor: Actor, minutes: Minutes) -> AttendanceRole | None:
    """Chữ ký còn thiếu mà người này ký được; nobody gives both."""
    missing = [role for role, signer in _signers(minutes).items() if signer is None]
    if _has_signed(actor, minutes):
        return None
    return next((role for role in missing if holds(actor, minutes.conference, role)), None)


def _has_signed(actor: Actor, minutes: Minutes) -> bool:
    return actor.person_id is not None and actor.person_id in _signers(minutes).values()


def _signers(minutes: Minutes) -> dict[AttendanceRole, int | None]:
    return {AttendanceRole.CHAIR: minutes.chair_id, AttendanceRole.SECRETARY: minutes.secretary_id}


def waits_for_comments(actor: Actor, minutes: Minutes) -> bool:
    """Còn đang lấy ý kiến: before the last day of the comments nobody signs."""
    return minutes.comments_until is not None and actor.today < minutes.comments_until


def _check_comments_done(actor: Actor, minutes: Minutes) -> None:
    if minutes.comments_until and waits_for_comments(actor, minutes):
        raise Conflict(
            f"Còn đang lấy ý kiến đến ngày {minutes.comments_until:%d/%m/%Y}. "
            "Hãy chờ hết hạn, hoặc đặt lại hạn góp ý."
        )
    left = minutes.comments.filter(taken__isnull=True).count()
    if left:
        raise Conflict(f"Còn {left} góp ý chưa trả lời. Hãy tiếp thu hoặc nêu lý do không tiếp thu.")


def mark_of(minutes: Minutes, version: MinutesVersion) -> str:
    """Dấu SHA-256 của bản được thông qua: its words, its number and who signed."""
    told = {
        "conference": minutes.conference_id,
        "version": version.number,
        "sections": version.sections,
        "chair": minutes.chair_id,
        "secretary": minutes.secretary_id,
    }
    plain = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()


def _locked(actor: Actor, minutes: Minutes, verb: MinutesVerb) -> Minutes:
    """The newest row, locked; out of sight it is not found, in a state that forbids the verb it conflicts."""
    get(actor, minutes.conference)
    current = (
        Minutes.objects.select_for_update().select_related("conference__organization").get(pk=minutes.pk)
    )
    next_state(MinutesState(current.state), verb)
    return current
