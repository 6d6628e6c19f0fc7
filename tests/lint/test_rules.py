"""Every rule is its own page, and its examples run: what is broken fires, what is mended does not."""

import re
from typing import Any

import pytest

from app.lint import Check, Rule, lint, rules
from app.patch import merge
from app.pipeline import check_shot
from app.resolve import resolve
from app.schema import Finding, Shot, read_data, read_text
from app.schema.checks import Checks
from app.schema.facets import field_of
from app.vocab import vocabulary

VOCABULARY = vocabulary()

every_rule = pytest.mark.parametrize("rule", rules.values(), ids=lambda one: one.id)

HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
FENCE = re.compile(r"```toml\n(.*?)```", re.DOTALL)


def sections(rule: Check) -> dict[str, str]:
    """Return a rule's page by heading; the first line stands under an empty one."""
    summary, *parts = HEADING.split(rule.page())
    return {"": summary.strip()} | {name: text.strip() for name, text in zip(parts[::2], parts[1::2], strict=True)}


def shown(rule: Rule, section: str) -> list[Shot]:
    return [read_text(found, f"{rule.id}, {section}") for found in FENCE.findall(sections(rule)[section])]


def found(rule: Rule, shot: Shot) -> list[Finding]:
    return [one for one in check_shot(shot, VOCABULARY, Checks(profile=rule.profile)) if one.code == rule.id]


@every_rule
def test_a_rules_docstring_is_its_page(rule: Rule) -> None:
    page = sections(rule)
    assert list(page) == ["", "What", "Why", "Example", "Instead"]
    assert all(page.values())
    assert page[""].endswith(".")
    assert "\n" not in page[""]


@every_rule
def test_the_example_breaks_the_rule_and_names_what_it_is_about(rule: Rule) -> None:
    examples = shown(rule, "Example")
    assert examples
    for shot in examples:
        findings = found(rule, shot)
        assert findings
        for finding in findings:
            assert finding.severity == rule.severity
            assert finding.message[:1].isupper()
            assert finding.message.endswith((".", "?"))
            assert finding.paths
            assert [path for path in finding.paths if field_of(path) is None] == []


@every_rule
def test_what_is_written_instead_keeps_the_rule(rule: Rule) -> None:
    assert shown(rule, "Instead")
    for shot in shown(rule, "Instead"):
        assert found(rule, shot) == []
        assert [one for one in check_shot(shot, VOCABULARY) if one.severity == "error"] == []


@every_rule
def test_a_fix_mends_what_it_is_for(rule: Rule) -> None:
    for shot in shown(rule, "Example"):
        findings = found(rule, shot)
        for finding in findings:
            if finding.fix is not None:
                mended = read_data(merge(shot.model_dump(mode="json", exclude_defaults=True), finding.fix))
                assert finding not in found(rule, mended)
                assert len(found(rule, mended)) < len(findings)


def test_some_rules_offer_a_fix() -> None:
    assert [one for rule in rules.values() for shot in shown(rule, "Example") for one in found(rule, shot) if one.fix]


@every_rule
def test_a_silenced_rule_says_nothing(rule: Rule) -> None:
    for shot in shown(rule, "Example"):
        marks = {finding.paths[0]: {"silence": {rule.id: "as the director wants it"}} for finding in found(rule, shot)}
        silenced = read_data({**shot.model_dump(mode="json", exclude_defaults=True), "marks": marks})
        assert found(rule, silenced) == []
        for other in check_shot(shot, VOCABULARY):
            assert other.code == rule.id or other in check_shot(silenced, VOCABULARY)


def test_silencing_one_rule_leaves_the_others() -> None:
    data = {"camera": {"size": "camera.size.nobody"}, "marks": {"camera.size": {"silence": {"another_rule": "so"}}}}
    assert [one.code for one in check_shot(read_data(data), VOCABULARY)] == ["unknown_term"]


def test_findings_come_gravest_first() -> None:
    data: dict[str, Any] = {}
    for rule in rules.values():
        for shot in shown(rule, "Example"):
            dumped = shot.model_dump(mode="json", exclude_defaults=True)
            for part in ("lights", "subjects", "references"):
                dumped[part] = {f"{rule.id[:20]}_{name}": one for name, one in dumped.get(part, {}).items()}
            data = merge(data, dumped)
    findings = lint(resolve(read_data(data), VOCABULARY))
    order = {"error": 0, "warning": 1, "info": 2}
    ranks = [order[one.severity] for one in findings]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2}


KEY = {"role": "light.role.key"}

FINE = [
    pytest.param(
        {"lights": {"key": {**KEY, "quality": "light.quality.hard", "direction": "light.direction.top"}}},
        id="A0-hard-and-top",
    ),
    pytest.param(
        {
            "lights": {
                "key": {**KEY, "direction": "light.direction.side", "side": "left", "quality": "light.quality.soft"}
            }
        },
        id="A0-side-and-soft",
    ),
    pytest.param(
        {
            "lights": {
                "back": {"role": "light.role.back", "direction": "light.direction.back"},
                "rim": {"role": "light.role.rim", "azimuth_deg": 165, "elevation_deg": 30},
            }
        },
        id="A0-back-and-rim",
    ),
    pytest.param({"camera": {"angle": "camera.angle.low", "roll_deg": 20, "pitch_deg": 30}}, id="A0-dutch-and-low"),
    pytest.param({"camera": {"angle": "camera.angle.dutch", "pitch_deg": 30, "height_m": 0.4}}, id="A0-low-and-dutch"),
    pytest.param(
        {
            "framing": {"perspective": "framing.perspective.over_the_shoulder"},
            "subjects": {
                "mara": {"slot": 0, "name": "Mara", "screen_x": 0.35, "eyeline": "jonas"},
                "jonas": {"slot": 1, "name": "Jonas", "screen_x": 0.7, "facing_deg": 180},
            },
        },
        id="A0-over-the-shoulder-of-two",
    ),
    pytest.param(
        {"framing": {"balance": "framing.balance.symmetrical", "placement": "framing.placement.centred"}},
        id="A0-symmetrical-and-centred",
    ),
    pytest.param(
        {"framing": {"balance": "framing.balance.balanced", "devices": ["framing.device.one_point_perspective"]}},
        id="A0-balanced-and-symmetrical",
    ),
    pytest.param(
        {"lights": {"key": {**KEY, "direction": "light.direction.under"}}, "look": {"contrast": "look.contrast.high"}},
        id="A0-underlight-and-high-contrast",
    ),
    pytest.param(
        {"lights": {"key": {**KEY, "direction": "light.direction.top"}}, "look": {"contrast": "look.contrast.high"}},
        id="A0-top-and-high-contrast",
    ),
    pytest.param(
        {
            "lights": {"key": {**KEY, "quality": "light.quality.hard"}},
            "lighting": {"contrast": "lighting.contrast.high"},
        },
        id="A0-hard-and-high-contrast",
    ),
    pytest.param(
        {"lighting": {"effects": ["light.effect.edge"]}, "lights": {"back": {"role": "light.role.back"}}},
        id="A0-backlight-and-edge",
    ),
    *[
        pytest.param(
            {"camera": {"roll": "camera.roll.dutch", "angle": f"camera.angle.{angle}"}}, id=f"A0-dutch-and-{angle}"
        )
        for angle in ("low", "high", "overhead", "worms_eye")
    ],
    pytest.param({"camera": {"roll": "camera.roll.dutch", "height": "camera.height.aerial"}}, id="A0-dutch-and-aerial"),
    pytest.param(
        {"intent": {"purpose": ["intent.purpose.establishing"]}, "framing": {"count": "framing.count.group"}},
        id="A0-establishing-and-group",
    ),
    pytest.param(
        {
            "framing": {"perspective": "framing.perspective.over_the_shoulder", "count": "framing.count.group"},
            "subjects": {"mara": {"slot": 0}, "jonas": {"slot": 1}, "ada": {"slot": 2}},
        },
        id="A0-over-the-shoulder-and-group",
    ),
]


@pytest.mark.parametrize("data", FINE)
def test_what_often_goes_together_is_not_flagged(data: dict[str, Any]) -> None:
    assert check_shot(read_data(data), VOCABULARY) == []
