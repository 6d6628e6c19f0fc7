"""Reading prompts back: a parse of 80 words beside one render of dynamicprompts, and the import of 1,000 prompts.

`dynamicprompts` fills in a template of the same length with as many choices as the parse finds fields. It is a peer
for the speed of text alone: it understands nothing.
"""

import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from dynamicprompts.generators.randomprompt import RandomPromptGenerator

from app.importers import read_prompt
from app.parse import Parsed, parse
from app.parse.forms import read_any
from app.pipeline import compile_shot
from app.schema import read_data
from app.vocab import Vocabulary, vocabulary
from benchmarks.compiling import pair, template

WORDS = 80
PROMPTS = 1000
CORPUS = Path(__file__).parents[1] / "tests" / "parse" / "corpus.toml"

PROMPT = (
    "Medium close-up of a watchmaker in her sixties with silver hair and a charcoal cardigan, on the right third of "
    "the frame, lifting a hairspring from an open chronometer. 50 mm lens at T2 on Super 35, shallow focus, slow "
    "push-in. Soft key light from camera left at 45°, 3200 K, through silk, motivated by a desk lamp; a hard blue rim "
    "light from behind on camera right, one stop under. Interior, a narrow repair shop at night, rain on the window. "
    "35mm film, fine grain, muted colour, no people, no text."
)
CHOICES = ("{warm|cool|neutral}", "{soft|hard|medium}", "{left|right}", "{close-up|wide shot|full shot}")


def rows() -> Iterator[str]:
    """Yield the row of one parse (aim: one render of dynamicprompts), and of an import (aim: 500 a second)."""
    vocab = vocabulary()
    found = parse(PROMPT, vocab)
    generator = RandomPromptGenerator()
    asked = _asked(len(found.spans))
    render = template(compile_shot(found.shot, vocab.target("uni-1"), vocab))
    ours, theirs = pair(lambda: parse(PROMPT, vocab), lambda: generator.generate(asked, 1), rounds=3, repeats=10)
    _, jinja = pair(lambda: parse(PROMPT, vocab), render, rounds=10, repeats=5)
    head = f"{'words':>8}{'fields':>8}{'µs':>10}{'dynamicprompts':>20}{'Jinja2':>11}"
    yield f"{'parse of a prompt':<24}{head}{'ratio':>8}"
    numbers = f"{len(PROMPT.split()):>8}{len(found.spans):>8}{ours:>10.0f}{theirs:>20.0f}{jinja:>11.1f}"
    yield f"{'':<24}{numbers}{ours / theirs:>8.2f}"
    yield f"{'import of 1,000 prompts':<24}{'words':>8}{'shots':>8}{'a second':>10}   aim: 500"
    own = _written(vocab)
    kinds: tuple[tuple[str, list[str], Callable[[str], list[Parsed]]], ...] = (
        ("as people write them", _corpus(), lambda text: read_prompt(text, "The text", vocab)),
        ("our own, coming back", own, lambda text: read_prompt(text, "The text", vocab)),
        ("our own, as any text", own, lambda text: read_any(text, vocab)),
    )
    for name, texts, read in kinds:
        prompts = [texts[number % len(texts)] for number in range(PROMPTS)]
        start = time.perf_counter()
        shots = sum(len(read(one)) for one in prompts)
        rate = len(prompts) / (time.perf_counter() - start)
        yield f"{name:<24}{sum(len(one.split()) for one in prompts) // PROMPTS:>8}{shots:>8}{rate:>10.0f}"


def _asked(choices: int) -> str:
    """Return a template of as many words as the prompt has, with so many choices among them."""
    plain = ["light"] * (WORDS - choices)
    return " ".join([*(CHOICES[number % len(CHOICES)] for number in range(choices)), *plain])


def _corpus() -> list[str]:
    """Return prompts of many forms as filmmakers and prompt writers write them."""
    return [one["text"] for one in tomllib.loads(CORPUS.read_text(encoding="utf-8"))["prompt"]]


def _written(vocab: Vocabulary) -> list[str]:
    """Return prompts of our own: every sample for every living image target."""
    targets = [one for one in vocab.targets.values() if not one.retired and one.medium == "image"]
    written = [
        compile_shot(read_data(sample.shot), target, vocab).text
        for sample in vocab.samples.values()
        for target in targets
    ]
    return [text for text in written if text]
