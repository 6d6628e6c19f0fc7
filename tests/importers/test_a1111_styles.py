"""The styles of A1111: each row as the prompt that it is."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import PrintlightError, ShotError
from app.exporters import export, exporters
from app.importers import Imported, import_file, importers
from app.schema.paths import leaves
from app.vocab import vocabulary
from tests.exporters.reels import reel
from tests.shots import examples

VOCABULARY = vocabulary()
HEAD = "name,prompt,negative_prompt\n"


def read(content: str) -> Imported:
    """Read a file of styles."""
    return importers["a1111_styles"].read(content, "styles.csv", VOCABULARY)


def test_ours_come_back_as_what_their_prompts_say() -> None:
    film = reel("sdxl")
    made = export(exporters["a1111_styles"], film)
    importer, found = import_file(made.content, made.name, VOCABULARY)
    assert importer.id == "a1111_styles"
    assert [one.name for one in found.labels] == ["12A The stair", "12B The door", "13 Outside"]
    for one in found.shots:
        told = leaves(one)
        assert told["camera.size"] == "camera.size.cu"
        assert told["camera.focal_mm"] == 85


def test_negatives_are_kept_out_and_settings_are_no_picture() -> None:
    found = read(f'{HEAD}"Noir, wet","close-up, 85mm lens <lora:rain:0.8>","people, text"\n-- heading --,,\n')
    (shot,) = found.shots
    assert shot.exclude
    assert found.labels[0].name == "Noir, wet"
    assert [one for one in found.values if one.status == "unknown"]


REFUSED = {
    "nothing": ("", "line 1"),
    "another table": ("scene,shot\n1,2\n", "line 1: this is no header"),
    "no style": (HEAD, "no style"),
    "an open quote": (f'{HEAD}a,"close-up', "after line 1: unexpected end"),
    "a long prompt": (f"{HEAD}a,b,\nb,{'x' * 20_001},\n", "line 3"),
    "many styles": (HEAD + "a,close-up,\n" * 1001, "too many styles"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_file_of_styles_is_refused_with_its_line(name: str) -> None:
    content, said = REFUSED[name]
    with pytest.raises(ShotError, match=said):
        read(content)


@given(st.text(st.sampled_from('ab,"\n\r\x00 {<'), max_size=60))
@examples(60)
def test_anything_is_read_or_refused_in_a_sentence(rows: str) -> None:
    with suppress(PrintlightError):
        read(HEAD + rows)
