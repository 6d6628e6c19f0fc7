"""A contact sheet says what varies, what stayed, and what came of each take."""

from io import BytesIO

import pytest
from PIL import Image

from app.backends import Access
from app.jobs import Desk, Way, Wish, grid, several
from app.library import Library
from app.library.takes import Made
from app.web.contact import Contact, contact
from app.web.contact_print import UNWRITTEN, Still, Words, laid_out, pdf, png
from app.web.ordering import axes_of, order_test
from tests.backends.fakes.pictures import picture

SHOT = "the-rim"
FORGE = Way("sdxl", "a1111")


@pytest.fixture
def desk(library: Library) -> Desk:
    return Desk(library, {"a1111": Access("http://127.0.0.1:7860", "")})


def finish(desk: Desk, batch: str, *names: str) -> None:
    """Give takes of a batch their pictures: all of them, or those named."""
    for name in names or desk.library.batches.takes(batch):
        desk.library.takes.finish(name, Made(desk.library.pictures.put(picture()), {}))


def sheet_of(desk: Desk, said: list[tuple[str, str]], way: Way) -> Contact:
    return contact(desk, order_test(desk, SHOT, axes_of(said), way).id)


def words(found: Contact, desk: Desk) -> str:
    return " / ".join(one.text for one in laid_out(found, desk.library.pictures).parts if isinstance(one, Words))


def test_one_seed_is_held_where_it_can_be(desk: Desk) -> None:
    held = order_test(desk, SHOT, axes_of([("camera.focal_mm", "35, 85")]), FORGE)
    seeds = {desk.library.takes.get(one).params["seed"] for one in desk.library.batches.takes(held.id)}
    [seed] = seeds
    assert contact(desk, held.id).stayed.endswith(f"in nothing else. Seed {seed} in all.")
    uni = sheet_of(desk, [("camera.focal_mm", "35, 85")], Way("uni-1", "uni1"))
    assert "Uni-1 took no seed here" in uni.stayed
    assert "nothing is left to chance" in sheet_of(desk, [("camera.t_stop", "2, 4")], Way("uni-1", "previz")).stayed


def test_the_field_that_was_named_first_runs_down(desk: Desk) -> None:
    found = sheet_of(desk, [("lights.key.cct_k", "3200, 4300, 5600"), ("camera.focal_mm", "35, 85")], FORGE)
    assert found.rows is not None
    assert found.columns is not None
    assert (found.rows.title, found.rows.values) == ("Colour temperature of key", ["3200 K", "4300 K", "5600 K"])
    assert (found.columns.title, found.columns.values) == ("Focal length", ["35 mm", "85 mm"])
    for line, kelvin in zip(found.lines, (3200, 4300, 5600), strict=True):
        for cell, focal in zip(line, (35, 85), strict=True):
            assert cell.take is not None
            document = desk.library.takes.document(cell.take.id)
            assert (document["lights"]["key"]["cct_k"], document["camera"]["focal_mm"]) == (kelvin, focal)


def test_a_line_of_values_is_broken(desk: Desk) -> None:
    found = sheet_of(desk, [("camera.focal_mm", "18, 25, 35, 50, 75, 100, 135, 200")], FORGE)
    assert found.rows is None
    assert [[cell.label for cell in line] for line in found.lines] == [
        ["18 mm", "25 mm", "35 mm", "50 mm", "75 mm", "100 mm"],
        ["135 mm", "200 mm"],
    ]


def test_a_batch_that_is_no_test_is_a_sheet_of_its_takes(desk: Desk) -> None:
    alike = contact(desk, desk.add_batch("Three", several(SHOT, 3), FORGE).id)
    assert [cell.label for cell in alike.lines[0]] == ["Take 1", "Take 2", "Take 3"]
    film = contact(desk, desk.add_batch("All", [Wish("the-letter"), Wish(SHOT)], FORGE).id)
    assert [cell.label for cell in film.lines[0]] == ["1A The rim, take 4", "4A The letter, take 1"]
    assert (film.rows, film.columns, film.stayed) == (None, None, "")


def test_a_take_that_was_made_anew_stands_in_its_place(desk: Desk) -> None:
    batch = order_test(desk, SHOT, axes_of([("camera.focal_mm", "35, 85")]), FORGE)
    first, second = desk.library.batches.takes(batch.id)
    desk.library.takes.move(first, "failed", "The service was down.")
    finish(desk, batch.id, second)
    assert "failed" in words(contact(desk, batch.id), desk)
    again = desk.again(first)
    finish(desk, batch.id, again.id)
    found = contact(desk, batch.id)
    assert [cell.take and cell.take.id for cell in found.lines[0]] == [again.id, second]
    assert "failed" not in words(found, desk)


def test_a_printed_sheet_says_all_that_the_page_says(desk: Desk) -> None:
    batch = order_test(desk, SHOT, axes_of([("camera.focal_mm", "35, 85"), ("camera.t_stop", "2, 4")]), FORGE)
    finish(desk, batch.id)
    found = contact(desk, batch.id)
    told = words(found, desk)
    for said in ("The Lamp Room · 1A The rim", "down: Focal length, across: T-stop", "35 mm", "85 mm", "T2", "T4"):
        assert said in told
    assert found.date in told
    assert found.stayed in told
    sheet = laid_out(found, desk.library.pictures)
    stills = [one for one in sheet.parts if isinstance(one, Still)]
    assert len([one for one in stills if one.picture]) == 4
    for one in stills:
        assert one.x >= 0
        assert one.x + one.wide <= sheet.wide
        assert one.y + one.high <= sheet.high
    with Image.open(BytesIO(png(found, desk.library.pictures))) as drawn:
        assert drawn.size == (sheet.wide, sheet.high)
    assert pdf(found, desk.library.pictures) == pdf(found, desk.library.pictures)


def test_letters_that_the_sheet_lacks_are_owned_up_to(desk: Desk) -> None:
    plain = sheet_of(desk, [("camera.focal_mm", "35, 85")], FORGE)
    assert UNWRITTEN not in words(plain, desk)
    draft = desk.library.shot(SHOT)
    other = desk.library.add_shot(draft.project_id, "7", "灯台", draft.shot)
    found = contact(desk, desk.add_batch("Two", grid(other.id, {"camera.focal_mm": [35, 85]}), FORGE).id)
    assert "7 ??" in words(found, desk)
    assert words(found, desk).endswith(UNWRITTEN)
