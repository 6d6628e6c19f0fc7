"""Settings: where pictures are kept, and what copies are signed with.

What is said of servers is read here and not used: where nothing is said, all is in a SQLite file and a folder.
"""

from pathlib import Path

import pytest

from app.errors import BadInputError
from app.files import Bucket, Folder
from app.jobs import open_desk
from app.settings import settings
from tests.files.certificates import made
from tests.files.stores import KEYS


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PRINTLIGHT_DATA", str(tmp_path))
    for name in ("PRINTLIGHT_PICTURES", "PRINTLIGHT_C2PA_CERT", "PRINTLIGHT_C2PA_KEY", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_pictures_are_kept_in_the_data_folder_and_unsigned(data: Path) -> None:
    library = open_desk(settings()).library
    assert isinstance(library.pictures.store, Folder)
    assert library.pictures.store.folder == data / "pictures"
    assert library.seal is None
    library.database.close()


def test_no_key_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRINTLIGHT_PICTURES", "s3://reels")
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    found = settings()
    assert {name: found.bucket_access[name] for name in KEYS} == KEYS
    assert KEYS["AWS_SECRET_ACCESS_KEY"] not in repr(found)
    assert Bucket(found.bucket, found.bucket_access).url == "s3://reels"


@pytest.mark.parametrize("name", ["PRINTLIGHT_C2PA_CERT", "PRINTLIGHT_C2PA_KEY"])
def test_a_certificate_needs_its_key(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "a.pem")
    with pytest.raises(BadInputError, match="is not set"):
        settings()


def test_a_certificate_and_its_key_sign(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chain, key = made(data)
    monkeypatch.setenv("PRINTLIGHT_C2PA_CERT", str(chain))
    monkeypatch.setenv("PRINTLIGHT_C2PA_KEY", str(key))
    library = open_desk(settings()).library
    assert library.seal is not None
    library.database.close()


def test_a_bucket_that_is_misspelt_is_said_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRINTLIGHT_PICTURES", "s3:/reels")
    with pytest.raises(BadInputError, match="names no bucket"):
        open_desk(settings())
