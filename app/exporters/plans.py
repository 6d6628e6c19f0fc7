"""The lighting plans of a film as a PDF: a page a shot, from above and from the side, with its lamps."""

from app.exporters import _told as told
from app.exporters.base import Exporter, Options, Reel
from app.views.paper import pages
from app.views.sheet import Title, sheet


class Plans(Exporter):
    """The sheet that a gaffer takes along, for every shot."""

    id = "plans"
    label = "Lighting plans, PDF"
    suffix = "pdf"
    media_type = "application/pdf"
    group = "Lists and paper"
    used_for = "The gaffer, the key grip, the wall of the stage"
    carries = dict.fromkeys(("order", "slate", "frame", "camera", "light", "look", "place"), "words")
    lacks = (
        "Pictures, prompts, dialogue and notes. Of the stock it has the EI, of the place what stands around, of people "
        "where they stand."
    )

    def write(self, reel: Reel, options: Options) -> bytes:
        """Draw a page for each shot; the same film is the same bytes."""
        day = told.day(reel.made)
        sheets = [
            sheet(shot.resolved, Title(reel.title, shot.slate, shot.name, day, reel.author), options.paper)
            for shot in reel.shots
        ]
        return pages(sheets, f"Lighting plans: {reel.title}")
