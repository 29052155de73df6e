"""Dạng trao đổi: a proposal as plain JSON values, in the form in which drafts are scored and stored."""

from __future__ import annotations

from typing import Any

from soi.intake.extract.model import (
    Article,
    Conference,
    DocumentCited,
    Finding,
    PersonMention,
    Proposal,
    Sourced,
    Span,
)

Json = dict[str, Any]


def as_schema(proposal: Proposal, identifier: str) -> Json:
    """JSON của bản đề xuất: spans also repeat their words, for the human reader."""
    text = proposal.text
    return {
        "id": identifier,
        "conference": _conference(proposal.conference),
        "people": [_person(person) for person in proposal.people],
        "findings": [_finding(finding, text) for finding in proposal.findings],
        "causes": [_span(cause.span, text) for cause in proposal.causes],
        "directions": [
            {"period": _value(direction.period), **_span(direction.span, text)}
            for direction in proposal.directions
        ],
        "ratings": [{"kind": rating.kind.value, **_span(rating.span, text)} for rating in proposal.ratings],
        "documents": [_document(document) for document in proposal.documents],
        "article": _article(proposal.article, text),
    }


def _value(sourced: Sourced[str] | None) -> str | None:
    return sourced.value if sourced else None


def _span(span: Span, text: str) -> Json:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _conference(conference: Conference) -> Json:
    return {
        "kind": conference.kind.value.value,
        "kind_also": [],
        "form": conference.form.value.value,
        "date_start": _value(conference.date_start),
        "date_end": _value(conference.date_end),
        "period": [period.value for period in conference.period],
        "organisation": _value(conference.organisation),
        "place": _value(conference.place),
    }


def _person(person: PersonMention) -> Json:
    roles = dict.fromkeys(mention.role.value for mention in person.roles)
    return {
        "name": person.name,
        "rank": person.rank,
        "posts": [{"post": post.post, "org": post.org} for post in person.posts],
        "roles": list(roles),
    }


def _finding(finding: Finding, text: str) -> Json:
    return {
        "type": finding.type.value,
        "area": finding.area.value,
        "units": [unit.text for unit in finding.units],
        **_span(finding.span, text),
    }


def _document(document: DocumentCited) -> Json:
    return {
        "type": document.type,
        "number": document.number,
        "issuer": _value(document.issuer),
        "date": _value(document.date),
        "name": document.name,
    }


def _article(article: Article, text: str) -> Json:
    return {
        "author": _value(article.author),
        "photographer": _value(article.photographer),
        "published": _value(article.published),
        "captions": [_span(span, text) for span in article.captions],
        "boilerplate": [_span(span, text) for span in article.boilerplate],
    }
