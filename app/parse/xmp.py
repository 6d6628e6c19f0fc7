"""What an XMP packet tells of a picture in the words of IPTC, Dublin Core and our own, read and written.

IPTC Photo Metadata Standard 2025.1 for `Iptc4xmpExt`, the four AI properties among it; ISO 16684-1 for the packet.
"""

import re
from dataclasses import dataclass, fields
from typing import Literal
from xml.etree.ElementTree import Element, ParseError, SubElement, fromstring, register_namespace, tostring

X, RDF = "adobe:ns:meta/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DC, XMP = "http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/xap/1.0/"
IPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
OURS = "urn:printlight:take:1#"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

PREFIXES = {"x": X, "rdf": RDF, "dc": DC, "xmp": XMP, "Iptc4xmpExt": IPTC, "printlight": OURS}

BEGIN, END = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n', '\n<?xpacket end="w"?>'

MAX_CHARS = 4_000_000

ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML can hold."""


@dataclass(frozen=True)
class Told:
    """What a packet tells; what it leaves out is empty."""

    title: str = ""
    creator: str = ""
    tool: str = ""
    source_type: str = ""
    ai_system: str = ""
    ai_version: str = ""
    ai_prompt: str = ""
    ai_writer: str = ""
    target: str = ""
    take: str = ""
    pixels: str = ""
    original: str = ""
    references: tuple[str, ...] = ()


Form = Literal["text", "alternatives", "one in a list", "list"]

PROPERTIES: dict[str, tuple[str, Form]] = {
    "title": (f"{{{DC}}}title", "alternatives"),
    "creator": (f"{{{DC}}}creator", "one in a list"),
    "tool": (f"{{{XMP}}}CreatorTool", "text"),
    "source_type": (f"{{{IPTC}}}DigitalSourceType", "text"),
    "ai_system": (f"{{{IPTC}}}AISystemUsed", "text"),
    "ai_version": (f"{{{IPTC}}}AISystemVersionUsed", "text"),
    "ai_prompt": (f"{{{IPTC}}}AIPromptInformation", "text"),
    "ai_writer": (f"{{{IPTC}}}AIPromptWriterName", "text"),
    "target": (f"{{{OURS}}}Target", "text"),
    "take": (f"{{{OURS}}}Take", "text"),
    "pixels": (f"{{{OURS}}}ImageData", "text"),
    "original": (f"{{{OURS}}}Original", "text"),
    "references": (f"{{{OURS}}}References", "list"),
}
"""Each field as the property that holds it. `Take` is the document that a PNG has in its text `printlight`."""

for _prefix, _uri in PREFIXES.items():
    register_namespace(_prefix, _uri)


def read(packet: str) -> Told:
    """Return what a packet tells. One that is no XML, or has a document type, tells nothing."""
    root = _parsed(packet)
    if root is None:
        return Told()
    found: dict[str, str | tuple[str, ...]] = {}
    for name, (tag, form) in PROPERTIES.items():
        values = _values(root, tag)
        if values:
            found[name] = tuple(values) if form == "list" else values[0]
    return Told(**found)  # type: ignore[arg-type]


def write(told: Told, over: str = "") -> str:
    """Return a packet that tells this. What another program told in `over` stays, but for the same properties."""
    root = _parsed(over)
    rdf = None if root is None else next(root.iter(f"{{{RDF}}}RDF"), None)
    if rdf is None:
        root = Element(f"{{{X}}}xmpmeta")
        rdf = SubElement(root, f"{{{RDF}}}RDF")
    _forget(rdf)
    about = SubElement(rdf, f"{{{RDF}}}Description", {f"{{{RDF}}}about": ""})
    for field in fields(told):
        value = getattr(told, field.name)
        if value:
            _say(about, *PROPERTIES[field.name], value)
    return BEGIN + tostring(rdf if root is None else root, encoding="unicode") + END


def _parsed(packet: str) -> Element | None:
    text = packet.strip("\0\ufeff \n\r\t")
    if not text or len(text) > MAX_CHARS or "<!DOCTYPE" in text:
        return None
    try:
        return fromstring(text)  # noqa: S314  without a document type it declares no entity
    except (ParseError, ValueError, RecursionError):
        return None


def _values(root: Element, tag: str) -> list[str]:
    """Return a property's values, whether it stands as an element, in a list, or as an attribute."""
    for about in root.iter(f"{{{RDF}}}Description"):
        if tag in about.attrib:
            return [about.attrib[tag]]
        element = about.find(tag)
        if element is not None:
            listed = [one.text or "" for one in element.iter(f"{{{RDF}}}li")]
            return listed or [element.text or ""]
    return []


def _forget(rdf: Element) -> None:
    tags = {tag for tag, _ in PROPERTIES.values()}
    for about in rdf.findall(f"{{{RDF}}}Description"):
        for tag in tags & about.attrib.keys():
            del about.attrib[tag]
        for element in [one for one in about if one.tag in tags]:
            about.remove(element)
        if not len(about) and set(about.attrib) <= {f"{{{RDF}}}about"}:
            rdf.remove(about)


def _say(about: Element, tag: str, form: Form, value: str | tuple[str, ...]) -> None:
    element = SubElement(about, tag)
    if form == "text":
        element.text = _legal(str(value))
        return
    group = SubElement(element, f"{{{RDF}}}{'Alt' if form == 'alternatives' else 'Seq'}")
    for one in (value,) if isinstance(value, str) else value:
        item = SubElement(group, f"{{{RDF}}}li", {LANGUAGE: "x-default"} if form == "alternatives" else {})
        item.text = _legal(one)


def _legal(text: str) -> str:
    return ILLEGAL.sub("\ufffd", text)
