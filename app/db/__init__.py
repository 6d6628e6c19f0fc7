"""Rows and the one engine that reads and writes them."""

from app.db.database import Database
from app.db.tables import Asset, Connection, Executor, Job, Project, Revision, Shot, Take, Upload

__all__ = [
    "Asset",
    "Connection",
    "Database",
    "Executor",
    "Job",
    "Project",
    "Revision",
    "Shot",
    "Take",
    "Upload",
]
