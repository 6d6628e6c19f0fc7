"""Lowers a resolved shot to a brief: clauses in neutral words, department by department."""

from collections.abc import Callable, Iterator

from app.compile import camera, changes, lights, people, picture, references
from app.compile.brief import Brief, Clause, Fact, Picture
from app.compile.plain import sentence
from app.compile.reading import reading
from app.compile.wording import words_of
from app.match import exactly
from app.resolve import Resolved

__all__ = ["Brief", "Clause", "Fact", "Picture", "lower", "sentence"]

DEPARTMENTS: tuple[Callable[[Resolved], Iterator[Clause]], ...] = (
    picture.frame,
    people.subjects,
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
    lights.lamps,
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
    clauses = []
    for department in DEPARTMENTS:
        for clause in department(resolved):
            if resolved.left:
                clause.facts = [fact for fact in clause.facts if not resolved.left.issuperset(fact.paths or ("",))]
            if clause.facts:
                if resolved.pins:
                    clause.pinned = any(resolved.pinned(*fact.paths) for fact in clause.facts)
                clauses.append(clause)
    return Brief(clauses, _excluded(resolved), list(references.pictures(resolved)))


def _excluded(resolved: Resolved) -> list[Fact]:
    """Return what to keep out; words of one's own that are a term's name are that term."""
    facts = []
    for pick in resolved.value("exclude") or ():
        words, term = words_of(resolved, pick)
        if words and not term and (known := exactly(resolved.vocabulary, words, "exclude")):
            term = known.id
        if words:
            facts.append(Fact("exclude", words, ("exclude",), term=term))
    return facts
