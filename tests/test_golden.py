"""Every tests/golden/<target>.md is a specification that a filmmaker can read: a shot, then what the model is sent.

`pytest --golden` rewrites the answers; read the diff.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.pipeline import compile_shot
from app.schema import Compiled, read_data
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
    lines += [f"IMAGE{sent.slot}: {sent.id}" for sent in compiled.references]
    lines += [
        f"lost: {', '.join(loss.paths)}: {loss.reason}{f' Sent: {loss.sent}.' if loss.sent else ''}"
        for loss in compiled.losses
    ]
    lines += [f"{finding.severity}: {finding.message}" for finding in compiled.findings]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(("path", "name"), list(cases()))
def test_golden(path: Path, name: str, request: pytest.FixtureRequest) -> None:
    text = path.read_text(encoding="utf-8")
    case = next(found for found in CASE.finditer(text) if found["name"] == name)
    data = tomllib.loads(case["shot"])
    if "sample" in data:
        data = vocabulary().samples[data["sample"]].shot
    got = answer(compile_shot(read_data(data), vocabulary().target(path.stem), vocabulary()))
    if request.config.getoption("--golden") and got != case["want"]:
        block = case[0].replace(f"```text\n{case['want']}```", f"```text\n{got}```")
        path.write_text(text.replace(case[0], block), encoding="utf-8")
    else:
        assert got == case["want"]


def test_every_living_target_has_a_page() -> None:
    wanted = {target.id for target in vocabulary().targets.values() if not target.retired}
    like = {"uni-1-max"}  # the same words and limits as uni-1
    assert wanted - like == {path.stem for path in FOLDER.glob("*.md")}
