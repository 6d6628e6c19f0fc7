"""Films and scenes say what all their shots say: what is given, who follows, what stays."""

from pathlib import Path
from typing import Any

import pytest

from app.errors import BadInputError, ShotError, UnknownNameError
from app.library import Library, arriving, sharing
from app.library.history import plain
from app.schema import Shot, read_data
from tests.places import places

KEY = {"role": "light.role.key", "azimuth_deg": 40.0, "cct_k": 3200.0}
RIM = {"role": "light.role.rim", "azimuth_deg": 150.0, "slot": 1}
MASTER = {"lights": {"key": KEY}, "look": {"stock": "look.stock.vision3_500t"}}

Json = dict[str, Any]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return places.opened(tmp_path)


@pytest.fixture
def tide(library: Library) -> dict[str, str]:
    """A film of three shots in scene 12 and one in scene 13; the ids of the shots by slate."""
    film = library.add_project("Tide").id
    said = {"12A": MASTER, "12B": MASTER, "12C": {"lights": {"top": {"stops": 1.0}}}, "13A": {}}
    return {slate: library.add_shot(film, slate, f"Shot {slate}", read_data(one)).id for slate, one in said.items()}


def document(library: Library, shot: str) -> Json:
    return plain(library.shot(shot).shot)


def say(library: Library, shot: str, said: Json) -> None:
    draft = library.shot(shot)
    library.save(shot, draft.version, read_data(said), draft.target)


def test_a_shot_stands_in_the_scene_of_its_slate(library: Library, tide: dict[str, str]) -> None:
    assert [one.number for one in library.scenes.of("tide")] == ["12", "13"]
    assert library.shot(tide["12C"]).scene == "12"
    library.scenes.put_shot(tide["13A"], " a12 ")
    assert [one.number for one in library.scenes.of("tide")] == ["12", "A12"]
    library.scenes.put_shot(tide["13A"], "")
    assert library.scenes.above(tide["13A"])[-1].name == "the film"
    with pytest.raises(BadInputError, match="no number of a scene"):
        library.scenes.put_shot(tide["13A"], "the stairs")


def test_a_light_that_is_given_to_the_scene_is_followed_where_it_is_inherited(
    library: Library, tide: dict[str, str]
) -> None:
    library.scenes.give(tide["12A"], "scene", ["light"])
    assert document(library, tide["12B"]) == MASTER, "it said the same"
    assert document(library, tide["12C"])["lights"] == {"top": {"stops": 1.0}}, "it says its own"
    softer = {**MASTER, "lights": {"key": {**KEY, "stops": -1.0}}}
    say(library, tide["12B"], softer)
    say(library, tide["12A"], {**MASTER, "lights": {"key": {**KEY, "azimuth_deg": 60.0}, "rim": RIM}})
    done = library.scenes.give(tide["12A"], "scene", ["light"])
    assert [one.slate for one in done.followers] == ["12B"]
    assert document(library, tide["12B"])["lights"] == {
        "key": {**KEY, "azimuth_deg": 60.0, "stops": -1.0},
        "rim": RIM,
    }
    assert document(library, tide["12C"])["lights"] == {"top": {"stops": 1.0}}
    assert document(library, tide["13A"]) == {}, "another scene"


def test_whoever_is_named_follows_as_a_whole(library: Library, tide: dict[str, str]) -> None:
    library.scenes.give(tide["12A"], "scene", ["light"], [tide["12C"]])
    assert document(library, tide["12C"])["lights"] == MASTER["lights"]
    with pytest.raises(UnknownNameError, match="shot that could follow"):
        library.scenes.give(tide["12A"], "scene", ["look"], ["the-rim"])


def test_what_a_shot_was_before_it_followed_is_in_its_history(library: Library, tide: dict[str, str]) -> None:
    before = library.shot(tide["12C"])
    library.scenes.give(tide["12A"], "scene", ["light"], [tide["12C"]])
    after = library.shot(tide["12C"])
    assert after.version == before.version + 1, "an open window is told"
    kept = library.history.of(tide["12C"])
    assert [one.shot for one in kept] == [before.shot]
    assert library.restore(tide["12C"], kept[0].number).shot == before.shot


def test_the_nearest_wins_and_a_new_shot_begins_with_what_is_above_it(library: Library, tide: dict[str, str]) -> None:
    library.scenes.give(tide["12A"], "film", ["light", "look"])
    say(library, tide["12A"], {**MASTER, "lights": {"key": {**KEY, "cct_k": 2900.0}}})
    library.scenes.give(tide["12A"], "scene", ["light"])
    (scene,) = [one for one in library.scenes.of("tide") if one.number == "12"]
    assert scene.patch == {"lights": {"key": {"cct_k": 2900.0}}}, "only what differs from the film"
    new = library.add_shot("tide", "12D", "New", read_data({"camera": {"focal_mm": 85}}))
    assert plain(new.shot)["lights"]["key"]["cct_k"] == 2900
    assert plain(new.shot)["look"] == MASTER["look"]
    elsewhere = library.add_shot("tide", "14A", "Elsewhere", Shot())
    assert plain(elsewhere.shot) == MASTER


def test_a_copy_stands_as_it_is(library: Library, tide: dict[str, str]) -> None:
    library.scenes.give(tide["12A"], "scene", ["light", "look"])
    copy = library.add_like(tide["12C"], "Copy", library.shot(tide["12C"]).shot, "uni-1")
    assert (copy.scene, copy.shot) == ("12", library.shot(tide["12C"]).shot)


def test_what_is_taken_out_of_a_scene_stays_with_its_shots(library: Library, tide: dict[str, str]) -> None:
    library.scenes.give(tide["12A"], "scene", ["light", "look"])
    before = {slate: document(library, name) for slate, name in tide.items()}
    library.scenes.drop("tide", "12", ["light"])
    assert {slate: document(library, name) for slate, name in tide.items()} == before
    (scene,) = [one for one in library.scenes.of("tide") if one.number == "12"]
    assert scene.patch == {"look": MASTER["look"]}


def test_a_film_gathers_what_its_shots_agree_on(library: Library, tide: dict[str, str]) -> None:
    for name in (tide["12C"], tide["13A"]):
        say(library, name, {"look": MASTER["look"]})
    before = {slate: document(library, name) for slate, name in tide.items()}
    library.scenes.gather("tide", "")
    assert library.project("tide").patch == {"look": MASTER["look"]}
    say(library, tide["12C"], MASTER)
    library.scenes.gather("tide", "12")
    assert library.scenes.above(tide["12A"])[-1].patch == {"lights": MASTER["lights"]}
    assert document(library, tide["12A"]) == before["12A"]


def test_a_revision_keeps_its_layers(library: Library, tide: dict[str, str]) -> None:
    library.scenes.give(tide["12A"], "film", ["look"])
    library.scenes.give(tide["12A"], "scene", ["light"])
    say(library, tide["12A"], {"look": MASTER["look"], "lights": {"key": {**KEY, "stops": -1.0}}})
    frozen = library.freeze(tide["12A"])
    assert list(frozen.layers) == [
        {"name": "the film", "patch": {"look": MASTER["look"]}},
        {"name": "scene 12", "patch": {"lights": {"key": KEY}}},
        {"name": "shot", "patch": {"lights": {"key": {"stops": -1.0}}}},
    ]


@pytest.mark.usefixtures("tide")
def test_a_scene_has_a_name_and_a_note(library: Library) -> None:
    library.scenes.say("tide", "12", "  The   stairs ", "Rain outside.")
    assert library.scenes.of("tide")[0].title == "scene 12, The stairs"
    with pytest.raises(UnknownNameError, match="scene of this film"):
        library.scenes.say("tide", "99", "Nowhere")
    with pytest.raises(BadInputError, match="too long"):
        library.scenes.say("tide", "12", "x" * 200)


BAD = [
    (("nobody", "scene", ["light"]), UnknownNameError, "No shot is called"),
    (("12A", "scene", ["lihgt"]), UnknownNameError, "No part of a shot is called"),
    (("12A", "scene", []), BadInputError, "Nothing is chosen"),
    (("12A", "scene", ["sound"]), BadInputError, "says nothing of this: Sound"),
    (("loose", "scene", ["look"]), BadInputError, "stands in no scene"),
]


@pytest.mark.parametrize(("asked", "error", "words"), BAD)
def test_what_cannot_be_given_is_refused(
    asked: tuple[str, Any, list[str]], error: type[Exception], words: str, library: Library, tide: dict[str, str]
) -> None:
    tide["loose"] = library.add_shot("tide", "", "Loose", read_data(MASTER)).id
    with pytest.raises(error, match=words):
        library.scenes.give(tide.get(asked[0], asked[0]), asked[1], asked[2])


def test_a_shared_film_takes_its_layers_along(library: Library, tide: dict[str, str], tmp_path: Path) -> None:
    library.scenes.give(tide["12A"], "film", ["look"])
    library.scenes.give(tide["12A"], "scene", ["light"])
    library.scenes.say("tide", "12", "The stairs")
    raw = sharing.as_file(sharing.film(library, "tide"))
    other = places.opened(tmp_path / "other")
    come = arriving.take_in(other, sharing.read_file(raw, "tide.printlight"), "")
    assert [one.name for one in come.of("scene", "new")] == ["scene 12, The stairs"]
    assert other.scenes.above(tide["12A"]) == library.scenes.above(tide["12A"])
    assert sharing.as_file(sharing.film(other, "tide")) == raw
    other.scenes.say("tide", "12", "Bo's stairs")
    again = arriving.take_in(other, sharing.read_file(raw, "tide.printlight"), "")
    assert [one.note for one in again.of("scene", "here")] == ["What yours says stays."]
    assert other.scenes.of("tide")[0].name == "Bo's stairs"


def test_a_shared_layer_that_is_no_shot_is_refused(library: Library, tide: dict[str, str], tmp_path: Path) -> None:
    library.scenes.give(tide["12A"], "scene", ["light"])
    bundle = sharing.film(library, "tide")
    broken = bundle.shared.scenes[0].model_copy(update={"patch": {"lights": {"key": {"azimuth_deg": "left"}}}})
    bundle.shared = bundle.shared.model_copy(update={"scenes": (broken,)})
    other = places.opened(tmp_path / "other")
    with pytest.raises(ShotError, match="Scene 12"):
        arriving.take_in(other, bundle, "")
    assert "tide" not in [one.id for one in other.projects()]
