"""Phòng họp: the one main action of the chair at this moment, and where each audience's page stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from soi.ballots.enums import Mode, PollState
from soi.conferences import room, room_lists
from soi.conferences.enums import Audience, FloorState

if TYPE_CHECKING:
    from soi.base.actor import Actor
    from soi.conferences.models import Conference
    from soi.conferences.room import ItemView, PollView, QueueView, RoomView


@dataclass(frozen=True, slots=True)
class Act:
    """Việc chính: what the large button does; ``url`` with ``arg`` and ``field`` are sent by POST."""

    url: str
    label: str
    about: str = ""
    note: str = ""
    icon: str = "right"
    arg: int | None = None
    field: str = ""
    value: int | None = None
    ask: str = ""
    # The way to a page where it is done, instead of a deed.
    link: bool = False
    # Why it cannot be done yet; then the button is not drawn.
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """Một trang của phòng họp mà người này được vào."""

    page: str
    label: Any
    audience: Audience


# In the order in which `room` chooses: who has a task in the room finds it first.
PAGES = (
    Tab("room_chair", gettext_lazy("Chủ trì"), Audience.CHAIR),
    Tab("room_secretary", gettext_lazy("Thư ký"), Audience.CHAIR),
    Tab("room_teller", gettext_lazy("Kiểm phiếu"), Audience.TELLER),
    Tab("room_site", gettext_lazy("Điểm cầu"), Audience.SITE),
    Tab("room_delegate", gettext_lazy("Đại biểu"), Audience.DELEGATE),
    Tab("room_wall", gettext_lazy("Màn hình chung"), Audience.WALL),
)


def tabs(audiences: Collection[Audience]) -> list[Tab]:
    """Các trang được vào, for the bar on top of each of them."""
    return [tab for tab in PAGES if tab.audience in audiences]


def my_page(audiences: Collection[Audience], *, is_chair: bool) -> str:
    """Trang của tôi: the chair's for who chairs, the secretary's for others who drive, then by task."""
    if Audience.CHAIR in audiences:
        return "room_chair" if is_chair else "room_secretary"
    return next((tab.page for tab in PAGES if tab.audience in audiences), "")


@dataclass(frozen=True, slots=True)
class Link:
    """Một đường đi từ phòng họp tới việc khác của thư ký."""

    url: str
    label: str
    icon: str


def links_of_secretary(conference: int) -> list[Link]:
    """Việc của thư ký bên ngoài phòng họp."""
    links = (
        ("preparation", _("Chuẩn bị"), "edit"),
        ("attendance_board", _("Điểm danh"), "people"),
        ("call_room", _("Âm thanh, hình ảnh"), "conference"),
        ("minutes", _("Biên bản"), "document"),
    )
    drawn = [Link(reverse(name, args=[conference]), label, icon) for name, label, icon in links]
    ballot = Link(f"{reverse('poll_new')}?hoi-nghi={conference}", _("Soạn bỏ phiếu"), "register")
    concluded = f"{reverse('conference_detail', args=[conference])}#ket-luan"
    return [*drawn[:2], ballot, Link(concluded, _("Kết luận"), "check"), *drawn[2:]]


@dataclass(frozen=True, slots=True)
class RoomDoor:
    """Đường vào phòng họp on the page of the conference; the page's main action while there is a session."""

    label: str
    is_main: bool


def door(actor: Actor, conference: Conference) -> RoomDoor | None:
    """Vào phòng họp: on the days of the conference and as long as its session runs, for who has a part in it."""
    state = room_lists.state_of(conference)
    is_today = conference.date_start <= actor.today <= conference.date_end
    if not is_today and state in {None, FloorState.WAITING}:
        return None
    audiences = room.audiences_of(actor, conference)
    if not audiences:
        return None
    if state == FloorState.CLOSED:
        return RoomDoor(_("Phòng họp"), is_main=False)
    if state in {None, FloorState.WAITING} and Audience.CHAIR in audiences:
        return RoomDoor(_("Mở phiên họp"), is_main=True)
    return RoomDoor(_("Vào phòng họp"), is_main=True)


def main_act(view: RoomView) -> Act | None:
    """Việc chính của chủ trì lúc này; after the session, the way to its minutes."""
    by_state: Mapping[FloorState, Act | None] = {
        FloorState.WAITING: _opening(view),
        FloorState.BREAK: Act("floor_resume", _("Họp tiếp"), icon="clock"),
        FloorState.CLOSED: _minutes(view),
    }
    if view.state in by_state:
        return by_state[view.state]
    if view.state == FloorState.VOTING and view.poll:
        return _closing_of(view.poll)
    if view.state == FloorState.SPEAKING and not view.queue:
        return Act("floor_speech_end", _("Kết thúc lượt phát biểu"), icon="check")
    if view.queue and view.item:
        return _invitation(view.queue[0], ends=view.state == FloorState.SPEAKING)
    return _next_step(view)


def _opening(view: RoomView) -> Act:
    note = ""
    if _following(view) is None:
        note = _("Chương trình chưa có nội dung nào. Vẫn khai mạc được, rồi thêm sau.")
    return Act("floor_opening", _("Khai mạc phiên họp"), note=note, icon="open")


def _minutes(view: RoomView) -> Act:
    note = _("Soi soạn sẵn từ diễn biến; thư ký sửa lời văn, chủ trì và thư ký thông qua.")
    return Act("minutes", _("Sang biên bản"), note=note, icon="document", arg=view.conference_pk, link=True)


def _closing_of(poll: PollView) -> Act:
    left = poll.roll - poll.cast
    note = _("Mọi người đã bỏ phiếu.") if left <= 0 else _("Còn %d người chưa bỏ phiếu.") % left
    ask = _("Còn %d người chưa bỏ phiếu. Vẫn đóng?") % left if left > 0 else ""
    return Act("floor_poll_close", _("Đóng bỏ phiếu"), poll.title, note, "lock", poll.pk, ask=ask)


def _invitation(first: QueueView, *, ends: bool) -> Act:
    note = ", ".join(part for part in (first.post, first.site) if part and part != first.name)
    label = _("Mời người tiếp theo") if ends else _("Mời phát biểu")
    return Act("floor_giving", label, first.name, note, "bell", field="request", value=first.pk)


def _next_step(view: RoomView) -> Act:
    ballot = _ballot_of(view)
    if ballot:
        return _opening_of(ballot)
    following = _following(view)
    if following:
        label = _("Sang nội dung %s") % following.index
        note = _("%d phút") % following.minutes
        about = following.title
        return Act("floor_item", label, about, note, "right", field="item", value=following.pk)
    left = view.questions_left
    why_not = _("Còn %d gợi ý của cấp trên chưa giải trình; giải trình xong mới bế mạc được.") % left
    ask = _("Bế mạc phiên họp? Sau đó không phát biểu và bỏ phiếu được nữa.")
    return Act("floor_closing", _("Bế mạc"), icon="check", ask=ask, why_not=why_not if left else "")


def _opening_of(poll: PollView) -> Act:
    """A secret ballot opens on its own page: two tellers type their passphrases there."""
    if poll.mode == Mode.SECRET:
        note = _("Hai người kiểm phiếu nhập mật khẩu rồi mới mở được.")
        return Act("poll_opening", _("Mở bỏ phiếu kín"), poll.title, note, "register", poll.pk, link=True)
    return Act("floor_poll", _("Mở bỏ phiếu"), poll.title, poll.mode_label, "register", poll.pk)


def _ballot_of(view: RoomView) -> PollView | None:
    """The poll prepared for the item that is on now."""
    item = view.item.pk if view.item else None
    return next((poll for poll in view.polls if poll.state == PollState.DRAFT and poll.item_id == item), None)


def _following(view: RoomView) -> ItemView | None:
    return next((item for item in view.agenda if item.place == "next"), None)


def presence_words(view: RoomView) -> str:
    """Có mặt bao nhiêu, and whether that is enough."""
    if not view.entitled:
        return _("Chưa mời thành viên chính thức nào.")
    facts = {"here": view.entitled_present, "all": view.entitled, "needed": view.quorum_needed}
    if view.quorum_reached:
        return _("Có mặt %(here)d trên %(all)d thành viên chính thức, đủ điều kiện họp.") % facts
    return _("Có mặt %(here)d trên %(all)d thành viên chính thức, cần %(needed)d.") % facts


@dataclass(frozen=True, slots=True)
class Progress:
    """Tiến độ chương trình: which item of how many, counting the top level only."""

    number: int
    total: int


def progress(view: RoomView) -> Progress:
    """Đang ở nội dung thứ mấy; a sub-item counts as its parent."""
    tops = [item for item in view.agenda if item.depth == 0]
    here = view.item.index.split(".")[0] if view.item else ""
    number = next((place for place, item in enumerate(tops, 1) if item.index == here), 0)
    return Progress(number, len(tops))
