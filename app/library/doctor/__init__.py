"""Says what is wrong with a library, and mends what it can without losing anything."""

from app.library.doctor.doctor import examine
from app.library.doctor.finding import Finding, Patient

__all__ = ["Finding", "Patient", "examine"]
