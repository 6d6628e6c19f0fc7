from collections.abc import Iterator
from typing import Any

from app.lint.base import Rule
from app.lint.people import is_person
from app.patch import at
from app.physics import optics
from app.resolve import Resolved
from app.schema.compiled import Finding

TIGHT = frozenset({"camera.size.ecu", "camera.size.bcu", "camera.size.cu"})
STRONG_M = 0.6
KIND_M = 0.9
FOCALS = (25, 27, 32, 35, 40, 50, 65, 75, 85, 100, 135, 150, 180, 200)
MEANT = (
    "framing.perspective.selfie",
    "framing.space.expanded",
    "camera.lens.fisheye",
    "camera.field.fisheye",
    "camera.lens.laowa_probe",
)
"""Terms that say that the distortion is wanted."""


class WideCloseUpOfAFace(Rule):
    """A close-up stands so near the face that it distorts it.

    ## What
    The lens and the size put the camera nearer than 0.6 m to a face.

    ## Why
    The nose is nearer to the lens than the ears, and is drawn (D + 0.12 m) / D times as large: 1.2 times at 0.6 m,
    1.4 times at 0.3 m. From 0.9 m on nobody notices. Where the bulge is wanted, say so with an expanded space.

    ## Example
    ```toml
    [camera]
    size = "camera.size.cu"
    format = "camera.format.super_35_3perf"
    focal_mm = 18

    [subjects.mara]
    kind = "subject.kind.character"
    ```

    ## Instead
    ```toml
    [camera]
    size = "camera.size.cu"
    format = "camera.format.super_35_3perf"
    focal_mm = 50

    [subjects.mara]
    kind = "subject.kind.character"
    ```

    ```toml
    [camera]
    size = "camera.size.cu"
    format = "camera.format.super_35_3perf"
    focal_mm = 18

    [framing]
    space = "framing.space.expanded"

    [subjects.mara]
    kind = "subject.kind.character"
    ```
    """

    id = "wide_close_up_of_a_face"
    number = "LENS04"
    basis = "source: Paskhover 2018, the nose in pictures from 30 cm; derived"
    needs = ("camera.size", "subjects")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Draw the nose against the ear at the camera's distance."""
        if resolved.pick("camera.size") not in TIGHT:
            return
        far = resolved.number("camera.distance_m")
        hero = resolved.shot.subjects.get(resolved.hero)
        if not far or far >= STRONG_M or hero is None or not is_person(hero) or resolved.where(*MEANT):
            return
        because = resolved.because("camera.distance_m")
        yield self.found(
            f"At {far:.2g} m the nose is drawn {optics.nose_to_ear(far):.2f} times as large as the ear: use a "
            "longer lens from 0.9 m or more, or say that the space is expanded.",
            because[0],
            "camera.size",
            fix=_longer(resolved, far) if "camera.focal_mm" in because else None,
        )


def _longer(resolved: Resolved, far: float) -> dict[str, Any] | None:
    """Return the patch to the shortest lens that frames the same from a kind distance."""
    family, focal = resolved.term("camera.lens_family"), resolved.number("camera.focal_mm") or 0
    made = family.lists.get("focal_mm", FOCALS) if family else FOCALS
    fits = next((one for one in made if one >= focal * KIND_M / far), None)
    return at("camera.focal_mm", fits) if fits else None
