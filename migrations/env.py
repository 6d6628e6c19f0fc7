"""Runs the migrations in the transaction that Printlight opened."""

from alembic import context
from sqlmodel import SQLModel

from app.db import tables

OURS = {table.name for table in SQLModel.metadata.tables.values()} if tables else set()


def include(_object: object, name: str | None, kind: str, *_rest: object) -> bool:
    """Leave out what other libraries keep in the same database."""
    return kind != "table" or name in OURS


connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=SQLModel.metadata, include_object=include, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
