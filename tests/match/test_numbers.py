"""Numbers in free text: each with its unit, in metres where it is a length in the set."""

import pytest

from app.match import quantities

READ = [
    ("50mm at T2.8", [(50, "mm"), (2.8, "T")]),
    ("85-mm lens, f/4", [(85, "mm"), (4, "f")]),
    ("T 2,8", [(2.8, "T")]),
    ("a T-stop of 2", [(2, "T")]),
    ("f-stop 5.6", [(5.6, "f")]),
    ("T2–2.8", [(2, "T"), (2.8, "T")]),
    ("5,600 K key, 3200K fill", [(5600, "K"), (3200, "K")]),
    ("5600-6500 kelvin", [(5600, "K"), (6500, "K")]),
    ("24 fps, 120 frames per second, 25p", [(24, "fps"), (120, "fps"), (25, "fps")]),
    ("45° and -30 degrees", [(45, "deg"), (-30, "deg")]),
    ("a 172,8 deg shutter", [(172.8, "deg")]),
    ("−1.5 stops", [(-1.5, "stops")]),
    ("1 1/2 stops, 1½ stops", [(1.5, "stops"), (1.5, "stops")]),
    ("half a stop, two stops under, two and a half stops", [(0.5, "stops"), (2, "stops"), (2.5, "stops")]),
    ("a stop down", [(1, "stops")]),
    ("ISO 800, EI 1600, 400 ASA", [(800, "EI"), (1600, "EI"), (400, "EI")]),
    ("1.8 metres, 1.8 meters, 180 cm", [(1.8, "m"), (1.8, "m"), (1.8, "m")]),
    ("0,125 m and 2 km", [(0.125, "m"), (2000, "m")]),
    ("6 ft away", [(1.8288, "m")]),
    ("12in, 6' tall", [(0.3048, "m"), (1.8288, "m")]),
    ("5'10\" and 5 feet 10 inches", [(1.778, "m"), (1.778, "m")]),
    ("between 2 and 3 metres", [(2, "m"), (3, "m")]),
    ("10 to 15 yards", [(9.144, "m"), (13.716, "m")]),
    ("24–70 mm zoom", [(24, "mm"), (70, "mm")]),
    ("5 s, then 2 seconds, 1/50 s", [(5, "s"), (2, "s"), (0.02, "s")]),
    ("2 minutes", [(120, "s")]),
    ("-130 mired, +5 mireds", [(-130, "mired"), (5, "mired")]),
    ("20 %, 5 per cent", [(20, "%"), (5, "%")]),
    ("2.39:1, 16:9, 4:1", [(2.39, "ratio"), (1.7778, "ratio"), (4, "ratio")]),
    ("9:16", [(0.5625, "ratio")]),
    ("#FFB46B", [(0xFFB46B, "hex")]),
    ("paint#FFB46B", [(0xFFB46B, "hex")]),
    ("(.5 m), +1/2 stop, ½ stop, ƒ/2.8", [(0.5, "m"), (0.5, "stops"), (0.5, "stops"), (2.8, "f")]),
    ("a 2x anamorphic, 1.33× too", [(2, "x"), (1.33, "x")]),
    ("300 lux at 50 Hz from 2 kW", [(300, "lux"), (50, "Hz"), (2000, "W")]),
    ("lit at 5600", [(5600, "")]),
    ("24-70", [(24, ""), (70, "")]),
    ("a 1/4 mist", [(0.25, "")]),
    ("two steps, 2 in front", [(2, "")]),
    ('the door reads "Room 12"', [(12, "")]),
]


@pytest.mark.parametrize(("text", "wanted"), READ, ids=[text for text, _ in READ])
def test_a_number_is_read_with_its_unit(text: str, wanted: list[tuple[float, str]]) -> None:
    found = quantities(text)
    assert [one.unit for one in found] == [unit for _, unit in wanted]
    assert [one.value for one in found] == pytest.approx([value for value, _ in wanted], abs=0.0001)


NONE = [
    "the 1950s and the 80s",
    "a 4K frame, an 18K HMI, 1080p",
    "at 10:30, at 5 pm, at 6 o'clock",
    "Kodak 500T, a B-52, the 3rd man",
    "three-point lighting, 3-point lighting",
    "a 4x4 silk, 12 x 12",
    "20°C outside",
    "comes to a stop, one foot on the step",
    "apartment #12",
    "nobody",
    "",
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_measure_is_left_alone(text: str) -> None:
    assert quantities(text) == ()


def test_a_quantity_knows_where_it_stands() -> None:
    text = "from 24–70 mm, at T2.8"
    assert [text[one.start : one.end] for one in quantities(text)] == ["24", "70 mm", "T2.8"]


def test_a_long_text_of_digits_is_read_at_once() -> None:
    assert len(quantities("1 " * 900)) == 900
    assert quantities("9" * 1900) == ()
    assert quantities("1,111" * 380) is not None
    assert quantities("a half " * 280) == ()
    assert quantities("1" * 5000 + ":00") == ()
    assert [one.value for one in quantities("1\r1/2 stops")] == [1.5]
    assert quantities("1" * 5000 + "'2\"") == ()
