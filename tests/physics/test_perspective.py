"""What distance does, against the worked numbers of reference/cinematography.md B1 and B2."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.physics import optics, perspective
from tests.shots import examples

FRAMES = (0.1, 0.18375, 0.33158, 0.52128, 0.76087, 1.10326, 1.38859, 1.94444, 3.5, 11.66667, 43.75)
"""Frame heights in metres of B1, from extreme close-up to establishing: (top - low) 1.75 m / (1 - head - foot room)."""

DISTANCES = {
    14.00: """
        18 0.13 0.24 0.43 0.67 0.98 1.42 1.79 2.50 4.50 15.00 56.25
        24 0.17 0.31 0.57 0.89 1.30 1.89 2.38 3.33 6.00 20.00 75.00
        35 0.25 0.46 0.83 1.30 1.90 2.76 3.47 4.86 8.75 29.17 109.38
        50 0.36 0.66 1.18 1.86 2.72 3.94 4.96 6.94 12.50 41.67 156.25
        85 0.61 1.12 2.01 3.16 4.62 6.70 8.43 11.81 21.25 70.83 265.62
        135 0.96 1.77 3.20 5.03 7.34 10.64 13.39 18.75 33.75 112.50 421.88""",
    20.25: """
        18 0.09 0.16 0.29 0.46 0.68 0.98 1.23 1.73 3.11 10.37 38.89
        24 0.12 0.22 0.39 0.62 0.90 1.31 1.65 2.30 4.15 13.83 51.85
        35 0.17 0.32 0.57 0.90 1.32 1.91 2.40 3.36 6.05 20.16 75.62
        50 0.25 0.45 0.82 1.29 1.88 2.72 3.43 4.80 8.64 28.81 108.02
        85 0.42 0.77 1.39 2.19 3.19 4.63 5.83 8.16 14.69 48.97 183.64
        135 0.67 1.22 2.21 3.48 5.07 7.36 9.26 12.96 23.33 77.78 291.67""",
    25.54: """
        24 0.09 0.17 0.31 0.49 0.71 1.04 1.30 1.83 3.29 10.96 41.11
        35 0.14 0.25 0.45 0.71 1.04 1.51 1.90 2.66 4.80 15.99 59.95
        50 0.20 0.36 0.65 1.02 1.49 2.16 2.72 3.81 6.85 22.84 85.65
        85 0.33 0.61 1.10 1.73 2.53 3.67 4.62 6.47 11.65 38.83 145.60""",
    7.41: """
        9 0.12 0.22 0.40 0.63 0.92 1.34 1.69 2.36 4.25 14.17 53.14
        12 0.16 0.30 0.54 0.84 1.23 1.79 2.25 3.15 5.67 18.89 70.85
        16 0.22 0.40 0.72 1.13 1.64 2.38 3.00 4.20 7.56 25.19 94.47
        25 0.34 0.62 1.12 1.76 2.57 3.72 4.68 6.56 11.81 39.36 147.60
        50 0.67 1.24 2.24 3.52 5.13 7.44 9.37 13.12 23.62 78.72 295.21""",
}
"""B1: by the height of the gate in mm, a row per focal length, a column per size."""

ROWS = [
    pytest.param((gate_h, *(float(word) for word in row.split())), id=f"B1-{gate_h}-{row.split()[0]}mm")
    for gate_h, table in DISTANCES.items()
    for row in table.strip().splitlines()
]

fast = examples(60)


@pytest.mark.parametrize("row", ROWS)
def test_a_size_puts_the_camera_where_the_tables_say(row: tuple[float, ...]) -> None:
    gate_h, focal, *metres = row
    stands = [perspective.camera_distance_m(frame, focal, gate_h) for frame in FRAMES]
    assert stands == pytest.approx(metres, abs=0.0056)


@pytest.mark.parametrize(
    ("distance", "share", "reads"),
    [
        (0.3, 1.40, "strong"),
        (0.45, 1.27, "strong"),
        (0.6, 1.20, "visible"),
        (0.8, 1.15, "visible"),
        (1.0, 1.12, ""),
        (1.5, 1.08, ""),
        (2, 1.06, ""),
        (3, 1.04, ""),
    ],
    ids=lambda one: f"B1-{one}",
)
def test_a_near_camera_draws_the_nose_larger(distance: float, share: float, reads: str) -> None:
    assert perspective.nose_to_ear(distance) == pytest.approx(share, abs=0.005)
    assert perspective.face_distortion(distance) == reads


@pytest.mark.parametrize(
    ("height", "degrees"),
    [
        (0.2, (55, 36, 26, 16)),
        (0.5, (49, 30, 21, 13)),
        (1.1, (28, 15, 10, 6)),
        (1.64, (0, 0, 0, 0)),
        (2.2, (-29, -16, -11, -6)),
        (3, (-54, -34, -24, -15)),
        (5, (-73, -59, -48, -34)),
    ],
    ids=lambda one: f"B2-{one}",
)
def test_a_camera_aimed_at_the_eyes_has_the_pitch_of_the_table(height: float, degrees: tuple[int, ...]) -> None:
    aimed = [perspective.pitch_deg(height, 1.64, distance) for distance in (1, 2, 3, 5)]
    assert aimed == pytest.approx(degrees, abs=0.6)


def test_the_horizon_leaves_the_frame_at_half_the_field() -> None:
    """ANG03: 11 degrees on a 35 mm on Super 35."""
    field = optics.field_of_view_deg(14, 35)
    assert field / 2 == pytest.approx(11.3, abs=0.05)
    assert perspective.horizon_in_frame(-11, field)
    assert not perspective.horizon_in_frame(-12, field)
    assert perspective.horizon_y(0, field) == 0.5
    assert perspective.horizon_y(-field / 2, field) == pytest.approx(0)
    assert perspective.horizon_y(field / 2, field) == pytest.approx(1)


@given(st.floats(-89, 89), st.floats(5, 170))
@fast
def test_the_horizon_is_in_frame_exactly_when_its_place_is(pitch: float, field: float) -> None:
    if abs(abs(pitch) - field / 2) > 1e-6:
        assert perspective.horizon_in_frame(pitch, field) == (0 < perspective.horizon_y(pitch, field) < 1)


@given(st.floats(0, 30), st.floats(0, 30), st.floats(0.3, 200))
@fast
def test_a_pitch_leads_back_to_the_height(camera: float, target: float, distance: float) -> None:
    pitch = perspective.pitch_deg(camera, target, distance)
    assert pitch * (target - camera) >= 0
    assert perspective.camera_height_m(pitch, target, distance) == pytest.approx(camera, abs=1e-6)


@given(st.floats(0.3, 500), st.floats(4, 500), st.floats(4, 80))
@fast
def test_the_frame_height_is_the_inverse_of_the_distance(distance: float, focal: float, gate: float) -> None:
    frame = perspective.frame_height_m(distance, focal, gate)
    assert perspective.camera_distance_m(frame, focal, gate) == pytest.approx(distance)


@given(st.floats(4, 500), st.floats(4, 80), st.floats(1.01, 4))
@fast
def test_a_longer_lens_stands_further(focal: float, gate: float, times: float) -> None:
    assert perspective.camera_distance_m(1, focal * times, gate) > perspective.camera_distance_m(1, focal, gate)


@given(st.floats(0.3, 100), st.floats(0.1, 100), st.floats(1.1, 10))
@fast
def test_distance_stacks_the_planes(distance: float, behind: float, times: float) -> None:
    near, far = (perspective.background_scale(at, behind) for at in (distance, distance * times))
    assert 0 < near < far < 1
    assert perspective.nose_to_ear(distance) > perspective.nose_to_ear(distance * times) > 1
    assert perspective.background_scale(distance, 0.12) == pytest.approx(1 / perspective.nose_to_ear(distance))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: perspective.camera_distance_m(1, 50, 0), "height of the gate"),
        (lambda: perspective.frame_height_m(1, 0, 14), "focal length"),
        (lambda: perspective.nose_to_ear(0), "distance must be above 0 m"),
        (lambda: perspective.face_distortion(-1), "distance must be above 0 m"),
        (lambda: perspective.background_scale(0, 1), "distance"),
        (lambda: perspective.background_scale(1, -1), "stands behind"),
        (lambda: perspective.pitch_deg(1, 1, 0), "distance"),
        (lambda: perspective.camera_height_m(90, 1, 1), "-90° and 90°"),
        (lambda: perspective.horizon_y(0, 0), "field of view"),
    ],
    ids=range(9),
)
def test_what_cannot_be_is_refused_with_a_sentence(call: object, says: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=says) as refused:
        call()
    assert str(refused.value).endswith(".")
