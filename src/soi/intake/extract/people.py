"""Người dự họp: the mentions of one person brought together; only those who take part are kept."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from soi.intake.extract.layout import Layout
from soi.intake.extract.lexicon.people import COURTESY
from soi.intake.extract.model import PersonMention, PostMention, Role, RoleMention, Span
from soi.intake.extract.names import Mention, find_mentions, name_key
from soi.intake.extract.posts import POST, is_shorter_form, post_end, post_mention, without_shorter
from soi.intake.extract.reading import LOWER, UPPER, Reading, key_of, longest_first
from soi.intake.extract.roles import (
    announced_list,
    is_absent,
    is_reporting,
    roles_of,
    settled,
    speaks_in_minutes,
)
from soi.intake.extract.segments import sentences, without_marker

_JOINED = re.compile(r"\s?(?:,|và|cùng|;)\s(?:\w+\s)?")
_SHORT_NAME = re.compile(
    rf"(?<!\w)(?i:{longest_first(COURTESY)})\s"
    rf"(?P<name>[{UPPER}][{LOWER}]{{0,7}}(?:\s[{UPPER}][{LOWER}]{{0,7}})?)(?!\w)"
)


@dataclass
class _Person:
    """Những gì đã gom được về một người."""

    names: list[Span] = field(default_factory=list)
    ranks: list[Span] = field(default_factory=list)
    posts: list[PostMention] = field(default_factory=list)
    roles: list[RoleMention] = field(default_factory=list)
    reports: list[RoleMention] = field(default_factory=list)
    absent: bool = False


def read_people(layout: Layout) -> tuple[PersonMention, ...]:
    """Đọc người dự họp, in the order in which they first appear."""
    reading = layout.reading
    people: dict[str, _Person] = {}
    announced: tuple[RoleMention, ...] = ()
    for line in layout.people_lines:
        listed = without_marker(reading, line).start > line.start
        announced = announced_list(reading, line) or (announced if listed else ())
        for sentence in sentences(reading, line):
            _read_sentence(reading, line, sentence, people, announced)
    _one_person_two_spellings(reading, people)
    _short_names(people)
    _short_mentions(layout, people)
    _post_mentions(layout, people)
    drafts = (_finished(reading, person) for person in people.values())
    return tuple(person for person in drafts if person)


def _read_sentence(
    reading: Reading,
    line: Span,
    sentence: Span,
    people: dict[str, _Person],
    announced: tuple[RoleMention, ...],
) -> None:
    mentions = list(find_mentions(reading, sentence))
    inherited = announced
    pending: list[tuple[_Person, bool]] = []
    for index, mention in enumerate(mentions):
        person = people.setdefault(name_key(reading.words(mention.name)), _Person())
        before, after = _windows(reading, sentence, mentions, index)
        found = roles_of(reading, mention, before=before, after=after, inherited=inherited)
        if before and found and found[0].span.end <= mention.whole.start:
            inherited = tuple(
                role for role in found if role.span.end <= mention.whole.start and _is_list(role)
            )
        _add(person, mention, found)
        person.absent = person.absent or is_absent(reading, before)
        if reported := is_reporting(reading, after):
            person.reports.append(reported)
        if in_minutes := speaks_in_minutes(reading, line, mention):
            person.roles.append(in_minutes)
        pending = _share(reading, mentions, index, pending=pending, person=person, found=found)


def _is_list(role: RoleMention) -> bool:
    return role.role in {Role.ATTEND, Role.DIRECT, Role.CHAIR}


def _share(
    reading: Reading,
    mentions: list[Mention],
    index: int,
    *,
    pending: list[tuple[_Person, bool]],
    person: _Person,
    found: tuple[RoleMention, ...],
) -> list[tuple[_Person, bool]]:
    """ "A, … và B, … đồng chủ trì": what is said after the last name holds for those joined to it."""
    if found:
        said_after = [role for role in found if role.span.start >= mentions[index].whole.end]
        for other, parted in pending:
            other.roles.extend(role for role in said_after if role.role is Role.CHAIR or not parted)
        return []
    joined = index + 1 < len(mentions) and _JOINED.fullmatch(
        reading.key[mentions[index].whole.end : mentions[index + 1].whole.start]
    )
    return [*pending, (person, ";" in joined.group())] if joined else []


def _windows(
    reading: Reading, sentence: Span, mentions: list[Mention], index: int
) -> tuple[Span | None, Span | None]:
    mention = mentions[index]
    floor = mentions[index - 1].whole.end if index else sentence.start
    ceiling = mentions[index + 1].whole.start if index + 1 < len(mentions) else sentence.end
    semicolon = reading.raw.find(";", mention.whole.end, ceiling)
    if semicolon >= 0:
        ceiling = semicolon
    last = reading.raw.rfind(";", floor, mention.whole.start)
    floor = max(floor, last + 1)
    return reading.trimmed(floor, mention.whole.start, drop="\n"), (
        Span(mention.whole.end, ceiling) if ceiling > mention.whole.end else None
    )


def _add(person: _Person, mention: Mention, found: tuple[RoleMention, ...]) -> None:
    person.names.append(mention.name)
    if mention.rank:
        person.ranks.append(mention.rank)
    known = {post.post for post in person.posts}
    person.posts.extend(post for post in mention.posts if post.post not in known)
    person.roles.extend(found)


def _one_person_two_spellings(reading: Reading, people: dict[str, _Person]) -> None:
    """The same post, family name and given name, one middle name apart: the spelling used most is kept."""
    by_ends: dict[tuple[str, str, int], list[str]] = {}
    for key in people:
        syllables = key.split(" ")
        by_ends.setdefault((syllables[0], syllables[-1], len(syllables)), []).append(key)
    for keys in by_ends.values():
        keys.sort(key=lambda key: -len(people[key].names))
        for other in keys[1:]:
            if _share_post(people[keys[0]], people[other]):
                _merge(people[keys[0]], people.pop(other))


def _short_names(people: dict[str, _Person]) -> None:
    """ "ông Ngọc Hải" is the Nguyễn Ngọc Hải already met."""
    for key in [key for key in people if key.count(" ") == 1]:
        full = [other for other in people if other.endswith(" " + key)]
        if len(full) == 1:
            _merge(people[full[0]], people.pop(key))


def _share_post(one: _Person, two: _Person) -> bool:
    posts = {key_of(post.post) for post in one.posts}
    return any(key_of(post.post) in posts for post in two.posts)


def _merge(one: _Person, two: _Person) -> None:
    one.posts.extend(two.posts)
    one.roles.extend(two.roles)
    one.reports.extend(two.reports)


def _short_mentions(layout: Layout, people: dict[str, _Person]) -> None:
    """ "ông Hải đề nghị": the last one or two syllables of a name already met."""
    reading = layout.reading
    for line in layout.body:
        for match in _SHORT_NAME.finditer(reading.raw, line.start, line.end):
            person = _by_tail(people, name_key(match["name"]))
            if person is None or any(span.start == match.start("name") for span in person.names):
                continue
            end = match.end("name")
            after = Span(end, min(line.end, end + 140)) if end < line.end else None
            mention = Mention(Span(match.start("name"), end), Span(match.start(), end), None, (), titled=True)
            start = max(line.start, match.start() - 160)
            before = reading.trimmed(start, match.start()) if start < match.start() else None
            sentence_start = max(reading.raw.rfind(". ", start, match.start()), start - 1) + 1
            before = reading.trimmed(sentence_start, match.start()) if before else None
            person.roles.extend(roles_of(reading, mention, before=before, after=after, inherited=()))
            if reported := is_reporting(reading, after):
                person.reports.append(reported)


def _by_tail(people: dict[str, _Person], words: str) -> _Person | None:
    for tail in (words, words.split(" ", maxsplit=1)[0]):
        fitting = [person for key, person in people.items() if key.endswith(" " + tail)]
        if len(fitting) == 1:
            return fitting[0]
    return None


def _post_mentions(layout: Layout, people: dict[str, _Person]) -> None:
    """ "Đồng chí Bí thư Tỉnh ủy yêu cầu": a post that only one of the people met holds."""
    reading = layout.reading
    named = [
        span for person in people.values() for span in (*person.names, *(post.span for post in person.posts))
    ]
    starts = sorted({span.start for span in named})
    known = set(starts)
    if not people:
        return
    for sentence in layout.sentences:
        for match in POST.finditer(reading.key, sentence.start, sentence.end):
            if match.start() in known:
                continue
            post = post_mention(reading, match.start(), post_end(reading, match.start(), sentence.end))
            holder = _holder(people, post) if post else None
            if post and holder and post.span.end < sentence.end and not _holds_name(starts, post.span):
                mention = Mention(post.span, post.span, None, (), titled=True)
                before = reading.trimmed(sentence.start, post.span.start)
                after = Span(post.span.end, sentence.end)
                found = roles_of(reading, mention, before=before, after=after, inherited=())
                holder.roles.extend(role for role in found if role.role is Role.SPEAK)
                if found and len(post.post) > max((len(p.post) for p in holder.posts), default=0):
                    holder.posts.append(post)


def _holds_name(starts: list[int], span: Span) -> bool:
    """Whether a name, or a post already read, begins inside the span; ``starts`` are in order."""
    at = bisect_left(starts, span.start)
    return at < len(starts) and starts[at] < span.end


def _holder(people: dict[str, _Person], post: PostMention) -> _Person | None:
    key = key_of(post.post)
    fitting = [
        person
        for person in people.values()
        if any(
            key_of(own.post) == key
            or is_shorter_form(post.post, own.post)
            or (own.org and is_shorter_form(own.post, post.post))
            for own in person.posts
        )
    ]
    return fitting[0] if len(fitting) == 1 else None


def _finished(reading: Reading, person: _Person) -> PersonMention | None:
    roles = list(person.roles)
    if not any(role.role is Role.PRESENT for role in roles):
        roles.extend(person.reports)
    if person.absent or not roles:
        return None
    name = Counter(" ".join(reading.words(span).split()) for span in person.names).most_common(1)[0][0]
    rank = person.ranks[0] if person.ranks else None
    return PersonMention(
        name=name,
        name_spans=tuple(person.names),
        rank=reading.words(rank) if rank else None,
        rank_span=rank,
        posts=without_shorter(person.posts),
        roles=settled(roles),
    )
