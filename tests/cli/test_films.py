"""`printlight films`: what of a film may leave this machine, read and said."""

from pathlib import Path

from tests.cli.test_cli import printlight

FILM = "the-lamp-room"


def test_what_may_leave_is_said_and_kept(tmp_path: Path) -> None:
    ran = printlight("films", data=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == f"{FILM}  The Lamp Room: may be shot anywhere; copies leave with prompt and shot\n"
    ran = printlight("films", FILM, "--local", "yes", "--prompts-stay", "yes", data=tmp_path)
    assert ran.out == f"{FILM}  The Lamp Room: stays on this machine; copies leave without prompt and shot\n"
    (told,) = printlight("films", "--json", data=tmp_path).json
    assert (told["id"], told["local"], told["prompts_stay"]) == (FILM, True, True)
    (told,) = printlight("films", FILM, "--local", "no", "--json", data=tmp_path).json
    assert (told["local"], told["prompts_stay"]) == (False, True)


def test_a_film_that_is_none_is_said_with_the_nearest(tmp_path: Path) -> None:
    ran = printlight("films", "the-lamp-rom", "--prompts-stay", "yes", data=tmp_path)
    assert (ran.status, FILM in ran.err) == (2, True)
    ran = printlight("films", "--local", "yes", data=tmp_path)
    assert (ran.status, "Which film?" in ran.err) == (2, True)
