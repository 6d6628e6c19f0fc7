"""The shot list as Markdown: to be read as it stands, or on any page that shows Markdown."""

import re
from collections.abc import Iterable, Iterator

from app.exporters import _told as told
from app.exporters.base import FACTS, Exporter, Options, Reel, ReelShot

MARKS = re.compile(r"([\\`*_\[\]<>|#~&])")
"""What Markdown would read as its own, be it in the middle of a line."""


class Markdown(Exporter):
    """Scene by scene, shot by shot: departments, lamps, prompt, and what the model cannot hear."""

    id = "markdown"
    label = "Shot list, Markdown"
    suffix = "md"
    media_type = "text/markdown; charset=utf-8"
    group = "Lists and paper"
    used_for = "Notes, a wiki, a repository, a mail"
    carries = dict.fromkeys([fact for fact in FACTS if fact not in {"picture", "document"}], "words")
    lacks = "Pictures: a take is named by its number and its file, a reference by what it shows."

    def write(self, reel: Reel, options: Options) -> bytes:
        """Write a chapter for each scene and a part for each shot."""
        del options
        by = " · ".join(filter(None, (reel.author, told.day(reel.made))))
        parts = [f"# {_plain(reel.title)}", *([_plain(by)] if by else [])]
        parts += [told.STAYS] if reel.prompts_stay else []
        for scene, shots in told.scenes(reel.shots):
            parts.append(f"## Scene {_plain(scene)}" if scene else "## Without a scene")
            for shot in shots:
                parts += _shot(shot, prompts_stay=reel.prompts_stay)
        return ("\n\n".join(parts) + "\n").encode("utf-8", "replace")


def _shot(shot: ReelShot, *, prompts_stay: bool) -> Iterator[str]:
    yield f"### {_plain(shot.title)}"
    yield _plain(told.head(shot))
    if shot.note:
        yield f"> {_plain(shot.note)}"
    if lines := told.departments(shot):
        yield "\n".join(f"- **{line.department}**: {_plain(line.words)}" for line in lines)
    if rows := told.lamp_list(shot):
        yield _table([told.LAMP_HEADS, *rows])
    if reads := told.reads(shot):
        yield _plain(reads)
    if not prompts_stay:
        yield from _prompt(shot)
    if shot.take:
        yield f"Stands for it: {_plain(told.take(shot))}, {_plain(shot.take.file_name)}"


def _prompt(shot: ReelShot) -> Iterator[str]:
    compiled = shot.compiled
    if compiled.text:
        yield f"Prompt for {_plain(shot.target.label)}:\n\n{_block(compiled.text)}"
    if compiled.negative:
        yield f"Keep out: {_plain(compiled.negative_text)}"
    if compiled.params:
        yield f"Parameters: {_plain(told.parameters(shot))}"
    if losses := told.losses(shot):
        yield "Not whole in this prompt:\n\n" + "\n".join(f"- {_plain(loss)}" for loss in losses)


def _plain(words: str) -> str:
    """Return a text on one line in which Markdown reads nothing as its own."""
    return MARKS.sub(r"\\\1", " ".join(words.split()))


def _block(text: str) -> str:
    """Return a text as a block of its own letters, between fences that are longer than any in it."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}text\n{text}\n{fence}"


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    heads, *others = ([_plain(cell) for cell in row] for row in rows)
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, ["---"] * len(heads), *others))
