"""A Python script that has Luma make the pictures of a reel and puts them beside itself."""

from pprint import pformat
from textwrap import indent

from app.exporters._luma_scripts import KEY, PICTURES, TARGETS, Told, filled, on_one_line, told
from app.exporters.base import Exporter, Options, Reel
from app.schema.slates import file_name

SCRIPT = """#!/usr/bin/env python3
# -*- coding: utf-8 -*-
# {title}: {count} by Luma. Each request costs what Luma charges for it.
# Needs Python 3.9 or newer and `pip install luma-agents`. Run it with your key of the Luma Agents API in the
# environment variable {key}; name slates behind it to shoot those alone.
import base64
import os
import sys
import time
import urllib.request
from pathlib import Path

from luma_agents import Luma

HERE = Path(__file__).resolve().parent
KINDS = {{
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".mp4": "video/mp4",
}}
WAIT_S, PATIENCE_S = 2, 900


def picture(name):
    for ending, kind in KINDS.items():
        file = HERE / "{folder}" / (name + ending)
        if file.is_file():
            return {{"data": base64.b64encode(file.read_bytes()).decode(), "media_type": kind}}
    sys.exit(f"There is no picture {folder}/{{name}}.png (or .jpg, .webp, .gif, .mp4) here: put it there.")


def shoot(client, name, body):
    made = client.with_options(max_retries=0).generations.create(**body)  # sent twice, it would cost twice
    print(f"{{name}}: {{made.id}}", flush=True)
    give_up = time.monotonic() + PATIENCE_S
    made = client.generations.get(made.id)
    while made.state not in ("completed", "failed") and time.monotonic() < give_up:
        time.sleep(WAIT_S)
        made = client.generations.get(made.id)
    if made.state != "completed":
        print(f"{{name}}: {{made.failure_reason or made.state}}", file=sys.stderr)
        return False
    for number, output in enumerate(made.output or [], start=1):
        with urllib.request.urlopen(output.url) as answer:
            content = answer.read()
        ending = ".png" if content.startswith(b"\\x89PNG") else ".mp4" if output.type == "video" else ".jpg"
        file = HERE / (name + (f"-{{number}}" if number > 1 else "") + ending)
        file.write_bytes(content)
        print(file)
    return True


SHOTS = [
{shots}]


def main():
    if not os.environ.get("{key}"):
        sys.exit("Put your key of the Luma Agents API in the environment variable {key}.")
    wanted = sys.argv[1:]
    chosen = [shot for shot in SHOTS if not wanted or shot["slate"] in wanted]
    bodies = [shot["body"]() for shot in chosen]  # every picture is found before anything is sent
    client = Luma()
    went = [shoot(client, shot["file"], body) for shot, body in zip(chosen, bodies)]
    sys.exit(0 if went and all(went) else 1)


main()
"""
"""Its second line says its encoding, so that no title can."""


class Python(Exporter):
    """Every shot's request as plain data, sent one after the other by Luma's own package."""

    id = "python"
    label = "Python script for Luma"
    suffix = "py"
    media_type = "text/x-python; charset=utf-8"
    group = "Scripts and data"
    used_for = "Shooting with Luma's package luma-agents, or a program of your own that does"
    carries = {
        "order": "fields",
        "slate": "fields",
        "prompt": "fields",
        "negative": "words",
        "params": "fields",
        "references": "fields",
    }
    lacks = (
        "The reference pictures themselves: put them into the folder references under the names that the script says. "
        "Shots for another maker's model are worded anew for Uni-1, clips for Ray 3.2."
    )
    needs_prompts = True
    targets = TARGETS

    def write(self, reel: Reel, options: Options) -> bytes:
        """Write one script for all shots."""
        del options
        shots = "".join(_shot(number, one) for number, one in enumerate(map(told, reel.shots), start=1))
        count = f"{len(reel.shots)} shot{'s' if len(reel.shots) > 1 else ''}"
        title = on_one_line(reel.title)
        return SCRIPT.format(title=title, count=count, key=KEY, folder=PICTURES, shots=shots).encode()


class _Call:
    """A picture in a body, as the script calls for it."""

    def __init__(self, stem: str) -> None:
        self.stem = stem

    def __repr__(self) -> str:
        return f"picture({self.stem!r})"


def _shot(number: int, what: Told) -> str:
    """Return a shot as an entry of the list: its body is made when it is sent, with the pictures in it."""
    file = file_name("{shot}", {"shot": f"{number:03d} {what.shot.title}"}, "x").removesuffix(".x")
    comments = [*what.unsent, *(f"{PICTURES}/{one.stem}: {one.words}" for one in what.files)]
    lines = [f"    # {on_one_line(one)}\n" for one in (what.shot.title, *comments)]
    body = indent(pformat(filled(what.body, _Call), width=100, sort_dicts=False), " " * 12)
    slate = on_one_line(what.shot.slate)
    head = f'    {{\n        "slate": {slate!r},\n        "file": {file!r},\n        "body": lambda: (\n'
    return f"{''.join(lines)}{head}{body}\n        ),\n    }},\n"
