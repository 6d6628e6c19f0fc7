import re
from collections.abc import Iterator

from app.lint.cut import Cut, CutRule, called
from app.lint.looking import motions
from app.resolve import Resolved
from app.resolve.known import ordered
from app.schema.compiled import Finding

ENTERS = {"framing.direction.enters_left": 1, "framing.direction.enters_right": -1}
GOES = frozenset(
    f"beat.action.{one}"
    for one in (
        *("walking", "walking_slowly", "running", "riding_horse", "cycling", "driving", "rowing", "sailing"),
        *("galloping", "trotting", "prowling", "cruising", "speeding_past", "flying"),
    )
)
GOING = re.compile(
    r"\b(?:walk|run|ride|drive|stride|march|hurr(?:y|ie)|rush|crawl|cycle|row|sail|gallop|trot|limp|pace|cross|go"
    r"|fl(?:y|ie)|stroll|jog|sprint)(?:s|es|ing|d)?\b",
    re.IGNORECASE,
)
TO_RIGHT = re.compile(
    r"\bleft(?: of frame)? (?:to|→|->|towards?) (?:the )?(?:frame |screen |camera )?right\b"
    r"|\b(?:from|enters?|entering)(?: from)?(?: the)? (?:frame |screen |camera )?left\b(?! to)"
    r"|\b(?:to|towards?|exits?|exiting|leaves?|leaving|off)(?: the)? (?:frame |screen |camera )?right\b"
    r"|\bleft[- ]to[- ]right\b",
    re.IGNORECASE,
)
MIRRORED = {"left": "right", "right": "left"}
TO_LEFT = re.compile(re.sub("left|right", lambda found: MIRRORED[found[0]], TO_RIGHT.pattern), re.IGNORECASE)


class ScreenDirectionFlips(CutRule):
    """Somebody who goes one way across the frame goes the other way in the next shot.

    ## What
    The same person moves from left to right in one shot and from right to left in the next: by the shot's screen
    direction, by the words of the action, or by a camera that travels or pans with somebody who walks or rides.

    ## Why
    On a screen, left and right are where one comes from and where one goes. Turned round at a cut, somebody goes back.
    A shot along the axis, straight towards the camera or away from it, between the two lets the direction change.

    ## Example
    ```toml
    [before.framing]
    direction = "framing.direction.enters_left"

    [before.subjects.mara]
    name = "Mara"

    [after.framing]
    direction = "framing.direction.enters_right"

    [after.subjects.mara]
    name = "Mara"
    ```
    ```toml
    [before.subjects.mara]
    name = "Mara"

    [before.beats.one]
    action = { mara = { words = "walks along the wall from left to right" } }

    [after.subjects.mara]
    name = "Mara"

    [after.beats.one]
    action = { mara = { words = "walks on, and exits frame left" } }
    ```

    ## Instead
    ```toml
    [before.framing]
    direction = "framing.direction.enters_left"

    [before.subjects.mara]
    name = "Mara"

    [after.framing]
    direction = "framing.direction.towards_camera"

    [after.subjects.mara]
    name = "Mara"
    ```
    """

    id = "screen_direction_flips"
    number = "CUT04"
    basis = "craft: screen direction"
    holds = "cut"

    def check(self, cut: Cut) -> Iterator[Finding]:
        """Compare which way everybody goes who is in both shots."""
        was, now = _ways(cut.before), _ways(cut.after)
        for one, other in cut.cast:
            if one in was and other in now and was[one][0] * now[other][0] < 0:
                side = "right" if now[other][0] > 0 else "left"
                path = now[other][1]
                plain = path == "framing.direction"
                yield self.found(
                    f"{called(cut.after, other)} goes to frame {side} now, and went the other way in the shot before: "
                    "turn one of the two round, or put a shot between them that looks along the way.",
                    path,
                    fix=cut.as_before("framing.direction") if plain else None,
                )


def _ways(resolved: Resolved) -> dict[str, tuple[int, str]]:
    """Return who goes which way across the frame, +1 to the right, and where that is said."""
    found: dict[str, tuple[int, str]] = {}
    for beat, said in ordered(resolved.shot.beats):
        for who in said.action:
            path = f"beats.{beat}.action.{who}"
            if way := _way(resolved, path, beat):
                found.setdefault(who, (way, path))
    enters = ENTERS.get(resolved.pick("framing.direction"))
    if enters and resolved.hero:
        found[resolved.hero] = (enters, "framing.direction")
    return found


def _way(resolved: Resolved, path: str, beat: str) -> int:
    """Return which way an action goes: as its words say, or with the camera that follows."""
    value = resolved.value(path)
    words = value["words"] if type(value) is dict else ""
    if words and (way := bool(TO_RIGHT.search(words)) - bool(TO_LEFT.search(words))):
        return way if GOING.search(words) or re.search(r"\b(?:enter|exit|leav)", words, re.IGNORECASE) else 0
    if not (GOING.search(words) if words else value in GOES):
        return 0
    signs = {
        (motion.term.numbers.get("truck") or motion.term.numbers.get("pan") or 0) > 0
        for motion in motions(resolved)
        if motion.beat == beat and (motion.term.numbers.get("truck") or motion.term.numbers.get("pan"))
    }
    return 0 if len(signs) != 1 else 1 if signs == {True} else -1
