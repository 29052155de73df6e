"""Ai được làm gì với văn bản chỉ đạo: each check raises the sentence that the user will read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from functools import partial

from django.db.models import Q

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound, refusal_of
from soi.base.models import held_on
from soi.directives import policies, queries
from soi.directives.models import Addressee, Directive
from soi.documents.models import Source
from soi.org.models import Closure, Organization, Post
from soi.org.permissions import check_sees as check_sees_body
from soi.org.queries import in_scope, scope

_NAMED = 3


def check_sees(actor: Actor, directive: Directive) -> None:
    """A paper out of sight does not exist for the actor."""
    if not queries.visible_to(actor).filter(pk=directive.pk).exists():
        raise NotFound(queries.OUT_OF_SIGHT)


def check_can_issue(actor: Actor, issuer: Organization) -> None:
    """Ban hành: whoever keeps the records of the body."""
    if in_scope(actor, Capability.RECORD, issuer.pk):
        return
    check_sees_body(actor, issuer)
    raise NotAllowed(
        f"Đồng chí không được giao lập hồ sơ của {issuer}, nên không ghi được văn bản của tổ chức này. "
        "Hãy đề nghị văn phòng của cấp đó."
    )


def check_can_change(actor: Actor, directive: Directive) -> None:
    """Thêm nơi nhận, thêm điểm, sửa, cho hết hiệu lực: whoever may issue for that body."""
    if in_scope(actor, Capability.RECORD, directive.issuer_id):
        return
    check_sees(actor, directive)
    raise NotAllowed(f"Chỉ người lập hồ sơ của {directive.issuer} mới sửa được văn bản này.")


def check_below(issuer: Organization, bodies: Collection[int], *, on: dt.date, today: dt.date) -> None:
    """Nơi nhận phải ở dưới nơi ban hành: on the day it is sent, and still today."""
    outside = set(bodies) - _below(issuer, bodies, on) | set(bodies) - _below(issuer, bodies, today)
    if not outside:
        return
    rows = Organization.objects.filter(pk__in=outside)[: _NAMED + 1]
    names = [row.name for row in rows]
    more = " và các tổ chức khác" if len(outside) > _NAMED else ""
    raise Invalid(
        f"Chỉ gửi được cho cấp dưới của {issuer}. Không thuộc cấp dưới vào ngày {on:%d/%m/%Y}: "
        f"{', '.join(names[:_NAMED])}{more}.",
        {"addressees": "Chọn lại nơi nhận."},
    )


def _below(issuer: Organization, bodies: Collection[int], day: dt.date) -> set[int]:
    """Which of the bodies stand below the issuer on that day; of those that have ended, below it as heirs."""
    rows = Closure.objects.filter(held_on(day), ancestor=issuer, depth__gt=0)
    return set(rows.values_list("descendant_id", flat=True)).intersection(bodies)


def check_can_carry_out(actor: Actor, addressee: Addressee) -> str:
    """Xác nhận, quán triệt, cụ thể hóa: the head of the addressed body, or whoever keeps its records.

    Where the body was merged, those of its heir. Returns on whose behalf, empty for one's own body.
    """
    rows = Addressee.objects.filter(pk=addressee.pk)
    if not rows.filter(queries.addressees_seen(actor)).exists():
        raise NotFound("Không tìm thấy nơi nhận này, hoặc nơi nhận nằm ngoài phạm vi của đồng chí.")
    if rows.filter(queries.at_my_head_posts(actor, path="organization")).exists():
        return _lenders(actor, addressee)
    if rows.filter(scope(actor, Capability.RECORD, path="organization")).exists():
        own = rows.filter(queries.kept_by_me(actor, path="organization")).exists()
        return actor.on_behalf_of(Capability.RECORD) if own else str(addressee.organization)
    raise NotAllowed(
        f"Chỉ người đứng đầu {addressee.organization}, hoặc văn phòng của tổ chức đó ghi thay, "
        "mới làm được việc này."
    )


def _lenders(actor: Actor, addressee: Addressee) -> str:
    posts = Post.objects.filter(pk__in=actor.post_ids, organization=addressee.organization_id)
    held = set(posts.values_list("pk", flat=True))
    lenders = {grant.on_behalf_of for grant in actor.grants if grant.post_id in held}
    return "" if "" in lenders else ", ".join(sorted(lenders))


def may_remind(actor: Actor) -> Q:
    """Nơi nhận mà đồng chí được nhắc: of one's own paper, or standing below a body whose records one keeps."""
    if actor.is_system:
        return Q()
    kept = Organization.objects.filter(scope(actor, Capability.RECORD, path="pk"))
    below = Closure.objects.filter(held_on(actor.today), ancestor__in=kept.values("pk"), depth__gt=0)
    return scope(actor, Capability.RECORD, path="directive__issuer") | Q(
        organization__in=below.values("descendant_id")
    )


def remindable(actor: Actor, directives: Collection[int]) -> set[int]:
    """Nơi nhận quá hạn của các văn bản này mà đồng chí nhắc được hôm nay, by number, in one query."""
    late = Addressee.objects.filter(queries.overdue(actor.today), queries.still_open(actor.today))
    late = late.exclude(reminded_on__gte=actor.today).filter(may_remind(actor), directive__in=directives)
    return set(late.order_by().values_list("pk", flat=True))


def check_can_remind(actor: Actor, addressees: Sequence[Addressee]) -> None:
    """Nhắc: the level that issued the paper, or any above the addressee; nobody reminds their own body."""
    wanted = {row.pk for row in addressees}
    seen = Addressee.objects.filter(queries.addressees_seen(actor), pk__in=wanted)
    if seen.count() != len(wanted):
        raise NotFound("Có nơi nhận nằm ngoài phạm vi của đồng chí.")
    if Addressee.objects.filter(may_remind(actor), pk__in=wanted).count() != len(wanted):
        raise NotAllowed("Chỉ nơi ban hành và cấp trên của nơi nhận mới nhắc được nơi nhận đó.")


def check_source(actor: Actor, source: Source | None, *bodies: int) -> None:
    """A file is taken only from the body concerned, or where the actor reads: nobody opens one by its number."""
    if source is None or source.organization_id in bodies or actor.is_system:
        return
    if not in_scope(actor, Capability.READ, source.organization_id):
        raise NotFound("Không tìm thấy tệp này.")


def check_state(sentence: str) -> None:
    """Raise what a policy answers, if it answers anything."""
    if sentence:
        raise Conflict(sentence)


# --- for buttons ----------------------------------------------------------------------------------------


def issue_refusal(actor: Actor, directive: Directive) -> str:
    """Vì sao không sửa, không gửi thêm được; empty when the actor may."""
    return policies.ended_refusal(directive.ended_on, actor.today) or refusal_of(
        partial(check_can_change, actor, directive)
    )
