"""What every exporter must do: carry what it says and nothing else, write the same bytes twice, refuse plainly."""

from dataclasses import replace
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import pytest

from app.errors import BadInputError
from app.exporters import Exporter, Reel, export, exporters
from app.exporters.base import FACTS, GROUPS
from app.pipeline import compile_shot
from app.resolve import resolve
from app.schema import read_data
from app.vocab import vocabulary
from tests.exporters.reels import reel, without

CASES = [(one, fact) for one in exporters.values() for fact in FACTS]


@pytest.mark.parametrize(("one", "fact"), CASES, ids=[f"{one.id}-{fact}" for one, fact in CASES])
def test_the_matrix_is_true(one: Exporter, fact: str) -> None:
    film = reel(*one.targets[:1])
    told, otherwise = as_it_stands(one.id), export(one, without(fact, film)).content
    assert (told != otherwise) == (fact in one.carries), one.carries.get(fact)


@cache
def as_it_stands(name: str) -> bytes:
    """Return the film in a format."""
    return export(exporters[name], reel(*exporters[name].targets[:1])).content


@pytest.mark.parametrize("one", exporters.values(), ids=list(exporters))
def test_the_same_film_is_the_same_file(one: Exporter) -> None:
    assert export(one, reel(*one.targets[:1])).content == as_it_stands(one.id)


@pytest.mark.parametrize("one", exporters.values(), ids=list(exporters))
def test_an_empty_shot_is_written_or_refused_with_a_way_out(one: Exporter) -> None:
    vocab, film = vocabulary(), reel()
    nothing = compile_shot(read_data({}), film.shots[0].target, vocab)
    bare = replace(film.shots[0], resolved=resolve(read_data({}), vocab), compiled=nothing, take=None, note="", name="")
    assert said(one, replace(film, shots=(bare,)))


def said(one: Exporter, film: Reel) -> bytes:
    """Return what a film is written as, or the sentences that refuse it."""
    try:
        return unpacked(export(one, film).content)
    except BadInputError as refused:
        if not refused.hint:
            raise
        return f"{refused} {refused.hint}".encode()


@pytest.mark.parametrize("one", exporters.values(), ids=list(exporters))
def test_a_film_without_shots_is_refused(one: Exporter) -> None:
    with pytest.raises(BadInputError, match="has no shots"):
        export(one, replace(reel(), shots=()))


@pytest.mark.parametrize("one", exporters.values(), ids=list(exporters))
def test_prompts_that_stay_home_are_in_no_file(one: Exporter) -> None:
    film = replace(without("prompt", reel(*one.targets[:1])), prompts_stay=True)
    told = said(one, film)
    assert b"Otherwise." not in told
    assert (b"stay home" in told) == one.needs_prompts


def unpacked(content: bytes) -> bytes:
    """Return a file, or all files of a zip, one behind the other."""
    if not content.startswith(b"PK"):
        return content
    with ZipFile(BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("one", exporters.values(), ids=list(exporters))
def test_every_exporter_says_what_it_is_for_and_what_it_lacks(one: Exporter) -> None:
    assert set(one.carries) <= set(FACTS)
    assert one.group in GROUPS
    assert one.used_for
    assert one.lacks.endswith(".")
    assert one.label[0].isupper() or one.label[0].isdigit()
