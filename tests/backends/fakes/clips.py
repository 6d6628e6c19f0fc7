"""Small clips: the boxes of an MP4, with nothing to see in them."""


def clip(seconds: float = 5, size: tuple[int, int] = (64, 36), *, wide: bool = False) -> bytes:
    """Return an MP4 that says how long it plays and how large it is; `wide` counts its ticks in 64 bits."""
    return _box(b"ftyp", b"isom\0\0\2\0isommp41") + _box(b"moov", _movie(seconds, wide) + _track(size)) + _media()


def _movie(seconds: float, wide: bool) -> bytes:  # noqa: FBT001  one caller
    ticks, length = 1000, round(seconds * 1000)
    times = b"\1\0\0\0" + bytes(16) if wide else bytes(12)
    return _box(b"mvhd", times + ticks.to_bytes(4) + length.to_bytes(8 if wide else 4) + bytes(80))


def _track(size: tuple[int, int]) -> bytes:
    sides = b"".join((side << 16).to_bytes(4) for side in size)
    head = _box(b"tkhd", bytes(76) + sides)
    handler = _box(b"hdlr", bytes(8) + b"vide" + bytes(13))
    return _box(b"trak", head + _box(b"mdia", handler))


def _media() -> bytes:
    """Return a box whose size is told in 64 bits, as large ones are."""
    content = b"\0" * 200
    return (1).to_bytes(4) + b"mdat" + (16 + len(content)).to_bytes(8) + content


def _box(name: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4) + name + content
