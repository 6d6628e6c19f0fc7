"""Backends that are set up: kept, changed, removed, and their keys sealed."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlmodel import select

from app import db
from app.backends import Access, backends
from app.backends.base import Uploaded
from app.db import Database
from app.errors import BadInputError, PrintlightError, UnknownNameError
from app.library import Connections, Vault
from tests.places import places

KEY = "luma-api-very-secret"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    database = places.library(tmp_path).database
    database.migrate()
    return database


@pytest.fixture
def connections(database: Database, tmp_path: Path) -> Connections:
    return Connections(database, Vault(tmp_path / "secret.key"), {}, "Ada")


def test_what_needs_no_setting_up_is_there(connections: Connections) -> None:
    names = [one.id for one in connections.all()]
    assert {"previz", "uni1", "a1111"} <= set(names)
    assert all(one.built_in and not one.has_key for one in connections.all())
    backend, access = connections.open("a1111")
    assert (backend, access) == (backends["a1111"], Access(backend.default_url))


def test_what_the_environment_says_is_used(database: Database) -> None:
    given = {"uni1": Access("https://luma.example/v1", KEY)}
    connections = Connections(database, Vault(), given, "Ada")
    assert connections.open("uni1")[1] == given["uni1"]
    assert connections.get("uni1").has_key
    assert KEY not in repr(connections.all())


def test_one_that_is_set_up_stands_in_the_place_of_the_built_in_one(connections: Connections) -> None:
    made = connections.add("uni1", "Luma, the studio's account", {"url": "https://luma.example/v1", "key": KEY})
    assert (made.id, made.label, made.has_key, made.built_in) == ("uni1", "Luma, the studio's account", True, False)
    assert connections.open("uni1")[1] == Access("https://luma.example/v1", KEY, connections.open("uni1")[1].options)
    assert connections.open("uni1")[1].key == KEY
    assert [one.id for one in connections.all()].count("uni1") == 1
    connections.remove("uni1")
    assert connections.get("uni1").built_in
    assert connections.open("uni1")[1].key == ""


def test_what_was_uploaded_is_remembered_for_its_own_account(connections: Connections) -> None:
    connections.add("uni1", "", {"key": KEY})
    connections.open("uni1")[1].uploads.put("a" * 64, Uploaded("file-1", 1234.5))
    assert connections.open("uni1")[1].uploads.get("a" * 64) == Uploaded("file-1", 1234.5)
    assert connections.open("a1111")[1].uploads.get("a" * 64) is None
    connections.open("uni1")[1].uploads.put("a" * 64, Uploaded("file-2", None))
    assert connections.open("uni1")[1].uploads.get("a" * 64) == Uploaded("file-2", None)
    connections.remove("uni1")
    assert connections.open("uni1")[1].uploads.get("a" * 64) is None


def test_a_second_one_of_a_kind_has_a_name_of_its_own(connections: Connections) -> None:
    names = [connections.add("a1111", f"Machine {n}", {"url": f"http://127.0.0.{n}:7860"}).id for n in (1, 2, 3)]
    assert names == ["a1111", "a1111-2", "a1111-3"]
    assert connections.open("a1111-3")[1].url == "http://127.0.0.3:7860"


def test_a_key_is_sealed_on_the_disk_and_opened_by_its_own_secret_alone(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    Connections(database, Vault(file), {}, "Ada").add("uni1", "", {"key": KEY})
    assert file.stat().st_mode & 0o077 == 0
    with database.read() as session:
        row = session.exec(select(db.Connection)).one()
    assert row.key
    assert KEY not in repr(row)
    assert not [path for path in tmp_path.iterdir() if KEY.encode() in path.read_bytes()]
    assert Connections(database, Vault(file), {}, "Ben").open("uni1")[1].key == KEY
    with pytest.raises(PrintlightError, match="cannot be opened"):
        Connections(database, Vault(tmp_path / "another.key"), {}, "Ben").open("uni1")
    with pytest.raises(PrintlightError, match="damaged"):
        Connections(database, Vault(given="x"), {}, "Ben").open("uni1")


def test_several_processes_make_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        sealed = list(pool.map(lambda _: Vault(tmp_path / "secret.key").seal(KEY), range(8)))
    assert {Vault(tmp_path / "secret.key").unseal(one) for one in sealed} == {KEY}
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(PrintlightError, match="No secret can be kept"):
        Vault(tmp_path / "gone" / "secret.key").seal(KEY)


def test_a_change_without_a_key_keeps_the_key(connections: Connections) -> None:
    connections.add("uni1", "", {"key": KEY})
    connections.change("uni1", "Ours", {"url": "https://luma.example/v1", "key": ""})
    assert connections.open("uni1")[1].key == KEY
    assert connections.get("uni1").label == "Ours"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"url": "file:///etc/passwd"}, "is no address"),
        ({"url": "127.0.0.1:7860"}, "is no address"),
        ({"url": "http://"}, "is no address"),
        ({"url": "https://me:secret@luma.example"}, "carries a login"),
        ({"colour": "red"}, "does not ask for 'colour'"),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_kept(
    connections: Connections, said: dict[str, str], words: str
) -> None:
    with pytest.raises(BadInputError, match=words):
        connections.add("a1111", "", said)
    assert connections.get("a1111").built_in


def test_what_is_built_in_cannot_be_set_up_or_removed(connections: Connections) -> None:
    with pytest.raises(BadInputError, match="built in"):
        connections.add("previz", "", {})
    with pytest.raises(UnknownNameError):
        connections.remove("previz")
    with pytest.raises(UnknownNameError, match="a1111"):
        connections.open("a1112")


def test_options_are_kept_beside_what_the_form_says_until_they_are_forgotten(connections: Connections) -> None:
    """What has a page of its own is not in the form, and a change by the form leaves it."""
    connections.add("comfyui", "", {"url": "http://127.0.0.1:8188"})
    kept = {"workflow": {"1": {"class_type": "X", "inputs": {}}}, "places": {}}
    connections.set_options("comfyui", kept)
    connections.change("comfyui", "Tower", {"url": "http://127.0.0.1:8188", "vae": "ae.safetensors"})
    options = connections.open("comfyui")[1].options
    assert options["vae"] == "ae.safetensors"
    assert {name: options[name] for name in kept} == kept
    connections.set_options("comfyui", {"workflow": None, "places": None})
    assert not kept.keys() & connections.open("comfyui")[1].options.keys()
    with pytest.raises(BadInputError, match="does not ask for 'workflow'"):
        connections.change("comfyui", "", {"workflow": "{}"})
    with pytest.raises(UnknownNameError):
        connections.set_options("nothing", kept)
