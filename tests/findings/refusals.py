"""Mỗi việc hỏi riêng một lần: what each check says by itself, against which a page's answers are held."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from soi.base.actor import Actor
from soi.base.errors import Refusal
from soi.findings import permissions, policies
from soi.findings.enums import FindingState, RemedyState, Verb
from soi.findings.models import Finding, Remedy

_CHECKS: dict[Verb, Callable[[Actor, Finding], object]] = {
    Verb.ADD_REMEDY: permissions.check_can_change,
    Verb.RETURN_FOR_MORE: permissions.check_can_verify,
    Verb.VERIFY_MENDED: permissions.check_can_verify,
    Verb.REOPEN: permissions.check_can_verify,
}


def sentence(check: Callable[[], object]) -> str:
    """The refusal of one check; empty where there is none."""
    try:
        check()
    except Refusal as refusal:
        return refusal.sentence
    return ""


def moves(actor: Actor, finding: Finding) -> dict[Verb, str]:
    """Every verb and why not: state first, then person."""
    state = FindingState(finding.state)
    return {
        verb: policies.refusal(state, verb) or sentence(partial(check, actor, finding))
        for verb, check in _CHECKS.items()
    }


def of_remedy(actor: Actor, remedy: Remedy) -> str:
    return policies.remedy_refusal(RemedyState(remedy.state)) or sentence(
        partial(permissions.check_can_report, actor, remedy)
    )


def of_edit(actor: Actor, finding: Finding) -> str:
    return policies.edit_refusal(FindingState(finding.state)) or sentence(
        partial(permissions.check_can_change, actor, finding)
    )
