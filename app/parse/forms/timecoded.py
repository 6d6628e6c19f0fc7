"""Lists of shots and of times, as Veo, Kling, Wan and Seedance take them."""

from app.parse.forms._timeline import is_timed, read_timeline
from app.parse.forms.base import Form, Given
from app.parse.parsed import Parsed
from app.vocab import Vocabulary


class Timecoded(Form):
    """Numbered shots become shots; times within one shot, and no cut between them, become its beats."""

    id = "timecoded"
    label = "Shot list with times"
    order = 60

    def recognises(self, given: Given) -> bool:
        """Tell by the heads of two shots, or by times in brackets."""
        return is_timed(given.text)

    def read(self, given: Given, vocabulary: Vocabulary) -> list[Parsed]:
        """Return one shot or several."""
        return [one.parsed(self.id) for one in read_timeline(given, vocabulary, 0, len(given.text))]
