"""What a screenplay in Fountain becomes: scenes, shots, people, beats, and where each word landed."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import ShotError
from app.importers import Imported, Value, importers
from app.importers._headings import SHOTS, TIMES
from app.pipeline import check_shot, compile_shot
from app.schema.facets import facet_of
from app.schema.fields import Words
from app.schema.paths import leaves
from app.vocab import vocabulary

VOCABULARY = vocabulary()
SCRIPTS = Path(__file__).parent / "scripts"
SCENE = "INT. LAMP ROOM - NIGHT\n\n"


def read(content: str) -> Imported:
    """Read a script."""
    return importers["fountain"].read(content, "script", VOCABULARY)


def said(found: Imported, shot: int = 1) -> dict[str, Any]:
    """Return what a shot says by path, without its order and kinds."""
    told = leaves(found.shots[shot - 1])
    return {path: value for path, value in told.items() if not path.endswith((".slot", ".kind"))}


def played(body: str) -> dict[str, Any]:
    """Return what the one shot of a scene says beside its heading."""
    return {path: value for path, value in said(read(SCENE + body)).items() if not path.startswith("place.")}


def told(found: Imported, field: str) -> list[Value]:
    """Return the values of one field."""
    return [value for value in found.values if value.field == field]


SETTING, TIME = "place.setting", "place.time"
HEADINGS = {
    "INT. LAMP ROOM - NIGHT": ("interior", "LAMP ROOM", "night", "lighthouse"),
    "EXT. HARBOUR - DAWN": ("exterior", "HARBOUR", "dawn", "harbour"),
    "int. kitchen - day": ("interior", "kitchen", "daytime", "kitchen"),
    "INT LAMP SHOP - DUSK": ("interior", "LAMP SHOP", "dusk", ""),
    "INT./EXT. VAN - MAGIC HOUR": ("interior_exterior", "VAN", "golden_hour", ""),
    "INT/EXT VAN - MORNING": ("interior_exterior", "VAN", "morning", ""),
    "INT.-EXT. VAN - DAY": ("interior_exterior", "VAN", "daytime", ""),
    "EXT./INT. VAN - DAY": ("interior_exterior", "VAN", "daytime", ""),
    "I/E. VAN - SUNSET": ("interior_exterior", "VAN", "sunset", ""),
    "I./E. VAN - NIGHT": ("interior_exterior", "VAN", "night", ""),
    "E./I. VAN - NIGHT": ("interior_exterior", "VAN", "night", ""),
    "I/E VAN – NIGHT": ("interior_exterior", "VAN", "night", ""),
    "EXT. MARA'S HOUSE, KITCHEN - DAY": ("exterior", "MARA'S HOUSE, KITCHEN", "daytime", "kitchen"),
    "INT. LIGHTHOUSE - KITCHEN - DAY": ("interior", "LIGHTHOUSE - KITCHEN", "daytime", ""),
    "INT. ST. MARK'S--NIGHT": ("interior", "ST. MARK'S", "night", ""),
    "INT. KITCHEN, MIDNIGHT": ("interior", "KITCHEN", "late_night", "kitchen"),
    "INT. ROOM 12 - DAY 3": ("interior", "ROOM 12", "daytime", ""),
    "INT. ROOM - NIGHT (FLASHBACK)": ("interior", "ROOM", "night", ""),
    "INT. ROOM - DAY - FLASHBACK (1944)": ("interior", "ROOM", "daytime", ""),
    "EXT. SHORE - THE NEXT MORNING": ("exterior", "SHORE", "morning", ""),
    "EXT. SHORE - DAY - LATER": ("exterior", "SHORE", "daytime", ""),
    "EXT. SHORE - BLUE HOUR": ("exterior", "SHORE", "blue_hour", ""),
    "EXT. NIGHT MARKET": ("exterior", "NIGHT MARKET", "", ""),
    "INT. CELLAR - CONTINUOUS": ("interior", "CELLAR", "", "basement"),
    "INT. CELLAR - SAME": ("interior", "CELLAR", "", "basement"),
    "INT. CELLAR - MOMENTS LATER": ("interior", "CELLAR", "", "basement"),
    "INT. CELLAR": ("interior", "CELLAR", "", "basement"),
    "   INT. CELLAR - DAY": ("interior", "CELLAR", "daytime", "basement"),
    "**INT. CELLAR - DAY**": ("interior", "CELLAR", "daytime", "basement"),
    ".THE ENGINE ROOM - NIGHT": ("", "THE ENGINE ROOM", "night", ""),
    ".THE ENGINE ROOM": ("", "THE ENGINE ROOM", "", ""),
}


@pytest.mark.parametrize("line", HEADINGS)
def test_a_heading_says_setting_place_and_time(line: str) -> None:
    setting, where, time, location = HEADINGS[line]
    terms = {SETTING: setting, TIME: time, "place.location": location}
    expected = {path: f"{path}.{term}" for path, term in terms.items() if term} | {"place.where": where}
    assert said(read(f"{line}\n\nRain.\n")) == expected | {"beats.beat_1.interaction": {"words": "Rain"}}


def test_a_time_without_a_term_stays_in_its_words() -> None:
    found = read("EXT. SHORE - EVENING\n")
    assert said(found)[TIME] == {"words": "EVENING"}
    assert [value.status for value in told(found, "time")] == ["unknown"]


@pytest.mark.parametrize("time", ["CONTINUOUS", "SAME", "LATER", "MOMENTS LATER", "SAME TIME", "FLASHBACK"])
def test_a_word_on_the_storys_clock_inherits_nothing_and_is_kept_in_the_name(time: str) -> None:
    found = read(f"EXT. SHORE - NIGHT\n\nINT. CELLAR - {time}\n")
    assert TIME not in said(found, 2)
    assert found.labels[1].name == f"CELLAR - {time}"
    (value,) = (one for one in told(found, "time") if one.shot == 2)
    assert (value.value, value.path) == (time, "")
    assert "nothing is taken from another scene" in value.note


def test_est_says_that_the_shot_establishes() -> None:
    assert said(read("EST. THE ROCK - DAY\n"))["intent.purpose"] == ("intent.purpose.establishing",)


SLATES = {
    "as numbered": (["INT. A #12#", "INT. B #12A#", "INT. C #110-A.1#"], ["12", "12A", "110-A.1"]),
    "none numbered": (["INT. A", "INT. B"], ["1", "2"]),
    "some numbered": (["INT. A #7#", "INT. B"], ["7", ""]),
    "lettered": (["INT. A #7#", "INSERT – DIAL", "CLOSE ON MARA"], ["7", "7A", "7B"]),
    "letters that scenes have": (["INT. A #7#", "INSERT – DIAL", "INT. B #7A#"], ["7", "7B", "7A"]),
    "behind a letter": (["INT. A #7A#", "INSERT – DIAL"], ["7A", "7AA"]),
    "without I and O": (
        ["INT. A #7#", *["NEW ANGLE"] * 25],
        ["7", *(f"7{one}" for one in "ABCDEFGHJKLMNPQRSTUVWXYZ"), "7AA"],
    ),
}


@pytest.mark.parametrize("name", SLATES)
def test_slates_are_written_as_assistants_write_them(name: str) -> None:
    lines, slates = SLATES[name]
    assert [label.slate for label in read("\n\n".join(lines)).labels] == slates


SHOT_LINES: dict[str, dict[str, Any]] = {
    "CLOSE ON MARA": {"camera.size": "camera.size.cu", "camera.aimed_at": "mara", "subjects.mara.name": "MARA"},
    "CLOSE ON MARA'S HAND": {"camera.size": "camera.size.cu", "camera.aimed_at": {"words": "MARA'S HAND"}},
    "CLOSE-UP - THE WICK": {"camera.size": "camera.size.cu", "camera.aimed_at": {"words": "THE WICK"}},
    "EXTREME CLOSE UP OF THE WICK": {"camera.size": "camera.size.ecu", "camera.aimed_at": {"words": "THE WICK"}},
    "ANGLE ON THE DOOR": {"camera.aimed_at": {"words": "THE DOOR"}},
    "INSERT – THE LETTER": {"intent.purpose": ("intent.purpose.insert",), "camera.aimed_at": {"words": "THE LETTER"}},
    "INSERT: THE LETTER": {"intent.purpose": ("intent.purpose.insert",), "camera.aimed_at": {"words": "THE LETTER"}},
    "POV - THE SEA": {"framing.perspective": "framing.perspective.pov", "camera.aimed_at": {"words": "THE SEA"}},
    "MARA'S POV - THE SEA": {"framing.perspective": "framing.perspective.pov", "camera.aimed_at": {"words": "THE SEA"}},
    "MARA'S P.O.V.": {"framing.perspective": "framing.perspective.pov"},
    "WIDE SHOT": {"camera.size": "camera.size.ws"},
    "TWO-SHOT": {"framing.count": "framing.count.two"},
    "REVERSE ANGLE": {"intent.purpose": ("intent.purpose.reverse",)},
    ".BENEATH THE STAIRS": {"intent.says": "BENEATH THE STAIRS"},
}


@pytest.mark.parametrize("line", SHOT_LINES)
def test_a_shot_line_is_a_further_shot_of_its_scene(line: str) -> None:
    found = read(f"{SCENE}{line}\n\nMARA\nOh.\n")
    assert len(found.shots) == 2
    assert [label.scene for label in found.labels] == [1, 1]
    assert found.labels[1].name == line.removeprefix(".")
    heading = {
        "place.setting": "place.setting.interior",
        "place.where": "LAMP ROOM",
        "place.location": "place.location.lighthouse",
        "place.time": "place.time.night",
    }
    speech = {"subjects.mara.name": "MARA", "beats.beat_1.says.mara": "Oh."}
    assert said(found, 2) == heading | speech | SHOT_LINES[line]


PROSE = [
    "Close on nothing, she thinks.",
    "INSERTED.",
    "CLOSER they come.",
    "The POV of a gull.",
    "INSERT coin, it says.",
]


@pytest.mark.parametrize("line", PROSE)
def test_prose_that_only_looks_like_a_shot_line_stays_action(line: str) -> None:
    found = read(f"{SCENE}{line}\n")
    assert len(found.shots) == 1
    assert said(found)["beats.beat_1.interaction"] == {"words": line.removesuffix(".")}


def test_a_shot_line_in_prose_is_its_first_sentence() -> None:
    found = read(f"{SCENE}CLOSE ON Mara's hand. It shakes.\n")
    assert said(found, 2)["camera.aimed_at"] == {"words": "Mara's hand"}
    assert said(found, 2)["beats.beat_1.interaction"] == {"words": "It shakes"}


def test_back_to_scene_goes_on_with_the_scenes_first_shot() -> None:
    found = read(f"{SCENE}Rain.\n\nINSERT – DIAL\n\nBACK TO SCENE\n\nSnow.\n")
    assert said(found)["beats.beat_2.interaction"] == {"words": "Snow"}
    assert len(found.shots) == 2


TRANSITIONS = {
    "CUT TO:": "time.transition.cut",
    "DISSOLVE TO:": "time.transition.dissolve",
    "SMASH CUT TO:": "time.transition.smash_cut",
    "MATCH CUT TO:": "time.transition.match_cut",
    "JUMP CUT TO:": "time.transition.jump_cut",
    "WIPE TO:": "time.transition.wipe",
    "FADE OUT.": "time.transition.fade_out",
    "FADE TO BLACK.": "time.transition.fade_out",
    "FADE TO WHITE.": "time.transition.fade_to_white",
    "> Whip pan": "time.transition.whip",
    "CUT TO BLACK.": {"words": "CUT TO BLACK"},
    "> Ripple to 1911": {"words": "Ripple to 1911"},
}


@pytest.mark.parametrize("line", TRANSITIONS)
def test_a_transition_closes_the_shot_before(line: str) -> None:
    found = read(f"{SCENE}Rain.\n\n{line}\n\nEXT. SHORE\n")
    assert said(found)["transition_out"] == TRANSITIONS[line]
    assert "transition_in" not in said(found, 2)


def test_a_fade_in_opens_the_next_shot_and_a_second_transition_finds_room_there() -> None:
    found = read(f"FADE IN:\n\n{SCENE}Rain.\n\nFADE OUT.\n\nDISSOLVE TO:\n\nEXT. SHORE\n\nCUT TO:\n\nWIPE TO:\n")
    assert said(found)["transition_in"] == "time.transition.fade_in"
    assert said(found, 2)["transition_in"] == "time.transition.dissolve"
    (lost,) = (value for value in told(found, "transition") if not value.path)
    assert (lost.value, lost.note) == ("WIPE TO:", "No room for it in the shot.")


ACTION = {
    "Rain. Wind.": {"beats.beat_1.interaction": {"words": "Rain. Wind"}},
    "Mara climbs.": {"subjects.mara.name": "Mara", "beats.beat_1.action.mara": {"words": "climbs"}},
    "Mara, soaked, climbs. She stops!": {
        "subjects.mara.name": "Mara",
        "beats.beat_1.action.mara": {"words": "soaked, climbs"},
        "beats.beat_1.interaction": {"words": "She stops!"},
    },
    "Rain. Mara climbs.": {
        "subjects.mara.name": "Mara",
        "beats.beat_1.interaction": {"words": "Rain"},
        "beats.beat_2.action.mara": {"words": "climbs"},
    },
    "Mara climbs. Mara stops.": {
        "subjects.mara.name": "Mara",
        "beats.beat_1.action.mara": {"words": "climbs"},
        "beats.beat_2.action.mara": {"words": "stops"},
    },
    "Mara and Old Tom climb.": {
        "subjects.mara.name": "Mara",
        "subjects.old_tom.name": "Old Tom",
        "beats.beat_1.action.mara": {"words": "climb"},
        "beats.beat_1.action.old_tom": {"words": "climb"},
    },
    "Mara and a gull climb.": {"beats.beat_1.interaction": {"words": "Mara and a gull climb"}},
    "Mara's lamp fails.": {"beats.beat_1.interaction": {"words": "Mara's lamp fails"}},
    "Maranta grows.": {"beats.beat_1.interaction": {"words": "Maranta grows"}},
    "MARA (60s), a keeper in oilskins, climbs.": {
        "subjects.mara.name": "MARA",
        "subjects.mara.description": "60s, a keeper in oilskins",
        "beats.beat_1.action.mara": {"words": "climbs"},
    },
    "MARA (60s) climbs.": {
        "subjects.mara.name": "MARA",
        "subjects.mara.description": "60s",
        "beats.beat_1.action.mara": {"words": "climbs"},
    },
    "The door opens on A YOUNG WOMAN (20s, wet).": {
        "subjects.young_woman.name": "YOUNG WOMAN",
        "subjects.young_woman.description": "20s, wet",
        "beats.beat_1.interaction": {"words": "The door opens on A YOUNG WOMAN (20s, wet)"},
    },
    "A BANG. The LAMP (lit) swings.": {"beats.beat_1.interaction": {"words": "A BANG. The LAMP (lit) swings"}},
}


@pytest.mark.parametrize("line", ACTION)
def test_action_belongs_to_whom_it_names_first_else_to_its_beat(line: str) -> None:
    cast = "EXT. SHORE\n\nMARA\nOh.\n\nOLD TOM\nOh.\n"
    found = read(f"{SCENE}{line}\n\n{cast}")
    assert {path: value for path, value in said(found).items() if not path.startswith("place.")} == ACTION[line]


SPEECH: dict[str, dict[str, Any]] = {
    "MARA\nWho is there?": {"beats.beat_1.says.mara": "Who is there?"},
    "MARA\nWho\nis there?": {"beats.beat_1.says.mara": "Who is there?"},
    "MARA\nWho?\n  \nYou?": {"beats.beat_1.says.mara": "Who? You?"},
    "MARA (CONT'D)\nWho?": {"beats.beat_1.says.mara": "Who?"},
    "@Mara\nWho?": {"beats.beat_1.says.mara": "Who?", "subjects.mara.name": "Mara"},
    "MARA\n(whispering)\nWho?": {
        "beats.beat_1.says.mara": "Who?",
        "beats.beat_1.delivery.mara": "sound.delivery.whispered",
    },
    "MARA (INTO PHONE)\n(not to him)\nWho?": {
        "beats.beat_1.says.mara": "Who?",
        "beats.beat_1.delivery.mara": {"words": "INTO PHONE, not to him"},
    },
    "MARA\nWho?\n(beat)\nYou?": {
        "beats.beat_1.says.mara": "Who?",
        "beats.beat_2.says.mara": "You?",
        "beats.beat_2.delivery.mara": {"words": "beat"},
    },
    "MARA\nWho?\n(turns\naway)": {
        "beats.beat_1.says.mara": "Who?",
        "beats.beat_2.delivery.mara": {"words": "turns away"},
    },
    "MARA\n~Roll, sea": {
        "beats.beat_1.says.mara": "Roll, sea",
        "beats.beat_1.delivery.mara": "sound.delivery.singing",
    },
    "MARA\nWho?\n\nTOM ^\nWhere?": {
        "beats.beat_1.says.mara": "Who?",
        "beats.beat_1.says.tom": "Where?",
        "subjects.tom.name": "TOM",
    },
    "MARA\n**Who** _is_ *\\*there\\**?": {"beats.beat_1.says.mara": "Who is *there*?"},
}


@pytest.mark.parametrize("speech", SPEECH)
def test_speech_is_said_by_its_speaker(speech: str) -> None:
    assert played(speech) == {"subjects.mara.name": "MARA"} | SPEECH[speech]


def test_who_is_heard_and_not_seen_is_sound_and_nobody_in_the_picture() -> None:
    over = played("MARA (V.O.)\n(tired)\nIt was early.\n\nMARA (V.O.)\nToo early.\n")
    assert over == {"sound.voiceover": "MARA (V.O.) (tired): It was early.; MARA (V.O.): Too early."}
    assert played("TOM (O.S.)\nMara?\n") == {"beats.beat_1.sound": "TOM (O.S.): Mara?"}


def test_a_name_is_written_as_the_action_writes_it_and_is_one_person_throughout() -> None:
    found = read(f"{SCENE}MCKENZIE\nOh.\n\nEXT. SHORE\n\nMcKenzie swims.\n")
    assert [said(found, shot)["subjects.mckenzie.name"] for shot in (1, 2)] == ["McKenzie", "McKenzie"]


def test_names_of_other_scripts_and_names_that_share_an_id_stay_apart() -> None:
    found = read(f"{SCENE}@玛拉\n谁\n\n@ヨナス\nはい。\n\nOLD TOM\nOh.\n\nOLD-TOM'S\nAh.\n\nWORDS\nEh.\n")
    subjects = found.shots[0].subjects
    assert [one.name for one in subjects.values()] == ["玛拉", "ヨナス", "OLD TOM", "OLD-TOM'S", "WORDS"]
    assert [beat.says for beat in found.shots[0].beats.values()] == [
        {name: line} for name, line in zip(subjects, ["谁", "はい。", "Oh.", "Ah.", "Eh."], strict=True)
    ]


def test_what_is_no_part_of_the_picture_is_left_out_and_counted() -> None:
    body = "# ACT ONE\n\nRain.[[too much?]] /* Snow.\n\nHail. */\n\n===\n\n= She waits.\n\n## Later\n\n= All wait.\n"
    found = read(SCENE + body)
    assert played(body) == {"intent.says": "She waits.", "beats.beat_1.interaction": {"words": "Rain"}}
    assert [(one.field, one.value) for one in found.values if not one.path] == [
        ("section", "ACT ONE"),
        ("note", "too much?"),
        ("boneyard", "Snow. Hail."),
        ("section", "Later"),
        ("synopsis", "All wait."),
    ]


def test_centred_lines_lyrics_alone_and_forced_action_are_kept_in_words() -> None:
    assert played("> THE END <\n\n~Roll, sea\n\n!SCANNING THE AISLES...\nMara waits.\n") == {
        "intent.says": "THE END",
        "sound.music": ({"words": "Roll, sea"},),
        "beats.beat_1.interaction": {"words": "SCANNING THE AISLES... Mara waits"},
    }


def test_the_title_page_names_film_and_author() -> None:
    found = read("Title:\n    **The Tide**\n\t_Clock_\nAuthors: E. Marsh\nDraft date: 3 March\n\n" + SCENE)
    assert (found.title, found.author, found.scenes) == ("The Tide Clock", "E. Marsh", 1)
    assert [(one.shot, one.field, one.value) for one in found.values if not one.path] == [
        (0, "title page", "draft date: 3 March")
    ]


def test_a_script_may_begin_without_a_title_page_and_before_its_first_heading() -> None:
    found = read("\ufeffFADE IN:\r\n\r\nBlack. A bell.\r\n\r\nINT. ROOM\r\n\r\nLight.\r\n")
    assert said(found) == {
        "transition_in": "time.transition.fade_in",
        "place.setting": "place.setting.interior",
        "place.where": "ROOM",
        "beats.beat_1.interaction": {"words": "Black. A bell"},
        "beats.beat_2.interaction": {"words": "Light"},
    }
    assert found.title == ""


def test_long_texts_go_on_in_further_beats_and_what_finds_no_room_is_listed() -> None:
    long = " ".join(f"wave{number}" for number in range(700))
    found = read(f"{SCENE}{long}\n\nMARA\n{long}\n\nMara {long}\n\n> {long} <\n")
    beats = found.shots[0].beats.values()
    assert " ".join(beat.interaction.words for beat in beats if isinstance(beat.interaction, Words)) == long
    assert " ".join(beat.says["mara"] for beat in beats if beat.says) == long
    (lost,) = (value for value in found.values if not value.path)
    assert (lost.field, lost.value, lost.note) == ("centred", long, "No room for it in the shot.")


def test_the_sample_script_compiles_and_stands_as_it_was_written() -> None:
    found = read((SCRIPTS / "the_tide_clock.fountain").read_text(encoding="utf-8"))
    assert [(label.slate, label.name, label.scene) for label in found.labels] == [
        ("1", "HARBOUR", 1),
        ("2", "CLOCK SHOP - CONTINUOUS", 2),
        ("2B", "CLOSE ON THE TIDE CLOCK", 2),
        ("2C", "IDA'S POV - THE WINDOW", 2),
        ("2A", "DELIVERY VAN (MOVING)", 3),
        ("3", "ON THE CAUSEWAY", 4),
        ("3A", "INSERT – THE SPEEDOMETER", 4),
        ("4", "SALT FLAT", 5),
    ]
    assert said(found) == {
        "intent.says": "An old clockmaker finds out that her clock has been telling the truth.",
        "place.setting": "place.setting.exterior",
        "place.location": "place.location.harbour",
        "place.where": "HARBOUR",
        "place.time": "place.time.dawn",
        "transition_in": "time.transition.fade_in",
        "subjects.ida.name": "Ida",
        "subjects.ida.description": "60s, wiry, a clockmaker in a patched oilskin",
        "beats.beat_1.interaction": {"words": "Fog lies on the water. Gulls quarrel over a crate"},
        "beats.beat_2.action.ida": {"words": "rows between the moored boats"},
        "beats.beat_2.interaction": {"words": "She counts the strokes under her breath"},
        "beats.beat_3.says.ida": "Nineteen. Twenty.",
        "beats.beat_3.delivery.ida": "sound.delivery.whispered",
    }
    for shot in found.shots:
        compiled = compile_shot(shot, VOCABULARY.target("uni-1"), VOCABULARY)
        assert compiled.text
        assert "points_at_nobody" not in {finding.code for finding in check_shot(shot, VOCABULARY)}


def test_every_term_that_a_line_stands_for_is_in_the_vocabulary() -> None:
    terms = {*SHOTS.values(), *TIMES.values()} - {""}
    assert terms <= set(VOCABULARY.terms)
    assert all(facet_of(term.rpartition(".")[0]) == term.rpartition(".")[0] for term in terms)


REFUSED = {
    "nothing": ("", "no scene heading"),
    "prose": ("Only a thought.\n\nAnd another.", "no scene heading"),
    "5,000 scenes": ("INT. ROOM - DAY\n\nRain.\n\n" * 5000, "5,000 shots"),
    "4 MB": ("a" * 4_000_001, "4,000,001 characters"),
    "many lines": (SCENE + "Rain.\n\n" * 50_001, "50,00"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_film_is_refused_with_a_sentence(name: str) -> None:
    content, message = REFUSED[name]
    with pytest.raises(ShotError, match=message):
        read(content)


BODIES = {
    "unclosed boneyard": "Rain. /* Snow.\n\nHail.",
    "unclosed note": "Rain. [[ Snow.\n\nHail.",
    "closed too late": "Rain. [[ Snow.\n\nHail. ]] Ice.",
    "stars": "*" * 100_000,
    "openers": "[[/*" * 50_000,
    "one bracket": "MARA\n" + "(a\n" * 50_000,
    "capitals": "AB (" * 50_000,
    "names": "MARA\nOh.\n\n" + "Mara, " * 50_000,
    "control": "Rain\x00\x07 falls\x1b.",
    "surrogate": "Rain \ud800 falls.",
    "1 MB": "Mara climbs the stair. " * 45_000,
}


@pytest.mark.parametrize("name", BODIES)
def test_odd_bodies_are_read_and_nothing_breaks(name: str) -> None:
    assert read(SCENE + BODIES[name]).shots[0].place


def test_what_is_not_closed_stays_in_the_script() -> None:
    assert played(BODIES["unclosed boneyard"]) == {
        "beats.beat_1.interaction": {"words": "Rain. /* Snow"},
        "beats.beat_2.interaction": {"words": "Hail"},
    }


NAMES = st.sampled_from(["MARA", "OLD TOM", "Mara", "@Jon", "THE KEEPER (V.O.)", "TOM (O.S.)", "MARA ^"])
WORD = st.text("abcdefghijklmnopqrstuvwxyzäßéжשم木", min_size=3, max_size=12)
END = st.sampled_from([".", "!", "?", "…", ""])
SENTENCE = st.tuples(
    st.sampled_from(["", "Mara ", "MARA (60s), a keeper, ", "Mara and Old Tom ", "Old Tom, wet, ", "CLOSE ON "]),
    st.lists(WORD, min_size=1, max_size=8),
    END,
).map(lambda parts: f"{parts[0]}{' '.join(parts[1])}{parts[2]}")
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=4).map(" ".join)
SPOKEN = st.tuples(NAMES, st.lists(st.one_of(PARAGRAPH, WORD.map("({})".format)), min_size=1, max_size=4)).map(
    lambda parts: "\n".join((parts[0], *parts[1]))
)
LINE = st.sampled_from(["EXT. SHORE - DAY #7#", "INSERT – DIAL", "BACK TO SCENE", "CUT TO:", "[[note]]", "> THE END <"])
SCRIPT = st.lists(st.one_of(PARAGRAPH, SPOKEN, LINE), max_size=12).map("\n\n".join)


@settings(max_examples=60)
@given(SCRIPT)
def test_no_word_of_action_or_dialogue_is_lost(body: str) -> None:
    found = read(SCENE + body)
    written = re.findall(r"[a-zäßéжשم木]{3,}", body)
    kept = " ".join((*(value.value for value in found.values), *(label.name for label in found.labels)))
    assert [word for word in written if word not in kept] == []
    in_shots = " ".join(shot.model_dump_json() for shot in found.shots)
    listed = " ".join(value.value for value in found.values if not value.path)
    joining = {"and"}  # between two names that do the same: each of them does it
    assert [word for word in written if word not in in_shots + listed and word not in joining] == []


@settings(max_examples=60)
@given(st.text(max_size=400))
def test_any_text_behind_a_heading_is_read(body: str) -> None:
    found = read(f"INT. ROOM\n\n{body}")
    assert len(found.shots) == len(found.labels) >= 1
