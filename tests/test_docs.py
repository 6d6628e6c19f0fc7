"""The docs are a tested contract: what exists is written down, and what is written down exists."""

import re
from pathlib import Path

import pytest

from app.backends import backends
from app.cli.main import COMMANDS
from app.lint import rules
from app.vocab import vocabulary

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


def test_every_target_backend_and_check_is_in_the_reference() -> None:
    assert first_column("Targets") == set(vocabulary().targets)
    assert first_column("Backends") == set(backends)
    assert first_column("Checks") == set(rules)


@pytest.mark.parametrize("rule", rules.values(), ids=lambda rule: rule.id)
def test_the_severity_of_a_check_is_as_written(rule: object) -> None:
    name, severity = getattr(rule, "id", ""), getattr(rule, "severity", "")
    assert re.search(rf"\| `{name}` \| {severity} \|", section("Checks"))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_and_option_is_in_the_reference(command: object) -> None:
    name, arguments = getattr(command, "name", ""), getattr(command, "arguments", ())
    line = next(row for row in section("Commands").splitlines() if f"`printlight {name}" in row)
    assert [one for one in arguments if one not in line] == []


def test_every_setting_is_in_the_reference() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "app").rglob("*.py"))
    read = set(re.findall(r'"((?:PRINTLIGHT|LUMA|A1111)_[A-Z_]+|DATABASE_URL)"', sources))
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
