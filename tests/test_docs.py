"""The docs are a tested contract: what exists is written down, and what is written down exists."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from app.backends import backends
from app.cli.main import COMMANDS
from app.exporters import Exporter, exporters
from app.exporters.base import FACTS
from app.lint import catalogue, cut_catalogue, cuts, rules
from app.previz import sheet
from app.vocab import Target, vocabulary
from app.web import targets as models

ROOT = Path(__file__).parent.parent
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return REFERENCE.partition(f"## {title}\n")[2].partition("\n## ")[0]


def first_column(title: str) -> set[str]:
    return {
        name
        for row in section(title).splitlines()
        for name in re.findall(r"`([^`]+)`", row.split("|")[1] if "|" in row else "")
    }


def test_every_backend_is_in_the_reference() -> None:
    assert first_column("Backends") == set(backends)


TARGETS = ROOT / "docs" / "targets.md"

TARGETS_HEAD = """# Models

{living} models that a shot can be written for, and {retired} that are gone and that old projects may still name. Each
is a file in `vocab/targets/`; the same chart stands in the studio at `/targets`, where a model's page says more, and
`printlight targets` prints it. "–" is what a model has not. `pytest tests/test_docs.py --golden` writes this page.

{meanings}
"""


def targets_page() -> str:
    """Write the chart of all models: how each is spoken to, what it makes, and how sure that is."""
    every = [target for group in models.groups() for target in group.targets]
    meanings = "\n".join(f"- **{column.label}**: {column.gloss}" for column in models.COLUMNS)
    gone = sum(bool(target.retired) for target in every)
    parts = [TARGETS_HEAD.format(living=len(every) - gone, retired=gone, meanings=meanings)]
    for group in models.groups():
        for label, some in (("Spoken to", ("Text", "Numbers")), ("Makes", ("Picture", "References", "Time"))):
            columns = [column for column in models.COLUMNS if column.part in some]
            parts.append(f"## {group.label}: {label.lower()}\n\n{chart(group.targets, columns)}\n")
    return "\n".join([*parts, "## Facts\n", facts(every)])


def chart(targets: Iterable[Target], columns: list[models.Column]) -> str:
    """Write a table with a line a target."""
    rows = [["target", "model", *(column.label.lower() for column in columns)], ["---"] * (len(columns) + 2)]
    rows += [[f"`{one.id}`", one.label, *(_cell(column.tell(one)) for column in columns)] for one in targets]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(said: str) -> str:
    plain = {models.YES: "yes", models.NO: "–"}.get(said, said)
    return f"`{plain}`" if set(plain) & set("<>[]{}*|") else plain


def facts(targets: Iterable[Target]) -> str:
    """Write when the facts of each target were read, where, and what is doubted."""
    lines = ["| target | version | read on | from | remarks |", "|---|---|---|---|---|"]
    for one in targets:
        gone = [f"Retired {one.retired}; nearest: `{one.nearest}`."] if one.retired else []
        told = " ".join([*gone, *one.facts.doubts]).replace("|", "/") or "–"
        source = models.CONFIDENCE[one.facts.confidence]
        lines.append(f"| `{one.id}` | {one.facts.version or '–'} | {one.facts.date} | {source} | {told} |")
    return "\n".join(lines) + "\n"


def test_every_target_is_in_the_docs(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--golden"):
        TARGETS.write_text(targets_page(), encoding="utf-8")
    assert TARGETS.read_text(encoding="utf-8") == targets_page()


def test_every_named_light_is_in_the_docs_with_its_picture(request: pytest.FixtureRequest) -> None:
    page, docs = ROOT / "docs" / "lighting.md", ROOT / "docs"
    if request.config.getoption("--golden"):
        page.write_text(sheet.page(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == sheet.page()
    sizes = {term.id: sheet.picture(docs, term).stat().st_size for term in sheet.terms()}
    assert {name: size for name, size in sizes.items() if not 1_000 < size <= sheet.MOST_BYTES} == {}
    assert sum(sizes.values()) < 1_000_000
    left_over = {path.name for path in (docs / sheet.FOLDER).iterdir()} - {
        sheet.picture(docs, term).name for term in sheet.terms()
    }
    assert left_over == set()


EXPORTS = ROOT / "docs" / "exports.md"

EXPORTS_HEAD = """# Exports

{count} formats in which a film, a scene or a shot leaves, each a file in `app/exporters/`. `printlight export` lists
them, and `printlight export FILM --as csv` writes one. What a format carries is tested: for each fact a film is written
twice, with that fact told otherwise, and the files must differ for what is carried and for nothing else.
`pytest tests/test_docs.py --golden` writes this page.

- **f**: as a field, which the other program knows as such.
- **w**: in words, for a person to read.
- **–**: not at all.
"""

SIGNS = {"fields": "f", "words": "w", None: "–"}


def exports_page() -> str:
    """Write what each format carries, fact by fact, then where it goes and what one would miss."""
    heads = ["what a film says", *(f"`{name}`" for name in exporters)]
    rows = [[said, *(SIGNS[one.carries.get(fact)] for one in exporters.values())] for fact, said in FACTS.items()]
    chart = "\n".join(f"| {' | '.join(row)} |" for row in (heads, ["---"] * len(heads), *rows))
    told = "\n".join(_told(one) for one in exporters.values())
    return f"{EXPORTS_HEAD.format(count=len(exporters))}\n{chart}\n\n## Formats\n\n{told}"


def _told(one: Exporter) -> str:
    each = " A file a shot; several go as a zip." if one.one_each else ""
    home = " Refused where a film's prompts stay home." if one.needs_prompts else ""
    return f"### {one.label}\n\n`{one.id}`, `.{one.suffix}`: {one.used_for}.{each}{home}\n\nLacks: {one.lacks}\n"


def test_every_export_is_in_the_docs(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--golden"):
        EXPORTS.write_text(exports_page(), encoding="utf-8")
    assert EXPORTS.read_text(encoding="utf-8") == exports_page()


CHECKS = ROOT / "docs" / "checks.md"

HEAD = """# Checks

{count} checks, found by looking in `app/lint/rules/`; the page of each is its docstring, shown at `/rules`.
An error cannot be true of one shot; a warning is possible, but costs something or is usually a mistake; an info is true
and worth saying aloud. Those of the profile `set` are asked with `--profile set`, or where a film is checked for the
set, too. `pytest --golden` writes this page.
"""


def checks_page() -> str:
    """Write the page of all checks, by department."""
    parts = [HEAD.format(count=len(rules))]
    for department, found in catalogue().items():
        rows = [f"| {one.number} | `{one.id}` | {one.severity} | {one.profile} | {one.summary} |" for one in found]
        parts.append(
            f"## {department}\n\n| number | code | severity | profile | says |\n|---|---|---|---|---|\n"
            + "\n".join(rows)
        )
    return "\n".join(parts)


def test_every_check_is_in_the_docs(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--golden"):
        CHECKS.write_text(checks_page(), encoding="utf-8")
    assert CHECKS.read_text(encoding="utf-8") == checks_page()


CUTS = ROOT / "docs" / "cuts.md"

CUTS_HEAD = """# Cuts

{count} checks of the cut from one shot of a scene to the next, found by looking in `app/lint/cuts/`. They are asked on
the page of a film's cuts (`/projects/FILM/cuts`), by `printlight check --film FILM`, and by `printlight check A B C`,
which takes its files for one scene. Two shots are held against each other where they are neighbours of one scene.

A finding is about the later shot: there its fix is taken, and there, or for the whole film, it is left so with a
reason. People are the same in two shots by their id, unless their names are of two people, or else by their name. What
nobody said in both shots is not compared.

What has to go on depends on the cut. Where the two shots name times of day that cannot be one, nobody has to wear the
same; where they name two places, the light may be another one; over a dissolve, a fade, a wipe or another transition
that lets time pass, only what belongs to the film and to the person has to stay. The last column says up to where a
check is asked: `place` for one hour and one place, `time` for one hour, `cut` for any straight cut, `always`.
`pytest tests/test_docs.py --golden` writes this page.

| number | code | severity | says | goes on |
|---|---|---|---|---|
"""


def cuts_page() -> str:
    """Write the page of all checks of a cut: a table, then each one whole, with its example."""
    found = [rule for some in cut_catalogue().values() for rule in some]
    rows = [f"| {one.number} | `{one.id}` | {one.severity} | {one.summary} | {one.holds} |" for one in found]
    pages = [
        f"## {one.number}: {one.summary}\n\n`{one.id}`, {one.severity}. It rests on {one.basis}.\n"
        + one.page().partition("\n")[2].replace("\n## ", "\n### ")
        for one in found
    ]
    return "\n".join([CUTS_HEAD.format(count=len(cuts)) + "\n".join(rows), "", *(f"{one}\n" for one in pages)])


def test_every_check_of_a_cut_is_in_the_docs(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--golden"):
        CUTS.write_text(cuts_page(), encoding="utf-8")
    assert CUTS.read_text(encoding="utf-8") == cuts_page()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_and_option_is_in_the_reference(command: object) -> None:
    name, arguments = getattr(command, "name", ""), getattr(command, "arguments", ())
    line = next(row for row in section("Commands").splitlines() if f"`printlight {name}" in row)
    assert [one for one in arguments if one not in line] == []


def test_every_setting_is_in_the_reference() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "app").rglob("*.py"))
    read = set(re.findall(r'"((?:PRINTLIGHT|LUMA|A1111|COMFYUI|OPENAI_IMAGES|AWS)_[A-Z0-9_]+|DATABASE_URL)"', sources))
    assert read
    assert read == {name for name in re.findall(r"`([A-Z0-9_]+)`", section("Settings")) if "_" in name}


@pytest.mark.parametrize("path", sorted({*ROOT.glob("docs/*.md"), ROOT / "README.md"}), ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_first_screen_of_the_readme_has_both_commands() -> None:
    first = "\n".join(README.splitlines()[:30])
    assert "./bin/serve" in first
    assert "./bin/test" in first


def test_the_changelog_counts_the_vocabulary() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"{len(vocabulary().facets)} facets, {len(vocabulary().terms)} terms" in text
