"""How people are called: nouns with one pronoun, titles, plurals; and nouns for the picture, where nobody stands."""

from app.match.tables import bag

SHE = bag(
    """
    woman girl lady actress mother daughter sister grandmother grandma wife bride queen princess nun witch waitress
    heroine widow ballerina aunt maid landlady priestess empress duchess schoolgirl policewoman
    """
)
HE = bag(
    """
    man boy gentleman guy father son brother grandfather grandpa husband groom king prince monk waiter uncle lad
    butler landlord emperor duke schoolboy fisherman cowboy
    """
)
"""Nouns for whom only one pronoun stands."""

TITLES = bag(
    """
    mr mrs ms miss dr professor sir madame monsieur herr frau senor senora senorita signor signora don dona captain
    inspector sergeant detective doctor king queen prince princess lady lord
    """
)
"""Before a name these belong to it."""

COUNTS = bag("two three four five six seven eight nine ten several many some few young old masked armed the")
"""Before a plural these tell that it names people, and is no verb."""

BODY = bag("hands eyes arms legs shoulders lips fingers knees heels feet hips")
"""Plurals that stand beside a noun for a person and do nothing: "a man hands in pockets"."""

NO_VERBS = BODY | bag("half twice all both like without named called alone asleep has")
"""Behind a noun for a person these are no verbs."""

PLACED = bag("in inside outside across over around through")
"""Behind these a capital is a place's: a wedding in Lagos."""

PICTURES = bag(
    """
    photo photograph photography picture image portrait packshot render rendering illustration cartoon animation scene
    snapshot shot video clip footage movie commercial advert advertisement wallpaper lay artwork
    camera lens
    """
)
"""Nouns for the picture itself, and what takes it: nobody who stands in it."""

TONES = bag("highlights shadows midtones blacks whites corners edges style manner spirit")
"""Parts of the picture, and its manner: nobody is there."""


def pronoun(noun: str) -> str:
    """Return the pronoun that stands for a noun, or nothing where it may be either."""
    if noun in SHE or noun.endswith("woman"):
        return "she"
    return "he" if noun in HE or noun.endswith("man") else ""
