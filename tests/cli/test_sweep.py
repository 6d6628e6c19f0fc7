"""`printlight sweep`: takes that differ in one field, and their contact sheet in a folder."""

from pathlib import Path

import pytest

from tests.backends.fakes import forge
from tests.cli.test_cli import printlight, refused

RIM = "vocab/samples/the_rim.toml"


def test_a_sweep_leaves_a_sheet_and_holds_one_seed(tmp_path: Path) -> None:
    with forge.served() as own:
        ran = printlight(
            "sweep", RIM, "--vary", "camera.focal_mm=35, 85", "--for", "sdxl", "--on", "a1111", "--out",
            str(tmp_path / "out"), "--json", data=tmp_path, settings={"A1111_URL": own.url},
        )  # fmt: skip
    assert ran.status == 0, ran.err
    assert [Path(one).read_bytes()[:4] for one in ran.json["files"]] == [b"\x89PNG", b"%PDF"]
    takes = ran.json["takes"]
    assert [take["state"] for take in takes] == ["done", "done"]
    assert len({take["params"]["seed"] for take in takes}) == 1
    assert len({take["revision"] for take in takes}) == 2


@pytest.mark.parametrize(
    ("vary", "said"),
    [
        (["camera.focal_mm"], "names no values"),
        (["camera.focal_mm=35,long"], "'long' is no number"),
        (["camera.focal_mm=35"], "There are 1 values"),
        (["camera.focal_mm=35,85", "camera.focal_mm=20,24"], "varied twice"),
        (["camera.focal_mm=35,85", "camera.t_stop=2,4", "camera.ei=100,400"], "two axes"),
        (["camera.nothing=1,2"], "cannot be varied"),
    ],
)
def test_what_cannot_be_varied_is_told_and_nothing_is_kept(tmp_path: Path, vary: list[str], said: str) -> None:
    ran = refused("sweep", RIM, *(word for one in vary for word in ("--vary", one)), data=tmp_path)
    assert (ran.status, said in ran.err) == (2, True), ran.err
    assert list(tmp_path.iterdir()) == []
