"""Biên bản hội nghị: from the context to a Word file. What is not known is left out, never left blank."""

from __future__ import annotations

import datetime as dt

from soi.forms.docx.ending import add_recipients, add_two_signatures
from soi.forms.docx.heading import add_letterhead, add_title
from soi.forms.docx.package import to_bytes
from soi.forms.docx.page import Page, new_page
from soi.forms.docx.text import add_body
from soi.forms.forms.conference_minutes.attendance import add_attendance
from soi.forms.forms.conference_minutes.content import add_content
from soi.forms.forms.conference_minutes.context import MinutesContext, SiteLine
from soi.forms.layout import LayoutProfile
from soi.forms.parts import Participant, Signature
from soi.forms.wording import clock, count, long_date, one_line, phrase, ranked_name, sentence, upper_first


def render(context: MinutesContext, layout: LayoutProfile, *, created: dt.datetime) -> bytes:
    """Dựng biên bản: the bytes of a .docx; ``created`` (with time zone) is the time in its properties."""
    page = new_page(layout)
    add_letterhead(page, context.letterhead)
    add_title(page, "Biên bản", (context.title,))
    _add_occasion(page, context)
    add_attendance(page, context)
    add_content(page, context)
    _add_closing(page, context)
    add_two_signatures(
        page,
        _signer("Người ghi biên bản", context.secretary),
        _signer("Chủ trì", context.chair),
    )
    if context.recipients:
        add_recipients(page, page.document, context.recipients, before=18)
    return to_bytes(page.document, title=f"Biên bản {context.title}", created=created)


def _signer(role: str, person: Participant | None) -> Signature:
    return Signature(post=role, name=ranked_name(person) if person else "")


def _add_occasion(page: Page, context: MinutesContext) -> None:
    add_body(page, sentence(_time(context)), lead="Thời gian:")
    for lead, text in (
        ("Địa điểm:", context.venue),
        ("Hình thức:", context.form),
        ("Kỳ:", context.period),
    ):
        if one_line(text):
            add_body(page, sentence(one_line(text)), lead=lead)
    _add_sites(page, context)


def _time(context: MinutesContext) -> str:
    begins = long_date(context.day)
    if context.opens_at is not None:
        begins = f"{clock(context.opens_at)}, {begins}"
    if context.last_day is None or context.last_day == context.day:
        return begins
    return f"từ {begins} đến {long_date(context.last_day)}"


def _add_sites(page: Page, context: MinutesContext) -> None:
    if not context.sites:
        return
    add_body(page, f"{count(len(context.sites))} điểm cầu, gồm:", lead="Điểm cầu:", keep=True)
    for number, site in enumerate(context.sites, start=1):
        mark = "." if number == len(context.sites) else ";"
        add_body(page, f"- {_site(site, page.layout)}{mark}")


def _site(site: SiteLine, layout: LayoutProfile) -> str:
    name = f"Điểm cầu chính: {phrase(site.name)}" if site.is_main else upper_first(phrase(site.name))
    return name if site.count is None else f"{name} ({count(site.count)} {layout.people_word})"


def _add_closing(page: Page, context: MinutesContext) -> None:
    parts = [_end_of_conference(context), _status_of_minutes(context)]
    known = [part for part in parts if part]
    text = ". ".join(known) if known else "Biên bản ghi lại nội dung và kết luận của hội nghị"
    # Signatures never stand alone on a page.
    add_body(page, text + page.layout.end_mark, keep=True)


def _end_of_conference(context: MinutesContext) -> str:
    if context.closes_at is None:
        return ""
    last = context.last_day or context.day
    day = "cùng ngày" if last == context.day else long_date(last)
    return f"Hội nghị kết thúc vào hồi {clock(context.closes_at)}, {day}"


def _status_of_minutes(context: MinutesContext) -> str:
    facts = []
    if context.approved_in_session:
        facts.append("được thông qua trước hội nghị")
    if context.copies is not None:
        facts.append(f"được lập thành {count(context.copies)} bản")
    return f"Biên bản {' và '.join(facts)}" if facts else ""
