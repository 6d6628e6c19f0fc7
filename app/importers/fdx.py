"""Reads a screenplay of Final Draft: its XML, without document types or entities of its own."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from app.errors import ShotError
from app.importers._headings import look, returns
from app.importers._screenplay import Kind, Line, Script, plain, read_script
from app.importers._xml import root_of
from app.importers.base import Imported, Importer
from app.vocab import Vocabulary

MAX_CHARS = 16_000_000

KINDS: dict[str, Kind] = {
    "Scene Heading": "heading",
    "Shot": "shot",
    "Character": "character",
    "Parenthetical": "parenthetical",
    "Dialogue": "dialogue",
    "Singing": "lyric",
    "Lyrics": "lyric",
    "Transition": "transition",
    "New Act": "section",
    "End of Act": "section",
    "Outline Body": "synopsis",
}
"""What a paragraph is, by its type; every other one is action."""

BY = re.compile(r"(?i)(?:.* )?by:?(?: (.*))?")
"""A line of the title page that announces who wrote: `Written by`, or with the name in it."""

HINT = "Expected a script as Final Draft saves it (.fdx)."


class FinalDraft(Importer):
    """A screenplay of Final Draft."""

    id = "fdx"
    label = "Final Draft"
    suffixes = (".fdx",)

    def recognises(self, content: str) -> bool:
        """Tell whether the root element is Final Draft's."""
        return "<FinalDraft" in content[:2000]

    def read(self, content: str, name: str, vocabulary: Vocabulary) -> Imported:
        """Return a shot for each scene and for each shot line."""
        if len(content) > MAX_CHARS:
            raise ShotError(f"{name} holds {len(content):,} characters.", hint=f"At most {MAX_CHARS:,} are read.")
        root = root_of(content, name, HINT)
        if root.tag != "FinalDraft":
            raise ShotError(f"{name} is XML, but no script: it begins with <{root.tag[:40]}>.", hint=HINT)
        title, author, beside = _title_page(root)
        lines = [line for line in _lines(root.find("Content")) if line.text]
        return read_script(Script([*beside, *lines], title, author), name, vocabulary)


def _title_page(root: Element) -> tuple[str, str, list[Line]]:
    """Return the title, the author, and what else stands on the title page."""
    page = root.find("TitlePage/Content")
    lines = [words for one in (page if page is not None else ()) if (words := _text(one))]
    title = lines[0] if lines else ""
    author, beside = "", []
    announced = False
    for line in lines[1:]:
        found = BY.fullmatch(line)
        if announced and not author:
            author = line
        elif found and not author:
            author, announced = found[1] or "", True
            beside += [] if author else [Line("title page", line)]
        else:
            beside.append(Line("title page", line))
    return title, author, beside


def _lines(content: Element | None, *, dual: bool = False) -> Iterator[Line]:
    """Yield the paragraphs of a content, with what hangs on them; `dual` marks the second of two who speak at once."""
    speakers = 0
    for paragraph in content if content is not None else ():
        if paragraph.tag != "Paragraph":
            continue
        line = _line(paragraph)
        speakers += line.kind == "character"
        yield line._replace(dual=dual and speakers > 1) if line.kind == "character" else line
        for hanging in paragraph:
            yield from _hanging(hanging)


def _hanging(element: Element) -> Iterator[Line]:
    """Yield what hangs on a paragraph: two who speak at once, notes, a scene's summary, scenes that were omitted."""
    if element.tag == "DualDialogue":
        yield from _lines(element, dual=True)
    elif element.tag == "ScriptNote":
        yield Line("note", _all_text(element))
    elif element.tag == "OmittedScene":
        yield Line("omitted", _all_text(element))
    elif element.tag == "SceneProperties":
        summary = element.find("Summary")
        if summary is not None:
            yield Line("synopsis", _all_text(summary))


def _line(paragraph: Element) -> Line:
    text = _text(paragraph)
    kind = KINDS.get(paragraph.get("Type", ""), "action")
    if kind == "heading" and (look(text) or returns(text)):
        kind = "shot"
    elif kind == "action" and paragraph.get("Alignment") == "Center":
        kind = "centred"
    return Line(kind, text, plain(paragraph.get("Number", ""))[:20] if kind == "heading" else "")


def _text(paragraph: Element) -> str:
    """Return a paragraph's own words: those of its runs, not of the notes that hang on it."""
    return plain("".join(run.text or "" for run in paragraph if run.tag == "Text"))


def _all_text(element: Element) -> str:
    return plain(" ".join(run.text or "" for run in element.iter("Text")))
