"""Tổ chức và con người: Popolo's Person, Organization, Post and Membership, each with dates.

Dated edges are the truth of the tree; ``Closure`` is worked out from them and answers every question
"what stood below this body on that day" with one join.
"""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from soi.base.fields import NFCCharField, NFCTextField
from soi.base.models import Dated, PersonView, ends_after_start
from soi.base.text import SORT_KEY_LENGTH
from soi.org.enums import Classification, EdgeKind, HoldingKind, PostRole, ReorganizationKind


class Organization(models.Model):
    """Tổ chức, đơn vị. ``name`` is the name in force now; earlier names stand in OrganizationName."""

    name = NFCCharField("tên", max_length=300)
    short_name = NFCCharField("tên gọi tắt", max_length=120, blank=True)
    classification = models.CharField("loại", max_length=30, choices=Classification.choices)
    start = models.DateField("ngày thành lập")
    end = models.DateField("ngày chấm dứt", null=True, blank=True)
    sort_key = models.CharField(max_length=SORT_KEY_LENGTH, editable=False)
    search_key = models.CharField(max_length=450, editable=False)

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = "tổ chức"
        constraints = [ends_after_start("organization")]
        indexes = [models.Index(fields=["search_key"])]

    def __str__(self) -> str:
        return self.name

    def exists_on(self, day: dt.date) -> bool:
        """Whether the body existed on that day."""
        return self.start <= day and (self.end is None or day < self.end)


class OrganizationName(Dated):
    """Tên của tổ chức trong một thời gian."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="names")
    name = NFCCharField("tên", max_length=300)
    short_name = NFCCharField("tên gọi tắt", max_length=120, blank=True)

    class Meta:
        ordering = ["organization", "start"]
        verbose_name = "tên tổ chức"
        constraints = [
            ends_after_start("organizationname"),
            models.UniqueConstraint(
                fields=["organization"], condition=Q(end__isnull=True), name="organization_one_current_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OrganizationEdge(Dated):
    """Quan hệ trực thuộc: the child stood directly below the parent, or was taken over by it."""

    child = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="edges_up")
    parent = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="edges_down")
    kind = models.CharField(max_length=20, choices=EdgeKind.choices, default=EdgeKind.SUBORDINATE)

    class Meta:
        verbose_name = "quan hệ trực thuộc"
        constraints = [
            ends_after_start("organizationedge"),
            models.CheckConstraint(condition=~Q(child=F("parent")), name="organizationedge_not_itself"),
            models.UniqueConstraint(
                fields=["child"],
                condition=Q(end__isnull=True, kind=EdgeKind.SUBORDINATE),
                name="organizationedge_one_superior",
            ),
        ]
        indexes = [models.Index(fields=["parent", "start"])]

    def __str__(self) -> str:
        return f"{self.child_id} {self.get_kind_display()} {self.parent_id}"


class Closure(models.Model):
    """Bao đóng: ``ancestor`` stood ``depth`` levels above ``descendant`` from ``start`` up to ``end``.

    Derived from the edges; rebuilt by the actions, compared by ``soi audit verify``.
    """

    # The two indexes below begin with these columns; indexes of their own would only slow a move down.
    ancestor = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="reaches_down", db_index=False
    )
    descendant = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="reaches_up", db_index=False
    )
    depth = models.PositiveSmallIntegerField()
    start = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        verbose_name = "bao đóng"
        indexes = [
            models.Index(fields=["ancestor", "start", "end", "descendant"], name="closure_down"),
            models.Index(fields=["descendant", "start", "end", "ancestor"], name="closure_up"),
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.descendant_id} ({self.depth})"


class Reorganization(models.Model):
    """Sắp xếp tổ chức: one decision that changed the tree, and on what basis."""

    kind = models.CharField("hình thức", max_length=20, choices=ReorganizationKind.choices)
    on = models.DateField("từ ngày")
    basis = NFCCharField("căn cứ", max_length=500, blank=True)

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = "sắp xếp tổ chức"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on:%d/%m/%Y}"


class ReorganizationBody(models.Model):
    """Tổ chức trong một lần sắp xếp: before (``is_result`` false) or after it."""

    reorganization = models.ForeignKey(Reorganization, on_delete=models.CASCADE, related_name="bodies")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="reorganizations")
    is_result = models.BooleanField()

    class Meta:
        verbose_name = "tổ chức được sắp xếp"
        constraints = [
            models.UniqueConstraint(
                fields=["reorganization", "organization", "is_result"], name="reorganizationbody_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reorganization_id}: {self.organization_id}"


class Person(models.Model):
    """Đồng chí, người. Sorted by given name, found with or without marks."""

    name = NFCCharField("họ và tên", max_length=120)
    birth_date = models.DateField("ngày sinh", null=True, blank=True)
    sort_key = models.CharField(max_length=SORT_KEY_LENGTH, editable=False)
    search_key = models.CharField(max_length=200, editable=False)

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = "người"
        indexes = [models.Index(fields=["sort_key"]), models.Index(fields=["search_key"])]

    def __str__(self) -> str:
        return self.name


class RankHolding(Dated):
    """Cấp bậc của một người trong một thời gian."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ranks")
    rank = NFCCharField("cấp bậc", max_length=60)

    person_view = PersonView(
        shown="Hồ sơ của tôi: cấp bậc qua các thời kỳ", answered="báo người quản lý tổ chức sửa lại"
    )

    class Meta:
        ordering = ["person", "start"]
        verbose_name = "cấp bậc"
        constraints = [
            ends_after_start("rankholding"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(end__isnull=True), name="rankholding_one_current"
            ),
        ]

    def __str__(self) -> str:
        return self.rank


class Post(Dated):
    """Chức vụ: a place in a body that people hold one after another. ``seats`` empty means any number."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="posts")
    label = NFCCharField("chức vụ", max_length=200)
    role = models.CharField("vai trò", max_length=20, choices=PostRole.choices, default=PostRole.MEMBER)
    seats = models.PositiveSmallIntegerField("số người giữ", null=True, blank=True, default=1)
    search_key = models.CharField(max_length=300, editable=False)

    class Meta:
        ordering = ["organization", "pk"]
        verbose_name = "chức vụ"
        constraints = [ends_after_start("post")]

    def __str__(self) -> str:
        return self.label


class Membership(Dated):
    """Giữ chức: a person holds a post.

    Where a text only proves "held on that day", ``start_known`` is false.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="memberships")
    kind = models.CharField(
        "hình thức", max_length=20, choices=HoldingKind.choices, default=HoldingKind.APPOINTED
    )
    start_known = models.BooleanField("biết rõ ngày bắt đầu", default=True)
    end_known = models.BooleanField("biết rõ ngày thôi", default=True)
    basis = NFCTextField("căn cứ", blank=True)

    person_view = PersonView(
        shown="Hồ sơ của tôi: chức vụ qua các thời kỳ", answered="báo người quản lý tổ chức sửa lại"
    )

    class Meta:
        ordering = ["start", "pk"]
        verbose_name = "giữ chức"
        constraints = [
            ends_after_start("membership"),
            models.UniqueConstraint(
                fields=["person", "post"], condition=Q(end__isnull=True), name="membership_once_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["person", "start"]), models.Index(fields=["post", "start"])]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.post_id} {self.start:%d/%m/%Y}"
