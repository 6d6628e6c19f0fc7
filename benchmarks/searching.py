"""How long a search takes among a million shots on SQLite, for every form of query, and what one save costs there.

`SEARCH_SHOTS` in the environment is another number of shots. The shots are short ones, written straight into the
tables: about 40 words, 10 terms and 6 numbers each, of a vocabulary in which the commonest word stands in 300,000.
"""

import os
import random
import tempfile
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from sqlalchemy import text

from app import db
from app.db import Database
from app.files import Pictures
from app.library import Library
from app.library.search_tokens import BREAK, number
from app.vocab import vocabulary

SHOTS = int(os.environ.get("SEARCH_SHOTS", "1000000"))
FILMS, WORDS, BATCH, ROUNDS = 40, 30_000, 10_000, 30
AIM_MS = 30

QUERIES = {
    "nothing typed": "",
    "a word that 30 % have": "w0",
    "a word that 5 % have": "w100",
    "a word that few have": "w29000",
    "two common words": "w1 w2",
    "a common and a rare word": "w0 w29000",
    "a phrase": '"w0 w1"',
    "a beginning": "w2900*",
    "a word and a beginning": "w1 w2900*",
    "a term": "size:cu",
    "a term by its name": "rembrandt",
    "a number": "lens:85",
    "a number over a bound": "lens:>=85",
    "a range": "lens:35..85",
    "a range of many numbers": "cct:2500..4700",
    "a measure": "85mm",
    "three numbers": "lens:>=85 cct:<3500 stars:>=4",
    "term, number, model, stars": "size:cu lens:>=85 target:uni-1 stars:>=4",
    "word, number, term": "w0 lens:>=85 size:cu",
    "a film": 'in:"Film 7"',
    "word in a film": 'w0 in:"Film 7"',
    "rare number, common word": "year:1901 w0",
    "not a tag": "-tag:old",
    "common word, not another": "w0 -w1",
    "one of two terms": "size:cu or size:mcu",
    "one of two words, and a term": "w29000 or w28999 size:cu",
    "takes": "has:takes take:circled",
    "nothing has that": "w0 tag:nobody",
    "many have each, none both": "stars:0 stars:5",
    "many have it, all of them refused": "take:circled -has:takes",
    "two that are rare together": "year:1901 lens:200",
}


def rows() -> Iterator[str]:
    """Yield the size of the library, p50 and p95 of each form of query, of a second page, and of one save."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/printlight.db")
        library = Library(database, Pictures(Path(folder) / "pictures"), "Benchmark")
        library.open()
        began = time.perf_counter()
        _fill(database)
        size = sum(path.stat().st_size for path in Path(folder).glob("printlight.db*")) / 1e9
        yield f"{SHOTS:,} shots written in {time.perf_counter() - began:.0f} s: {size:.2f} GB   aim: under 1.5"
        for name, query in QUERIES.items():
            yield _row(
                name, query, [_timed(library, query) for _ in range(ROUNDS)], len(library.search.find(query).hits)
            )
        after = library.search.find("w0").after
        yield _row("the second page", "w0", [_timed(library, "w0", after) for _ in range(ROUNDS)], 0)
        deep = f"{SHOTS // 2}.-1"
        yield _row("a page half-way down", "w0", [_timed(library, "w0", deep) for _ in range(ROUNDS)], 0)
        draft, times = library.shot("the-rim"), []
        for step in range(ROUNDS):
            changed = draft.shot.model_copy(update={"duration_s": 1.0 + step})
            at = time.perf_counter()
            draft = library.save(draft.id, draft.version, changed, draft.target)
            times.append((time.perf_counter() - at) * 1000)
        yield _row("one save of a whole shot, indexed", "", times, 0)
        database.close()


def _timed(library: Library, query: str, after: str = "") -> float:
    at = time.perf_counter()
    library.search.find(query, after)
    return (time.perf_counter() - at) * 1000


def _row(name: str, query: str, times: list[float], found: int) -> str:
    times = sorted(times)
    p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
    return f"{name:<34} {query:<42} {found:>3}  p50 {p50:6.1f} ms  p95 {p95:6.1f} ms   aim: p95 under {AIM_MS}"


def _fill(database: Database) -> None:
    """Write the shots and their index straight into the tables."""
    draw = random.Random(1)  # noqa: S311  the same shots every time, no secret
    cut = list(accumulate(1 / (place + 12) for place in range(WORDS)))
    names = [f"w{place}" for place in range(WORDS)]
    sizes = [term.id for term in vocabulary().facets["camera.size"].terms]
    others = [term.id for term in vocabulary().terms.values() if term.facet not in {"camera.size", "exclude"}]
    with database.write() as session:
        session.add_all(db.Project(id=f"film-{one}", name=f"Film {one}", made=one) for one in range(FILMS))
    tokens: set[str] = set()
    for start in range(0, SHOTS, BATCH):
        shots, entries = [], []
        for at in range(start, min(start + BATCH, SHOTS)):
            told = draw.choices(names, cum_weights=cut, k=40)
            facts = _facts(draw, sizes, others)
            entry = (
                f"{at} {' '.join(told[:3])} = {' '.join(told[3:20])} = {' '.join(told[20:])} {BREAK} {' '.join(facts)}"
            )
            tokens.update(facts)
            shots.append({"id": f"s{at}", "film": f"film-{at % FILMS}", "name": " ".join(told[:3]), "at": at})
            entries.append({"id": at + 1000, "thing": f"s{at}", "at": at, "tokens": f"{entry} in=film-{at % FILMS}"})
        with database.write() as session:
            session.execute(text(SHOT), shots)
            session.execute(text(ENTRY), entries)
            session.execute(text("INSERT INTO entry_index (rowid, tokens) VALUES (:id, :tokens)"), entries)
    with database.write() as session:
        every = [{"name": one} for one in sorted({*tokens, *names, *(f"in=film-{one}" for one in range(FILMS))})]
        session.execute(text("INSERT OR IGNORE INTO token (name) VALUES (:name)"), every)


SHOT = (
    "INSERT INTO shot (id, project_id, slate, name, note, place, version, target, document, author, changed)"
    " VALUES (:id, :film, '', :name, '', 0, 1, 'uni-1', '{}', '', :at)"
)
ENTRY = "INSERT INTO entry (id, kind, thing, shot_id, at, tokens) VALUES (:id, 'shot', :thing, :thing, :at, :tokens)"


def _facts(draw: random.Random, sizes: list[str], others: list[str]) -> list[str]:
    """Return the facts of a shot: its terms, its numbers, its stars and takes."""
    numbers = {
        "lens": float(draw.choice((8, 14, 18, 21, 24, 25, 27, 28, 32, 35, 40, 50, 65, 75, 85, 100, 135, 200))),
        "cct": float(draw.randrange(1800, 7000, 10)),
        "stop": draw.choice((1.4, 2.0, 2.8, 4.0, 5.6, 8.0)),
        "year": float(draw.randrange(1900, 2030)),
        "stars": float(draw.choice((0, 0, 0, 0, 1, 2, 3, 4, 5))),
    }
    takes = ["has=takes", f"take={draw.choice(('done', 'failed', 'circled'))}"] if draw.random() < 0.3 else []
    tags = ["has=tags", f"tag={draw.choice(('old', 'night', 'select'))}"] if draw.random() < 0.2 else []
    coded = [token for key, value in numbers.items() for token in number(key, value)]
    terms = [draw.choice(sizes), *draw.sample(others, 9)]
    return ["is=shot", f"target={draw.choice(('uni-1', 'veo-3.1', 'flux-2'))}", *takes, *tags, *terms, *coded]
