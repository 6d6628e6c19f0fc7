import re
from collections.abc import Iterator
from functools import lru_cache

from app.lint.base import Rule
from app.lint.hearing import texts
from app.lint.looking import without_colour
from app.resolve import Resolved
from app.schema.compiled import Finding

ROLES = {
    "key": "light.role.key",
    "key light": "light.role.key",
    "fill": "light.role.fill",
    "fill light": "light.role.fill",
    "rim": "light.role.rim",
    "rim light": "light.role.rim",
    "edge light": "light.role.rim",
    "back light": "light.role.back",
    "kicker": "light.role.kicker",
    "hair light": "light.role.hair",
}
HUES = {
    "warm": ("warm", "orange", "amber", "golden"),
    "cool": ("cool", "cold", "blue", "bluish", "icy", "moonlit", "moonlight"),
    "neutral": ("neutral", "white"),
}
FAMILY = {word: family for family, words in HUES.items() for word in words}
CLAIM = re.compile(
    rf"\b({'|'.join(FAMILY)})(?:,? (?:soft|hard|dim|faint|thin|strong|bright|low|gentle|blue|orange|moonlight))?[ -]"
    rf"({'|'.join(sorted((name.replace(' ', '[ -]?') for name in ROLES), key=len, reverse=True))})\b",
    re.IGNORECASE,
)
THINGS = frozenset({"key", "rim"})
"""Roles that are also things: a golden key, the blue rim of a cup. Alone they are lamps only when warm or cool."""

DENIED = re.compile(r"\b(?:no|not|never|without)(?: \w+)?$", re.IGNORECASE)
FELT_WORDS = frozenset({"warm", "cool", "cold"})
FELT = {"very warm": "warm", "very cool": "cool"}


class WordsNoLampMakes(Rule):
    """Words give a lamp a colour, and by its numbers no lamp of that kind has it.

    ## What
    One phrase names a role and a colour, as "warm fill" or "cool moonlight rim" do; lamps of that role exist, how each
    reads on the white balance is known, and none reads so. A lamp with a hue of its own may be any colour.

    ## Why
    Words and numbers go into the same prompt. Whether a lamp is warm depends on the balance: a 4300 K fill is cool at
    3200 K and warm at 5600 K.

    ## Example
    ```toml
    [intent]
    says = "A portrait with a warm fill."

    [camera]
    white_balance_k = 3200

    [lights.fill]
    role = "light.role.fill"
    cct_k = 5600
    ```

    ## Instead
    ```toml
    [intent]
    says = "A portrait with a cool fill."

    [camera]
    white_balance_k = 3200

    [lights.fill]
    role = "light.role.fill"
    cct_k = 5600
    ```
    """

    id = "words_no_lamp_makes"
    basis = "derived: mired"
    needs = ("lights.*.role",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Gather how the lamps of each role read, then hold what is said against it."""
        reads = self._reads(resolved)
        if not reads or without_colour(resolved):
            return
        for path, text in texts(resolved):
            for family, role, phrase in _claims(text):
                lamps = reads.get(role)
                if not lamps or any(felt in {"", family} for _, felt in lamps):
                    continue
                name, felt = lamps[0]
                yield self.found(
                    f'The words say "{phrase}"; on this balance the {name} reads {felt}.',
                    path,
                    *resolved.because(f"lights.{name}.reads"),
                )

    def _reads(self, resolved: Resolved) -> dict[str, list[tuple[str, str]]]:
        """Return by role the lamps and how each reads: warm, cool, neutral, or empty when that is open."""
        found: dict[str, list[tuple[str, str]]] = {}
        known = False
        for name, lamp in resolved.lights:
            if not isinstance(lamp.role, str):
                continue
            felt = resolved.value(f"lights.{name}.reads")
            if felt is None or lamp.hue is not None or lamp.hex is not None:
                felt = ""
            known = known or bool(felt)
            found.setdefault(lamp.role, []).append((name, FELT.get(felt, felt)))
        return found if known else {}


@lru_cache(maxsize=4096)
def _claims(text: str) -> tuple[tuple[str, str, str], ...]:
    """Return every colour that a text gives to a lamp: its family, the role, and the words."""
    claims = []
    for found in CLAIM.finditer(text):
        word, role = found[1].casefold(), found[2].casefold().replace("-", " ")
        if (role in THINGS and word not in FELT_WORDS) or DENIED.search(text[: found.start()].rstrip()):
            continue
        claims.append((FAMILY[word], ROLES[role.replace("backlight", "back light")], found[0]))
    return tuple(claims)
