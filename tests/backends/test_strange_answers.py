"""Whatever a server answers, reading it ends in a picture's bytes or in an error of ours."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.backends import _a1111_answer as a1111
from app.backends import _openai_images_answer as openai
from app.backends._a1111_request import Request
from app.backends._openai_images_request import Learnt
from app.errors import BackendError

WORDS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["size", "1024x1024", "Unknown parameter: 'quality'", "data:;base64,", "/x", "http://[", "Euler"]),
)
VALUES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), WORDS)
ANY = st.recursive(
    VALUES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=4)),
    max_leaves=8,
)

NAMES = st.sampled_from(
    [
        *("prompt", "all_prompts", "seed", "steps", "sampler_name", "sd_model_name", "extra_generation_params"),
        *("index_of_first_image", "clip_skip", "denoising_strength", "negative_prompt", "cfg_scale", "created"),
    ]
)
ENTRIES = st.dictionaries(st.sampled_from(["b64_json", "url", "revised_prompt"]), ANY, max_size=3)
ERRORS = st.dictionaries(st.sampled_from(["error", "detail", "param", "loc", "message"]), ANY, max_size=4)

ASKED = Request(
    "/sdapi/v1/txt2img",
    {
        "prompt": "rain",
        "negative_prompt": "",
        "width": 64,
        "height": 48,
        "steps": 4,
        "cfg_scale": 5,
        "seed": 7,
        "sampler_name": "Euler",
        "scheduler": "Karras",
        "denoising_strength": 0.5,
        "override_settings": {"sd_model_checkpoint": "desert", "CLIP_stop_at_last_layers": 2},
    },
    maps=1,
)


@given(st.dictionaries(NAMES, ANY), st.lists(ANY, min_size=1, max_size=3), st.booleans())
def test_any_info_and_any_images_of_an_a1111_server(used: dict[str, Any], images: list[Any], in_text: bool) -> None:  # noqa: FBT001  drawn
    found = {"images": images, "info": json.dumps(used) if in_text else used}
    told = a1111.info(found)
    with suppress(BackendError):
        assert isinstance(a1111.first(found, told), bytes)
    assert all(note.endswith((".", "asked.")) for note in a1111.notes(ASKED, told, b""))
    assert isinstance(a1111.rewritten(ASKED, told), str)


@given(ANY)
def test_any_info_and_any_preview_of_an_a1111_server(found: Any) -> None:
    assert isinstance(a1111.info({"info": found}), dict)
    assert a1111.preview(found) == b""


@given(st.one_of(ANY, st.builds(lambda one: {"data": [one]}, ENTRIES)))
def test_any_answer_of_an_image_server(found: Any) -> None:
    with suppress(BackendError):
        entry = openai.one(found)
        content = openai.held(entry)
        assert content is None or isinstance(content, bytes)
        assert isinstance(openai.rewritten(entry, "rain"), str)
        json.dumps(openai.used(found, content or b""))
        assert openai.address(entry)


SENT = {"model": "m", "prompt": "p", "n": 1, "size": "1344x768", "quality": "high"}


@given(st.one_of(ANY, ERRORS), WORDS, st.sampled_from([Learnt(), Learnt(frozenset({(1024, 1024)}), frozenset({"n"}))]))
def test_any_refusal_teaches_something_new_or_nothing(body: Any, says: str, known: Learnt) -> None:
    learnt = openai.lesson(body, says, SENT, known)
    assert learnt is None or (learnt != known and learnt.refused >= known.refused and learnt.sizes >= known.sizes)
    assert learnt is None or not learnt.refused & {"model", "prompt"}


SUPPORTED = "Invalid value: '1344x768'. Supported values are: '1024x1024', '1536x1024', and 'auto'."


@pytest.mark.parametrize(
    ("body", "says", "learnt"),
    [
        ({"error": {"param": "size"}}, SUPPORTED, Learnt(frozenset({(1024, 1024), (1536, 1024)}))),
        (None, f"size: {SUPPORTED}", Learnt(frozenset({(1024, 1024), (1536, 1024)}))),
        ({"error": {"param": "prompt"}}, "Write it for a 1024x1024 frame.", None),
        ({"error": {"param": "quality"}}, "Unknown parameter: 'quality'.", Learnt(refused=frozenset({"quality"}))),
        (None, "Unrecognized request argument supplied: 'quality'", Learnt(refused=frozenset({"quality"}))),
        ({"error": {"param": "quality"}}, "Invalid value: 'high'. Supported values are: 'hd'.", None),
        ({"detail": [{"loc": ["body", "n"]}]}, "n: Extra inputs are not permitted", Learnt(refused=frozenset({"n"}))),
        ({"error": {"param": "model"}}, "Unknown parameter: 'model'.", None),
        (None, "Your prompt was flagged.", None),
    ],
)
def test_a_refusal_teaches_sizes_or_a_field(body: Any, says: str, learnt: Learnt | None) -> None:
    assert openai.lesson(body, says, SENT, Learnt()) == learnt


@pytest.mark.parametrize("read", [a1111.info, openai.one])
def test_nothing_at_all_is_no_traceback(read: Callable[[dict[str, Any]], Any]) -> None:
    with suppress(BackendError):
        assert read({}) == {}
