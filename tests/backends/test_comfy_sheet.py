"""A workflow laid out for a person: what goes where, why, and where else it could go."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.backends import Access, Sheet, Slot, backends
from app.backends._comfy_guess import guess
from app.backends._comfy_map import PLACES, fits, place_of, read
from app.backends._comfy_order import own_of
from app.backends._comfy_sheet import sheet
from app.errors import BadInputError
from tests.backends.fakes import workflows
from tests.backends.fakes.workflows import node
from tests.backends.test_comfy_map import ALL, GRAPHS


def slot(of: Sheet, name: str) -> Slot:
    return next(one for one in of.slots if one.name == name)


def offered(one: Slot) -> dict[str, list[str]]:
    return {offer.node: [each.says for each in offer.inputs] for offer in one.offers}


@pytest.mark.parametrize("name", ALL)
def test_a_guess_is_shown_with_its_reasons_and_can_be_chosen_again(name: str) -> None:
    found, shown = guess(ALL[name]), sheet(ALL[name], None)
    assert {place: tuple(there) for place, there in shown.at.items()} == found.at
    assert (shown.missing, shown.is_right) == (found.missing, True)
    for one in shown.slots:
        assert all(map(one.offers_to, one.at)), one.name
        assert one.why.lower() == found.why.get(one.name, "").lower()
    told = {one.label for one in shown.slots} | set(shown.homeless)
    assert told >= {one.label for one in PLACES.values()}


@pytest.mark.parametrize("name", ALL)
def test_only_inputs_of_the_right_kind_are_offered(name: str) -> None:
    workflow = ALL[name]
    for one in sheet(workflow, None).slots:
        known = place_of(one.name)
        assert known
        for address in (each.address for offer in one.offers for each in offer.inputs):
            at, _, key = address.partition(".inputs.")
            assert not key if known.kind == "node" else fits(workflow[at]["inputs"][key], known.kind), address


def test_an_input_is_told_by_node_name_and_value() -> None:
    shown = sheet(ALL["CONTROLLED"], None)
    assert offered(slot(shown, "prompt"))["6 CLIPTextEncode “Positive”"] == ["6 Positive · text = a film still"]
    assert offered(slot(shown, "depth")) == {
        "21 LoadImage": ["21 LoadImage · image = map_a.png"],
        "24 LoadImage “Actor's pose”": ["24 Actor's pose · image = map_b.png"],
    }
    assert offered(slot(shown, "output")) == {"Nodes at the end": ["9 SaveImage"]}
    long = {"1": node("Note", text="rain " * 50)}
    assert offered(slot(sheet(long, None), "prompt"))["1 Note"][0].endswith("rain rain…")


def test_what_no_input_takes_is_named_and_not_asked() -> None:
    shown = sheet(ALL["PLAIN"], None)
    assert shown.homeless == tuple(
        PLACES[name].label
        for name in ("source", "mask", "start_frame", "end_frame", "depth", "pose", "edges", "normals")
    )
    assert "reference.1" not in {one.name for one in shown.slots}


def test_there_is_room_for_one_more_reference_and_a_strength_stands_behind_its_picture() -> None:
    names = [one.name for one in sheet(ALL["LENDING"], None).slots]
    assert names[-4:] == ["reference.1", "reference.1.strength", "reference.2", "output"]


@pytest.mark.parametrize(
    ("said", "place", "why"),
    [
        ({"prompt": ("7.inputs.text",)}, "prompt", "Chosen by hand. The guess was 6 Positive · text. Node 6 ("),
        ({}, "prompt", "Left out by hand. The guess was 6 Positive · text."),
        ({"fps": ("3.inputs.cfg",)}, "fps", "Chosen by hand."),
        ({}, "fps", ""),
        ({"output": ()}, "output", "Left out by hand. The guess was 9 SaveImage."),
    ],
)
def test_what_was_chosen_by_hand_says_so(said: dict[str, tuple[str, ...]], place: str, why: str) -> None:
    found = slot(sheet(ALL["PLAIN"], said), place)
    assert found.why.startswith(why)
    assert bool(found.why) == bool(why)
    assert found.at == said.get(place, ())


@pytest.mark.parametrize(
    ("said", "place", "says"),
    [
        ({"prompt": ("66.inputs.text",)}, "prompt", "no node 66"),
        ({"seed": ("3.inputs.cfg",)}, "seed", "no whole number"),
        ({"prompt": ("6.inputs.text",), "negative": ("6.inputs.text",)}, "negative", "already takes “Prompt”"),
        ({"promt": ("6.inputs.text",)}, "promt", "Did you mean 'prompt'?"),
    ],
)
def test_what_is_wrong_stands_with_its_place(said: dict[str, tuple[str, ...]], place: str, says: str) -> None:
    shown = sheet(ALL["PLAIN"], said)
    assert [one.name for one in shown.slots if one.problem] == [place]
    assert says in slot(shown, place).problem
    assert not shown.is_right
    assert shown.at[place] == list(said[place])


def test_two_pictures_may_share_an_input() -> None:
    said = {"source": ("10.inputs.image",), "mask": ("10.inputs.image",)}
    assert sheet(ALL["INPAINT"], said).is_right


@pytest.mark.parametrize("said", [None, "", {"seed": "3.inputs.seed"}, '{"seed": "3.inputs.seed"}', {}])
def test_what_is_shown_is_what_is_sent(said: Any) -> None:
    access = Access(options={"workflow": workflows.PLAIN, "places": said})
    shown, own = backends["comfyui"].sheet(access), own_of(access)
    assert shown
    assert own
    assert {name: tuple(there) for name, there in shown.at.items()} == own.at


def test_only_a_backend_that_asks_for_a_workflow_lays_one_out() -> None:
    access = Access(options={"workflow": workflows.PLAIN})
    for one in backends.values():
        assert (one.sheet(access) is not None) == any(ask.kind == "workflow" for ask in one.asks)
        assert one.sheet(Access()) is None


@given(GRAPHS, st.dictionaries(st.sampled_from((*PLACES, "reference.2", "foo")), st.lists(st.text(max_size=9))))
def test_any_graph_is_laid_out_with_any_places(graph: dict[str, Any], said: dict[str, list[str]]) -> None:
    shown = sheet(graph, said)
    assert shown.at == {name: there for name, there in said.items() if there}
    assert sheet(graph, None).is_right


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(alphabet="a\ud800\0.", max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
NODES = st.fixed_dictionaries(
    {}, optional={"class_type": st.just("LoadImage") | VALUES, "inputs": VALUES, "_meta": VALUES}
)


@given(VALUES | st.dictionaries(st.text(max_size=2), NODES | VALUES, max_size=3))
def test_any_json_is_laid_out_or_refused(data: Any) -> None:
    """What is read can be written and sent as UTF-8 text, without a number that JSON has not."""
    try:
        workflow = read(json.dumps(data))
    except BadInputError as error:
        str(error).encode()
        return
    shown = sheet(workflow, None)
    assert shown.workflow == workflow
    json.dumps(workflow, ensure_ascii=False, allow_nan=False).encode()
    str(shown).encode()
