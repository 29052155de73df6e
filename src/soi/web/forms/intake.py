"""Biểu mẫu nhập văn bản, and what a card on the confirm page sends back."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from soi.base.actor import Actor, Capability
from soi.base.errors import Invalid
from soi.base.text import squash
from soi.documents.reading import DEFAULT
from soi.intake.cards import AnyCard
from soi.intake.enums import PersonChoice
from soi.intake.fields import changed
from soi.org import queries as org
from soi.web import period_words
from soi.web.forms.fields import DayField, LongTextField, SoiForm

# Pasted words travel in memory, unlike files.
LONGEST_PASTED = 500_000
MOST_FILES = 20


class FilesInput(forms.ClearableFileInput):
    """Ô chọn nhiều tệp."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Nhiều tệp. Empty or unreadable ones are judged one by one, each with its own sentence."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        files = data if isinstance(data, list | tuple) else [data]
        given = [file for file in files if file]
        if len(given) > MOST_FILES:
            raise forms.ValidationError(_("Mỗi lần nhiều nhất %d tệp. Hãy chia làm nhiều lần.") % MOST_FILES)
        return given


def _what_to_drop() -> str:
    """Made for each page: a sentence with a number in it would else keep the language of the first reader."""
    return gettext(
        "Kéo tệp vào đây hoặc bấm để chọn, một lần được nhiều tệp. %(readable)s Mỗi tệp không quá %(most)d MB."
    ) % {
        # The same words as documents.reading.kinds.READABLE, which knows no Django.
        "readable": gettext("Soi đọc được tệp .txt, .html, .docx và .pdf có chữ."),
        "most": DEFAULT.file_bytes // 1024 // 1024,
    }


class UploadForm(SoiForm):
    """Nhập văn bản: files, pasted words, or both."""

    documents = FilesField(
        label=_("Tệp văn bản"),
        required=False,
        allow_empty_file=True,
        help_text=lazy(_what_to_drop, str)(),
    )
    text = LongTextField(label=_("Nội dung dán vào"), rows=8, max_length=LONGEST_PASTED, required=False)
    title = forms.CharField(
        label=_("Tên gọi của nội dung này"),
        max_length=200,
        required=False,
        help_text=_("Ví dụ: Biên bản giao ban quý I"),
    )
    organization: Any = forms.ModelChoiceField(
        label=_("Văn bản của tổ chức"),
        queryset=None,
        empty_label=None,
        help_text=_("Tổ chức họp, hoặc tổ chức được văn bản này đánh giá."),
    )
    origin_note = forms.CharField(
        label=_("Lấy từ đâu"),
        max_length=500,
        required=False,
        help_text=_("Ví dụ: báo Quân khu, hồ sơ lưu số 12"),
    )
    document_date = DayField(
        label=_("Ngày của văn bản"),
        required=False,
        help_text=_("Giúp đọc đúng năm khi văn bản chỉ ghi ngày, tháng."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type checker)
        field.queryset = org.visible_to(actor).filter(
            org.scope(actor, Capability.RECORD, path="pk"), org.existing_on(actor.today)
        )
        field.initial = own_body(actor)

    def clean(self) -> dict[str, Any]:
        """At least one of the two ways to bring words in."""
        data = super().clean() or {}
        if not data.get("documents") and not data.get("text") and not self.errors:
            self.add_error("documents", _("Hãy chọn ít nhất một tệp, hoặc dán nội dung văn bản."))
        return data


def own_body(actor: Actor) -> int | None:
    """Tổ chức của người nhập: where the post that lets them record stands."""
    grants = [grant for grant in actor.grants if grant.capability == Capability.RECORD]
    own = next((grant for grant in grants if not grant.on_behalf_of), None)
    return own.organization_id if own else (grants[0].organization_id if grants else None)


class DiscardForm(SoiForm):
    """Bỏ bản đọc."""

    reason = forms.CharField(
        label=_("Lý do bỏ"),
        max_length=300,
        help_text=_("Ví dụ: nhầm văn bản, đã nhập từ biên bản chính thức"),
    )


# --- what a card sends back ------------------------------------------------------------------------------

_ROW = re.compile(r"(posts|units)-(\d{1,3})-(\w+)")


def card_fields(sent: QueryDict) -> dict[str, Any]:
    """Các trường của thẻ: plain fields by name, rows as ``posts-0-text``; no judgement, the card reads them.

    ``shows`` lists the fields that send nothing when nothing is ticked.
    """
    plain = {name: _as_typed(value) for name, value in sent.dict().items()}
    fields: dict[str, Any] = {name: value for name, value in plain.items() if not _ROW.fullmatch(name)}
    fields |= _rows(plain)
    for name in plain.get("shows", "").split():
        fields[name] = sent.getlist(name) if name == "roles" else plain.get(name, "")
    if "who" in plain or "other_person" in plain:
        fields["choice"], fields["person"] = _who(plain.get("who", ""), plain.get("other_person", ""))
    return fields


def _as_typed(value: Any) -> str:
    """Browsers send line ends as two characters; what was not touched must not look mended."""
    return str(value).replace("\r\n", "\n")


def _rows(plain: Mapping[str, str]) -> dict[str, list[dict[str, str]]]:
    rows: defaultdict[str, defaultdict[int, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for name, value in plain.items():
        if match := _ROW.fullmatch(name):
            rows[match[1]][int(match[2])][match[3]] = value
    # A line whose words were wiped out is a line taken away.
    return {
        name: [row for _number, row in sorted(numbered.items()) if squash(row.get("text", ""))]
        for name, numbered in rows.items()
    }


def _who(ticked: str, looked_up: str) -> tuple[str, str]:
    """Người này là ai: somebody looked up in the register wins over what was ticked before."""
    if looked_up:
        return PersonChoice.EXISTING.value, looked_up
    choice, _colon, person = ticked.partition(":")
    return choice or PersonChoice.UNDECIDED.value, person


def _period(words: str, kept: str) -> str:
    if words == period_words.say(kept):
        return kept
    try:
        return period_words.read(words)
    except ValueError:
        sentence = str(_("Hãy ghi kỳ như một trong các cách: %s.") % period_words.EXAMPLES)
        raise Invalid(sentence, {"period": sentence}) from None


def edits(card: AnyCard, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Những trường đã sửa: of what was sent, only what differs. ``Invalid`` for what cannot be read."""
    if "period" in fields:
        fields = {**fields, "period": _period(fields["period"], getattr(card, "period", ""))}
    after = changed(card, fields)
    names = (item.name for item in dataclasses.fields(card))
    return {name: fields[name] for name in names if getattr(after, name) != getattr(card, name)}
