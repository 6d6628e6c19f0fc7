"""`printlight verify`: where a picture or clip comes from, as it tells itself, and whether it is as it was let out."""

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

from app.errors import BadInputError
from app.files import MAX_FILM_BYTES
from app.files.origin import Origin, origin_of
from app.parse.boxes import is_mp4
from app.parse.inscriptions import MAX_PICTURE

PIXELS = {
    "as exported": "as Printlight let them out",
    "changed": "not those that Printlight let out",
    "not told": "",
}

CREDENTIALS = {
    "none": "none",
    "valid": "intact, by a signer whom no list of trust here names",
    "trusted": "intact, by a trusted signer",
    "broken": "broken: the file was changed after it was signed, or the signature does not hold",
    "not checked": "there, and not checked: pip install 'printlight[c2pa]'",
}


def run_verify(arguments: Namespace) -> int:
    """Print what a picture or clip tells of itself. Exit status 1 when what was checked is otherwise than told."""
    origin = origin_of(_content(Path(arguments.PICTURE)))
    if arguments.json:
        print(json.dumps(as_data(origin), indent=2, ensure_ascii=False))
    else:
        _print(origin)
    return 0 if origin.sound else 1


def as_data(origin: Origin) -> dict[str, Any]:
    """Return an origin as JSON prints it."""
    told, take = origin.told, origin.take
    return {
        "printlight": origin.ours,
        "name": told.title or take.get("name", ""),
        "take": take.get("number"),
        "revision": take.get("revision"),
        "backend": take.get("backend", ""),
        "target": told.target or origin.document.get("target", ""),
        "prompt": origin.document.get("prompt", ""),
        "negative": take.get("negative", ""),
        "author": told.creator,
        "references": origin.references,
        "source_type": told.source_type,
        "ai": {
            "system": told.ai_system,
            "version": told.ai_version,
            "prompt": told.ai_prompt,
            "writer": told.ai_writer,
        },
        "original": told.original,
        "pixels": origin.pixels,
        "c2pa": {"state": origin.c2pa, "signer": origin.signer},
    }


def _print(origin: Origin) -> None:
    if not origin.ours:
        print("This file carries nothing of Printlight.")
    data = as_data(origin)
    ai = " ".join(filter(None, (data["ai"]["system"], data["ai"]["version"])))
    take = f"{data['take']}, of revision {data['revision']}" if data["take"] else ""
    rows = {
        "Shot": data["name"],
        "Take": take,
        "By": data["author"],
        "Written for": data["target"],
        "Prompt": data["prompt"],
        "Negative": data["negative"],
        "Source type": data["source_type"].rpartition("/")[2],
        "AI system": ai,
        "AI prompt": "" if data["prompt"] else data["ai"]["prompt"],
        "Original": data["original"],
        "Pixels": PIXELS[origin.pixels],
        "Credentials": f"{CREDENTIALS[origin.c2pa]}{f' ({origin.signer})' if origin.signer else ''}",
    }
    for label, value in rows.items():
        if value:
            print(f"{label:<12} {value}")
    for one in data["references"]:
        print(f"{'Reference':<12} {one['sha256']} {one['role'].rpartition('.')[2]}".rstrip())


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_PICTURE + 1)
            most = MAX_FILM_BYTES if is_mp4(content) else MAX_PICTURE
            content += file.read(most - MAX_PICTURE)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadInputError(f"{path} cannot be read: {reason}.", hint="Give the path of a picture or a clip.") from None
    if len(content) > most:
        raise BadInputError(f"{path} is larger than {most >> 20} MB.", hint="Nothing of ours is.")
    return content
