"""Pictures and films by the sha256 of their bytes, in a folder or a bucket; the original bytes never change."""

from app.files.kinds import MAX_BYTES, MAX_FILM_BYTES, MAX_PIXELS, STILLS, Stored, inspect
from app.files.pictures import Pictures
from app.files.stores import Bucket, Folder, Held, Store

__all__ = [
    "MAX_BYTES",
    "MAX_FILM_BYTES",
    "MAX_PIXELS",
    "STILLS",
    "Bucket",
    "Folder",
    "Held",
    "Pictures",
    "Store",
    "Stored",
    "inspect",
]
