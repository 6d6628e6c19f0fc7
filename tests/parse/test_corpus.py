"""Prompts as people write them: what must be understood comes back, and nothing is read into them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from app.parse.forms import read_any
from app.schema.paths import leaves
from app.vocab import vocabulary

VOCABULARY = vocabulary()
PROMPTS = tomllib.loads((Path(__file__).parent / "corpus.toml").read_text("utf-8"))["prompt"]


def plain(value: Any) -> Any:
    """Return words of one's own as text."""
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value["words"] if isinstance(value, dict) else value


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    assert len(PROMPTS) >= 140
    assert sum(len(prompt["want"]) for prompt in PROMPTS) >= 750


def holds(found: dict[str, Any], path: str, value: Any) -> bool:
    """Tell whether a value stands at a path; of a list, whether all of it does."""
    got = plain(found.get(path))
    return set(value) <= set(got or []) if isinstance(value, list) else bool(got == value)


@pytest.mark.parametrize("prompt", PROMPTS, ids=lambda prompt: prompt["text"][:40])
def test_a_prompt_is_understood(prompt: dict[str, Any]) -> None:
    found = leaves(read_any(prompt["text"], VOCABULARY)[0].shot)
    for path, value in prompt["want"].items():
        assert holds(found, path, value), f"{path}: {plain(found.get(path))!r}, not {value!r}"
    for path in prompt.get("wont", []):
        assert not any(one == path or one.startswith(f"{path}.") for one in found), path


@pytest.mark.parametrize("prompt", [one for one in PROMPTS if "known" in one], ids=lambda prompt: prompt["text"][:40])
def test_what_is_known_to_be_misread_still_is(prompt: dict[str, Any]) -> None:
    found = leaves(read_any(prompt["text"], VOCABULARY)[0].shot)
    mended = [path for path, value in prompt["known"].items() if holds(found, path, value)]
    assert not mended, "Understood now: move it to `want`."
