"""Lowers a resolved shot to a brief: clauses in neutral words, department by department."""

from collections.abc import Iterator

from app.compile import camera, changes, lights, people, picture, references
from app.compile.again import Department, Each, Lowering
from app.compile.brief import Brief, Clause, Fact, Picture
from app.compile.plain import sentence
from app.compile.reading import reading
from app.compile.wording import words_of
from app.match import exactly
from app.resolve import Resolved

__all__ = ["Brief", "Clause", "Fact", "Lowering", "Picture", "lower", "lowering", "sentence"]

DEPARTMENTS: tuple[Department, ...] = (
    picture.frame,
    Each("subjects", people.subject),
    people.relations,
    people.beats,
    picture.place,
    picture.lettering,
    camera.angle,
    camera.lens,
    camera.exposure,
    camera.depth,
    camera.support,
    picture.framing,
    lights.lighting,
    Each("lights", lights.lamp),
    reading,
    picture.look,
    picture.intent,
    picture.pace,
    picture.sound,
    references.references,
    changes.edits,
)
"""In the order in which a brief is read; a dialect may reorder."""


def lower(resolved: Resolved) -> Brief:
    """Return everything that a shot says, as clauses. Facts left to the model, and empty clauses, stay out."""
    clauses = [one for department in DEPARTMENTS for one in _heard(department, resolved)]
    return Brief(clauses, _excluded(resolved), list(references.pictures(resolved)))


def lowering() -> Lowering:
    """Return what lowers one shot again and again while it is edited."""
    return Lowering(DEPARTMENTS, _heard, _excluded, references.pictures)


def _heard(department: Department, resolved: Resolved) -> Iterator[Clause]:
    """Yield a department's clauses without what is left to the model."""
    for clause in department(resolved):
        if resolved.left:
            clause.facts = [fact for fact in clause.facts if not resolved.left.issuperset(fact.paths or ("",))]
        if clause.facts:
            if resolved.pins:
                clause.pinned = any(resolved.pinned(*fact.paths) for fact in clause.facts)
            yield clause


def _excluded(resolved: Resolved) -> list[Fact]:
    """Return what to keep out; words of one's own that are a term's name are that term."""
    facts = []
    for pick in resolved.value("exclude") or ():
        words, term = words_of(resolved, pick)
        if words and not term and (known := exactly(resolved.vocabulary, words, "exclude")):
            words, term = known.phrase, known.id
        if words:
            facts.append(Fact("exclude", words, ("exclude",), term=term))
    return facts
