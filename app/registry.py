"""Finds plug-ins by looking: one file, one class, and the file's name is its id."""

import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module
from inspect import isabstract
from types import ModuleType
from typing import Generic, Protocol, TypeVar

from app.errors import PrintlightError, UnknownNameError


class Named(Protocol):
    """Anything a registry can hold."""

    id: str


T = TypeVar("T", bound=Named)

SHARED = frozenset({"base", "template"})
"""Modules of a package that hold what its plug-ins share."""


class Registry(Mapping[str, T], Generic[T]):
    """The plug-ins of one kind, by id. A broken plug-in stops the program at start, with its file's name."""

    def __init__(self, kind: str, base: type[T], package: ModuleType) -> None:
        self.kind = kind
        self._found = {item.id: item for item in _discover(base, package)}

    def __getitem__(self, name: str) -> T:
        try:
            return self._found[name]
        except KeyError:
            raise UnknownNameError(self.kind, name, self._found) from None

    def __contains__(self, name: object) -> bool:
        return name in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def _discover(base: type[T], package: ModuleType) -> Iterator[T]:
    for info in pkgutil.iter_modules(package.__path__):
        if not info.name.startswith("_") and info.name not in SHARED:
            yield _only_class(base, import_module(f"{package.__name__}.{info.name}"))()


def _only_class(base: type[T], module: ModuleType) -> type[T]:
    found = [
        thing
        for thing in vars(module).values()
        if isinstance(thing, type)
        and issubclass(thing, base)
        and thing.__module__ == module.__name__
        and not isabstract(thing)
    ]
    stem = module.__name__.rpartition(".")[2]
    ids = [getattr(thing, "id", "") for thing in found]
    if ids != [stem]:
        raise PrintlightError(
            f"{module.__file__} must define one {base.__name__} with id {stem!r}.",
            hint=f"It defines {ids}.",
        )
    return found[0]
