"""Which browser the tests and benchmarks run."""

import os
import shutil

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The shell draws no window of its own, so it takes two thirds of the processor's time."""


def found() -> str | None:
    """Return the program: the one that is named in CHROMIUM, or of this machine; None for Playwright's own."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
