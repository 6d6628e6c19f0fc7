"""Small sets for the tests: one person or a few solids, lamps by azimuth, a dark room."""

from math import cos, radians, sin

from app.previz.scene import Camera, Figure, Finish, Lamp, Room, Scene, Vector

FACE: Vector = (0, 1.6, 0.05)
DARK = Room(background_stops=-12, ambient_stops=-12)


def around(azimuth: float, elevation: float, distance: float, centre: Vector = FACE) -> Vector:
    a, e = radians(azimuth), radians(elevation)
    x, y, z = centre
    return (x + distance * sin(a) * cos(e), y + distance * sin(e), z + distance * cos(a) * cos(e))


def camera(
    azimuth: float = 0,
    distance: float = 3.5,
    focal: float = 85,
    f_number: float = 2,
    roll: float = 0,
    kelvin: float = 5600,
) -> Camera:
    return Camera(
        at=around(azimuth, 0, distance, (0, 1.52, 0)),
        target=(0, 1.52, 0),
        roll_deg=roll,
        gate_w_mm=24.9,
        gate_h_mm=14,
        focal_mm=focal,
        f_number=f_number,
        focus_m=distance - 0.1,
        white_balance_k=kelvin,
    )


def lamp(azimuth: float, elevation: float = 20, stops: float = 0, kelvin: float = 5600, target: Vector = FACE) -> Lamp:
    at = around(azimuth, elevation, 2.5, target)
    return Lamp(name="lamp", at=at, target=target, size_m=0.6, kelvin=kelvin, stops=stops)


def portrait(*lamps: Lamp, lens: Camera | None = None, room: Room = DARK, **finish: float) -> Scene:
    style = Finish(grain=0, **finish)
    return Scene(aspect=16 / 9, camera=lens or camera(), figures=(Figure(),), lamps=lamps, room=room, finish=style)


def still(*figures: Figure, lamps: tuple[Lamp, ...], roll: float = 0) -> Scene:
    lens = camera(distance=3, focal=60, f_number=8, roll=roll)
    return Scene(aspect=16 / 9, camera=lens, figures=figures, lamps=lamps, room=DARK)
