"""Bóc tách văn bản: one text in, one proposal out. Rules of the genre only: no model, no database, no network.

``propose`` never raises on any text and takes time in proportion to its length. What it says is a draft with
evidence; see ``model`` for what is said and ``lexicon`` for the words of the field it knows.
"""

from __future__ import annotations

from soi.intake.extract.article import read_article
from soi.intake.extract.boilerplate import merged
from soi.intake.extract.conference import read_conference
from soi.intake.extract.directions import directions
from soi.intake.extract.documents import read_documents
from soi.intake.extract.findings import causes, findings, ratings
from soi.intake.extract.layout import lay_out
from soi.intake.extract.model import Conference, Proposal
from soi.intake.extract.people import read_people
from soi.intake.extract.reading import Reading
from soi.intake.extract.schema import as_schema
from soi.intake.extract.statements import statements

__all__ = ["Proposal", "as_schema", "propose"]


def propose(text: str, *, name: str = "") -> Proposal:
    r"""Đề xuất bản ghi từ một văn bản. ``text``: NFC, ``\n`` line ends; spans index it."""
    reading = Reading(text)
    layout = lay_out(reading)
    article = read_article(
        reading,
        bylines=layout.bylines,
        datelines=layout.datelines,
        captions=layout.captions,
        boilerplate=merged(reading, list(layout.furniture)),
    )
    conference = read_conference(layout, article.published)
    found = statements(layout)
    return Proposal(
        name=name,
        text=text,
        conference=conference,
        people=read_people(layout) if layout.report_title is None else (),
        findings=findings(reading, found),
        causes=causes(found),
        directions=directions(reading, found, _year_of(conference)),
        ratings=ratings(reading, found),
        documents=read_documents(layout),
        article=article,
    )


def _year_of(conference: Conference) -> int | None:
    for sourced in (conference.date_start, *conference.period):
        if sourced and sourced.value[:4].isdigit():
            return int(sourced.value[:4])
    return None
