"""The copy of a picture or clip that leaves the library: it tells its shot and where it came from, wherever it goes."""

import json
from dataclasses import dataclass, replace
from typing import Any

from app.backends import backends
from app.errors import BadInputError, UnknownNameError
from app.files import STILLS, films
from app.files.credentials import Ingredient
from app.files.extraction import extracted, is_wider_or_taller
from app.files.label import labelled
from app.library.library import Library
from app.parse.clips import MEDIA_TYPES, carrier
from app.parse.inscriptions import OWN, TAKE, with_text
from app.parse.xmp import Told, write
from app.schema import slates
from app.schema.documents import Draft, Project, Take
from app.schema.upgrades import CURRENT
from app.vocab import vocabulary

WEBM = "video/webm"
"""Nothing is written into one."""

SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "video/mp4": "mp4", WEBM: "webm"}
"""How the file of a copy is called."""

SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
"""IPTC's list of where a picture can come from (release of 2024-10-23)."""

MADE, EDITED, DRAWN = (
    "trainedAlgorithmicMedia",  # "created using generative AI"
    "compositeWithTrainedAlgorithmicMedia",  # "augmentation … using a generative AI model, such as with inpainting"
    "digitalCreation",  # "created by a human using non-generative tools": lamps and a camera set by hand, then rendered
)

SOURCE = "reference.role.source"

MODEL_NAMES = ("model", "sd_model_name")
"""Under what a service tells which model it really used."""


@dataclass(frozen=True)
class Copy:
    """A file to be given away."""

    content: bytes
    media_type: str
    suffix: str
    name: str
    """How its file is called, as its film says."""


def copy_of(
    library: Library, name: str, *, label: bool = False, with_prompt: bool = True, cropped: bool = False
) -> Copy:
    """Return a copy of a take's picture or clip, signed; if asked, with the visible AI label, or without its prompt.

    `cropped` cuts a picture to the ratio that its shot is composed for (`extraction_of`). Without the prompt the shot
    is left out as well, and of a film whose prompts stay home every copy leaves so. Nothing is written into a WebM.
    Raises UnknownNameError for a take without a picture, and BadInputError for a label on a clip or on what no model
    made, and for a cut where there is none.
    """
    take = library.takes.get(name)
    picture = library.pictures.verified(take.picture) if take.picture else None
    if picture is None or take.media_type is None:
        raise UnknownNameError("picture of a take", name, ())
    if label:
        _may_bear_label(take)
    if cropped:
        picture = extracted(picture, _ratio(library, take))
    shot = library.shot(take.shot_id)
    film, suffix = library.project(shot.project_id), SUFFIXES[take.media_type]
    with_prompt, file_name = with_prompt and not film.prompts_stay, called(film, shot, take, suffix)
    if take.media_type == WEBM:
        return Copy(picture if with_prompt else films.untold(picture), WEBM, suffix, file_name)
    photograph = any(one["role"] == SOURCE and library.was_given(str(one["asset"])) for one in take.references)
    content = signed(
        labelled(picture) if label else picture,
        take,
        library.takes.document(name),
        title=" ".join(filter(None, (shot.slate, shot.name))),
        photograph=photograph,
        with_prompt=with_prompt,
    )
    if library.seal:
        went_in = _went_in(library, take, picture) if with_prompt else [one.bare() for one in _given(library, take)]
        of_list = source_type(take, photograph=photograph)
        content = library.seal.sign(content, take.media_type, f"Take {take.number}", of_list, went_in)
    return Copy(content, take.media_type, suffix, file_name)


def called(film: Project, shot: Draft, take: Take, suffix: str) -> str:
    """Return how the file of a take is called."""
    slate = slates.read(shot.slate) or slates.Slate(shot.slate, "")
    said = {
        "film": film.name,
        "slate": shot.slate or shot.name,
        "scene": slate.scene,
        "setup": slate.setup,
        "shot": shot.name,
        "take": str(take.number),
        "target": take.target,
        "backend": take.backend,
        "revision": str(take.revision),
        "date": f"{take.made:%Y-%m-%d}",
    }
    return slates.file_name(film.file_names, said, suffix)


def extraction_of(library: Library, take: Take) -> float | None:
    """Return the ratio to which a still is cut for delivery, or None where it is of that ratio, or none was said."""
    said = library.takes.document(take.id).get("framing", {}).get("aspect")
    if not said or take.media_type not in STILLS.values() or not take.width or not take.height:
        return None
    return float(said) if is_wider_or_taller(take.width, take.height, said) else None


def _ratio(library: Library, take: Take) -> float:
    aspect = extraction_of(library, take)
    if aspect is None:
        raise BadInputError("There is nothing to cut off this take.", hint="Save it as it is.")
    return aspect


def signed(
    picture: bytes,
    take: Take,
    document: dict[str, Any],
    *,
    title: str = "",
    photograph: bool = False,
    with_prompt: bool = True,
) -> bytes:
    """Return a copy of a take's picture with its shot and prompt inside; the image data are those of the original.

    `document` is the shot that the take was made of; `photograph` says that one was changed in it. Without the prompt
    all that other programs wrote goes as well, for they write it, too. Content Credentials of the original are taken
    out: what is added here would break them. Raises BadInputError for what is no PNG, JPEG, WebP or MP4.
    """
    received = carrier(picture)
    envelope = received.unsealed() if with_prompt else received.bare()
    told = Told(
        creator=take.author,
        tool="Printlight",
        source_type=source_type(take, photograph=photograph),
        target=take.target,
        pixels=received.image_hash(),
        original=take.picture or "",
        references=tuple(str(one.get("sha256", one["asset"])) for one in take.references),
    )
    if by_a_model(take):
        target = vocabulary().targets.get(take.target)
        version = next((str(take.sent[name]) for name in MODEL_NAMES if take.sent.get(name)), "")
        told = replace(told, ai_system=target.label if target else take.target, ai_version=version)
    if not with_prompt:
        return envelope.with_xmp(write(told)).joined()
    told = replace(told, title=title)
    if by_a_model(take):
        told = replace(told, ai_prompt=_prompt(take), ai_writer=take.author)
    inside = json.dumps(_inside(take, document, title), ensure_ascii=False)
    before = received.xmp()
    copy = envelope.with_xmp(write(replace(told, take=inside), before), write(replace(told, ai_prompt=""))).joined()
    return with_text(copy, OWN, inside) if received.kind == "png" else copy


def by_a_model(take: Take) -> bool:
    """Tell whether a trained model made a take. A backend that is gone is taken for one that did."""
    return take.backend not in backends or backends[take.backend].generative


def source_type(take: Take, *, photograph: bool) -> str:
    """Return where a take comes from, as a term of IPTC's list."""
    made = EDITED if photograph else MADE
    return SOURCE_TYPES + (made if by_a_model(take) else DRAWN)


def _may_bear_label(take: Take) -> None:
    if take.media_type not in STILLS.values():
        hint = "Save it without, and put the label on where it is cut."
        raise BadInputError("A clip leaves without a visible AI label: none is drawn into moving pictures.", hint=hint)
    if not by_a_model(take):
        raise BadInputError("No model made this picture, so it bears no AI label.", hint="Save it without.")


def _prompt(take: Take) -> str:
    return f"{take.prompt}\n\nExcluded: {take.negative}" if take.negative else take.prompt


def _inside(take: Take, document: dict[str, Any], title: str) -> dict[str, Any]:
    return {
        "kind": TAKE,
        "shot": {"kind": CURRENT, **document},
        "target": take.target,
        "prompt": take.prompt,
        "take": {
            "name": title,
            "number": take.number,
            "revision": take.revision,
            "backend": take.backend,
            "negative": take.negative,
            "references": [{"role": one["role"], "sha256": one.get("sha256", one["asset"])} for one in take.references],
        },
    }


def _went_in(library: Library, take: Take, picture: bytes) -> list[Ingredient]:
    """Return what a take was made from; first the picture as received, where that has Content Credentials."""
    if not carrier(picture).sealed():
        return _given(library, take)
    received = Ingredient("As received", str(take.media_type), str(take.picture), picture, parent=True)
    return [received, *_given(library, take)]


def _given(library: Library, take: Take) -> list[Ingredient]:
    """Return the references of a take that are here, and can be told of."""
    found = []
    for number, one in enumerate(take.references, start=1):
        sha256 = str(one.get("sha256", one["asset"]))
        content, media_type = library.pictures.get(sha256), library.media_type(sha256)
        if content and media_type and media_type in MEDIA_TYPES.values():
            found.append(Ingredient(f"Reference {number}", media_type, sha256, content))
    return found
