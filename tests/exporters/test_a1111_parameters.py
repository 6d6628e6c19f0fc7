"""The text that A1111 writes under a picture, read back."""

from dataclasses import replace

import pytest

from app.exporters import Reel, export, exporters
from app.parse.forms import read_any
from app.schema.compiled import Param, Segment
from app.vocab import vocabulary
from tests.exporters.reels import reel


def told(film: Reel) -> str:
    """Return the text of a film's first shot."""
    return export(exporters["a1111_parameters"], replace(film, shots=film.shots[:1])).content.decode()


def with_params(**params: object) -> Reel:
    """Return a film whose first shot has some parameters, and rain kept out of it."""
    film = reel("sdxl")
    compiled = film.shots[0].compiled
    more = {name: Param(value) for name, value in params.items()}
    first = replace(compiled, params={**compiled.params, **more}, negative=(Segment("rain"),))
    return replace(film, shots=(replace(film.shots[0], compiled=first),))


def test_the_prompt_the_negative_and_the_settings_stand_on_lines_of_their_own() -> None:
    film = with_params(seed=7, steps=28, cfg_scale=5.5, sampler_name="Euler a")
    prompt, negative, settings = told(film).splitlines()
    assert prompt == film.shots[0].compiled.text
    assert negative == "Negative prompt: rain"
    assert settings == ("Steps: 28, Sampler: Euler a, CFG scale: 5.5, Seed: 7, Size: 1536x640, Version: Printlight")


def test_what_nobody_said_is_the_programs_own() -> None:
    assert told(reel("sd-1.5")).splitlines()[-1].startswith("Steps: 20, ")
    assert "Seed: -1" in told(reel("sd-1.5"))


@pytest.mark.parametrize("target", exporters["a1111_parameters"].targets)
def test_it_is_read_back(target: str) -> None:
    film = reel(target)
    (read,) = read_any(told(film), vocabulary())
    assert read.form == "a1111"
    assert read.params["Steps"] == 20
    assert read.shot.camera
    assert read.shot.camera.size == "camera.size.cu"


def test_a_value_with_signs_is_quoted() -> None:
    assert 'Model: "a, b: \\"c\\""' in told(with_params(sd_model_checkpoint='a, b: "c"'))
