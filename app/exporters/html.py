"""The shot list as one page of HTML that stands alone: pictures inside, no script, nothing fetched."""

from base64 import b64encode
from collections.abc import Iterator
from html import escape

from app.exporters import _told as told
from app.exporters._pictures import picture, unshown
from app.exporters.base import FACTS, Exporter, Options, Reel, ReelShot

WIDE, HIGH = 960, 960
"""A picture, in pixels."""

STYLE = """
:root { color-scheme: light dark; --ground: #f7f7f7; --panel: #fff; --well: #ececec; --line: #cbcbcb; --text: #1b1b1b;
  --dim: #575757; }
@media (prefers-color-scheme: dark) { :root { --ground: #191919; --panel: #212121; --well: #141414; --line: #383838;
  --text: #e8e8e8; --dim: #a8a8a8; } }
@page { margin: 14mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1120px; padding: 24px; background: var(--ground); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 28px; line-height: 1.2; }
h2 { margin: 32px 0 12px; font-size: 20px; }
h3 { margin: 0; font-size: 15px; }
p { margin: 8px 0 0; }
.dim, figcaption { color: var(--dim); font-size: 13px; }
article { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); gap: 16px 24px; margin-bottom: 16px;
  padding: 16px; background: var(--panel); border: 1px solid var(--line); border-radius: 4px; break-inside: avoid; }
article > header, article > .wide { grid-column: 1 / -1; }
article > .only { grid-column: 1 / -1; }
figure { margin: 0; }
img { display: block; max-width: 100%; max-height: 480px; border-radius: 2px; }
.note { padding-left: 12px; border-left: 3px solid var(--line); }
dl { display: grid; grid-template-columns: 96px minmax(0, 1fr); gap: 4px 12px; margin: 0; font-size: 13px;
  align-content: start; }
dt { color: var(--dim); }
dd { margin: 0; }
.table { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 13px; overflow-wrap: normal; }
th, td { padding: 4px 12px 4px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { color: var(--dim); font-weight: 500; }
pre { margin: 4px 0 0; padding: 12px; background: var(--well); border-radius: 4px; font: 13px/1.5 ui-monospace,
  monospace; white-space: pre-wrap; }
ul { margin: 4px 0 0; padding-left: 20px; font-size: 13px; }
@media (max-width: 720px) { body { padding: 16px; } article { display: block; } article > * + * { margin-top: 12px; }
  table { min-width: 720px; } }
@media print { :root { --ground: #fff; --panel: #fff; --well: #f3f3f3; --line: #bbb; --text: #1b1b1b; --dim: #555; }
  body { padding: 0; max-width: none; font-size: 10pt; } h2 { break-after: avoid; }
  article { padding: 0 0 8mm; border: 0; } img { max-height: 70mm; }
  article { gap: 2mm 6mm; } p { margin-top: 1mm; } h2 { margin: 4mm 0 2mm; }
  dl, table, ul, .dim, figcaption { font-size: 8pt; line-height: 1.35; }
  dl { grid-template-columns: 18mm minmax(0, 1fr); gap: 0 3mm; }
  th, td { padding: 0.5mm 3mm 0.5mm 0; } pre { padding: 2mm; font-size: 7pt; line-height: 1.35; } }
"""


class Html(Exporter):
    """A page for a browser or a printer, in the dark or the light as the reader has it."""

    id = "html"
    label = "Shot list, web page"
    suffix = "html"
    media_type = "text/html; charset=utf-8"
    group = "Lists and paper"
    used_for = "A browser, a printer, a mail to people who have no Printlight"
    carries = dict.fromkeys([fact for fact in FACTS if fact != "document"], "words")
    lacks = "Clips and reference pictures: a reference is named by what it shows. Pictures are 960 pixels wide."

    def write(self, reel: Reel, options: Options) -> bytes:
        """Write a part for each scene and an article for each shot."""
        del options
        return "\n".join(_page(reel)).encode("utf-8", "replace")


def _page(reel: Reel) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(reel.title)}: shot list</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{escape(reel.title)}</h1>"
    shots = f"{len(reel.shots)} shot{'' if len(reel.shots) == 1 else 's'}"
    by = [shots, reel.author, told.day(reel.made), told.STAYS if reel.prompts_stay else ""]
    yield _p(" · ".join(filter(None, by)), "dim")
    for scene, held in told.scenes(reel.shots):
        yield f"<section>\n<h2>{escape(f'Scene {scene}' if scene else 'Without a scene')}</h2>"
        for shot in held:
            yield from _shot(shot, prompts_stay=reel.prompts_stay)
        yield "</section>"
    yield "</main>\n</body>\n</html>\n"


def _shot(shot: ReelShot, *, prompts_stay: bool) -> Iterator[str]:
    yield f"<article>\n<header><h3>{escape(shot.title)}</h3>{_p(told.head(shot), 'dim')}"
    yield (_p(shot.note, "note") if shot.note else "") + "</header>"
    shown = "".join(_figure(shot))
    yield shown
    if lines := told.departments(shot):
        rows = "".join(f"<dt>{escape(line.department)}</dt><dd>{escape(line.words)}</dd>" for line in lines)
        yield f"<dl>{rows}</dl>" if shown else f'<dl class="only">{rows}</dl>'
    if lamps := told.lamp_list(shot):
        yield f'<div class="wide table">{_table(lamps)}</div>'
    if reads := told.reads(shot):
        yield _p(reads, "wide dim")
    if not prompts_stay:
        yield f'<div class="wide">{"".join(_prompt(shot))}</div>'
    yield "</article>"


def _figure(shot: ReelShot) -> Iterator[str]:
    found = picture(shot, WIDE, HIGH)
    if found is None and shot.take is None:
        return
    yield "<figure>"
    if found:
        source = f"data:image/jpeg;base64,{b64encode(found.jpeg).decode()}"
        yield f'<img src="{source}" width="{found.width}" height="{found.height}" alt="{escape(_seen(shot))}">'
    caption = [told.take(shot).capitalize(), shot.take.file_name] if shot.take else ["Previz"]
    yield f"<figcaption>{escape(' · '.join([*caption, *([] if found else [unshown(shot)])]))}</figcaption></figure>"


def _seen(shot: ReelShot) -> str:
    """Say what is on the picture, for somebody who does not see it."""
    return ", ".join(filter(None, (shot.title, told.word(shot, "camera.size"), told.people(shot))))


def _prompt(shot: ReelShot) -> Iterator[str]:
    compiled = shot.compiled
    if compiled.text:
        yield f"{_p(f'Prompt for {shot.target.label}', 'dim')}<pre>{escape(compiled.text)}</pre>"
    if compiled.negative:
        yield _p(f"Keep out: {compiled.negative_text}")
    if compiled.params:
        yield _p(f"Parameters: {told.parameters(shot)}", "dim")
    if losses := told.losses(shot):
        yield _p("Not whole in this prompt:", "dim")
        yield f"<ul>{''.join(f'<li>{escape(loss)}</li>' for loss in losses)}</ul>"


def _table(rows: list[tuple[str, ...]]) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in told.LAMP_HEADS)
    lines = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"


def _p(words: str, kind: str = "") -> str:
    return f'<p class="{kind}">{escape(words)}</p>' if kind else f"<p>{escape(words)}</p>"
