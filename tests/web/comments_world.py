"""Góp ý cho bản kiểm điểm của trung đoàn: a round by name that is open, one without names that was closed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from soi.reviews import comment_rounds, commented, commenting, unsigned
from soi.reviews.logic.envelopes import Item
from soi.reviews.models import Asked, Comment, CommentRound, Review, UnsignedComment
from tests.factories import Region

ASKED = [
    "member", "commander", "division", "brigade", "divisionclerk", "brigadeclerk", "clerk", "secretary", "inspector",
    "press",
]  # fmt: skip


@dataclass
class Comments:
    """``round``: asks the member of the cell, and a place on paper; ``unsigned``: one of five without names."""

    round: CommentRound
    paper: Asked
    comment: Comment
    hidden: CommentRound
    unsigned: UnsignedComment


def build_comments(region: Region, review: Review, today: dt.date) -> Comments:
    """The regiment asks; neither round keeps it from finalizing."""
    office, now, before = region.actor("regiment", today=today), region.now, today - dt.timedelta(days=3)
    round_ = comment_rounds.open_round(
        actor=office, review=review, request="Đề nghị góp ý", due_on=today + dt.timedelta(days=5), now=now,
        people=[region.people["member"]], on_paper=["CANARY Hội Cựu chiến binh"], mandatory=False,
    )  # fmt: skip
    member = region.actor("member", today=today)
    asked = commented.get_asked(member, round_.pk)
    [comment] = commenting.comment(actor=member, asked=asked, items=[Item("Một góp ý")], now=now)
    hidden = comment_rounds.open_round(
        actor=region.actor("regiment", today=before), review=review, request="Góp ý không ghi tên",
        due_on=before, now=now, people=[region.people[name] for name in ASKED], mandatory=False, anonymous=True,
    )  # fmt: skip
    for name in ASKED[:5]:
        actor = region.actor(name, today=before)
        unsigned.send(
            actor=actor, asked=commented.get_asked(actor, hidden.pk), items=[Item("CANARY không ghi tên")]
        )
    comment_rounds.close_round(actor=office, round_=hidden, now=now)
    return Comments(
        round=round_,
        paper=round_.asked.get(on_paper=True),
        comment=comment,
        hidden=hidden,
        unsigned=hidden.unsigned.all()[0],
    )
