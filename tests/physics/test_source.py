"""Size and softness against the worked numbers of reference/cinematography.md B10, and what holds for any source."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.physics import source
from tests.shots import examples

fast = examples(60)

SOURCES = [
    pytest.param(0.06, 2, 1.7, 0.3, "hard", id="B10-bare-bulb"),
    pytest.param(0.25, 4, 3.6, 0.6, "hard", id="B10-fresnel"),
    pytest.param(0.305, 2, 8.7, 1.5, "medium", id="B10-panel"),
    pytest.param(0.6, 1.5, 22.6, 4.0, "soft", id="B10-softbox"),
    pytest.param(1.219, 2, 33.9, 6.1, "soft", id="B10-silk-4x4"),
    pytest.param(1.2, 1.5, 43.6, 8.0, "soft", id="B10-octa"),
    pytest.param(3.658, 4, 49.2, 9.2, "very soft", id="B10-silk-12x12"),
    pytest.param(1.2, 3, 22.6, 4.0, "soft", id="B10-window"),
]


@pytest.mark.parametrize(("size", "distance", "degrees", "penumbra_cm", "name"), SOURCES)
def test_a_source_is_as_soft_as_it_looks_large(
    size: float, distance: float, degrees: float, penumbra_cm: float, name: str
) -> None:
    angle = source.angular_size_deg(size, distance)
    assert angle == pytest.approx(degrees, abs=0.06)
    assert source.penumbra_m(angle, 0.1) * 100 == pytest.approx(penumbra_cm, abs=0.06)
    assert source.softness(angle) == name


def test_the_sun_is_hard_and_the_sky_very_soft() -> None:
    assert [source.softness(angle) for angle in (source.SUN_DEG, 180)] == ["hard", "very soft"]
    assert source.penumbra_m(source.SUN_DEG, 0.1) * 100 == pytest.approx(0.1, abs=0.05)
    assert source.penumbra_m(180, 0.1) == inf
    assert source.penumbra_m(180, 0) == 0


@pytest.mark.parametrize(
    ("angle", "gap", "crisp"),
    [
        pytest.param(0.53, 1, True, id="sun-on-a-wall"),
        pytest.param(0.53, 5, False, id="sun-from-a-roof"),
        pytest.param(1, 1, True, id="LIT17-slats-1-deg"),
        pytest.param(3, 1, False, id="LIT17-slats-3-deg"),
        pytest.param(5, 0.1, True, id="fresnel-on-a-cheek"),
        pytest.param(20, 1, False, id="LIT15-large-source"),
        pytest.param(20, 0.03, True, id="large-source-touching"),
    ],
)
def test_a_shadow_is_crisp_by_its_gap(angle: float, gap: float, crisp: object) -> None:
    assert source.edge_is_crisp(angle, gap) is crisp


def test_a_large_source_has_the_penumbra_of_its_rule() -> None:
    """LIT15 writes 0.36 m, by D tan(theta); B10's 2 g tan(theta / 2) is exact, and 0.353."""
    assert source.penumbra_m(20, 1) == pytest.approx(0.353, abs=0.0005)


def test_an_edge_is_softer_in_a_closer_frame() -> None:
    close, wide = (source.edge_share(20, 0.1, frame) for frame in (0.332, 3.5))
    assert (close, wide) == pytest.approx((0.106, 0.010), abs=0.0005)


@given(st.floats(0.01, 20), st.floats(0.1, 50), st.floats(1.01, 10))
@fast
def test_a_larger_or_nearer_source_is_softer(size: float, distance: float, times: float) -> None:
    angle = source.angular_size_deg(size, distance)
    assert source.angular_size_deg(size * times, distance) > angle
    assert source.angular_size_deg(size, distance * times) < angle
    assert source.size_m(angle, distance) == pytest.approx(size)
    assert source.penumbra_m(angle, 0.2) == pytest.approx(2 * source.penumbra_m(angle, 0.1))


@given(st.floats(0.1, 89), st.floats(0.1, 89))
@fast
def test_softness_never_falls_as_a_source_grows(one: float, other: float) -> None:
    order = ["hard", "medium", "soft", "very soft"]
    small, large = sorted((one, other))
    assert order.index(source.softness(small)) <= order.index(source.softness(large))


@given(st.floats(0.01, 1), st.floats(0.1, 60), st.floats(0.01, 5))
@fast
def test_a_full_shadow_shrinks_until_it_is_gone(width: float, angle: float, gap: float) -> None:
    near, far = (source.umbra_m(width, angle, at) for at in (gap, gap * 2))
    assert width >= near >= far >= 0
    assert (near == 0) == (width <= source.penumbra_m(angle, gap))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: source.angular_size_deg(1, 0), "distance must be above 0 m"),
        (lambda: source.penumbra_m(181, 1), "between 0° and 180°, not at 181°"),
        (lambda: source.size_m(-1, 1), "size of a source"),
        (lambda: source.edge_share(5, 0.1, 0), "height of the frame"),
    ],
    ids=range(4),
)
def test_what_cannot_be_is_refused_with_a_sentence(call: object, says: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=says) as refused:
        call()
    assert str(refused.value).endswith(".")
