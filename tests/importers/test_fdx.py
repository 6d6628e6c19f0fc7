"""A script of Final Draft becomes the same shots as the same script in Fountain, and no XML does harm."""

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import ShotError
from app.importers import Imported, importers
from app.schema.paths import leaves
from app.vocab import vocabulary

VOCABULARY = vocabulary()
SCRIPTS = Path(__file__).parent / "scripts"
HEADING = '<Paragraph Type="Scene Heading"><Text>INT. ROOM</Text></Paragraph>'


def read(content: str, importer: str = "fdx") -> Imported:
    """Read a script."""
    return importers[importer].read(content, "script", VOCABULARY)


def script(body: str, beside: str = "") -> str:
    """Return a script with a scene, and these paragraphs in it."""
    return f'<FinalDraft DocumentType="Script"><Content>{HEADING}{body}</Content>{beside}</FinalDraft>'


def paragraph(kind: str, text: str) -> str:
    """Return one paragraph."""
    return f'<Paragraph Type="{kind}"><Text>{escape(text)}</Text></Paragraph>'


def played(body: str) -> dict[str, Any]:
    """Return what the one shot says beside its heading."""
    told = leaves(read(script(body)).shots[0])
    return {
        path: value
        for path, value in told.items()
        if not path.startswith("place.") and not path.endswith((".slot", ".kind"))
    }


def test_the_same_script_gives_the_same_shots_in_both_forms() -> None:
    found, other = (
        read((SCRIPTS / f"the_tide_clock.{form}").read_text(encoding="utf-8"), form) for form in ("fdx", "fountain")
    )
    assert found.shots == other.shots
    assert found.labels == other.labels
    assert (found.title, found.author, found.scenes) == (other.title, other.author, other.scenes)
    typed = [value for value in found.values if value.status == "typed"]
    assert typed == [value for value in other.values if value.status == "typed"]


def test_runs_are_joined_and_notes_on_them_are_no_speech() -> None:
    note = '<ScriptNote ID="1"><Paragraph><Text>Louder?</Text></Paragraph></ScriptNote>'
    speech = (
        f'<Paragraph Type="Dialogue">{note}<Text>All </Text><Text Style="Italic">un</Text><Text>its.</Text></Paragraph>'
    )
    found = read(script(paragraph("Character", "TOM") + speech))
    assert leaves(found.shots[0])["beats.beat_1.says.tom"] == "All units."
    assert [(value.field, value.value) for value in found.values if not value.path] == [("note", "Louder?")]


def test_two_who_speak_at_once_share_a_beat() -> None:
    both = "".join(paragraph("Character", name) + paragraph("Dialogue", f"I am {name}.") for name in ("TOM", "IDA"))
    assert played(f"<Paragraph><DualDialogue>{both}</DualDialogue></Paragraph>{paragraph('Action', 'Rain.')}") == {
        "subjects.tom.name": "TOM",
        "subjects.ida.name": "IDA",
        "beats.beat_1.says.tom": "I am TOM.",
        "beats.beat_1.says.ida": "I am IDA.",
        "beats.beat_2.interaction": {"words": "Rain"},
    }


def test_a_heading_that_is_a_shot_line_and_speech_without_a_cue_are_taken_for_what_they_are() -> None:
    found = read(script(paragraph("Scene Heading", "CLOSE ON THE DIAL") + paragraph("Dialogue", "Hm.")))
    assert [label.slate for label in found.labels] == ["1", "1A"]
    assert leaves(found.shots[1])["beats.beat_1.interaction"] == {"words": "Hm"}


def test_an_omitted_scene_is_listed_and_gives_no_shot() -> None:
    omitted = f"<OmittedScene>{paragraph('Action', 'Snow.')}</OmittedScene>"
    found = read(script(f'<Paragraph Type="Scene Heading" Number="4">{omitted}</Paragraph>'))
    assert len(found.shots) == 1
    assert [(value.field, value.value) for value in found.values if not value.path] == [("omitted", "Snow.")]


TITLE_PAGES = {
    "The Tide\nWritten by\nE. Marsh\nHarbour Row": ("The Tide", "E. Marsh", ["Written by", "Harbour Row"]),
    "The Tide\nScreenplay by: E. Marsh": ("The Tide", "E. Marsh", []),
    "The Tide": ("The Tide", "", []),
    "": ("", "", []),
}


@pytest.mark.parametrize("page", TITLE_PAGES)
def test_the_title_page_names_film_and_author(page: str) -> None:
    lines = "".join(paragraph("General", line) for line in page.split("\n"))
    found = read(script("", f"<TitlePage><Content>{lines}</Content></TitlePage>"))
    beside = [value.value for value in found.values if value.field == "title page"]
    assert (found.title, found.author, beside) == TITLE_PAGES[page]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
REFUSED = {
    "billion laughs": (f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><FinalDraft>&l9;</FinalDraft>', "document type"),
    "external entity": (
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><FinalDraft>&e;</FinalDraft>',
        "document type",
    ),
    "document type alone": ('<!DOCTYPE FinalDraft SYSTEM "fd.dtd"><FinalDraft/>', "document type"),
    "unknown entity": ("<FinalDraft>&e;</FinalDraft>", "not XML"),
    "nothing": ("", "not XML"),
    "prose": ("INT. ROOM - DAY", "not XML"),
    "cut off": (script("Rain.")[:-5], "line 1"),
    "binary": ("\x00\x01\x02", "not XML"),
    "surrogate in a tag": ("<Final\ud800Draft/>", "not XML"),
    "another root": ("<html><body/></html>", "begins with <html>"),
    "deep": ("<a>" * 5000, "nested too deeply"),
    "no scene": ("<FinalDraft><Content/></FinalDraft>", "no scene heading"),
    "no content": ("<FinalDraft/>", "no scene heading"),
    "5,000 scenes": (script(HEADING * 4999), "5,000 shots"),
    "too long": (script("a" * 16_000_000), "characters"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_script_is_refused_with_a_sentence(name: str) -> None:
    content, message = REFUSED[name]
    with pytest.raises(ShotError, match=message):
        read(content)


def test_texts_beyond_what_a_field_holds_are_listed() -> None:
    long = " ".join(f"wave{number}" for number in range(700))
    found = read(script(paragraph("Transition", long) + paragraph("Scene Heading", f"EXT. {long}")))
    assert [(value.field, value.value, value.note) for value in found.values if not value.path] == [
        ("transition", long, "No room for it in the shot."),
        ("place", long, "No room for it in the shot."),
    ]


KINDS = [
    "Action",
    "Character",
    "Parenthetical",
    "Dialogue",
    "Transition",
    "Shot",
    "Scene Heading",
    "Singing",
    "General",
]
TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn")), max_size=60)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(KINDS), TEXT), max_size=14))
def test_any_paragraphs_are_read_and_no_speech_or_action_is_lost(paragraphs: list[tuple[str, str]]) -> None:
    found = read(script("".join(paragraph(kind, text) for kind, text in paragraphs)))
    kept = " ".join(value.value for value in found.values)
    said = [" ".join(text.split()) for kind, text in paragraphs if kind in {"Action", "General", "Dialogue"}]
    assert [text for text in said if text not in kept] == []
