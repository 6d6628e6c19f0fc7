"""What the search page shows beside what was found, and what its box offers while somebody types."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.jobs import Desk
from app.library.query import QueryError
from app.library.search import Hit, Page
from app.library.search_keys import KEYS, Key, facets, keys
from app.match import search
from app.resolve import Resolved, resolve
from app.schema import read_data
from app.vocab import Term, vocabulary
from app.web.offering import Offer, Offered

MOST = 12
LAST = re.compile(r'-?(?:(?P<key>[A-Za-z][A-Za-z_.]*):)?(?P<value>"[^"]*|[^\s"]*)\Z')
EXAMPLES = ("lens:>=85 cct:<3500", "size:cu or size:mcu", "take:circled stars:>=4", '"wet street" -tag:old')


@dataclass(frozen=True)
class Found:
    """A page of results with what it is drawn from, or why there is none."""

    page: Page | None
    hits: tuple[tuple[Hit, Resolved | None], ...] = ()
    wrong: QueryError | None = None
    terms: tuple[Term, ...] = ()


def found(desk: Desk, text: str, after: str = "", *, typing: bool = False) -> Found:
    """Return what a query finds, with the plan of each shot that has no picture; or what is wrong with it."""
    try:
        answer = desk.library.search.find(text, after, typing=typing)
    except QueryError as error:
        return Found(None, wrong=error)
    named = [one for one in search(vocabulary(), text)[:3] if _is_called(one, text)] if text and not after else []
    return Found(answer, drawn(answer.hits), terms=tuple(named))


def drawn(hits: Iterable[Hit]) -> tuple[tuple[Hit, Resolved | None], ...]:
    """Return hits, each without a picture with what its light plan is drawn from."""
    return tuple((one, None if _has_picture(one) else resolve(read_data(one.document), vocabulary())) for one in hits)


def _has_picture(hit: Hit) -> bool:
    return hit.take is not None and bool(hit.take.picture)


def _is_called(term: Term, text: str) -> bool:
    wanted = text.strip().casefold()
    return any(name.casefold() == wanted for name in (term.label, *term.aliases))


def offer(desk: Desk, text: str) -> Offer:
    """Return what the last part of a query may become: keys, and the values of a key."""
    last = LAST.search(text)
    if last is None or not last[0].strip("-"):
        return Offer(len(text), {})
    name, typed = (last["key"] or "").casefold(), last["value"].strip('"').casefold()
    start = last.start() + last[0].startswith("-")
    if name:
        values = list(_values(desk, name, typed))[:MOST]
        return Offer(start, {_label(name): values} if values else {})
    groups = {"Keys": list(_keys(typed))[:MOST], "Terms": list(_terms(typed))[:MOST]}
    return Offer(start, {label: some for label, some in groups.items() if some})


def _label(name: str) -> str:
    return keys()[name].gloss.capitalize() if name in keys() else ", ".join(_facets(name))


def _facets(name: str) -> list[str]:
    return [vocabulary().facets[facet].label for facet in facets(vocabulary()).get(name, ())]


def _keys(typed: str) -> Iterator[Offered]:
    yield from (Offered(f"{key.name}:", key.gloss, key.gloss) for key in KEYS if key.name.startswith(typed))
    for name in sorted(facets(vocabulary())):
        if name.startswith(typed) and name not in keys() and "." not in name:
            yield Offered(f"{name}:", "", ", ".join(_facets(name)))


def _terms(typed: str) -> Iterator[Offered]:
    if len(typed) < 2:
        return
    for term in search(vocabulary(), typed):
        if any(one.casefold().startswith(typed) for one in (term.label, *term.aliases)):
            yield Offered(_written(term), term.gloss, f"{vocabulary().facets[term.facet].label}: {term.label}")


def _written(term: Term) -> str:
    short = term.facet.rpartition(".")[2]
    return f"{term.facet if short in keys() else short}:{term.id.rpartition('.')[2]}"


def _values(desk: Desk, name: str, typed: str) -> Iterator[Offered]:
    key = keys().get(name)
    if key:
        told = _of_key(desk, key)
        yield from (Offered(f"{name}:{_quoted(one)}", "", gloss) for one, gloss in told if typed in one.casefold())
    for facet in facets(vocabulary()).get(name, ()):
        for term in search(vocabulary(), typed, facet):
            yield Offered(f"{name}:{term.id.rpartition('.')[2]}", term.gloss, term.label)


def _of_key(desk: Desk, key: Key) -> Iterator[tuple[str, str]]:
    """Yield the values of a key, each with what it is."""
    if key.kind == "choice":
        yield from ((one, "") for one in key.choices)
    elif key.name == "target":
        yield from ((one.id, one.label) for one in vocabulary().targets.values())
    elif key.name == "tag":
        yield from ((one, f"{count}") for one, count in desk.library.tags.all().items())
    elif key.name == "in":
        yield from ((one.name, "") for one in desk.library.projects())
    elif key.name == "collection":
        yield from ((one.name, f"{one.count}") for one in desk.library.collections.all())
    elif key.name == "on":
        yield from ((one.id, one.label) for one in desk.connections.named().values())
    elif key.kind == "number":
        yield (key.example, "")


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"\s", value) else value
