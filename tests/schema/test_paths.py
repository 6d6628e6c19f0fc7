"""Every field of the schema is said under its own path, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.schema import Shot, read_data
from app.schema.paths import UNSAID, leaves, walk
from tests.shots import LEAVES, MAPS, Json, examples, shots

SAID = [path for path in LEAVES if not path.endswith(".slot")]


def nested(path: str, value: object) -> Json:
    """Return a document that says one value, and what its entries cannot be without."""
    keys, data = path.split("."), value
    for depth in range(len(keys) - 1, -1, -1):
        entry = MAPS.get(".".join("*" if key == "any" else key for key in keys[:depth]))
        needed = {leaf.path.rpartition(".")[2]: "needed" for leaf in entry.required} if entry else {}
        data = {**needed, keys[depth]: data}
    assert isinstance(data, dict)
    return data


@pytest.mark.parametrize("path", SAID)
@given(data=st.data())
@examples(3)
def test_a_value_is_said_under_its_path(path: str, data: st.DataObject) -> None:
    value = data.draw(LEAVES[path].values.filter(lambda one: one != []))
    named = path.replace("*", "any")
    said = leaves(read_data(nested(named, value)))
    assert named in said
    assert set(said) - {named} <= {"place.lettering.any.reads"}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"kind": "printlight.shot/1"}, id="kind"),
        pytest.param({"lights": {"key": {"slot": 3}}, "beats": {"b": {"moves": {"m": {"slot": 1}}}}}, id="slots"),
        pytest.param({"marks": {"camera.size": {"pin": True, "silence": {"a": "so"}}}}, id="marks"),
        pytest.param({"camera": {"focal_mm": None, "filters": [], "mark": {}}, "exclude": []}, id="empty"),
    ],
)
def test_what_arranges_a_shot_says_nothing(data: Json) -> None:
    assert leaves(read_data(data)) == {}


def test_a_pick_and_a_list_are_said_as_a_whole() -> None:
    size, filters = {"words": "a choker"}, ["camera.filter.net", {"words": "a stocking"}]
    assert leaves(read_data({"camera": {"size": size, "filters": filters}})) == {
        "camera.size": size,
        "camera.filters": tuple(filters),
    }


@given(shot=shots())
def test_a_shot_says_what_stands_in_its_file(shot: Shot) -> None:
    written = walk(shot.model_dump(exclude_defaults=True, exclude=UNSAID))
    assert list(leaves(shot).items()) == list(written.items())


def test_an_entry_may_be_called_slot() -> None:
    assert leaves(read_data({"subjects": {"a": {"colours": {"slot": "#203040"}}}})) == {
        "subjects.a.colours.slot": "#203040"
    }
