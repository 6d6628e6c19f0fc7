"""What is known about each field, read off the schema: facet, title, unit, range."""

from typing import get_origin

import pytest

from app.schema import Shot
from app.schema.facets import extra, facet_of, field_of, limits, title
from app.vocab import vocabulary
from tests.shots import FIELDS, LEAVES, Leaf

FACTS = [
    ("camera.focal_mm", "Focal length", "", "mm", (2, 2000)),
    ("camera.size", "Shot size", "camera.size", None, None),
    ("camera.mark.z_m", "z, towards the default camera", "", "m", (-2000, 2000)),
    ("camera.focus.technique", "Focus technique", "camera.focus", None, None),
    ("framing.aspect", "Aspect ratio", "", ":1", (0.25, 4)),
    ("framing.devices", "Composition", "framing.device", None, None),
    ("lights.key.gels", "Gels", "light.gel", None, None),
    ("lights.any_id_at_all.cct_k", "Colour temperature", "", "K", (1000, 27000)),
    ("lights.key.slot", "Order", "", None, (0, 999)),
    ("subjects.mara.mark.y_m", "y, up", "", "m", (-50, 500)),
    ("subjects.mara.screen_x", "Across the frame, 0 left", "", "", (0, 1)),
    ("subjects.mara.eyeline", "Looks at", "", None, None),
    ("references.face.take", "Take", "reference.aspect", None, None),
    ("beats.one.moves.push.speed", "Speed", "camera.speed", None, None),
    ("beats.one.lights.key.stops", "Level becomes", "", "stops", (-12, 12)),
    ("beats.one.focus.distance_m", "Focus distance", "", "m", (0.01, 10000)),
    ("beats.one.action.mara", "Action", "beat.action", None, None),
    ("place.lettering.sign.reads", "Reads", "", None, None),
    ("marks.camera.pin", "Must stay in the prompt", "", None, None),
    ("exclude", "Keep out of the picture", "exclude", None, None),
    ("duration_s", "Length", "", "s", (0.01, 86400)),
]


@pytest.mark.parametrize(("path", "name", "facet", "unit", "range_"), FACTS, ids=[row[0] for row in FACTS])
def test_a_field_is_known_by_its_path(
    path: str, name: str, facet: str, unit: str | None, range_: tuple[float, float] | None
) -> None:
    assert field_of(path) is not None
    assert title(path) == name
    assert facet_of(path) == facet
    assert extra(path).get("unit") == unit
    assert limits(path) == range_


@pytest.mark.parametrize("path", ["camra", "camera.focal", "lights.key.pixels", "camera.focal_mm.x", "marks.a.b.c"])
def test_a_path_that_the_schema_lacks_has_nothing(path: str) -> None:
    assert field_of(path) is None
    assert (facet_of(path), extra(path), limits(path)) == ("", {}, None)


NUMBERS = [path for path in LEAVES if "float" in str(getattr(field_of(path), "annotation", ""))]


def test_the_schema_has_numbers() -> None:
    assert {"camera.focal_mm", "framing.aspect", "lights.*.cct_k", "beats.*.moves.*.amount_deg"} <= set(NUMBERS)


@pytest.mark.parametrize("path", NUMBERS)
def test_every_number_has_a_unit_a_step_a_range_and_a_title(path: str) -> None:
    assert isinstance(extra(path).get("unit"), str)
    low, high = limits(path) or (0, 0)
    assert 0 < extra(path)["step"] <= high - low
    field = field_of(path)
    assert field is not None
    assert field.title


@pytest.mark.parametrize("path", [path for path in LEAVES if path.rpartition(".")[2] not in {"*", "slot"}])
def test_every_field_is_found_by_its_path(path: str) -> None:
    field = field_of(path)
    assert field is not None
    assert field is field_of(path.replace("*", "any"))
    assert title(path)


def test_the_facets_of_the_schema_are_the_facets_of_the_vocabulary() -> None:
    taken = {facet_of(one.path) for one in FIELDS if isinstance(one, Leaf)} - {""}
    looked_up = {facet.id for facet in vocabulary().facets.values() if facet.names}  # names of numbers, never picked
    assert taken <= set(vocabulary().facets)
    assert set(vocabulary().facets) - taken <= looked_up


def test_a_list_of_picks_is_bounded() -> None:
    lists = [path for path in LEAVES if get_origin(getattr(field_of(path), "annotation", None)) is tuple]
    assert "exclude" in lists
    for path in lists:
        bounds = [getattr(one, "max_length", None) for one in getattr(field_of(path), "metadata", ())]
        assert 24 in bounds


def test_every_part_of_a_shot_may_be_left_out() -> None:
    assert Shot.model_validate({}) == Shot()
    assert all(not field.is_required() for field in Shot.model_fields.values())
