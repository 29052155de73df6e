"""Câu của diễn biến: each event in plain Vietnamese, from its own facts, for the log and for the minutes. Pure.

The sentences stand without the time (the reader writes "14:05" before them). They are the record, so they are
Vietnamese whatever language the pages are read in; and they hold no more than the event itself does, which is
never more than its audience may know.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from soi.conferences.logic import clock
from soi.conferences.logic.verbs import FloorVerb as Verb

Facts = Mapping[str, Any]

_RULE_WORDS = {
    "arrival": "theo thứ tự đăng ký",
    "sites_in_turn": "lần lượt từng điểm cầu",
    "first_timers": "ưu tiên người chưa phát biểu",
    "least_time": "ưu tiên nơi đã nói ít hơn",
}
_ASK_WORDS = {
    "speak": "đăng ký phát biểu",
    "answer": "đăng ký giải trình",
    "point_of_order": "xin có ý kiến về trình tự",
}
_SPEAK_WORDS = {
    "speak": "phát biểu",
    "answer": "giải trình",
    "point_of_order": "nêu ý kiến về trình tự",
}
_CONTRIBUTION_WORDS = {
    "strength": "nêu ưu điểm",
    "shortcoming": "nêu hạn chế, khuyết điểm",
    "cause": "nêu nguyên nhân",
    "remedy": "đề xuất biện pháp",
    "disagreement": "không nhất trí",
    "other": "nêu ý kiến",
}


def sentence(verb: str, facts: Facts, words: str = "") -> str:
    """Câu kể một sự kiện; empty for what nobody needs to read (pages turned, clocks set).

    ``words``: of a contribution, which its event does not hold, where the reader may have them.
    """
    tell = _TELLING.get(Verb(verb))
    told = tell(facts) if tell else ""
    return _stop(f"{told[:-1]}: {words}") if told and words else told


def comrade(facts: Facts, *, with_post: bool = False) -> str:
    """Ai: "Đồng chí Thượng tá Mai Văn Trung, Bí thư …" or, where a site speaks for itself, its name."""
    if not facts.get("who"):
        return site_words(facts)
    post = f", {facts['post']}," if with_post and facts.get("post") else ""
    return f"Đồng chí {facts['who']}{post}"


def site_words(facts: Facts) -> str:
    """Nơi: "Điểm cầu Sư đoàn 901", once, also where the name itself begins with these words."""
    name = str(facts.get("site") or "")
    return name if name.casefold().startswith("điểm cầu") else f"Điểm cầu {name}"


def _from_site(facts: Facts) -> str:
    if not (facts.get("who") and facts.get("site")):
        return ""
    where = site_words(facts)
    return f" từ đ{where[1:]}"


def _stop(text: str) -> str:
    """A full stop, unless the words quoted last end with one."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _quoted(title: Any) -> str:
    return f"«{title}»"


# --- the session ------------------------------------------------------------------------------------


def _open(facts: Facts) -> str:
    if not facts.get("entitled"):
        return "Phiên họp khai mạc."
    there = f"Có mặt {facts['present']} trên {facts['entitled']} thành viên chính thức"
    sites = facts.get("sites") or 0
    return f"Phiên họp khai mạc. {there}{f', tại {sites} điểm cầu' if sites > 1 else ''}."


def _start_item(facts: Facts) -> str:
    return _ended(facts) + _stop(f"Bắt đầu nội dung {facts['index']}: {facts['title']}")


def _pause(facts: Facts) -> str:
    length = f" {facts['minutes']} phút" if facts.get("minutes") else ""
    return f"{_ended(facts)}Hội nghị nghỉ giải lao{length}."


def _close(facts: Facts) -> str:
    left = facts.get("waiting") or 0
    return f"Phiên họp bế mạc.{f' Còn {left} đăng ký chưa phát biểu.' if left else ''}"


def _set_rule(facts: Facts) -> str:
    minutes = facts.get("minutes")
    each = f"; mỗi lượt {minutes} phút" if minutes else "; không hạn chế thời gian mỗi lượt"
    return f"Thứ tự phát biểu: {_RULE_WORDS[facts['rule']]}{each}."


# --- papers -----------------------------------------------------------------------------------------


def _present(facts: Facts) -> str:
    if facts.get("paper"):
        return f"Trình chiếu tài liệu {_quoted(facts['paper'])}."
    return "Trình chiếu tài liệu hạn chế người đọc."


# --- speaking ---------------------------------------------------------------------------------------


def _ask(facts: Facts) -> str:
    topic = f": {facts['topic']}" if facts.get("topic") else ""
    typed = f" ({facts['by']} ghi thay)" if facts.get("by") else ""
    return _stop(f"{comrade(facts)} {_ASK_WORDS[facts['kind']]}{typed}{topic}")


def _withdraw(facts: Facts) -> str:
    return f"{comrade(facts)} rút đăng ký phát biểu."


def _decline(facts: Facts) -> str:
    return _stop(f"Chủ trì không mời phát biểu: {_lowered(comrade(facts))}. Lý do: {facts['reason']}")


def _give_floor(facts: Facts) -> str:
    words = _SPEAK_WORDS[facts["kind"]]
    told = f"{_ended(facts)}{comrade(facts, with_post=True)} {words}{_from_site(facts)}."
    passed: Sequence[str] = facts.get("passed") or ()
    if passed:
        reason = f", vì {facts['reason'].rstrip('.')}" if facts.get("reason") else ""
        told += f" Chủ trì mời trước lượt{reason}; người còn chờ: {', '.join(passed)}."
    return told


def _end_speech(facts: Facts) -> str:
    return _ended(facts).rstrip()


def _ended(facts: Facts) -> str:
    """A speech that this event ended, before what it began."""
    ended = facts.get("ended")
    if not ended:
        return ""
    return f"{comrade(ended)} kết thúc phát biểu ({clock.words(ended['seconds'])}). "


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


# --- contributions ----------------------------------------------------------------------------------


def _contribute(facts: Facts) -> str:
    typed = f" ({facts['by']} ghi)" if facts.get("by") else ""
    return f"{comrade(facts)} {_CONTRIBUTION_WORDS[facts['kind']]}{_about(facts)}{typed}."


def _about(facts: Facts) -> str:
    paragraph = f"đoạn {facts['paragraph']} của " if facts.get("paragraph") else ""
    if facts.get("paper"):
        return f" về {paragraph}{_quoted(facts['paper'])}"
    return f" về {paragraph}tài liệu hạn chế người đọc" if facts.get("restricted") else ""


def _withdraw_contribution(facts: Facts) -> str:
    typed = f" ({facts['by']} ghi)" if facts.get("by") else ""
    return f"{comrade(facts)} rút một ý kiến{typed}."


# --- ballots ----------------------------------------------------------------------------------------


def _draft_poll(facts: Facts) -> str:
    return f"Đã soạn cuộc bỏ phiếu {_quoted(facts['poll'])}."


def _open_poll(facts: Facts) -> str:
    numbers = f"triệu tập {facts['summoned']}, có mặt {facts['present']}, được bỏ phiếu {facts['roll']} người"
    return f"{_ended(facts)}Bỏ phiếu {_quoted(facts['poll'])} ({_lowered(facts['mode'])}): {numbers}."


def _close_poll(facts: Facts) -> str:
    if facts.get("annulled"):
        return f"Cuộc bỏ phiếu {_quoted(facts['poll'])} đã bị hủy."
    return f"Đóng bỏ phiếu {_quoted(facts['poll'])}: {facts['cast']} trên {facts['roll']} người đã bỏ phiếu."


def _publish_poll(facts: Facts) -> str:
    more: Sequence[Facts] = facts.get("more") or ()
    if not more:
        return f"Công bố kết quả bỏ phiếu {_quoted(facts['poll'])}."
    titles = ", ".join(_quoted(one["poll"]) for one in (facts, *more))
    return f"Công bố kết quả {len(more) + 1} cuộc bỏ phiếu: {titles}."


_TELLING: dict[Verb, Callable[[Facts], str]] = {
    Verb.OPEN: _open,
    Verb.START_ITEM: _start_item,
    Verb.PRESENT: _present,
    Verb.PUT_AWAY: lambda _facts: "Thôi trình chiếu tài liệu.",
    Verb.PAUSE: _pause,
    Verb.RESUME: lambda _facts: "Hội nghị họp tiếp.",
    Verb.SET_RULE: _set_rule,
    Verb.ASK: _ask,
    Verb.WITHDRAW: _withdraw,
    Verb.DECLINE: _decline,
    Verb.GIVE_FLOOR: _give_floor,
    Verb.END_SPEECH: _end_speech,
    Verb.CONTRIBUTE: _contribute,
    Verb.WITHDRAW_CONTRIBUTION: _withdraw_contribution,
    Verb.DRAFT_POLL: _draft_poll,
    Verb.OPEN_POLL: _open_poll,
    Verb.CLOSE_POLL: _close_poll,
    Verb.PUBLISH_POLL: _publish_poll,
    Verb.CLOSE: _close,
}
