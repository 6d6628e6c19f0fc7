"""The queue: batches, who has a job in hand, and how fast a service may be asked; films that stay on this machine."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INDEXED = ("batch_id", "place", "worker")


def upgrade() -> None:
    op.add_column("project", sa.Column("local", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "batch",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("project_id", sa.String(), sa.ForeignKey("project.id"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("made", sa.Float(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("budget_usd", sa.Float(), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
    )
    op.create_index("ix_batch_project_id", "batch", ["project_id"])
    op.create_table(
        "pace",
        sa.Column("backend", sa.String(), primary_key=True),
        sa.Column("not_before", sa.Float(), nullable=False),
        sa.Column("slots", sa.Integer(), nullable=False),
        sa.Column("slots_until", sa.Float(), nullable=False),
        sa.Column("lasted", sa.JSON(), nullable=False),
    )
    with op.batch_alter_table("job") as job:
        job.add_column(sa.Column("batch_id", sa.String(), nullable=True))
        job.create_foreign_key("fk_job_batch_id", "batch", ["batch_id"], ["id"])
        job.add_column(sa.Column("place", sa.Integer(), nullable=False, server_default="0"))
        job.add_column(sa.Column("not_before", sa.Float(), nullable=False, server_default="0"))
        job.add_column(sa.Column("worker", sa.String(), nullable=True))
        job.add_column(sa.Column("turn", sa.Integer(), nullable=False, server_default="0"))
        job.add_column(sa.Column("sent_at", sa.Float(), nullable=True))
        job.add_column(sa.Column("retries", sa.Integer(), nullable=False, server_default="0"))
    for name in INDEXED:
        op.create_index(f"ix_job_{name}", "job", [name])


def downgrade() -> None:
    for name in INDEXED:
        op.drop_index(f"ix_job_{name}", "job")
    with op.batch_alter_table("job") as job:
        job.drop_constraint("fk_job_batch_id", type_="foreignkey")
        for name in ("retries", "sent_at", "turn", "worker", "not_before", "place", "batch_id"):
            job.drop_column(name)
    op.drop_table("pace")
    op.drop_index("ix_batch_project_id", "batch")
    op.drop_table("batch")
    op.drop_column("project", "local")
