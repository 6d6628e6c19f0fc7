"""Where the sun stands, what that hour is called, and about what light it gives. Degrees; hours as decimals.

Meeus, Astronomical Algorithms (1998), chapter 25, low accuracy, as in NOAA's solar calculator: within 0.02 degrees from
1900 to 2100, without refraction. Compass azimuths are 0 in the north and 90 in the east.
"""

from datetime import date
from itertools import pairwise
from math import acos, asin, atan2, cos, degrees, exp, log, radians, sin, tan

from app.physics.direction import wrapped
from app.physics.limits import between

RISES_AT_DEG = -0.833
"""The centre of the disc when its upper edge touches the horizon, with refraction."""

DAY_FROM_DEG = 6
SUNSET_TO_DEG = 1
GOLDEN_FROM_DEG = -4
BLUE_FROM_DEG = -6
NIGHT_BELOW_DEG = -12
"""Golden hour is -4 to 6 and blue hour -6 to -4 (PhotoPills; others start the blue at -8); twilights by definition."""

_KELVIN_AT = ((RISES_AT_DEG, 1900), (0, 2000), (2, 2500), (6, 3300), (10, 3900), (15, 4400), (20, 4800), (30, 5100))
_KELVIN_HIGH = ((45, 5400), (90, 5600))
_SKYLESS_LUX = 127500.0
_CLEAR_AIR = 0.21


def sun_position(latitude_deg: float, longitude_deg: float, day: date, utc_hours: float) -> tuple[float, float]:
    """Return the sun's true elevation and compass azimuth at a place (north and east positive) and a time in UTC.

    Hours past 0 or 24 run into the neighbouring day.
    """
    _on_earth(latitude_deg, longitude_deg)
    declination, minutes = _declination_and_equation(day, utc_hours)
    solar_hours = utc_hours + minutes / 60 + longitude_deg / 15
    return by_hour_angle(latitude_deg, declination, 15 * (solar_hours - 12))


def sun_by_solar_time(latitude_deg: float, day: date, solar_hours: float) -> tuple[float, float]:
    """Return the sun's true elevation and compass azimuth by the sundial: at 12 it stands due south or north."""
    _on_earth(latitude_deg, 0)
    return by_hour_angle(latitude_deg, declination_deg(day, solar_hours), 15 * (solar_hours - 12))


def declination_deg(day: date, utc_hours: float = 12) -> float:
    """Return how far north of the equator the sun stands: -23.44 to 23.44."""
    return _declination_and_equation(day, utc_hours)[0]


def equation_of_time_min(day: date, utc_hours: float = 12) -> float:
    """Return how many minutes the sundial is ahead of the mean sun: about -14 to 16."""
    return _declination_and_equation(day, utc_hours)[1]


def by_hour_angle(latitude_deg: float, declination_deg: float, hour_angle_deg: float) -> tuple[float, float]:
    """Return elevation and compass azimuth of the sun; the hour angle is 0 at noon and grows by 15 an hour."""
    north, height, turned = radians(latitude_deg), radians(declination_deg), radians(hour_angle_deg)
    rise = sin(north) * sin(height) + cos(north) * cos(height) * cos(turned)
    east = -cos(height) * sin(turned)
    to_north = sin(height) * cos(north) - cos(height) * cos(turned) * sin(north)
    return degrees(asin(max(-1.0, min(1.0, rise)))), degrees(atan2(east, to_north)) % 360


def noon_elevation_deg(latitude_deg: float, declination_deg: float) -> float:
    """Return the highest that the sun gets that day: 90 - |latitude - declination|; negative in polar night."""
    return 90 - abs(latitude_deg - declination_deg)


def hours_from_noon(latitude_deg: float, declination_deg: float, elevation_deg: float) -> float | None:
    """Return how long before and after noon by the sundial the sun stands at an elevation, 0 to 12 hours.

    None when it never does that day: cos(H) = (sin(el) - sin(lat) sin(dec)) / (cos(lat) cos(dec)).
    """
    north, height = radians(latitude_deg), radians(declination_deg)
    reach = cos(north) * cos(height)
    wanted = sin(radians(elevation_deg)) - sin(north) * sin(height)
    if abs(wanted) > reach:
        return None
    return degrees(acos(wanted / reach)) / 15 if reach else None


def day_length_hours(latitude_deg: float, declination_deg: float) -> float:
    """Return the hours from sunrise to sunset, from 0 (polar night) to 24 (midnight sun)."""
    half = hours_from_noon(latitude_deg, declination_deg, RISES_AT_DEG)
    if half is not None:
        return 2 * half
    return 24.0 if noon_elevation_deg(latitude_deg, declination_deg) > RISES_AT_DEG else 0.0


def refraction_deg(elevation_deg: float) -> float:
    """Return how much higher the air makes the sun appear, from a true elevation: half a degree at the horizon.

    Saemundsson 1986, in Meeus (16.4), for -1 degree and up; below, its value at -1.
    """
    seen = max(elevation_deg, -1.0)
    return max(1.02 / tan(radians(seen + 10.3 / (seen + 5.11))) / 60, 0.0)


def time_of_day(elevation_deg: float) -> str:
    """Name the hour of an elevation: day, golden hour, sunset, civil twilight, blue hour, nautical twilight or night.

    One word each: the golden hour goes on under `sunset` and `civil twilight` down to -4, as `is_golden` tells. Morning
    and evening look the same: `sunset` is sunrise as well.
    """
    between("The sun's elevation", elevation_deg, -90, 90, "°")
    floors = (
        (DAY_FROM_DEG, "day"),
        (SUNSET_TO_DEG, "golden hour"),
        (RISES_AT_DEG, "sunset"),
        (GOLDEN_FROM_DEG, "civil twilight"),
        (BLUE_FROM_DEG, "blue hour"),
        (NIGHT_BELOW_DEG, "nautical twilight"),
    )
    return next((word for floor, word in floors if elevation_deg >= floor), "night")


def is_golden(elevation_deg: float) -> bool:
    """Tell whether it is golden hour: the sun from -4 to 6 degrees."""
    return GOLDEN_FROM_DEG <= elevation_deg <= DAY_FROM_DEG


def is_blue(elevation_deg: float) -> bool:
    """Tell whether it is blue hour: the sun from -6 to -4 degrees."""
    return BLUE_FROM_DEG <= elevation_deg <= GOLDEN_FROM_DEG


def air_mass(elevation_deg: float) -> float:
    """Return how much air sunlight crosses, 1 at the zenith and 38 at the horizon (Kasten and Young 1989)."""
    between("The sun's elevation", elevation_deg, 0, 90, "°")
    return 1 / (sin(radians(elevation_deg)) + 0.50572 * exp(-1.6364 * log(elevation_deg + 6.07995)))


def sun_kelvin(elevation_deg: float) -> float:
    """Return about what colour temperature direct sun has in clear air, from 1900 K on the horizon to 5600 K overhead.

    Craft: a table drawn through what is measured at sunset (1900 to 3000), in the golden hour (3200 to 3500) and at
    noon (5400 to 5600), straight in mired between. Dust and haze take away hundreds of Kelvin.
    """
    between("The elevation of a sun that is up", elevation_deg, RISES_AT_DEG, 90, "°")
    steps = _KELVIN_AT + _KELVIN_HIGH
    for (low, warm), (high, cool) in pairwise(steps):
        if elevation_deg <= high:
            share = (elevation_deg - low) / (high - low)
            return 1 / ((1 - share) / warm + share / cool)
    return float(steps[-1][1])


def sun_lux(elevation_deg: float) -> float:
    """Return about what direct sun gives on a surface that faces it, under a clear sky: 127500 exp(-0.21 m) lux.

    The clear sky of IES RP-21, with the air mass m of Kasten and Young. 103000 overhead, 20000 at 6 degrees; 0 below
    the horizon.
    """
    return _SKYLESS_LUX * exp(-_CLEAR_AIR * air_mass(elevation_deg)) if elevation_deg >= 0 else 0.0


def camera_azimuth_of_sun(compass_deg: float, heading_deg: float) -> float:
    """Return where the sun stands for a camera that looks along a compass heading: 0 behind it, positive right."""
    return wrapped(heading_deg + 180 - compass_deg)


def _declination_and_equation(day: date, utc_hours: float) -> tuple[float, float]:
    """Return the declination in degrees and the equation of time in minutes (NOAA's order of Meeus 25 and 28)."""
    centuries = (day.toordinal() + 1721424.5 + utc_hours / 24 - 2451545) / 36525
    mean = radians((280.46646 + centuries * (36000.76983 + 0.0003032 * centuries)) % 360)
    anomaly = radians(357.52911 + centuries * (35999.05029 - 0.0001537 * centuries))
    eccentric = 0.016708634 - centuries * (0.000042037 + 0.0000001267 * centuries)
    centre = sin(anomaly) * (1.914602 - centuries * (0.004817 + 0.000014 * centuries))
    centre += sin(2 * anomaly) * (0.019993 - 0.000101 * centuries) + sin(3 * anomaly) * 0.000289
    node = radians(125.04 - 1934.136 * centuries)
    longitude = mean + radians(centre - 0.00569 - 0.00478 * sin(node))
    tilt = radians(23.4392911 - centuries * (0.0130042 + 1.64e-7 * centuries) + 0.00256 * cos(node))
    squared = tan(tilt / 2) ** 2
    ahead = squared * sin(2 * mean) - 2 * eccentric * sin(anomaly)
    ahead += 4 * eccentric * squared * sin(anomaly) * cos(2 * mean)
    ahead -= 0.5 * squared**2 * sin(4 * mean) + 1.25 * eccentric**2 * sin(2 * anomaly)
    return degrees(asin(sin(tilt) * sin(longitude))), 4 * degrees(ahead)


def _on_earth(latitude_deg: float, longitude_deg: float) -> None:
    between("A latitude", latitude_deg, -90, 90, "°")
    between("A longitude", longitude_deg, -180, 180, "°")
