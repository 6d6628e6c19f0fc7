"""Rows and the one engine that reads and writes them."""

from app.db.database import Database
from app.db.tables import Asset, Executor, Job, Project, Revision, Shot, Take

__all__ = ["Asset", "Database", "Executor", "Job", "Project", "Revision", "Shot", "Take"]
