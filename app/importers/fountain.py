"""Reads a screenplay in Fountain, the plain text that most script editors write (fountain.io, syntax 1.1)."""

import re
from bisect import bisect_left

from app.errors import ShotError
from app.importers._headings import LONGEST, Reader, look, reads_as_heading, reads_as_transition, returns
from app.importers._screenplay import Kind, Line, Script, first_sentence, plain, read_script
from app.importers.base import Imported, Importer
from app.vocab import Vocabulary

MAX_CHARS = 4_000_000
LOOKED_AT = 20_000

KEY = re.compile(r"([^\W\d_][\w -]{0,40}):(.*)")
KEYS = frozenset({"title", "credit", "author", "authors", "source", "date", "contact", "copyright", "notes"})
"""Of these at least one stands on a title page: else FADE IN: would begin one."""

EMPHASIS = (
    re.compile(r"(?<!\*)(\*{1,3})(?=[^\s*])([^*]*[^\s*])\1(?!\*)"),
    re.compile(r"(?<!\w)(_)(?=[^\s_])([^_]*[^\s_])_(?!\w)"),
)
NESTED = 4
"""Bold in italics in an underline is as deep as emphasis goes."""

ESCAPED = {"\\*": "\x01", "\\_": "\x02"}
"""Marks that are meant as letters, and what stands for them meanwhile."""

BRACKETED = re.compile(r"\([^()]*\)")
PAGE_BREAK = re.compile(r"={3,}")
MARKED: dict[str, Kind] = {"#": "section", "=": "synopsis", "~": "lyric"}
NEW_BLOCK = (*MARKED, ">")
MAX_BRACKET_LINES = 20

OPENER = re.compile(r"/\*|\[\[")
CLOSER = {"/*": re.compile(r"\*/"), "[[": re.compile(r"\]\]")}
BLANK = re.compile(r"\n ?(?=\n)")
"""An empty line ends a note that is not closed; a line of two spaces does not."""

MARK = "\x00"
"""Stands where a note or a boneyard was taken out; as a control character it is kept in no text."""

STANDINS = re.compile(r"[\x00-\x02]")


class Fountain(Importer):
    """A screenplay in Fountain."""

    id = "fountain"
    label = "Fountain"
    suffixes = (".fountain", ".spmd")

    def recognises(self, content: str) -> bool:
        """Tell whether a scene heading in capitals stands among the first lines."""
        head = (line.strip() for line in content[:LOOKED_AT].splitlines())
        return any(reads_as_heading(line) and line.upper() == line for line in head)

    def read(self, content: str, name: str, vocabulary: Vocabulary) -> Imported:
        """Return a shot for each scene and for each shot line."""
        if len(content) > MAX_CHARS:
            raise ShotError(f"{name} holds {len(content):,} characters.", hint=f"At most {MAX_CHARS:,} are read.")
        return read_script(_script(content, Reader(vocabulary)), name, vocabulary)


def _script(content: str, reader: Reader) -> Script:
    text = STANDINS.sub(" ", content.removeprefix("\ufeff")).replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    kept, taken = _take_out(text.lstrip("\n"))
    lines = [_unmarked(line) for line in kept.split("\n")]
    about, start = _title_page(lines)
    author = "author" if "author" in about else "authors"
    beside = [Line("title page", f"{key}: {words}") for key, words in about.items() if key not in {"title", author}]
    body = _Body(lines, taken, reader)
    body.pass_over(start)
    return Script([*beside, *body.read()], about.get("title", ""), about.get(author, ""))


def _take_out(text: str) -> tuple[str, list[Line]]:
    """Return the text with a mark for each boneyard and note, and these in their order; what is not closed stays."""
    ends = {opener: [found.start() for found in closer.finditer(text)] for opener, closer in CLOSER.items()}
    blanks = [found.start() for found in BLANK.finditer(text)]
    kept: list[str] = []
    taken: list[Line] = []
    at = 0
    for found in OPENER.finditer(text):
        end = _next(ends[found[0]], found.end())
        if found.start() < at or end < 0:
            continue
        is_note = found[0] == "[["
        if is_note and 0 <= _next(blanks, found.end()) < end:
            continue
        if words := plain(text[found.end() : end]):
            taken.append(Line("note" if is_note else "boneyard", words))
            kept += [text[at : found.start()], MARK]
        else:
            kept.append(text[at : found.start()])
        at = end + 2
    return "".join((*kept, text[at:])), taken


def _next(places: list[int], start: int) -> int:
    index = bisect_left(places, start)
    return places[index] if index < len(places) else -1


def _unmarked(line: str) -> str:
    """Return a line without the marks of bold, italics and underline."""
    if "*" not in line and "_" not in line:
        return line
    for escaped, standin in ESCAPED.items():
        line = line.replace(escaped, standin)
    for _ in range(NESTED):
        before = line
        for emphasis in EMPHASIS:
            line = emphasis.sub(r"\2", line)
        if line == before:
            break
    for escaped, standin in ESCAPED.items():
        line = line.replace(standin, escaped[1])
    return line


def _title_page(lines: list[str]) -> tuple[dict[str, str], int]:
    """Return what the title page says by key, and on which line the script begins."""
    end = next((at for at, line in enumerate(lines) if not line.strip()), len(lines))
    about: dict[str, str] = {}
    key = ""
    for line in lines[:end]:
        found = KEY.fullmatch(line)
        if found:
            key = found[1].strip().lower()
        elif not key:
            return {}, 0
        words = plain(found[2] if found else line)
        about[key] = f"{about.get(key, '')} {words}".strip()
    return ({key: words for key, words in about.items() if words}, end) if KEYS & set(about) else ({}, 0)


class _Body:
    """The script behind the title page, read line by line."""

    def __init__(self, lines: list[str], taken: list[Line], reader: Reader) -> None:
        self.lines = lines
        self.taken = taken[::-1]
        self.reader = reader
        self.at = 0
        self.fresh = True
        self.found: list[Line] = []

    def read(self) -> list[Line]:
        """Return all lines and paragraphs, each as what it is."""
        while self.at < len(self.lines):
            line = self._line(self.at)
            if not line:
                self.fresh = self.fresh or MARK not in self.lines[self.at]
                self.pass_over(1)
            elif line.startswith("!") or not (self._forced(line) or (self.fresh and self._alone(line))):
                self._paragraph()
        return self.found

    def pass_over(self, count: int) -> None:
        """Leave lines behind; what was taken out of them takes its place in the script."""
        for line in self.lines[self.at : self.at + count]:
            self.found += [self.taken.pop() for _ in range(line.count(MARK))]
        self.at += count

    def _line(self, at: int) -> str:
        return plain(self.lines[at]) if at < len(self.lines) else ""

    def _keep(self, line: Line, count: int = 1, *, fresh: bool = True) -> bool:
        """Keep what the next lines are."""
        if line.text:
            self.found.append(line)
        self.pass_over(count)
        self.fresh = fresh
        return True

    def _forced(self, line: str) -> bool:
        """Read a line whose first character says what it is; tell whether it was one."""
        first, rest = line[0], line[1:].strip()
        if first in MARKED:
            return self._keep(Line(MARKED[first], "" if PAGE_BREAK.fullmatch(line) else line.lstrip(f"{first} ")))
        if first == ">":
            return self._keep(Line("centred", rest[:-1].strip()) if rest.endswith("<") else Line("transition", rest))
        if first == "." and rest and rest[0] != ".":
            return self._keep(self._heading(rest))
        return first == "@" and bool(rest) and self._speech(rest)

    def _heading(self, text: str) -> Line:
        """Read a forced heading: of a scene where it says so or no scene has begun, else of a further shot."""
        place = self.reader.place(text)
        of_scene = reads_as_heading(text) or place.number or place.time
        begun = any(line.kind == "heading" for line in self.found)
        is_shot = begun and (look(text) is not None or returns(text) or not of_scene)
        return Line("shot" if is_shot else "heading", text)

    def _alone(self, line: str) -> bool:
        """Read what an empty line stands before: a heading, a transition, a shot line, or a speech."""
        if reads_as_heading(line):
            return self._keep(Line("heading", line))
        if reads_as_transition(line) and not self._line(self.at + 1):
            return self._keep(Line("transition", line))
        if line.upper() == line and (look(line) or returns(line)):
            return self._keep(Line("shot", line))
        name = BRACKETED.sub("", line.removesuffix("^"))
        if name.isupper() and len(line) <= LONGEST and self._line(self.at + 1):
            return self._speech(line)
        return False

    def _speech(self, line: str) -> bool:
        """Read a cue and the lines below it, as far as the next empty one."""
        self._keep(Line("character", line.removesuffix("^").strip(), dual=line.endswith("^")), fresh=False)
        words: list[str] = []
        while self.at < len(self.lines) and (self._line(self.at) or self._goes_on()):
            line = self._line(self.at)
            if line.startswith(("(", "~")):
                self._keep(Line("dialogue", " ".join(words)), 0, fresh=False)
                words = []
            if line.startswith("~"):
                self._keep(Line("lyric", line[1:].strip()), fresh=False)
            elif line.startswith("("):
                self._brackets()
            else:
                words.append(line)
                self.pass_over(1)
        self._keep(Line("dialogue", " ".join(filter(None, words))), 0, fresh=False)
        return True

    def _goes_on(self) -> bool:
        """Tell whether an empty line does not end a speech: two spaces, or only a note, stand in it."""
        line = self.lines[self.at]
        return line.startswith("  ") or MARK in line

    def _brackets(self) -> None:
        """Read a parenthetical, over some lines if it has to be closed; what follows on its line is speech."""
        count, line = 1, self._line(self.at)
        while ")" not in line and count < MAX_BRACKET_LINES and self._line(self.at + count):
            line = f"{line} {self._line(self.at + count)}"
            count += 1
        head, closed, rest = line.partition(")")
        if closed and "(" in head[1:]:
            head, closed, rest = line.rpartition(")")
        self._keep(Line("parenthetical", head + closed), count, fresh=False)
        self._keep(Line("dialogue", rest.strip()), 0, fresh=False)

    def _paragraph(self) -> None:
        """Read action. Where its first words are those of a shot line, its first sentence is one."""
        words = [self._line(self.at).removeprefix("!").strip()]
        forced = self._line(self.at).startswith("!")
        count = 1
        while (line := self._line(self.at + count)) and not line.startswith(NEW_BLOCK):
            words.append(line)
            count += 1
        text = " ".join(filter(None, words))
        head, rest = first_sentence(text)
        if self.fresh and not forced and look(head):
            self._keep(Line("shot", head.removesuffix(".")), 0)
            text = rest
        self._keep(Line("action", text), count, fresh=False)
