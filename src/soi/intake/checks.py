"""Kiểm tra bản nhập: what a careful clerk would look at twice, in sentences. Pure: the facts are given.

A caution never blocks: the text may be right and the register wrong.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from soi.base.text import exact_key
from soi.conferences.enums import ConferenceKind
from soi.findings.enums import FindingKind
from soi.intake.cards import AnyCard, ArticleCard, ConferenceCard, FindingCard, PersonCard, PostLine
from soi.intake.enums import PersonChoice, PostAction
from soi.intake.logic.bodies import is_vague
from soi.intake.logic.people import Held
from soi.intake.logic.posts import KnownPost
from soi.intake.logic.ranks import is_lower

# Meetings of these kinds look back on work; one that found nothing wanting is worth a second look.
_LOOK_BACK = frozenset(ConferenceKind) - {
    ConferenceKind.NONE,
    ConferenceKind.THEMATIC,
    ConferenceKind.HANDOVER,
    ConferenceKind.CONGRESS,
    ConferenceKind.WORKING_SESSION,
}


@dataclass(frozen=True, slots=True)
class Caution:
    """Điều cần xem lại: on one card (``proposal``) or on the text, with what to open beside it."""

    code: str
    sentence: str
    proposal: int | None = None
    conference: int | None = None
    source: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Một thẻ còn lại (not dropped)."""

    id: int
    card: AnyCard


@dataclass(frozen=True, slots=True)
class Similar:
    """Hội nghị đã có cùng đơn vị, loại và ngày; or a text with the same bytes in another body."""

    id: int
    label: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class Facts:
    """Những điều sổ đã ghi, as of the day of the conference."""

    today: dt.date
    day: dt.date | None = None
    names: Mapping[int, str] = field(default_factory=dict)
    held: Mapping[int, Sequence[Held]] = field(default_factory=dict)
    posts: Mapping[int, KnownPost] = field(default_factory=dict)
    ranks: Mapping[int, str] = field(default_factory=dict)
    conferences: Sequence[Similar] = ()
    sources: Sequence[Similar] = ()


def cautions(items: Sequence[Item], facts: Facts) -> tuple[Caution, ...]:
    """Mọi điều cần xem lại, in the order of the cards; what concerns the whole text first."""
    return (
        *_imported_before(facts),
        *_about_findings(items),
        *(caution for item in items for caution in _about(item, items, facts)),
        *_two_in_one_post(items, facts),
    )


def _about(item: Item, items: Sequence[Item], facts: Facts) -> Iterator[Caution]:
    match item.card:
        case ConferenceCard():
            yield from _about_date(item, item.card, items, facts)
            yield from _about_body(item, item.card)
        case PersonCard() if item.card.choice != PersonChoice.SKIP:
            yield from _about_identity(item, item.card)
            yield from _about_posts(item, item.card, facts)
            yield from _about_rank(item, item.card, facts)
        case FindingCard():
            yield from _about_units(item, item.card)
        case _:
            pass


# --- the text ------------------------------------------------------------------------------------------


def _imported_before(facts: Facts) -> Iterator[Caution]:
    for source in facts.sources:
        yield Caution(
            "same_text",
            f"Văn bản này đã được {source.label} nhập ngày {source.day:%d/%m/%Y}.",
            source=source.id,
        )
    for conference in facts.conferences:
        yield Caution(
            "same_conference",
            f"Sổ đã có hội nghị cùng đơn vị, cùng loại ngày {conference.day:%d/%m/%Y}: «{conference.label}». "
            "Hãy kiểm tra kẻo ghi hai lần.",
            conference=conference.id,
        )


def _about_findings(items: Sequence[Item]) -> Iterator[Caution]:
    looks_back = any(isinstance(item.card, ConferenceCard) and item.card.kind in _LOOK_BACK for item in items)
    wanting = any(
        isinstance(item.card, FindingCard) and item.card.kind != FindingKind.STRENGTH for item in items
    )
    if looks_back and not wanting:
        yield Caution(
            "no_limitation",
            "Chưa thấy hạn chế, khuyết điểm nào trong văn bản. Hãy đọc lại xem có bỏ sót không.",
        )


# --- the conference ------------------------------------------------------------------------------------


def _about_date(item: Item, card: ConferenceCard, items: Sequence[Item], facts: Facts) -> Iterator[Caution]:
    day = card.date_start
    if day is None:
        if card.date_as_written.startswith("--"):
            yield Caution("date_no_year", "Văn bản không ghi năm của ngày họp.", item.id)
        return
    if card.date_inferred:
        yield Caution(
            "date_inferred", f"Năm {day.year} của ngày họp được suy từ chỗ khác. Hãy kiểm tra.", item.id
        )
    if day > facts.today:
        yield Caution("date_future", f"Ngày họp {day:%d/%m/%Y} chưa đến. Hãy kiểm tra.", item.id)
    published = next((other.card.published for other in items if isinstance(other.card, ArticleCard)), None)
    if published and day > published:
        yield Caution(
            "date_after_publication",
            f"Ngày họp {day:%d/%m/%Y} sau ngày đăng {published:%d/%m/%Y}: có thể báo in nhầm.",
            item.id,
        )


def _about_body(item: Item, card: ConferenceCard) -> Iterator[Caution]:
    if card.organization_guessed and card.organization is not None:
        written = card.organization_as_written
        said = f"Chưa khớp được «{written}» với tổ chức nào" if written else "Văn bản không rõ tổ chức họp"
        yield Caution(
            "body_unknown", f"{said}; tạm ghi cho tổ chức đang nhập. Hãy chọn lại nếu sai.", item.id
        )


# --- people --------------------------------------------------------------------------------------------


def _about_identity(item: Item, card: PersonCard) -> Iterator[Caution]:
    namesakes = [one for one in card.candidates if exact_key(one.name) == exact_key(card.name)]
    if len(namesakes) > 1:
        yield Caution(
            "namesakes", f"Sổ có {len(namesakes)} người tên {card.name}. Hãy chọn đúng người.", item.id
        )
    elif card.choice == PersonChoice.UNDECIDED and card.candidates:
        near = ", ".join(one.name for one in card.candidates[:3])
        yield Caution("person_doubtful", f"{card.name} có phải là {near}? Hãy chọn.", item.id)
    elif card.choice == PersonChoice.UNDECIDED:
        yield Caution("person_unknown", f"Sổ chưa có ai tên {card.name}.", item.id)


def _about_posts(item: Item, card: PersonCard, facts: Facts) -> Iterator[Caution]:
    unknown = [line.text for line in card.posts if line.post is None and line.text]
    if unknown:
        listed = "», «".join(unknown)
        yield Caution("post_unknown", f"Sổ chưa có chức vụ «{listed}».", item.id)
    if facts.day is None:
        return
    for line in card.posts:
        post = facts.posts.get(line.post or 0)
        if post is None or line.action in (PostAction.HANDOVER, PostAction.RECORD_NEW):
            continue
        if _held_by(card, post):
            continue
        yield from _about_post(item, card, post, facts.day)
        yield from _other_post(item, card, line, facts)


def _held_by(card: PersonCard, post: KnownPost) -> bool:
    return card.choice == PersonChoice.EXISTING and any(pk == card.person for pk, _ in post.holders)


def _about_post(item: Item, card: PersonCard, post: KnownPost, day: dt.date) -> Iterator[Caution]:
    if post.seats is not None and len(post.holders) >= post.seats:
        names = ", ".join(name for _, name in post.holders)
        yield Caution(
            "two_holders",
            f"Ngày {day:%d/%m/%Y} sổ ghi {names} giữ chức {post.label}, văn bản ghi {card.name}.",
            item.id,
        )


def _other_post(item: Item, card: PersonCard, line: PostLine, facts: Facts) -> Iterator[Caution]:
    held = facts.held.get(card.person or 0) if card.choice == PersonChoice.EXISTING else None
    if held and line.action == PostAction.TEXT_ONLY:
        listed = "; ".join(one.label for one in held)
        yield Caution(
            "other_post",
            f"Ngày {facts.day:%d/%m/%Y} sổ ghi {card.name} giữ chức {listed}; văn bản ghi «{line.text}».",
            item.id,
        )


def _about_rank(item: Item, card: PersonCard, facts: Facts) -> Iterator[Caution]:
    known = facts.ranks.get(card.person or 0, "")
    if card.choice == PersonChoice.EXISTING and is_lower(card.rank, known):
        yield Caution(
            "rank_lower", f"Văn bản ghi {card.name} là {card.rank}, sổ đã ghi {known} từ trước đó.", item.id
        )


def _two_in_one_post(items: Sequence[Item], facts: Facts) -> Iterator[Caution]:
    holders: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for item in items:
        if isinstance(item.card, PersonCard) and item.card.choice != PersonChoice.SKIP:
            for named in {line.post for line in item.card.posts if line.post}:
                holders[named].append((item.id, item.card.name))
    for pk, people in holders.items():
        post = facts.posts.get(pk)
        if post and post.seats is not None and len(people) > post.seats:
            names = " và ".join(name for _, name in people)
            yield Caution("two_in_text", f"Văn bản ghi {names} cùng giữ chức {post.label}.", people[-1][0])


# --- findings ------------------------------------------------------------------------------------------


def _about_units(item: Item, card: FindingCard) -> Iterator[Caution]:
    for unit in card.units:
        if unit.organization is None and not is_vague(unit.text):
            yield Caution("unit_unknown", f"Chưa khớp được «{unit.text}» với tổ chức nào.", item.id)
