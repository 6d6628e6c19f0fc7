"""What is kept: drafts with versions, revisions that never change, takes and the claim that guards them."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.errors import ConflictError, PrintlightError, UnknownNameError, UploadError
from app.library import Library
from app.pipeline import compile_shot
from app.schema import Compiled, Shot, read_data
from app.schema.checks import Checks
from app.vocab import vocabulary
from tests.places import SQLITE, places


def compiled(shot: Shot) -> Compiled:
    return compile_shot(shot, vocabulary().target("uni-1"), vocabulary())


def test_the_sample_film_is_put_in_once(library: Library, tmp_path: Path) -> None:
    places.library(tmp_path, "Ben").open()
    assert [draft.slate for draft in library.shots("the-lamp-room")] == ["1A", "2A", "3A", "4A", "5A", "6A"]
    assert {draft.author for draft in library.shots("the-lamp-room")} == {"Ada"}


def test_every_reference_of_the_sample_film_is_here(library: Library) -> None:
    references = library.shot("the-letter").shot.references.values()
    assert [library.pictures.get(one.asset or "") is not None for one in references] == [True, True, True]


def test_shots_are_added_together_at_the_end_of_a_film(library: Library) -> None:
    shot = read_data({"duration_s": 3})
    added = library.add_shots("the-lamp-room", [("7", "The stair", shot), ("7A", "x" * 300, Shot())])
    kept = library.shots("the-lamp-room")[6:]
    assert [(draft.id, draft.slate, draft.place) for draft in kept] == [(added[0].id, "7", 6), (added[1].id, "7A", 7)]
    assert (kept[0].name, kept[0].shot, kept[0].author) == ("The stair", shot, "Ada")
    assert kept[1].name == "x" * 120
    assert library.add_shots("the-lamp-room", []) == []


def test_shots_are_added_with_their_notes(library: Library) -> None:
    shots = [("7", "The stair", Shot()), ("7A", "The door", Shot())]
    added = library.add_shots("the-lamp-room", shots, notes=["Wait for the wind.", ""])
    assert [library.shot(draft.id).note for draft in added] == ["Wait for the wind.", ""]


def test_shots_that_came_in_are_taken_back_while_nobody_has_touched_them(library: Library) -> None:
    before = library.shots("the-lamp-room")
    came = library.add_shots("the-lamp-room", [("7", "The petrel", Shot()), ("8", "The stair", Shot())])
    later = library.add_shot("the-lamp-room", "9", "Later", Shot())
    assert len(library.search.find("petrel").hits) == 1
    library.take_back("the-lamp-room", [one.id for one in came])
    kept = library.shots("the-lamp-room")
    assert [one.id for one in kept] == [*(one.id for one in before), later.id]
    assert [one.place for one in kept] == list(range(7))
    assert library.search.find("petrel").hits == ()


@pytest.mark.parametrize("work", ["edited", "frozen", "starred", "tagged", "collected"])
def test_shots_on_which_work_was_done_are_not_taken_back(library: Library, work: str) -> None:
    came = library.add_shots("the-lamp-room", [("7", "The boat", Shot()), ("8", "The stair", Shot())])
    name = came[1].id
    if work == "edited":
        library.save(name, came[1].version, read_data({"duration_s": 3}), "uni-1")
    elif work == "frozen":
        library.freeze(name)
    elif work == "starred":
        library.tags.rate(name, 3)
    elif work == "tagged":
        library.tags.set("shot", name, ["night"])
    else:
        library.collections.put(library.collections.add("Boats").id, "shot", name)
    with pytest.raises(ConflictError, match="8 The stair"):
        library.take_back("the-lamp-room", [one.id for one in came])
    assert [one.id for one in library.shots("the-lamp-room")][-2:] == [one.id for one in came]
    with pytest.raises(UnknownNameError, match="shot of this film"):
        library.take_back("the-lamp-room", ["nobody"])


def test_a_save_over_an_older_version_is_refused(library: Library) -> None:
    draft = library.shot("the-rim")
    changed = read_data({"duration_s": 3})
    saved = library.save("the-rim", draft.version, changed, "sdxl")
    assert (saved.version, saved.target, saved.shot) == (draft.version + 1, "sdxl", changed)
    with pytest.raises(ConflictError, match="another window"):
        library.save("the-rim", draft.version, read_data({"duration_s": 9}), "uni-1")
    assert library.shot("the-rim").shot == changed


def test_saving_the_same_again_makes_no_version(library: Library) -> None:
    draft = library.shot("the-rim")
    assert library.save("the-rim", draft.version, draft.shot, draft.target).version == draft.version


def test_a_save_whose_answer_was_lost_is_sent_again_without_a_conflict(library: Library) -> None:
    draft = library.shot("the-rim")
    sent = read_data({"duration_s": 3})
    saved = library.save("the-rim", draft.version, sent, "sdxl")
    assert library.save("the-rim", draft.version, sent, "sdxl").version == saved.version
    with pytest.raises(ConflictError):
        library.save("the-rim", draft.version, sent, "uni-1")


def test_a_film_keeps_how_it_is_checked(library: Library) -> None:
    assert library.project("the-lamp-room").checks == Checks()
    wanted = Checks(profile="set", silence={"faster_than_the_lens": "an imaginary lens"})
    library.set_checks("the-lamp-room", wanted)
    assert library.project("the-lamp-room").checks == wanted
    with pytest.raises(UnknownNameError):
        library.set_checks("no-such-film", wanted)


def test_an_unknown_term_survives(library: Library) -> None:
    shot = read_data({"camera": {"size": "camera.size.from_elsewhere"}})
    library.save("the-rim", library.shot("the-rim").version, shot, "uni-1")
    assert library.shot("the-rim").shot == shot


def test_a_revision_is_made_when_the_draft_has_changed_and_never_changes(library: Library) -> None:
    first = library.freeze("the-rim")
    assert library.freeze("the-rim").id == first.id
    library.save("the-rim", library.shot("the-rim").version, read_data({"duration_s": 3}), "uni-1")
    second = library.freeze("the-rim")
    assert (first.number, second.number) == (1, 2)
    assert first.shot != second.shot
    assert first.layers[0]["patch"] == first.shot.model_dump(mode="json", exclude_defaults=True)


def test_a_take_keeps_what_it_was_made_of(library: Library) -> None:
    draft = library.shot("the-letter")
    written = compiled(draft.shot)
    take = library.takes.add(library.freeze("the-letter"), written, "uni1", "compiled", 0.05)
    library.save("the-letter", draft.version, read_data({"duration_s": 3}), "uni-1")
    kept = library.takes.get(take.id)
    assert (kept.prompt, kept.params, kept.number, kept.state) == (written.text, written.values, 1, "queued")
    assert [one["slot"] for one in kept.references] == [1, 2, 3]
    assert library.takes.document(take.id) == draft.shot.model_dump(mode="json", exclude_defaults=True)


def test_a_claim_is_won_once(library: Library) -> None:
    take = library.takes.add(
        library.freeze("the-rim"), compiled(library.shot("the-rim").shot), "uni1", "compiled", None
    )
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: library.takes.claim(take.id), range(16))) == 1
    assert library.takes.get(take.id).state == "sending"


def test_an_ended_take_stays_as_it_ended(library: Library) -> None:
    take = library.takes.add(
        library.freeze("the-rim"), compiled(library.shot("the-rim").shot), "uni1", "compiled", None
    )
    library.takes.move(take.id, "cancelled", "Stopped.")
    library.takes.move(take.id, "running", "")
    assert library.takes.get(take.id).state == "cancelled"
    assert not library.takes.claim(take.id)
    assert [one.state for one in library.takes.get(take.id).history] == ["queued", "cancelled"]


def test_only_a_failed_take_with_a_ticket_is_asked_for_again(library: Library) -> None:
    made = compiled(library.shot("the-rim").shot)
    one = library.takes.add(library.freeze("the-rim"), made, "uni1", "compiled", None)
    library.takes.move(one.id, "failed", "No key.")
    assert not library.takes.reopen(one.id)
    two = library.takes.add(library.freeze("the-rim"), made, "uni1", "compiled", None)
    library.takes.move(two.id, "running", "", remote_id="generation")
    library.takes.move(two.id, "failed", "The picture could not be fetched.")
    assert library.takes.reopen(two.id)
    assert library.takes.get(two.id).state == "running"


def test_a_repeated_take_is_a_new_one_of_the_same_revision(library: Library) -> None:
    one = library.takes.add(library.freeze("the-rim"), compiled(library.shot("the-rim").shot), "previz", "plain", None)
    two = library.takes.repeat(one.id)
    assert (two.number, two.revision, two.prompt, two.wording) == (2, one.revision, one.prompt, "plain")
    assert two.id != one.id


def test_unknown_names_are_said(library: Library) -> None:
    for ask in (library.shot, library.takes.get, library.freeze, library.takes.repeat):
        with pytest.raises(UnknownNameError):
            ask("nowhere")


def test_a_refused_picture_leaves_nothing(library: Library) -> None:
    before = library.pictures.store.held()
    with pytest.raises(UploadError):
        library.add_picture(b"\x89PNG\r\n\x1a\n broken")
    assert library.pictures.store.held() == before


def test_a_folder_that_cannot_be_written_is_said_plainly(tmp_path: Path) -> None:
    """SQLite's: a server's database stands in no folder of ours."""
    library = places.library(tmp_path / "missing", on=SQLITE)
    (tmp_path / "missing").rmdir()
    with pytest.raises(PrintlightError, match="database cannot be used"):
        library.open()
