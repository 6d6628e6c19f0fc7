"""Prose with the marks of video models: Hailuo's commands, Seedance's sounds and lines, named pictures."""

from app.parse.forms._marks import COMMAND, is_marked, say_marked
from app.parse.forms.base import Form, Given, Reading
from app.parse.parsed import Parsed
from app.vocab import Vocabulary


class Marked(Form):
    """`[Push in]`, `{a line}`, `<a sound>`, `(music)`, `【a sign】`, `@Image 1`, `[Character A: her]`."""

    id = "marked"
    label = "Prose with marks"
    order = 70

    def recognises(self, given: Given) -> bool:
        """Tell by a mark that no prose holds by chance."""
        return is_marked(given.text)

    def read(self, given: Given, vocabulary: Vocabulary) -> list[Parsed]:
        """Return one shot."""
        reading = Reading(given, vocabulary)
        say_marked(reading, given.piece())
        return [reading.parsed(self.id, "hailuo-2.3" if COMMAND.search(given.text) else "")]
