"""Biểu mẫu của sổ theo dõi: findings, remedies, progress, verification, answers."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soi.base.actor import Actor, Capability
from soi.findings.enums import CauseKind, FindingKind, Outcome, ResponsibilityKind
from soi.org import queries as org
from soi.org.enums import WorkArea
from soi.web.forms.fields import DayField, LongTextField, SoiForm

_EVIDENCE_HINT = _("Ảnh, PDF, Word, Excel hoặc tệp chữ, không quá 20 MB.")


class FindingForm(SoiForm):
    """Ghi mục mới."""

    organization: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Nơi được đánh giá"), queryset=None, empty_label=_("Chọn tổ chức")
    )
    kind = forms.ChoiceField(label=_("Loại"), choices=FindingKind.choices, widget=forms.RadioSelect)
    statement = LongTextField(
        label=_("Nội dung"),
        help_text=_("Viết đúng một vấn đề, như trong biên bản hoặc kết luận. Mỗi vấn đề là một mục riêng."),
    )
    area = forms.ChoiceField(label=_("Lĩnh vực"), choices=[("", _("Chọn lĩnh vực")), *WorkArea.choices])
    found_on = DayField(label=_("Ngày nêu"))
    concerned: forms.ModelMultipleChoiceField[Any] = forms.ModelMultipleChoiceField(
        label=_("Đơn vị liên quan"),
        queryset=None,
        required=False,
        help_text=_("Giữ phím Ctrl để chọn nhiều đơn vị."),
    )
    cause = LongTextField(label=_("Nguyên nhân"), required=False, rows=2)
    cause_kind = forms.ChoiceField(
        label=_("Loại nguyên nhân"),
        choices=CauseKind.choices,
        initial=CauseKind.OWN,
        required=False,
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = org.visible_to(actor).filter(org.existing_on(actor.today))
        for name, bodies in (
            ("organization", seen.filter(org.scope(actor, Capability.RECORD, path="pk"))),
            ("concerned", seen),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type checker)
            field.queryset = bodies


class FindingEditForm(SoiForm):
    """Sửa nội dung: only the words and the area; everything else has its own deed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    statement = LongTextField(label=_("Nội dung"))
    area = forms.ChoiceField(label=_("Lĩnh vực"), choices=WorkArea.choices)


class PostField(forms.ChoiceField):
    """Chọn một chức vụ, grouped by body; the cleaned value is the post."""

    def offer(self, posts: Iterable[Any], empty_label: Any) -> None:
        """The posts that may be chosen, in the order given."""
        self.posts = {str(post.pk): post for post in posts}
        groups = groupby(self.posts.values(), key=lambda post: str(post.organization))
        self.choices = [
            ("", empty_label),
            *((name, [(str(post.pk), post.label) for post in held]) for name, held in groups),
        ]
        # Searched by typing where the page loads pick.js.
        self.widget.attrs["data-pick"] = _("Gõ vài chữ để tìm, có dấu hay không dấu")

    def clean(self, value: Any) -> Any:
        return self.posts.get(super().clean(value))


class RemedyForm(SoiForm):
    """Giao biện pháp: what, by which post, with which product, by which day."""

    statement = LongTextField(label=_("Biện pháp"), rows=3, help_text=_("Việc cụ thể phải làm để khắc phục."))
    accountable_post = PostField(
        label=_("Chịu trách nhiệm chính"),
        help_text=_("Đúng một chức vụ. Ai giữ chức vụ này thì người đó chịu trách nhiệm."),
    )
    deliverable = LongTextField(
        label=_("Sản phẩm, kết quả phải có"),
        rows=2,
        help_text=_("Nhìn vào là biết đã xong hay chưa, ví dụ: bảng phân công của ba đại đội."),
    )
    due_on = DayField(label=_("Thời hạn"))

    def __init__(self, *args: Any, posts: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["accountable_post"]
        assert isinstance(field, PostField)  # noqa: S101 (tells the type checker)
        field.offer(posts, _("Chọn chức vụ"))


class RemedyChangeForm(SoiForm):
    """Điều chỉnh biện pháp: another post, another date, and why."""

    accountable_post = PostField(
        label=_("Chịu trách nhiệm chính"),
        help_text=_("Giữ nguyên nếu chỉ đổi thời hạn. Người giữ chức vụ cũ vẫn không được tự xác nhận."),
    )
    due_on = DayField(label=_("Thời hạn"))
    reason = LongTextField(label=_("Lý do"), rows=2)

    def __init__(self, *args: Any, posts: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["accountable_post"]
        assert isinstance(field, PostField)  # noqa: S101 (tells the type checker)
        field.offer(posts, _("Chọn chức vụ"))


class RemedyProgrammeForm(SoiForm):
    """Đưa biện pháp vào chương trình công tác, or among the tasks without one."""

    programme: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Chương trình công tác"),
        queryset=None,
        required=False,
        empty_label=_("Không thuộc chương trình nào"),
    )

    def __init__(self, *args: Any, programmes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["programme"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type checker)
        field.queryset = programmes


class ProgressForm(SoiForm):
    """Báo cáo tiến độ."""

    percent = forms.IntegerField(
        label=_("Đã làm được (phần trăm)"),
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"step": 5}),
    )
    note = LongTextField(label=_("Kết quả, khó khăn"), rows=4)
    evidence = forms.FileField(label=_("Minh chứng"), required=False, help_text=_EVIDENCE_HINT)


class DoneForm(SoiForm):
    """Báo cáo đã làm xong: the same page as the progress, without a percentage."""

    note = LongTextField(label=_("Kết quả"), rows=4)
    evidence = forms.FileField(label=_("Minh chứng"), required=False, help_text=_EVIDENCE_HINT)


class VerificationForm(SoiForm):
    """Xác nhận: mended, or returned to be done further."""

    outcome = forms.ChoiceField(
        label=_("Kết luận"),
        choices=[
            (Outcome.MENDED.value, _("Đã khắc phục: mục này khép lại và vẫn nằm trong sổ")),
            (Outcome.RETURNED.value, _("Chưa đạt: trả lại để làm tiếp")),
        ],
        widget=forms.RadioSelect,
    )
    note = LongTextField(label=_("Đã kiểm tra bằng cách nào, thấy gì"), rows=4)
    evidence = forms.FileField(label=_("Minh chứng"), required=False, help_text=_EVIDENCE_HINT)


class ReopeningForm(SoiForm):
    """Mở lại, with the remedies that have to be done once more."""

    reason = LongTextField(label=_("Lý do mở lại"), rows=3)
    again: forms.ModelMultipleChoiceField[Any] = forms.ModelMultipleChoiceField(
        label=_("Biện pháp phải làm lại"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Không chọn biện pháp nào thì mục trở về tình trạng chưa có biện pháp."),
    )

    def __init__(self, *args: Any, remedies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["again"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 (tells the type checker)
        field.queryset = remedies


class AnswerForm(SoiForm):
    """Ý kiến của người được nêu."""

    text = LongTextField(label=_("Ý kiến của đồng chí"), rows=5)


class CauseForm(SoiForm):
    """Thêm nguyên nhân."""

    kind = forms.ChoiceField(
        label=_("Loại nguyên nhân"),
        choices=CauseKind.choices,
        widget=forms.RadioSelect,
        initial=CauseKind.OWN,
    )
    statement = LongTextField(label=_("Nguyên nhân"), rows=3)


class ResponsibilityForm(SoiForm):
    """Thêm trách nhiệm: of the collective, or of whoever held a post on the day of the finding."""

    kind = forms.ChoiceField(
        label=_("Trách nhiệm của"),
        choices=ResponsibilityKind.choices,
        widget=forms.RadioSelect,
        initial=ResponsibilityKind.COLLECTIVE,
    )
    organization: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Tập thể"), queryset=None, required=False, empty_label=_("Chọn tổ chức")
    )
    post = PostField(
        label=_("Chức vụ"),
        required=False,
        help_text=_("Với người đứng đầu hoặc cá nhân. Sổ ghi người giữ chức vụ này vào ngày nêu."),
    )

    def __init__(self, *args: Any, actor: Actor, posts: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies, post = self.fields["organization"], self.fields["post"]
        assert isinstance(bodies, forms.ModelChoiceField)  # noqa: S101 (tells the type checker)
        assert isinstance(post, PostField)  # noqa: S101 (tells the type checker)
        bodies.queryset = org.visible_to(actor)
        post.offer(posts, _("Chọn chức vụ"))

    def clean(self) -> dict[str, Any]:
        """A collective needs its body; a person needs the post."""
        data = super().clean() or {}
        collective = data.get("kind") == ResponsibilityKind.COLLECTIVE
        if collective and not data.get("organization"):
            self.add_error("organization", _("Hãy chọn tập thể chịu trách nhiệm."))
        if not collective and not data.get("post"):
            self.add_error("post", _("Hãy chọn chức vụ của người chịu trách nhiệm."))
        return data
