"""The one function that derives, in passes: what was said, what terms imply, what physics adds."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from app.resolve import camera, lights, look
from app.resolve.known import Known, Resolved, new
from app.schema.facets import facet_of
from app.schema.paths import leaves
from app.schema.shot import Shot
from app.vocab import Vocabulary

PASSES: tuple[Callable[[Resolved], None], ...] = (
    lights.turn_names_into_angles,
    camera.place_camera,
    lights.place_lights,
    camera.derive_optics,
    lights.derive_colour,
    lights.derive_ratio,
    look.derive_grain,
)
"""What physics adds, in this order: each pass may use what the ones before it derived."""


def resolve(shot: Shot, vocabulary: Vocabulary, origins: Mapping[str, str] | None = None) -> Resolved:
    """Return all that is known of a flattened shot; `origins` names the layer of each inherited path."""
    layer = origins or {}
    said = leaves(shot)
    values = {path: new(Known, (value, "said", "", ())) for path, value in said.items()}
    for path in layer.keys() & values.keys():
        values[path] = Known(values[path].value, "inherited", layer[path])
    resolved = Resolved(shot, vocabulary, values, frozenset(values))
    _imply(resolved, said)
    for add in PASSES:
        add(resolved)
    return resolved


def _imply(resolved: Resolved, said: dict[str, Any]) -> None:
    """Add the values that picked terms imply: a leading dot names a field beside the pick. Note unknown ids."""
    terms = resolved.vocabulary.terms
    for path, value in said.items():
        kind = type(value)
        if kind is not str and kind is not tuple:
            continue
        for pick in (value,) if kind is str else [one for one in value if type(one) is str]:
            term = terms.get(pick)
            if term is None:
                if facet_of(path):
                    resolved.unknown.append((path, pick))
                continue
            resolved.picked.setdefault(pick, []).append(path)
            if term.sets:
                for target, known in _implied(resolved.vocabulary, pick, path):
                    resolved.values.setdefault(target, known)


@lru_cache(maxsize=4096)
def _implied(vocabulary: Vocabulary, pick: str, path: str) -> tuple[tuple[str, Known], ...]:
    """Return the values that a term implies where it is picked at a path, each with its own path."""
    beside = path.rpartition(".")[0]
    return tuple(
        (beside + key if key.startswith(".") else key, Known(value, "term", pick, (path,)))
        for key, value in vocabulary.terms[pick].sets.items()
    )
