"""A whole person: the body bent, dressed, with face and hair, and what it sits on, as pieces of a scene."""

from typing import NamedTuple

import numpy as np

from app.previz.body import Body, Rest, about, carried, places, rest, turned
from app.previz.body_dress import Worn, dressed, where
from app.previz.body_face import Face, brows, eyes, face, lashes, paint
from app.previz.body_hair import hair, shade
from app.previz.body_mesh import Whole, normals, triangles, used
from app.previz.body_pose import Pose, pose
from app.previz.body_worn import beard, expressed, headwear, shaded, uncovered
from app.previz.field import Mesh, Values
from app.previz.piece import Piece, box, painted
from app.previz.scene import Colour, Figure
from app.previz.view import Direction

LOCKS = (500, 1600)
"""How many locks of hair are drawn of a figure far off, and of one near."""

_UPRIGHT = np.array([0, 1.0, 0])
_LASH: Colour = (0.012, 0.010, 0.009)
_WHITE: Colour = (1, 1, 1)
_WOOD: Colour = (0.10, 0.055, 0.03)
_COVERED = 0.010  # how deep under cloth skin is left out, in body heights
_WRIST = 1.93
_NOSE_WIDE, _NOSE_HIGH, _EAR_DEEP = 0.01, 0.03, 0.05  # where a nose and ears are looked for on a grown head

LIMBS = {"shoulder": "upperarm", "elbow": "lowerarm", "wrist": "hand", "hip": "thigh", "knee": "calf", "ankle": "foot"}
"""The bone that each point of a skeleton heads."""


class Held(NamedTuple):
    """A figure in its pose: `placed` moves what a bone carries into the figure's own axes, feet on the floor."""

    at: Rest
    pose: Pose
    placed: Values
    points: Values
    spin: Values

    def bone(self, body: Body, name: str) -> Values:
        """One bone's placing, 3 x 4."""
        return np.asarray(self.placed[body.bones.index(name)])


def held(body: Body, figure: Figure) -> Held:
    """The figure's body, bent and standing on its floor."""
    at, how = rest(body, figure), pose(figure)
    at = at._replace(points=expressed(_face(body, at, figure), figure, at.points))
    placed = places(body, at, how.bend)
    points = carried(body, at, placed)
    rise = how.lift * figure.height_m - points[body.parts["body"].of, 1].min()
    placed[:, 1, 3] += rise
    spin = about(_UPRIGHT, figure.facing_deg + how.turn)
    return Held(at, how, placed, points + np.array([0, rise, 0]), spin)


def pieces(body: Body, figure: Figure) -> list[Piece]:
    """Every surface of a person in the figure's own axes, turned as its pose is."""
    stands = held(body, figure)
    here = _face(body, stands.at, figure)
    worn = dressed(figure, body, stands.at, stands.points, stands.bone(body, "spine_03")[:, 1])
    part = body.parts["body"]
    resting = part.step(stands.at.points[part.of])
    faces = triangles(part.step.quads)
    drawn = [
        painted(_skin(body, figure, stands, here, worn), figure.skin, figure.hair, "skin"),
        *_head(body, figure, stands, here, resting, faces),
        *(painted(garment, colour, colour, "cloth") for garment, colour in worn.garments),
        *_seat(body, figure, stands),
    ]
    return [piece.placed(about(_UPRIGHT, stands.pose.turn)) for piece in drawn]


def _face(body: Body, at: Rest, figure: Figure) -> Face:
    return face(body, at)._replace(brows=figure.brows)


def skeleton(body: Body, figure: Figure) -> tuple[dict[str, Direction], Direction]:
    """Where the 18 points of a COCO body are in the set, by name; the rotation from the head's axes to the set's."""
    stands = held(body, figure)
    head = stands.bone(body, "head")
    found = {name: head[:, :3] @ at + head[:, 3] for name, at in _marks(body, stands.at).items()}
    for side in ("left", "right"):
        for name, bone in LIMBS.items():
            placed = stands.bone(body, f"{bone}_{side[0]}")
            at = stands.at.heads[body.bones.index(f"{bone}_{side[0]}")]
            found[f"{side}_{name}"] = placed[:, :3] @ at + placed[:, 3]
    found["neck"] = (found["left_shoulder"] + found["right_shoulder"]) / 2
    places = {name: stands.spin @ at + np.asarray(figure.at) for name, at in found.items()}
    return places, np.asarray(stands.spin @ head[:, :3], np.float64)


def _marks(body: Body, at: Rest) -> dict[str, Direction]:
    """The marks of the face on the resting head: just under the tip of the nose, in the ears, amid the eyes."""
    here = face(body, at)
    skin = at.points[body.parts["body"].of]
    x, y, z = here.local(skin).T
    tip = skin[np.argmax(np.where((np.abs(x) < _NOSE_WIDE) & (np.abs(y + 0.03) < _NOSE_HIGH), z, -1))]
    ear = (np.abs(y + 0.012) < _NOSE_HIGH) & (np.abs(z + 0.09) < _EAR_DEEP)
    ears = {side: skin[np.argmax(np.where(ear, x * sign, -1))] for side, sign in (("left", 1), ("right", -1))}
    under = np.array([0, 0, 0.014]) * here.size
    marks = {"nose": tip - under, "left_eye": here.left, "right_eye": here.right}
    return marks | {f"{side}_ear": place * np.array([0.92, 1, 1]) for side, place in ears.items()}


def _skin(body: Body, figure: Figure, stands: Held, here: Face, worn: Worn) -> Mesh:
    """The skin that shows, painted."""
    of, _, step = body.parts["body"]
    resting, points, faces = step(stands.at.points[of]), step(stands.points[of]), triangles(step.quads)
    facing = normals(points, faces)
    spot = where(body, stands.at, "body", figure.height_m)
    hidden = worn.depth(spot) > _COVERED
    if stands.pose.hides_hands:
        hidden |= (spot.on_arm > 0.5) & (spot.arm > _WRIST)
    faces = faces[~hidden[faces].all(1)]
    shown, faces = used(faces, len(points))
    resting, lips = resting[shown], step(body.lips[of][:, None])[shown, 0]
    colours = paint(here, resting, lips, stands.at.points[np.unique(body.lashes)], figure.age_y)
    local = here.local(resting)
    colours[:, 3] = np.maximum(colours[:, 3], shade(figure.hair_style, local))
    colours[:, 3] = np.maximum(colours[:, 3], shaded(figure, local, lips))
    return Mesh(points[shown], facing[shown], faces.astype(np.uint32), colours)


def _head(body: Body, figure: Figure, stands: Held, here: Face, resting: Values, faces: Whole) -> list[Piece]:
    """Eyes, lashes, brows, hair, and what the head wears, made on the resting head and moved with it."""
    near = faces[resting[faces[:, 0], 1] > here.left[1] - 0.5 * here.size]
    parts = [
        (eyes(here, turned(*stands.pose.gaze, 0)), _WHITE, "eye"),
        (lashes(here, stands.at.points, body.lashes), _LASH, "hair"),
        (brows(here, resting, normals(resting, faces)), figure.hair, "hair"),
    ]
    worn = hair(here, resting, near, figure.hair_style, LOCKS[min(figure.detail, 1)])
    worn = [uncovered(here, figure, mesh) for mesh in worn]
    parts += [(mesh, figure.hair, finish) for mesh, finish in zip(worn, ("cloth", "hair"), strict=False)]
    of = body.parts["body"]
    chin = faces[resting[faces[:, 0], 1] > here.left[1] - 0.16 * here.size]
    lips = of.step(body.lips[of.of][:, None])[:, 0]
    parts += [(mesh, figure.hair, "hair") for mesh in beard(here, figure, resting, chin, lips)]
    head = stands.bone(body, "head")
    drawn = [painted(_moved(mesh, head), colour, colour, finish) for mesh, colour, finish in parts]
    return drawn + [piece.placed(head[:, :3], head[:, 3]) for piece in headwear(here, figure)]


def _moved(mesh: Mesh, placed: Values) -> Mesh:
    own = placed[:, :3]
    return mesh._replace(points=mesh.points @ own.T + placed[:, 3], normals=mesh.normals @ own.T)


def _seat(body: Body, figure: Figure, stands: Held) -> list[Piece]:
    """A plain chair or stool under a figure that sits."""
    if not stands.pose.seat:
        return []
    of = body.parts["body"].of
    skin, hips = stands.points[of], stands.bone(body, "pelvis")
    middle = hips[:, :3] @ stands.at.heads[body.bones.index("pelvis")] + hips[:, 3]
    sits = np.hypot(skin[:, 0] - middle[0], skin[:, 2] - middle[2]) < 0.10 * figure.height_m
    top = float(skin[sits, 1].min()) - 0.012
    half, deep = 0.21, 0.20
    back = middle[2] + 0.06
    boards = [((middle[0], top - 0.02, back), (half, 0.02, deep))]
    boards += [
        (
            (middle[0] + side * (half - 0.025), (top - 0.04) / 2, back + end * (deep - 0.025)),
            (0.018, (top - 0.04) / 2, 0.018),
        )
        for side in (-1, 1)
        for end in (-1, 1)
    ]
    if stands.pose.seat == "chair":
        behind = back - deep - 0.012
        boards += [((middle[0] + side * (half - 0.025), top + 0.20, behind), (0.018, 0.24, 0.018)) for side in (-1, 1)]
        boards += [((middle[0], top + high, behind), (half - 0.03, 0.045, 0.010)) for high in (0.20, 0.38)]
    return [box(np.array(at), np.diag(size), _WOOD) for at, size in boards if min(size) > 0]
