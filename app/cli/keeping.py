"""`printlight backup`, `printlight restore` and `printlight doctor`: nothing is lost."""

import json
import sys
from argparse import Namespace
from pathlib import Path

from app.backends import backends
from app.jobs import library_of
from app.library.doctor import Finding, Patient, examine
from app.library.keeping import Kept, Manifest, Restored, back_up, restore
from app.settings import Settings, settings

ROUNDS = 3
"""What is mended may show what it had hidden: the search index is written anew once every row is well."""

MOST_SHOWN = 8


def run_backup(arguments: Namespace) -> int:
    """Write the whole library into one file. Exit status 1 where pictures of it are missing or damaged."""
    found = settings()
    kept = back_up(library_of(found), Path(arguments.FILE), replace=arguments.replace)
    print(f"{kept.file} holds {_counts(kept)}, {kept.size:,} bytes in all.")
    if kept.manifest.rows.get("connection"):
        print("The keys of backends are not in it: they are sealed for this installation. Keep them elsewhere.")
    for sha256 in kept.manifest.missing:
        print(f"A picture is named and not there: {sha256}", file=sys.stderr)
    for sha256 in kept.manifest.damaged:
        print(f"A picture is damaged, and is in it as it was found: {sha256}", file=sys.stderr)
    return 0 if kept.whole else 1


def run_restore(arguments: Namespace) -> int:
    """Bring a library back. Exit status 1 where pictures that it names are nowhere."""
    found = settings()
    done = restore(library_of(found), Path(arguments.FILE), found.data, replace=arguments.replace)
    for said in _told(done):
        print(said)
    for sha256 in done.missing:
        print(f"A picture is named and not there: {sha256}", file=sys.stderr)
    return 1 if done.missing else 0


def run_doctor(arguments: Namespace) -> int:
    """Say what is wrong, and mend it if asked. Exit status 1 where something is, or stays, wrong."""
    patient = _patient(settings())
    found, mended = examine(patient), list[Finding]()
    for _ in range(ROUNDS if arguments.mend else 0):
        todo = [one for one in found if one.mend]
        for one in todo:
            if one.mend:
                one.mend()
        mended += todo
        found = examine(patient) if todo else found
    if arguments.json:
        told = {"found": [_document(one) for one in found], "mended": [_document(one) for one in mended]}
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return 1 if found else 0
    for one in mended:
        _print(one, "Mended. ")
    for one in found:
        _print(one, "")
    if not found:
        print("Nothing is wrong." if not mended else "Nothing else is wrong.")
    elif any(one.mend for one in found):
        print("What can be mended is mended by: printlight doctor --mend")
    return 1 if found else 0


def _patient(found: Settings) -> Patient:
    files = [found.data / "secret.key", *(found.data / one.key_file for one in backends.values() if one.key_file)]
    if found.sealing:
        files.append(found.sealing.key)
    return Patient(library_of(found), found.data, tuple(files))


def _counts(kept: Kept) -> str:
    return f"{_rows(kept.manifest)}, {_count(kept.pictures, 'picture')}"


def _rows(manifest: Manifest) -> str:
    counted = (("project", "film"), ("shot", "shot"), ("take", "take"))
    return ", ".join(_count(manifest.rows.get(table, 0), word) for table, word in counted)


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _told(done: Restored) -> list[str]:
    """Return what a person is told of a library that came back."""
    new = f"{_count(done.added, 'picture')} that {'was' if done.added == 1 else 'were'} not here"
    said = [f"The library of {done.manifest.made} is back: {_rows(done.manifest)}, and {new}."]
    if done.before:
        said.append(f"What was here before is kept in {done.before}; its pictures stay where they are.")
    if done.held:
        said.append(f"{_count(done.held, 'take')} waited then and may have been made since: you decide on each.")
    if done.manifest.rows.get("connection"):
        said.append("The keys of backends do not come back: type them again on the page of backends.")
    return said


def _document(one: Finding) -> dict[str, object]:
    return {"code": one.code, "what": one.what, "how": one.how, "mendable": bool(one.mend), "things": one.things}


def _print(one: Finding, before: str) -> None:
    print(f"{one.code}: {before}{one.what}")
    for thing in one.things[:MOST_SHOWN]:
        print(f"  {thing}")
    if len(one.things) > MOST_SHOWN:
        print(f"  and {len(one.things) - MOST_SHOWN:,} more; --json lists all")
    print(f"  {one.how}")
