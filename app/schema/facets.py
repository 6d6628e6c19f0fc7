"""Which facet each field takes, and each field's title, unit and range, read off the schema once."""

from collections.abc import Iterable
from functools import cache, lru_cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.schema.fields import Text
from app.schema.shot import Shot

PATHS = 4096
"""So many paths are remembered, each with its ids: a person names ids as they like, so there is no end of them."""


@lru_cache(maxsize=PATHS)
def field_of(path: str) -> FieldInfo | None:
    """Return the schema's field at a path (ids of maps stand for any id), or None."""
    model: Any = Shot
    found: FieldInfo | None = None
    for key in path.split("."):
        if isinstance(model, type) and issubclass(model, BaseModel):
            found = model.model_fields.get(key)
            if found is None:
                return None
            model = _inner(found.annotation)
        elif get_origin(model) is dict:  # a map: the key is an id
            model = _inner(get_args(model)[1])
        else:
            return None
    return found


@lru_cache(maxsize=PATHS)
def facet_of(path: str) -> str:
    """Return the facet whose terms a path takes, or empty."""
    return str(extra(path).get("facet", ""))


def extra(path: str) -> dict[str, Any]:
    """Return a field's own metadata: unit, step, facet."""
    field = field_of(path)
    return dict(field.json_schema_extra) if field and isinstance(field.json_schema_extra, dict) else {}


def title(path: str) -> str:
    """Return a field's title."""
    field = field_of(path)
    return (field.title if field else None) or path.rpartition(".")[2].replace("_", " ").capitalize()


@lru_cache(maxsize=PATHS)
def limits(path: str) -> tuple[float, float] | None:
    """Return a number's range, or None."""
    field = field_of(path)
    low = next((one.ge for one in field.metadata if isinstance(one, Ge)), None) if field else None
    high = next((one.le for one in field.metadata if isinstance(one, Le)), None) if field else None
    return (float(str(low)), float(str(high))) if low is not None and high is not None else None


@lru_cache(maxsize=PATHS)
def takes_several(path: str) -> bool:
    """Tell whether a path holds a list."""
    field = field_of(path)
    return field is not None and get_origin(field.annotation) is tuple


@lru_cache(maxsize=PATHS)
def takes_words(path: str) -> bool:
    """Tell whether words of one's own may stand at a path that takes terms."""
    field = field_of(path)
    return field is not None and "Words" in str(field.annotation)


def takes_text(path: str) -> bool:
    """Tell whether a path holds free text rather than a pick, a number or a code."""
    field = field_of(path)
    return field is not None and Text in get_args(field.annotation)


@lru_cache(maxsize=PATHS)
def pattern(path: str) -> str:
    """Return a path with `*` in the place of each id."""
    model: Any = Shot
    keys: list[str] = []
    for key in path.split("."):
        of_model = isinstance(model, type) and issubclass(model, BaseModel)
        keys.append(key if of_model else "*" if get_origin(model) is dict else key)
        field = model.model_fields.get(key) if of_model else None
        model = _inner(field.annotation) if field else _inner(get_args(model)[1]) if get_origin(model) is dict else None
    return ".".join(keys)


def patterns(paths: Iterable[str]) -> set[str]:
    """Return paths, also with `*` for their ids, and their beginnings: `lights.key.gels`, `lights.*.gels`, `lights`."""
    found: set[str] = set()
    for path in paths:
        for form in {path, pattern(path)}:
            at = form
            while at:
                found.add(at)
                at = at.rpartition(".")[0]
    return found


def _inner(annotation: Any) -> Any:
    """Take `X` out of `X | None`."""
    if get_origin(annotation) in {Union, UnionType}:
        options = [one for one in get_args(annotation) if one is not type(None)]
        models = [one for one in options if isinstance(one, type) and issubclass(one, BaseModel)]
        return models[0] if models else options[0]
    return annotation


@cache
def picked_at() -> dict[str, str]:
    """Return every path that takes terms, with `*` for an id, and the facet of each."""
    found: dict[str, str] = {}
    _picks(Shot, "", found)
    return found


def _picks(model: type[BaseModel], at: str, found: dict[str, str]) -> None:
    for name, field in model.model_fields.items():
        path, inner, many = f"{at}{name}", _inner(field.annotation), get_origin(field.annotation) is dict
        meta = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        if facet := meta.get("facet"):
            found[f"{path}.*" if many else path] = str(facet)
            continue
        item = _inner(get_args(inner)[1]) if many else inner
        if isinstance(item, type) and issubclass(item, BaseModel):
            _picks(item, f"{path}.*." if many else f"{path}.", found)
