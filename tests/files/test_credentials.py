"""Content Credentials: what a certificate and its key must be, and what is said where they are not."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa

from app.errors import BadInputError
from app.files.credentials import Seal, seal, state_of
from tests.backends.fakes.pictures import picture
from tests.files.certificates import made

TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey | dsa.DSAPrivateKey

KEYS: dict[str, Key] = {
    "es256": ec.generate_private_key(ec.SECP256R1()),
    "es384": ec.generate_private_key(ec.SECP384R1()),
    "es512": ec.generate_private_key(ec.SECP521R1()),
    "ps256": rsa.generate_private_key(65537, 2048),
    "ed25519": ed25519.Ed25519PrivateKey.generate(),
}


def pem(key: Key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return made(tmp_path)


@pytest.mark.parametrize("algorithm", KEYS)
def test_the_algorithm_is_told_by_the_key(files: tuple[Path, Path], algorithm: str) -> None:
    files[1].write_bytes(pem(KEYS[algorithm]))
    assert seal(*files).algorithm == algorithm


def test_neither_key_nor_certificate_shows(files: tuple[Path, Path]) -> None:
    assert "PRIVATE" in seal(*files).key
    assert repr(seal(*files)) == "Seal(algorithm='es256', clock_url='')"


def test_a_key_that_others_can_read_is_refused(files: tuple[Path, Path]) -> None:
    files[1].chmod(0o640)
    with pytest.raises(BadInputError, match="can be read by others"):
        seal(*files)


@pytest.mark.parametrize("content", [b"no key", b"", pem(dsa.generate_private_key(2048)), b"\xff\xfe"])
def test_what_is_no_key_is_refused(files: tuple[Path, Path], content: bytes) -> None:
    files[1].write_bytes(content)
    with pytest.raises(BadInputError) as refused:
        seal(*files)
    assert str(files[1]) in refused.value.message


def test_a_file_that_is_not_there_is_said(files: tuple[Path, Path]) -> None:
    files[0].unlink()
    with pytest.raises(BadInputError, match="No such file") as refused:
        seal(*files)
    assert "PRINTLIGHT_C2PA_CERT" in refused.value.hint


def test_a_certificate_of_another_key_signs_nothing(files: tuple[Path, Path]) -> None:
    files[1].write_bytes(pem(KEYS["es256"]))
    with pytest.raises(BadInputError, match="cannot be signed"):
        seal(*files).sign(picture(), "image/png", "Take 1", TYPE)


def test_what_is_no_certificate_signs_nothing(files: tuple[Path, Path]) -> None:
    broken = Seal("no certificate", "es256", seal(*files).key)
    with pytest.raises(BadInputError, match="cannot be signed"):
        broken.sign(picture(), "image/png", "Take 1", TYPE)


def test_a_seal_that_was_cut_is_broken(files: tuple[Path, Path]) -> None:
    copy = bytearray(seal(*files).sign(picture(), "image/png", "Take 1", TYPE))
    assert state_of(bytes(copy), "image/png") == ("valid", "A test signer")
    at = copy.index(b"c2pa.actions.v2")
    copy[at] ^= 0xFF
    assert state_of(bytes(copy), "image/png")[0] == "broken"
