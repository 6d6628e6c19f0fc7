"""What holds for every check and every shot: it answers, its paths exist, its fix can be taken."""

from hypothesis import given

from app.lint import lint, rules
from app.lint.mending import mend
from app.patch import merge
from app.resolve import resolve
from app.schema import Shot, read_data
from app.schema.checks import Checks
from app.schema.facets import field_of
from app.vocab import vocabulary
from tests.shots import examples, shots

VOCABULARY = vocabulary()
SET = Checks(profile="set")


@examples(400)
@given(shot=shots())
def test_every_check_answers_and_its_fix_can_be_taken(shot: Shot) -> None:
    for finding in lint(resolve(shot, VOCABULARY), SET):
        assert finding.code in rules
        assert finding.paths
        assert [path for path in finding.paths if field_of(path) is None] == []
        if finding.fix is not None:
            read_data(merge(shot.model_dump(mode="json", exclude_defaults=True), finding.fix))


@given(shot=shots())
def test_mending_comes_to_an_end_and_leaves_a_shot(shot: Shot) -> None:
    mended, taken = mend(shot, VOCABULARY, SET)
    assert read_data(mended.model_dump(mode="json", exclude_defaults=True)) == mended
    assert all(one.finding.fix for one in taken)


@given(shot=shots())
def test_the_set_sees_all_that_the_picture_sees(shot: Shot) -> None:
    picture, on_set = lint(resolve(shot, VOCABULARY)), lint(resolve(shot, VOCABULARY), SET)
    assert [one for one in picture if one not in on_set] == []
