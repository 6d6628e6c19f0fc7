"""Shot lists as CSV: columns known by their heads, each cell where it belongs, and nothing lost."""

import csv
from contextlib import suppress
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import ShotError
from app.exporters import export, exporters
from app.importers import Imported, import_file, importers
from app.importers._shot_heads import FIELDS, HEADS
from app.importers._shot_rows import MAX_COLUMNS, MAX_SHOTS
from app.resolve import resolve
from app.schema import Shot, read_data
from app.schema.paths import leaves
from app.vocab import vocabulary
from tests.exporters.reels import reel, shot
from tests.shots import examples

VOCABULARY = vocabulary()

STUDIOBINDER = """The Lamp Room,,,,,,,,,,,,,
Scene,Shot,Description,Size,Type,Movement,Mechanism,Lens,FPS,Sound,Cast,VFX,Notes,ERT
12,1,Mara climbs the stair.,WS,Low Angle,Slow push in,Steadicam,24mm,24 fps,Wind,MARA,No,"Wet-down, please",0:08
,2,Her face at the glass,ECU,Eye Level,Static,Sticks,85mm Cooke S4,48,MOS,MARA,,,4 s
13,A,At the table,Two Shot,OTS,"Pan left, then tilt up",Tripod,24-70mm,,,"MARA, JONAS",Rain,,
"""


def imported(text: str, name: str = "list.csv") -> Imported:
    return import_file(text.encode(), name, VOCABULARY)[1]


def one(**cells: str) -> Shot:
    """Import a line whose heads are the names of fields, `_` for a blank."""
    return lined(cells).shots[0]


def lined(cells: dict[str, str]) -> Imported:
    out = StringIO()
    csv.writer(out).writerows(
        [["scene", "shot", *(head.replace("_", " ") for head in cells)], ["1", "A", *cells.values()]]
    )
    return imported(out.getvalue())


def test_a_list_of_studiobinder_becomes_shots() -> None:
    found = imported(STUDIOBINDER)
    assert found.title == "The Lamp Room"
    assert [label.slate for label in found.labels] == ["12A", "12B", "13A"]
    assert [label.name for label in found.labels] == ["Mara climbs the stair.", "Her face at the glass", "At the table"]
    assert [label.note for label in found.labels] == ["VFX: No\nWet-down, please", "Sound: MOS", "VFX: Rain"]
    assert found.scenes == 2
    first, second, third = (leaves(shot) for shot in found.shots)
    assert first == {
        "intent.says": "Mara climbs the stair.",
        "camera.size": "camera.size.ws",
        "camera.angle": "camera.angle.low",
        "camera.support": "camera.support.steadicam",
        "camera.focal_mm": 24,
        "camera.fps": 24,
        "beats.main.moves.move_1.path": "camera.move.dolly_in",
        "beats.main.moves.move_1.speed": "camera.speed.slow",
        "sound.ambience": ("sound.ambience.wind",),
        "subjects.mara.kind": "subject.kind.character",
        "subjects.mara.name": "Mara",
        "duration_s": 8,
    }
    assert (second["camera.lens_family"], second["camera.focal_mm"]) == ("camera.lens.cooke_s4i", 85)
    assert second["camera.support"] == "camera.support.tripod"
    assert third["framing.count"] == "framing.count.two"
    assert third["framing.perspective"] == "framing.perspective.over_the_shoulder"
    assert [third[f"beats.main.moves.move_{n}.path"].rpartition(".")[2] for n in (1, 2)] == ["pan_left", "tilt_up"]
    assert third["camera.lens_family"] == {"words": "24-70mm"}


CELLS: dict[tuple[str, str], dict[str, Any]] = {
    ("lens", "35"): {"camera.focal_mm": 35},
    ("lens", "35 mm anamorphic"): {"camera.focal_mm": 35, "camera.anamorphic": "camera.anamorphic.a_2x"},
    ("t stop", "T2.8"): {"camera.t_stop": 2.8},
    ("aperture", "f/4"): {"camera.t_stop": 4},
    ("white balance", "5,600 K"): {"camera.white_balance_k": 5600},
    ("aspect ratio", "16:9"): {"framing.aspect": pytest.approx(16 / 9)},
    ("aspect ratio", "2.39"): {"framing.aspect": 2.39},
    ("duration", "00:01:30"): {"duration_s": 90},
    ("key side", "Camera left"): {"lights.key.side": "left", "lights.key.role": "light.role.key"},
    ("key:fill", "4:1"): {"lighting.ratio_stops": 2},
    ("int/ext", "EXT."): {"place.setting": "place.setting.exterior"},
    ("int/ext", "I/E"): {"place.setting": "place.setting.interior_exterior"},
    ("day/night", "DAY"): {"place.time": "place.time.daytime"},
    ("angle", "Dutch"): {"camera.roll": "camera.roll.dutch"},
    ("size", "Insert"): {"intent.purpose": ("intent.purpose.insert",)},
    ("size", "As wide as the room lets us"): {"camera.size": {"words": "As wide as the room lets us"}},
    ("movement", "Dolly in, slow, 2 m"): {
        "beats.main.moves.move_1.path": "camera.move.dolly_in",
        "beats.main.moves.move_1.speed": "camera.speed.slow",
        "beats.main.moves.move_1.amount_m": 2,
    },
    ("movement", "Float with her"): {"beats.main.moves.move_1.path": {"words": "Float with her"}},
    ("dialogue", "VO: Nobody came."): {"sound.voiceover": "Nobody came."},
    ("lighting", "one practical behind her"): {"lighting.setup": {"words": "one practical behind her"}},
    ("transition", "CUT TO"): {"transition_out": "time.transition.cut"},
}


@pytest.mark.parametrize(("head", "text"), CELLS, ids=str)
def test_a_cell_lands_where_it_belongs(head: str, text: str) -> None:
    assert leaves(lined({head: text}).shots[0]) == CELLS[head, text]


def test_people_have_what_is_said_of_them() -> None:
    shot = one(
        description="She waits. Mara: turns; Jonas: leaves",
        cast="Mara, Jonas",
        wardrobe="Jonas: a yellow oilskin",
        subject="a keeper in her fifties",
        dialogue="MARA: Who is there?\nJonas (whispering): Nobody.\nKatrin: Me.\nErik (O.S.): Go.",
    )
    said = leaves(shot)
    assert said["intent.says"] == "She waits."
    assert said["beats.main.action.mara"] == {"words": "turns"}
    assert said["beats.main.action.jonas"] == {"words": "leaves"}
    assert said["subjects.jonas.wardrobe"] == "a yellow oilskin"
    assert said["subjects.mara.description"] == "a keeper in her fifties"
    assert [said[f"beats.main.says.{who}"] for who in ("mara", "jonas", "katrin")] == [
        "Who is there?",
        "Nobody.",
        "Me.",
    ]
    assert said["subjects.katrin.name"] == "Katrin"
    assert said["beats.main.delivery.jonas"] == {"words": "whispering"}
    assert said["sound.voiceover"] == "Erik (O.S.): Go."
    assert "erik" not in shot.subjects


def test_our_own_list_comes_back() -> None:
    patch = {
        "beats": {"b1": {"action": {"mara": {"words": "turns"}}, "moves": {"m": {"path": "camera.move.dolly_in"}}}},
        "lights": {"rim": {"slot": 2, "azimuth_deg": -140, "elevation_deg": 30, "distance_m": 2.5, "stops": 1.5}},
        "subjects": {"mara": {"kind": "subject.kind.character", "wardrobe": "a yellow raincoat"}},
        "place": {"where": "the lamp room", "time": "place.time.night"},
        "intent": {"says": "She hears a step."},
    }
    film = replace(reel(), shots=(shot(patch=patch), *reel().shots[1:]))
    found = import_file(export(exporters["csv"], film).content, "film.csv", VOCABULARY)[1]
    assert [(label.slate, label.name, label.note) for label in found.labels] == [
        ("12A", "The stair", "Wait for the wind."),
        ("12B", "The door", "Wait for the wind."),
        ("13", "Outside", ""),
    ]
    back, was = leaves(found.shots[0]), leaves(film.shots[0].resolved.shot)
    same = {path: value for path, value in was.items() if not path.startswith(("references.", "beats."))}
    assert {path: back.get(path) for path in same} == same
    assert back["beats.main.says.mara"] == "Who is there?"
    assert back["beats.main.action.mara"] == {"words": "turns"}
    assert back["beats.main.moves.move_1.path"] == "camera.move.dolly_in"
    again = replace(film, shots=(replace(film.shots[0], resolved=resolve(found.shots[0], VOCABULARY)),))
    before, after = (
        next(csv.DictReader(StringIO(export(exporters["csv"], each).content.decode("utf-8-sig"), newline="")))
        for each in (film, again)
    )
    assert after == before


@pytest.mark.parametrize("text", ["=1+1", "-2 stops", "+49", "@home", "'=1"])
def test_an_apostrophe_before_a_formula_is_none_of_the_text(text: str) -> None:
    film = replace(reel(), shots=(replace(shot(), note=text),))
    found = import_file(export(exporters["csv"], film).content, "film.csv", VOCABULARY)[1]
    assert found.labels[0].note == text


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_other_marks_part_columns_too(mark: str) -> None:
    found = imported(f"Lens{mark}Shot{mark}Shot size\r\n85mm{mark}12A{mark}CU\r\n")
    assert leaves(found.shots[0]) == {"camera.focal_mm": 85, "camera.size": "camera.size.cu"}
    assert found.labels[0].slate == "12A"


BROKEN = {
    "no heads": ("Album,Artist\nHomogenic,Björk\n", "no heads of a shot list", "Shot size, Lens"),
    "no shots": ("Scene,Shot,Lens\n,,\n", "heads in line 1, and no shot", "line a shot"),
    "an open quotation mark": (
        'Scene,Shot,Lens\n1,A,35\n2,A,"35\n3,A,35\n',
        "line 3: unexpected end of data",
        "quotation",
    ),
    "a cell without a head": ("Scene,Shot,Lens\n1,A,35\n1,B,35,T2,8\n", "line 3, column 4: no head", "3 columns"),
    "too many shots": ("Scene,Shot,Lens\n" + "1,A,35\n" * (MAX_SHOTS + 1), "holds 1,001 shots", "At most"),
    "too many columns": (
        "Scene,Shot,Lens" + "," * MAX_COLUMNS + "\n1,A\n",
        "line 1: this list is too large",
        "columns",
    ),
    "nothing": ("", "no heads", "Scene"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_told_with_its_place(name: str) -> None:
    text, says, hint = BROKEN[name]
    with pytest.raises(ShotError) as refused:
        imported(text)
    assert says in refused.value.message
    assert refused.value.message.startswith("list.csv")
    assert hint in refused.value.hint


def test_a_number_out_of_range_stays_as_words() -> None:
    found = lined({"lens": "9000 mm"})
    assert leaves(found.shots[0]) == {}
    assert found.labels[0].note == "lens: 9000 mm"
    assert found.values[-1].note == "A shot takes 2 to 2000. Kept in the note of the shot."


def test_a_list_is_known_by_its_heads_and_other_tables_are_not() -> None:
    assert import_file(STUDIOBINDER.encode(), "standard input", VOCABULARY)[0].id == "csv"
    assert not importers["csv"].recognises("name,prompt,negative_prompt\nrain,wet street,people\n")


def test_every_head_belongs_to_one_column() -> None:
    assert len(FIELDS) == sum(len(names) for names in HEADS.values())


HEAD_OR_NOT = st.sampled_from([*FIELDS, "", "VFX", "Anything"]) | st.text(max_size=12)
TABLES = st.lists(st.lists(st.text(max_size=30) | st.sampled_from(list(map(str, CELLS))), max_size=8), max_size=5)


@given(st.lists(HEAD_OR_NOT, max_size=8), TABLES)
@examples(100)
def test_any_table_is_read_or_refused_in_a_sentence(heads: list[str], rows: list[list[str]]) -> None:
    out = StringIO()
    csv.writer(out).writerows([["Scene", "Shot", "Lens", *heads], *rows])
    with suppress(ShotError):
        found = import_file(out.getvalue().encode("utf-8", "replace"), "any.csv", VOCABULARY)[1]
        assert all(read_data(shot.model_dump(mode="json")) == shot for shot in found.shots)
        assert len(found.labels) == len(found.shots)


@given(st.sampled_from(sorted(HEADS)), st.text(min_size=1, max_size=60))
@examples(100)
def test_no_cell_is_lost(field: str, text: str) -> None:
    found = lined({HEADS[field][0]: text})
    told = " ".join([*(value.value for value in found.values), *map(str, found.labels[0].model_dump().values())])
    letters = [letter for letter in text if letter.isalnum()]
    assert all(letter.casefold() in told.casefold() for letter in letters)


@given(st.text(max_size=300))
@examples(100)
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ShotError, match=r"^any\.csv"):
        import_file(text.encode("utf-8", "replace"), "any.csv", VOCABULARY)
