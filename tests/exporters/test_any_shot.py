"""Any shot that the schema allows leaves in every format that people read."""

from dataclasses import replace

from hypothesis import given

from app.exporters import export, exporters
from app.pipeline import compile_shot
from app.resolve import resolve
from app.schema import Shot
from app.vocab import vocabulary
from tests.exporters.reels import reel
from tests.shots import examples, shots

READ = ("json", "csv", "xlsx", "markdown", "html", "storyboard", "plans")


@given(shots())
@examples(25)
def test_any_shot_leaves(shot: Shot) -> None:
    vocab, film = vocabulary(), reel()
    one = film.shots[0]
    resolved, compiled = resolve(shot, vocab), compile_shot(shot, one.target, vocab)
    film = replace(film, shots=(replace(one, resolved=resolved, compiled=compiled),))
    assert all(export(exporters[name], film).content for name in READ)
