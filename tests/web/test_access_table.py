"""Bảng quyền (A1): every URL, every kind of actor, every method, against expectations written by hand.

The table below is written without looking at ``soi.web.access_table``; a new URL without a line here fails.
Objects belong to the regiment, inside the division. "Let in" means the view itself answered: a page, a form
with errors (422), a conflict (409) or a redirect other than to the sign-in page.
"""

from __future__ import annotations

from django.urls import reverse

from soi.web.access_table import ACCESS
from tests.web.doors import TABLE, all_names, ask, wrong_doors
from tests.web.kinds_of_actor import FIRST
from tests.web.world import World


def test_every_url_has_its_row_and_its_expectation() -> None:
    assert all_names() == set(ACCESS) == set(TABLE)


def test_every_url_lets_somebody_in() -> None:
    never = {name for name, row in TABLE.items() if not (row.get or row.post)}
    assert never == {"mfa_deactivate_totp", "mfa_view_recovery_codes"}


def test_who_is_let_in(world: World) -> None:
    """Half of the actors; the others in ``test_access_table_others``, so that two can walk at once."""
    assert [fault for username in ["anonymous", *FIRST] for fault in wrong_doors(world, username)] == []


def test_methods_that_no_row_declares(world: World) -> None:
    wrong = []
    for name, row in TABLE.items():
        url = reverse(name, args=row.args(world))
        undeclared = {"PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}
        undeclared |= set() if row.post or name.startswith(("mfa_", "account_logout")) else {"POST"}
        undeclared |= set() if row.get or name.startswith("mfa_") else {"GET"}
        wrong += [
            f"{method} {name}"
            for method in sorted(undeclared)
            if ask(world.region, "secretary", method, url, {})[0] != 405
        ]
    assert wrong == []
