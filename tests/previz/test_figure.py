"""The person, the solids and their cache."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.previz import anatomy, figure
from app.previz.scene import Figure


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache folder, and a process that has not read any yet."""
    monkeypatch.setenv("PRINTLIGHT_CACHE", str(tmp_path / "cache"))
    figure.meshes.cache_clear()
    yield tmp_path / "cache"
    figure.meshes.cache_clear()


@pytest.fixture(scope="module", autouse=True)
def _shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRINTLIGHT_CACHE", str(tmp_path_factory.mktemp("shared")))
        yield


def test_the_person_is_closed_outward_and_as_tall_as_it_says() -> None:
    parts = figure.meshes()
    top = max(float(parts[name].points[:, 1].max()) for name in ("skin", "hair"))
    assert top == pytest.approx(anatomy.HEIGHT_M, abs=0.03)
    for mesh in parts.values():
        corner = mesh.points[mesh.faces[:, 0]], mesh.points[mesh.faces[:, 1]], mesh.points[mesh.faces[:, 2]]
        flat = np.cross(corner[1] - corner[0], corner[2] - corner[0])
        assert (np.einsum("ij,ij->i", corner[0], flat).sum()) > 0
        assert (np.einsum("ij,ij->i", flat, mesh.normals[mesh.faces[:, 0]]) >= 0).mean() > 0.97


def test_the_cache_gives_back_what_was_built(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = figure.meshes()
    assert [path.suffix for path in folder.iterdir()] == [".npz"]
    figure.meshes.cache_clear()
    monkeypatch.setattr(anatomy, "person", lambda: pytest.fail("built again"))
    read = figure.meshes()
    assert all(np.array_equal(read[part].points, built[part].points) for part in built)


def test_a_broken_cache_file_is_replaced(folder: Path) -> None:
    figure.meshes()
    (file,) = folder.iterdir()
    whole = file.stat().st_size
    file.write_bytes(file.read_bytes()[:1000])
    figure.meshes.cache_clear()
    assert "skin" in figure.meshes()
    assert file.stat().st_size == whole


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("PRINTLIGHT_CACHE", str(tmp_path / "file" / "cache"))
    assert "skin" in figure.meshes()


def test_a_figure_turns_to_its_azimuth_and_stands_on_its_place() -> None:
    ahead, right = (figure.pieces((Figure(at=(1, 0, -2), facing_deg=turn),))[0].points for turn in (0, 90))
    assert ahead[:, 2].max() + 2 > 0.1
    assert right[:, 0].max() - 1 == pytest.approx(ahead[:, 2].max() + 2, abs=1e-4)


@pytest.mark.parametrize("kind", ["cube", "sphere", "block"])
def test_a_solid_is_as_high_as_it_says_and_stands_on_its_place(kind: str) -> None:
    (piece,) = figure.pieces((Figure(kind=kind, at=(0.2, 0.75, 0), height_m=0.3),))
    assert piece.points[:, 1].min() == pytest.approx(0.75, abs=0.002)
    assert piece.points[:, 1].max() == pytest.approx(1.05, abs=0.002)
