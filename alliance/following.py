"""What a person wants to read: how often the digest comes, and which measures and fields it tells of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from alliance import consents, history, measures, phrases, plan
from alliance.errors import NotFound
from alliance.hearing import Hearing
from alliance.intents import FollowPlan, SetDigest
from alliance.notes import Action, Note
from alliance.portions import cut
from store.tables import Assignment, Follow, Measure
from texts import say

RHYTHMS = ("weekly", "monthly", "never")


@dataclass(frozen=True)
class Interests:
    """What somebody follows; their own measures are always among it. Nothing followed means all is of interest."""

    measures: frozenset[int] = frozenset()
    fields: frozenset[str] = frozenset()
    own: frozenset[int] = frozenset()

    @property
    def everything(self) -> bool:
        """Whether all news is of interest."""
        return not (self.measures or self.fields)


def set_digest(hearing: Hearing, intent: SetDigest) -> Note:
    """WOCHENÜBERBLICK AN, MONATLICH, AUS; shows how it is set."""
    person = hearing.member
    if intent.rhythm:
        history.write(hearing, "set-digest", {"before": person.digest, "rhythm": intent.rhythm})
        person.digest = intent.rhythm
        words = consents.rhythm(hearing.language, intent.rhythm)
        consents.of_person(hearing, person, consents.DIGEST, words, given=intent.rhythm != "never")
    language = hearing.language
    title = say(language, f"member-digest-set-{person.digest}")
    others = tuple(_choice(language, rhythm) for rhythm in RHYTHMS if rhythm != person.digest)
    return Note(title, (say(language, "member-digest-set-line"),), actions=others, toast=title)


def follow(hearing: Hearing, intent: FollowPlan) -> Note:
    """FOLGEN: put a measure or field on the speaker's list or take it off. Raises NotFound."""
    if intent.everything:
        for row in _rows(hearing):
            hearing.session.delete(row)
    elif intent.measure or intent.field:
        _change(hearing, *_meant(hearing, intent), on=intent.on)
    if intent != FollowPlan():
        history.write(hearing, "follow", {"measure": intent.measure, "field": intent.field, "on": intent.on})
    hearing.session.flush()
    return _list(hearing)


def interests(session: Session, people: Sequence[int] | None = None) -> dict[int, Interests]:
    """What each person follows, by their id; who is not in it follows everything. ``people``: only these."""
    found: dict[int, tuple[set[int], set[str]]] = defaultdict(lambda: (set(), set()))
    followed = select(Follow) if people is None else select(Follow).where(col(Follow.person_id).in_(people))
    for row in session.exec(followed):
        numbers, fields = found[row.person_id]
        if row.measure_id is None:
            fields.add(row.field)
        else:
            numbers.add(row.measure_id)
    own = _carried(session, found)
    return {
        person: Interests(frozenset(numbers), frozenset(fields), frozenset(own[person]))
        for person, (numbers, fields) in found.items()
    }


def _carried(session: Session, people: dict[int, tuple[set[int], set[str]]]) -> dict[int, set[int]]:
    own: dict[int, set[int]] = defaultdict(set)
    statement = select(Assignment.person_id, Assignment.measure_id)
    for some in cut(people):
        for person, measure in session.exec(statement.where(col(Assignment.person_id).in_(some))):
            own[person].add(measure)
    return own


def _meant(hearing: Hearing, intent: FollowPlan) -> tuple[int | None, str]:
    if intent.measure:
        return measures.find(hearing, intent.measure).id, ""
    field = plan.field_named(hearing.session, intent.field)
    if field is None:
        names = [known.name for known in plan.fields(hearing.session)]
        raise NotFound("refusal-no-such-field", field=intent.field, fields=phrases.listing(hearing.language, names))
    return None, field.name


def _change(hearing: Hearing, measure: int | None, field: str, *, on: bool) -> None:
    there = next((row for row in _rows(hearing) if (row.measure_id, row.field) == (measure, field)), None)
    if on and there is None:
        hearing.session.add(Follow(person_id=hearing.member_id, measure_id=measure, field=field))
    elif there is not None and not on:
        hearing.session.delete(there)


def _rows(hearing: Hearing) -> list[Follow]:
    statement = select(Follow).where(Follow.person_id == hearing.member_id).order_by(col(Follow.id))
    return list(hearing.session.exec(statement))


def _list(hearing: Hearing) -> Note:
    language, rows = hearing.language, _rows(hearing)
    if not rows:
        title = say(language, "member-follow-all-title")
        return Note(title, (say(language, "member-follow-all-line"),), toast=title)
    names = [_name(hearing, row) for row in rows]
    everything = Action(
        say(language, "member-follow-button-all"), FollowPlan(everything=True), say(language, "word-follow-all")
    )
    title = say(language, "member-follow-title", count=len(names))
    lines = (*(f"• {name}" for name in names), say(language, "member-follow-line"))
    return Note(title, lines, actions=(everything,), toast=title)


def _name(hearing: Hearing, row: Follow) -> str:
    if row.measure_id is None:
        return row.field
    return phrases.measure_title(hearing.session.get_one(Measure, row.measure_id))


def _choice(language: str, rhythm: str) -> Action:
    button = say(language, f"member-digest-button-{rhythm}")
    return Action(button, SetDigest(rhythm), say(language, f"word-digest-{rhythm}"))
