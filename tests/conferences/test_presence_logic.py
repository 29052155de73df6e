"""Who counts, who is there, is it enough: against a slow reading of the rules, minute by minute."""

from __future__ import annotations

import datetime as dt
import random
import secrets
from fractions import Fraction
from itertools import pairwise

import pytest

from soi.conferences.logic import codes
from soi.conferences.logic.presence import (
    COMMITTEE,
    CONGRESS,
    MEETING,
    RULES,
    AtSite,
    Ground,
    Invited,
    Period,
    Rule,
    Stay,
    count,
    lapses,
    unbroken,
)

START = dt.datetime(2021, 4, 7, 1, tzinfo=dt.UTC)
MINUTES = 40


def at(minute: int) -> dt.datetime:
    return START + dt.timedelta(minutes=minute)


def stay(row: int, start: int, end: int | None = None, site: int | None = 1) -> Stay:
    return Stay(row, site, at(start), None if end is None else at(end))


def member(row: int, *grounds: Ground, entitled: bool = True, substitute: int | None = None) -> Invited:
    return Invited(row, row * 10, entitled, frozenset(grounds), substitute)


# --- the rules, one by one ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "ground", "away", "there"),
    [
        # rule, case of the third member, total while away, total while there
        (COMMITTEE, Ground.SUSPENDED, 2, 2),
        (COMMITTEE, Ground.TRANSFERRED, 2, 3),
        (COMMITTEE, Ground.EXEMPT, 3, 3),
        (COMMITTEE, Ground.ACCEPTED, 3, 3),
        (MEETING, Ground.SUSPENDED, 2, 2),
        (MEETING, Ground.TRANSFERRED, 2, 2),
        (MEETING, Ground.EXEMPT, 2, 3),
        (MEETING, Ground.ACCEPTED, 2, 3),
        (CONGRESS, Ground.SUSPENDED, 2, 2),
        (CONGRESS, Ground.EXEMPT, 2, 3),
    ],
)
def test_the_total_leaves_out_whom_the_rule_leaves_out(
    rule: Rule, ground: Ground, away: int, there: int
) -> None:
    invited = [member(1), member(2), member(3, ground)]
    both = [stay(1, 0), stay(2, 0)]
    assert count(invited, both, rule, at(5)).entitled == away
    found = count(invited, [*both, stay(3, 5)], rule, at(5))
    assert found.entitled == there
    assert (30 in found.voters) == (there == 3), "who is left out does not vote either"


def test_a_reason_for_being_late_leaves_nobody_out_who_came() -> None:
    invited, stays = [member(1), member(2, Ground.ACCEPTED)], [stay(1, 0), stay(2, 5, 10)]
    totals = [count(invited, stays, MEETING, at(minute)).entitled for minute in (4, 5, 9, 10, 20)]
    assert totals == [1, 2, 2, 2, 2], "absent throughout means throughout"


@pytest.mark.parametrize(
    ("rule", "entitled", "needed"),
    [(COMMITTEE, 4, 3), (COMMITTEE, 5, 3), (CONGRESS, 9, 6), (CONGRESS, 10, 7), (COMMITTEE, 1, 1)],
)
def test_the_share_is_exact(rule: Rule, entitled: int, needed: int) -> None:
    assert rule.needed(entitled) == needed
    assert rule.reached(needed, entitled)
    assert not rule.reached(needed - 1, entitled)


def test_where_nobody_counts_nothing_is_decided() -> None:
    assert not COMMITTEE.reached(0, 0)
    assert not CONGRESS.reached(0, 0)


def test_a_substitute_votes_at_a_congress_only_and_never_beside_the_delegate() -> None:
    invited = [member(1, substitute=9), member(2), member(9, entitled=False)]
    instead = [stay(2, 0), stay(9, 0, site=2)]
    assert count(invited, instead, COMMITTEE, at(1)).voters == (20,)
    found = count(invited, instead, CONGRESS, at(1))
    assert (found.voters, found.entitled) == ((20, 90), 2)
    assert found.by_site == {1: AtSite(1, 1), 2: AtSite(1, 1)}
    both = count(invited, [*instead, stay(1, 0)], CONGRESS, at(1))
    assert (both.voters, both.entitled) == ((10, 20), 2), "one seat, one vote"


def test_guests_are_there_and_do_not_count() -> None:
    found = count([member(1), member(2, entitled=False)], [stay(1, 0), stay(2, 0)], COMMITTEE, at(0))
    assert (found.entitled, found.voters, found.by_site) == (1, (10,), {1: AtSite(2, 1)})


def test_an_interval_holds_from_its_first_moment_to_before_its_last() -> None:
    stays = [stay(1, 5, 10)]
    assert [len(count([member(1)], stays, COMMITTEE, at(m)).voters) for m in (4, 5, 9, 10)] == [0, 1, 1, 0]


# --- intervals against a slow oracle --------------------------------------------------------------------


def _dice() -> tuple[int, random.Random]:
    seed = secrets.randbits(64)
    print(f"seed {seed}")  # noqa: T201  (shown when the test fails, to repeat it)
    return seed, random.Random(seed)  # noqa: S311


def _story(dice: random.Random) -> tuple[list[Invited], list[Stay]]:
    """Up to seven people with their cases, who come, go and move over forty minutes; none is twice anywhere."""
    rows, stays = list(range(1, dice.randint(2, 8))), []
    for row in rows:
        turns = sorted(dice.sample(range(MINUTES + 1), dice.choice([0, 2, 2, 4])))
        for start, end in zip(turns[::2], turns[1::2], strict=True):
            cut = dice.choice([None, *range(start + 1, end)])
            stays += [stay(row, start, cut or end, dice.choice([1, 2, None]))]
            stays += [stay(row, cut, end, dice.choice([1, 2, None]))] if cut else []
        if turns and dice.random() < 0.3:
            stays[-1] = Stay(row, stays[-1].site, stays[-1].start, None)
    grounds = [g for g in Ground if g is not Ground.AWAY]
    invited = [
        member(
            row,
            *(g for g in grounds if dice.random() < 0.2),
            entitled=dice.random() < 0.8,
            substitute=dice.choice([None, None, *[r for r in rows if r > row]]),
        )
        for row in rows
    ]
    # Who stands in for somebody does so once, and is no member: the actions refuse anything else.
    taken: set[int] = set()
    for index, one in enumerate(invited):
        if one.substitute is not None and (one.substitute in taken or not one.entitled):
            invited[index] = Invited(one.row, one.person, one.entitled, one.grounds)
        elif one.substitute is not None:
            taken.add(one.substitute)
    return [
        Invited(o.row, o.person, o.entitled and o.row not in taken, o.grounds, o.substitute) for o in invited
    ], stays


def _minutes_there(row: int, stays: list[Stay]) -> set[int]:
    """Oracle: the minutes one by one."""
    mine = [s for s in stays if s.row == row]
    return {
        m for m in range(MINUTES) if any(s.start <= at(m) and (s.end is None or at(m) < s.end) for s in mine)
    }


def _oracle(invited: list[Invited], stays: list[Stay], key: str, minute: int) -> tuple[int, set[int]]:
    """The table of REGULATIONS 2.7, read line by line."""
    total, voters = 0, set()
    for one in (o for o in invited if o.entitled):
        seat = [one.row]
        if key == "congress" and one.substitute is not None:
            seat.append(one.substitute)
        there = [row for row in seat if minute in _minutes_there(row, stays)]
        came = any(m <= minute for row in seat for m in _minutes_there(row, stays))
        if Ground.SUSPENDED in one.grounds:
            continue
        if key == "committee" and Ground.TRANSFERRED in one.grounds and not there:
            continue
        if key == "meeting" and Ground.TRANSFERRED in one.grounds:
            continue
        if key == "meeting" and Ground.EXEMPT in one.grounds and not there:
            continue
        if key == "meeting" and Ground.ACCEPTED in one.grounds and not came:
            continue
        if key == "congress" and not came:
            continue
        total += 1
        if there:
            voters.add(there[0] * 10)
    return total, voters


def test_any_story_counts_as_the_rules_read_line_by_line() -> None:
    seed, dice = _dice()
    for number in range(150):
        invited, stays = _story(dice)
        for key, rule in RULES.items():
            for minute in dice.sample(range(MINUTES), 6):
                found = count(invited, stays, rule, at(minute))
                expected = _oracle(invited, stays, key, minute)
                assert (found.entitled, set(found.voters)) == expected, (
                    f"seed {seed}, {number} {key} {minute}"
                )
                assert sum(s.entitled for s in found.by_site.values()) == len(found.voters)
                members = sum(one.entitled for one in invited)
                assert found.entitled + sum(found.left_out.values()) == members, f"seed {seed}"


def test_unbroken_periods_cover_the_same_minutes_and_never_touch() -> None:
    seed, dice = _dice()
    for number in range(200):
        invited, stays = _story(dice)
        for one in invited:
            periods = unbroken([s for s in stays if s.row == one.row])
            covered = {
                m
                for m in range(MINUTES)
                if any(p.start <= at(m) and (p.end is None or at(m) < p.end) for p in periods)
            }
            assert covered == _minutes_there(one.row, stays), f"seed {seed}, {number}"
            for before, after in pairwise(periods):
                assert before.end is not None
                assert before.end < after.start, f"seed {seed}, {number}: not joined"


def test_lapses_are_the_minutes_without_enough() -> None:
    seed, dice = _dice()
    seen = 0
    for number in range(60):
        invited, stays = _story(dice)
        for key, rule in RULES.items():
            periods = lapses(invited, stays, rule, (at(0), at(MINUTES)))
            short = {m for m in range(MINUTES) if any(p.start <= at(m) < (p.end or at(99)) for p in periods)}
            slow = {m for m in range(MINUTES) if not _enough(invited, stays, key, m)}
            assert short == slow, f"seed {seed}, {number} {key}"
            assert all(b.end != a.start for b, a in pairwise(periods)), "joined"
            seen += 0 < len(short) < MINUTES
    assert seen > 20, "the stories are worth telling"


def _enough(invited: list[Invited], stays: list[Stay], key: str, minute: int) -> bool:
    total, voters = _oracle(invited, stays, key, minute)
    if not total:
        return False
    share = Fraction(len(voters), total)
    return share >= Fraction(2, 3) if key == "congress" else share > Fraction(1, 2)


def test_a_move_to_another_site_is_no_break() -> None:
    assert unbroken([stay(1, 10, 20, 2), stay(1, 0, 10, 1), stay(1, 25, None)]) == (
        Period(at(0), at(20)),
        Period(at(25), None),
    )


# --- codes ---------------------------------------------------------------------------------------------


def test_codes_are_short_unlike_each_other_and_read_as_typed() -> None:
    made: set[str] = set()
    for _ in range(500):
        made.add(codes.new_code(made))
    assert len(made) == 500
    for code in made:
        assert len(code) == codes.LENGTH
        assert codes.tidy(f" {codes.shown(code).lower()} ") == code
    assert not set("AEIOUYBDGSWZ01258") & set(codes.ALPHABET), "nothing a keyboard or an ear mistakes"


@pytest.mark.parametrize(
    "typed", ["", "CHK34", "CHK3477", "CHK-34A", "ĐHK347", "'; --", "Ⅽ" * 6, "CHK347" * 500]
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert codes.tidy(typed) == ""
