"""Tags, stars of shots, collections, and one full-text index over shots and takes."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

FTS5 = """
CREATE VIRTUAL TABLE entry_index USING fts5(
    tokens, content='entry', content_rowid='id', columnsize=0, tokenize="ascii tokenchars '=._-'"
)
"""


def upgrade() -> None:
    op.create_table(
        "star",
        sa.Column("shot_id", sa.String(), sa.ForeignKey("shot.id"), primary_key=True),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
    )
    op.create_table(
        "tag",
        sa.Column("kind", sa.String(), primary_key=True),
        sa.Column("thing", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), primary_key=True),
    )
    op.create_index("ix_tag_name", "tag", ["name"])
    op.create_table(
        "collection",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("made", sa.Float(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
    )
    op.create_table(
        "member",
        sa.Column("collection_id", sa.String(), sa.ForeignKey("collection.id"), primary_key=True),
        sa.Column("kind", sa.String(), primary_key=True),
        sa.Column("thing", sa.String(), primary_key=True),
        sa.Column("place", sa.Integer(), nullable=False),
    )
    op.create_index("ix_member_thing", "member", ["thing"])
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("shot_id", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("tokens", sa.String(), nullable=False),
        sa.UniqueConstraint("kind", "thing"),
    )
    op.create_table("token", sa.Column("name", sa.String(), primary_key=True))
    if op.get_bind().dialect.name == "sqlite":
        op.execute(FTS5)
        return
    op.execute("CREATE TABLE entry_index (id integer PRIMARY KEY, tokens tsvector NOT NULL)")
    op.execute("CREATE INDEX ix_entry_index_tokens ON entry_index USING gin (tokens)")
    op.execute('ALTER TABLE token ALTER COLUMN name TYPE varchar COLLATE "C"')


def downgrade() -> None:
    for table in ("entry_index", "token", "entry", "member", "collection", "tag", "star"):
        op.execute(f"DROP TABLE {table}")
