"""The shot list as CSV: a line a shot, read by every spreadsheet and by the programs of assistant directors."""

import csv
from io import StringIO

from app.exporters._shot_list import LACKED, columns, guarded
from app.exporters.base import FACTS, Exporter, Options, Reel


class Csv(Exporter):
    """A table with a head, in UTF-8 with the mark by which Excel knows it."""

    id = "csv"
    label = "Shot list, CSV"
    suffix = "csv"
    media_type = "text/csv; charset=utf-8"
    group = "Lists and paper"
    used_for = "StudioBinder and other shot lists, a spreadsheet, a schedule"
    carries = {**dict.fromkeys([fact for fact in FACTS if fact not in LACKED], "fields"), "light": "words"}
    lacks = (
        "Pictures, references, and lamps as fields of their own: the light stands as words in one column. "
        "A text that a spreadsheet would run as a formula stands behind an apostrophe."
    )

    def write(self, reel: Reel, options: Options) -> bytes:
        """Write a line for each shot under the heads."""
        del options
        chosen, out = columns(prompts_stay=reel.prompts_stay), StringIO()
        table = csv.writer(out)
        table.writerow([column.head for column in chosen])
        for shot in reel.shots:
            said = [column.says(shot) for column in chosen]
            table.writerow([guarded(value) if isinstance(value, str) else value for value in said])
        return out.getvalue().encode("utf-8-sig", "replace")
