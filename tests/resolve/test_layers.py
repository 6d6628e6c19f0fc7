"""Layers above a shot: absent inherits, null clears, the nearest wins, and every inherited path has a name."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.dialects import dialects
from app.errors import ShotError
from app.lint import lint
from app.patch import merge
from app.pipeline import Editing
from app.resolve import Known, Layer, resolve
from app.resolve.layers import PARTS, common, departures, dropped, flat, followed, inherits, lifted, origins, own, said
from app.schema import Shot, read_data
from app.schema.paths import leaves
from app.vocab import vocabulary
from tests.shots import Json, examples, shots

kept = shots().map(lambda shot: shot.model_dump(mode="json", exclude_defaults=True))
"""Documents as they are kept."""

PROJECT = Layer("project", {"camera": {"format": "camera.format.alexa_35", "white_balance_k": 5600, "ei": 800}})
SCENE = Layer("scene", {"camera": {"white_balance_k": 3200}, "lights": {"key": {"stops": 0, "cct_k": 3200}}})

LAYERED = [
    # the shot's own patch, path, value, origin, layer
    pytest.param({}, "camera.ei", 800, "inherited", "project", id="absent-inherits"),
    pytest.param({}, "camera.white_balance_k", 3200, "inherited", "scene", id="the-nearest-layer-wins"),
    pytest.param({"camera": {"ei": 1600}}, "camera.ei", 1600, "said", "", id="the-shot-wins"),
    pytest.param({"camera": {"ei": 800}}, "camera.ei", 800, "inherited", "project", id="the-same-is-inherited"),
    pytest.param({"camera": {"white_balance_k": 5600}}, "camera.white_balance_k", 5600, "said", "", id="a-far-layer"),
    pytest.param({"camera": {"ei": None}}, "camera.ei", None, None, "", id="null-clears"),
    pytest.param({"camera": None}, "camera.ei", None, None, "", id="null-clears-a-branch"),
    pytest.param({"lights": {"key": {"stops": -1}}}, "lights.key.cct_k", 3200, "inherited", "scene", id="beside-it"),
    pytest.param({"lights": {"key": {"stops": -1}}}, "lights.key.stops", -1, "said", "", id="in-a-map"),
    pytest.param({"lights": {"key": None}}, "lights.key.stops", None, None, "", id="an-entry-is-cleared"),
]


@pytest.mark.parametrize(("patch", "path", "value", "origin", "layer"), LAYERED)
def test_a_value_comes_from_its_layer(
    patch: dict[str, Any], path: str, value: Any, origin: str | None, layer: str
) -> None:
    above = [PROJECT, SCENE]
    document = merge(flat(above), patch)
    resolved = resolve(read_data(document), vocabulary(), origins(above, document))
    assert resolved.value(path) == value
    one = resolved.values.get(path)
    assert (one and (one.origin, one.source)) == (origin and (origin, layer))


def test_an_inherited_value_is_not_one_that_a_term_implies() -> None:
    document = merge(PROJECT.patch, {"look": {"stock": "look.stock.vision3_500t"}})
    resolved = resolve(read_data(document), vocabulary(), origins([PROJECT], document))
    assert resolved.values["camera.ei"] == Known(800, "inherited", "project")


def test_a_null_in_a_scene_clears_what_the_film_says() -> None:
    above = [PROJECT, Layer("scene", {"camera": {"ei": None}})]
    assert "ei" not in flat(above)["camera"]
    assert "camera.ei" not in origins(above, flat(above))


@given(kept, kept, kept)
@examples(30)
def test_what_a_shot_says_itself_makes_it_of_its_layers(film: Json, scene: Json, document: Json) -> None:
    above = [Layer("film", film), Layer("scene", scene)]
    assert merge(flat(above), own(above, document)) == document
    inherited = origins(above, document)
    mine = leaves(read_data(document))
    assert inherited.keys() <= mine.keys() | {one for one in inherited if one.startswith(("marks.", "kind"))}


@given(shots(), st.sets(st.sampled_from(sorted(leaves(read_data(vocabulary().samples["the_rim"].shot))))))
@examples(20)
def test_where_a_value_comes_from_changes_no_prompt_and_no_finding(shot: Shot, some: set[str]) -> None:
    paths = dict.fromkeys((some & leaves(shot).keys()) | set(list(leaves(shot))[::2]), "scene 1")
    alone, inherited = resolve(shot, vocabulary()), resolve(shot, vocabulary(), paths)
    target = vocabulary().target("uni-1")
    assert target.dialect in dialects
    assert Editing(vocabulary()).prompt(inherited, target) == Editing(vocabulary()).prompt(alone, target)
    assert lint(inherited) == lint(alone)


KEY = {"role": "light.role.key", "azimuth_deg": 40.0, "cct_k": 3200.0}
RIM = {"role": "light.role.rim", "azimuth_deg": 150.0, "slot": 1}
MARA = {"name": "Mara", "wardrobe": "a navy pea coat", "pose": "pose.standing", "slot": 1}


def test_a_part_is_given_to_a_layer_and_taken_out_again() -> None:
    film = Layer("film", {"look": {"grain": "look.grain.fine"}, "lights": {"key": {**KEY, "cct_k": 5600.0}}})
    scene = Layer("scene", {"place": {"time": "place.time.dusk"}})
    document = {"lights": {"key": KEY, "rim": RIM}, "look": {"grain": "look.grain.heavy"}}
    patch = lifted([film], scene, document, ["light"])
    assert patch == {"place": scene.patch["place"], "lights": {"key": {"cct_k": 3200.0}, "rim": RIM}}
    assert flat([film, Layer("scene", patch)])["lights"] == document["lights"]
    assert dropped([film], Layer("scene", patch), ["light"]) == scene.patch


def test_a_layer_says_who_people_are_and_not_what_they_do() -> None:
    document = {"subjects": {"mara": MARA}}
    above = Layer("scene", {"subjects": {"jonas": {"name": "Jonas"}, "mara": {"build": "build.slim"}}})
    patch = lifted([], above, document, ["people"])
    assert patch["subjects"] == {"jonas": {"name": "Jonas"}, "mara": {"name": "Mara", "wardrobe": MARA["wardrobe"]}}
    wet = {"subjects": {"mara": {**MARA, "name": "Mara", "wardrobe": "the same coat, wet"}}}
    assert followed(wet, "people", {}, patch) == document, "nobody comes, and what she does stays"
    assert followed(wet, "people", {"subjects": {"mara": {"name": "Mara"}}}, patch) == wet, "its own word stays"


def test_a_shot_follows_field_by_field_where_it_inherits_and_else_as_a_whole() -> None:
    before, after = {"lights": {"key": KEY}}, {"lights": {"key": {**KEY, "azimuth_deg": 60.0}, "rim": RIM}}
    softer = {"lights": {"key": {**KEY, "stops": -1.0}}}
    assert inherits(softer, "light", before)
    assert followed(softer, "light", before, after) == {
        "lights": {"key": {**KEY, "azimuth_deg": 60.0, "stops": -1.0}, "rim": RIM}
    }
    alone = {"lights": {"fill": {"stops": -3.0}}, "look": {"grain": "look.grain.fine"}}
    assert not inherits(alone, "light", before)
    assert followed(alone, "light", before, after) == {**alone, "lights": after["lights"]}


def test_one_part_that_changes_leaves_the_others() -> None:
    before = {"look": {"grain": "look.grain.fine"}}
    after = {"look": {"grain": "look.grain.heavy"}, "framing": {"aspect": 2.39}}
    assert followed({**before, "framing": {"aspect": 1.85}}, "look", before, after) == {
        "look": after["look"],
        "framing": {"aspect": 1.85},
    }


def test_a_shot_departs_where_it_says_something_else() -> None:
    above = [PROJECT, SCENE]
    document = flat(above)
    assert not departures(above, document, "light")
    assert not departures(above, document, "sound"), "nothing is said of it above"
    assert departures(above, merge(document, {"lights": {"key": {"stops": -1}}}), "light")
    assert departures(above, merge(document, {"lights": {"fill": {"stops": -3}}}), "light")


def test_what_all_shots_agree_on() -> None:
    one = {"look": {"grain": "look.grain.fine", "stock": "a"}, "lights": {"key": KEY}, "framing": {"aspect": 2.39}}
    other = {"look": {"grain": "look.grain.fine", "stock": "b"}, "lights": {"key": RIM}, "framing": {"aspect": 2.39}}
    assert common([one, other]) == {"look": {"grain": "look.grain.fine"}, "framing": {"aspect": 2.39}}
    assert common([one, one]) == one
    assert common([]) == {}


@given(st.lists(kept, min_size=1, max_size=2))
@examples(30)
def test_a_film_that_says_what_its_shots_agree_on_changes_none(each: list[Json]) -> None:
    film = Layer("the film", common(each))
    for document in each:
        assert merge(film.patch, own([film], document)) == document
        assert all(not departures([film], document, part) for part in PARTS if part not in {"people", "light"})


@given(kept, kept, kept, st.sampled_from(sorted(PARTS)))
@examples(30)
def test_whoever_follows_says_what_was_given_or_their_own(old: Json, giver: Json, follower: Json, part: str) -> None:
    new = flat([Layer("scene", lifted([], Layer("scene", old), giver, [part]))])
    after = followed(follower, part, old, new)
    try:
        read_data(after)
    except ShotError:
        assume(False)
    if not inherits(follower, part, old) and part not in {"people", "light"}:
        assert said(after, part) == said(new, part)
    assert followed(follower, part, old, old) == follower or not inherits(follower, part, old)
