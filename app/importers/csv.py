"""Reads a shot list as CSV: Printlight's own, StudioBinder's, an assistant director's."""

from app.importers._shot_rows import is_shot_list, read_shot_list
from app.importers.base import Imported, Importer
from app.vocab import Vocabulary


class Csv(Importer):
    """A table whose columns are known by their heads, in any order; commas, semicolons or tabs between them."""

    id = "csv"
    label = "Shot list, CSV"
    suffixes = (".csv", ".tsv")

    def recognises(self, content: str) -> bool:
        """Tell whether one of the first lines holds the heads of a shot list."""
        return is_shot_list(content)

    def read(self, content: str, name: str, vocabulary: Vocabulary) -> Imported:
        """Return a shot for each line below the heads."""
        return read_shot_list(content, name, vocabulary)
