"""Every tests/golden/<target>.md is a specification that a filmmaker can read: a shot, then what the model is sent.

`pytest --golden` rewrites the answers; read the diff.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.pipeline import compile_shot
from app.schema import Compiled, Loss, Shot, read_data, read_file
from app.vocab import vocabulary

FOLDER = Path(__file__).parent / "golden"
CASE = re.compile(
    r"^## (?P<name>[^\n]+)\n(?P<prose>.*?)```toml\n(?P<shot>.*?)```\n+```text\n(?P<want>.*?)```",
    re.MULTILINE | re.DOTALL,
)


def cases() -> Iterator[object]:
    """Yield one test for each heading."""
    for path in sorted(FOLDER.glob("*.md")):
        for case in CASE.finditer(path.read_text(encoding="utf-8")):
            yield pytest.param(path, case["name"], id=f"{path.stem}: {case['name']}")


def answer(compiled: Compiled) -> str:
    """Write a prompt with all that goes beside it."""
    lines = [compiled.text]
    if compiled.negative:
        lines.append(f"negative: {compiled.negative_text}")
    lines += [f"{name}: {param.value}" for name, param in compiled.params.items()]
    lines += [f"{sent.field or f'picture {sent.slot}'}: {sent.id}" for sent in compiled.references]
    lines += [lost(loss) for loss in compiled.losses]
    lines += [f"{finding.severity}: {finding.message}" for finding in compiled.findings]
    return "\n".join(lines) + "\n"


def lost(loss: Loss) -> str:
    """Write a loss on a line, with what went out instead and what one may do about it."""
    told = [f"lost: {', '.join(loss.paths)}: {loss.reason}"]
    told += [f"Sent: {loss.sent}."] if loss.sent else []
    told += [f"[{choice.label}]" for choice in loss.choices]
    return " ".join(told)


def shot_of(data: dict[str, Any]) -> Shot:
    """Read a case's shot: its own, a sample's, or one of tests/golden/shots."""
    if "sample" in data:
        return read_data(vocabulary().samples[data["sample"]].shot)
    return read_file(FOLDER / "shots" / f"{data['golden']}.toml") if "golden" in data else read_data(data)


@pytest.mark.parametrize(("path", "name"), list(cases()))
def test_golden(path: Path, name: str, request: pytest.FixtureRequest) -> None:
    text = path.read_text(encoding="utf-8")
    case = next(found for found in CASE.finditer(text) if found["name"] == name)
    data = tomllib.loads(case["shot"])
    got = answer(compile_shot(shot_of(data), vocabulary().target(path.stem), vocabulary()))
    if request.config.getoption("--golden") and got != case["want"]:
        block = case[0].replace(f"```text\n{case['want']}```", f"```text\n{got}```")
        path.write_text(text.replace(case[0], block), encoding="utf-8")
    else:
        assert got == case["want"]


def test_every_living_target_has_a_page() -> None:
    wanted = {target.id for target in vocabulary().targets.values() if not target.retired}
    assert wanted == {path.stem for path in FOLDER.glob("*.md")}


def test_every_dialect_and_medium_has_a_whole_page() -> None:
    """A whole page shows the demo shot and at least six more; the page of a target like another shows the demo shot."""
    known = vocabulary().targets
    pages = {path.stem: CASE.findall(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.md")}
    whole = {(known[name].dialect, known[name].medium) for name, found in pages.items() if len(found) >= 7}
    assert whole == {(one.dialect, one.medium) for one in known.values() if not one.retired}
