"""What a shot or a take is found by."""

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy
from sqlmodel import Session, col, func, select

from app import db
from app.errors import ShotError
from app.library.search_keys import EXCLUDED, NUMBERS
from app.library.search_tokens import fact, joined, number, rounded, words
from app.resolve import Resolved, resolve
from app.schema import read_data
from app.schema.facets import takes_text
from app.schema.paths import leaves
from app.vocab import vocabulary

HAVE = {
    "people": ("subjects.",),
    "lights": ("lights.",),
    "references": ("references.",),
    "move": (".moves.",),
    "speech": (".says.",),
    "sound": ("sound.", ".sound"),
}
"""What a shot has when a path begins or goes on so."""


class Told(NamedTuple):
    """What a document says: its texts in words, and its facts as tokens."""

    texts: tuple[tuple[str, ...], ...]
    facts: tuple[str, ...]


def entry(session: Session, kind: str, thing: str) -> db.Entry | None:
    """Return the entry of a shot or a take as the index ought to hold it; None for one that there is not."""
    return _of_shot(session, thing) if kind == "shot" else _of_take(session, thing)


def _of_shot(session: Session, name: str) -> db.Entry | None:
    row = session.get(db.Shot, name)
    if row is None:
        return None
    own = session.get(db.Star, name)
    takes = _takes(session, name)
    stars = max([own.stars if own else 0, *(one.stars or 0 for one in takes)])
    notes = select(db.Review.note).join(db.Take, col(db.Take.id) == col(db.Review.take_id))
    notes = notes.where(db.Take.shot_id == name, db.Review.note != "").order_by(col(db.Take.id))
    facts = {
        fact("is", "shot"),
        fact("in", row.project_id),
        fact("by", row.author),
        *(fact("target", one) for one in (row.target, *(take.target for take in takes))),
        *(fact("on", take.backend) for take in takes),
        *(fact("take", take.state) for take in takes),
        *(fact("take", "circled") for take in takes if take.circled),
        *(fact("has", "takes") for _ in takes),
        *(fact("has", "picture") for take in takes if take.pictures),
        *number("stars", stars),
        *number("takes", rounded(sum(take.count for take in takes), 4)),
    }
    of = ("shot", name, name, row.changed)
    return _entry(session, of, [f"{row.slate} {row.name}", row.note], session.exec(notes).all(), facts, row.document)


def _takes(session: Session, shot: str) -> Sequence[Any]:
    """Return how a shot's takes stand, those that stand alike as one row."""
    alike = (col(db.Take.target), col(db.Take.backend), col(db.Job.state), col(db.Review.circled))
    query = sqlalchemy.select(
        *alike,
        func.max(db.Review.stars).label("stars"),
        func.count(col(db.Take.id)).label("count"),
        func.count(col(db.Job.picture)).label("pictures"),
    )
    query = query.join(db.Job, col(db.Job.take_id) == col(db.Take.id))
    query = query.join(db.Review, col(db.Review.take_id) == col(db.Take.id), isouter=True)
    return session.execute(query.where(col(db.Take.shot_id) == shot).group_by(*alike)).all()


def _of_take(session: Session, name: str) -> db.Entry | None:
    row, job = session.get(db.Take, name), session.get(db.Job, name)
    shot = session.get(db.Shot, row.shot_id) if row else None
    if row is None or job is None or shot is None:
        return None
    document = session.get_one(db.Revision, row.revision_id).document
    review = session.get(db.Review, name) or db.Review(take_id=name, changed=0)
    texts = [f"{shot.slate} {shot.name} take {row.number}", review.note]
    facts = {
        fact("is", "take"),
        fact("in", shot.project_id),
        fact("by", row.author),
        fact("target", row.target),
        fact("on", row.backend),
        fact("take", job.state),
        *number("stars", review.stars),
    }
    facts |= {fact("take", "circled")} if review.circled else set()
    facts |= {fact("has", "picture")} if job.picture else set()
    of = ("take", name, row.shot_id, row.made)
    return _entry(session, of, texts, [row.prompt, job.rewritten], facts, document)


def _entry(
    session: Session,
    of: tuple[str, str, str, float],
    own: list[str],
    more: Sequence[str],
    facts: set[str],
    document: dict[str, Any],
) -> db.Entry:
    """Add what every kind has: tags, collections, and what its document says. `own` texts are its name and note."""
    kind, thing, shot, at = of
    tags = sorted(session.exec(select(db.Tag.name).where(db.Tag.kind == kind, db.Tag.thing == thing)).all())
    member = select(db.Member.collection_id).where(db.Member.kind == kind, db.Member.thing == thing)
    sets = session.exec(member).all()
    told = _told(json.dumps(document))
    found = {*facts, *(fact("tag", one) for one in tags), *(fact("collection", one) for one in sets), *told.facts}
    found |= {fact("has", "tags")} if tags else set()
    found |= {fact("has", "note")} if own[1] else set()
    said = [*map(words, (*own, *tags, *more)), *told.texts]
    return db.Entry(kind=kind, thing=thing, shot_id=shot, at=at, tokens=joined(filter(None, said), sorted(found)))


@lru_cache(maxsize=256)
def _told(document: str) -> Told:
    """Return what a document says; nothing for one that cannot be read, so that it is still found by its name."""
    try:
        resolved = resolve(read_data(json.loads(document)), vocabulary())
    except ShotError:
        return Told((), ())
    has = (fact("has", name) for name, ways in HAVE.items() if _has(resolved, ways))
    coded = (token for key, value in numbers(resolved) for token in number(key, value))
    return Told(tuple(filter(None, map(words, _texts(resolved)))), (*has, *terms(resolved), *coded))


def terms(resolved: Resolved) -> set[str]:
    """Return the terms of a shot: those that are picked, and those that name its numbers."""
    return {*resolved.picked, *_named(resolved)}


def _named(resolved: Resolved) -> Iterator[str]:
    """Yield the terms that name a number where nobody picked one: 1.6 m is eye level."""
    lamps = [f"lights.{name}" for name in resolved.shot.lights]
    for facet in resolved.vocabulary.facets.values():
        if not facet.names:
            continue
        of_lamps = facet.names.startswith(".")
        for at in lamps if of_lamps else ("",):
            pick = f"{at}.{facet.id.rpartition('.')[2]}" if of_lamps else facet.id
            if isinstance(resolved.value(pick), (str, dict)):
                continue
            value = resolved.value(at + facet.names)
            if isinstance(value, str) and value in resolved.vocabulary.terms:
                yield value
            elif isinstance(value, (int, float)) and (
                term := facet.named(abs(value) if "_abs_" in facet.by else value)
            ):
                yield term.id


def numbers(resolved: Resolved) -> set[tuple[str, float]]:
    """Return the numbers of a shot, said or derived, by their keys and rounded as these are."""
    found = set()
    for path, known in resolved.values.items():
        key = NUMBERS.get(_pattern(path))
        if key and isinstance(known.value, (int, float)):
            found.add((key.name, rounded(known.value, key.figures)))
    return found


def _pattern(path: str) -> str:
    head, _, rest = path.partition(".")
    return f"{head}.*.{rest.partition('.')[2]}" if head == "lights" else path


def _has(resolved: Resolved, ways: tuple[str, ...]) -> bool:
    return any(
        path.startswith(way) if way[0] != "." else way in path or path.endswith(way)
        for path in resolved.said
        for way in ways
    )


def _texts(resolved: Resolved) -> Iterator[str]:
    """Yield the texts of a shot: what was said in words, then the labels of its terms; a query knows their aliases."""
    for path, value in leaves(resolved.shot).items():
        if path == EXCLUDED:
            continue
        for one in value if isinstance(value, tuple) else (value,):
            if text := _text(path, one):
                yield text
    for name, _ in (*resolved.subjects, *resolved.lights):
        yield name.replace("_", " ")
    for name in sorted(terms(resolved)):
        term = resolved.vocabulary.terms[name]
        if term.facet != EXCLUDED:
            yield term.label


def _text(path: str, value: Any) -> str:
    if isinstance(value, dict):
        return str(value["words"])
    return value if isinstance(value, str) and takes_text(path) else ""
