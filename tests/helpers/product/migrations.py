"""The tables beside the code's own description of them, and a version of the product that is still to come."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, Integer, MetaData

from practice_alerts import ROOT
from practice_alerts.adapters.store.core import as_made, tables, versions
from practice_alerts.adapters.store.core.database import Tx

FOLDER = ROOT / "practice_alerts/adapters/store/migrations"
NEWEST = max(path.name for path in (FOLDER / "versions").glob("[0-9]*.py"))[:4]
TOMORROWS = f"{int(NEWEST) + 1:04}"

_TOMORROW = f'''\
"""Something about each person, and the table of alerts made anew."""

import sqlalchemy as sa
from alembic import op

revision = "{TOMORROWS}"
down_revision = "{NEWEST}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("shoe_size", sa.Integer()))
    with op.batch_alter_table("alerts", recreate="auto") as batch_op:
        batch_op.alter_column("about", existing_type=sa.Text(), nullable=True)
'''


def apart(tx: Tx) -> list[Any]:
    """Where the tables are not as the code knows them. Their comments may have been put better since."""
    context = MigrationContext.configure(tx, opts={"compare_type": True})
    return [
        one
        for one in compare_metadata(context, tables.metadata)
        if not (isinstance(one, list) and all(change[0] == "modify_comment" for change in one))
    ]


def _of_tomorrow() -> MetaData:
    made = MetaData(naming_convention=tables.metadata.naming_convention)
    for one in tables.metadata.sorted_tables:
        one.to_metadata(made)
    made.tables["people"].append_column(Column("shoe_size", Integer))
    made.tables["alerts"].c.about.nullable = True
    return made


def with_tomorrows_migration(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """From now on the product is one that has a further migration."""
    ahead = shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (ahead / "versions" / f"{TOMORROWS}_of_tomorrow.py").write_text(_TOMORROW, "utf-8")
    patch.setattr(versions, "_MIGRATIONS", ahead)
    patch.setattr(as_made, "MADE", replace(as_made.MADE, metadata=_of_tomorrow()))
