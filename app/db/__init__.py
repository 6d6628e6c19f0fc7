"""Rows and the one engine that reads and writes them."""

from app.db.database import Database
from app.db.tables import Asset, Connection, Drawing, Executor, Job, Project, Revision, Shot, Take, Upload

__all__ = [
    "Asset",
    "Connection",
    "Database",
    "Drawing",
    "Executor",
    "Job",
    "Project",
    "Revision",
    "Shot",
    "Take",
    "Upload",
]
