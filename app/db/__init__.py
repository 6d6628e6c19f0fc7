"""Rows and the one engine that reads and writes them."""

from app.db.database import Database
from app.db.tables import Asset, Batch, Executor, Job, Pace, Project, Revision, Shot, Take

__all__ = ["Asset", "Batch", "Database", "Executor", "Job", "Pace", "Project", "Revision", "Shot", "Take"]
