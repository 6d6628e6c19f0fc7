"""What of a brief is said: only the change in an edit, only motion after a start frame, one moment in a still."""

from app.compile import Brief, Clause, Fact
from app.dialects._draft import Draft
from app.dialects._pictures import SOURCE
from app.resolve.known import ordered

START = "reference.role.start_frame"

MOVING = frozenset(
    {"beat", "move", "line", "heard", "ambience", "effects", "music", "voiceover", "pace", "support", "reference"}
)
"""What a start frame does not show."""

OF_A_BEAT = frozenset({"beat", "move", "line", "heard"})
TIMED = frozenset({"move", "line", "heard"})


def choose(brief: Brief, draft: Draft) -> list[Clause]:
    """Return the clauses that are said, in the brief's order; what falls away is a loss with its reason."""
    roles = {one.role for one in draft.sent}
    clauses = brief.clauses
    if SOURCE in roles and draft.target.edit.line:  # which is sent with a change alone
        draft.editing = True
        return _only_the_change(clauses, draft)
    clauses = _without_the_edit(clauses, draft)
    if draft.target.medium == "image":
        return _one_moment(clauses, draft)
    if START in roles:
        draft.started = True
        clauses = _only_motion(clauses, draft)
    return _moves(_in_time(_within_the_clip(clauses, draft)), draft)


def _only_the_change(clauses: list[Clause], draft: Draft) -> list[Clause]:
    """Keep the first change, what stays, and the pictures beside the source."""
    kept = []
    for clause in clauses:
        if clause.slot == "edit":
            kept.append(_one_change(clause, draft))
        elif clause.slot == "reference" and clause.about in draft.numbers:
            kept.append(clause)
        elif not clause.derived and clause.slot != "reference":
            draft.lose(_paths(clause), "The source image shows it; an edit says only what changes.")
    return kept


def _one_change(clause: Clause, draft: Draft) -> Clause:
    """Say the first change and what stays, and name the source where it travels among the other pictures."""
    first, *others = [fact for fact in clause.facts if fact.name == "change"]
    rest = [fact for fact in clause.facts if fact.name != "change"]
    if others:
        waits = f"{len(others)} more wait{'s' if len(others) == 1 else ''} for the next pass."
        draft.lose(others[0].paths, f"One change a pass: {waits}", first.words)
    if not rest:
        rest = [Fact("keep", draft.target.edit.keep, ())]
    source = next(one for one in draft.sent if one.role == SOURCE)
    if source.slot:  # it has a number in the array, and the text never says it
        at = f"references.{source.id}"
        rest.append(Fact("source", "the source image", (f"{at}.asset", f"{at}.role")))
        first = first._replace(words=first.words[:1].lower() + first.words[1:])
    return Clause(clause.slot, [first, *rest], clause.priority, pinned=clause.pinned)


def _without_the_edit(clauses: list[Clause], draft: Draft) -> list[Clause]:
    """Drop an edit that this target, or this shot, cannot make."""
    if draft.resolved.shot.edit is None:
        return clauses
    kept = []
    carried = {path for param in draft.params.values() for path in param.paths}
    for clause in clauses:
        if clause.slot != "edit":
            kept.append(clause)
        elif not draft.target.edit.line:
            paths = tuple(path for path in _paths(clause) if path not in carried)
            draft.lose(paths, f"{draft.target.label} changes no picture that exists.")
        elif clause.facts[0].name != "change":
            draft.lose(_paths(clause), "Nothing is said to change, so nothing has to be kept.")
        else:
            draft.lose(_paths(clause), "An edit needs a picture: give a reference the role of the source image.")
    return kept


def _one_moment(clauses: list[Clause], draft: Draft) -> list[Clause]:
    """Keep the first beat, whose action is told with its subject."""
    if not draft.resolved.shot.beats:
        return clauses
    first = ordered(draft.resolved.shot.beats)[0][0]
    kept = []
    for clause in clauses:
        if clause.slot not in OF_A_BEAT:
            kept.append(clause)
        elif clause.slot == "beat" and clause.about == first:
            acts = {path for fact in clause.facts if fact.name == "act" for path in fact.paths}
            acts = {path for path in acts if any(path in one.gist.paths for one in clauses if one.slot == "subject")}
            if rest := tuple([at for at, fact in enumerate(clause.facts) if acts.isdisjoint(fact.paths)]):
                kept.append(clause.keeping(rest))
        elif clause.about != first:
            silent = [path for path in _paths(clause) if path in draft.unheard]
            for path in silent:
                draft.lose((path,), draft.unheard[path])
            draft.lose(_paths(clause), "A still holds one moment: that of the first beat.")
        else:
            kept.append(clause)
    return kept


def _only_motion(clauses: list[Clause], draft: Draft) -> list[Clause]:
    """Keep what moves and sounds: the start frame shows the rest."""
    kept = []
    for clause in clauses:
        if clause.slot in MOVING:
            kept.append(clause)
        elif not clause.derived:
            action = [path for fact in clause.facts if fact.name == "action" for path in fact.paths]
            paths = tuple(path for path in _paths(clause) if path not in action)
            draft.lose(paths, "The start frame shows it; beside one, only motion is said.")
    return kept


def _within_the_clip(clauses: list[Clause], draft: Draft) -> list[Clause]:
    """Drop beats that begin when the moving picture is over."""
    beats = draft.resolved.shot.beats.items() if draft.clip else ()
    late = {name: one.start_s for name, one in beats if (one.start_s or 0) >= draft.clip}
    if not late:
        return clauses
    for clause in clauses:
        if clause.slot in OF_A_BEAT and clause.about in late:
            reason = f"This begins at {late[clause.about]:g} s, and the clip is {draft.clip:g} s long."
            draft.lose(draft.below(f"beats.{clause.about}"), reason)
    return [one for one in clauses if one.slot not in OF_A_BEAT or one.about not in late]


def _in_time(clauses: list[Clause]) -> list[Clause]:
    """Tell actions in their beats, and not with their subjects."""
    acts = {path for one in clauses if one.slot == "beat" for fact in one.facts for path in fact.paths}
    if not acts:
        return clauses
    told = []
    for clause in clauses:
        if clause.slot != "subject":
            told.append(clause)
            continue
        facts = enumerate(clause.facts)
        if rest := tuple([at for at, fact in facts if fact.name != "action" or acts.isdisjoint(fact.paths)]):
            told.append(clause.keeping(rest))
    return told


def _moves(clauses: list[Clause], draft: Draft) -> list[Clause]:
    """Keep the first move where a target follows one move a shot."""
    if draft.target.moves == "several":
        return clauses
    kept, first = [], draft.target.moves == "one"
    for clause in clauses:
        if clause.slot != "move":
            kept.append(clause)
        elif first:
            kept.append(clause)
            first = False
        else:
            many = "one camera move a shot" if draft.target.moves == "one" else "no camera moves"
            draft.lose(_paths(clause), f"{draft.target.label} follows {many}.")
    return kept


def _paths(clause: Clause) -> tuple[str, ...]:
    return tuple(dict.fromkeys(path for fact in clause.facts for path in fact.paths))
