"""Plug-ins are found by looking, and a broken one stops the program with its file's name."""

import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from uuid import uuid4

import pytest

from app.errors import PrintlightError, UnknownNameError
from app.registry import Registry


class Tool(ABC):
    """What the plug-ins of these tests are."""

    id: str

    @abstractmethod
    def work(self) -> str:
        """Do something."""


GOOD = """
from tests.test_registry import Tool
class Any(Tool):
    id = "{id}"
    def work(self): return "{id} works"
"""

ABSTRACT = """
from tests.test_registry import Tool
class Half(Tool):
    pass
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a package that can be imported, and forget it afterwards."""
    package = tmp_path / f"tools_{uuid4().hex}"
    package.mkdir()
    (package / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setitem(sys.modules, "tests.test_registry", sys.modules[__name__])
    yield package
    for name in [name for name in sys.modules if name.startswith(package.name)]:
        del sys.modules[name]


def registry(folder: Path, **modules: str) -> Registry[Tool]:
    for name, content in modules.items():
        (folder / f"{name}.py").write_text(content)
    package: ModuleType = import_module(folder.name)
    return Registry("tool", Tool, package)


def test_every_file_is_a_plug_in_and_shared_ones_are_not(folder: Path) -> None:
    found = registry(
        folder, hammer=GOOD.format(id="hammer"), saw=GOOD.format(id="saw"), base="x = 1", template="", _http="raise"
    )
    assert sorted(found) == ["hammer", "saw"]
    assert len(found) == 2
    assert "saw" in found
    assert "base" not in found
    assert found["hammer"].work() == "hammer works"


BROKEN = [
    pytest.param(GOOD.format(id="hamer"), "['hamer']", id="misnamed"),
    pytest.param(GOOD.format(id="hammer") + GOOD.format(id="saw").replace("Any", "Other"), "'saw'", id="two-classes"),
    pytest.param("x = 1\n", "[]", id="no-class"),
    pytest.param("from tests.test_registry import Tool\n", "[]", id="only-imported"),
    pytest.param(ABSTRACT, "[]", id="abstract"),
]


@pytest.mark.parametrize(("content", "defines"), BROKEN)
def test_a_broken_plug_in_stops_the_program_with_its_file(content: str, defines: str, folder: Path) -> None:
    with pytest.raises(PrintlightError) as caught:
        registry(folder, hammer=content)
    assert f"{folder / 'hammer.py'} must define one Tool with id 'hammer'." in caught.value.message
    assert defines in caught.value.hint


def test_a_class_without_an_id_stops_the_program_with_its_file(folder: Path) -> None:
    with pytest.raises(PrintlightError, match=r"hammer\.py must define one Tool"):
        registry(folder, hammer=GOOD.format(id="hammer").replace("    id =", "    name ="))


@pytest.mark.parametrize(
    ("name", "hint"), [("hamer", "Did you mean 'hammer'?"), ("zzz", "Known: hammer, saw.")], ids=["near", "far"]
)
def test_an_unknown_name_is_answered_with_what_is_known(name: str, hint: str, folder: Path) -> None:
    found = registry(folder, hammer=GOOD.format(id="hammer"), saw=GOOD.format(id="saw"))
    with pytest.raises(UnknownNameError) as caught:
        found[name]
    assert caught.value.message == f"No tool is called {name!r}."
    assert caught.value.hint == hint
    assert found.get("hammer") is not None
