"""A film and its scenes say what all of their shots say; a shot stands in a scene, at first in that of its slate."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SLATE = re.compile(r"(?P<scene>[A-Z]{0,2}\d{1,5})[A-Z]{0,3}", re.IGNORECASE)


def upgrade() -> None:
    op.add_column("project", sa.Column("patch", sa.JSON(), nullable=False, server_default="{}"))
    op.create_table(
        "scene",
        sa.Column("project_id", sa.String(), sa.ForeignKey("project.id"), primary_key=True),
        sa.Column("number", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("patch", sa.JSON(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("changed", sa.Float(), nullable=False),
    )
    op.add_column("shot", sa.Column("scene", sa.String(), nullable=False, server_default=""))
    shots = sa.table("shot", sa.column("id"), sa.column("slate"), sa.column("scene"))
    found = op.get_bind().execute(sa.select(shots.c.id, shots.c.slate)).all()
    read = [(name, SLATE.fullmatch(slate.strip())) for name, slate in found]
    rows = [{"of": name, "number": slate["scene"].upper()} for name, slate in read if slate]
    if rows:
        change = sa.update(shots).where(shots.c.id == sa.bindparam("of")).values(scene=sa.bindparam("number"))
        op.get_bind().execute(change, rows)


def downgrade() -> None:
    op.drop_column("shot", "scene")
    op.drop_table("scene")
    op.drop_column("project", "patch")
