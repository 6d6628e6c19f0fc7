"""What people think of a take: circled, rated, noted."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review",
        sa.Column("take_id", sa.String(), sa.ForeignKey("take.id"), primary_key=True),
        sa.Column("circled", sa.Boolean(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("changed", sa.Float(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("review")
