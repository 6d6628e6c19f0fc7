"""Runs every benchmark and prints its rows."""

import sys

from benchmarks import (
    browsing,
    checking,
    compiling,
    editing,
    finding,
    polling,
    reading,
    recompiling,
    searching,
    stills,
    viewing,
)


def main() -> None:
    """Print the rows of each benchmark, or of those that are named."""
    known = {
        "checking": checking.rows,
        "compiling": compiling.rows,
        "recompiling": recompiling.rows,
        "reading": reading.rows,
        "editing": editing.rows,
        "viewing": viewing.rows,
        "browsing": browsing.rows,
        "finding": finding.rows,
        "polling": polling.rows,
        "searching": searching.rows,
        "stills": stills.rows,
    }
    for name in sys.argv[1:] or known:
        for row in known[name]():
            print(row)


main()
