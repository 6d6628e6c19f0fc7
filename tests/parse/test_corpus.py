"""Prompts as people write them: what must be understood comes back, and nothing is read into them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from app.parse import parse
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
    assert len(PROMPTS) >= 60
    assert sum(len(prompt["want"]) for prompt in PROMPTS) >= 240


@pytest.mark.parametrize("prompt", PROMPTS, ids=lambda prompt: prompt["text"][:40])
def test_a_prompt_is_understood(prompt: dict[str, Any]) -> None:
    found = leaves(parse(prompt["text"], VOCABULARY).shot)
    for path, value in prompt["want"].items():
        got = plain(found.get(path))
        missing = [one for one in value if one not in (got or [])] if isinstance(value, list) else got != value
        assert not missing, f"{path}: {got!r}, not {value!r}"
    for path in prompt.get("wont", []):
        assert not any(one == path or one.startswith(f"{path}.") for one in found), path
