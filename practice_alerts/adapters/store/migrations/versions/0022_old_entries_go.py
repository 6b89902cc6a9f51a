"""Old entries of the security log go once an event of the chain says up to which.

No table changes. What guards it is put up anew once the tables are those of this version: each engine in its own way.
"""

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is left to do here."""


def downgrade() -> None:
    raise NotImplementedError("Going back is done by restoring a backup.")
