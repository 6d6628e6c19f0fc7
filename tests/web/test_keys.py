"""The keys: one list, shown whole, each command known to the scripts that run it."""

import re

import pytest

from app.web import keys
from app.web.offering import offer
from app.web.pages import render
from tests.running import ROOT

COMMANDS = ROOT / "static" / "js" / "controllers" / "commands.js"


def test_the_page_shows_every_key_and_what_it_does() -> None:
    page = render("keys/index.html")
    for where, found in keys.KEYS.items():
        assert where in page
        for one in found:
            assert one.does.replace("'", "&#39;") in page


def test_no_key_has_two_commands() -> None:
    acting = [key for found in keys.KEYS.values() for one in found if one.command for key in one.keys]
    assert len(acting) == len(set(acting))


def test_each_command_is_run_by_the_pages_and_nothing_else_is() -> None:
    body = (
        COMMANDS.read_text(encoding="utf-8").partition("export function runs")[2].partition("export function listed")[0]
    )
    run = set(re.findall(r"(?:^    |[{,] )(\w+): \(", body, re.MULTILINE))
    assert run == set(keys.commands().values())


def test_a_chord_is_written_as_it_is_printed_on_the_keys() -> None:
    assert keys.chords()["redo"] == "ctrl/⌘ shift Z"
    assert "department" not in keys.chords()


OFFERED = (
    ("85 t2 rembr", 6, "Light", "Rembrandt"),
    ("tighter, low a", 9, "Frame", "Low angle"),
    ("medium cl", 0, "Frame", "Medium close-up"),
    ("at blue h", 3, "Place", "Blue hour"),
)


@pytest.mark.parametrize(("text", "start", "group", "label"), OFFERED)
def test_the_last_words_of_a_note_offer_terms_by_department(text: str, start: int, group: str, label: str) -> None:
    found = offer(text)
    assert found.start == start
    assert label in [one.label for one in found.groups.get(group, [])]


@pytest.mark.parametrize("text", ["", "  ", "dusk, ", "x", "85", "zzyzx"])
def test_nothing_is_offered_where_nothing_begins(text: str) -> None:
    assert offer(text).groups == {}
