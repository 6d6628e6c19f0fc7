"""Parts of shots, and prompts, are kept to be used again."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "preset",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False, index=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("project_id", sa.String(), sa.ForeignKey("project.id"), nullable=True, index=True),
        sa.Column("patch", sa.JSON(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("released", sa.Boolean(), nullable=True),
        sa.Column("rights", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("changed", sa.Float(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("preset")
