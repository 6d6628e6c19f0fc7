"""Searches are kept by a name."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("made", sa.Float(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("search")
