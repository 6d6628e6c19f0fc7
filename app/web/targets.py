"""What the pages, the docs and the command line tell about each model: what it hears, in which form, and what not."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Literal, NamedTuple

from app.compile import Clause, Fact
from app.compile.wording import joined, plain
from app.dialects import dialects, template
from app.dialects._counting import told as most
from app.dialects._shape import field, nearest, nearest_length
from app.dialects.base import timed
from app.pipeline import compile_shot
from app.schema import Compiled, Segment, read_data
from app.schema.facets import field_of, title
from app.vocab import Target, vocabulary

YES = "yes"
NO = "no"

FORMS = {
    "prose": "prose",
    "labels": "labelled lines",
    "tags": "tags",
    "flags": "tags, then flags",
    "json": "JSON",
}

NEGATIVES = {
    "rewrite": "said positively",
    "field": "a field of its own",
    "flag": "a flag, --no",
    "plain": "in plain words",
}
"""The four ways to keep something out of the picture."""

CONFIDENCE = {
    "vendor": "the maker's own documents",
    "host": "a host that runs it",
    "secondary": "other people's guides",
    "mixed": "documents of several kinds",
}

MOVES = {"none": NO, "one": "one a shot", "several": "several"}

SOUNDS = {
    "line": "lines",
    "effect": "effects",
    "ambience": "ambience",
    "music": "music",
    "voiceover": "voice-over",
}

LENS = (("mm", "mm"), ("stop", "T-stops"), ("ei", "EI"), ("shutter", "shutter"), ("fps", "fps"))
"""The numbers of a camera, by the unit that a target's file names."""

SLOTS = {
    "frame": "Frame",
    "subject": "Subjects",
    "relation": "Who stands where",
    "beat": "Action",
    "move": "Camera move",
    "line": "Spoken lines",
    "heard": "Sound of the moment",
    "place": "Place",
    "instead": "What is there instead",
    "lettering": "Lettering",
    "lighting": "Whole light",
    "light": "Each light",
    "reading": "What the light does",
    "angle": "Angle",
    "lens": "Lens",
    "exposure": "Stop and focus",
    "depth": "Depth of field",
    "support": "Support",
    "framing": "Composition",
    "extraction": "Extraction",
    "look": "Look",
    "colours": "Colours",
    "intent": "Intent",
    "pace": "Pace",
    "effects": "Sound effects",
    "ambience": "Ambience",
    "music": "Music",
    "voiceover": "Voice-over",
    "reference": "References",
    "exclude": "Keep out",
    "edit": "The change",
}
"""What each part of a prompt is about."""

SHAPES = (2.39, 1.85, 1.78, 1.33, 1.0, 0.5625)
"""Shapes that a target which takes any is asked for, to show what goes out."""

HEARD = {
    "line": (Fact("who", "Mara", ()), Fact("line", "Leave the lamp on.", ()), Fact("how", "quietly", ())),
    "effect": (Fact("sound", "a match striking", ()),),
    "ambience": (Fact("sound", "wind round the tower", ()),),
    "music": (Fact("sound", "a single cello", ()), Fact("mood", "tense", ())),
    "voiceover": (Fact("sound", "Nobody came that winter.", ()),),
}
"""What stands in the example of a sound pattern."""

PICTURED = (
    Fact("shows", "a portrait", ()),
    Fact("of", "Mara", ()),
    Fact("take", "the face", ()),
    Fact("ignore", "the light", ()),
)
"""What stands in the example of a reference's line, beside its name and role."""


class Document(Target):
    """A target as scripts read it: what its file says, and the form in which its dialect writes."""

    form: Literal["prose", "labels", "tags", "flags", "json"]


class Column(NamedTuple):
    """One feature of the matrix: the part that it belongs to, its name, what it means, and what a target has of it."""

    part: str
    label: str
    gloss: str
    tell: Callable[[Target], str]


class Group(NamedTuple):
    """Targets that stand together."""

    label: str
    targets: tuple[Target, ...]


class Block(NamedTuple):
    """A step of a prompt's order: the label that stands in the text, if any, and what it is about."""

    label: str
    about: tuple[str, ...]


class Frame(NamedTuple):
    """A shape to draw: its name, and the sides of a frame that fits a square of 40."""

    name: str
    width: float
    height: float


class Silence(NamedTuple):
    """What a target cannot hear for one reason: each field's title and its pattern of paths."""

    reason: str
    fields: tuple[tuple[str, str], ...]


def groups(targets: Iterable[Target] = ()) -> list[Group]:
    """Return targets in groups: images, video, and the retired ones; by maker, then by name."""
    found = sorted(
        targets or vocabulary().targets.values(), key=lambda one: (one.maker.casefold(), one.label.casefold())
    )
    parts = {
        "Images": [one for one in found if one.medium == "image" and not one.retired],
        "Video": [one for one in found if one.medium == "video" and not one.retired],
        "Retired": [one for one in found if one.retired],
    }
    return [Group(label, tuple(some)) for label, some in parts.items() if some]


def living() -> list[Target]:
    """Return the targets that can still be sent to, in the order of the matrix."""
    return [target for group in groups() for target in group.targets if not target.retired]


def offered(chosen: Target) -> list[Group]:
    """Return the targets that a shot may be written for: the living ones, and the one that it holds."""
    return groups([*living(), chosen] if chosen.retired else living())


def form(target: Target) -> str:
    """Return how a target's text is built: prose, labels, tags, flags or json."""
    return dialects[target.dialect].form


def words(target: Target) -> str:
    """Tell how many words a target likes."""
    low, high = target.words
    return f"{low}–{high}" if high else NO


def limit(target: Target) -> str:
    """Tell how long a prompt may be, in the model's own unit."""
    whole = most(target.limit) if target.limit.count else ""
    chunk = f"chunks of {target.limit.chunk} tokens" if target.limit.chunk else ""
    return "; ".join(one for one in (whole, chunk) if one) or "not stated"


def negatives(target: Target) -> str:
    """Tell how a target is told what to keep out, and how much of it."""
    found = target.negative_limit
    return NEGATIVES[target.negative] + (f", {most(found)}" if found.count else "")


def shapes(target: Target) -> str:
    """Tell which shapes of picture a target makes."""
    if target.free_aspect:
        return "any ratio"
    if target.pixels:
        return f"any size, about {plain(target.pixels.megapixels)} MP"
    if target.sizes:
        return f"{len(target.sizes)} size{'s' * (len(target.sizes) > 1)}"
    if target.aspects:
        return f"{len(target.aspects)} ratio{'s' * (len(target.aspects) > 1)}"
    return "that of its picture"


def length(target: Target) -> str:
    """Tell how long a moving picture of a target can be."""
    if target.medium == "image":
        return NO
    if not target.durations:
        return "its own"
    return _span(target.durations, target)


def _span(made: tuple[float, ...], target: Target) -> str:
    told = [plain(one) for one in made]
    return f"{told[0]}–{told[-1]} s" if target.any_duration else f"{', '.join(told)} s"


def kelvin(target: Target) -> str:
    """Tell how a target is told colour temperatures."""
    if target.why_silent("lights.key.cct_k"):
        return NO
    return "numbers" if "kelvin" in target.units else "in words"


def lens(target: Target) -> str:
    """Tell which numbers of the camera a target reads."""
    if target.why_silent("camera.focal_mm"):
        return NO
    return ", ".join(name for unit, name in LENS if unit in target.units) or "in words"


def stock(target: Target) -> str:
    """Tell whether a target hears the name of a film stock."""
    if target.why_silent("look.stock"):
        return NO
    own = any(term.startswith("look.stock.") for term in target.says)
    return "in its own words" if own else "by name"


def colours(target: Target) -> str:
    """Tell how a target is told colours."""
    if target.why_silent("look.colours"):
        return NO
    return "codes" if "hex" in target.units else "in words"


def references(target: Target) -> str:
    """Tell how many reference pictures a target takes, and what the text calls them."""
    found = target.references
    if not found.words and not found.fields:
        return NO
    told = [f"up to {found.max}"] if found.max else []
    if found.words:
        told.append(f"called {naming(target)}" if found.name else "never named")
    if found.fields:
        told.append("in fields")
    return ", ".join(told)


def roles(target: Target) -> str:
    """Tell how many roles a reference may have."""
    count = len({*target.references.words, *target.references.fields})
    return str(count) if count else NO


def codes(target: Target) -> str:
    """Show how a target is told when a beat begins."""
    return timed(target.timing.beat or target.timing.shot, 1, 0, 4).strip() or NO


def shots(target: Target) -> str:
    """Tell how many shots one prompt of a target may hold."""
    return f"up to {target.timing.shots}" if target.timing.shots > 1 else NO


def audio(target: Target) -> str:
    """Tell which sounds a target can be told."""
    return ", ".join(SOUNDS[name] for name in target.audio) or NO


def edits(target: Target) -> str:
    """Tell whether a target changes a picture that exists."""
    return NO if not target.edit.line else "with a mask" if target.edit.mask else YES


COLUMNS = (
    Column("Text", "Form", "How the text is built.", lambda one: FORMS.get(form(one), form(one))),
    Column("Text", "Words", "As many words as it likes.", words),
    Column("Text", "Limit", "How long a prompt may be.", limit),
    Column("Text", "Negatives", "How it is told what to keep out.", negatives),
    Column("Text", "Weights", "How a pinned piece is weighed.", lambda one: one.weight.replace("{}", "…") or NO),
    Column("Text", "Light told", "Whether it is told what the light does.", lambda one: YES if one.derived else NO),
    Column("Numbers", "Kelvin", "How it is told colour temperatures.", kelvin),
    Column("Numbers", "Lens", "Which numbers of the camera it reads.", lens),
    Column("Numbers", "Stock", "How it is told a film stock.", stock),
    Column("Numbers", "Hex", "How it is told colours.", colours),
    Column("Picture", "Shapes", "The shapes that it makes.", shapes),
    Column("Picture", "Seed", "Whether it takes a seed.", lambda one: YES if one.seed else NO),
    Column("Picture", "Edits", "Whether it changes a picture that exists.", edits),
    Column("References", "References", "How many pictures it takes, and how they are called.", references),
    Column("References", "Roles", "How many roles a picture may have.", roles),
    Column("Time", "Length", "How long its pictures can be.", length),
    Column("Time", "Moves", "How many camera moves it follows in a shot.", lambda one: MOVES[one.moves]),
    Column("Time", "Time codes", "How it is told when a thing happens, from second 0 to 4.", codes),
    Column("Time", "Shots", "How many shots one prompt may hold.", shots),
    Column("Time", "Audio", "What it can be told to sound like.", audio),
    Column("Facts", "Date", "When these facts were read.", lambda one: one.facts.date),
    Column("Facts", "From", "Where these facts were read.", lambda one: one.facts.confidence),
)
"""The matrix: a feature a column, parts of a kind side by side."""


def parts() -> list[tuple[str, int]]:
    """Return the parts of the matrix, each with the number of its columns."""
    names = dict.fromkeys(column.part for column in COLUMNS)
    return [(name, sum(column.part == name for column in COLUMNS)) for name in names]


def searched(target: Target) -> str:
    """Return what a filter looks through: a target's names, and everything that stands in its row."""
    own = (target.id, target.label, target.maker, target.medium, form(target), "retired" if target.retired else "")
    told = (f"{column.label} {said}" for column in COLUMNS if (said := column.tell(target)) != NO)
    return " ".join([*own, *told]).casefold()


def passes(target: Target, query: str, medium: str) -> bool:
    """Tell whether a target is of a medium, or of any, and holds every word of a query."""
    text = searched(target)
    return medium in ("", target.medium) and all(word in text for word in query.casefold().split())


def file_of(target: Target) -> str:
    """Return the data file of a target, below the project's folder."""
    return f"vocab/targets/{target.id}.toml"


def order(target: Target) -> list[Block]:
    """Return the order in which a target is told things."""
    found = target.order or dialects[target.dialect].order
    return [
        Block(label, tuple(SLOTS.get(slot, slot.replace("_", " ").capitalize()) for slot in slots))
        for label, *slots in found
    ]


def frames(target: Target) -> list[Frame]:
    """Return the shapes that a target makes, to draw; where it makes any, what six usual ones go out as."""
    if target.aspects:
        return [_frame(name, _ratio(name, ":")) for name in target.aspects]
    if target.sizes:
        return [_frame(f"{wide}×{high}", wide / high) for wide, high in target.sizes]
    found = (nearest(one, target) for one in SHAPES)
    return [_frame(one.name, one.ratio) for one in found if one]


def _ratio(name: str, sign: str) -> float:
    wide, _, high = name.partition(sign)
    return float(wide) / float(high)


def _frame(name: str, ratio: float) -> Frame:
    wide = min(40.0, 40 * ratio)
    return Frame(name, round(wide, 1), round(wide / ratio, 1))


def silences(target: Target) -> list[Silence]:
    """Return what a target cannot hear, by reason, in the order of its file."""
    found: dict[str, list[tuple[str, str]]] = {}
    for pattern, reason in target.silent.items():
        found.setdefault(reason, []).append((_titled(pattern), pattern))
    return [Silence(reason, tuple(fields)) for reason, fields in found.items()]


def _titled(pattern: str) -> str:
    """Name the field that a pattern of paths is about, the nearest one that the schema knows; and whose a group is."""
    at = pattern
    while "." in at and (at.endswith("*") or field_of(at) is None):
        at = at.rpartition(".")[0]
    whose = f" ({at.partition('.')[0]})" if at != pattern and "." in at else ""
    return f"{title(at)}{whose}"


def travels(target: Target) -> list[tuple[str, str, str]]:
    """Return how the reference of each role travels: its label, `word` or `field`, and which."""
    found = target.references
    ways = [("word", found.words), ("field", found.fields)]
    return [(_role(role), how, told) for how, some in ways for role, told in some.items()]


def _role(role: str) -> str:
    term = vocabulary().terms.get(role)
    return term.label if term else role


def terms(target: Target) -> list[tuple[str, str]]:
    """Return on which terms pictures travel: how, which of them never go together, how long a clip is beside them."""
    found = target.references
    by = [("Sent as", "the public address of each")] if found.addresses else []
    kinds = ["; ".join(", ".join(map(_role, roles)) for roles in found.excludes)] if found.excludes else []
    beside: dict[str, list[str]] = {}
    for role, made in found.lengths.items():
        beside.setdefault(_span(made, target), []).append(_role(role))
    return [
        *by,
        *(("One kind a request", some) for some in kinds),
        *((f"Beside {joined(roles)}", span) for span, roles in beside.items()),
    ]


def naming(target: Target) -> str:
    """Return what the text calls the first picture; empty where it names none."""
    return target.references.name.format(n=1, id="mara")


def reference_line(target: Target) -> str:
    """Show the line of one picture, as it stands in the text; empty where pictures are never named."""
    if not target.references.words or not target.references.name:
        return ""
    word = next(iter(target.references.words.values()))
    facts = [Fact("name", naming(target), ()), Fact("role", word, ()), *PICTURED]
    return _example(target.references.line, "reference", facts)


def written(target: Target) -> list[tuple[str, str]]:
    """Show the fields whose values the request writes in a form of its own, each with the nearest to 16:9 and 5 s."""
    shape = nearest(16 / 9, target)
    length = nearest_length(5, target.durations, target) if target.durations else 5
    asked = {"duration": length, "fps": 24} | (shape.fields if shape else {})
    return [
        (name, str(param.value))
        for ours in target.values
        for name, param in field(ours, asked[ours], target, ()).items()
    ]


def sounds(target: Target) -> list[tuple[str, str]]:
    """Show how each sound that a target can be told stands in its text."""
    return [
        (SOUNDS[name].capitalize(), _example(getattr(target.sound, name), name, HEARD[name])) for name in target.audio
    ]


def _example(pattern: str, slot: str, facts: Iterable[Fact]) -> str:
    segments = template.write(pattern, Clause(slot, list(facts)), _say, None)
    return "".join(segment.text for segment in segments)


def _say(fact: Fact, _context: None) -> Segment:
    return Segment(fact.words)


def time_codes(target: Target) -> list[tuple[str, str]]:
    """Show how the second beat of a shot, and the second shot of a scene, are told their time."""
    patterns = (("A beat", target.timing.beat), ("A shot", target.timing.shot))
    return [(label, timed(one, 2, 4, 8).strip()) for label, one in patterns if one]


@cache
def sample(name: str) -> Compiled:
    """Return the first shot of the sample film, compiled for a target."""
    found = next(iter(vocabulary().samples.values()))
    return compile_shot(read_data(found.shot, found.name), vocabulary().target(name), vocabulary())


def by_reason(compiled: Compiled) -> Mapping[str, list[str]]:
    """Return the paths that were lost, by reason."""
    found: dict[str, list[str]] = {}
    for loss in compiled.losses:
        found.setdefault(loss.reason, []).extend(loss.paths)
    return found


def document(target: Target) -> Document:
    """Return everything that is known of a target, with its form."""
    return Document(**target.model_dump(), form=form(target))


def documents() -> list[Document]:
    """Return all targets in the order of the matrix, the retired ones last: for scripts and the command line."""
    return [document(target) for group in groups() for target in group.targets]


def begins(column: Column) -> bool:
    """Tell whether a column is the first of its part."""
    return next(one for one in COLUMNS if one.part == column.part) is column
