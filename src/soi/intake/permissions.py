"""Ai được nhập, xác nhận và bỏ bản nhập, and the sentence when not."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.conferences.queries import people_known_to
from soi.documents import queries as documents
from soi.documents.models import Source
from soi.intake import queries
from soi.intake.cards import AnyCard, References, references
from soi.intake.enums import DraftState
from soi.intake.models import Draft
from soi.org import permissions as org_permissions
from soi.org import queries as org
from soi.org.models import Organization, Post


class DraftClosed(Conflict):
    """Bản nhập không còn mở: ``draft`` tells the page what to link to."""

    def __init__(self, sentence: str, draft: Draft) -> None:
        super().__init__(sentence)
        self.draft = draft


def check_can_import(actor: Actor, organization: Organization, source: Source) -> None:
    """Nhập thay một tổ chức: who records for it and sees the text."""
    if not documents.visible_to(actor).filter(pk=source.pk).exists():
        raise NotFound("Không tìm thấy văn bản này.")
    if not org.in_scope(actor, Capability.RECORD, organization.pk):
        org_permissions.check_sees(actor, organization)
        raise NotAllowed(f"Đồng chí không có quyền lập hồ sơ của {organization}.")


def check_open(actor: Actor, draft: Draft) -> None:
    """Only a draft that waits may be worked on; whoever does not record for the body does not see it."""
    if not queries.visible_to(actor).filter(pk=draft.pk).exists():
        raise NotFound("Không tìm thấy bản nhập này.")
    if draft.state == DraftState.CONFIRMED:
        raise DraftClosed(
            "Bản nhập này đã được ghi vào sổ. Muốn sửa, hãy mở hội nghị đã ghi và sửa ở đó.", draft
        )
    if draft.state == DraftState.DISCARDED:
        raise DraftClosed("Bản nhập này đã bị bỏ. Hãy mở văn bản và đề xuất lại nếu cần.", draft)


def check_references(actor: Actor, cards: Iterable[AnyCard]) -> None:
    """Nobody writes a person, body or post into a record by its number alone: it must be in their sight."""
    wanted = reduce(or_, (references(card) for card in cards), References())
    seen_bodies = org.visible_to(actor)
    known = {
        "person": (wanted.people, people_known_to(actor).filter(pk__in=wanted.people)),
        "organization": (wanted.bodies, seen_bodies.filter(pk__in=wanted.bodies)),
        "post": (
            wanted.posts,
            Post.objects.filter(pk__in=wanted.posts, organization__in=seen_bodies.values("pk")),
        ),
    }
    for name, (numbers, rows) in known.items():
        if numbers and rows.count() != len(numbers):
            sentence = "Không tìm thấy người, tổ chức hoặc chức vụ đã chọn. Hãy chọn lại từ danh sách."
            raise Invalid(sentence, {name: "Hãy chọn lại."})
