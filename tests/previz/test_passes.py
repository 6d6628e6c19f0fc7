"""The passes that steer another model: their conventions, and that they lie on the frame pixel for pixel."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from app.previz import render
from app.previz.denoise import Guides
from app.previz.finish import display
from app.previz.passes import draw
from app.previz.piece import CLAY
from app.previz.render import Job, worlds
from app.previz.scene import PASSES, Camera, Colour, Figure, Finish, Lamp, Pass, Room, Scene, Vector
from app.previz.sight import look
from app.previz.view import open_gate, rows, view
from tests.previz.scenes import DARK, camera, lamp, portrait, still

OPEN = Room(background_stops=0, ambient_stops=-1, outdoors=True)
BLUE = (128, 128, 255)


def outdoors(*figures: Figure, height: float = 1.52, rise: float = 0.6, lamps: tuple[Lamp, ...] = ()) -> Scene:
    """A low camera that looks up past the figures into the sky."""
    lens = Camera(
        at=(0, height - rise, 3),
        target=(0, height, 0),
        gate_w_mm=24.9,
        gate_h_mm=14,
        focal_mm=40,
        f_number=1e5,
        focus_m=3,
    )
    return Scene(aspect=16 / 9, camera=lens, figures=figures, lamps=lamps, room=OPEN)


def level(height: float, roll: float = 0) -> Camera:
    """A square frame as wide as the distance, level at a height."""
    return Camera(
        at=(0, height, 4),
        target=(0, height, 0),
        roll_deg=roll,
        gate_w_mm=24,
        gate_h_mm=24,
        focal_mm=24,
        f_number=8,
        focus_m=4,
    )


def sky(*lamps: Lamp) -> Scene:
    """Nothing but sky in frame, and what hangs in it."""
    lens = camera().model_copy(update={"at": (0, 1.5, 0), "target": (0, 9, -2)})
    return Scene(aspect=16 / 9, camera=lens, figures=(), lamps=lamps, room=OPEN)


def globe(at: Vector) -> Lamp:
    return Lamp(name="globe", at=at, target=(0, 0, 0), size_m=0.3, visible=True)


def block(at: Vector, turn: float = 0, clothes: Colour = (0.5, 0.5, 0.5)) -> Figure:
    return Figure(kind="cube", at=at, facing_deg=turn, height_m=0.4, clothes=clothes)


def grey(picture: NDArray[np.uint8]) -> NDArray[np.int32]:
    assert (picture == picture[..., :1]).all()
    return picture[..., 0].astype(np.int32)


def guide(scene: Scene, width: int) -> Guides:
    """What the filter of the frame is guided by: four rays a pixel, through a lens that is stopped down."""
    seen = view(scene.camera, scene.aspect)
    return render.guide(worlds(scene, seen), Job(scene, seen, (width, rows(scene, width)), 4, 0))


SOLIDS = still(block((-0.1, 1.32, 0.3), 30), Figure(kind="sphere", at=(0.3, 1.4, 0), height_m=0.3), lamps=(lamp(-45),))


@pytest.mark.parametrize("kind", PASSES)
@pytest.mark.parametrize("size", [(48, None), (32, 32), (48, 16), (16, 48)])
def test_a_pass_has_the_size_that_was_asked_for(kind: Pass, size: tuple[int, int | None]) -> None:
    width, height = size
    picture = draw(SOLIDS, kind, width, height, samples=2)
    assert picture.shape == (height or 27, width, 3)
    assert picture.dtype == np.uint8


@pytest.mark.parametrize("kind", PASSES)
def test_the_same_scene_size_and_seed_give_the_same_bytes(kind: Pass) -> None:
    first, again = (draw(SOLIDS, kind, 64, seed=3, samples=2) for _ in range(2))
    assert np.array_equal(first, again)


@pytest.mark.parametrize(
    ("size", "roll", "figure"),
    [((96, None), 0, Figure(facing_deg=30)), ((96, 32), 20, block((0, 1.2, 0), 20)), ((32, 96), 0, block((0, 1.2, 0)))],
)
def test_depth_is_white_where_the_frame_has_something_and_black_where_it_has_sky(
    size: tuple[int, int | None], roll: float, figure: Figure
) -> None:
    scene = outdoors(figure, block((0.7, 1.3, 0.2), 40))
    scene = scene.model_copy(update={"camera": scene.camera.model_copy(update={"roll_deg": roll})})
    hit = grey(draw(scene, "depth", *size)) > 0
    framed = guide(open_gate(scene, *size), size[0])
    some, whole = framed.albedo.any(-1), framed.depth < 30  # the sky is a black dome at 150 m: a quarter of it is 37
    assert 0.05 < hit.mean() < 0.95
    assert (hit & ~some).mean() < 0.002
    assert (~hit & whole).mean() < 0.002


def test_the_rays_go_through_the_middles_of_the_pixels() -> None:
    sight = look(still(block((0, 1.32, 0)), lamps=()), 48)
    wall = sight.depth[3, 3] * np.array([(3.5 / 48 * 2 - 1) * sight.view.tan_x, (1 - 3.5 / 27 * 2) * sight.view.tan_y])
    half = sight.depth[3, 44] * np.array(
        [(44.5 / 48 * 2 - 1) * sight.view.tan_x, (1 - 3.5 / 27 * 2) * sight.view.tan_y]
    )
    assert wall == pytest.approx(half * (-1, 1), rel=1e-4)


def test_depth_is_the_inverse_of_the_distance_along_the_lens_axis() -> None:
    near, far = block((-0.5, 1.3, 1.8)), block((0.5, 1.3, -0.2))
    scene = Scene(aspect=1, camera=level(1.5), figures=(near, far), lamps=(), room=DARK)
    picture = grey(draw(scene, "depth", 64))
    left, right, wall = picture[32, 16], picture[32, 40], picture[30, 32]
    assert (left, wall) == (255, 1)
    share = (1 / 4 - 1 / 7) / (1 / 2 - 1 / 7)  # metres to the fronts of the cubes, and to the wall
    assert right == pytest.approx(1 + 254 * share, abs=1)


def test_one_flat_wall_is_one_tone() -> None:
    scene = Scene(aspect=1, camera=level(7), figures=(), lamps=(), room=DARK)
    assert np.unique(draw(scene, "depth", 32)).tolist() == [255]


def test_haze_grain_and_light_change_no_pass_but_clay() -> None:
    plain = SOLIDS
    style = Finish(haze_per_m=0.2, exposure_stops=2, halation=1, diffusion=0.2, grain=0.1)
    other = SOLIDS.model_copy(update={"finish": style, "lamps": (lamp(60, 40, 1, 3200),)})
    for kind in ("depth", "normal", "edge", "pose"):
        assert np.array_equal(draw(plain, kind, 64), draw(other, kind, 64))


@pytest.mark.parametrize(
    ("turn", "stand", "colour"),
    [
        (0, (0, 0.5), BLUE),  # the cube's front faces the camera
        (45, (0, 0.5), (218, 128, 218)),  # one of two faces looks to camera left
        (45, (0, 0.5), (37, 128, 218)),
        (0, (-1.2, 0.5), (255, 128, 128)),  # from its left the cube shows the side that faces camera left
        (0, (1.2, 0.5), (0, 128, 128)),
        (0, (0, 2), (128, 255, 128)),  # from above its top
    ],
)
def test_a_normal_is_red_to_the_left_green_up_and_blue_to_the_camera(
    turn: float, stand: tuple[float, float], colour: tuple[int, int, int]
) -> None:
    x, y = stand
    lens = level(y).model_copy(update={"at": (x, y, 3), "target": (x, y, 0)})
    cube = Figure(kind="cube", at=(0, 0, 0), facing_deg=turn, height_m=1)
    scene = Scene(aspect=1, camera=lens, figures=(cube,), lamps=(), room=DARK)
    off = np.abs(draw(scene, "normal", 96).astype(int) - colour).max(-1)
    assert ((look(scene, 96).figure == 0) & (off <= 2)).sum() > 60


def test_no_normal_looks_away_from_the_camera() -> None:
    assert draw(portrait(), "normal", 160)[..., 2].min() >= 127


def test_the_sky_is_the_blue_of_what_faces_the_camera() -> None:
    assert (draw(sky(), "normal", 32) == BLUE).all()


def test_normals_lean_with_the_camera() -> None:
    def floor(roll: float, row: int, column: int) -> list[int]:
        scene = Scene(aspect=1, camera=level(0.5, roll), figures=(), lamps=(), room=DARK)
        return [int(part) for part in draw(scene, "normal", 32)[row, column]]

    assert floor(0, 31, 16) == [128, 255, 128]
    assert floor(90, 16, 31) == [255, 128, 128]  # the camera leans clockwise: the floor faces the picture's left


def outline(inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The pixels of a shape that have a neighbour outside of it."""
    padded = np.pad(inside, 1, mode="edge")
    around = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
    return np.asarray(inside & ~around)


def test_edges_cover_the_outline_and_the_corners_of_the_set_and_little_else() -> None:
    scene = portrait(lens=camera(focal=40))
    white = grey(draw(scene, "edge", 192))
    rim = outline(look(scene, 192).figure == 0)
    assert rim.sum() > 100
    assert (white[rim] > 150).mean() > 0.97
    assert 0.01 < (white > 128).mean() < 0.12
    shelf = white[:, :40]
    assert (shelf > 200).sum() > 30
    lit = white[white > 0]
    assert 0.3 < (lit < 255).mean() < 0.9  # lines with soft sides


def test_a_plane_at_any_slant_has_no_edge() -> None:
    for pitch in (2, 10, 60, 300):
        lens = camera().model_copy(update={"at": (0, 1.5, 0), "target": (0, 1.5 - pitch / 10, 2)})
        scene = Scene(aspect=16 / 9, camera=lens, figures=(), lamps=(), room=OPEN)
        assert (look(scene, 64).surface[-9:] == 0).all()
        assert not draw(scene, "edge", 64)[-9:].any()


def inside(surface: NDArray[np.int32], margin: int = 3) -> NDArray[np.bool_]:
    """The pixels that have nothing but their own surface around them."""
    size = np.ones((2 * margin + 1,) * 2, np.uint8)
    shapes = surface.astype(np.float32)
    return np.asarray(cv2.dilate(shapes, size) == cv2.erode(shapes, size))


def test_an_arm_before_the_body_is_drawn_though_it_is_the_same_coat() -> None:
    scene = portrait(lens=camera(azimuth=90, focal=40))
    sight = look(scene, 160)
    coat = inside(sight.surface) & (sight.figure == 0)
    assert (grey(draw(scene, "edge", 160))[coat] == 255).sum() > 20


def test_the_corner_of_a_box_is_drawn_and_its_flat_sides_are_not() -> None:
    scene = Scene(aspect=1, camera=level(1.5), figures=(block((0, 1.3, 2), 45),), lamps=(), room=DARK)
    sight = look(scene, 96)
    box = inside(sight.surface, 4) & (sight.figure == 0)
    columns = np.nonzero((grey(draw(scene, "edge", 96)) * box).max(0) > 128)[0]
    assert columns.min() >= 46
    assert columns.max() <= 49


def test_no_specks_are_drawn_where_hair_and_cloth_are_fine() -> None:
    white = grey(draw(portrait(lens=camera(focal=120)), "edge", 320)) > 60
    _, _, found, _ = cv2.connectedComponentsWithStats(white.astype(np.uint8), connectivity=8)
    assert len(found) > 3
    assert found[:, cv2.CC_STAT_AREA].min() >= 4


def clay(scene: Scene, width: int = 96, samples: int = 8) -> NDArray[np.uint8]:
    return draw(scene, "clay", width, samples=samples)


@pytest.mark.parametrize(("azimuth", "brighter"), [(-60, 0), (60, 1)])
def test_the_clay_face_is_lit_from_where_the_shots_lamp_stands(azimuth: float, brighter: int) -> None:
    face = clay(portrait(lamp(azimuth)), 128, 4)[16:26, 52:76].mean((0, 2))
    halves = face[:12].mean(), face[12:].mean()
    assert halves[brighter] > 1.5 * halves[1 - brighter]


def test_clay_is_one_grey_whatever_the_surfaces_and_the_look() -> None:
    red, white = (
        still(block((0, 1.32, 0), clothes=clothes), lamps=(lamp(20, 10),)) for clothes in ((0.6, 0, 0), (0.9, 0.9, 0.9))
    )
    graded = white.model_copy(update={"finish": Finish(grain=0.1, halation=1, diffusion=0.5, saturation=2, contrast=2)})
    first = clay(red)
    assert np.array_equal(first, clay(white))
    assert np.array_equal(first, clay(graded))
    middle = first[20:34, 40:56].astype(int)
    assert np.abs(middle - middle.mean(-1, keepdims=True)).max() <= 3


def test_clay_that_faces_the_key_is_shown_as_its_grey() -> None:
    ball = Figure(kind="sphere", at=(0, 1.32, 0), height_m=0.4)
    lit = clay(still(ball, lamps=(lamp(20, 10, target=(0, 1.52, 0.2)),)), 128)
    shown = float(display(np.full((1, 1, 3), CLAY))[0, 0, 1]) * 255
    assert np.median(lit[30:42, 58:70]) == pytest.approx(shown, abs=14)
    assert lit.max() < shown + 20  # and no highlight


def test_clay_keeps_the_colour_of_light_and_the_exposure() -> None:
    def ball(kelvin: float, stops: float = 0) -> NDArray[np.float64]:
        round_ = still(Figure(kind="sphere", at=(0, 1.32, 0), height_m=0.4), lamps=(lamp(-20, kelvin=kelvin),))
        printed = round_.model_copy(update={"finish": Finish(exposure_stops=stops)})
        return np.asarray(clay(printed, 64)[15:21, 28:36].mean((0, 1)))

    warm, plain, darker = ball(3200), ball(5600), ball(5600, -2)
    assert warm[0] / warm[2] > 1.5 * plain[0] / plain[2]
    assert darker.mean() < 0.6 * plain.mean()


def test_with_nothing_in_frame_depth_edge_and_pose_are_black() -> None:
    for kind in ("depth", "edge", "pose"):
        assert not draw(sky(), kind, 32).any()
    assert draw(sky(), "clay", 32, samples=2).any()


def _above(scene: Scene, at: Vector) -> float:
    """How far above the middle of the frame a point lies, 1 at its top."""
    seen = view(scene.camera, scene.aspect)
    offset = np.asarray(at) - seen.origin
    return float(offset @ seen.up / (offset @ seen.forward) / seen.tan_y)


def test_a_lamp_alone_in_the_sky_is_seen_by_depth_and_edge() -> None:
    alone = sky(globe((0, 5, -1)))
    disc = grey(draw(alone, "depth", 96))
    x, y = 48, round(27 - 27 * _above(alone, (0, 5, -1)))
    assert disc[y, x] > 200
    assert (disc[y - 3 : y + 4, x - 3 : x + 4] > 200).all()  # the globe and not its pole alone
    assert draw(alone, "edge", 96).any()
    assert not draw(alone, "pose", 96).any()


def test_a_lamp_out_of_shot_is_in_no_pass() -> None:
    hidden = globe((0, 5, -1)).model_copy(update={"visible": False, "size_m": 0.1})
    assert not draw(sky(hidden), "depth", 48).any()


@pytest.mark.parametrize("kind", PASSES)
@pytest.mark.parametrize("aspect", [3.0, 1 / 3])
def test_sixteen_pixels_and_extreme_ratios_draw(kind: Pass, aspect: float) -> None:
    scene = SOLIDS.model_copy(update={"aspect": aspect})
    picture = draw(scene, kind, 16, samples=2)
    assert picture.shape == (rows(scene, 16), 16, 3)


def test_a_picture_of_few_rows_shows_what_its_whole_pixels_show() -> None:
    seen = look(SOLIDS.model_copy(update={"aspect": 3.0}), 16).view
    assert seen.tan_y == pytest.approx(seen.tan_x * 5 / 16)


def test_progress_rises_to_one() -> None:
    for kind in PASSES:
        steps: list[float] = []
        draw(SOLIDS, kind, 32, report=steps.append, samples=2)
        assert steps == sorted(steps)
        assert steps[-1] == 1
