"""What several rules look at in the cast: who is a person, and how many there are said to be."""

import re

from app.lint.hearing import texts
from app.resolve import Resolved
from app.resolve.camera import EYES, STATURE_M
from app.schema.shot import Subject
from app.vocab import Term

PERSON = "subject.kind.character"
PERSONAL = ("name", "wardrobe", "expression", "eyeline", "pose", "age", "build", "hair", "hair_colour")
"""What only somebody has."""

SEVERAL = ("framing.count.two", "framing.count.three", "framing.count.group", "framing.count.crowd")
MIRROR = re.compile(r"\b(?:mirror\w*|reflect\w*)\b", re.IGNORECASE)

LOW_POSES = {
    "subject.pose.seated": 0.73,
    "subject.pose.kneeling": 0.7,
    "subject.pose.crouching": 0.6,
    "subject.pose.lying": 0.15,
}
"""How high the eyes then are, as a share of their height when standing."""


def people(resolved: Resolved) -> list[str]:
    """Return the ids of the subjects that are people."""
    return [name for name, subject in resolved.subjects if is_person(subject)]


def is_person(subject: Subject) -> bool:
    """Tell whether a subject is a person: said so, or with a name, a face, a look or clothes and of no other kind."""
    if subject.kind is not None:
        return subject.kind == PERSON
    return any(getattr(subject, key) is not None for key in PERSONAL)


def counted(resolved: Resolved) -> Term | None:
    """Return the term that says how many people there are, or None."""
    return resolved.term("framing.count")


def mirrored(resolved: Resolved) -> bool:
    """Tell whether a mirror or a reflection is said to be in the picture."""
    if resolved.where("framing.device.reflection"):
        return True
    return any(MIRROR.search(text) for _, text in texts(resolved))


def eyes_m(resolved: Resolved, who: str) -> float:
    """Return how high the eyes of a subject are, in metres, by stature, pose and mark."""
    at_path = f"subjects.{who}"
    stature = resolved.number(f"{at_path}.height_m") or STATURE_M
    low = LOW_POSES.get(resolved.pick(f"{at_path}.pose"), 1)
    return EYES * stature * low + (resolved.number(f"{at_path}.mark.y_m") or 0)
