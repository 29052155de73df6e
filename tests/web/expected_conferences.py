"""Kỳ vọng cho hội nghị, phòng họp, bỏ phiếu; written by hand, without looking at the access table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.web.kinds_of_actor import (
    ALL_RECORDERS,
    POLL_TELLERS,
    READERS,
    RECORDERS,
    SIGNED_IN,
    Expect,
)
from tests.web.world import World


def session(world: World) -> list[Any]:
    return [world.session.conference.pk]


def asked(world: World) -> list[Any]:
    return [world.session.conference.pk, world.session.request.pk]


def said(world: World) -> list[Any]:
    return [world.session.conference.pk, world.session.contribution.pk]


def vote(world: World) -> list[Any]:
    return [world.session.conference.pk, world.session.poll.pk]


def there(world: World) -> list[Any]:
    """Người đang có mặt ở phiên họp, with the interval."""
    row = world.session.conference.attendances.get()
    return [row.conference_id, row.pk, row.spans.get().pk]


def _before(part: str) -> Callable[[World], list[Any]]:
    """Hội nghị sắp họp, or a part of its preparation."""
    return lambda world: [getattr(world.before, part).pk]


def table() -> dict[str, Expect]:
    """Kỳ vọng viết tay."""

    def conference(world: World) -> list[Any]:
        return [world.conference.pk]

    ahead, item, paper = _before("conference"), _before("item"), _before("paper")
    invitation = _before("invitation")

    def site(world: World) -> list[Any]:
        return [world.conference.pk, world.conference.sites.get().pk]

    def attendance(world: World) -> list[Any]:
        return [world.conference.pk, world.conference.attendances.get().pk]

    return {
        "poll_new": Expect(ALL_RECORDERS, ALL_RECORDERS),
        "poll_detail": Expect(READERS, args=lambda world: [world.polls.closed.pk]),
        "poll_edit": Expect(RECORDERS, RECORDERS, lambda world: [world.polls.draft.pk]),
        "poll_tellers": Expect(RECORDERS, RECORDERS, lambda world: [world.polls.draft.pk]),
        "poll_opening": Expect(RECORDERS, RECORDERS, lambda world: [world.polls.draft.pk]),
        "poll_closing": Expect(post=RECORDERS, args=lambda world: [world.polls.open.pk]),
        "poll_publication": Expect(post=RECORDERS, args=lambda world: [world.polls.counted.pk]),
        "poll_annulment": Expect(RECORDERS, RECORDERS, lambda world: [world.polls.draft.pk]),
        "poll_voting": Expect(READERS, READERS, lambda world: [world.polls.open.pk]),
        "poll_counting": Expect(POLL_TELLERS, POLL_TELLERS, lambda world: [world.polls.closed.pk]),
        "poll_paper": Expect(POLL_TELLERS, POLL_TELLERS, lambda world: [world.polls.paper.pk]),
        "poll_record_docx": Expect(POLL_TELLERS, args=lambda world: [world.polls.published.pk]),
        "conference_list": Expect(SIGNED_IN),
        "conference_new": Expect(ALL_RECORDERS, ALL_RECORDERS),
        "conference_detail": Expect(READERS, args=conference),
        "conference_edit": Expect(RECORDERS, RECORDERS, conference),
        "conference_attendance": Expect(RECORDERS, RECORDERS, conference),
        "conference_conclusion": Expect(RECORDERS, RECORDERS, conference),
        # The room: who records there drives it and sees site and wall; the regiment's secretary is invited; two
        # count. Who only reads finds no room.
        "room": Expect(RECORDERS, args=ahead),
        "room_chair": Expect(RECORDERS, args=ahead),
        "room_secretary": Expect(RECORDERS, args=ahead),
        "room_site": Expect(RECORDERS, args=ahead),
        "room_wall": Expect(RECORDERS, args=ahead),
        "room_delegate": Expect(frozenset({"regiment"}), args=ahead),
        "room_teller": Expect(frozenset({"regiment", "division"}), args=ahead),
        "room_mine": Expect(RECORDERS, args=lambda world: [world.before.conference.pk, "site"]),
        "room_paper": Expect(
            RECORDERS, args=lambda world: [world.before.conference.pk, world.before.paper.pk]
        ),
        # before the conference: the regiment's secretary is invited; its paper is for members only
        "preparation_new": Expect(ALL_RECORDERS, ALL_RECORDERS),
        "preparation": Expect(RECORDERS, args=ahead),
        "agenda_layout": Expect(post=RECORDERS, args=ahead),
        "agenda_new": Expect(RECORDERS, RECORDERS, ahead),
        "agenda_edit": Expect(RECORDERS, RECORDERS, item),
        "agenda_moving": Expect(post=RECORDERS, args=item),
        "agenda_removal": Expect(post=RECORDERS, args=item),
        "paper_new": Expect(RECORDERS, RECORDERS, ahead),
        "paper_text": Expect(RECORDERS, args=paper),
        "paper_file": Expect(RECORDERS, args=paper),
        "paper_edit": Expect(RECORDERS, RECORDERS, paper),
        "paper_removal": Expect(post=RECORDERS, args=paper),
        "preparation_site_new": Expect(RECORDERS, RECORDERS, ahead),
        "preparation_site_edit": Expect(RECORDERS, RECORDERS, _before("site")),
        "preparation_site_removal": Expect(post=RECORDERS, args=_before("site")),
        "invitation_choosing": Expect(RECORDERS, RECORDERS, ahead),
        "invitations_sending": Expect(post=RECORDERS, args=ahead),
        "invitations_reminder": Expect(post=RECORDERS, args=ahead),
        "invitation_edit": Expect(RECORDERS, RECORDERS, invitation),
        "invitation_reply": Expect(RECORDERS, RECORDERS, invitation),
        "invitation_removal": Expect(post=RECORDERS, args=invitation),
        "invitation_mine": Expect(frozenset({"regiment"}), frozenset({"regiment"}), ahead),
        "invitation_calendar": Expect(READERS, args=ahead),
        "opinion_new": Expect(frozenset({"regiment"}), frozenset({"regiment"}), ahead),
        "question_new": Expect(RECORDERS, RECORDERS, ahead),
        "question_answer": Expect(RECORDERS, RECORDERS, _before("question")),
        "conclusion_task": Expect(RECORDERS, RECORDERS, lambda world: [world.conclusion.pk]),
        # The minutes are out for comment: read by who sees the conference, written by who records there;
        # commented and signed by the one who attended and chaired.
        "minutes": Expect(READERS, args=conference),
        "minutes_word": Expect(READERS, args=conference),
        "minutes_pdf": Expect(READERS, args=conference),
        "minutes_composing": Expect(post=RECORDERS, args=conference),
        "minutes_edit": Expect(RECORDERS, RECORDERS, conference),
        "minutes_circulation": Expect(post=RECORDERS, args=conference),
        "minutes_comment": Expect(post=frozenset({"regiment"}), args=conference, data={"text": "Ý kiến"}),
        "minutes_comment_answer": Expect(RECORDERS, RECORDERS, lambda world: [world.minutes_comment.pk]),
        "minutes_signing": Expect(post=frozenset({"regiment"}), args=conference),
        "conference_archive": Expect(post=RECORDERS, args=conference),
        # Sound and picture: opened by who records or leads; joined by the one who chairs (no site serves them).
        "call_room": Expect(READERS, RECORDERS, conference),
        "call_closing": Expect(post=RECORDERS, args=conference),
        "call_joining": Expect(post=frozenset({"regiment"}), args=conference),
        "call_leaving": Expect(post=frozenset({"regiment"}), args=conference),
        "call_pulse": Expect(post=frozenset({"regiment"}), args=conference),
        "call_signal": Expect(frozenset({"regiment"}), frozenset({"regiment"}), conference),
        "site_line": Expect(
            post=RECORDERS,
            args=lambda world: [world.conference.pk, world.conference.sites.get().pk],
            data={"line": "ready"},
        ),
        # Attendance: kept by who records or leads there (no site has staff of its own); one's own by the one
        # who attended. The conference is long over: signing in by oneself answers with a conflict.
        "attendance_board": Expect(RECORDERS, args=conference),
        "attendance_roll_call": Expect(RECORDERS, RECORDERS, conference),
        "attendance_mine": Expect(frozenset({"regiment"}), args=conference),
        "attendance_contest": Expect(
            post=frozenset({"regiment"}), args=conference, data={"note": "Tôi có mặt"}
        ),
        "attendance_signing": Expect(post=frozenset({"regiment"}), args=conference, data={"code": "CHK347"}),
        "attendance_docx": Expect(RECORDERS, args=conference),
        "attendance_xlsx": Expect(RECORDERS, args=conference),
        "site_code": Expect(RECORDERS, args=site),
        "site_code_svg": Expect(RECORDERS, args=site),
        "site_code_renewal": Expect(post=RECORDERS, args=site),
        "site_code_withdrawal": Expect(post=RECORDERS, args=site),
        "attendance_person": Expect(RECORDERS, args=attendance),
        "attendance_arrival": Expect(post=RECORDERS, args=attendance),
        "attendance_leaving": Expect(post=RECORDERS, args=attendance),
        "attendance_move": Expect(post=RECORDERS, args=attendance),
        "attendance_undoing": Expect(post=RECORDERS, args=attendance),
        "attendance_absence": Expect(post=RECORDERS, args=attendance),
        "attendance_replacement": Expect(RECORDERS, RECORDERS, attendance),
        "attendance_counting": Expect(post=RECORDERS, args=attendance),
        "attendance_correction": Expect(RECORDERS, RECORDERS, there),
        "attendance_code": Expect(
            frozenset({"regiment"}), args=lambda world: [world.conference.pk, "CHK347"]
        ),
        # The session, in the middle of a vote: driven by its chair, who alone attends, and by who records there.
        "floor_opening": Expect(post=RECORDERS, args=session),
        "floor_closing": Expect(post=RECORDERS, args=session),
        "floor_item": Expect(post=RECORDERS, args=session),
        "floor_pause": Expect(post=RECORDERS, args=session),
        "floor_resume": Expect(post=RECORDERS, args=session),
        "floor_rule": Expect(post=RECORDERS, args=session),
        "floor_timer": Expect(post=RECORDERS, args=session),
        "floor_paper": Expect(post=RECORDERS, args=session),
        "floor_page": Expect(post=RECORDERS, args=session),
        "floor_paper_away": Expect(post=RECORDERS, args=session),
        "floor_request": Expect(post=RECORDERS, args=session),
        "floor_giving": Expect(post=RECORDERS, args=session),
        "floor_speech_end": Expect(post=RECORDERS, args=session),
        "floor_withdrawal": Expect(post=RECORDERS, args=asked),
        "floor_declining": Expect(post=RECORDERS, args=asked),
        "contribution_new": Expect(post=RECORDERS, args=session),
        "contribution_withdrawal": Expect(post=RECORDERS, args=said),
        "floor_poll": Expect(post=RECORDERS, args=vote),
        "floor_poll_close": Expect(post=RECORDERS, args=vote),
        "floor_poll_publication": Expect(post=RECORDERS, args=vote),
        "polls_publication": Expect(RECORDERS, RECORDERS, session),
    }
