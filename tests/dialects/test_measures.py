"""Numbers come back from words: their figure where there is one, else one that is said in the same words."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.compile.wording import azimuth_words, brightness, elevation_words, facing_words, in_stops, level
from app.dialects._measures import measured
from app.dialects._readback import SIDE
from app.parse.draft import Draft
from app.parse.prose import read_prose
from app.vocab import vocabulary

TOLD = {
    "facing": ("turned three-quarters to camera left (40° off the lens)", {"subjects.*.facing_deg": -40}),
    "view": ("the face in profile to camera left (90° round the face)", {"camera.view_azimuth_deg": 90}),
    "pitch": ("looking down (8°)", {"camera.pitch_deg": -8}),
    "roll": ("canted clockwise", {"camera.roll_deg": 10}),
    "sun": ("the sun 5° below the horizon", {"place.sun_elevation_deg": -5}),
    "position": (
        "on the left of the frame, high in it (33 % across, 20 % down)",
        {"subjects.*.screen_x": 0.33, "subjects.*.screen_y": 0.2},
    ),
    "where": (
        "from camera left, three-quarter front, at eye level (40° off axis, 5° down)",
        {"lights.*.azimuth_deg": -40, "lights.*.elevation_deg": -5},
    ),
    "visible": ("out of frame", {"lights.*.visible": False}),
    "level": ("at exposure", {"lights.*.stops": 0}),
    "background": ("the background very dim", {"lighting.background_stops": -4}),
    "colour": ("very warm tungsten (3200 K against a 5600 K balance)", {"lights.*.cct_k": 3200}),
}

DIRECTIONS = (
    "from the camera",
    "from just left of the camera",
    "from camera right, side-on",
    "from behind on camera left",
    "from directly behind",
    "from overhead",
    "from above",
    "at eye level",
    "on camera right",
    "from the side on camera left",
    *(term.phrase for term in vocabulary().facets["light.direction"].terms),
)

FIGURES = {
    "focal": "{:g} mm lens",
    "stop": "T{:g}",
    "shutter": "{:g}° shutter",
    "ei": "Exposed at EI {:g}",
    "balance": "balanced for {:g} K",
    "extraction": "Composed for a {:g}:1 extraction from the middle of the frame",
}

LEVELS = {
    "level": ("{}", level),
    "background": ("the background {}", level),
    "ambient": ("the ambient light {}", level),
    "exposure": ("printed {}", lambda stops: f"{in_stops(stops)} {'up, bright' if stops > 0 else 'down, dark'}"),
}


@pytest.mark.parametrize("name", TOLD)
def test_words_and_figures_are_read(name: str) -> None:
    words, values = TOLD[name]
    assert {one.path: one.value for one in measured(name, words)} == values


@pytest.mark.parametrize("name", FIGURES)
@given(number=st.one_of(st.integers(1, 30_000), st.decimals(1, 99, places=1).map(float)))
def test_a_bare_figure_is_read_as_in_prose(name: str, number: float) -> None:
    words = FIGURES[name].format(number)
    [one] = measured(name, words)
    has_room = Draft(vocabulary()).put(one.path, one.value)
    assert one.is_exact
    assert read_prose(words, vocabulary(), within="camera").held.get(one.path) == (one.value if has_room else None)


@pytest.mark.parametrize("name", LEVELS)
@given(stops=st.one_of(st.integers(-14, 14), st.decimals(-14, 14, places=1)).map(float).filter(bool))
def test_a_level_is_read_as_in_prose(name: str, stops: float) -> None:
    pattern, say = LEVELS[name]
    words, draft, plain = pattern.format(say(stops)), Draft(vocabulary()), Draft(vocabulary())
    plain.light = "key"
    for one in measured(name, words):
        assert one.is_exact
        draft.put(one.path.replace("*", "key"), one.value)
    read_prose(words, vocabulary(), within="look" if name == "exposure" else "lighting", draft=plain)
    assert draft.held == {path: value for path, value in plain.held.items() if path.endswith("stops")}


@given(degrees=st.decimals(1, 180, places=1).map(float))
def test_how_wide_a_lamp_is_is_read_as_in_prose(degrees: float) -> None:
    words, draft = f"moderately soft ({degrees:g}° wide)", Draft(vocabulary())
    draft.light = "key"
    held = read_prose(words, vocabulary(), within="lighting", draft=draft).held
    assert [one.value for one in measured("quality", words)] == [held["lights.key.angular_size_deg"]]


@given(pieces=st.lists(st.sampled_from(DIRECTIONS), min_size=1, max_size=4))
def test_a_side_is_read_as_in_prose(pieces: list[str]) -> None:
    words, draft = ", ".join(pieces), Draft(vocabulary())
    draft.light = "key"
    side = SIDE.search(words)
    held = read_prose(words, vocabulary(), within="lighting", draft=draft).held
    assert held.get("lights.key.side") == (side[0] if side else None)


def test_a_number_without_a_figure_says_so() -> None:
    assert [one.is_exact for one in measured("pitch", "looking up")] == [False]
    assert [one.is_exact for one in measured("pitch", "looking up (12°)")] == [True]


@pytest.mark.parametrize("words", ["", "at the sea", "level with the floor", "neutral white"])
def test_words_of_no_scale_tell_no_number(words: str) -> None:
    assert not [one for name in TOLD for one in measured(name, words)]


ROUND = st.floats(-180, 180)
SAID: dict[str, tuple[Callable[[float], str], st.SearchStrategy[float], str]] = {
    "facing": (facing_words, ROUND, "subjects.*.facing_deg"),
    "where": (azimuth_words, ROUND, "lights.*.azimuth_deg"),
    "height": (elevation_words, st.floats(-90, 90), "lights.*.elevation_deg"),
    "level": (brightness, st.floats(-12, 12).filter(brightness), "lights.*.stops"),
}


@pytest.mark.parametrize("name", SAID)
@given(data=st.data())
def test_a_number_that_was_read_is_said_in_the_same_words(name: str, data: st.DataObject) -> None:
    say, numbers, path = SAID[name]
    words = say(data.draw(numbers))
    read = {one.path: one.value for one in measured("where" if name == "height" else name, words)}
    assert say(read[path]) == words
