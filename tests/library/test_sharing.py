"""What is shared from one library and comes to another: the round trip, twice the same, what differs, and bad input."""

import hashlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from app.errors import BadInputError, PrintlightError
from app.files import inspect
from app.files.parcels import SHARED, packed, written
from app.library import Library, arriving, sharing
from app.library.library import SAMPLE_PROJECT
from app.library.presets import of_prompt, of_shot
from app.library.sharing import Bundle
from app.library.takes import Made
from app.patch import merge
from app.pipeline import compile_shot
from app.schema import Shot, read_data
from app.schema.shared import Shared, SharedShot, plain, read_shared
from app.vocab import vocabulary
from tests.places import places
from tests.shots import examples, shots

Json = dict[str, Any]


@pytest.fixture
def ada(tmp_path: Path) -> Library:
    return places.opened(tmp_path / "ada", "Ada")


@pytest.fixture
def bo(tmp_path: Path) -> Library:
    return places.opened(tmp_path / "bo", "Bo")


def png(grey: int, words: str = "") -> bytes:
    """Return a small picture that may carry a prompt."""
    file, info = BytesIO(), PngInfo()
    if words:
        info.add_text("parameters", words)
    Image.new("RGB", (8, 8), (grey,) * 3).save(file, "PNG", pnginfo=info)
    return file.getvalue()


def tide(library: Library, picture: bytes = b"") -> str:
    """Make a film of two shots, the first with a picture; return its id."""
    name = library.add_project("Tide").id
    asset = library.add_picture(picture or png(90), "coat").sha256
    coat = {"references": {"coat": {"asset": asset, "role": "reference.role.wardrobe", "shows": "the coat"}}}
    library.add_shot(name, "1A", "The coat", Shot.model_validate(coat))
    library.add_shot(name, "1B", "The window", Shot.model_validate({"camera": {"focal_mm": 85}}))
    return name


def shot_take(library: Library, shot: str, picture: bytes) -> str:
    """Make a take of a shot, circled, with three stars and a note."""
    draft = library.shot(shot)
    compiled = compile_shot(draft.shot, vocabulary().target(draft.target), vocabulary())
    take = library.takes.add(library.freeze(shot), compiled, "previz", "compiled", None).id
    library.takes.finish(take, Made(library.pictures.put(picture), {"seed": 7}))
    library.reviews.circle(take, circled=True)
    library.reviews.rate(take, 3)
    library.reviews.note(take, "the one")
    return take


def through_a_file(bundle: Bundle) -> Bundle:
    """Return a bundle as somebody else reads it."""
    return sharing.read_file(sharing.as_file(bundle), "x.printlight")


def kept(library: Library) -> Json:
    """Return all that a library holds of films, shots, presets and takes."""
    films = library.projects()
    return {
        "films": [film.model_dump() for film in films],
        "shots": [draft.model_dump() for film in films for draft in library.shots(film.id)],
        "presets": [one.model_dump() for one in library.presets.all()],
        "takes": [
            take.model_dump()
            for film in films
            for draft in library.shots(film.id)
            for take in library.takes.of_shot(draft.id)
        ],
    }


def test_a_film_comes_whole_and_a_second_time_changes_nothing(ada: Library, bo: Library) -> None:
    film = tide(ada)
    ada.presets.keep(of_prompt("A fox.", "uni-1", "Fox").model_copy(update={"project_id": film}))
    first, second = ada.shots(film)
    take = shot_take(ada, second.id, png(10))
    bundle = through_a_file(sharing.film(ada, film, takes=True))
    before = kept(bo)
    told = arriving.look(bo, bundle, SAMPLE_PROJECT)
    assert kept(bo) == before
    assert [(one.kind, one.name, one.state) for one in told.found] == [
        ("shot", "The coat", "new"),
        ("shot", "The window", "new"),
        ("preset", "Fox", "new"),
        ("take", "Take of The window", "new"),
    ]
    assert (told.film_is_new, told.new_pictures, told.known_pictures, told.missing) == (True, 2, 0, [])
    came = arriving.take_in(bo, bundle, SAMPLE_PROJECT)
    assert came == told
    assert [(one.id, one.slate, one.name, one.shot) for one in bo.shots(film)] == [
        (one.id, one.slate, one.name, one.shot) for one in (first, second)
    ]
    assert bo.project(film).name == "Tide"
    copy, original = bo.takes.get(take), ada.takes.get(take)
    same = ("prompt", "negative", "target", "picture", "params", "references", "circled", "stars", "note", "sent")
    assert {key: getattr(copy, key) for key in same} == {key: getattr(original, key) for key in same}
    assert (copy.state, bo.takes.document(take)) == ("done", ada.takes.document(take))
    assert bo.pictures.get(str(copy.picture)) == png(10)
    after = kept(bo)
    again = arriving.take_in(bo, bundle, SAMPLE_PROJECT)
    assert (again.changes, {one.state for one in again.found}, again.new_pictures) == (False, {"here"}, 0)
    assert kept(bo) == after
    assert sharing.as_file(sharing.film(bo, film, takes=True)) == sharing.as_file(sharing.film(ada, film, takes=True))


def test_what_differs_is_kept_beside_and_nothing_here_is_changed(ada: Library, bo: Library) -> None:
    film = tide(ada)
    arriving.take_in(bo, through_a_file(sharing.film(ada, film)), SAMPLE_PROJECT)
    window = ada.shots(film)[1]
    ada.save(window.id, 1, Shot.model_validate({"camera": {"focal_mm": 50}}), "uni-1")
    bundle = through_a_file(sharing.film(ada, film))
    came = arriving.take_in(bo, bundle, SAMPLE_PROJECT)
    assert [one.state for one in came.found] == ["here", "copy"]
    found = bo.shots(film)
    assert [one.name for one in found] == ["The coat", "The window", "The window, imported"]
    said = [one.shot.model_dump(mode="json", exclude_defaults=True) for one in found[1:]]
    assert said == [{"camera": {"focal_mm": 85}}, {"camera": {"focal_mm": 50}}]
    bo.save(found[2].id, 1, Shot(), "uni-1")
    assert not arriving.take_in(bo, bundle, SAMPLE_PROJECT).changes


def test_a_film_of_the_same_id_that_is_another_one_stays_as_it_is(ada: Library, bo: Library) -> None:
    film = tide(ada)
    assert bo.add_project("Tide").id == film
    bundle = through_a_file(sharing.film(ada, film))
    for _ in range(2):
        came = arriving.take_in(bo, bundle, SAMPLE_PROJECT)
    assert (came.film_name, came.film != film, bo.shots(film)) == ("Tide, imported", True, [])
    assert [one.name for one in bo.shots(came.film)] == ["The coat", "The window"]
    assert len(bo.projects()) == 3


def test_one_shot_goes_into_any_film_once_each(ada: Library, bo: Library) -> None:
    name = ada.shots(tide(ada))[0].id
    bundle = through_a_file(sharing.shot(ada, name))
    films = [SAMPLE_PROJECT, bo.add_project("Other").id]
    for film in (*films, *films):
        arriving.take_in(bo, bundle, film)
    assert [sum(one.name == "The coat" for one in bo.shots(film)) for film in films] == [1, 1]


def test_a_preset_that_differs_gets_a_name_of_its_own(ada: Library, bo: Library) -> None:
    fine, heavy = (Shot.model_validate({"look": {"grain": f"look.grain.{one}"}}) for one in ("fine", "heavy"))
    bo.presets.keep(of_shot(heavy, "look", "Warm"))
    bundle = through_a_file(sharing.preset(ada, ada.presets.keep(of_shot(fine, "look", "Warm")).id))
    states = [arriving.take_in(bo, bundle, SAMPLE_PROJECT).found[0].state for _ in range(2)]
    assert states == ["copy", "here"]
    assert bo.presets.get("Warm").patch == {"look": {"grain": "look.grain.heavy"}}
    assert bo.presets.get("Warm, imported").patch == {"look": {"grain": "look.grain.fine"}}


def test_a_film_whose_prompts_stay_gives_no_prompt_away(ada: Library, bo: Library) -> None:
    film = tide(ada, png(90, "a secret fox, steps: 20"))
    shot_take(ada, ada.shots(film)[1].id, png(10))
    fox = ada.presets.keep(of_prompt("A secret fox.", "uni-1", "Fox").model_copy(update={"project_id": film}))
    assert b"secret" in sharing.as_file(sharing.film(ada, film))
    ada.set_prompts_stay(film, stay=True)
    raw = sharing.as_file(sharing.film(ada, film, takes=True))
    assert b"secret" not in raw
    bundle = sharing.read_file(raw, "x")
    assert (bundle.shared.takes, bundle.shared.presets, len(bundle.pictures)) == ((), (), 1)
    with pytest.raises(BadInputError, match="stay home"):
        sharing.preset(ada, fox.id)
    assert arriving.take_in(bo, bundle, SAMPLE_PROJECT).missing == []
    assert bo.project(film).prompts_stay
    assert not arriving.take_in(ada, bundle, SAMPLE_PROJECT).changes


def test_a_picture_that_is_a_take_leaves_as_the_picture_that_it_became(ada: Library, bo: Library) -> None:
    film = tide(ada)
    first, second = ada.shots(film)
    take = shot_take(ada, second.id, png(10))
    ada.save(first.id, 1, Shot.model_validate({"references": {"last": {"asset": f"take:{take}"}}}), "uni-1")
    bundle = through_a_file(sharing.film(ada, film))
    arriving.take_in(bo, bundle, SAMPLE_PROJECT)
    assert bo.shots(film)[0].shot.references["last"].asset == inspect(png(10)).sha256
    assert bo.was_given(inspect(png(10)).sha256)
    assert not arriving.take_in(ada, bundle, SAMPLE_PROJECT).changes


def test_a_picture_that_is_not_here_is_named_on_both_sides(ada: Library, bo: Library) -> None:
    coat = {"references": {"coat": {"asset": "0" * 64, "shows": "the coat"}}}
    name = ada.add_shot(SAMPLE_PROJECT, "9", "The coat", Shot.model_validate(coat)).id
    bundle = sharing.shot(ada, name)
    assert bundle.left == sharing.left_behind(bundle) == ["the coat"]
    assert arriving.look(bo, through_a_file(bundle), SAMPLE_PROJECT).missing == ["The coat: the coat"]


def test_sharing_freezes_a_revision(ada: Library) -> None:
    name = ada.shots(tide(ada))[1].id
    sharing.shot(ada, name)
    assert ada.freeze(name).number == 1
    ada.save(name, 1, Shot(), "uni-1")
    sharing.shot(ada, name)
    assert ada.freeze(name).number == 2


def test_the_samples_fit_into_short_links(ada: Library) -> None:
    for draft in ada.shots(SAMPLE_PROJECT):
        assert len(sharing.as_link(sharing.shot(ada, draft.id))) < 8000
    with pytest.raises(BadInputError, match="too much for a link"):
        sharing.as_link(sharing.film(ada, SAMPLE_PROJECT))


@given(shots())
@examples(60)
def test_a_link_and_a_file_bring_any_shot_back_as_it_was(shot: Shot) -> None:
    document = shot.model_dump(mode="json", exclude_defaults=True)
    bundle = Bundle(Shared(shots=(SharedShot(id="a", name="Any", shot=document),)))
    for came in (sharing.read_link(sharing.as_link(bundle)), through_a_file(bundle)):
        assert read_data(came.shared.shots[0].shot) == shot


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Library, Json, dict[str, bytes]]:
    """A library, and a valid file's document and pictures from another one."""
    folder = tmp_path_factory.mktemp("whole")
    ada = places.opened(folder / "ada", "Ada")
    film = tide(ada)
    shot_take(ada, ada.shots(film)[1].id, png(10))
    ada.presets.keep(of_shot(ada.shot("the-rim").shot, "person", "Her", "mara").model_copy(update={"project_id": film}))
    bundle = sharing.film(ada, film, takes=True)
    return places.opened(folder / "bo", "Bo"), plain(bundle.shared), bundle.pictures


def packed_again(document: Json, pictures: dict[str, bytes]) -> bytes:
    """Return the file that a stranger would make of a document, true in all its hashes."""
    named = {f"pictures/{sha256}.png": content for sha256, content in pictures.items()}
    return packed({}, {SHARED: written(document), **named})


BAD: dict[str, tuple[Json, str]] = {
    "no kind": ({"shots": []}, "takes of"),
    "an id that is a path": ({"film": {"id": "../x"}}, "film.id"),
    "an id of script": ({"film": {"id": "<script>"}}, "film.id"),
    "a name too long": ({"film": {"name": "n" * 121}}, "film.name"),
    "a name that rings": ({"film": {"name": "\x07"}}, "control character"),
    "a field too many": ({"film": {"run": "rm"}}, "film.run"),
    "a time that is none": ({"film": {"made": 1e300}}, "film.made"),
    "no film": ({"film": None, "takes": []}, "not one shot or preset"),
    "shots too many": ({"shots": [{"id": f"a{one}", "name": "a", "shot": {}} for one in range(2001)]}, "shots"),
    "twice an id": ({"shots": [{"id": "a", "name": "a", "shot": {}}] * 2, "takes": []}, "an id twice"),
    "no shot": ({"shots": [{"id": "a", "name": "a", "shot": {"run": 1}}], "takes": []}, "not a field of a shot"),
    "a newer shot": (
        {"shots": [{"id": "a", "name": "a", "shot": {"kind": "printlight.shot/9"}}], "takes": []},
        "printlight.shot/9",
    ),
    "a preset of no kind": ({"presets": [{"id": "a", "kind": "spell", "name": "a", "patch": {"x": 1}}]}, "spell|field"),
    "two people as one": (
        {
            "presets": [
                {
                    "id": "a",
                    "kind": "person",
                    "name": "a",
                    "patch": {"subjects": {"a": {"name": "A"}, "b": {"name": "B"}}},
                }
            ]
        },
        "more than a person",
    ),
    "a preset beyond its kind": (
        {
            "presets": [
                {"id": "a", "kind": "negatives", "name": "a", "patch": {"exclude": ["x"], "intent": {"brief": "y"}}}
            ]
        },
        "more than|not a field",
    ),
    "an empty preset": ({"presets": [{"id": "a", "kind": "look", "name": "a"}]}, "says nothing"),
    "a prompt without words": (
        {"presets": [{"id": "a", "kind": "prompt", "name": "a", "patch": {"look": {}}}]},
        "nothing in this prompt",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_document_that_no_library_can_keep_is_refused_and_nothing_is_written(
    whole: tuple[Library, Json, dict[str, bytes]], case: str
) -> None:
    library, document, pictures = whole
    change, reason = BAD[case]
    before = kept(library)
    with pytest.raises(PrintlightError, match=reason):
        arriving.take_in(
            library, sharing.read_file(packed_again(merge(document, change), pictures), "x"), SAMPLE_PROJECT
        )
    assert kept(library) == before
    assert not any(library.pictures.has(sha256) for sha256 in pictures)


@pytest.mark.parametrize("content", [b"no picture", b"<svg onload='alert(1)'/>", png(1)[:40], b"MZ\x90\x00"])
def test_what_is_no_picture_is_refused(whole: tuple[Library, Json, dict[str, bytes]], content: bytes) -> None:
    _, document, pictures = whole
    assert sharing.read_file(packed_again(document, pictures), "x").pictures == pictures
    with pytest.raises(BadInputError, match=r"picture|film"):
        sharing.read_file(packed_again(document, {**pictures, hashlib.sha256(content).hexdigest(): content}), "x")


def test_a_take_without_its_picture_is_refused(whole: tuple[Library, Json, dict[str, bytes]]) -> None:
    library, document, _ = whole
    with pytest.raises(BadInputError, match="not in the file"):
        arriving.look(library, sharing.read_file(packed_again(document, {}), "x"), SAMPLE_PROJECT)


def test_a_model_that_is_not_known_here_is_told(bo: Library) -> None:
    shared = read_shared({"shots": [{"id": "a", "name": "A", "target": "uni-9", "shot": {}}]}, "x")
    for state in ("new", "here"):
        came = arriving.take_in(bo, Bundle(shared), SAMPLE_PROJECT)
        assert (came.found[0].state, "uni-9" in came.found[0].note) == (state, True)
    assert bo.shot("a").target == "uni-1"


junk = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 2**70),
    st.floats(allow_nan=False),
    st.text(max_size=8),
    st.just([]),
    st.just({}),
)


@given(st.data())
@examples(100)
def test_any_value_in_any_place_is_kept_or_refused_in_words(
    whole: tuple[Library, Json, dict[str, bytes]], data: st.DataObject
) -> None:
    library, document, pictures = whole
    changed: Any = merge(document, {})
    at = changed
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        key = data.draw(st.sampled_from(keys))
        if not (isinstance(at[key], (dict, list)) and at[key] and data.draw(st.integers(0, 5))):
            break
        at[key] = at[key].copy()
        at = at[key]
    at[key] = data.draw(junk)
    with suppress(PrintlightError):
        arriving.look(library, sharing.read_file(packed_again(changed, pictures), "x"), SAMPLE_PROJECT)
