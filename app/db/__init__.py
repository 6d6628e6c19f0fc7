"""Rows and the one engine that reads and writes them."""

from app.db.database import Database
from app.db.tables import (
    Asset,
    Batch,
    Connection,
    Drawing,
    Executor,
    Job,
    Pace,
    Preset,
    Project,
    Review,
    Revision,
    Shot,
    Take,
    Upload,
)

__all__ = [
    "Asset",
    "Batch",
    "Connection",
    "Database",
    "Drawing",
    "Executor",
    "Job",
    "Pace",
    "Preset",
    "Project",
    "Review",
    "Revision",
    "Shot",
    "Take",
    "Upload",
]
