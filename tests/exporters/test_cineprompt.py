"""CinePrompt's state: what is written is read back as the same picks, and as nothing else."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from app.exporters import Reel, export, exporters
from app.exporters._crosswalk import fields_of, held_by
from app.importers import importers
from app.importers._names import Names
from app.patch import Json, merge
from app.resolve import resolve
from app.schema import Shot, read_data
from app.schema.paths import leaves
from app.vocab import vocabulary
from tests.exporters.reels import PATCHES, STILL, reel, shot
from tests.shots import examples, shots

VOCABULARY = vocabulary()
CROSSWALK = VOCABULARY.crosswalks["cineprompt"]
NAMES = Names(CROSSWALK, VOCABULARY)


def back(film: Reel) -> list[Shot]:
    """Return the shots of a film once they were exported and imported."""
    content = export(exporters["cineprompt"], film).content.decode()
    return list(importers["cineprompt"].read(content, "state.json", VOCABULARY).shots)


PICKS: dict[str, Json] = {
    "camera.size": {"camera": {"size": "camera.size.ws"}},
    "camera.focal_mm": {"camera": {"focal_mm": 28.5}},
    "camera.angle": {"camera": {"angle": "camera.angle.low"}},
    "camera.filters": {"camera": {"filters": ["camera.filter.black_pro_mist"]}},
    "camera.support": {"camera": {"support": "camera.support.handheld"}},
    "beats.main.moves.main.path": PATCHES["move"],
    "look.stock": PATCHES["look"],
    "look.grade": {"look": {"grade": [{"words": "a hint of sepia"}]}},
    "subjects.character.name": {"subjects": {"mara": {"name": "Ada: the keeper, 40"}}},
    "subjects.character.wardrobe": PATCHES["people"],
    "subjects.character.age": {"subjects": {"mara": {"age": "subject.age.forties"}}},
    "beats.main.says.character": PATCHES["sound"],
    "beats.main.action.character": {"beats": {"b1": {"action": {"mara": {"words": "she waits"}}}}},
    "place.setting": PATCHES["place"],
    "place.where": {"place": {"where": "the lamp room, above the sea"}},
    "place.time": {"place": {"time": "place.time.dusk"}},
    "place.weather": {"place": {"weather": "place.weather.rain"}},
    "intent.genre": {"intent": {"genre": "intent.genre.film_noir"}},
    "intent.mood": {"intent": {"mood": ["intent.mood.melancholy"]}},
    "lights.key.source": {"lights": {"key": {"source": "light.source.candle"}}},
    "pacing": {"pacing": {"words": "like a tide"}},
}


@pytest.mark.parametrize("path", PICKS)
def test_a_pick_comes_back(path: str) -> None:
    one = shot(patch=PICKS[path])
    held = held_by(one.resolved.shot, CROSSWALK)[2]
    assert path in held
    (read,) = back(Reel("Film", (one,)))
    assert leaves(read)[path] == held[path]


def test_a_slow_push_in_goes_by_the_programs_own_words() -> None:
    moves = {"one": {"path": "camera.move.dolly_in", "speed": "camera.speed.slow"}}
    said = read_data(merge(STILL, {"beats": {"b1": {"moves": moves}}}))
    assert fields_of(said, NAMES)[1]["fm_camera_movement"] == "slow push in"


@pytest.mark.parametrize(
    "kind", [path for path in CROSSWALK.always.values() if path.startswith("subject.kind.") and "landscape" not in path]
)
def test_each_kind_of_subject_has_its_form(kind: str) -> None:
    said = {"subjects": {"it": {"kind": kind, "description": "made of driftwood"}}}
    one = replace(shot(), resolved=resolve(read_data(said), VOCABULARY))
    (read,) = back(Reel("Film", (one,)))
    (subject,) = read.subjects.values()
    assert (subject.kind, subject.description) == (kind, "made of driftwood")


def test_several_shots_are_one_state() -> None:
    data: Any = json.loads(export(exporters["cineprompt"], reel()).content)
    assert data["mode"] == "multi_shot"
    assert [leaves(one)["camera.focal_mm"] for one in back(reel())] == [85, 35, 85]


def test_of_another_subject_nothing_is_told() -> None:
    two = {"subjects": {"jonas": {"slot": 2, "name": "Jonas"}}, "beats": {"b1": {"says": {"jonas": "Me."}}}}
    form, fields = fields_of(read_data(merge(STILL, two)), NAMES)
    assert form == "character"
    assert "Jonas" not in str(fields)
    assert "Me." not in str(fields)


@given(shots())
@examples(25)
def test_nothing_is_read_back_that_the_shot_does_not_say(said: Shot) -> None:
    _, hero, held = held_by(said, CROSSWALK)
    form, fields = fields_of(said, NAMES)
    content = json.dumps({"subjectType": form, "fields": fields})
    (read,) = importers["cineprompt"].read(content, "state.json", VOCABULARY).shots
    always = {f"subjects.{hero}.kind", *CROSSWALK.always}
    for path, value in leaves(read).items():
        assert path in always or _is_said(path, value, held), (path, value, fields)


def _is_said(path: str, value: Any, held: dict[str, Any]) -> bool:
    """Tell whether a shot says a value, of a list each by itself; lamps beside key and fill are named anew."""
    if path.startswith("lights.") and path.endswith(".role"):
        return value in [one for name, one in held.items() if name.endswith(".role")]
    known = held.get(path)
    listed = value if isinstance(value, tuple) else (value,)
    return set(map(_plain, listed)) <= set(map(_plain, known if isinstance(known, tuple) else (known,)))


def _plain(value: Any) -> str:
    """Return a value without the blanks round it, which a form does not keep."""
    return str(value["words"]).strip() if isinstance(value, dict) else str(value).strip()
