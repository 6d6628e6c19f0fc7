"""Small copies of pictures for the screen: upright, in sRGB, as WebP."""

from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from app.errors import BadInputError, StorageError
from app.files import films

WIDTHS = (320, 640, 1280)
"""How wide a thumbnail can be asked for, in pixels. A picture that is smaller stays as it is."""

TALLEST = 4
"""Times its width: a strip taller than that is made narrower. WebP ends at 16,383 pixels."""

KINDS = ("PNG", "JPEG", "WEBP")
QUALITY = 82
ORIENTATION = 0x0112
ON_ITS_SIDE = frozenset({5, 6, 7, 8})
SRGB = ImageCms.createProfile("sRGB")


def thumbnail(content: bytes, width: int) -> bytes:
    """Return a small copy of a picture, at most `width` wide.

    Raises BadInputError for a film, of which there is none, and StorageError for a picture that was damaged since.
    """
    if films.is_film(content):
        raise BadInputError("A film has no thumbnail.", hint="Open the film itself.")
    try:
        with Image.open(BytesIO(content), formats=KINDS) as picture:
            sideways = picture.getexif().get(ORIENTATION) in ON_ITS_SIDE
            box = (width, TALLEST * width)
            picture.thumbnail(box[::-1] if sideways else box, reducing_gap=2.0)
            small = in_srgb(ImageOps.exif_transpose(picture))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        hint = "Bring it back from a backup, or fetch it again from the service that made it."
        raise StorageError("The picture was damaged where it is kept.", hint=hint) from None
    out = BytesIO()
    small.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()


def in_srgb(picture: Image.Image) -> Image.Image:
    """Return a picture in sRGB, with its transparency. A profile that cannot be read is passed over, as browsers do."""
    profile = picture.info.get("icc_profile")
    clear = picture.has_transparency_data
    if picture.mode.startswith("I"):  # 16 bits a pixel
        picture = picture.point(lambda value: value / 256).convert("L")
    if picture.mode in {"P", "1", "LA", "PA"} or (clear and picture.mode != "RGBA"):
        picture = picture.convert("RGBA" if clear else "RGB")
    if profile:
        try:
            mode = "RGBA" if picture.mode == "RGBA" else "RGB"
            moved = ImageCms.profileToProfile(
                picture, ImageCms.ImageCmsProfile(BytesIO(profile)), SRGB, outputMode=mode
            )
            picture = moved or picture
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return picture if picture.mode in {"RGB", "RGBA"} else picture.convert("RGB")
