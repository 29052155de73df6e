"""Bảng của phòng bỏ phiếu. Nothing in them ties a voter to a choice: see docs/security.md.

``RollEntry`` has no time, address or order; ``BoxItem`` has no person, time or sequence, and a row for each
question. What is counted is written once, shuffled, when the sealed items and the key are destroyed.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from soi.ballots.enums import Denominator, Majority, Mode, PollState, QuestionKind
from soi.base.fields import NFCCharField, NFCTextField
from soi.base.models import PersonView
from soi.documents.models import Source
from soi.org.models import Organization, Person

SMALL_BODY = 5


class Poll(models.Model):
    """Cuộc bỏ phiếu of one body: frozen when it opens (questions, roll, rule), as its hash proves."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="polls")
    title = NFCCharField("tên cuộc bỏ phiếu", max_length=500)
    mode = models.CharField("hình thức", max_length=10, choices=Mode.choices)
    state = models.CharField("trạng thái", max_length=10, choices=PollState.choices, default=PollState.DRAFT)
    round = models.PositiveSmallIntegerField("vòng", default=1)
    earlier = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="later")
    denominator = models.CharField("căn cứ tính", max_length=10, choices=Denominator.choices)
    majority = models.CharField("đa số", max_length=12, choices=Majority.choices)
    # In a body smaller than this, pages show the outcome and no numbers.
    min_body_for_numbers = models.PositiveSmallIntegerField(default=SMALL_BODY)
    # Frozen when it opens.
    summoned = models.PositiveIntegerField("số người được triệu tập", null=True, blank=True)
    present = models.PositiveIntegerField("số người có mặt", null=True, blank=True)
    frozen_hash = models.CharField("mã băm nội dung đã chốt", max_length=64, blank=True)
    public_key = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField("mở lúc", null=True, blank=True)
    closed_at = models.DateTimeField("đóng lúc", null=True, blank=True)
    counted_at = models.DateTimeField("kiểm phiếu lúc", null=True, blank=True)
    published_at = models.DateTimeField("công bố lúc", null=True, blank=True)
    # Since when the emptied places of its box wait to be written over; nothing once they are.
    traces_since = models.DateTimeField("còn dấu vết từ lúc", null=True, blank=True)
    annul_reason = NFCTextField("lý do hủy", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "cuộc bỏ phiếu"

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """Câu hỏi: yes or no, levels for each line of a list, or the election of ``seats`` of a list."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField("số thứ tự")
    kind = models.CharField("loại", max_length=10, choices=QuestionKind.choices)
    text = NFCTextField("nội dung")
    seats = models.PositiveSmallIntegerField("số lượng bầu", null=True, blank=True)

    class Meta:
        ordering = ["poll", "number"]
        verbose_name = "câu hỏi"
        constraints = [models.UniqueConstraint(fields=["poll", "number"], name="question_numbered_once")]

    def __str__(self) -> str:
        return self.text[:80]


class Option(models.Model):
    """Phương án: an answer, a candidate, or a level (of LEVELS: best first). A line to be rated is a question."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    number = models.PositiveSmallIntegerField("số thứ tự")
    label = NFCCharField("phương án", max_length=300)

    class Meta:
        ordering = ["question", "number"]
        verbose_name = "phương án"
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="option_numbered_once")]

    def __str__(self) -> str:
        return self.label


class RollEntry(models.Model):
    """Danh sách được bỏ phiếu, frozen when the poll opens: who, and whether cast; nothing else."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="roll")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    cast = models.BooleanField("đã bỏ phiếu", default=False)

    person_view = PersonView(
        shown="Trang bỏ phiếu: đã bỏ phiếu hay chưa", answered="báo ban kiểm phiếu khi danh sách sai"
    )

    class Meta:
        verbose_name = "người được bỏ phiếu"
        constraints = [models.UniqueConstraint(fields=["poll", "person"], name="rollentry_once")]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.person_id}"


class BoxItem(models.Model):
    """Phiếu trong hòm: one sealed answer to one question, or one sealed receipt (no question)."""

    id = models.CharField(primary_key=True, max_length=32, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="box")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        verbose_name = "phiếu kín"

    def __str__(self) -> str:
        return str(self.poll_id)


class Vote(models.Model):
    """Phiếu công khai, by name: one a question and person; ``choices`` are numbers of options."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="votes")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    choices = models.JSONField(default=list)

    person_view = PersonView(
        shown="Trang bỏ phiếu và biên bản: phiếu công khai của mình", answered="báo thư ký hội nghị"
    )

    class Meta:
        verbose_name = "phiếu công khai"
        constraints = [models.UniqueConstraint(fields=["question", "person"], name="vote_once")]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.person_id}"


class Teller(models.Model):
    """Ban kiểm phiếu: two or more; the key of a secret ballot opens for any two of them together."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="tellers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_head = models.BooleanField("trưởng ban", default=False)

    person_view = PersonView(shown="Trang ban kiểm phiếu", answered="báo thư ký hội nghị")

    class Meta:
        ordering = ["-is_head", "pk"]
        verbose_name = "người kiểm phiếu"
        constraints = [models.UniqueConstraint(fields=["poll", "person"], name="teller_once")]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.person_id}"


class KeyShare(models.Model):
    """Phần khóa: for each pair of tellers each has one half, sealed under that teller's own passphrase."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="key_shares")
    teller = models.ForeignKey(Teller, on_delete=models.CASCADE, related_name="shares")
    other = models.ForeignKey(Teller, on_delete=models.CASCADE, related_name="+")
    salt = models.BinaryField()
    sealed = models.BinaryField()

    class Meta:
        verbose_name = "phần khóa"
        constraints = [models.UniqueConstraint(fields=["teller", "other"], name="keyshare_once")]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.teller_id}"


class CountedBallot(models.Model):
    """Phiếu đã mở, shuffled: kept for a recount; the key is random, so no order is left."""

    id = models.CharField(primary_key=True, max_length=32, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="counted")
    choices = models.JSONField(default=list)

    class Meta:
        ordering = ["question", "id"]
        verbose_name = "phiếu đã mở"

    def __str__(self) -> str:
        return str(self.question_id)


class Receipt(models.Model):
    """Mã phiếu: published after the count, sorted, without choices."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="receipts")
    code = models.CharField("mã phiếu", max_length=32)

    class Meta:
        ordering = ["code"]
        verbose_name = "mã phiếu"
        constraints = [models.UniqueConstraint(fields=["poll", "code"], name="receipt_once")]

    def __str__(self) -> str:
        return self.code


class Tally(models.Model):
    """Kết quả đếm of a question: ballots issued, returned, valid, and for each option."""

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="tally")
    issued = models.PositiveIntegerField("phiếu phát ra")
    returned = models.PositiveIntegerField("phiếu thu về")
    valid = models.PositiveIntegerField("phiếu hợp lệ")

    class Meta:
        verbose_name = "kết quả kiểm phiếu"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid__lte=models.F("returned")) & Q(returned__lte=models.F("issued")),
                name="tally_adds_up",
            )
        ]

    def __str__(self) -> str:
        return str(self.question_id)


class OptionTally(models.Model):
    """Số phiếu của một phương án."""

    option = models.OneToOneField(Option, on_delete=models.CASCADE, related_name="tally")
    votes = models.PositiveIntegerField("số phiếu")

    class Meta:
        ordering = ["option"]
        verbose_name = "số phiếu"

    def __str__(self) -> str:
        return f"{self.option_id}: {self.votes}"


class PaperCount(models.Model):
    """Số đếm phiếu giấy, as one teller entered it; two tellers must enter the same before it counts."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="paper_counts")
    teller = models.ForeignKey(Teller, on_delete=models.CASCADE, related_name="paper_counts")
    # {"questions": {"<number>": {"issued": …, "returned": …, "valid": …, "options": {"<number>": …}}}}
    counts = models.JSONField()
    scan = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = "số đếm phiếu giấy"
        constraints = [models.UniqueConstraint(fields=["poll", "teller"], name="papercount_once")]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.teller_id}"
