"""Đọc văn bản nguồn: the texts of the part of the tree one may read, and the words taken from them."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from soi.base.actor import Actor, Capability
from soi.base.errors import NotFound
from soi.base.text import fold, search_terms
from soi.documents.enums import Origin
from soi.documents.models import Passage, Source
from soi.org.queries import scope

TEXTS = (Origin.UPLOAD, Origin.PASTED)


def visible_to(actor: Actor) -> QuerySet[Source]:
    """Văn bản được thấy: those of the bodies in the actor's reading scope.

    Papers of a conference are never among them: each says itself who may read it (``conferences.papers``).
    """
    return Source.objects.filter(scope(actor, Capability.READ, path="organization")).exclude(
        origin=Origin.PAPER
    )


def get(actor: Actor, pk: int) -> Source:
    """One source with its body; ``NotFound`` also when it is outside the scope."""
    source = visible_to(actor).select_related("organization").filter(pk=pk).first()
    if source is None:
        raise NotFound("Không tìm thấy văn bản này.")
    return source


def listing(actor: Actor, query: str = "", *, origins: Collection[Origin] = TEXTS) -> QuerySet[Source]:
    """Danh sách văn bản, newest first; the texts themselves stay in the database."""
    found = visible_to(actor).filter(origin__in=origins)
    return search(found, query).select_related("organization").defer("text", "search_key")


def search(sources: QuerySet[Source], query: str) -> QuerySet[Source]:
    """Tìm: every word of the query, with or without marks, in the name, the origin or the text."""
    for term in search_terms(query):
        sources = sources.filter(search_key__contains=fold(term))
    return sources


def passages_of(source: Source) -> QuerySet[Passage]:
    """Đoạn trích của văn bản, in the order of the text."""
    return Passage.objects.filter(source=source)
