"""What shots are sorted by, as a board shows it."""

from pathlib import Path

from app.library.tags import Sorted
from tests.places import places


def test_a_board_shows_the_stars_and_tags_of_its_own_shots(tmp_path: Path) -> None:
    library = places.opened(tmp_path)
    film = library.add_project("Another")
    other = library.add_shot(film.id, "1", "Elsewhere", library.shot("the-rim").shot)
    library.tags.set("shot", "the-letter", ["night", "bunk room"])
    library.tags.rate("the-letter", 4)
    library.tags.rate("the-rim", 2)
    library.tags.set("shot", "blue-hour", ["dusk"])
    library.tags.set("shot", other.id, ["not here"])
    assert library.tags.on_board("the-lamp-room") == {
        "the-letter": Sorted(4, ("bunk-room", "night")),
        "the-rim": Sorted(2, ()),
        "blue-hour": Sorted(0, ("dusk",)),
    }
    assert library.tags.on_board(film.id) == {other.id: Sorted(0, ("not-here",))}
    library.tags.rate("the-rim", 0)
    assert "the-rim" not in library.tags.on_board("the-lamp-room")
