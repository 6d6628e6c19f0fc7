"""A small film to export, and for each fact of the matrix a film that differs from it in nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO

from PIL import Image

from app.exporters.base import Reel, ReelShot, ReelTake
from app.patch import Json, merge
from app.pipeline import compile_shot
from app.resolve import resolve
from app.schema import Segment, read_data
from app.schema.compiled import Param
from app.vocab import vocabulary

STILL: Json = {
    "framing": {"aspect": 2.39},
    "camera": {"size": "camera.size.cu", "focal_mm": 85, "t_stop": 2, "white_balance_k": 5600},
    "look": {"stock": "look.stock.vision3_500t"},
    "place": {"setting": "place.setting.interior"},
    "subjects": {"mara": {"slot": 1, "name": "Mara", "description": "a lighthouse keeper"}},
    "lights": {"key": {"slot": 1, "role": "light.role.key", "azimuth_deg": 45, "cct_k": 5600, "stops": 0}},
    "references": {
        "face": {"slot": 1, "role": "reference.role.character", "asset": "a" * 64, "shows": "Mara", "of": "mara"}
    },
    "beats": {"b1": {"slot": 1, "start_s": 0, "end_s": 3, "says": {"mara": "Who is there?"}}},
    "duration_s": 3,
    "transition_out": "time.transition.cut",
}

PATCHES: dict[str, Json] = {
    "duration": {"duration_s": 7.5},
    "transition": {"transition_out": "time.transition.dissolve"},
    "frame": {"camera": {"size": "camera.size.ws"}},
    "camera": {"camera": {"focal_mm": 28}},
    "move": {"beats": {"b1": {"moves": {"one": {"path": "camera.move.dolly_in"}}}}},
    "light": {"lights": {"key": {"cct_k": 3200}}},
    "look": {"look": {"stock": "look.stock.vision3_250d"}},
    "people": {"subjects": {"mara": {"wardrobe": "a yellow raincoat"}}},
    "place": {"place": {"setting": "place.setting.exterior"}},
    "sound": {"beats": {"b1": {"says": {"mara": "Nobody. The wind."}}}},
    "references": {"references": {"face": {"asset": "b" * 64}}},
    "document": {"marks": {"camera.focal_mm": {"pin": True}}},
}
"""What each fact of the matrix changes in the first shot."""


SHADES = {"12A": 60, "12B": 120, "13": 180}
"""How light the picture of a shot is."""


def picture(shade: int, width: int = 478, height: int = 200) -> bytes:
    """Return a PNG of one grey."""
    out = BytesIO()
    Image.new("RGB", (width, height), (shade, shade, shade)).save(out, "PNG")
    return out.getvalue()


def take(number: int = 3, shade: int = 90) -> ReelTake:
    """Return a circled take with a small picture."""
    content = picture(shade)
    return ReelTake(
        id=f"take{number}",
        number=number,
        target="uni-1",
        backend="previz",
        prompt="Film still, close-up.",
        negative="",
        params={"seed": 7},
        made=datetime(2026, 5, 4, 12, tzinfo=UTC),
        circled=True,
        file_name=f"12A-{number}.png",
        media_type="image/png",
        width=478,
        height=200,
        sha256=sha256(content).hexdigest(),
        content=lambda: content,
    )


def shot(slate: str = "12A", name: str = "The stair", patch: Json | None = None, target: str = "uni-1") -> ReelShot:
    """Return a shot of the film; what it compiles to is the same whatever the patch, so that facts stay apart."""
    vocab = vocabulary()
    wanted = vocab.target(target)
    return ReelShot(
        id=f"shot-{slate.casefold()}",
        slate=slate,
        scene="12",
        name=name,
        note="Wait for the wind.",
        target=wanted,
        resolved=resolve(read_data(merge(STILL, patch or {})), vocab),
        compiled=compile_shot(read_data(STILL), wanted, vocab),
        take=take(shade=SHADES.get(slate, 90)),
    )


def reel(target: str = "uni-1") -> Reel:
    """Return a film of three shots."""
    shots = (
        shot(target=target),
        shot("12B", "The door", {"camera": {"focal_mm": 35}}, target),
        replace(shot("13", "Outside", {"duration_s": None, "beats": None}, target), scene="13", take=None, note=""),
    )
    return Reel("The Lamp Room", shots, "Ada", datetime(2026, 5, 4, tzinfo=UTC))


def without(fact: str, film: Reel) -> Reel:
    """Return the film with one fact told otherwise in its first shot, and all else the same."""
    if fact == "order":
        return replace(film, shots=(film.shots[1], film.shots[0], *film.shots[2:]))
    first, *others = film.shots
    return replace(film, shots=(_changed(fact, first), *others))


def _changed(fact: str, first: ReelShot) -> ReelShot:
    compiled, circled = first.compiled, first.take
    assert circled is not None
    told: dict[str, Callable[[], ReelShot]] = {
        "slate": lambda: replace(first, slate="12C", name="The cellar", id="shot-12c"),
        "note": lambda: replace(first, note="Second unit."),
        "prompt": lambda: replace(
            first,
            compiled=replace(compiled, text="Otherwise.", segments=(Segment("Otherwise."),)),
            take=replace(circled, prompt="Otherwise."),
        ),
        "negative": lambda: replace(
            first, compiled=replace(compiled, negative=(Segment("rain"),)), take=replace(circled, negative="rain")
        ),
        "params": lambda: replace(
            first,
            compiled=replace(compiled, params={**compiled.params, "seed": Param(9)}),
            take=replace(circled, params={"seed": 9}),
        ),
        "take": lambda: replace(first, take=replace(circled, number=4, id="take4", file_name="12A-4.png")),
        "picture": lambda: replace(first, take=take(shade=200)),
    }
    if fact in told:
        return told[fact]()
    return replace(first, resolved=resolve(read_data(merge(STILL, PATCHES[fact])), vocabulary()))
