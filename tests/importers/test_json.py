"""Printlight's own JSON comes back: a film shot by shot, a shot alone; what is wrong is named with its number."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import ShotError
from app.exporters import export, exporters
from app.importers import Imported, import_file
from app.patch import Json
from app.schema import Shot
from app.vocab import vocabulary
from tests.exporters.reels import reel
from tests.shots import shots


def read(document: Any) -> Imported:
    raw = document if isinstance(document, bytes) else json.dumps(document).encode()
    importer, found = import_file(raw, "film.json", vocabulary())
    assert importer.id == "json"
    return found


def test_a_film_comes_back_shot_by_shot() -> None:
    film = reel()
    found = read(export(exporters["json"], film).content)
    assert found.shots == tuple(one.resolved.shot for one in film.shots)
    assert [(one.slate, one.name, one.note) for one in found.labels] == [(s.slate, s.name, s.note) for s in film.shots]
    assert (found.title, found.author) == ("The Lamp Room", "Ada")


@given(shots())
def test_any_shot_comes_back_whole(shot: Shot) -> None:
    document = {"kind": shot.kind, **shot.model_dump(mode="json", exclude_defaults=True)}
    assert read(document).shots == (shot,)


KIND: Json = {"kind": "printlight.reel/1"}
WRONG: dict[str, tuple[Any, str]] = {
    "no list": ({**KIND, "shots": "all"}, "holds no list of shots"),
    "no shots": ({**KIND, "shots": []}, "holds no shot"),
    "shots that stayed home": ({**KIND, "shots": [{"slate": "12A"}]}, "shot 1 is named, but is not in the file"),
    "a wrong number": ({**KIND, "shots": [{"shot": {}}, {"shot": {"camera": {"focal_mm": -3}}}]}, "shot 2"),
    "too many": ({**KIND, "shots": [{}] * 5001}, "holds 5,001 shots"),
    "another kind": ({"kind": "printlight.film/9"}, "no film of Printlight"),
    "broken": (b'{"kind": "printlight.reel/1",\n"shots": [}', "line 2"),
    "deep": (b'{"kind": "printlight.reel/1", "shots": ' + b"[" * 100_000, "nested too deeply"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_film_is_refused_with_a_way_out(name: str) -> None:
    document, said = WRONG[name]
    with pytest.raises(ShotError, match=said) as refused:
        read(document)
    assert refused.value.hint


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.text() | st.floats(), lambda one: st.lists(one) | st.dictionaries(st.text(), one)
)


@given(ANYTHING)
def test_any_json_is_refused_or_read(said: Any) -> None:
    for document in ({**KIND, "shots": said}, {**KIND, "shots": [said]}, {**KIND, "shots": [{"shot": said}]}):
        with suppress(ShotError):
            assert read(document).shots
