"""`light` gathers what its five modules know of a light."""

from types import FunctionType, ModuleType

import pytest

from app.physics import direction, face, levels, light, shadow, source


@pytest.mark.parametrize("home", [direction, face, levels, shadow, source], ids=lambda home: home.__name__)
def test_every_function_of_a_module_is_found_in_light(home: ModuleType) -> None:
    own = {
        name: one
        for name, one in vars(home).items()
        if isinstance(one, FunctionType) and one.__module__ == home.__name__ and not name.startswith("_")
    }
    assert own
    assert {name: getattr(light, name, None) for name in own} == own
    assert own.keys() <= set(light.__all__)
