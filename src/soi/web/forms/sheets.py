"""Biểu mẫu nhập bảng nhiệm vụ."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from soi.base.actor import Actor
from soi.documents.reading import SHEETS
from soi.intake.sheets import queries
from soi.web import task_choices
from soi.web.forms.fields import SoiForm
from soi.web.forms.picks import PickField


def _what_to_send() -> str:
    """Made for each page: a sentence with a number in it would else keep the language of the first reader."""
    return gettext(
        "Tệp Excel (.xlsx) hoặc OpenDocument (.ods), không quá %(size)d MB và %(rows)d dòng. Nên dùng bảng mẫu."
    ) % {"size": SHEETS.file_bytes // 1024 // 1024, "rows": SHEETS.rows}


class SheetForm(SoiForm):
    """Tải bảng lên: into a programme that is there, or into a new one."""

    # The browser cannot know that a chosen programme makes the other fields needless.
    use_required_attribute = False

    programme = PickField(label=_("Nhập vào chương trình"), required=False)
    organization = PickField(
        label=_("Tổ chức lập chương trình"),
        help_text=_("Tổ chức này giao các nhiệm vụ trong bảng và đánh giá kết quả."),
    )
    title = forms.CharField(label=_("Tên chương trình mới"), max_length=300)
    period = forms.ChoiceField(label=_("Kỳ"))
    file = forms.FileField(
        label=_("Bảng nhiệm vụ"),
        allow_empty_file=True,
        help_text=lazy(_what_to_send, str)(),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods"}),
    )

    def __init__(self, *args: Any, actor: Actor, periods: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme, period = self.fields["programme"], self.fields["period"]
        assert isinstance(programme, PickField)  # noqa: S101 (tells the type checker)
        assert isinstance(period, forms.ChoiceField)  # noqa: S101 (tells the type checker)
        programme.offer(
            queries.programmes_to_fill(actor),
            chosen=self["programme"].value(),
            empty=_("Lập chương trình mới"),
        )
        task_choices.offer(
            self.fields["organization"], actor, "don-vi-giao", chosen=self["organization"].value()
        )
        period.choices = periods
        # A new programme needs its body, title and period; one that is there brings them.
        for name in ("organization", "title", "period"):
            self.fields[name].required = not self["programme"].value()


class ConfirmForm(SoiForm):
    """Ghi bảng vào chương trình."""

    leave_out_errors = forms.BooleanField(required=False)
