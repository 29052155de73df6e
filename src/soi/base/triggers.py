"""Khóa trong cơ sở dữ liệu: triggers by which the database itself refuses what no door may do.

A room lists its triggers in ``triggers.py``. They are installed after every ``migrate``, because SQLite
drops them whenever Django rebuilds a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class Trigger:
    """Một khóa: refuse ``event`` (``UPDATE``, ``DELETE``, ``UPDATE OF column``) where ``condition`` holds.

    ``condition`` is SQL over OLD and NEW that both SQLite and PostgreSQL read; empty means always.
    """

    name: str
    table: str
    event: str
    message: str
    condition: str = ""

    def create_sql(self, vendor: str) -> list[str]:
        """Statements that put the trigger in place, replacing an older one of the same name."""
        return self.drop_sql(vendor) + (
            self._postgres_sql() if vendor == "postgresql" else [self._sqlite_sql()]
        )

    def drop_sql(self, vendor: str) -> list[str]:
        """Statements that take it away (tests empty tables)."""
        if vendor != "postgresql":
            return [f"DROP TRIGGER IF EXISTS {self.name}"]
        names = [self.name, f"{self.name}_truncate"]
        return [f"DROP TRIGGER IF EXISTS {name} ON {self.table}" for name in names]

    def _sqlite_sql(self) -> str:
        when = f"WHEN {self.condition} " if self.condition else ""
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH ROW {when}"
            f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
        )

    def _postgres_sql(self) -> list[str]:
        # The condition may hold a subquery, which WHEN of PostgreSQL refuses: it goes into the function.
        body = f"RAISE EXCEPTION '{self.message}' USING ERRCODE = 'integrity_constraint_violation';"
        guarded = f"IF {self.condition} THEN {body} END IF;" if self.condition else body
        row = "OLD" if self.event.startswith("DELETE") else "NEW"
        function = (
            f"CREATE OR REPLACE FUNCTION {self.name}_fn() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {guarded} RETURN {row}; END $$"
        )
        run = f"EXECUTE FUNCTION {self.name}_fn()"
        statements = [
            function,
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH ROW {run}",
        ]
        if self.event == "DELETE" and not self.condition:
            # What may not be deleted row by row may not be emptied at one stroke either.
            emptying = f"{self.name}_truncate BEFORE TRUNCATE ON {self.table}"
            statements.append(f"CREATE TRIGGER {emptying} FOR EACH STATEMENT {run}")
        return statements


def all_triggers() -> list[Trigger]:
    """Every trigger that a room declares."""
    found: list[Trigger] = []
    for config in apps.get_app_configs():
        module = f"{config.name}.triggers"
        if config.name.startswith("soi.") and module != __name__ and find_spec(module):
            found.extend(import_module(module).TRIGGERS)
    return found


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger in place whose table exists (``migrate`` of one room may come before the others)."""
    tables = set(connection.introspection.table_names())
    _run(
        connection,
        [
            sql
            for trigger in all_triggers()
            if trigger.table in tables
            for sql in trigger.create_sql(connection.vendor)
        ],
    )


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take every trigger away; only for emptying a test database."""
    _run(connection, [sql for trigger in all_triggers() for sql in trigger.drop_sql(connection.vendor)])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
