"""Durable work: a take is sent once, watched until it ends, and kept. Read work.py for the steps."""

from app.jobs.desk import Desk
from app.jobs.engine import Engine
from app.jobs.opening import open_desk

__all__ = ["Desk", "Engine", "open_desk"]
