"""Where the files that ship with Printlight stand: beside app/ in a checkout, inside it in an installed wheel."""

from pathlib import Path

_HERE = Path(__file__).parent


def shipped(name: str) -> Path:
    """Return the folder `name` (vocab, templates, static or migrations)."""
    installed = _HERE / "_shipped" / name
    return installed if installed.is_dir() else _HERE.parent / name
