"""The end of the status dossier: what changed, what was amended, which decisions wait, and who has not answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from alliance import amendments as amending
from alliance import notices, nudges, phrases, plan, rounds
from alliance.house import House
from alliance.paper_values import Making
from papers.dossier import Section
from store.tables import Amendment, Company, Decision, LeadOffer, Measure, Meeting, Person, ProgressReport
from texts import say

YEAR = timedelta(days=365)  # how far a first dossier looks back

Row = tuple[str, ...]


# Changes of the standing ----------------------------------------------------------------------------------------------


def changes(making: Making, meeting: Meeting | None) -> Section:
    """Before and after of every measure whose standing changed since the last meeting."""
    since = _compared_with(making.session, making.house, meeting, making.now)
    rows = tuple(_change_rows(making, since))
    lead = making.say("dossier-changes-lead" if rows else "dossier-no-changes", day=making.day(since))
    heads = _heads(making, "number measure before after")
    return Section(making.say("dossier-changes"), heads, rows, lead)


def _compared_with(session: Session, house: House, meeting: Meeting | None, now: datetime) -> datetime:
    """When the last meeting (of the same kind) began; for a first one, a year ago."""
    statement = select(Meeting.starts_at).where(col(Meeting.cancelled_at).is_(None))
    if meeting:
        statement = statement.where(Meeting.starts_at < meeting.starts_at, Meeting.kind == meeting.kind)
    else:
        statement = statement.where(Meeting.starts_at < now)
    before = session.exec(statement.order_by(col(Meeting.starts_at).desc())).first()
    if before:
        return before
    return (rounds.asked_since(house, meeting) if meeting else now) - YEAR


def changed_since(session: Session, since: datetime) -> list[tuple[ProgressReport, Measure]]:
    """The first report since then that changed something, of each measure; it knows how things stood before."""
    statement = (
        select(ProgressReport, Measure)
        .join(Measure, col(ProgressReport.measure_id) == Measure.id)
        .where(ProgressReport.at >= since, col(ProgressReport.undone_at).is_(None))
        .where(col(ProgressReport.unchanged).is_(False), col(Measure.withdrawn_at).is_(None))
        .order_by(col(Measure.number), col(ProgressReport.id))
    )
    first: dict[int, tuple[ProgressReport, Measure]] = {}
    for report, measure in session.exec(statement):
        first.setdefault(measure.number, (report, measure))
    return list(first.values())


def _change_rows(making: Making, since: datetime) -> Iterator[Row]:
    for report, measure in changed_since(making.session, since):
        before = standing_in_words(making.language, report.before["percent"], report.before["status"])
        after = standing_in_words(making.language, measure.percent, measure.status)
        if before != after:
            yield f"M{measure.number}", measure.title, before, after


def standing_in_words(language: str, percent: int, status: str) -> str:
    """»60 %, läuft«."""
    return say(language, "all-phrase-standing", percent=percent, status=phrases.status_word(language, status))


# Amendments of the plan -----------------------------------------------------------------------------------------------


def amendments(making: Making) -> Section | None:
    """What was amended since the plan was adopted, oldest first; None while it is not adopted."""
    adopted = plan.version(making.session)
    if adopted is None or adopted.state != plan.ADOPTED:
        return None
    kept = [*reversed(amending.kept(making.session, None, adopted.at))]
    by = {amendment.by_id for amendment, _ in kept if amendment.by_id}
    known = notices.with_companies(making.session, by)
    rows = tuple(_amendment_row(making, amendment, measure, known) for amendment, measure in kept)
    lead = making.say("dossier-amendments-lead" if rows else "dossier-no-amendments", day=making.day(adopted.at))
    return Section(making.say("dossier-amendments"), _heads(making, "number amended why who"), rows, lead)


def _amendment_row(
    making: Making, amendment: Amendment, measure: Measure, known: Mapping[int, tuple[Person, Company]]
) -> Row:
    day = making.day(amendment.at)
    if amendment.by_id is None:
        when = day
    else:
        person, company = known[amendment.by_id]
        who = person.name if making.office else company.name
        when = making.say("dossier-when-by", day=day, who=who)
    return f"M{measure.number}", amending.line(making.language, amendment), amendment.why, when


# Decisions ------------------------------------------------------------------------------------------------------------


def decisions(making: Making) -> Section | None:
    """Decisions whose measure nobody has accepted to lead; None when there are none."""
    rows = tuple(_decision_rows(making))
    return Section(making.say("dossier-decisions"), _heads(making, "decision decided waits"), rows) if rows else None


def _decision_rows(making: Making) -> Iterator[Row]:
    statement = (
        select(LeadOffer, Decision, Meeting, Measure)
        .join(Decision, col(LeadOffer.decision_id) == Decision.id)
        .join(Meeting, col(Decision.meeting_id) == Meeting.id)
        .join(Measure, col(LeadOffer.measure_id) == Measure.id)
        .where(col(Measure.withdrawn_at).is_(None))
        .order_by(col(Decision.id), col(LeadOffer.id))
    )
    latest = {
        measure.number: (offer, meeting, measure) for offer, _, meeting, measure in making.session.exec(statement)
    }
    for offer, meeting, measure in latest.values():
        if not making.leads.get(measure.id or 0):
            decided = making.say("dossier-meeting", title=meeting.title, day=making.day(meeting.starts_at))
            yield phrases.measure_title(measure), decided, _waits_for(making, offer)


def _waits_for(making: Making, offer: LeadOffer) -> str:
    if not making.office or offer.answered_at is not None:
        return making.say("dossier-waits-for-somebody")
    person = making.session.get_one(Person, offer.person_id)
    return making.say("dossier-waits-for", company=notices.company_of(making.session, person).name)


# Owed answers ---------------------------------------------------------------------------------------------------------


def owed(making: Making, meeting: Meeting) -> Section:
    """Who has not answered, with phone number and last contact: for the office alone."""
    missing = rounds.turnout(making.session, making.house, meeting, making.now).missing
    known = notices.with_companies(making.session, [lead.person for lead in missing])
    return Section(
        title=making.say("dossier-owed"),
        subtitle=making.say("dossier-owed-title"),
        heads=_heads(making, "name company phone missing contact"),
        rows=tuple(_owed_row(making, lead, *known[lead.person]) for lead in missing),
        lead=making.say("dossier-owed-lead" if missing else "dossier-all-answered"),
    )


def _owed_row(making: Making, lead: nudges.Lead, person: Person, company: Company) -> Row:
    language = making.language
    contact = person.last_contact_at
    return (
        person.name,
        company.name,
        person.phone or company.phone or say(language, "office-outstanding-no-phone"),
        phrases.measure_numbers(language, lead.unanswered),
        phrases.ago(language, contact, making.now, making.house.zone) if contact else say(language, "all-phrase-never"),
    )


def _heads(making: Making, names: str) -> Row:
    return tuple(making.say(f"dossier-{name}") for name in names.split())
