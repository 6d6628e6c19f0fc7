"""A film, a scene or a shot as a reel: its shots in their order, compiled, each with the take that stands for it."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial

from app.errors import UnknownNameError
from app.exporters import Reel, ReelShot, ReelTake
from app.library.copies import SUFFIXES, called, copy_of
from app.library.library import Library
from app.pipeline import compile_shot
from app.resolve import resolve
from app.schema.documents import Draft, Project, Take
from app.vocab import Target, vocabulary

Drawn = Callable[[Draft], bytes | None]


def reel(library: Library, name: str, *, scene: str = "", target: str = "", drawn: Drawn | None = None) -> Reel:
    """Return a film, or with a scene's number that scene, or a shot, by its id.

    With a `target` all shots are compiled for it, else each for its own. `drawn` gives the previz of a shot. Raises
    UnknownNameError.
    """
    films = {film.id: film for film in library.projects()}
    drafts = library.shots(name) if name in films else [library.shot(name)]
    film = films[name] if name in films else library.project(drafts[0].project_id)
    if scene:
        known = sorted({draft.scene for draft in drafts if draft.scene})
        drafts = [draft for draft in drafts if draft.scene == scene]
        if not drafts:
            raise UnknownNameError("scene", scene, known)
    chosen = vocabulary().target(target) if target else None
    return Reel(
        title=film.name if name in films else drafts[0].name,
        shots=tuple(_shots(library, film, drafts, chosen, drawn)),
        author=film.author or library.author,
        made=datetime.now(UTC).astimezone(),
        prompts_stay=film.prompts_stay,
    )


def _shots(
    library: Library, film: Project, drafts: Iterable[Draft], target: Target | None, drawn: Drawn | None
) -> Iterable[ReelShot]:
    vocab, takes = vocabulary(), library.shown_takes(film.id)
    for draft in drafts:
        written_for = target or vocab.target(draft.target)
        take = takes.get(draft.id)
        yield ReelShot(
            id=draft.id,
            slate=draft.slate,
            scene=draft.scene,
            name=draft.name,
            note=draft.note,
            target=written_for,
            resolved=resolve(draft.shot, vocab),
            compiled=compile_shot(draft.shot, written_for, vocab, film.checks),
            take=_take(library, film, draft, take) if take else None,
            drawn=partial(drawn, draft) if drawn else None,
        )


def _take(library: Library, film: Project, draft: Draft, take: Take) -> ReelTake | None:
    if not take.picture or not take.media_type:
        return None
    return ReelTake(
        id=take.id,
        number=take.number,
        target=take.target,
        backend=take.backend,
        prompt=take.prompt,
        negative=take.negative,
        params=take.params,
        made=take.made,
        circled=take.circled,
        file_name=called(film, draft, take, SUFFIXES[take.media_type]),
        media_type=take.media_type,
        width=take.width or 0,
        height=take.height or 0,
        sha256=take.picture,
        content=lambda: copy_of(library, take.id).content,
    )
