"""Bảng của phòng công việc: tasks, what was said of them, handing over, and the figures kept of them."""

from soi.work.models.figures import TaskCount, TaskDelta, TaskDue, TreeStamp
from soi.work.models.handing import BulkChange, BulkItem, Handover, HandoverItem
from soi.work.models.reports import Assessment, ProgressReport, RequestAnswer
from soi.work.models.tasks import Contributor, FormerPost, Programme, Task

__all__ = [
    "Assessment",
    "BulkChange",
    "BulkItem",
    "Contributor",
    "FormerPost",
    "Handover",
    "HandoverItem",
    "Programme",
    "ProgressReport",
    "RequestAnswer",
    "Task",
    "TaskCount",
    "TaskDelta",
    "TaskDue",
    "TreeStamp",
]
