"""Soạn báo cáo từ hồ sơ: facts of the quarter into sentences. Reads only; ``actions`` writes what comes out."""

from __future__ import annotations

from soi.base.actor import Actor
from soi.briefings.gathering import gather
from soi.briefings.links import ListQueries
from soi.briefings.logic import composition
from soi.briefings.logic.sentences import Sentence
from soi.org.models import Organization


def compose(actor: Actor, organization: Organization, quarter: str) -> list[Sentence]:
    """Các câu của báo cáo quý, as the records stand today and as far as the actor may see them."""
    return composition.compose(gather(actor, organization, quarter), ListQueries())
