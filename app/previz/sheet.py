"""The contact sheet: every named light on the same close face, drawn from its own numbers.

`python -m app.previz.sheet [DOCS] [ID…]` writes DOCS/lighting.md and its pictures, all or those of the ids named.
"""

import sys
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from app import patch
from app.resolve import resolve
from app.schema import Shot, read_data
from app.vocab import Term, vocabulary

WIDTH, SAMPLES = 320, 16
MOST_BYTES = 25_000
FOLDER = "lighting"

FACETS = {
    "light.pattern": ("lights.key.pattern", "Patterns on the face"),
    "lighting.broad": ("lighting.broad", "Broad and short"),
    "lighting.style": ("lighting.style", "Styles"),
    "lighting.setup": ("lighting.setup", "Set-ups"),
}
"""The facets on the sheet: where a shot says each, and its heading."""

HEAD = """# Named lights

The previz draws each from the numbers of its term, on the same stand-in: a close-up on 50 mm, the key from camera left
where the name leaves the side open, 5600 K throughout unless the light is one of colour. These are the pictures that
the lighting words of the vocabulary stand for here; they are the renderer's own, and nothing in them was retouched.
`python -m app.previz.sheet docs` draws them all again.
"""

BASE: dict[str, Any] = {
    "framing": {"aspect": 4 / 3},
    "camera": {
        "size": "camera.size.cu",
        "format": "camera.format.super_35_3perf",
        "focal_mm": 50,
        "t_stop": 4,
        "white_balance_k": 5600,
    },
    "place": {"setting": "place.setting.studio", "backdrop": "place.backdrop.grey_seamless"},
    "look": {"grain": "look.grain.none"},
    "lighting": {"background_stops": -3, "ambient_stops": -7},
    "subjects": {"sitter": {"kind": "subject.kind.character", "wardrobe": "a grey coat", "facing_deg": 0}},
}

_KEY_DEG, _KEY_RISE_DEG, _HARD_DEG, _SOFT_DEG = -45.0, 35.0, 7.0, 70.0
_RATIO = 2.0
_FILL_DEG = 35.0


def terms() -> list[Term]:
    """Return every named light, facet by facet, in the vocabulary's own order."""
    return [term for facet in FACETS for term in vocabulary().facets[facet].terms]


def shot(term: Term) -> Shot:
    """Return the shot that shows a named light: by its numbers, and by what `sheet.toml` adds."""
    said: Any = _said()
    for part in term.id.split("."):
        said = said.get(part, {})
    data = patch.merge(BASE, _by_numbers(term))
    data = patch.merge(data, patch.at(_path(term), term.id))
    data = patch.merge(data, {key: value for key, value in said.items() if key != "without"})
    for path in said.get("without", ()):
        data = patch.merge(data, patch.at(path, None))
    return read_data(data)


def page() -> str:
    """Return the page that shows all pictures, with what each name means and the numbers behind it."""
    parts = [HEAD]
    for facet, (_, heading) in FACETS.items():
        parts.append(f"## {heading}\n\n| name | drawn | what it is |\n|---|---|---|")
        parts.append("\n".join(_row(term) for term in vocabulary().facets[facet].terms) + "\n")
    return "\n".join(parts)


def picture(docs: Path, term: Term) -> Path:
    """Return where the picture of a named light lies."""
    return docs / FOLDER / f"{term.id.replace('.', '_')}.jpg"


def draw(docs: Path, term: Term) -> None:
    """Draw one named light as a JPEG of at most `MOST_BYTES`."""
    from PIL import Image  # noqa: PLC0415 - the page alone needs no renderer

    from app.previz.render import render  # noqa: PLC0415
    from app.previz.stage import stage  # noqa: PLC0415

    frame = Image.fromarray(render(stage(resolve(shot(term), vocabulary())).scene, WIDTH, SAMPLES))
    target = picture(docs, term)
    target.parent.mkdir(parents=True, exist_ok=True)
    for quality in range(88, 20, -8):
        frame.save(target, "JPEG", quality=quality, optimize=True)
        if target.stat().st_size <= MOST_BYTES:
            return


def main(arguments: list[str]) -> int:
    """Draw the sheet into a folder of docs; with ids, only those pictures."""
    docs, wanted = Path(arguments[0] if arguments else "docs"), arguments[1:]
    if unknown := set(wanted) - {term.id for term in terms()}:
        sys.stderr.write(f"No named light is called {', '.join(sorted(unknown))}.\n")
        return 2
    for term in terms():
        if not wanted or term.id in wanted:
            draw(docs, term)
            sys.stdout.write(f"{term.id}\n")
    (docs / "lighting.md").write_text(page(), encoding="utf-8")
    return 0


def _said() -> dict[str, Any]:
    return tomllib.loads(files("app.previz").joinpath("sheet.toml").read_text(encoding="utf-8"))


def _path(term: Term) -> str:
    return FACETS[term.id.rpartition(".")[0]][0]


def _by_numbers(term: Term) -> dict[str, Any]:
    """Return the lamps that a term's own numbers ask for: a key, and a fill at its ratio."""
    numbers = term.numbers
    rise = numbers.get("elevation_deg", _middle(term, "elevation", _KEY_RISE_DEG))
    key: dict[str, Any] = {"slot": 0, "role": "light.role.key", "cct_k": 5600, "stops": 0, "elevation_deg": rise}
    key["angular_size_deg"] = _HARD_DEG
    if _path(term) == "lights.key.pattern":
        key["side"] = "left"
    else:
        key["azimuth_deg"] = -abs(numbers.get("azimuth_abs_deg", _middle(term, "azimuth_abs", -_KEY_DEG)))
    fill = {"slot": 1, "role": "light.role.fill", "cct_k": 5600, "azimuth_deg": _FILL_DEG, "elevation_deg": 0}
    fill["angular_size_deg"] = _SOFT_DEG
    ratio = numbers.get("ratio_stops", _middle(term, "ratio", _RATIO))
    return {"lights": {"key": key, "fill": fill}, "lighting": {"ratio_stops": ratio}}


def _middle(term: Term, name: str, otherwise: float) -> float:
    """Return the middle of a range of a term, whatever its unit."""
    ends = [term.numbers.get(f"{name}_{end}_{unit}") for end in ("min", "max") for unit in ("deg", "stops")]
    known = [end for end in ends if end is not None]
    return sum(known) / len(known) if known else otherwise


def _row(term: Term) -> str:
    name = picture(Path(), term).as_posix()
    return f"| **{term.label}**<br>`{term.id}` | ![{term.label}]({name}) | {term.gloss} |"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
