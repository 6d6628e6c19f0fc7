"""What a shot or a take is found by."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, col, select

from app import db
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


def entry(session: Session, kind: str, thing: str) -> db.Entry | None:
    """Return the entry of a shot or a take as the index ought to hold it; None for one that there is not."""
    return _of_shot(session, thing) if kind == "shot" else _of_take(session, thing)


def _of_shot(session: Session, name: str) -> db.Entry | None:
    row = session.get(db.Shot, name)
    if row is None:
        return None
    resolved = resolve(read_data(row.document, f"The shot {row.id}"), vocabulary())
    query = select(db.Take, db.Job, db.Review).join(db.Job, col(db.Job.take_id) == col(db.Take.id))
    query = query.join(db.Review, col(db.Review.take_id) == col(db.Take.id), isouter=True)
    takes = session.exec(query.where(db.Take.shot_id == name).order_by(col(db.Take.id))).all()
    reviews: list[db.Review] = [review for _, _, review in takes if isinstance(review, db.Review)]
    own = session.get(db.Star, name)
    stars = max([own.stars if own else 0, *(one.stars for one in reviews)])
    texts = [f"{row.slate} {row.name}", row.note, *(one.note for one in reviews), *_texts(resolved)]
    states = {fact("take", job.state) for _, job, _ in takes} | {
        fact("take", "circled") for one in reviews if one.circled
    }
    targets = dict.fromkeys([row.target, *(take.target for take, _, _ in takes)])
    has = {"takes": bool(takes), "note": bool(row.note), "picture": any(job.picture for _, job, _ in takes)}
    facts = [
        fact("is", "shot"),
        fact("in", row.project_id),
        fact("by", row.author),
        *(fact("target", one) for one in targets),
        *(fact("on", one) for one in dict.fromkeys(take.backend for take, _, _ in takes)),
        *sorted(states),
        *number("stars", stars),
        *number("takes", rounded(len(takes), 4)),
    ]
    return _entry(session, ("shot", name, name, row.changed), texts, facts, has, resolved)


def _of_take(session: Session, name: str) -> db.Entry | None:
    row, job = session.get(db.Take, name), session.get(db.Job, name)
    shot = session.get(db.Shot, row.shot_id) if row else None
    if row is None or job is None or shot is None:
        return None
    document = session.get_one(db.Revision, row.revision_id).document
    resolved = resolve(read_data(document, f"Take {row.number} of {shot.id}"), vocabulary())
    review = session.get(db.Review, name) or db.Review(take_id=name, changed=0)
    texts = [f"{shot.slate} {shot.name} take {row.number}", review.note, row.prompt, job.rewritten, *_texts(resolved)]
    has = {"note": bool(review.note), "picture": bool(job.picture)}
    facts = [
        fact("is", "take"),
        fact("in", shot.project_id),
        fact("by", row.author),
        fact("target", row.target),
        fact("on", row.backend),
        fact("take", job.state),
        *([fact("take", "circled")] if review.circled else []),
        *number("stars", review.stars),
    ]
    return _entry(session, ("take", name, row.shot_id, row.made), texts, facts, has, resolved)


def _entry(
    session: Session,
    of: tuple[str, str, str, float],
    texts: list[str],
    facts: list[str],
    has: dict[str, bool],
    resolved: Resolved,
) -> db.Entry:
    """Add what every kind has: tags, collections, terms and numbers."""
    kind, thing, shot, at = of
    tags = session.exec(select(db.Tag.name).where(db.Tag.kind == kind, db.Tag.thing == thing)).all()
    member = select(db.Member.collection_id).where(db.Member.kind == kind, db.Member.thing == thing)
    collections = session.exec(member).all()
    has = {**has, "tags": bool(tags), **{name: _has(resolved, ways) for name, ways in HAVE.items()}}
    found = [
        *facts,
        *(fact("has", name) for name, true in has.items() if true),
        *(fact("tag", one) for one in sorted(tags)),
        *(fact("collection", one) for one in sorted(collections)),
        *sorted(terms(resolved)),
        *(token for key, value in sorted(numbers(resolved)) for token in number(key, value)),
    ]
    said = [words(one) for one in (*texts[:2], *sorted(tags), *texts[2:])]
    return db.Entry(kind=kind, thing=thing, shot_id=shot, at=at, tokens=joined(filter(None, said), found))


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
