"""Presets as the pages show them: what one says, in the words of the controls, and what it would change of a shot."""

from collections.abc import Sequence

from app.compile.differences import Difference, differences
from app.compile.wording import handle
from app.errors import BadInputError
from app.importers import read_prompt
from app.patch import Json, merge
from app.resolve import Resolved, resolve
from app.resolve.presets import KINDS, Kind, applied
from app.schema import Shot, read_data
from app.schema.documents import Preset
from app.views import controls
from app.vocab import vocabulary

__all__ = ["begun", "by_kind", "handle", "pictures", "says", "steps"]

MOST = 8
"""As many facts of a preset stand on its card."""


def by_kind(presets: Sequence[Preset]) -> list[tuple[str, Kind, list[Preset]]]:
    """Return presets by kind, in the order of the kinds; kinds that nobody kept anything of are left out."""
    found = [(name, kind, [one for one in presets if one.kind == name]) for name, kind in KINDS.items()]
    return [one for one in found if one[2]]


def says(preset: Preset) -> list[str]:
    """Return the first facts of a preset in words."""
    if preset.kind == "prompt":
        return [preset.text]
    resolved = resolve(read_data(preset.patch), vocabulary())
    paths = [path for path in resolved.values if path in resolved.said and not path.startswith("references.")]
    return list(dict.fromkeys(controls.brief(resolved, path) for path in paths))[:MOST]


def pictures(preset: Preset) -> list[str]:
    """Return the sha256 of each picture that a preset carries."""
    return [one["asset"] for one in preset.patch.get("references", {}).values() if "asset" in one]


def steps(shot: Shot, patch: Json) -> list[Difference]:
    """Return what a patch changes of a shot, field by field; an entry that comes or goes is one step."""
    document = shot.model_dump(mode="json", exclude_defaults=True)
    return [one for one in differences(_known(document), _known(merge(document, patch))) if one.keys[-1] != "slot"]


def begun(preset: Preset) -> tuple[Shot, str]:
    """Return the shot that a preset makes of nothing, and the model that it is written for."""
    if preset.kind != "prompt":
        patch: Json = applied(Shot(), preset.kind, preset.patch)
        return read_data(patch), preset.target or "uni-1"
    found = read_prompt(preset.text, preset.name, vocabulary(), vocabulary().target(preset.target))
    if not found:
        raise BadInputError("Nothing in this prompt says what is seen.", hint="Write the shot by hand.")
    return found[0].shot, preset.target


def _known(document: Json) -> Resolved:
    return resolve(read_data(document), vocabulary())
