"""The shot list as a page that stands alone, read by the parser of HTML."""

import re
from base64 import b64decode
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO

from PIL import Image

from app.errors import StorageError
from app.exporters import Reel, export, exporters
from tests.exporters.reels import STILL, picture, reel, shot, take

VOID = {"meta", "img"}
HOSTILE = "</style><script>alert('x')</script> \"onload=\" & <b>"


class Read(HTMLParser):
    """What a browser finds: elements with their attributes, and texts; every element is closed where it should be."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(data.strip())

    def each(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def read(film: Reel) -> Read:
    return Read(export(exporters["html"], film).content.decode())


def still(page: Read, number: int = 0) -> Image.Image:
    source = page.each("img")[number]["src"] or ""
    assert source.startswith("data:image/jpeg;base64,")
    return Image.open(BytesIO(b64decode(source.partition(",")[2])))


def test_a_filmmaker_finds_every_shot() -> None:
    page = read(reel())
    assert len(page.each("article")) == 3
    for words in (
        *("The Lamp Room", "Scene 12", "12A The stair", "12B The door", "Scene 13", "13 Outside"),
        *(
            "3 shots · Ada · 4 May 2026",
            f"Close-up · 85 mm, T2 · {STILL['duration_s']:g} s",
            "Wait for the wind.",
            "Mara · a lighthouse keeper",
        ),
        *("3/4 front camera right", "5600 K neutral", "Prompt for Uni-1", "Take 3, circled · 12A-3.png"),
        reel().shots[0].compiled.text,
    ):
        assert words in page.texts, words


def test_the_page_stands_alone() -> None:
    content = export(exporters["html"], reel()).content.decode()
    page = Read(content)
    assert not page.each("script")
    assert not page.each("link")
    assert not re.search(r"(?:src|href)=\"(?!data:)", content)
    assert "url(" not in content
    assert "@import" not in content


def test_pictures_are_inside_and_no_larger_than_a_page_needs() -> None:
    large = replace(take(), content=lambda: picture(90, 2390, 1000), width=2390, height=1000)
    page = read(replace(reel(), shots=(replace(shot(), take=large), shot())))
    assert still(page).size == (960, 402)
    assert still(page, 1).size == (478, 200)
    assert page.each("img")[0]["alt"] == "12A The stair, Close-up, Mara"


def test_a_picture_that_cannot_be_shown_is_said_to() -> None:
    def gone() -> bytes:
        raise StorageError("It is gone.")

    clip = replace(take(), media_type="video/mp4")
    lost, drawn = replace(take(), content=gone), lambda: picture(10, 320, 180)
    shots = (replace(shot(), take=clip), replace(shot(), take=lost), replace(shot(), take=lost, drawn=drawn))
    page = read(replace(reel(), shots=shots))
    assert "Take 3, circled · 12A-3.png · Take 3 is a clip." in page.texts
    assert "Take 3, circled · 12A-3.png · The picture of take 3 cannot be read." in page.texts
    assert len(page.each("img")) == 1


def test_words_are_never_read_as_marks() -> None:
    one = replace(shot(patch={"subjects": {"mara": {"name": HOSTILE}}}), name=HOSTILE, note=HOSTILE)
    page = read(replace(reel(), title=HOSTILE, author=HOSTILE, shots=(one,)))
    assert not page.each("script")
    assert not page.each("b")
    assert HOSTILE in page.texts
    assert [set(attributes) for attributes in page.each("img")] == [{"src", "width", "height", "alt"}]


def test_prompts_that_stay_home_are_said_to() -> None:
    page = read(replace(reel(), prompts_stay=True))
    assert any("Prompts are not given away with this film." in text for text in page.texts)
    assert not page.each("pre")
