"""Where bytes are kept: what a folder and a bucket have in common, and what can go wrong with each."""

import multiprocessing
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import BadInputError, StorageError
from app.files import Bucket, Folder, Pictures, Store
from tests.backends.fakes.pictures import picture
from tests.backends.fakes.serving import closed_port
from tests.files.stores import KEYS
from tests.places import places
from tests.running import ROOT

Open = Callable[[Path], Store]


@pytest.fixture
def access() -> dict[str, str]:
    return places.access


@pytest.fixture(params=["folder", "bucket", "bucket and prefix"])
def store(request: pytest.FixtureRequest, tmp_path: Path, access: dict[str, str]) -> Store:
    if request.param == "folder":
        return Folder(tmp_path / "pictures")
    prefix = f"/{tmp_path.name}" if request.param == "bucket" else f"/{tmp_path.name}/night/"
    return Bucket(f"s3://reels{prefix}", access)


def test_what_is_added_is_there_and_what_is_not_is_none(store: Store) -> None:
    assert (store.get("ab/abc"), store.size("ab/abc")) == (None, None)
    store.add("ab/abc", b"a frame")
    assert (store.get("ab/abc"), store.size("ab/abc")) == (b"a frame", 7)
    assert [store.part("ab/abc", wanted) for wanted in (range(7), range(2, 5), range(6, 7))] == [
        b"a frame",
        b"fra",
        b"e",
    ]
    with pytest.raises(StorageError):
        store.part("ab/abd", range(1))
    assert store.get("ab/abd") is None


def test_what_is_there_is_not_written_over(store: Store) -> None:
    store.add("ab/abc", b"a frame")
    store.add("ab/abc", b"a fra_e")
    assert store.get("ab/abc") == b"a frame"


def test_what_is_kept_is_listed_moved_and_let_go(store: Store) -> None:
    assert store.held() == []
    for key in ("b/2", "a/1"):
        store.add(key, key.encode())
    before = datetime.now(UTC) - timedelta(minutes=5)
    assert [(one.key, one.size, one.since > before) for one in store.held()] == [("a/1", 3, True), ("b/2", 3, True)]
    assert store.move("b/2", "lost/2") == "lost/2"
    store.add("b/2", b"another")
    assert store.move("b/2", "lost/2") == "lost/2-2"
    assert (store.get("lost/2"), store.get("lost/2-2"), store.get("b/2")) == (b"b/2", b"another", None)
    store.remove("a/1")
    store.remove("a/1")
    assert [one.key for one in store.held()] == ["lost/2", "lost/2-2"]


def test_only_pictures_are_listed_as_such(store: Store) -> None:
    pictures = Pictures(store)
    sha256 = pictures.put(picture()).sha256
    pictures.thumbnail(sha256, 320)
    for key in (f"lost+found/{sha256[:2]}/{sha256}", f"00/{'ab' * 32}", ".DS_Store"):
        store.add(key, b"something else")
    assert set(pictures.all()) == {sha256}


def test_a_picture_goes_through_both(store: Store) -> None:
    pictures, content = Pictures(store), picture("jpeg")
    stored = pictures.put(content)
    assert pictures.put(content) == stored
    assert pictures.verified(stored.sha256) == pictures.get(stored.sha256) == content
    assert pictures.has(stored.sha256)
    assert (pictures.thumbnail(stored.sha256, 320) or b"")[8:12] == b"WEBP"
    assert store.get(f"thumbnails/320/{stored.sha256[:2]}/{stored.sha256}.webp") is not None


def test_only_a_folder_has_paths(tmp_path: Path, access: dict[str, str]) -> None:
    assert Pictures(tmp_path).path("abcd") == tmp_path / "ab" / "abcd"
    assert Pictures(Bucket("s3://reels", access)).path("abcd") is None


def test_a_file_that_was_cut_off_is_mended_by_the_next_put(tmp_path: Path) -> None:
    pictures, content = Pictures(tmp_path), picture()
    stored = pictures.put(content)
    (tmp_path / stored.sha256[:2] / stored.sha256).write_bytes(content[:-9])
    with pytest.raises(StorageError, match="damaged"):
        pictures.verified(stored.sha256)
    pictures.put(content)
    assert pictures.verified(stored.sha256) == content


def test_a_bit_that_flipped_is_found_before_the_picture_leaves(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path)
    stored = pictures.put(picture())
    path = tmp_path / stored.sha256[:2] / stored.sha256
    content = bytearray(path.read_bytes())
    content[-20] ^= 1
    path.write_bytes(content)
    with pytest.raises(StorageError, match="damaged"):
        pictures.verified(stored.sha256)


FULL = """
import resource, sys
from pathlib import Path
from app.errors import StorageError
from app.files import Folder
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    Folder(Path(sys.argv[1])).add("ab/abc", bytes(5000))
except StorageError as error:
    print(error.message)
"""


def test_a_full_disk_is_said_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    run = [sys.executable, "-c", FULL, str(tmp_path)]
    said = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "no room left" in said
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "ab").write_text("a file where a folder should be")
    with pytest.raises(StorageError, match="cannot be kept in") as refused:
        Folder(tmp_path).add("ab/abc", b"a frame")
    assert "PRINTLIGHT_DATA" in refused.value.hint
    assert sorted(tmp_path.iterdir()) == [tmp_path / "ab"]


def _put(folder: Path, content: bytes) -> str:
    return Pictures(folder).put(content).sha256


def test_many_processes_that_keep_the_same_picture_keep_it_once(tmp_path: Path) -> None:
    content = picture("png", (640, 360))
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        names = pool.starmap(_put, [(tmp_path, content)] * 12)
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.name for path in kept] == [names[0]]
    assert kept[0].read_bytes() == content


@pytest.mark.parametrize(
    "url", ["s3://", "s3://Capitals", "http://reels", "reels", "s3://reels/a b", "s3://reels/../x y"]
)
def test_a_url_that_names_no_bucket_is_refused(url: str) -> None:
    with pytest.raises(BadInputError, match="names no bucket"):
        Bucket(url, KEYS)


def test_a_bucket_that_is_not_there_keeps_nothing_and_says_so(access: dict[str, str]) -> None:
    with pytest.raises(StorageError, match="s3://elsewhere cannot be used") as refused:
        Bucket("s3://elsewhere", access).add("ab/abc", b"a frame")
    assert "<" not in refused.value.message


def test_half_a_key_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID", raising=False)
    with pytest.raises(StorageError, match="AccessKeyId") as refused:
        Bucket("s3://reels", {"AWS_SECRET_ACCESS_KEY": "a-secret"})
    assert "a-secret" not in str(refused.value)


def test_a_server_that_is_not_there_is_said_without_its_keys(access: dict[str, str]) -> None:
    gone = {**access, "AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{closed_port()}"}
    bucket = Bucket("s3://reels", gone)
    for ask in (bucket.get, bucket.size, lambda key: bucket.add(key, b"")):
        with pytest.raises(StorageError) as refused:
            ask("ab/abc")
        assert KEYS["AWS_SECRET_ACCESS_KEY"] not in str(refused.value)
