"""The styles of A1111 and Forge: a row a shot, chosen by its name beside the prompt box."""

import csv
from io import StringIO

from app.exporters._a1111 import TARGETS, names
from app.exporters.base import Exporter, Options, Reel

COLUMNS = ("name", "prompt", "negative_prompt")


class A1111Styles(Exporter):
    """A file of styles: lay it in the program's own folder as styles.csv, or add its rows to the one that is there."""

    id = "a1111_styles"
    label = "A1111 styles"
    suffix = "styles.csv"
    media_type = "text/csv; charset=utf-8"
    group = "Models and their programs"
    used_for = "A1111, Forge and SD.Next, as their styles.csv"
    carries = {"order": "words", "slate": "words", "prompt": "fields", "negative": "fields"}
    lacks = (
        "Size, seed and every other setting: a style is two texts. Reference pictures. Shots for other models are "
        "worded anew for SDXL."
    )
    needs_prompts = True
    targets = TARGETS

    def write(self, reel: Reel, options: Options) -> bytes:
        """Write the rows in the order of the film."""
        del options
        out = StringIO()
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(COLUMNS)
        for name, shot in zip(names(reel.shots), reel.shots, strict=True):
            rows.writerow((name, shot.compiled.text, shot.compiled.negative_text))
        return out.getvalue().encode("utf-8-sig")
