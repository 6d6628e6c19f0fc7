from collections.abc import Iterator

from app.lint.base import Rule
from app.match import nearest
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding
from app.schema.facets import facet_of


class UnknownTerm(Rule):
    """A picked term is not in the vocabulary.

    ## What
    A field that takes a term holds an id that no vocabulary file defines. The id is kept as it is; it is not sent.

    ## Why
    A misspelt id says nothing to any model, and a shot from elsewhere may use terms that this machine lacks.

    ## Example
    ```toml
    [camera]
    size = "camera.size.mcuu"
    ```

    ## Instead
    ```toml
    [camera]
    size = "camera.size.mcu"
    ```
    """

    id = "unknown_term"
    severity = "error"

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at every pick of every field that takes terms."""
        for path, one in resolved.unknown:
            yield self._unknown(resolved, path, one, facet_of(path))

    def _unknown(self, resolved: Resolved, path: str, one: str, facet: str) -> Finding:
        near = nearest(resolved.vocabulary, one, facet)
        value = resolved.values[path].value
        message = f"The vocabulary has no {one!r}."
        if near is None:
            return self.found(f"{message} Say it in words of your own instead.", path)
        kept = [near.id if item == one else item for item in value] if isinstance(value, (tuple, list)) else near.id
        return self.found(f"{message} Did you mean {near.label} ({near.id})?", path, fix=at(path, kept))
