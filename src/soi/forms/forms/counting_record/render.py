"""Biên bản kiểm phiếu: from the context to a Word file, to be printed and signed by the tellers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby

from soi.forms.docx.ending import add_two_signatures
from soi.forms.docx.heading import add_letterhead, add_title
from soi.forms.docx.package import to_bytes
from soi.forms.docx.page import Page, new_page
from soi.forms.docx.tables import Column, add_gap, add_table
from soi.forms.docx.text import add_body, add_heading
from soi.forms.forms.counting_record.context import CountingContext, QuestionRecord
from soi.forms.layout import LayoutProfile
from soi.forms.parts import Participant, Signature
from soi.forms.wording import clock, count, introduced, long_date, one_line, phrase, ranked_name, sentence

_BLANK = Signature(post="", name="")


def render(context: CountingContext, layout: LayoutProfile, *, created: dt.datetime) -> bytes:
    """Dựng biên bản: the bytes of a .docx; ``created`` (with time zone) is the time in its properties."""
    page = new_page(layout)
    add_letterhead(page, context.letterhead)
    add_title(page, "Biên bản kiểm phiếu", tuple(_titles(context)))
    _add_occasion(page, context)
    _add_ballots(page, context)
    _add_results(page, context)
    _add_proof(page, context)
    _add_signatures(page, context.tellers)
    return to_bytes(page.document, title=f"Biên bản kiểm phiếu {context.title}", created=created)


def _titles(context: CountingContext) -> Iterator[str]:
    yield context.title
    if context.round > 1:
        yield f"Vòng {context.round}"


def _add_occasion(page: Page, context: CountingContext) -> None:
    for lead, moment in (("Mở bỏ phiếu:", context.opened_at), ("Kiểm phiếu:", context.counted_at)):
        if moment is not None:
            add_body(page, f"{clock(moment.time())}, {long_date(moment.date())}.", lead=lead)
    add_body(page, sentence(context.form), lead="Hình thức:")
    add_body(page, f"{count(len(context.tellers))} {page.layout.people_word}, gồm:", lead="Ban kiểm phiếu:")
    for number, teller in enumerate(context.tellers):
        role = "Trưởng ban" if number == 0 else "thành viên"
        add_body(page, f"- {phrase(introduced(teller, page.layout.honorific))}, {role}.")


def _add_ballots(page: Page, context: CountingContext) -> None:
    add_heading(page, "I. SỐ NGƯỜI VÀ SỐ PHIẾU", level=1)
    facts = (
        ("Số người được triệu tập", context.summoned),
        ("Số người có mặt", context.present),
        ("Số phiếu phát ra", context.issued),
        ("Số phiếu thu về", context.returned),
    )
    for name, number in facts:
        add_body(page, f"- {name}: {count(number)}.")
    add_body(page, sentence(context.rule), lead="Quy định về kết quả:")


def _add_results(page: Page, context: CountingContext) -> None:
    add_heading(page, "II. KẾT QUẢ", level=1)
    number = 0
    for scale, group in groupby(context.questions, key=_scale):
        questions = list(group)
        if scale is not None:
            number += 1
            _add_rated(page, number, questions)
            continue
        for question in questions:
            number += 1
            _add_question(page, number, question)


def _scale(question: QuestionRecord) -> tuple[str, ...] | None:
    return tuple(option.label for option in question.options) if question.is_rated else None


def _add_rated(page: Page, number: int, questions: Sequence[QuestionRecord]) -> None:
    add_body(page, f"{number}. Xếp mức ({count(len(questions))} dòng); số phiếu của từng mức:", keep=True)
    levels = [Column(option.label, 20, centered=True) for option in questions[0].options]
    columns = [
        Column("TT", 9, centered=True),
        Column("Người, tổ chức được xếp mức", 44),
        *levels,
        Column("Phiếu hợp lệ", 16, centered=True),
        Column("Phiếu không hợp lệ", 18, centered=True),
        Column("Kết quả", 34),
    ]
    rows = [_rated(place, question) for place, question in enumerate(questions, start=1)]
    add_table(page, columns, rows)
    add_gap(page)


def _rated(place: int, question: QuestionRecord) -> list[str]:
    votes = [str(option.votes) for option in question.options]
    kept = [str(question.valid), str(question.invalid)]
    return [str(place), one_line(question.text), *votes, *kept, one_line(question.outcome)]


def _add_question(page: Page, number: int, question: QuestionRecord) -> None:
    add_body(page, f"{number}. {sentence(question.text)}", keep=True)
    add_body(
        page,
        f"Phiếu hợp lệ: {count(question.valid)}; phiếu không hợp lệ: {count(question.invalid)}.",
        keep=True,
    )
    columns = [
        Column("TT", 10, centered=True),
        Column("Phương án", 110),
        Column("Số phiếu", 30, centered=True),
        Column("Trên số làm căn cứ", 35, centered=True),
    ]
    rows = [
        [str(place), one_line(option.label), str(option.votes), f"{option.votes}/{question.base}"]
        for place, option in enumerate(question.options, start=1)
    ]
    add_table(page, columns, rows)
    add_gap(page)
    add_body(page, sentence(f"{phrase(question.outcome)}{_least(question)}"), lead="Kết quả:")


def _least(question: QuestionRecord) -> str:
    return "" if question.needed is None else f" (phải đạt ít nhất {count(question.needed)} phiếu)"


def _add_proof(page: Page, context: CountingContext) -> None:
    if context.frozen_hash:
        add_body(page, context.frozen_hash, lead="Mã băm nội dung đã chốt khi mở bỏ phiếu:")
    if context.destroyed_key:
        add_body(page, "Khóa mở phiếu và các phiếu niêm phong đã được hủy sau khi kiểm phiếu.")
    if context.numbers_kept_here:
        add_body(
            page,
            "Số người bỏ phiếu ít: số phiếu chỉ ghi trong biên bản này, không công bố; chỉ công bố kết quả.",
        )
    # Signatures never stand alone on a page.
    copies = f"Biên bản được lập thành {count(context.copies)} bản gốc có giá trị như nhau"
    add_body(page, copies + page.layout.end_mark, keep=True)


def _add_signatures(page: Page, tellers: Sequence[Participant]) -> None:
    """The head signs on the right; the others beside and below, two in a row."""
    members = [Signature(post="Thành viên", name=ranked_name(teller)) for teller in tellers[1:]]
    head = Signature(post="Trưởng ban kiểm phiếu", name=ranked_name(tellers[0]) if tellers else "")
    add_two_signatures(page, members[0] if members else _BLANK, head)
    rest = members[1:]
    for place in range(0, len(rest), 2):
        pair = [*rest[place : place + 2], _BLANK]
        add_two_signatures(page, pair[0], pair[1])
