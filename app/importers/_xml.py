"""Reads XML that came from somewhere: no entities, no deep nesting, and the line of what is wrong."""

from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers.expat import ExpatError, ParserCreate

from app.errors import ShotError

DEEPEST = 40


def root_of(content: str, name: str, hint: str, doctype: str = "") -> Element:
    """Return the root element. A document type is refused before any of its entities is read.

    One that is named may stand there, as long as it declares nothing.
    """
    parser, builder, depth = ParserCreate(), TreeBuilder(), 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise ShotError(f"{name} is nested too deeply.", hint=hint)
        builder.start(tag, attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(tag)

    def declare(kind: str, system: str | None, public: str | None, has_more: int) -> None:
        if kind != doctype or system or public or has_more:
            line = parser.CurrentLineNumber
            raise ShotError(f"{name}, line {line}: a document type is declared here.", hint="Nothing of it was read.")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = declare
    try:
        parser.Parse(content.removeprefix("\ufeff").encode("utf-8", "replace"), True)
    except ExpatError as error:
        raise ShotError(f"{name}, line {error.lineno}: this is not XML as it stands.", hint=hint) from None
    return builder.close()
