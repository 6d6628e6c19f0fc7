"""Durable work: a take is sent once, watched until it ends, and kept. Read work.py for the steps."""

from app.jobs.desk import Desk, Way, Wish, grid, several
from app.jobs.engine import Engine
from app.jobs.opening import library_of, open_desk

__all__ = ["Desk", "Engine", "Way", "Wish", "grid", "library_of", "open_desk", "several"]
