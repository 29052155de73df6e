"""Bảng của phòng hội nghị: the record of what was held, its preparation, who was there when, the floor, minutes."""

from soi.conferences.models.attending import AttendanceCorrection, AttendanceSpan, CountingException
from soi.conferences.models.floor import (
    ConferencePoll,
    Contribution,
    Floor,
    FloorEvent,
    Speech,
    SpeechRequest,
)
from soi.conferences.models.minutes import Minutes, MinutesComment, MinutesVersion
from soi.conferences.models.preparing import AgendaItem, Invitation, Paper, PriorOpinion, PriorQuestion
from soi.conferences.models.record import (
    Attendance,
    AttendanceRoleHeld,
    CitedDocument,
    CommonCause,
    Conclusion,
    Conference,
    ConferenceFinding,
    ConferenceSource,
    Decision,
    Site,
)

__all__ = [
    "AgendaItem",
    "Attendance",
    "AttendanceCorrection",
    "AttendanceRoleHeld",
    "AttendanceSpan",
    "CitedDocument",
    "CommonCause",
    "Conclusion",
    "Conference",
    "ConferenceFinding",
    "ConferencePoll",
    "ConferenceSource",
    "Contribution",
    "CountingException",
    "Decision",
    "Floor",
    "FloorEvent",
    "Invitation",
    "Minutes",
    "MinutesComment",
    "MinutesVersion",
    "Paper",
    "PriorOpinion",
    "PriorQuestion",
    "Site",
    "Speech",
    "SpeechRequest",
]
