"""The command line: `printlight compile SHOT --for TARGET`.

Exit status: 0 clean, 1 findings of severity error, 2 unusable input.
"""

from app.cli.main import main

__all__ = ["main"]
