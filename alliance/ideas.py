"""Ideas: sharing one, seeing what is like it, saying that it is the same, listing the open ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col, select

from alliance import history, idea_office, notices, wording
from alliance.errors import Expired, Invalid
from alliance.hearing import Hearing
from alliance.idea_office import MERGED, NEW, WITHDRAWN
from alliance.intents import KeepIdea, Matter, PlaceIdea, ShareIdea, ShowIdeas, Undo
from alliance.notes import Action, Note
from alliance.similarity import Match
from store.tables import Deed, Idea, Measure
from texts import say

LISTED = 20  # ideas in one list, the latest


# Sharing --------------------------------------------------------------------------------------------------------------


def share(hearing: Hearing, intent: ShareIdea) -> Note:
    """Keep an idea and show what is like it; without words they are asked for. Raises Invalid for too many words."""
    language = hearing.language
    text = wording.checked(intent.text)
    if not text:
        return Note(say(language, "member-idea-ask-title"), (say(language, "member-idea-ask"),), matter=Matter("idea"))
    if not intent.confirmed:
        yes = Action(say(language, "member-idea-button-yes"), ShareIdea(text), say(language, "word-yes"))
        lines = (say(language, "all-phrase-quote", text=text),)
        return Note(say(language, "member-idea-sure-title"), lines, actions=(yes,), matter=hearing.matter, futile=True)
    if twin := _twin(hearing, text):
        return _shown(hearing, twin, say(language, "member-idea-twin"))
    idea = Idea(person_id=hearing.member_id, text=text, at=hearing.at)
    hearing.session.add(idea)
    hearing.session.flush()
    deed = history.write(hearing, "idea", {"idea": idea.id})
    found = idea_office.like(hearing.session, idea)
    idea_office.tell(hearing, idea, found, f"idea:{idea.id}")
    return _receipt(hearing, deed, idea, found)


def _receipt(hearing: Hearing, deed: Deed, idea: Idea, found: list[Match]) -> Note:
    language = hearing.language
    title = say(language, "member-idea-title", idea=str(idea.id))
    lines = [say(language, "all-phrase-quote", text=idea.text), *idea_office.like_line(language, found)]
    actions = list(_places(language, idea, found))
    if actions:
        lines.append(say(language, "member-idea-same"))
        keep = say(language, "member-idea-button-keep")
        actions.append(Action(keep, KeepIdea(idea.id or 0), say(language, "member-idea-word-keep")))
    lines.append(say(language, "member-idea-next"))
    return Note(title, tuple(lines), actions=(*actions, take_back_action(language, deed)), toast=title)


def _places(language: str, idea: Idea, found: list[Match]) -> Iterator[Action]:
    for kind, number in (match.key for match in found):
        if kind == "goal":
            continue
        target = f"M{number}" if kind == "measure" else say(language, "all-idea-called", idea=str(number))
        place = PlaceIdea(
            idea.id or 0, measure=number if kind == "measure" else 0, into=number if kind == "idea" else 0
        )
        label = say(language, "member-idea-button-place", target=target)
        yield Action(label, place, say(language, "member-idea-word-place", target=target.upper()))


def take_back_action(language: str, deed: Deed) -> Action:
    """The button that takes a deed back."""
    label, word = say(language, "member-report-button-undo"), say(language, "member-report-word-undo")
    return Action(label, Undo(deed.id), word)


def _twin(hearing: Hearing, text: str) -> Idea | None:
    """The same idea of the same person, while it is open."""
    mine = hearing.session.exec(idea_office.open_ideas().where(Idea.person_id == hearing.member_id))
    return next((idea for idea in mine if wording.same(idea.text, text)), None)


# The person's own word ------------------------------------------------------------------------------------------------


def place(hearing: Hearing, intent: PlaceIdea) -> Note:
    """The person says what their idea is the same as; whoever leads that measure and the office read it."""
    idea = _mine(hearing, intent.idea)
    target = idea_office.merge(hearing, idea, intent.measure, intent.into)
    deed = history.write(hearing, "place-idea", {"idea": idea.id})
    notices.to_office(
        hearing.session,
        lambda reader: idea_office.placed_note(hearing, reader, idea, target),
        f"idea-placed:{deed.id}",
        hearing.at,
    )
    language = hearing.language
    title = say(
        language, "member-idea-placed-title", idea=str(idea.id), target=idea_office.target_name(language, target)
    )
    line = say(language, f"member-idea-placed-{'measure' if isinstance(target, Measure) else 'idea'}")
    return Note(title, (line,), actions=(take_back_action(language, deed),), toast=title)


def keep(hearing: Hearing, intent: KeepIdea) -> Note:
    """BLEIBT EIGEN changes nothing; the idea waits for the office."""
    idea = _mine(hearing, intent.idea)
    title = say(hearing.language, "member-idea-kept-title", idea=str(idea.id))
    return Note(title, (say(hearing.language, "member-idea-next"),), toast=title)


def take_back(hearing: Hearing, deed: Deed) -> Note:
    """RÜCKGÄNGIG on an idea that nobody has decided on. Raises Invalid or Expired."""
    idea = hearing.session.get_one(Idea, deed.details["idea"])
    if idea.state != NEW:
        raise Expired("refusal-idea-decided", idea=str(idea.id))
    if hearing.session.exec(select(Idea.id).where(Idea.into_id == idea.id, Idea.state == MERGED)).first():
        raise Invalid("refusal-idea-has-others", idea=str(idea.id))
    idea.state, idea.decided_at, idea.decided_by = WITHDRAWN, hearing.at, hearing.member_id
    return _taken_back(hearing, idea, "idea")


def take_back_place(hearing: Hearing, deed: Deed) -> Note:
    """RÜCKGÄNGIG on PASST ZU: the idea is open again. Raises Expired."""
    idea = hearing.session.get_one(Idea, deed.details["idea"])
    if idea.state != MERGED or idea.decided_by != hearing.member_id:
        raise Expired("refusal-idea-decided", idea=str(idea.id))
    idea.state, idea.into_id, idea.measure_id, idea.decided_at, idea.decided_by = NEW, None, None, None, None
    idea_office.tell(hearing, idea, idea_office.like(hearing.session, idea), f"idea:{idea.id}:again:{deed.id}")
    return _taken_back(hearing, idea, "place")


def _taken_back(hearing: Hearing, idea: Idea, kind: str) -> Note:
    title = say(hearing.language, f"member-idea-undone-{kind}", idea=str(idea.id))
    return Note(title, (say(hearing.language, "all-phrase-quote", text=idea.text),), toast=title)


def _mine(hearing: Hearing, number: int) -> Idea:
    """The idea, which the desk has found to be the speaker's. Raises NotFound or Expired."""
    return idea_office.undecided(idea_office.find(hearing.session, number))


# Listing --------------------------------------------------------------------------------------------------


def show(hearing: Hearing, intent: ShowIdeas) -> Note:
    """IDEEN: the open ones; IDEE 7: one of them, for the office with the ways to decide."""
    if intent.idea:
        idea = idea_office.find(hearing.session, intent.idea)
        if hearing.is_office and idea.state == NEW:
            return idea_office.office_note(
                hearing.session, hearing.language, idea, idea_office.like(hearing.session, idea)
            )
        return _shown(hearing, idea)
    language = hearing.language
    found = hearing.session.exec(idea_office.open_ideas().order_by(col(Idea.id).desc())).all()
    lines = [_line(hearing, idea) for idea in found[:LISTED]]
    if len(found) > LISTED:
        lines.append(say(language, "all-idea-more", count=len(found) - LISTED))
    closing = say(language, "office-idea-list-closing" if hearing.is_office else "member-idea-list-closing")
    return Note(say(language, "all-idea-list-title", count=len(found)), tuple(lines), closing=(closing,))


def _line(hearing: Hearing, idea: Idea) -> str:
    language = hearing.language
    line = say(language, "all-idea-line", idea=str(idea.id), text=wording.mentioned(idea.text))
    if hearing.is_office:
        return f"{line} ({idea_office.said_by(hearing.session, idea)})"
    is_mine = hearing.person is not None and idea.person_id == hearing.person.id
    return f"{line} ({say(language, 'all-idea-yours')})" if is_mine else line


def _shown(hearing: Hearing, idea: Idea, *news: str) -> Note:
    language = hearing.language
    title = say(language, "all-idea-title", idea=str(idea.id))
    lines = [*news, say(language, "all-phrase-quote", text=idea.text), say(language, f"all-idea-state-{idea.state}")]
    if idea.reason:
        lines.append(say(language, "all-idea-reason", why=idea.reason))
    return Note(title, tuple(lines))


def new_since(session: Session, since: datetime, language: str) -> tuple[str, ...]:
    """The open ideas since then, a line each without names, for the digest."""
    found = session.exec(idea_office.open_ideas().where(Idea.at >= since).order_by(col(Idea.id)))
    return tuple(say(language, "all-idea-line", idea=str(idea.id), text=wording.mentioned(idea.text)) for idea in found)
