"""Who comes to a meeting: ZUSAGE, ABSAGE, VIELLEICHT, VERTRETUNG, calendars' answers, and the list for the office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from alliance import history, invitations, meetings, notices
from alliance.errors import Invalid
from alliance.hearing import Hearing
from alliance.house import House
from alliance.intents import Attend, Matter, SendDeputy, ShowAttendance
from alliance.notes import Note
from alliance.portions import cut
from alliance.words.commands import find_addresses
from store import outbox
from store.tables import Address, Answer, Attendance, Channel, Meeting, Person
from texts import say

# iMIP's words for it (RFC 5545, 3.2.12); whoever sends a deputy does not come
CALENDAR_WORDS = {
    "ACCEPTED": Answer.YES,
    "DECLINED": Answer.NO,
    "TENTATIVE": Answer.MAYBE,
    "DELEGATED": Answer.NO,
}
NO_DEPUTY = ""


# What people say ------------------------------------------------------------------------------------------------------


def attend(hearing: Hearing, intent: Attend) -> Note:
    """Note whether the speaker comes; the latest word counts. Raises NotFound or Expired."""
    meeting = meetings.meant(hearing, intent.meeting)
    if _is_outdated(hearing, intent, meeting):
        return _ask_anew(hearing, meeting)
    answer = Answer(intent.answer)
    remember(hearing, meeting, answer, NO_DEPUTY)
    return _receipt(hearing.language, hearing.house, meeting, answer)


def send_deputy(hearing: Hearing, intent: SendDeputy) -> Note:
    """Somebody else comes: the speaker does not, and a deputy who is a member is told. Raises Invalid."""
    meeting = meetings.meant(hearing, intent.meeting)
    deputy = deputy_of(hearing.session, intent.deputy)
    if deputy is not None and deputy.id == hearing.member_id:
        raise Invalid("refusal-deputy-self")
    remember(hearing, meeting, Answer.NO, intent.deputy)
    if deputy is not None:
        _tell_deputy(hearing, meeting, deputy)
    language = hearing.language
    title = say(language, "member-deputy-title", deputy=intent.deputy)
    line = say(language, "member-deputy-told" if deputy else "member-deputy-forward", title=meeting.title)
    return Note(
        title,
        (line,),
        actions=invitations.answers(language, meeting, without=Answer.NO),
        matter=Matter("meeting", meeting.id or 0),
        toast=title,
    )


def as_words(language: str, intent: Attend | SendDeputy) -> str:
    """What a calendar's answer would be if it were typed."""
    if isinstance(intent, SendDeputy):
        return say(language, "word-deputy", deputy=intent.deputy)
    return say(language, f"word-attend-{intent.answer}")


def meeting_of(uid: str, domain: str) -> int:
    """The meeting that a calendar entry of ours is about; 0 if it is none of ours."""
    name, _, host = uid.strip().lower().partition("@")
    kind, _, number = name.partition("-")
    return int(number) if kind == "sitzung" and host == domain.lower() and number.isascii() and number.isdigit() else 0


def answers(session: Session, meeting_id: int) -> dict[int, Answer]:
    """What each person said, by their id."""
    return invitations.answered(session, session.get_one(Meeting, meeting_id)) if meeting_id else {}


def remember(hearing: Hearing, meeting: Meeting, answer: Answer, deputy: str) -> None:
    """Note the speaker's answer; once registration has closed the office hears of it at once."""
    assert meeting.id is not None
    statement = select(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.person_id == hearing.member_id)
    row = hearing.session.exec(statement).first()
    is_news = row is None or (row.answer, row.deputy) != (answer, deputy)
    row = row or Attendance(meeting_id=meeting.id, person_id=hearing.member_id, answer=answer, at=hearing.at)
    row.answer, row.deputy, row.at = answer, deputy, hearing.at
    row.needs = "" if answer == Answer.NO else row.needs
    hearing.session.add(row)
    deed = history.write(hearing, "attend", {"meeting": meeting.id, "answer": answer.value})
    if is_news and meeting.registration_closed_at is not None:
        key = f"late:{meeting.id}:{deed.id}"
        notices.to_office(hearing.session, lambda reader: _late_note(hearing, reader, meeting, row), key, hearing.at)


def _late_note(hearing: Hearing, reader: Person, meeting: Meeting, row: Attendance) -> Note:
    language, name = reader.language, hearing.member.name
    kind = "deputy" if row.deputy else row.answer.value
    title = say(language, f"office-late-{kind}", name=name, title=meeting.title, deputy=row.deputy)
    return Note(title, thread=meetings.thread(meeting), matter=Matter("meeting", meeting.id or 0))


def _is_outdated(hearing: Hearing, intent: Attend, meeting: Meeting) -> bool:
    """Whether the speaker had another day or time before them when they answered."""
    shown = (choice.seen for choice in hearing.choices.values() if isinstance(choice, Attend))
    seen = intent.seen or (next(shown, None) if not intent.meeting else None)
    return seen is not None and seen != meeting.starts_at


def _ask_anew(hearing: Hearing, meeting: Meeting) -> Note:
    """The meeting was moved since: nothing is noted, and the answer is asked for the new time."""
    language = hearing.language
    return Note(
        say(language, "member-attend-moved-title", title=meeting.title),
        (meetings.details(language, hearing.house, meeting), say(language, "member-attend-moved-line")),
        actions=invitations.answers(language, meeting),
        matter=Matter("meeting", meeting.id or 0),
        futile=True,
    )


def _receipt(language: str, house: House, meeting: Meeting, answer: Answer) -> Note:
    title = say(language, f"member-attend-title-{answer.value}")
    return Note(
        title,
        (meetings.meeting_line(language, house, meeting),),
        actions=invitations.answers(language, meeting, without=answer),
        closing=(say(language, "member-invite-deputy"),) if answer == Answer.NO else (),
        matter=Matter("meeting", meeting.id or 0),
        toast=title,
    )


# Deputies -------------------------------------------------------------------------------------------------------------


def deputy_of(session: Session, said: str) -> Person | None:
    """The member who is meant by a name or address, if it is clear."""
    return deputies_of(session, [said])[0]


def deputies_of(session: Session, said: Sequence[str]) -> list[Person | None]:
    """The same for several, one after the other; None where it is not clear."""
    emails = [next((address.lower() for address in find_addresses(words)), "") for words in said]
    by_email = {email: person for some in cut(filter(None, emails)) for email, person in _at(session, some)}
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in notices.everyone(session) if not all(emails) else ():
        by_name[person.name.casefold()].append(person)
    return [
        _here(by_email.get(email)) if email else _only(by_name.get(" ".join(words.casefold().split()), []))
        for words, email in zip(said, emails, strict=True)
    ]


def _at(session: Session, emails: Sequence[str]) -> Iterable[tuple[str, Person]]:
    statement = select(Address.email, Person).join(Person, col(Address.person_id) == Person.id)
    return session.exec(statement.where(col(Address.email).in_(emails)))


def _only(found: Sequence[Person]) -> Person | None:
    return found[0] if len(found) == 1 else None


def _here(person: Person | None) -> Person | None:
    return person if person and person.left_at is None else None


def _tell_deputy(hearing: Hearing, meeting: Meeting, deputy: Person) -> None:
    """A deputy hears of it once, with the invitation if they have none yet; the firm is named, not the person."""
    session, house, at = hearing.session, hearing.house, hearing.at
    key = f"invite:{meeting.id}:{deputy.id}"
    is_new = meeting.invited_at is not None and key not in outbox.keys(session, key)
    note = invitations.invitation(house, meeting, deputy, at)
    line = say(deputy.language, "member-deputy-for", company=notices.company_of(session, hearing.member).name)
    told = replace(
        note,
        title=say(deputy.language, "member-deputy-for-title", title=meeting.title),
        lines=(line, *note.lines),
        calendar=note.calendar if is_new else None,
    )
    own = f"deputy:{meeting.id}:{deputy.id}:{hearing.member_id}"
    invitations.send(session, meeting, deputy, told, key if is_new else own, at)


# The list for the office ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Guest:
    """Somebody on the list: the firm first, for that is how it is sorted."""

    company: str
    name: str
    answer: Answer | None
    deputy: str = ""
    needs: str = ""


def show(hearing: Hearing, intent: ShowAttendance) -> Note:
    """TEILNAHME: who comes to a meeting. Raises NotFound or Expired."""
    meeting = meetings.meant(hearing, intent.meeting)
    return attendance_note(hearing.session, hearing.house, meeting, hearing.language, in_chat=hearing.in_chat)


def attendance_note(session: Session, house: House, meeting: Meeting, language: str, *, in_chat: bool) -> Note:
    """How many places are needed, then who comes, with deputies, who may come, who does not, who is silent.

    Notes on food and access are told by mail only, and forgotten here once the letter is sent.
    """
    guests = sorted(_guests(session, meeting), key=lambda guest: (guest.company.casefold(), guest.name.casefold()))
    groups = {
        "yes": [guest for guest in guests if guest.answer == Answer.YES],
        "deputy": [guest for guest in guests if guest.deputy],
        "maybe": [guest for guest in guests if guest.answer == Answer.MAYBE],
        "no": [guest for guest in guests if guest.answer == Answer.NO and not guest.deputy],
        "silent": [guest for guest in guests if guest.answer is None],
    }
    places = len(groups["yes"]) + _places_of_deputies(session, meeting)
    day = meetings.day(language, house, meeting)
    return Note(
        title=say(language, "office-attendance-title", title=meeting.title, day=day, count=places),
        lines=(
            say(language, "office-attendance-places", count=places, maybe=len(groups["maybe"])),
            *(_group(language, kind, members) for kind, members in groups.items() if members),
            *_needs(language, guests, in_chat=in_chat),
        ),
        matter=Matter("meeting", meeting.id or 0),
        language=language,
        thread=meetings.thread(meeting),
        private=not in_chat and any(guest.needs for guest in guests),
    )


def _needs(language: str, guests: list[Guest], *, in_chat: bool) -> tuple[str, ...]:
    """Each note with its name; in a chat only how many there are."""
    noted = [guest for guest in guests if guest.needs]
    if not noted or in_chat:
        return (say(language, "office-needs-count", count=len(noted)),) if noted else ()
    lines = (say(language, "office-needs-one", name=guest.name, text=guest.needs) for guest in noted)
    return ("\n".join((say(language, "office-needs-list"), *lines)), say(language, "office-needs-care"))


def _guests(session: Session, meeting: Meeting) -> Iterable[Guest]:
    said = {row.person_id: row for row in invitations.attendances(session, meeting)}
    asked = {person.id for person in invitations.invited(session, meeting)}
    people = [person.id or 0 for person in notices.everyone(session) if person.id in asked or person.id in said]
    for number, (person, company) in notices.with_companies(session, people).items():
        row = said.get(number)
        said_so = (row.answer, row.deputy, row.needs) if row else (None, "", "")
        yield Guest(company.name, person.name, *said_so)


def _places_of_deputies(session: Session, meeting: Meeting) -> int:
    """Deputies who are not counted among those who come themselves, each once."""
    said = invitations.answered(session, meeting)
    named = [row.deputy for row in invitations.attendances(session, meeting) if row.deputy]
    members = deputies_of(session, named)
    own = {member.id for member in members if member and said.get(member.id or 0) != Answer.YES}
    return len(own) + len({name.casefold() for name, member in zip(named, members, strict=True) if member is None})


def _group(language: str, kind: str, guests: list[Guest]) -> str:
    """One group in a block, a line for each."""
    lines = (
        say(language, f"office-attendance-line{'-deputy' if kind == 'deputy' else ''}", **_named(guest, kind))
        for guest in guests
    )
    return "\n".join((say(language, f"office-attendance-{kind}", count=len(guests)), *lines))


def _named(guest: Guest, kind: str) -> dict[str, str]:
    named = {"company": guest.company, "name": guest.name}
    return {**named, "deputy": guest.deputy} if kind == "deputy" else named


# When registration closes ---------------------------------------------------------------------------------------------


def close(session: Session, house: House, meeting: Meeting, now: datetime) -> None:
    """Registration has closed: the office gets the list."""
    meeting.registration_closed_at = now
    for person in notices.office_people(session):
        way = notices.way_to(session, person)
        in_chat = way is not None and way[0] == Channel.TELEGRAM
        note = attendance_note(session, house, meeting, person.language, in_chat=in_chat)
        title = say(person.language, "office-closed-title", title=meeting.title)
        key = f"close:{meeting.id}:{invitations.local_date(house, meeting)}:{person.id}"
        told = replace(note, title=title, lines=(*note.lines, say(person.language, "office-closed-line")))
        invitations.send(session, meeting, person, told, key, now)
