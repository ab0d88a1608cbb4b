"""Ideas before the office: what they are like, merging them, declining them, making measures of them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from alliance import history, notices, phrases, plan, wording
from alliance.errors import Expired, Invalid, NotFound
from alliance.hearing import Hearing
from alliance.intents import DecideIdea, Matter
from alliance.notes import Action, Note
from alliance.similarity import Candidate, Match, similar
from store.tables import Assignment, Goal, Idea, Measure, Person
from texts import say

NEW, MERGED, DECLINED, PROMOTED, WITHDRAWN = "new", "merged", "declined", "promoted", "withdrawn"


# Finding --------------------------------------------------------------------------------------------------------------


def find(session: Session, number: int) -> Idea:
    """The idea with this number, whatever became of it. Raises NotFound."""
    idea = session.get(Idea, number)
    if idea is None:
        raise NotFound("refusal-no-such-idea", idea=str(number))
    return idea


def undecided(idea: Idea) -> Idea:
    """The idea, if nothing was decided on it. Raises Expired."""
    if idea.state != NEW:
        raise Expired("refusal-idea-decided", idea=str(idea.id))
    return idea


def open_ideas() -> SelectOfScalar[Idea]:
    """Those that nothing was decided on."""
    return select(Idea).where(Idea.state == NEW)


def like(session: Session, idea: Idea) -> list[Match]:
    """The measures, goals and open ideas that an idea is most like, best first."""
    candidates = [Candidate(("measure", measure.number), measure.title) for measure in plan.measures(session)]
    candidates += [Candidate(("goal", goal.id or 0), goal.title) for goal in session.exec(select(Goal))]
    others = open_ideas().where(Idea.id != idea.id)
    candidates += [Candidate(("idea", other.id or 0), other.text) for other in session.exec(others)]
    return similar(idea.text, candidates)


def like_line(language: str, found: list[Match]) -> tuple[str, ...]:
    """»Ähnlich: M12 Radweg am Kanal; Idee 7: …«, without names; nothing for nothing."""
    names = [_name(language, match) for match in found]
    return (say(language, "all-idea-like", names=" · ".join(names)),) if names else ()


def _name(language: str, match: Match) -> str:
    kind, number = match.key
    return say(language, f"all-idea-like-{kind}", number=str(number), text=wording.mentioned(match.text))


# For the office -------------------------------------------------------------------------------------------------------


def tell(hearing: Hearing, idea: Idea, found: list[Match], key: str) -> None:
    """Put an idea before the office."""
    notices.to_office(
        hearing.session, lambda reader: office_note(hearing.session, reader.language, idea, found), key, hearing.at
    )


def office_note(session: Session, language: str, idea: Idea, found: list[Match]) -> Note:
    """An idea as the office sees it: who, the words, what is like it, and the ways to decide."""
    lines = (
        say(language, "all-phrase-quote", text=idea.text),
        say(language, "office-idea-by", who=said_by(session, idea)),
        *like_line(language, found),
    )
    title = say(language, "office-idea-title", idea=str(idea.id), text=wording.mentioned(idea.text))
    closing = (say(language, "office-idea-closing", idea=str(idea.id)),)
    matter = Matter("idea-decision", idea.id or 0)
    return Note(title, lines, actions=tuple(_decisions(language, idea, found)), closing=closing, matter=matter)


def _decisions(language: str, idea: Idea, found: list[Match]) -> Iterator[Action]:
    number = idea.id or 0
    best = next((match.key for match in found if match.key[0] != "goal"), None)
    if best:
        kind, which = best
        target = f"M{which}" if kind == "measure" else say(language, "all-idea-called", idea=str(which))
        merged = DecideIdea(
            number, "merge", measure=which if kind == "measure" else 0, into=which if kind == "idea" else 0
        )
        yield Action(
            say(language, "office-idea-button-merge", target=target), merged, say(language, "office-idea-word-merge")
        )
    for verdict in ("promote", "decline"):
        label, word = say(language, f"office-idea-button-{verdict}"), say(language, f"office-idea-word-{verdict}")
        yield Action(label, DecideIdea(number, verdict), word)


def placed_note(hearing: Hearing, reader: Person, idea: Idea, target: Measure | Idea) -> Note:
    """What the office reads when a person said what their idea is the same as."""
    language = reader.language
    title = say(language, "office-idea-placed-title", idea=str(idea.id), target=target_name(language, target))
    by = say(language, "office-idea-by", who=said_by(hearing.session, idea))
    return Note(title, (say(language, "all-phrase-quote", text=idea.text), by, say(language, "office-idea-placed")))


def said_by(session: Session, idea: Idea) -> str:
    """Name and company, for the office."""
    person = session.get(Person, idea.person_id) if idea.person_id else None
    return f"{person.name}, {notices.company_of(session, person).name}" if person else "–"


# Merging --------------------------------------------------------------------------------------------------------------


def merge(hearing: Hearing, idea: Idea, measure: int, into: int) -> Measure | Idea:
    """Make an idea part of a measure or of another idea; leads read it as a remark. Raises NotFound or Invalid."""
    target = _target(hearing.session, idea, measure, into)
    idea.state, idea.decided_at = MERGED, hearing.at
    idea.decided_by = hearing.person.id if hearing.person else None
    if isinstance(target, Measure):
        idea.measure_id = target.id
        _tell_leads(hearing, idea, target)
    else:
        idea.into_id = target.id
    return target


def target_name(language: str, target: Measure | Idea) -> str:
    """»M12 Radweg am Kanal«, »Idee 3«."""
    if isinstance(target, Measure):
        return phrases.measure_title(target)
    return say(language, "all-idea-called", idea=str(target.id))


def _target(session: Session, idea: Idea, measure: int, into: int) -> Measure | Idea:
    """Where an idea goes: a merged or promoted one leads on to where it went itself."""
    if measure:
        statement = select(Measure).where(Measure.number == measure, col(Measure.withdrawn_at).is_(None))
        found = session.exec(statement).first()
        if found is None:
            raise NotFound("refusal-no-such-measure", measure=str(measure))
        return found
    other = find(session, into)
    while other.state == MERGED and other.into_id is not None:
        other = session.get_one(Idea, other.into_id)
    if other.id == idea.id:
        raise Invalid("refusal-idea-itself", idea=str(idea.id))
    if other.measure_id is not None:
        return session.get_one(Measure, other.measure_id)
    return undecided(other)


def _tell_leads(hearing: Hearing, idea: Idea, measure: Measure) -> None:
    """The idea as a remark, without the name of who had it."""
    leads = select(Person).join(Assignment).where(Assignment.measure_id == measure.id, col(Assignment.lead))
    for lead in hearing.session.exec(leads.where(col(Person.left_at).is_(None))):
        if lead.id == idea.person_id:
            continue
        title = say(lead.language, "member-idea-remark-title", measure=phrases.measure_title(measure))
        lines = (say(lead.language, "member-idea-remark"), say(lead.language, "all-phrase-quote", text=idea.text))
        key = f"idea-remark:{idea.id}:{measure.id}:{lead.id}"
        notices.to_person(hearing.session, lead, Note(title, lines), key, hearing.at)


# Deciding -------------------------------------------------------------------------------------------------------------


def decide(hearing: Hearing, intent: DecideIdea) -> Note:
    """The office merges, promotes or declines; whoever had the idea is told once. Raises a Refusal."""
    idea = undecided(find(hearing.session, intent.idea))
    if intent.verdict == "decline" and not intent.reason:
        return _ask_for_reason(hearing.language, idea)
    if intent.verdict == "merge":
        if not (intent.measure or intent.into):
            raise Invalid("refusal-idea-merge-into", idea=str(idea.id))
        target: Measure | Idea | None = merge(hearing, idea, intent.measure, intent.into)
    elif intent.verdict == "promote":
        target = _promote(hearing, idea, intent)
    else:
        target, idea.state, idea.reason = None, DECLINED, wording.checked(intent.reason)
    idea.decided_at, idea.decided_by = hearing.at, hearing.person.id if hearing.person else None
    deed = history.write(hearing, "decide-idea", {"idea": idea.id, "verdict": intent.verdict})
    for each in [idea, *_merged_into(hearing.session, idea)]:
        _tell_person(hearing, each, intent, target, f"idea-decided:{deed.id}:{each.id}")
    return _decided(hearing.language, idea, intent, target)


def _promote(hearing: Hearing, idea: Idea, intent: DecideIdea) -> Measure:
    """The idea becomes a measure; an adopted plan takes it for the reason that it was an idea."""
    field = plan.existing_field(hearing, intent.field).name if intent.field.strip() else ""
    why = intent.reason or say(hearing.language, "all-idea-called", idea=str(idea.id))
    title = wording.mentioned(idea.text)
    measure = plan.new_measure(hearing, title, number=intent.measure, field=field, why=why)
    hearing.session.flush()
    idea.state, idea.measure_id, idea.field = PROMOTED, measure.id, measure.field
    return measure


def _merged_into(session: Session, idea: Idea) -> list[Idea]:
    """The ideas that went into this one, directly or by way of others."""
    found = session.exec(select(Idea).where(Idea.into_id == idea.id, Idea.state == MERGED).order_by(col(Idea.id))).all()
    return [each for other in found for each in (other, *_merged_into(session, other))]


def _tell_person(hearing: Hearing, idea: Idea, intent: DecideIdea, target: Measure | Idea | None, key: str) -> None:
    person = hearing.session.get(Person, idea.person_id) if idea.person_id else None
    if person is None or person.left_at is not None:
        return
    language = person.language
    lines = [_outcome(language, intent, target), say(language, "member-idea-yours", text=idea.text)]
    if intent.reason and intent.verdict == "decline":
        lines.insert(1, say(language, "all-idea-reason", why=intent.reason))
    title = say(language, "member-idea-decided-title", idea=str(idea.id))
    notices.to_person(hearing.session, person, Note(title, tuple(lines)), key, hearing.at)


def _outcome(language: str, intent: DecideIdea, target: Measure | Idea | None) -> str:
    if target is None:
        return say(language, "member-idea-declined")
    return say(language, f"member-idea-decided-{intent.verdict}", target=target_name(language, target))


def _ask_for_reason(language: str, idea: Idea) -> Note:
    lines = (say(language, "office-idea-reason-ask"), say(language, "all-phrase-quote", text=idea.text))
    title = say(language, "office-idea-reason-title", idea=str(idea.id))
    return Note(title, lines, matter=Matter("idea-reason", idea.id or 0))


def _decided(language: str, idea: Idea, intent: DecideIdea, target: Measure | Idea | None) -> Note:
    values = {"target": target_name(language, target)} if target else {}
    title = say(language, f"office-idea-done-{intent.verdict}", idea=str(idea.id), **values)
    return Note(title, (say(language, "office-idea-told"),), toast=title)
