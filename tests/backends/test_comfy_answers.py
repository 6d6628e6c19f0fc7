"""Whatever a ComfyUI answers, it is read without a stumble."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.backends._comfy_answers import ended, files_of, holds, notes, refused, standing_of, used

KEYS = st.sampled_from(
    ("status", "status_str", "messages", "outputs", "images", "filename", "type", "prompt", "inputs", "node_errors")
) | st.sampled_from(("errors", "error", "message", "details", "printlight", "ref", "9", "success", "execution_error"))
LEAVES = st.none() | st.booleans() | st.integers(-3, 3) | st.floats() | st.text(max_size=3) | KEYS
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


@given(st.dictionaries(KEYS, ANYTHING))
def test_any_history_has_an_end(entry: dict[str, Any]) -> None:
    end = ended(entry)
    assert end.state in ("done", "failed")
    assert (end.state == "done") <= bool(files_of(entry))
    assert end.state == "done" or (end.message and end.code)
    assert all(isinstance(value, str | int | float) for value in used(entry).values())
    assert all(notes(entry, files_of(entry)))


@given(st.lists(ANYTHING, max_size=4), st.lists(ANYTHING, max_size=4))
def test_any_queue_can_be_asked(running: list[Any], pending: list[Any]) -> None:
    queue = {"queue_running": running, "queue_pending": [*pending, [1, "ours", {}, {"printlight": {"ref": "12a"}}]]}
    place = standing_of(queue, "ours")
    assert place is not None
    assert 1 <= place <= len(running) + len(pending) + 1
    assert [holds(item, "12a") for item in queue["queue_pending"]][-1] == "ours"


@given(ANYTHING)
def test_any_refusal_is_one_line_or_none(body: Any) -> None:
    said = refused(body)
    assert "\n" not in said
    assert len(said) <= 5 * 400 + 40


def items(*numbers: tuple[float, str]) -> list[Any]:
    return [[number, name, {}, {}, []] for number, name in numbers]


@pytest.mark.parametrize(
    ("running", "pending", "place"),
    [
        ([(0, "ours")], [], 0),
        ([(0, "a")], [(2, "ours"), (1, "b")], 2),
        ([], [(2, "b"), (1, "ours")], 1),
        ([(0, "a")], [(-3, "ours"), (1, "b")], 1),
        ([(0, "a")], [(1, "b")], None),
    ],
)
def test_a_place_in_the_queue_is_by_its_number(running: Any, pending: Any, place: int | None) -> None:
    assert standing_of({"queue_running": items(*running), "queue_pending": items(*pending)}, "ours") == place


def saved(node: str, *names: str, kind: str = "output", heading: str = "images") -> dict[str, Any]:
    return {node: {heading: [{"filename": name, "subfolder": "", "type": kind} for name in names]}}


@pytest.mark.parametrize(
    ("outputs", "output", "kept"),
    [
        (saved("9", "a.png", "b.png"), "", ["a.png", "b.png"]),
        ({**saved("9", "a.png"), **saved("12", "b.png")}, "", ["b.png"]),
        ({**saved("9", "a.png"), **saved("12", "b.png")}, "9", ["a.png"]),
        ({**saved("9", "a.png"), **saved("12", "b.png", kind="temp")}, "", ["a.png"]),
        ({**saved("9", "a.mp4", heading="gifs"), **saved("12", "b.png")}, "", ["a.mp4"]),
        ({**saved("9", "a.wav", heading="audio"), **saved("12", "b.png")}, "", ["b.png"]),
        (saved("9", "a.png", kind="temp"), "7", ["a.png"]),
        ({"9": {"text": ["words"], "animated": [True]}}, "", []),
    ],
)
def test_the_file_to_keep_is_chosen(outputs: Any, output: str, kept: list[str]) -> None:
    assert [one["filename"] for one in files_of({"outputs": outputs}, output)] == kept
