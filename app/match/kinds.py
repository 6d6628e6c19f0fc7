"""What sort of thing a description tells by itself: "a keeper in her fifties" is a person, "an old wolf" a creature.

The compiler leaves out a kind that the words beside it tell, and whoever reads the words back asks the same question.
"""

import re
from functools import cache, lru_cache

from app.match.tables import bag
from app.vocab import Vocabulary

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

KIND = "subject.kind."


FACETS = {
    "species": "creature",
    "creature": "creature",
    "vehicle_model": "vehicle",
    "vehicle": "vehicle",
    "artwork": "art",
    "plant": "plant",
    "form": "abstract",
}
"""Fields of a subject that say what it is, and the kind that each of them tells."""

PERSONS = bag(
    """
    man woman girl boy person people child kid baby lady gentleman guy model actor actress dancer keeper detective
    soldier nurse doctor driver worker farmer fisherman singer player boxer teacher student chef waiter waitress
    bride groom king queen prince princess knight monk nun priest sailor captain officer policeman cop thief
    astronaut pilot cowboy samurai warrior hunter witch wizard mother father daughter son sister brother grandmother
    grandfather grandma grandpa wife husband couple lovers friends stranger figure men women girls boys children
    teenager teen surgeon painter musician pianist violinist guitarist clerk barista baker miner diver surfer runner
    swimmer climber athlete bartender shepherd widow lawyer judge scientist engineer mechanic carpenter
    blacksmith tailor ferryman surveyor magician clown ballerina skater skateboarder journalist photographer
    director spy assassin gangster prisoner guard monk elder youth toddler infant passenger commuter traveller hiker
    tourist vendor merchant butcher conductor rapper drummer protagonist character hero heroine villain twins
    sisters brothers family crowd courier cyclist rider redhead blonde brunette host guest bearer trader scout
    aunt uncle neighbour neighbor lad lass porter maid butler shopkeeper landlady landlord beggar
    pilgrim priestess bishop general sergeant recruit refugee rebel outlaw sheriff bandit ronin emperor
    empress duke duchess lord servant orphan schoolgirl schoolboy pupil professor librarian archivist welder
    roofer postman postwoman seamstress weaver potter gardener beekeeper shepherdess goatherd fisher trawlerman
    paramedic midwife dentist therapist patient secretary typist operator cosmonaut android cyborg robot
    dj businessman businesswoman firefighter geisha viking pirate
    """
)
"""Nouns for a person; "model" is one too, unless another word follows it."""

NOUNS = {
    noun: kind
    for kind, nouns in {
        "character": """
        watchmaker owner lodger agent vicar trainer accompanist cellist barrister stuntwoman freediver skipper
        gunman locksmith private buyer youngest eldest leader somebody someone anybody
        """,
        "product": "bottle bottles watch perfume scent phone lipstick sneaker sneakers handbag",
        "object": """
        cube sphere cylinder pyramid ball box crate chest suitcase briefcase bag basket bucket barrel bench chair table
        desk bed sofa stool ladder lamp lantern candle torch mirror clock key lock knife fork spoon cup mug glass jar
        vase bowl plate teapot kettle pan book notebook letter envelope postcard newspaper map photograph pen pencil
        camera projector radio television telephone typewriter piano violin cello guitar drum trumpet bell flag rope
        chain anchor wheel oar compass telescope umbrella candlestick chandelier statue gun pistol rifle revolver sword
        dagger axe hammer saw spade broom coin ring necklace bracelet crown mask toy doll kite balloon die dice card
        cards cigarette pipe matchbox lighter hourglass globe skull bone feather shell stone rock door
        window gate fence sign signpost machine engine
        """,
        "food": """
        ramen soup bread loaf cake pie biscuit espresso coffee tea cocktail highball salad pizza burger steak noodles
        apple apples pear pears orange oranges lemon lemons grapes cherry cherries strawberry strawberries peach plum
        egg eggs sandwich cheese dessert chocolate honey
        """,
        "creature": "wolves birds horses bees cranes",
        "vehicle": "saloon coupé coupe lorry bicycle motorbike",
    }.items()
    for noun in nouns.split()
}
"""Nouns of other kinds, and of people, by the kind that they tell, beside the names in the vocabulary."""

HOLDS = frozenset({"bowl", "cup", "glass", "plate", "pair", "group", "flock", "pack", "slice", "piece"})
"""After these the noun behind "of" is what is seen: a bowl of ramen."""

ENDS = bag(
    """
    in on at with of by from for into onto under over against behind beside near through across along after before
    who which that wearing holding carrying looking standing sitting seated kneeling asleep alone home about and
    """
)
"""Words before which the noun of a description stands."""

DETERMINERS = frozenset({"a", "an", "the", "his", "her", "their", "its", "my"})

PARTICLES = frozenset({"the", "of", "de", "von", "van", "al", "la", "le", "da", "di"})


@lru_cache(maxsize=4096)
def told_kind(vocabulary: Vocabulary, words: str) -> str:
    """Return the kind of subject that a name and a description tell, as a term id, or nothing.

    The noun of the first two phrases counts; where neither is known, a name in capitals is somebody's.
    """
    pieces = words.split(", ")
    nouns = _nouns(vocabulary)
    for piece in pieces[:2]:
        for noun in _heads(WORD.findall(piece.partition(" (")[0].casefold())):
            kind = nouns.get(noun) or ("character" if len(noun) > 6 and noun.endswith(("man", "woman")) else "")
            if kind:
                return KIND + kind
    return f"{KIND}character" if _is_name(pieces[0]) else ""


def _heads(words: list[str]) -> list[str]:
    """Return what the noun of a phrase may be, the likeliest first: its last two words together, the last one alone."""
    end = next((at for at, one in enumerate(words) if one in ENDS and at), len(words))
    found = [" ".join(words[max(end - 2, 0) : end]), *words[max(end - 1, 0) : end]]
    if end < len(words) and words[end] == "of" and words[end - 1] in HOLDS:
        return _heads(words[end + 1 :])
    return found


def _is_name(piece: str) -> bool:
    words = piece.split()
    capital = [one[:1].isupper() or one in PARTICLES for one in words]
    return 0 < len(words) <= 4 and all(capital) and words[0].casefold() not in DETERMINERS | {"no"}


@cache
def _nouns(vocabulary: Vocabulary) -> dict[str, str]:
    """Return every noun that tells a kind: the labels and phrases of what a subject may be, and the tables here."""
    found = dict.fromkeys(PERSONS, "character") | NOUNS
    for field, kind in FACETS.items():
        if field == "form":  # "shapes" and "lines" are said of anything
            continue
        for term in vocabulary.facets[f"subject.{field}"].terms:
            for name in (term.label, term.phrase):
                folded = name.casefold()
                first, _, rest = folded.partition(" ")
                found.setdefault(rest if first in DETERMINERS and rest else folded, kind)
    return found
