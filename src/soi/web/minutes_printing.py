"""In biên bản: the Word file of the newest version, and the whole conference as one archive."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation

from soi.base.actor import Actor
from soi.conferences import archive as archives
from soi.conferences import minuting
from soi.conferences.enums import AttendanceRole
from soi.conferences.logic import protocol
from soi.forms import registry
from soi.forms.forms.approved_minutes.context import ApprovedMinutesContext, SectionText
from soi.web import printing

if TYPE_CHECKING:
    from soi.conferences.models import Conference, Minutes


def word(conference: Conference, minutes: Minutes, *, created: dt.datetime) -> bytes:
    """Biên bản, Word: the newest version, with its mark once approved."""
    with translation.override(settings.LANGUAGE_CODE):
        context = ApprovedMinutesContext(
            letterhead=printing.letterhead(conference.organization, date=conference.date_end),
            title=printing.begins_with_conference(conference.title),
            sections=tuple(
                SectionText(title=one.title, paragraphs=tuple(part.text for part in one.paragraphs))
                for one in protocol.read(minuting.latest(minutes).sections)
            ),
            secretary=minuting.name_in(conference, AttendanceRole.SECRETARY),
            chair=minuting.name_in(conference, AttendanceRole.CHAIR),
            mark=minutes.frozen_hash,
        )
    layout = printing.layout_of(conference.organization)
    return registry.render("approved_minutes", context, created=created, layout_id=layout)


def archive(actor: Actor, conference: Conference, *, now: dt.datetime) -> bytes:
    """Toàn bộ hồ sơ: records, papers, the minutes and the record as Word."""
    archives.check_can_archive(actor, conference)
    files = {"ho-so.docx": record_as_word(actor, conference, created=now)}
    found = minuting.find(actor, conference)
    if found is not None:
        files["bien-ban.docx"] = word(conference, found, created=now)
    return archives.archive(actor=actor, conference=conference, files=files, now=now)


def record_as_word(actor: Actor, conference: Conference, *, created: dt.datetime) -> bytes:
    """Hồ sơ hội nghị, Word, as the actor may see it."""
    with translation.override(settings.LANGUAGE_CODE):
        context = printing.minutes(actor, conference)
    layout = printing.layout_of(conference.organization)
    return registry.render("conference_minutes", context, created=created, layout_id=layout)
