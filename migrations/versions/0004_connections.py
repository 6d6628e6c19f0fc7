"""Backends that somebody has set up, what was uploaded to them, and what the previz drew for them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "connection",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("made", sa.Float(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
    )
    op.create_table(
        "upload",
        sa.Column("connection", sa.String(), primary_key=True),
        sa.Column("sha256", sa.String(), primary_key=True),
        sa.Column("remote_id", sa.String(), nullable=False),
        sa.Column("expires", sa.Float(), nullable=True),
    )
    op.create_table(
        "drawing",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("sha256", sa.String(), nullable=False),
    )
    with op.batch_alter_table("job") as job:
        job.add_column(sa.Column("after", sa.String(), nullable=True))
        job.add_column(sa.Column("rewritten", sa.String(), nullable=False, server_default=""))
        job.add_column(sa.Column("parts", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("job") as job:
        job.drop_column("parts")
        job.drop_column("rewritten")
        job.drop_column("after")
    op.drop_table("drawing")
    op.drop_table("upload")
    op.drop_table("connection")
