"""The command line, run as a person or a script runs it."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import pytest

from app.cli.main import COMMANDS, main
from app.vocab import vocabulary
from tests import forks
from tests.backends.fakes import forge, luma
from tests.places import places
from tests.running import ROOT, environment, for_luma

SAMPLES = sorted((ROOT / "vocab" / "samples").glob("*.toml"))

CONTRADICTION = '[camera]\nlens_family = "camera.lens.cooke_s4i"\nt_stop = 1.3\n'


def printlight(
    *arguments: str, given: bytes = b"", data: Path | None = None, settings: dict[str, str] | None = None
) -> "Ran":
    """Run one command: in a process of its own if it shoots, else in this one, with no data folder to write to."""
    kept = environment(data, **(settings or {}))
    shoots = arguments[0] in {"shoot", "sweep"}
    return _alone(arguments, given, kept) if shoots else _here(arguments, given, kept)


def refused(*arguments: str, data: Path) -> "Ran":
    """Run a command that shoots, with what it must refuse before it begins: in this process, for it starts nothing."""
    return _here(arguments, b"", environment(data))


def _alone(arguments: Sequence[str], given: bytes, kept: dict[str, str]) -> "Ran":
    """Run a command as a shell does."""
    with TemporaryFile() as stdin, TemporaryFile() as out, TemporaryFile() as err:
        stdin.write(given)
        for one in (stdin, out, err):
            one.seek(0)
        status = forks.start(arguments, kept, stdin.fileno(), out.fileno(), err.fileno()).wait()
        return Ran(status, read(out), read(err))


def read(written: IO[bytes]) -> str:
    """Return what a file holds."""
    written.seek(0)
    return written.read().decode()


def _here(arguments: Sequence[str], given: bytes, kept: dict[str, str]) -> "Ran":
    """Run a command in this process, where Python and the vocabulary are already loaded."""
    out, err = StringIO(), StringIO()
    with chdir(ROOT), redirect_stdout(out), redirect_stderr(err), pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "environ", kept)
        patch.setattr(sys, "stdin", TextIOWrapper(BytesIO(given)))
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
    return Ran(ended.value.code, out.getvalue(), err.getvalue())


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    status: object
    out: str
    err: str

    def __post_init__(self) -> None:
        assert "Traceback" not in self.err, self.err

    @property
    def json(self) -> Any:
        """The answer as data."""
        return json.loads(self.out)


SHELL = {
    "compile": (("-",), CONTRADICTION),
    "check": (("-",), CONTRADICTION),
    "import": (("-", "--json"), "Only a thought."),
    "parse": (("-",), "a close-up, 85mm, – “grey”"),
    "verify": (("vocab/samples/palette.png",), ""),
    "note": (("-", "tighter, lose the hat"), '[camera]\nsize = "camera.size.mcu"\n'),
    "targets": (("uni-l",), ""),
    "terms": (("rembrant",), ""),
    "schema": ((), ""),
    "films": (("--json",), ""),
    "backup": (("nothing.backup",), ""),
    "restore": (("nothing.backup",), ""),
    "doctor": ((), ""),
    "search": (("lens:>=85",), ""),
    "share": (("nobody",), ""),
    "api": (("get_shot", "shot=the-rim", "--out", "/nowhere/shot.json"), ""),
    "export": (("-", "--as", "text", "--out", "/nowhere/shot.txt"), CONTRADICTION),
    "layers": (("nobody",), ""),
    "plan": (("nothing.toml",), ""),
    "diff": (("-", "vocab/samples/the_rim.toml"), CONTRADICTION),
    "sweep": (("nothing.toml", "--vary", "camera.t_stop=2,4"), ""),
    "mcp": ((), ""),
}
"""One run of each command that shoots nothing, serves nothing and ends by itself."""


@pytest.mark.parametrize("command", sorted({one.name for one in COMMANDS} - {"backends", "shoot", "serve", "work"}))
def test_a_shell_sees_what_the_tests_see(command: str) -> None:
    arguments, given = SHELL[command]
    kept = environment(None)
    alone = _alone((command, *arguments), given.encode(), kept)
    assert alone == _here((command, *arguments), given.encode(), kept)
    assert alone.out or alone.err


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_compiles_clean(path: Path) -> None:
    ran = printlight("compile", str(path), "--for", "uni-1", "--json")
    assert ran.status == 0
    answer = ran.json
    assert set(answer) == {
        "target", "text", "segments", "negative", "params", "references", "losses", "findings",
    }  # fmt: skip
    assert answer["target"] == "uni-1"
    assert "".join(segment["text"] for segment in answer["segments"]) == answer["text"]
    assert all(set(segment) == {"text", "paths", "derived"} for segment in answer["segments"])


def test_the_answer_keeps_references_and_losses_whole() -> None:
    answer = printlight("compile", "vocab/samples/the_letter.toml", "--json").json
    assert [sent["slot"] for sent in answer["references"]] == [1, 2, 3]
    assert [sent["role"] for sent in answer["references"]] == [
        "reference.role.character",
        "reference.role.lighting",
        "reference.role.color_palette",
    ]
    assert all(len(sent["asset"]) == 64 for sent in answer["references"])
    assert {"paths", "kind", "reason", "sent", "choices"} == set(answer["losses"][0])
    assert answer["params"]["aspect_ratio"] == {"value": "2:1", "paths": ["framing.aspect"]}


def test_standard_input_takes_toml_and_json() -> None:
    toml = printlight("compile", "-", given=b"[camera]\nfocal_mm = 85\n")
    same = printlight("compile", "-", given=b'{"camera": {"focal_mm": 85}}')
    assert toml.out == same.out
    assert "85 mm lens" in toml.out


def test_findings_of_severity_error_give_status_1() -> None:
    for command in ("compile", "check"):
        ran = printlight(command, "-", given=CONTRADICTION.encode())
        assert ran.status == 1
        assert "opens to T2" in ran.err
    found = printlight("check", "-", "--json", given=CONTRADICTION.encode()).json
    assert [set(finding) for finding in found] == [{"code", "severity", "message", "paths", "fix"}]
    assert found[0]["fix"] == {"camera": {"t_stop": 2.0}}


BAD = {
    "broken TOML": (b"[camera\nfocal_mm = 85", "line 1"),
    "broken JSON": (b'{"camera": {"focal_mm": }}', "line 1"),
    "out of range": (b"[camera]\nfocal_mm = 85000", "between 2 and 2000 mm"),
    "unknown field": (b"[camera]\nfocla_mm = 85", "camera.focla_mm"),
    "binary": (bytes(range(256)), "TOML"),
    "a list": (b"[1, 2]", "TOML"),
    "a newer kind": (b'kind = "printlight.shot/9"', "printlight.shot/1"),
    "deep nesting": (b'{"a":' * 3000 + b"1" + b"}" * 3000, "nested"),
}


@pytest.mark.parametrize("name", BAD)
def test_unusable_input_gives_status_2_and_a_sentence(name: str) -> None:
    given, said = BAD[name]
    ran = printlight("compile", "-", given=given)
    assert ran.status == 2
    assert said in ran.err
    assert ran.err.startswith("printlight: ")


def test_unknown_names_get_the_near_one() -> None:
    assert "Did you mean 'uni-1'?" in printlight("compile", str(SAMPLES[0]), "--for", "uni1").err
    assert "Did you mean 'previz'?" in printlight("shoot", str(SAMPLES[0]), "--on", "preview").err
    missing = printlight("compile", "nowhere.toml")
    assert missing.status == 2
    assert "There is no file nowhere.toml" in missing.err


def test_targets_terms_and_schema() -> None:
    listed = printlight("targets", "--json").json
    assert {target["id"] for target in listed} == set(vocabulary().targets)
    found = printlight("terms", "rembrandt", "--json").json
    assert found[0]["id"] == "light.pattern.rembrandt"
    assert "Medium close-up" in printlight("terms", "mcu").out
    schema = printlight("schema").json
    assert schema["properties"]["lights"]


def test_plain_beside_compiled() -> None:
    plain = printlight("compile", "vocab/samples/the_rim.toml", "--plain", "--json").json
    assert plain["text"].count(".") == 1
    assert "3200" not in plain["text"]
    assert any("lights.rim.cct_k" in loss["paths"] for loss in plain["losses"])


def test_shoot_on_previz_leaves_a_picture(tmp_path: Path) -> None:
    ran = printlight(
        "shoot", "vocab/samples/the_rim.toml", "--on", "previz", "--out", str(tmp_path / "out"), "--json", data=tmp_path
    )
    assert ran.status == 0, ran.err
    take = ran.json
    assert take["state"] == "done"
    assert Path(take["file"]).read_bytes().startswith(b"\x89PNG")
    assert take["width"] == 240
    assert take["width"] / take["height"] == pytest.approx(2.39, abs=0.02)
    assert places.library(tmp_path).pictures.has(take["picture"])


@pytest.fixture
def fake() -> Iterator[luma.Luma]:
    with luma.served() as served:
        yield served


def test_shoot_on_uni1_sends_prompt_and_references_once(tmp_path: Path, fake: luma.Luma) -> None:
    ran = printlight(
        "shoot", "vocab/samples/the_letter.toml", "--for", "uni-1-max", "--on", "uni1", "--out", str(tmp_path),
        "--json", data=tmp_path, settings=for_luma(fake),
    )  # fmt: skip
    assert ran.status == 0, ran.err
    assert fake.posts == 1
    body = fake.bodies[0]
    assert body["model"] == "uni-1-max"
    assert body["aspect_ratio"] == "2:1"
    assert len(body["image_ref"]) == 3
    assert "Use IMAGE3" in body["prompt"]
    assert ran.json["cost_usd"] == pytest.approx(0.109)
    assert luma.KEY not in ran.out + ran.err


def test_shoot_without_a_key_says_where_to_put_it(tmp_path: Path) -> None:
    ran = printlight("shoot", "vocab/samples/the_rim.toml", "--on", "uni1", "--out", str(tmp_path), data=tmp_path)
    assert ran.status == 2
    assert "LUMA_AGENTS_API_KEY" in ran.err


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    key = tmp_path / "luma.key"
    key.write_text("luma-api-secret")
    key.chmod(0o644)
    ran = printlight("shoot", "vocab/samples/the_rim.toml", "--on", "uni1", "--out", str(tmp_path), data=tmp_path)
    assert ran.status == 2
    assert "chmod 600" in ran.err
    assert "luma-api-secret" not in ran.err


def test_shoot_on_ones_own_machine(tmp_path: Path) -> None:
    with forge.served() as own:
        ran = printlight(
            "shoot", "vocab/samples/the_rim.toml", "--for", "sdxl", "--on", "a1111", "--out", str(tmp_path), "--json",
            data=tmp_path, settings={"A1111_URL": own.url},
        )  # fmt: skip
    assert ran.status == 0, ran.err
    assert ran.json["state"] == "done"


def test_a_backend_that_is_down_says_what_to_start(tmp_path: Path) -> None:
    ran = printlight(
        "shoot", "vocab/samples/the_rim.toml", "--for", "sdxl", "--on", "a1111", "--out", str(tmp_path), data=tmp_path,
        settings={"A1111_URL": "http://127.0.0.1:9"},
    )  # fmt: skip
    assert ran.status == 2
    assert "--api" in ran.err


def test_a_backend_that_does_not_serve_the_target_says_which_it_serves(tmp_path: Path) -> None:
    ran = printlight(
        "shoot", "vocab/samples/the_rim.toml", "--for", "uni-1", "--on", "a1111", "--out", str(tmp_path), data=tmp_path
    )
    assert ran.status == 2
    assert "sdxl" in ran.err
