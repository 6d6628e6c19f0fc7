"""A film can keep its prompts home; what a take may have cost before it was sent again is not forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("project", sa.Column("prompts_stay", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("job", sa.Column("doubtful_usd", sa.Float(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("job", "doubtful_usd")
    op.drop_column("project", "prompts_stay")
