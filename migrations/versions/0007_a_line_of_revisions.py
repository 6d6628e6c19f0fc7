"""A revision knows the one that it came from, has a name where somebody gave it one, and is known by its digest."""

import json
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SHOT = sa.table("shot", sa.column("id", sa.String), sa.column("base", sa.Integer))
REVISION = sa.table(
    "revision",
    sa.column("id", sa.String),
    sa.column("shot_id", sa.String),
    sa.column("number", sa.Integer),
    sa.column("layers", sa.JSON),
    sa.column("document", sa.JSON),
    sa.column("parent", sa.Integer),
    sa.column("digest", sa.String),
)


def upgrade() -> None:
    op.add_column("shot", sa.Column("base", sa.Integer(), nullable=True))
    op.add_column("revision", sa.Column("parent", sa.Integer(), nullable=True))
    op.add_column("revision", sa.Column("name", sa.String(), nullable=False, server_default=""))
    op.add_column("revision", sa.Column("digest", sa.String(), nullable=False, server_default=""))
    _put_in_line(op.get_bind())


def downgrade() -> None:
    op.drop_column("revision", "digest")
    op.drop_column("revision", "name")
    op.drop_column("revision", "parent")
    op.drop_column("shot", "base")


def _put_in_line(connection: sa.Connection) -> None:
    """Put the revisions there are one behind the other; one with a layer of its own over the draft is a branch."""
    columns = (REVISION.c.id, REVISION.c.shot_id, REVISION.c.number, REVISION.c.layers, REVISION.c.document)
    bases: dict[str, int] = {}
    for row in connection.execute(sa.select(*columns).order_by(REVISION.c.shot_id, REVISION.c.number)).all():
        written = json.dumps(row.document, sort_keys=True, separators=(",", ":"))
        values = {"parent": bases.get(row.shot_id), "digest": sha256(written.encode()).hexdigest()}
        connection.execute(sa.update(REVISION).where(REVISION.c.id == row.id).values(**values))
        if len(row.layers) < 2:  # the draft alone
            bases[row.shot_id] = row.number
    for shot, number in bases.items():
        connection.execute(sa.update(SHOT).where(SHOT.c.id == shot).values(base=number))
