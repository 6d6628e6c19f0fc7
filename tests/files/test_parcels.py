"""The file that is shared: the same content is the same bytes, and nothing else is taken."""

import zipfile
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BadInputError
from app.files import parcels
from app.files.parcels import MANIFEST, SHARED, document_of, packed, unpacked, written
from tests.shots import examples

PICTURE = b"as good as a picture"
NAME = f"pictures/{sha256(PICTURE).hexdigest()}.png"
HEAD = {"holds": "shot", "title": "The rim"}
PARTS = {SHARED: written({"shots": []}), NAME: PICTURE}
VALID = packed(HEAD, PARTS)


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """Return a zip as any program writes it."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return file.getvalue()


def manifest(parts: dict[str, bytes], **more: str) -> bytes:
    """Return a manifest that is true of some parts."""
    hashes = {name: sha256(content).hexdigest() for name, content in parts.items()}
    return written({**HEAD, "kind": parcels.KIND, "parts": hashes, **more})


def with_part(name: str | zipfile.ZipInfo, content: bytes = b"x") -> bytes:
    """Return a file with one part too many, which its manifest tells of."""
    called = name if isinstance(name, str) else name.filename
    parts = {**PARTS, called: content}
    return zipped((MANIFEST, manifest(parts)), (NAME, PICTURE), (SHARED, PARTS[SHARED]), (name, content))


def linked() -> bytes:
    """Return a file with a symbolic link in it."""
    entry = zipfile.ZipInfo(f"pictures/{sha256(b'/etc/passwd').hexdigest()}.png")
    entry.create_system, entry.external_attr = 3, 0o120777 << 16
    return with_part(entry, b"/etc/passwd")


def locked() -> bytes:
    """Return a file whose first part says that it needs a password."""
    return VALID[:6] + b"\x01\x00" + VALID[8:]


def many() -> bytes:
    """Return a file of more parts than anything has."""
    return zipped(*((f"pictures/{number:064x}.png", b"") for number in range(parcels.MAX_PARTS + 2)))


def untrue() -> bytes:
    """Return a file whose picture is not the one that its name says."""
    parts = {SHARED: PARTS[SHARED], NAME: b"another picture"}
    return packed(HEAD, parts)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "no manifest.json"),
    "text": (lambda: b"A shot.", "no manifest.json"),
    "cut off": (lambda: VALID[:60], "cut off"),
    "cut off at its end": (lambda: VALID[:-1], "was changed"),
    "something behind it": (lambda: VALID + b"<script>", "was changed"),
    "something before it": (lambda: b"MZ" + VALID, "no manifest.json"),
    "climbs out": (lambda: with_part("../../etc/cron.d/x"), "'../../etc/cron.d/x', which has no place"),
    "climbs out by a picture": (lambda: with_part("pictures/../../x.png"), "no place"),
    "an absolute path": (lambda: with_part("/etc/passwd"), "no place"),
    "a drive of Windows": (lambda: with_part("C:\\x.exe"), "no place"),
    "a program": (lambda: with_part("run.py"), "no place"),
    "a zip in a zip": (lambda: with_part("more.printlight", VALID), "no place"),
    "a folder": (lambda: with_part("pictures/", b""), "no place"),
    "a link": (linked, "what its manifest says|was changed"),
    "a bomb": (lambda: zipped((MANIFEST, b"0" * 20_000_000), method=zipfile.ZIP_DEFLATED), "compressed"),
    "locked": (locked, "password"),
    "twice the same name": (lambda: VALID[: VALID.index(b"PK\x01\x02")] + VALID, "twice"),
    "huge counts": (many, "more than 5,000 parts"),
    "a wrong hash": (untrue, "what its manifest says"),
    "a part that is not told of": (lambda: zipped((MANIFEST, manifest({})), (SHARED, b"{}")), "what its manifest says"),
    "a part that is not there": (lambda: zipped((MANIFEST, manifest(PARTS))), "what its manifest says"),
    "no document": (lambda: packed(HEAD, {NAME: PICTURE}), "what its manifest says"),
    "a wrong sum": (lambda: VALID[:14] + b"\0\0\0\0" + VALID[18:], "was changed"),
    "another time": (lambda: VALID[:10] + b"\1\1\1\1" + VALID[14:], "was changed"),
    "another program's": (lambda: zipped((MANIFEST, b'{"kind": "x"}')), "no file that Printlight saved"),
    "a manifest that is none": (lambda: zipped((MANIFEST, b"[1]")), "not a JSON object"),
    "a newer one": (lambda: zipped((MANIFEST, b'{"kind": "printlight.share/2"}'), ("new", b"")), "a newer Printlight"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_whatever_is_not_such_a_file_is_refused_with_its_reason(case: str) -> None:
    make, reason = HOSTILE[case]
    with pytest.raises(BadInputError, match=reason):
        unpacked(make(), "x.printlight")


def test_the_same_content_is_the_same_bytes_and_any_unzip_reads_them() -> None:
    assert packed(HEAD, dict(reversed(PARTS.items()))) == VALID
    told, parts = unpacked(VALID, "x.printlight")
    assert (told["holds"], told["title"], parts) == ("shot", "The rim", PARTS)
    with zipfile.ZipFile(BytesIO(VALID)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [MANIFEST, NAME, SHARED]


damages = st.lists(
    st.tuples(st.integers(0, len(VALID)), st.integers(0, 40), st.binary(max_size=40)), min_size=1, max_size=4
)


@given(damages)
@examples(200)
def test_any_damage_is_told(damage: list[tuple[int, int, bytes]]) -> None:
    raw = VALID
    for at, gone, put in damage:
        raw = raw[:at] + put + raw[at + gone :]
    if raw == VALID:
        assert unpacked(raw, "x")[1] == PARTS
        return
    with pytest.raises(BadInputError):
        unpacked(raw, "x")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a": NaN}', "not JSON"),
        (b'{"a": "\\ud800"}', "not JSON"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "not JSON"),
        (b"\xff", "not JSON"),
        (b"{" + b" " * parcels.MAX_DOCUMENT + b"}", "larger than 16 MB"),
    ],
    ids=["deep", "no number", "half a character", "endless", "no text", "large"],
)
def test_json_that_could_not_be_kept_is_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(BadInputError, match=reason):
        document_of(raw, "shared.json")


def test_what_nobody_could_open_is_not_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcels, "MAX_PARCEL", 100)
    with pytest.raises(BadInputError, match="too much for one file"):
        packed(HEAD, PARTS)
