"""The sun against published examples, and reference/cinematography.md B15."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.physics import sun
from tests.shots import examples

LATITUDES = st.floats(-89, 89)
DECLINATIONS = st.floats(-23.4, 23.4)

fast = examples(60)


def test_the_worked_example_of_meeus() -> None:
    """Examples 25.a and 28.a, 1992 October 13.0: declination -7.78507 degrees, equation of time 13 min 42.6 s."""
    assert sun.declination_deg(date(1992, 10, 13), 0) == pytest.approx(-7.78507, abs=0.0005)
    assert sun.equation_of_time_min(date(1992, 10, 13), 0) == pytest.approx(13.71, abs=0.01)


def test_the_worked_example_of_the_solar_position_algorithm() -> None:
    """Reda and Andreas, NREL/TP-560-34302: Golden, Colorado, 2003 October 17, 12:30:30 at UTC-7."""
    elevation, azimuth = sun.sun_position(39.742476, -105.1786, date(2003, 10, 17), 19 + 30.5 / 60)
    assert elevation == pytest.approx(39.872046, abs=0.01)
    assert azimuth == pytest.approx(194.34024, abs=0.01)


@pytest.mark.parametrize(
    ("place", "day", "utc", "elevation", "azimuth"),
    [
        pytest.param((51.4779, 0), date(2026, 6, 21), 12, 61.958, 179.110, id="greenwich-midsummer"),
        pytest.param((40.7128, -74.006), date(2026, 12, 21), 21, 4.196, 233.894, id="new-york-midwinter-dusk"),
        pytest.param((-33.8688, 151.2093), date(2026, 3, 20), 6.5, 19.144, 283.298, id="sydney-equinox"),
        pytest.param((35.6762, 139.6503), date(2027, 9, 1), 0.25, 46.893, 120.193, id="tokyo-morning"),
        pytest.param((69.65, 18.96), date(2026, 12, 10), 11, -2.674, 185.315, id="tromso-polar-night"),
        pytest.param((0, 0), date(2026, 3, 20), 12 + 7 / 60, 89.884, 110.982, id="equator-equinox"),
    ],
)
def test_the_sun_stands_where_another_library_puts_it(
    place: tuple[float, float], day: date, utc: float, elevation: float, azimuth: float
) -> None:
    """From astral 3.2 (true elevation)."""
    assert sun.sun_position(*place, day, utc) == pytest.approx((elevation, azimuth), abs=0.02)


@pytest.mark.parametrize(
    ("latitude", "declination", "noon", "hours"),
    [
        pytest.param(51.5, 23.44, 61.94, 16.64, id="london-midsummer"),
        pytest.param(51.5, -23.44, 15.06, 7.83, id="london-midwinter"),
        pytest.param(0, 0, 90, 12.1, id="equator"),
        pytest.param(70, -23.44, -3.44, 0, id="polar-night"),
        pytest.param(70, 23.44, 43.44, 24, id="midnight-sun"),
        pytest.param(-33.87, -23.44, 79.57, 14.41, id="sydney-midsummer"),
    ],
)
def test_days_are_as_high_and_long_as_the_almanac_has_them(
    latitude: float, declination: float, noon: float, hours: float
) -> None:
    assert sun.noon_elevation_deg(latitude, declination) == pytest.approx(noon)
    assert sun.day_length_hours(latitude, declination) == pytest.approx(hours, abs=0.06)


def test_golden_hour_at_noon_needs_a_polar_winter() -> None:
    """B15."""
    noon = {latitude: sun.sun_by_solar_time(latitude, date(2026, 12, 21), 12)[0] for latitude in (0, 40, 64)}
    assert [sun.is_golden(one) for one in noon.values()] == [False, False, True]


@given(LATITUDES, DECLINATIONS, st.floats(-180, 180))
@fast
def test_morning_mirrors_evening(latitude: float, declination: float, hour_angle: float) -> None:
    rise, azimuth = sun.by_hour_angle(latitude, declination, hour_angle)
    evening, mirrored = sun.by_hour_angle(latitude, declination, -hour_angle)
    assert evening == pytest.approx(rise, abs=1e-6)
    assert (azimuth + mirrored + 1e-6) % 360 == pytest.approx(0, abs=1e-3)
    assert rise <= sun.noon_elevation_deg(latitude, declination) + 1e-6


@given(LATITUDES, DECLINATIONS, st.floats(-20, 80))
@fast
def test_an_elevation_leads_back_to_its_hour(latitude: float, declination: float, elevation: float) -> None:
    hours = sun.hours_from_noon(latitude, declination, elevation)
    if hours is None:
        lowest = abs(latitude + declination) - 90
        assert elevation > sun.noon_elevation_deg(latitude, declination) - 1e-6 or elevation < lowest + 1e-6
    else:
        assert sun.by_hour_angle(latitude, declination, 15 * hours)[0] == pytest.approx(elevation, abs=1e-4)


def test_by_the_sundial_noon_is_due_south_in_the_north_and_due_north_in_the_south() -> None:
    assert sun.sun_by_solar_time(48, date(2026, 4, 1), 12)[1] == pytest.approx(180)
    assert sun.sun_by_solar_time(-34, date(2026, 4, 1), 12)[1] % 360 == pytest.approx(0, abs=1e-6)
    morning, evening = (sun.sun_by_solar_time(48, date(2026, 4, 1), hours)[1] for hours in (8, 16))
    assert morning < 180 < evening


@pytest.mark.parametrize(
    ("elevation", "word", "golden", "blue"),
    [
        (60, "day", False, False),
        (7, "day", False, False),
        (3, "golden hour", True, False),
        (0, "sunset", True, False),
        (-2, "civil twilight", True, False),
        (-5, "blue hour", False, True),
        (-8, "nautical twilight", False, False),
        (-13, "night", False, False),
        (-90, "night", False, False),
    ],
    ids=lambda one: f"B15-{one}",
)
def test_an_elevation_has_a_name(elevation: float, word: str, golden: object, blue: object) -> None:
    assert sun.time_of_day(elevation) == word
    assert (sun.is_golden(elevation), sun.is_blue(elevation)) == (golden, blue)


@pytest.mark.parametrize(
    ("elevation", "low", "high"), [(0, 1900, 3000), (6, 3200, 3500), (30, 5000, 5500), (60, 5400, 5600)], ids=str
)
def test_the_sun_is_as_warm_as_the_table(elevation: float, low: float, high: float) -> None:
    assert low <= sun.sun_kelvin(elevation) <= high


@pytest.mark.parametrize(
    ("elevation", "low", "high"), [(90, 100000, 120000), (6, 19000, 21000), (-1, 0, 0)], ids=["noon", "golden", "set"]
)
def test_the_sun_is_as_bright_as_the_table(elevation: float, low: float, high: float) -> None:
    assert low <= sun.sun_lux(elevation) <= high


@pytest.mark.parametrize(
    ("elevation", "mass"), [(90, 1), (30, 1.994), (10, 5.586), (0, 37.9)], ids=lambda one: f"{one}"
)
def test_the_air_mass_is_that_of_kasten_and_young(elevation: float, mass: float) -> None:
    assert sun.air_mass(elevation) == pytest.approx(mass, rel=0.005)


@given(st.floats(0, 89), st.floats(0.01, 1))
@fast
def test_a_higher_sun_is_whiter_brighter_and_less_bent(elevation: float, more: float) -> None:
    assert sun.sun_kelvin(elevation + more) >= sun.sun_kelvin(elevation)
    assert sun.sun_lux(elevation + more) >= sun.sun_lux(elevation)
    assert sun.refraction_deg(elevation + more) <= sun.refraction_deg(elevation)


def test_refraction_lifts_the_sun_by_its_own_width_at_the_horizon() -> None:
    assert sun.refraction_deg(0) == pytest.approx(0.48, abs=0.01)
    assert sun.refraction_deg(45) == pytest.approx(0.017, abs=0.001)
    assert sun.refraction_deg(90) == pytest.approx(0, abs=0.0001)
    assert sun.refraction_deg(-30) == sun.refraction_deg(-1)


@pytest.mark.parametrize(
    ("compass", "heading", "azimuth"),
    [(180, 0, 0), (90, 0, 90), (270, 0, -90), (0, 0, 180), (234, 54, 0), (234, 234, 180)],
    ids=["behind-camera", "east-is-right", "west-is-left", "into-the-sun", "with-the-sun", "against-the-sun"],
)
def test_the_sun_has_a_side_for_the_camera(compass: float, heading: float, azimuth: float) -> None:
    assert sun.camera_azimuth_of_sun(compass, heading) == azimuth


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: sun.sun_position(91, 0, date(2026, 1, 1), 12), "A latitude must lie between -90° and 90°"),
        (lambda: sun.sun_position(0, 181, date(2026, 1, 1), 12), "A longitude"),
        (lambda: sun.sun_by_solar_time(-91, date(2026, 1, 1), 12), "A latitude"),
        (lambda: sun.time_of_day(91), "The sun's elevation"),
        (lambda: sun.air_mass(-1), "The sun's elevation"),
        (lambda: sun.sun_kelvin(-5), "a sun that is up"),
    ],
    ids=range(6),
)
def test_what_cannot_be_is_refused_with_a_sentence(call: object, says: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=says) as refused:
        call()
    assert str(refused.value).endswith(".")
