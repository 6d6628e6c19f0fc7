"""The labelled fields of MiniMax H3."""

import re

from app.parse.forms._timeline import read_timeline
from app.parse.forms.base import Form, Given, Reading
from app.parse.parsed import Parsed
from app.vocab import Vocabulary

LABEL = re.compile(
    r"^[ \t*#]*(integrated_multimodal_description|detailed_description|overall_soundscape|non_diegetic_music|"
    r"subject_definitions|summary|retention_analysis)[ \t*]*:[ \t]*",
    re.IGNORECASE | re.MULTILINE,
)
CERTAIN = frozenset({"integrated_multimodal_description", "overall_soundscape", "non_diegetic_music"})
SHOTS = ("integrated_multimodal_description", "detailed_description")
NOTHING = frozenset({"", "n/a", "none", "na"})


class MiniMaxH3(Form):
    """The description holds the shots; the soundscape and the music are heard over each of them."""

    id = "h3"
    label = "MiniMax H3"
    order = 45

    def recognises(self, given: Given) -> bool:
        """Tell by a label that nobody else has."""
        return "_" in given.text and any(found[1].casefold() in CERTAIN for found in LABEL.finditer(given.text))

    def read(self, given: Given, vocabulary: Vocabulary) -> list[Parsed]:
        """Return one shot for each that is numbered."""
        labels = list(LABEL.finditer(given.text))
        ends = [*(label.start() for label in labels[1:]), len(given.text)]
        fields = {label[1].casefold(): (label.end(), end) for label, end in zip(labels, ends, strict=True)}
        start, end = next((fields.pop(name) for name in SHOTS if name in fields), (0, labels[0].start()))

        def finish(reading: Reading) -> None:
            for name, span in fields.items():
                _finish(reading, name, span)

        return [one.parsed(self.id, "minimax-h3") for one in read_timeline(given, vocabulary, start, end, finish)]


def _finish(reading: Reading, name: str, span: tuple[int, int]) -> None:
    piece = reading.given.piece(*span)
    if piece.text.strip().casefold().rstrip(".") in NOTHING:
        return
    if name == "non_diegetic_music":
        reading.tell("sound.music", piece)
    else:
        reading.say(piece, "sound" if name == "overall_soundscape" else "")
