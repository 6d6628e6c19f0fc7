"""Whatever somebody pastes: shots whose spans are true, or an error in a sentence, in bounded time."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BadInputError, PrintlightError
from app.importers import document_of, read_prompt
from app.parse import Parsed
from app.parse.forms import read_any
from app.vocab import vocabulary
from tests.parse.test_forms import CASES, assert_spans_are_true
from tests.parse.test_forms_pictures import CARRIED
from tests.shots import examples

MEGABYTE = 1_000_000

REFUSED: dict[str, tuple[str | bytes, str]] = {
    "objects nested deeply": ('{"a":' * 10_000 + "1" + "}" * 10_000, "nested too deeply"),
    "lists nested deeply": ('{"a": ' + "[" * 10_000 + "]" * 10_000 + "}", "nested too deeply"),
    "nested a little too deeply": ('{"a":' * 70 + '"b"' + "}" * 70, "nested too deeply"),
    "broken JSON": ('{"prompt": "a street",\n "seed": }', "breaks in line 2"),
    "JSON that is cut off": ('{"prompt": "a str', "breaks in line 1"),
    "broken JSON in code marks": ('```json\n{"prompt": \n}\n```', "breaks in line 3"),
    "half a character": ("a street \ud83c at night", "half a character"),
    "a megabyte": ("rain " * (MEGABYTE // 5), "characters"),
    "a megabyte in JSON": (json.dumps({"prompt": "rain " * (MEGABYTE // 5)}), "more than 100,000 characters"),
    "a megabyte of numbers": (json.dumps({"a": list(range(150_000))}), "more than 100,000 characters"),
    "more than that": ("x" * 5_000_000, "5,000,000 characters"),
    "too many shots": ("".join(f"Shot {n % 90 + 1}: her hands.\n" for n in range(1000)), "At most 60"),
    "a shot of a later time": ('{"kind": "printlight.shot/9"}', "reads 'printlight.shot/1'"),
    "a shot out of range": ('{"kind": "printlight.shot/1", "camera": {"focal_mm": 1e9}}', "between 2 and 2000 mm"),
    "a take without a shot": ('{"kind": "printlight.take/1"}', "is not a shot"),
    "binary": (bytes(range(256)), "neither text nor a picture"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_a_sentence(name: str) -> None:
    content, said = REFUSED[name]
    with pytest.raises(BadInputError) as caught:
        read_any(content, vocabulary())
    assert said in f"{caught.value.message} {caught.value.hint}"


READ: dict[str, str | bytes] = {
    "nothing": "",
    "blanks": " \n\t ",
    "a mark at the front": "\ufeff[camera]\nfocal_mm = 85",
    "utf-16": "a wet street, 85 mm lens --ar 16:9".encode("utf-16"),
    "utf-8 with its mark": b'\xef\xbb\xbf{"prompt": "85 mm lens"}',
    "no number": '{"prompt": "a street", "seed": NaN, "cfg": Infinity, "steps": -Infinity}',
    "a number without an end": '{"prompt": "a street", "seed": ' + "9" * 5000 + "}",
    "a number beyond floats": '{"prompt": "a street", "seed": 1e999}',
    "the same key twice": '{"prompt": "a wet street", "prompt": "85 mm lens"}',
    "half a character behind an escape": r'{"prompt": "a street \ud800 at night, \u0007 85 mm lens"}',
    "a key of half a character": r'{"\ud800": 5, "prompt": "a street"}',
    "a take with half a character": r'{"kind": "printlight.take/1", "shot": {}, "prompt": "\ud800"}',
    "an empty object": "{}",
    "an object of nothing": '{"a": {}, "b": [], "c": null, "d": ""}',
    "a key of a megabyte": json.dumps({"k" * MEGABYTE: [1] * 1000}),
    "a list of nothing": "[{}, {}]",
    "a list of everything": '[{"prompt": 5}, "a street", [["rain"]], null]',
    "a graph of nothing": '{"nodes": [], "links": []}',
    "a graph of rubbish": '{"nodes": [1, {"id": [], "inputs": [3, {"link": {}}], "widgets_values": {"text": 4}}], '
    '"links": [[], 7]}',
    "a node of rubbish": '{"1": {"class_type": 5, "inputs": [1]}, '
    '"2": {"class_type": "SaveImage", "inputs": {"images": [[], {}]}}}',
    "only flags": "--ar 16:9 --no",
    "no shape": "a street --ar 0:0 --v eight",
    "a frame beyond any": "a street --ar 100:1",
    "an address of nowhere": "http://[ http://[] https://x.test/\x00.png/?a=b a street --ar 1:1 --sref \x00 0 ::",
    "only settings": "Steps: 20, Sampler: Euler",
    "only a negative": "Negative prompt: crowd",
    "settings that end early": 'a street\nSteps: 20, Size: 0x0, Model: "half',
    "times that run backwards": "[00:09-00:02] She waits. [00:01-00:00] She turns.",
    "times beyond a day": "[99:59-99:999] She waits.",
    "labels of nothing": "integrated_multimodal_description:\noverall_soundscape:\nnon_diegetic_music:",
    "brackets": "{" * 20_000 + "}" * 20_000,
    "other brackets": "[" * 20_000 + "(" * 20_000 + "|" * 20_000,
    "angles": "<lora:" * 15_000,
    "weights": "::1" * 10_000 + " --ar 1:1",
    "switches": "[a:b:0.5]" * 5_000 + "\nNegative prompt: " + "(" * 20_000,
    "commas": "," * 10_000 + " --v 7",
    "dashes": "--" * 30_000 + " --ar 1:1",
    "line ends": "\n" * 60_000 + "[0-1s] she waits",
    "marks": "@Image 1 is " * 5_000,
    "quotes": '{"prompt": "' + r"\"" * 20_000 + '"}',
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_odd_input_still_gives_a_shot(name: str) -> None:
    content = READ[name]
    found = read_prompt(content, "The text", vocabulary())
    assert found
    if isinstance(content, str):
        for one in found:
            assert_spans_are_true(one, content)
    json.dumps(document_of(found), allow_nan=False, ensure_ascii=False).encode()


def read_or_told(content: str | bytes) -> list[Parsed] | str:
    """Return the shots of anything, which JSON can hold, or what a person is told instead."""
    try:
        found = read_prompt(content, "What was given", vocabulary())
    except PrintlightError as error:
        return error.message
    json.dumps(document_of(found), allow_nan=False, ensure_ascii=False).encode()
    return found


fragments = st.sampled_from(
    (
        "--ar 16:9", "--no crowd", "--v 7", "::2", "\nNegative prompt:", "\nSteps: 4, Seed: 1", "<lora:a:1>", "(x:1.2)",
        "[a:b:0.4]", "[00:00-00:02]", "[0-4s]", "Shot 1:", "Shot 2 (3s):", "[Shot 2] At 00:05.000,", "[Push in]",
        "{hello}", "<rain>", "【OPEN】", "@Image 1", "<<<image_2>>>", "[Character A: a boy]", "<d>[English] Yes.</d>",
        "```json\n", "```", "overall_soundscape:", '{"prompt": "', '"}', '"subjects": [{"', "85 mm lens",
        "a woman in rain", ",", "\n", "\\", '"', "kind = 'printlight.shot/1'", '"class_type"', "灯", "\u0000", "\u202e",
    )
)  # fmt: skip
soup = st.lists(st.one_of(fragments, st.text(max_size=6)), max_size=16).map(" ".join)
whole = st.sampled_from([case.text for case in CASES.values()])


@st.composite
def torn(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    """A text of which a part is missing, twice there, or replaced."""
    text = draw(texts)
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 40)))
    return text[:start] + draw(st.one_of(st.just(""), fragments, st.just(text[start:end] * 2))) + text[end:]


@examples(150)
@given(st.one_of(soup, torn(whole), torn(torn(whole)), st.text(max_size=80)))
def test_any_text_gives_shots_with_true_spans_or_a_sentence(text: str) -> None:
    found = read_or_told(text)
    assert found
    for one in found if isinstance(found, list) else ():
        assert_spans_are_true(one, text)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A picture with a prompt, of which some bytes are others, missing or too many."""
    content = bytearray(draw(st.sampled_from([content for content, _, _ in CARRIED.values()])))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(8, len(content) - 1))
        content[at : at + draw(st.integers(0, 4))] = draw(st.binary(max_size=4))
    return bytes(content)


@examples(100)
@given(st.one_of(damaged(), st.binary(max_size=60), st.binary(max_size=60).map(lambda raw: b"\x89PNG\r\n\x1a\n" + raw)))
def test_any_bytes_give_shots_or_a_sentence(content: bytes) -> None:
    assert read_or_told(content)
