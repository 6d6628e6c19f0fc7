"""A film says how the files of its takes are called."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("project", sa.Column("file_names", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("project", "file_names")
