"""Biểu mẫu của biên bản: text by section, the day of comments, a comment, its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soi.web.forms.fields import DayField, LongTextField, SoiForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from soi.conferences.logic.protocol import Section

PREFIX = "muc_"
_LONGEST_SECTION = 200_000


class MinutesTextForm(SoiForm):
    """Sửa biên bản: a box a section, a line a paragraph."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, sections: Iterable[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for section in sections:
            text = "\n".join(one.text for one in section.paragraphs)
            rows = min(24, max(3, len(text) // 90 + len(section.paragraphs)))
            self.fields[PREFIX + section.key] = LongTextField(
                label=section.title, initial=text, required=False, rows=rows, max_length=_LONGEST_SECTION
            )
        self.fields["note"] = forms.CharField(
            label=_("Sửa vì sao"), required=False, max_length=300,
            help_text=_("Hiện bên cạnh bản mới, ví dụ: theo góp ý của đồng chí Trưởng phòng."),
        )  # fmt: skip

    @property
    def texts(self) -> dict[str, str]:
        """Chữ của từng mục."""
        return {
            name.removeprefix(PREFIX): value
            for name, value in self.cleaned_data.items()
            if name.startswith(PREFIX)
        }


class CirculationForm(SoiForm):
    """Gửi lấy ý kiến."""

    until = DayField(label=_("Góp ý đến hết ngày"))


class MinutesCommentForm(SoiForm):
    """Góp ý vào biên bản."""

    section = forms.ChoiceField(label=_("Về mục"), required=False)
    text = LongTextField(label=_("Góp ý của đồng chí"), rows=3, max_length=5_000)

    def __init__(self, *args: Any, sections: Iterable[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Cả biên bản")), *((section.key, section.title) for section in sections)]
        self.fields["section"].choices = choices  # type: ignore[attr-defined]


class CommentAnswerForm(SoiForm):
    """Tiếp thu hay không."""

    taken = forms.TypedChoiceField(
        label=_("Ý kiến của thư ký"), choices=[("1", _("Tiếp thu")), ("0", _("Không tiếp thu"))],
        coerce=lambda value: value == "1", widget=forms.RadioSelect,
    )  # fmt: skip
    answer = LongTextField(label=_("Nói rõ"), rows=2, required=False, max_length=2_000)
