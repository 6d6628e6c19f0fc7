"""In which form each picture of an order reaches Luma: by what Luma made of it, an address, a file, or as bytes."""

import asyncio
from base64 import b64encode
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import ip_address
from urllib.parse import urlsplit

from app.backends._addresses import objection
from app.backends._luma_files import file_id, turn
from app.backends._luma_line import generation
from app.backends._luma_orders import Ref
from app.backends._luma_rules import is_clip
from app.backends.base import FRAMES, Access, Attachment, Uploaded
from app.errors import BackendError, NeedsKeyError, RejectedError

SMALL_BYTES = 4_000_000
"""Pictures that come to more than this together are uploaded, as Luma advises."""

YES, NO = frozenset({"yes", "true", "1", "on", "always"}), frozenset({"no", "false", "0", "off", "never"})


@dataclass(frozen=True)
class Shown:
    """Each picture as Luma is shown it, what had to be sent otherwise than was meant, and the hashes sent as bytes."""

    refs: dict[Attachment, Ref]
    notes: tuple[str, ...]
    as_bytes: frozenset[str]


async def show(pictures: Collection[Attachment], chained: Collection[Attachment], access: Access) -> Shown:
    """Bring each picture into the form in which it is sent; `chained` are those that may go by their origin.

    Whatever goes wrong before the order itself is sent costs nothing: the bytes go in its place, and a note says so.
    """
    unique = list(dict.fromkeys(pictures))
    named = await asyncio.gather(*(_named(one, chained, access) for one in unique))
    refs: dict[Attachment, Ref] = {one: ref for one, (ref, _) in zip(unique, named, strict=True) if ref}
    notes = [note for _, note in named if note]
    rest = [one for one in unique if one not in refs]
    hashes = {one: one.sha256 or await asyncio.to_thread(_hash, one.content) for one in rest}
    by_file, failed = await _uploaded(await _worth_uploading(hashes, access), hashes, access)
    refs |= {one: by_file[hashes[one]] for one in rest if hashes[one] in by_file}
    refs |= {one: await asyncio.to_thread(_bytes, one) for one in rest if hashes[one] not in by_file}
    as_bytes = frozenset(hashes.values()) - by_file.keys()
    return Shown(refs, tuple(dict.fromkeys((*notes, *failed))), as_bytes)


async def remember(shown: Shown, access: Access) -> None:
    """Remember which pictures were sent as bytes: one that is sent again is worth uploading."""
    for each in shown.as_bytes:
        if await asyncio.to_thread(access.uploads.get, each) is None:
            await asyncio.to_thread(access.uploads.put, each, Uploaded())


def unfit(address: str) -> str:
    """Say why a service in the open internet cannot fetch from an address, or nothing."""
    try:
        host = urlsplit(address).hostname or ""
        number = str(ip_address(host)) if ":" in host or host.replace(".", "").isdecimal() else ""
    except ValueError:
        return "it is none"
    if not number and "." not in host.strip("."):
        return "it is none in the open internet"
    return objection(address, [number] if number else [])


async def _named(picture: Attachment, chains: Collection[Attachment], access: Access) -> tuple[Ref | None, str]:
    """Return the ref of a picture that Luma made or can fetch from the web; else None, and why not."""
    made = picture in chains and bool(picture.origin)
    if made and await _is_there(picture, access):
        return {"generation_id": picture.origin}, ""
    if is_clip(picture) and picture.role in FRAMES:
        raise RejectedError(
            "Luma continues only a clip that it made and still knows.", hint="Send a still of it as the frame."
        )
    if picture.address and not (reason := unfit(picture.address)):
        return {"url": picture.address} | ({"media_type": picture.media_type} if is_clip(picture) else {}), ""
    if picture.address:
        return None, f"Luma cannot fetch a picture from its address: {reason}. Its bytes were sent."
    return None, "Luma no longer knows a picture that it made; its bytes were sent." if made else ""


async def _is_there(picture: Attachment, access: Access) -> bool:
    """Ask whether a picture's origin can stand for it: it is known, finished, and of the same kind."""
    try:
        made = await generation(picture.origin, access)
    except NeedsKeyError:
        raise
    except BackendError:
        return False
    kind = str(made.get("type"))
    return made.get("state") == "completed" and (
        kind.startswith("video") if is_clip(picture) else kind in ("image", "image_edit")
    )


async def _worth_uploading(hashes: Mapping[Attachment, str], access: Access) -> list[Attachment]:
    """Return the pictures to upload: as the option says; else all of many bytes, or those that were sent before."""
    said = str(access.options.get("upload", "")).strip().lower()
    if said in NO:
        return []
    if said in YES or sum(len(one.content) for one in hashes) > SMALL_BYTES:
        return list(hashes)
    return [one for one, each in hashes.items() if await asyncio.to_thread(access.uploads.get, each)]


async def _uploaded(
    pictures: Iterable[Attachment], hashes: Mapping[Attachment, str], access: Access
) -> tuple[dict[str, Ref], list[str]]:
    """Return the refs of uploaded pictures by their hash, and what is to be said about those that failed."""
    unique = {hashes[one]: one for one in pictures}
    if not unique:
        return {}, []
    async with turn():
        found = await asyncio.gather(*(_file(one, each, access) for each, one in unique.items()))
    refs = {each: ref for each, (ref, _) in zip(unique, found, strict=True) if ref}
    return refs, [note for _, note in found if note]


async def _file(picture: Attachment, each: str, access: Access) -> tuple[Ref | None, str]:
    try:
        return {"file_id": await file_id(picture, each, access)}, ""
    except NeedsKeyError:
        raise
    except BackendError as error:
        return None, f"A picture could not be uploaded, and was sent as bytes. {error.message}"


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()


def _bytes(picture: Attachment) -> Ref:
    return {"data": b64encode(picture.content).decode(), "media_type": picture.media_type}
