"""What several rules look at in the cast: who is a person, and how many there are said to be."""

import re

from app.lint.hearing import texts
from app.resolve import Resolved
from app.schema.shot import Subject
from app.vocab import Term

PERSON = "subject.kind.character"
PERSONAL = ("name", "wardrobe", "expression", "eyeline", "pose", "age", "build", "hair", "hair_colour")
"""What only somebody has."""

SEVERAL = ("framing.count.two", "framing.count.three", "framing.count.group", "framing.count.crowd")
MIRROR = re.compile(r"\b(?:mirror\w*|reflect\w*)\b", re.IGNORECASE)


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
