"""Việc giao chung chung: says what a task or a remedy lacks, and how it could be worded. Pure.

A task without one accountable post, a deliverable and a date does not exist; one that only exhorts
("tăng cường, đẩy mạnh, quan tâm…") cannot be checked by anybody, so it is refused in the same way.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from soi.base.text import exact_key, squash
from soi.work.logic.vocabulary import EXHORTATIONS, HOLLOW_RESULTS, MANNERS, PRODUCTS

SHORTEST = 8  # letters; less is a note, not a measure
# What is being given, as the sentences call it.
REMEDY, TASK = "biện pháp", "nhiệm vụ"


@dataclass(frozen=True, slots=True)
class Lack:
    """Thiếu gì: one sentence for the top of the form, and one for each field that is to be mended."""

    sentence: str
    fields: dict[str, str] = field(default_factory=dict)


def _any_of(phrases: tuple[str, ...]) -> str:
    longest_first = sorted((exact_key(phrase) for phrase in phrases), key=len, reverse=True)
    return rf"(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"


_PRODUCT = re.compile(rf"(?<!\w){_any_of(PRODUCTS)}")
_HOLLOW = re.compile(rf"(?<!\w){_any_of(HOLLOW_RESULTS)}")
_NUMBER = re.compile(r"\d")
_MANNER = re.compile(rf"(?:{_any_of(MANNERS)}[\s,;]*)*")
# "Tiếp tục tăng cường, đẩy mạnh và quan tâm hơn nữa công tác …"
_OPENING = re.compile(rf"{_MANNER.pattern}(?:{_any_of(EXHORTATIONS)}[\s,;]*{_MANNER.pattern})+")


def what_lacks(
    statement: str,
    deliverable: str,
    *,
    has_post: bool,
    due_on: dt.date | None,
    matter: str = REMEDY,
    measured: bool = False,
) -> Lack | None:
    """Thiếu gì trong việc được giao; None where it is concrete.

    ``measured``: it carries a number to be reached and its unit, so that its words need not hold one.
    """
    fields: dict[str, str] = {}
    if len(squash(statement)) < SHORTEST:
        fields["statement"] = "Ghi rõ sẽ làm việc gì."
    if not squash(deliverable):
        fields["deliverable"] = (
            "Ghi sản phẩm hoặc kết quả kiểm tra được, ví dụ: biên bản, kế hoạch, 100% chi bộ."
        )
    if not has_post:
        fields["accountable_post"] = "Chọn đúng một chức vụ chịu trách nhiệm chính."
    if due_on is None:
        fields["due_on"] = "Chọn ngày phải xong."
    if fields:
        return Lack(f"Chưa giao được {matter} vì còn thiếu: {_listed(fields)}.", fields)
    return None if measured else _hollow(squash(statement), squash(deliverable), matter)


def is_exhortation(text: str) -> bool:
    """Chỉ hô hào: opens with words such as "tăng cường" and names neither a number nor a product."""
    key = exact_key(text)
    opens = _OPENING.match(key) or _MANNER.fullmatch(key)
    return opens is not None and not _measurable(key)


def _measurable(key: str) -> bool:
    return bool(_NUMBER.search(key) or _PRODUCT.search(key))


def _hollow(statement: str, deliverable: str, matter: str) -> Lack | None:
    result = exact_key(deliverable)
    if not _measurable(result) and (_HOLLOW.search(result) or _OPENING.match(result)):
        return Lack(
            f"Kết quả «{deliverable}» không kiểm tra được. Hãy ghi thứ đếm được hoặc cầm được, "
            "ví dụ: «Biên bản kiểm tra 100% chi bộ», «Quy chế được ban hành».",
            {"deliverable": "Ghi số lượng hoặc tên văn bản, sản phẩm."},
        )
    # "Báo cáo" alone says no more than the exhortation: a report of what, that shows what?
    if is_exhortation(statement) and (not _measurable(result) or _PRODUCT.fullmatch(result.rstrip(" .;,"))):
        return Lack(
            f"{matter.capitalize()} «{statement}» mới nêu chủ trương, chưa nêu việc làm đo được. "
            f"Có thể viết: «{better_wording(statement)}».",
            {"statement": "Ghi làm gì, bao nhiêu lần hoặc với ai, và căn cứ vào đâu để biết đã xong."},
        )
    return None


def better_wording(statement: str) -> str:
    """Gợi ý cách viết: the matter itself, without the exhortation, as something that can be counted."""
    matter = _matter(squash(statement))
    subject = f"việc {matter}" if matter else "từng đầu việc"
    return f"Mỗi tháng một lần đánh giá {subject}; lập biên bản; sửa xong từng lỗi nêu trong biên bản"


def _matter(statement: str) -> str:
    # The key has one letter for each letter of the text, so places in it are places in the text.
    key = exact_key(statement)
    opening = _OPENING.match(key) or _MANNER.match(key)
    rest = statement[opening.end() if opening else 0 :].strip(" .;,")
    return rest[:1].lower() + rest[1:]


def _listed(fields: dict[str, str]) -> str:
    names = {
        "statement": "việc phải làm",
        "deliverable": "sản phẩm hoặc kết quả",
        "accountable_post": "chức vụ chịu trách nhiệm chính",
        "due_on": "thời hạn",
    }
    return "; ".join(names[key] for key in fields)
